"""What each step of the paper's pipeline makes of a text."""

from __future__ import annotations

from collections import Counter

import pytest
from corpus.guesses import sure

from igtkit import IGT, Language
from igtkit.corpus import StepReport, steps
from igtkit.errors import InputError


def outcome(step, igt):
    report = StepReport(step.name)
    kept = list(step([igt], report))
    return (kept[0] if kept else None), report


def test_normalize_says_what_it_changed():
    igt, report = outcome(steps.normalize(), IGT("Gel!", "gel -di !", "come-PST !"))
    assert (igt.transcription, igt.segmentation) == ("Gel !", "gel-di !")
    assert report.reasons == {
        "transcription changed": 1,
        "segmentation changed": 1,
        "boundary-space-closed": 1,
    }


def test_repair_counts_errors_by_code():
    igt, report = outcome(steps.repair(), IGT("cats", "cats", "cat-PL"))
    assert igt.segmentation is None
    assert report.reasons == {"unsegmented": 1, "morpheme-count": 1, "segmentation dropped": 1}
    igt, report = outcome(steps.repair(), IGT("cats", "cat-s", "cat", split="dev"))
    assert igt.split == "train"
    assert report.reasons == {"morpheme-count": 1, "to train": 1}
    assert report.changed == 1


def test_languages_are_completed_never_replaced():
    igt, report = outcome(steps.identify_languages(), IGT("a", language="Gitksan"))
    assert igt.language == Language("gitx1241", "Gitksan", "git")
    assert report.reasons == {"completed": 1}
    igt, report = outcome(steps.identify_languages(), IGT("a", language="Atlantean"))
    assert (igt.language.name, report.changed) == ("Atlantean", 0)
    assert report.reasons == {"not in the table": 1}
    _, report = outcome(steps.identify_languages(), IGT("a"))
    assert report.reasons == {"unknown": 1}


@pytest.mark.parametrize(
    ("translation", "code", "reason"),
    [("I came.", "eng", "guessed"), ("I", None, "guess too unsure"), (" ", None, "unknown")],
)
def test_metalanguages_are_guessed_where_none_is_named(translation, code, reason):
    igt, report = outcome(
        steps.identify_metalanguages(sure, 0.95), IGT("a", translation=translation)
    )
    assert (igt.metalanguage and igt.metalanguage.iso639_3) == code
    assert report.reasons[reason] == 1


def test_a_named_metalanguage_is_not_guessed():
    named = IGT("a", translation="Je viens.", metalanguage="French")
    igt, _ = outcome(steps.identify_metalanguages(sure), named)
    assert igt.metalanguage.iso639_3 == "fra"


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_the_threshold_is_a_probability(threshold):
    with pytest.raises(InputError, match="between 0 and 1"):
        steps.identify_metalanguages(sure, threshold)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (IGT("gel  ŞİMDİ !", glosses="come now", language="tur"), True),
        (IGT("gel şimdi", glosses="come now", language="tur", split="dev"), True),
        (IGT("gel şimdi", "gel şimdi", "come now", "Come now!", language="tur"), True),
        (IGT(None, "gel şimdi", "come now", language="tur"), True),
        (IGT("gel şimdi", glosses="come now", language="uzb"), False),
        (IGT("gel şimdi", glosses="come NOW", language="tur"), False),
        (IGT("gelşimdi", glosses="come now", language="tur"), False),
        (IGT("gel", glosses="şimdi come now", language="tur"), False),
    ],
)
def test_what_is_a_near_duplicate(other, same):
    first = IGT("gel şimdi", glosses="come now", language="tur")
    assert (steps.fingerprint(first) == steps.fingerprint(other)) is same


def test_duplicates_of_another_split_are_counted_apart():
    items = [IGT("a", split="train"), IGT("a", split="test"), IGT("a", split="train"), IGT("a")]
    report = StepReport("duplicates")
    step = steps.remove_duplicates()
    assert list(step(items, report)) == items[:1]
    assert report.dropped == {"duplicate": 2, "duplicate-of-another-split": 1}
    assert len(list(step(items))) == 1, "a step begins anew with each stream"


def test_designated_splits_stay_but_for_misaligned_texts():
    aligned, misaligned = IGT("a", "a-b", "c-d"), IGT("a", "a-b", "c")
    step = steps.assign_splits()
    for igt, split, expected in (
        (aligned, "test", "test"),
        (aligned, "field", "field"),
        (aligned, None, "train"),
        (misaligned, "test", "train"),
        (misaligned, None, "train"),
    ):
        assert outcome(step, igt.replace(split=split))[0].split == expected


def test_a_share_takes_all_that_is_the_same_text():
    step = steps.assign_splits(shares={"test": 0.5})
    for n in range(50):
        same = [IGT(f"Text {n}!", "a", "b"), IGT(f"text  {n} .", "a", "c"), IGT(f"text-{n}")]
        assert len({igt.split for igt in step(same)}) == 1


def test_shares_are_kept_nearly_and_repeated_sentences_stay_together():
    step = steps.assign_splits(shares={"dev": 0.1, "test": 0.2})
    items = [IGT(f"sentence {n % 2000}", "a", "b") for n in range(4000)]
    out = list(step(items))
    counts = Counter(igt.split for igt in out)
    assert counts["dev"] == pytest.approx(400, abs=80)
    assert counts["test"] == pytest.approx(800, abs=110)
    assert [igt.split for igt in out[:2000]] == [igt.split for igt in out[2000:]]
    assert [igt.split for igt in step(items[::-1])] == [igt.split for igt in out[::-1]]


@pytest.mark.parametrize("shares", [{"dev": -0.1}, {"dev": 0.6, "test": 0.6}])
def test_shares_are_shares(shares):
    with pytest.raises(InputError, match="shares"):
        steps.assign_splits(shares=shares)
