"""The checker as users call it: errors and notes of a text, and the policy of repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

from igtkit import IGT, Prediction, alignment_score, check, repair
from igtkit.alignment import is_misaligned
from igtkit.errors import InputError


def test_characters_that_are_no_boundary_are_named():
    igt = IGT("evde", "ev‑de", "house-LOC", "t")
    error, note = check(igt, notes=True)
    assert error.message.endswith("has 2; ‑ (U+2011 NON-BREAKING HYPHEN) is no boundary")
    expected = "no boundary in the segmentation, but looks like one: ‑ (U+2011 NON-BREAKING HYPHEN)"
    assert note.message == expected


def test_the_example_of_the_paper_with_one_morpheme_under_two_glosses():
    segmentation = "vũnɔ gagãlĩ gɛ e-nu bu-dzyuɛ díyɛ"
    glosses = "beverage well-well REL 3SG-be CM-strength 3SG"
    assert alignment_score(segmentation, glosses) == 1 - 2 / 17
    assert round(alignment_score(segmentation, glosses), 3) == 0.882  # PolyGloss, section 7.1
    (issue,) = check(IGT(None, segmentation, glosses))
    assert (issue.code, issue.word) == ("morpheme-count", 1)


def test_repair_drops_a_segmentation_that_is_none():
    igt = IGT("cats run", "cats run", "cat-PL run", split="dev")
    assert repair(igt) == igt.replace(segmentation=None)


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2013\u2212\u00ad")
def test_repair_keeps_a_segmentation_with_other_hyphens(hyphen):
    igt = IGT("cats", f"cat{hyphen}s", "cat-PL", split="dev")
    assert repair(igt) == igt.replace(split="train")


def test_repair_sends_other_misalignment_to_train():
    igt = IGT("cats run", "cat-s run", "cat-PL-X run", split="test")
    assert repair(igt) == igt.replace(split="train")


@pytest.mark.parametrize("glosses", ["buy", "buy ."])
def test_repair_leaves_the_rest(glosses):
    igt = IGT("bumili", "b<um>ili", glosses, split="test")
    assert repair(igt) is igt


def test_there_is_no_other_policy():
    with pytest.raises(InputError, match="no repair policy 'drop'"):
        repair(IGT("a"), policy="drop")


@pytest.mark.parametrize("igt", ["a line", None, float("nan"), Prediction("a", "A")])
@pytest.mark.parametrize("function", [check, repair])
def test_what_is_no_igt_is_an_error(function, igt):
    with pytest.raises(InputError, match="expected an IGT"):
        function(igt)


@given(texts())
def test_no_pair_of_lines_is_evaluated_on_that_does_not_align(igt):
    repaired = repair(igt)
    is_pair = repaired.segmentation is not None
    assert repaired.split == "train" or not (is_pair and is_misaligned(check(repaired)))
    assert repaired.glosses == igt.glosses
    if check(igt) == ():
        assert repaired is igt
