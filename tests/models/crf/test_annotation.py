"""What annotators are promised, on real corpora."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit.boundaries import is_word, split_morphemes, split_words
from igtkit.conventions import is_grammatical
from igtkit.models import CrfGlosser
from igtkit.models.crf.labels import permitted

LABELS = {"GEN": "GENITIVE", "PL": "PLUR", "FUT": "FUTURE"}


def lezgi(folder):
    path = folder / "data/sigmorphon2023/lez/lez-train-track2-uncovered"
    texts = igtkit.read(path, "sigmorphon")
    texts = [igtkit.normalize(text, rules="polygloss") for text in texts]
    lines = [(t.transcription, t.segmentation, t.glosses) for t in texts]
    counts = [{len(split_words(line)) for line in three} for three in lines]
    return [text for text, count in zip(texts, counts, strict=True) if len(count) == 1]


@pytest.fixture(scope="module")
def texts(shared):
    return lezgi(shared)


@pytest.fixture(scope="module")
def glosser(texts, small):
    return CrfGlosser(small).fit(texts[:40])


def parts(gloss):
    return [part for _, morph in split_morphemes(gloss) for part in morph.split(".")]


def suggested(predictions):
    return [one for p in predictions for word in p.words for one in word if one.gloss]


def test_labels_are_renamed_in_glosses_and_reasons_alike(texts, small, glosser):
    held_out = texts[40:70]
    inward = CrfGlosser(small, labels=LABELS).fit(texts[:40]).predict(held_out, n_best=3)
    outward = glosser.predict(held_out, n_best=3, evidence=True, labels=LABELS)
    plain = glosser.predict(held_out, n_best=3)
    for predictions in (inward, outward):
        found = {part for one in suggested(predictions) for part in parts(one.gloss)}
        assert found & set(LABELS.values())
        assert not found & set(LABELS)
    assert any("'PLUR'" in line for one in suggested(outward) for line in one.evidence)
    assert not any(f"'{old}'" in line for old in LABELS for one in suggested(outward)
                   for line in one.evidence)  # fmt: skip
    assert [one.form for one in suggested(outward)] == [one.form for one in suggested(plain)]


def test_only_labels_of_the_closed_list_are_predicted(texts, small):
    closed = {"PL", "GEN", "DAT", "AOR", "ERG", "cop"}
    strict = CrfGlosser(small, closed_labels=closed).fit(texts[:40])
    predictions = strict.predict(texts[40:70], n_best=5)
    glosses = [m for one in suggested(predictions) for _, m in split_morphemes(one.gloss)]
    copied = {one.form for one in suggested(predictions)}
    labels = {g for g in glosses if is_grammatical(g) and g not in copied and g != "???"}
    assert labels
    assert all(permitted(label, closed) for label in labels)


def test_words_to_leave_alone_are_left_alone(texts, small):
    alone = {"Им", "Бес"}
    careful = CrfGlosser(small, leave_alone=alone).fit(texts[:40])
    held_out = [t for t in texts[40:200] if alone & set(split_words(t.transcription))]
    assert held_out
    for prediction, text in zip(careful.predict(held_out), held_out, strict=True):
        tokens = split_words(text.transcription)
        for token, word in zip(tokens, prediction.words, strict=True):
            if token in alone:
                assert (word[0].form, word[0].gloss) == (token, token)


def test_a_label_never_seen_is_learned_from_corrections(texts, small):
    def without(text):
        return not any("FUT" in parts(word) for word in split_words(text.glosses))

    start = [text for text in texts if without(text)][:40]
    shown = [text for text in texts if not without(text)]
    glosser = CrfGlosser(small).fit(start)

    def hits(predictions):
        return sum("FUT" in parts(one.gloss) for p in predictions for (one, *_) in p.words)

    assert hits(glosser.predict(shown[15:60])) == 0
    found = glosser.update(shown[:15]).predict(shown[15:60])
    words = sum("FUT" in parts(w) for text in shown[15:60] for w in split_words(text.glosses))
    assert hits(found) > words / 4


MARKS = st.none() | st.text("kuo", min_size=40, max_size=40)
"""For each word of a line: keep it, undo it, or do it otherwise; None for no such line."""


def start(line, marks):
    choice = {"u": "???", "o": "mine-X"}
    pairs = zip(split_words(line), marks or (), strict=False)
    done = [choice.get(mark, word) if is_word(word) else word for word, mark in pairs]
    return " ".join(done) or None


@given(
    number=st.integers(40, 100),
    forms=MARKS,
    glosses=MARKS,
    n_best=st.integers(1, 3),
    threshold=st.sampled_from((0.0, 0.5, 1.0)),
)
def test_a_confirmed_word_is_never_altered(  # noqa: PLR0917
    glosser, texts, number, forms, glosses, n_best, threshold
):
    text = texts[number]
    started = text.replace(
        segmentation=start(text.segmentation, forms), glosses=start(text.glosses, glosses)
    )
    found = glosser.predict([started], given="partial", n_best=n_best, threshold=threshold)[0]
    for line, new in ((started.segmentation, 0), (started.glosses, 1)):
        tokens = split_words(line)
        if not tokens:
            continue
        assert len(tokens) == len(found.words)
        for token, suggestions in zip(tokens, found.words, strict=True):
            for one in suggestions:
                assert (one.form, one.gloss)[new] in (token, None) or token == "???"
