"""Concatenated outputs: whatever the weights, complete and aligned."""

from __future__ import annotations

import pytest

import igtkit
from igtkit.boundaries import is_word, split_words

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    CONCATENATED,
    DECODING,
    allows,
    at_limits,
    generate,
    is_aligned,
    text_of,
    walk,
)

from igtkit.models.constraints import (  # noqa: E402
    ConcatenatedConstraint,
    InterleavedConstraint,
)


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [13, 14, 17, 21, 64])
@pytest.mark.parametrize("words", [None, [3, 2, None, 1, 1, 2, 1, 4]])
def test_concatenated_outputs_of_a_random_model(model, options, limit, words):
    constraint = ConcatenatedConstraint(limit, num_beams=options["num_beams"], words=words)
    rows = generate(model, limit, constraint, **options)
    for index, row in enumerate(rows):
        text = text_of(row)
        prediction = CONCATENATED.decode(text)
        assert is_aligned(prediction)
        assert text == f"{prediction.segmentation}\nGlosses: {prediction.glosses}"
        count = words[index * len(words) // len(rows)] if words else None
        if count is not None:
            found = sum(map(is_word, split_words(prediction.segmentation)))
            assert found == count if 4 * count + 9 <= limit else found <= count


@at_limits(13, 64)
@pytest.mark.parametrize("favored", ["", "- =\n", ",?' \n"])
@pytest.mark.parametrize("words", [None, [1, 2, 3, 5]])
def test_concatenated_outputs_at_every_limit(favored, words, limits):
    for limit in limits:
        constraint = ConcatenatedConstraint(limit, words=words)
        for row in walk(constraint, 8, limit, seed=limit, favored=favored):
            assert is_aligned(CONCATENATED.decode(text_of(row)))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("ev-de\nGlosses: house-LOC", True),
        ("ev-de , okul =da .\nGlosses: house-LOC , school =LOC .", False),
        ("ev-de , okul=da .\nGlosses: house-LOC , school=LOC .", True),
        ("« ev »\nGlosses: house", True),
        ("ev\nGlosses: « house »", True),
        ("ev - de\nGlosses: house - LOC", True),
        ("ev = de\nGlosses: house - LOC", False),
        ("ev-de\nGlosses: house=LOC", False),
        ("ev-de\nGlosses: house", False),
        ("ev\nGlosses: house-LOC", False),
        ("ev de\nGlosses: house", False),
        ("ev\nGlosses: house LOC", False),
        ("ev-\nGlosses: house-", False),
        ("-ev\nGlosses: -house", False),
        ("ev \nGlosses: house", False),
        ("ev  de\nGlosses: house LOC", False),
        ("...\nGlosses: ...", False),
        ("???-a\nGlosses: ???-'", True),
        ("Glosses: a\nGlosses: b c", False),
        ("Segmentation: a\nGlosses: b c", False),
        ("Glossesa Segmentation\nGlosses: b c", True),
        ("a(b) c\\d\nGlosses: x (", False),
        ("a(b) c\\d\nGlosses: x y(z)", True),
        ("ev\n\nGlosses: house", False),
        ("ev\nglosses: house", False),
        ("", False),
    ],
)
def test_what_a_concatenated_output_may_be(text, allowed):
    assert allows(ConcatenatedConstraint(200), text) == allowed


def test_zero_words_give_an_empty_output():
    assert text_of(walk(ConcatenatedConstraint(20, words=[0]), 1, 20)[0]) == ""
    assert text_of(walk(InterleavedConstraint(20, words=[0]), 1, 20)[0]) == ""


@pytest.mark.parametrize("most", [20, pytest.param(60, marks=pytest.mark.slow)])
def test_the_concatenated_targets_of_real_lines_can_be_written(shared, most):
    path = shared / "data" / "sigmorphon2023" / "lez" / "lez-dev-track2-uncovered"
    seen = refused = 0
    for igt in list(igtkit.read(path, format="sigmorphon"))[:most]:
        for item in CONCATENATED.examples(igt):
            if item.task == "t2sg" and is_aligned(CONCATENATED.decode(item.target)):
                seen += 1
                limit = len(item.target.encode()) + 1
                refused += not allows(ConcatenatedConstraint(limit), item.target)
    assert seen > most / 2
    assert refused == 0
