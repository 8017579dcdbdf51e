"""Two lines as one answer: written, and read whatever a model makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import aligned_lines

from igtkit import IGT
from igtkit.errors import AlignmentError
from igtkit.formats import get, problems

CONCATENATED = get("concatenated")


@pytest.mark.parametrize(
    ("output", "segmentation", "glosses", "found"),
    [
        ("ev-de\nGlosses: house-LOC", "ev-de", "house-LOC", []),
        ("ev-de \r\n  Glosses:  house-LOC\n", "ev-de", "house-LOC", []),
        ("ev-de\nGlosses:house", "ev-de Glosses:house", "", ["MORE_LINES", "NO_GLOSSES"]),
        ("", "", "", ["EMPTY"]),
        (" \n ", "", "", ["EMPTY"]),
        ("ev-de", "ev-de", "", ["NO_GLOSSES"]),
        ("ev-de\nGlosses:", "ev-de", "", ["NO_GLOSSES"]),
        ("ev-de\nGlos", "ev-de Glos", "", ["MORE_LINES", "NO_GLOSSES"]),
        ("ev-de Glosses: house-LOC", "ev-de", "house-LOC", ["NO_BREAK"]),
        ("Glosses: house-LOC", "", "house-LOC", ["NO_SEGMENTATION"]),
        ("\nGlosses: house-LOC", "", "house-LOC", ["NO_SEGMENTATION"]),
        ("Segmentation: ev-de\nGlosses: house-LOC", "ev-de", "house-LOC", ["LABEL"]),
        ("Glosses: house-LOC\nSegmentation: ev-de", "ev-de", "house-LOC", ["WRONG_ORDER"]),
        ("ev\nGlosses: house\nGlosses: home", "ev", "house", ["LABEL"]),
        ("ev\nGlosses: house\nSegmentation: x", "ev", "house", ["LABEL"]),
        ("ev\nde\nGlosses: house\nLOC", "ev de", "house LOC", ["MORE_LINES"]),
    ],
)
def test_concatenated_outputs(output, segmentation, glosses, found):
    decoded = CONCATENATED.decode(output, source="Evde .")
    assert (decoded.segmentation, decoded.glosses) == (segmentation, glosses)
    assert list(decoded.problems) == [getattr(problems, name) for name in found]


@given(aligned_lines())
def test_lines_come_back(lines):
    igt = IGT(*lines)
    example = CONCATENATED.encode(igt)
    found = CONCATENATED.decode(example.target, source=example)
    segmentation, glosses = (" ".join(line.split()) for line in lines[1:])
    assert example.target == f"{segmentation}\nGlosses: {glosses}"
    assert (found.segmentation, found.glosses, found.problems) == (segmentation, glosses, ())


def test_misaligned_lines_are_an_example_to_train_on_and_an_error_when_asked_for():
    igt = IGT("Evde", "ev-de", "house")
    with pytest.raises(AlignmentError, match="morpheme"):
        CONCATENATED.encode(igt)
    [example] = CONCATENATED.examples(igt, training=False)
    assert example.target == "ev-de\nGlosses: house"
    assert CONCATENATED.encode(igt, "t2g").target == "house"
