"""How much of a test set stands in the training set."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu import sentence_chrf

from igtkit import IGT, load_sample, read
from igtkit.corpus import OverlapPair, overlap
from igtkit.errors import InputError
from igtkit.igt import text_key

TRAIN = [
    IGT("Kedi evde uyudu.", "kedi ev-de uyu-du", "cat house-LOC sleep-PST", "The cat slept."),
    IGT("Gel!", "gel", "come.IMP"),
    IGT("...", "...", "..."),
]
# Of texts in the official files: in the training file, and with all four lines identical.
OFFICIAL = {
    "ddo": (445, 2, 1),
    "git": (42, 0, 0),
    "lez": (88, 32, 31),
    "ntu": (99, 2, 1),
    "nyb": (263, 142, 137),
    "usp": (232, 67, 53),
}
POLYGLOSS = {"git": (37, 0, 0), "lez": (53, 1, 0), "nyb": (248, 118, 111)}


def test_each_kind_takes_in_the_stricter_ones():
    test = [
        TRAIN[0],
        IGT("gel", "gel", "go"),
        IGT("Kedi evde uyudum", "kedi ev-de uyu-du-m", "cat house-LOC sleep-PST-1SG"),
        IGT("Su var", "su var", "water exist"),
    ]
    found = overlap(TRAIN, test)
    assert (found.total, found.exact, found.transcription, found.near) == (4, 1, 2, 3)
    assert (found.exact_share, found.transcription_share, found.near_share) == (0.25, 0.5, 0.75)
    chrf = sentence_chrf("kedievdeuyudu", ["kedievdeuyudum"]).score
    assert found.pairs == (
        OverlapPair(0, 0, "exact", 100.0),
        OverlapPair(1, 1, "transcription", 100.0),
        OverlapPair(2, 0, "near", chrf),
    )
    assert chrf >= 90
    assert (found.compared, found.is_estimate) == (2, False)


def test_a_text_without_a_letter_is_like_no_other():
    assert overlap(TRAIN, [IGT("?!")]).near == 0
    assert overlap(TRAIN, [TRAIN[2]]).exact == 1, "all of its lines are identical"


@pytest.mark.parametrize(("train", "test"), [([], TRAIN), (TRAIN, []), ([], [])])
def test_nothing_overlaps_with_nothing(train, test):
    found = overlap(train, test)
    assert (found.total, found.near, found.near_share, found.pairs) == (len(test), 0, 0.0, ())


def test_near_texts_of_a_large_set_are_estimated_from_a_sample():
    train = [IGT(f"the dog number {n} barked all night long") for n in range(40)]
    test = [IGT(f"the dog number {n} barked all night longer") for n in range(30)]
    test += [IGT(f"{n} cats slept") for n in range(30)]
    whole = overlap(train, test)
    assert (whole.near, whole.is_estimate) == (30, False)
    part = overlap(train, test, sample=20, seed=3)
    assert (part.compared, part.is_estimate) == (20, True)
    assert part.near == len(part.pairs) * 60 // 20
    assert set(part.pairs) <= set(whole.pairs)
    assert part == overlap(train, test, sample=20, seed=3)
    assert "estimated from 20" in part.to_markdown()
    assert overlap(train, test, sample=0).near == 0


def test_the_account_for_people_and_programs():
    found = overlap(TRAIN, [TRAIN[1], IGT("su")])
    assert found.to_markdown().splitlines() == [
        "| in train, of 2 | texts | share |",
        "|---|--:|--:|",
        "| all lines identical | 1 | 0.500 |",
        "| same transcription | 1 | 0.500 |",
        "| chrF at least 90 | 1 | 0.500 |",
    ]
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    assert found.to_dict()["pairs"] == [{"test": 0, "train": 1, "kind": "exact", "chrf": 100.0}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"train": ["gel"], "test": []}, "expected an IGT"),
        ({"train": [], "test": ["gel"]}, "expected an IGT"),
        ({"train": [], "test": [], "sample": -1}, "sample must be 0 or more"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        overlap(**arguments)


few = st.lists(st.builds(IGT, st.text("aAb. ", max_size=4), st.just(None), st.sampled_from("xy")))


@given(few, few)
def test_counts_agree_with_a_slow_count(train, test):
    found = overlap(train, test)
    exact = [any(text == other for other in train) for text in test]
    same = [
        here or any(text_key(text) == text_key(other) != "" for other in train)
        for here, text in zip(exact, test, strict=True)
    ]
    assert (found.exact, found.transcription) == (sum(exact), sum(same))
    assert found.exact <= found.transcription <= found.near <= found.total
    strict = {pair.test for pair in found.pairs if pair.kind != "near"}
    assert strict == {index for index, here in enumerate(same) if here}
    for pair in found.pairs:
        keys = [text_key(text) for text in (train[pair.train], test[pair.test])]
        score = sentence_chrf(keys[0], keys[1:]).score if any(keys) else 100.0
        assert pair.chrf == pytest.approx(score)


def test_the_sample_corpus_does_not_leak():
    sample = load_sample()
    for part in ("dev", "test"):
        assert overlap(sample.split("train"), sample.split(part)).transcription == 0


@pytest.mark.parametrize("code", OFFICIAL)
def test_the_official_files_overlap(shared, code):
    folder = shared / "data" / "sigmorphon2023" / code
    train = read(folder / f"{code}-train-track2-uncovered", "sigmorphon")
    dev = read(folder / f"{code}-dev-track2-uncovered", "sigmorphon")
    found = overlap(train, dev)
    assert (found.total, found.transcription, found.exact) == OFFICIAL[code]
    assert found.transcription <= found.near <= found.transcription + 4


@pytest.mark.parametrize("code", POLYGLOSS)
def test_the_test_sets_of_polygloss_overlap_with_the_official_training_files(shared, code):
    path = shared / "data" / "sigmorphon2023" / code / f"{code}-train-track2-uncovered"
    test = read(shared / "data" / "tucl" / f"{code}-test-track2-uncovered", "sigmorphon")
    found = overlap(read(path, "sigmorphon"), test)
    assert (found.total, found.transcription, found.exact) == POLYGLOSS[code]
