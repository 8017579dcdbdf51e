"""The rules by which lines and words of LaTeX are guessed."""

from __future__ import annotations

from igtkit.io._parts import GUESSES
from igtkit.io.latex.rules import SUBJECTS, parts_of


def test_every_rule_of_latex_has_a_subject():
    files = {"latex-file", "latex-file-with-examples"}
    assert set(SUBJECTS) | files == {name for name in GUESSES if name.startswith("latex-")}


def test_rules_that_were_used_are_told_with_how_often():
    [part] = parts_of({"latex-two-lines": 3, "latex-joined-blocks": 0})
    assert (part.kind, part.rule, part.line, part.count) == (
        "guess",
        "latex-two-lines",
        "segmentation",
        3,
    )
