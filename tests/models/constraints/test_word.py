"""Answers about one word: whatever the weights, complete and aligned."""

from __future__ import annotations

import pytest

import igtkit
from igtkit.errors import InputError

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    DECODING,
    allows,
    at_limits,
    generate,
    is_aligned,
    text_of,
    walk,
)

from igtkit.formats import get  # noqa: E402
from igtkit.models.constraints import WordConstraint  # noqa: E402
from igtkit.models.constraints.automaton import END_COLUMN, OVER  # noqa: E402
from igtkit.models.constraints.word import word_automaton  # noqa: E402

WORD = get("word")


def is_a_pair(text):
    prediction = WORD.decode(text)
    return is_aligned(prediction) and text == f"{prediction.segmentation} {prediction.glosses}"


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [4, 5, 8, 11, 40])
def test_answers_of_a_random_model(model, options, limit):
    constraint = WordConstraint(limit, num_beams=options["num_beams"])
    for row in generate(model, limit, constraint, **options):
        assert is_a_pair(text_of(row))


@at_limits(4, 39)
@pytest.mark.parametrize("favored", ["", "-= ", "-a b", ",?' "])
@pytest.mark.parametrize("group", [1, 4])
def test_answers_at_every_limit(favored, group, limits):
    for limit in limits:
        constraint = WordConstraint(limit, num_beams=group)
        for row in walk(constraint, 8, limit, seed=limit, group=group, favored=favored):
            assert is_a_pair(text_of(row))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("ev-de house-LOC", True),
        ("ev=de-ki house=LOC-REL", True),
        ("ev house", True),
        ("???-a ???-'b", True),
        ("a(b) x\\y|z", True),
        ("ev=de house-LOC", False),
        ("ev-de house", False),
        ("ev house-LOC", False),
        ("ev-de-ki house-LOC", False),
        ("ev- house-", False),
        ("-ev -house", False),
        ("ev", False),
        ("ev  house", False),
        ("ev\nhouse", False),
        ("ev house home", False),
        (" ev house", False),
        (". .", False),
        ("ev ?", False),
        ("", False),
    ],
)
def test_what_an_answer_may_be(text, allowed):
    assert allows(WordConstraint(100), text) == allowed


def test_an_answer_has_to_fit_the_limit():
    size = len(b"ev-de house-LOC") + 1
    assert allows(WordConstraint(size), "ev-de house-LOC")
    assert not allows(WordConstraint(size - 1), "ev-de house-LOC")
    with pytest.raises(InputError, match="at least 4"):
        WordConstraint(3)


def test_the_automaton_ends_after_two_tokens():
    automaton = word_automaton()
    state = automaton.names["form start"]
    for byte in b"ev house":
        state = automaton.step[state, byte]
    assert automaton.step[state, END_COLUMN] == OVER


@pytest.mark.parametrize("most", [12, pytest.param(40, marks=pytest.mark.slow)])
def test_the_targets_of_real_words_can_be_written(shared, most):
    path = shared / "data" / "sigmorphon2023" / "lez" / "lez-dev-track2-uncovered"
    seen = refused = 0
    for igt in list(igtkit.read(path, format="sigmorphon"))[:most]:
        for item in WORD.examples(igt):
            if is_aligned(WORD.decode(item.target)):
                seen += 1
                limit = len(item.target.encode()) + 1
                refused += not allows(WordConstraint(limit), item.target)
    assert seen > 5 * most
    assert refused <= seen // 100  # whose form and gloss have boundaries of another kind
