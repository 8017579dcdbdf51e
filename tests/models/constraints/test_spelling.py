"""Forms that spell the transcription, letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igtkit
from igtkit.boundaries import is_word, split_words
from igtkit.formats.codec import read_line

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    DECODING,
    INTERLEAVED,
    TEXTS,
    allows,
    generate,
    is_interleaved,
    text_of,
    walk,
)

from igtkit.models.constraints import (  # noqa: E402
    InterleavedConstraint,
)
from igtkit.models.constraints.spelling import words_to_spell  # noqa: E402


def spelled_by(text):
    return ["".join(token.forms).casefold() for token in read_line(text)[0]]


def wanted(text):
    words = [word for word in split_words(text) if is_word(word)]
    return [word.replace("-", "").replace("=", "").casefold() for word in words]


@pytest.mark.parametrize("options", DECODING)
def test_forms_spell_the_text(model, options):
    limit = 120
    constraint = InterleavedConstraint(limit, num_beams=options["num_beams"], spell=TEXTS)
    rows = generate(model, limit, constraint, **options)
    each = len(rows) // len(TEXTS)
    for index, row in enumerate(rows):
        source, text = TEXTS[index // each], text_of(row)
        assert spelled_by(text) == wanted(source)
        assert is_interleaved(text) or not wanted(source)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.text("aÄбé\u0301’'?()\\-=İſ. ", max_size=12), min_size=1, max_size=3),
    st.integers(5, 60),
    st.integers(0, 1000),
)
def test_spelling_at_every_limit(texts, limit, seed):
    constraint = InterleavedConstraint(limit, spell=texts, num_beams=2)
    rows = walk(constraint, 2 * len(texts), limit, seed=seed, group=2, favored="-=()")
    for index, row in enumerate(rows):
        text, words = text_of(row), words_to_spell(texts[index // 2])
        found = len(text.split())
        count = len([word for word in split_words(texts[index // 2]) if is_word(word)])
        assert is_interleaved(text) or (count == 0 and text == "")
        assert found <= count
        if words:
            least = [3 + len(word) + sum(c in "()\\" for c in word) for word in words]
            if sum(least) * 2 + len(words) <= limit:  # two bytes at most for each character here
                assert spelled_by(text) == [word.casefold() for word in words]


def test_a_text_that_does_not_fit_is_left_after_a_word():
    text = text_of(walk(InterleavedConstraint(12, spell=["abc defghijklmnop"]), 1, 12)[0])
    assert spelled_by(text) == ["abc"]


def test_a_first_word_that_does_not_fit_is_not_spelled():
    text = text_of(walk(InterleavedConstraint(8, spell=["abcdefghijklmnop"]), 1, 8)[0])
    assert is_interleaved(text)
    assert len(text.split()) == 1


def test_a_text_that_no_form_can_spell_keeps_its_words():
    constraint = InterleavedConstraint(60, spell=["a -\u200b-"])
    assert len(text_of(walk(constraint, 1, 60)[0]).split()) == 2


def test_a_word_may_be_segmented_where_both_parts_hold_a_letter():
    constraint = InterleavedConstraint(60, spell=["ab’"])
    assert allows(constraint, "x(a)-y(b’)")
    assert allows(constraint, "x(ab’)")
    assert not allows(constraint, "x(ab)-y(’)")
    assert not allows(constraint, "x(ab)")
    assert not allows(constraint, "x(ba’)")
    assert not allows(constraint, "x(ab’)-y(a)")
    assert not allows(constraint, "x(ab’) y(a)")


def test_a_text_is_spelled_as_it_is_or_in_lower_case():
    constraint = InterleavedConstraint(60, spell=["Ев-Де 3=x"])
    assert allows(constraint, "x(Ев)-y(Де) z(3)=a(x)")
    assert allows(constraint, "x(евд)=y(е) z(3x)")
    assert not allows(constraint, "x(ЕВДе) z(3x)")


@pytest.mark.parametrize("most", [20, pytest.param(None, marks=pytest.mark.slow)])
def test_surface_segmentations_are_allowed(shared, most):
    """Where the segments of a real line spell its words, the target can be written."""
    path = shared / "data" / "sigmorphon2023" / "ntu" / "ntu-dev-track2-uncovered"
    seen = 0
    for igt in list(igtkit.read(path, format="sigmorphon"))[:most]:
        spelled = "".join(words_to_spell(igt.transcription) or [])
        for item in INTERLEAVED.examples(igt):
            if item.task != "t2sg" or not is_interleaved(item.target):
                continue
            forms = "".join(form for token in read_line(item.target)[0] for form in token.forms)
            if len(forms) == len(spelled) and all(
                form in (c, c.lower()) for form, c in zip(forms, spelled, strict=True)
            ):
                seen += 1
                limit = len(item.target.encode()) + 1
                constraint = InterleavedConstraint(limit, spell=[igt.transcription])
                assert allows(constraint, item.target), item.target
    assert seen > (5 if most else 10)
