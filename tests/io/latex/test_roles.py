"""Which line of an example is which."""

from __future__ import annotations

import pytest
from documents.latex import parse

from igtkit.igt import Language


@pytest.mark.parametrize(
    ("head", "transcription", "heading"),
    [
        ("Palasi buro.\\\\", "Palasi buro.", None),
        ("(said of old houses)\\\\", None, "(said of old houses)"),
        ("Tsez (Nakh-Daghestanian; \\citealt[3]{x})\\\\", None, "Tsez (Nakh-Daghestanian; (x: 3))"),
        ("\\langinfo{Tsez}{Daghestanian}{\\citealt[3]{x}}\\\\", None, None),
        ("", None, None),
    ],
)
def test_the_line_before_is_the_text_or_a_heading(head, transcription, heading):
    [igt] = parse(f"\\ea {head}\n\\gll pala-si buro\\\\ house-\\textsc{{pl}} burn\\\\ \\z")
    assert igt.transcription == transcription
    assert igt.metadata.get("latex", {}).get("heading") == heading
    if "langinfo" in head:
        assert igt.language == Language(name="Tsez")
        assert igt.metadata == {"citation": "(x: 3)", "latex": {"family": "Daghestanian"}}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["palasi buro", "pala-si buro", "house-PL burn"], ("palasi buro", "pala-si buro", "house-PL burn")),
        (["palasi buro", "house-PL burn"], ("palasi buro", None, "house-PL burn")),
        (["pala buro", "house burn"], (None, "pala buro", "house burn")),
        (["pala-si buro", "house-PL burn", "Haus-PL brennen"], (None, "pala-si buro", "house-PL burn")),
        (["PALASI", "palasi", "pala-si", "house-PL"], ("PALASI", "pala-si", "house-PL")),
        (["pala {} .", "house {} {}"], (None, "pala .", "house")),
        (["{} buro", "3SG burn"], (None, "??? buro", "3SG burn")),
        (["a [VP b", "A \\hspace{2mm} B"], (None, "a [VP b", "A ??? B")),
        (["a \\quad b", "A \\quad B"], (None, "a b", "A B")),
    ],
)  # fmt: skip
def test_which_line_is_which(lines, expected):
    macro = "\\gl" + "l" * (len(lines) - 1)
    [igt] = parse("\\ea " + macro + " " + "\\\\\n".join(lines) + "\\\\ \\z")
    assert (igt.transcription, igt.segmentation, igt.glosses) == expected


@pytest.mark.parametrize(
    ("heading", "transcription"),
    [("Nekuda.", "Nekuda."), ("Wada", None), ("Kwomtari.", None)],
)
def test_a_sentence_of_one_word_is_told_from_a_heading(heading, transcription):
    [igt] = parse(f"\\ea\n{heading}\\\\\n\\gll nɛ-gʊd-ə\\\\\n1S-do-CL\\\\\n\\glt `I did.'\n\\z")
    assert igt.transcription == transcription


def test_glosses_stand_below_the_last_line_that_is_like_the_one_above():
    [igt] = parse("\\ea\\gllll Kudan weli.\\\\ kuda-n weli\\\\ house-ACC big\\\\ N A\\\\ \\z")
    assert (igt.transcription, igt.segmentation) == ("Kudan weli.", "kuda-n weli")
    assert (igt.glosses, igt.metadata) == ("house-ACC big", {"latex": {"lines": ["N A"]}})
