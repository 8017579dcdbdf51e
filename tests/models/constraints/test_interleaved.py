"""Interleaved outputs: whatever the weights, complete, aligned, and of as many words as asked for."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit.models import byt5

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    DECODING,
    INTERLEAVED,
    WORDS,
    accepts,
    at_limits,
    generate,
    is_aligned,
    is_interleaved,
    text_of,
    walk,
)

from igtkit.models.constraints import (  # noqa: E402
    InterleavedConstraint,
)
from igtkit.models.constraints.automaton import OVER, distances  # noqa: E402
from igtkit.models.constraints.interleaved import interleaved_automaton  # noqa: E402

PIECES = st.sampled_from(
    [*"ab()-=\\?, '", "šй", "ʔ", "\u0301", "\u200d", "\u00a0", "\n", "“", "a(b)", "\\(", "??"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("a(b)-c(d)=e(f) g(h)")
@example("\\((\\))")
@example("a\\(a\\)")
@example("a\\b(\\\\a)")
@example("???(a)")
@example("a(\\??)")
@example("a(?\\?)")
@example("'(’) ’(')")
@example("()-()")
@example("a(b) ")
@example("\u200d(a)")
@example("")
def test_the_automaton_accepts_what_the_codec_decodes_without_problems(text):
    assert accepts(text) == is_interleaved(text)


@given(st.text(max_size=6), st.text(max_size=6))
def test_any_characters(gloss, form):
    text = f"{gloss}({form})"
    assert accepts(text) == is_interleaved(text)


def test_every_state_can_be_completed():
    automaton = interleaved_automaton()
    needed = distances(automaton.step, [OVER])
    assert needed.max() < 10
    assert needed[automaton.names["gloss"]] == InterleavedConstraint.minimum


@pytest.mark.parametrize("most", [400, pytest.param(None, marks=pytest.mark.slow)])
def test_every_usual_target_is_accepted(shared, most):
    seen = refused = 0
    for path in sorted((shared / "data" / "sigmorphon2023").glob("*/*-train-track2-uncovered")):
        for igt in list(igtkit.read(path, format="sigmorphon"))[:most]:
            for item in INTERLEAVED.examples(igt):
                if item.task == "t2sg":
                    seen += 1
                    accepted = accepts(item.target)
                    assert accepted == is_interleaved(item.target), item.target
                    refused += not accepted
    assert seen > (5000 if most is None else 1500)
    assert refused / seen < 0.03  # dashes, and morphemes that are empty or punctuation


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [5, 6, 7, 11, 64])
def test_interleaved_outputs_of_a_random_model(model, options, limit):
    constraint = InterleavedConstraint(limit, num_beams=options["num_beams"])
    for row in generate(model, limit, constraint, **options):
        text = text_of(row)
        assert is_interleaved(text)
        assert is_aligned(INTERLEAVED.decode(text))


def test_without_the_constraint_no_output_is_well_formed(model):
    rows = generate(model, 64, None, num_beams=2)
    assert sum(is_aligned(INTERLEAVED.decode(byt5.decode(row))) for row in rows) == 0


def test_64_samples(model):
    for row in generate(model, 48, InterleavedConstraint(48), rows=64, do_sample=True):
        assert is_interleaved(text_of(row))


@at_limits(5, 64)
@pytest.mark.parametrize("favored", ["", "- ()", "\\?,"])
def test_every_limit(favored, limits):
    for limit in limits:
        constraint = InterleavedConstraint(limit)
        for row in walk(constraint, 8, limit, seed=limit, favored=favored):
            assert is_interleaved(text_of(row))


def test_one_row_is_a_batch():
    assert is_interleaved(text_of(walk(InterleavedConstraint(9), 1, 9)[0]))


@pytest.mark.parametrize("options", DECODING)
def test_as_many_words_as_asked_for(model, options):
    for limit in (20, 64):
        constraint = InterleavedConstraint(limit, num_beams=options["num_beams"], words=WORDS)
        rows = generate(model, limit, constraint, **options)
        each = len(rows) // len(WORDS)
        for index, row in enumerate(rows):
            count, text = WORDS[index // each], text_of(row)
            found = len(text.split())
            assert found == count if count * 5 <= limit else found <= count
            assert is_interleaved(text) or (count == 0 and text == "")


@at_limits(5, 49)
def test_as_many_words_at_every_limit(limits):
    counts = [0, 1, 2, 3, 7, None]
    for limit in limits:
        rows = walk(InterleavedConstraint(limit, words=counts), 6, limit, seed=limit, favored=" (")
        for count, row in zip(counts, rows, strict=True):
            text = text_of(row)
            found = len(text.split())
            assert is_interleaved(text) or (count == 0 and text == "")
            if count is not None:
                assert found == count if count * 5 <= limit else found <= count
