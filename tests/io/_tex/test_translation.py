"""The translation, and what follows it."""

from __future__ import annotations

import pytest
from documents.latex import parse


@pytest.mark.parametrize(
    ("tex", "translation", "metadata"),
    [
        ("`He goes.' (Smith 2001: 4)", "He goes.", {"citation": "(Smith 2001: 4)"}),
        ("`They don't go.'", "They don't go.", {}),
        ("‘the dogs’ house’", "the dogs’ house", {}),
        ("\\qu{He goes.}\\\\\\relax [A: 1]", "He goes.", {"citation": "[A: 1]"}),
        ("`He goes.' \\citep[12]{smith}", "He goes.", {"citation": "(smith: 12)"}),
        ("`He goes.' \\hfill [A: 1]", "He goes.", {"citation": "[A: 1]"}),
        ("`He goes.' \\jambox{(Tsez)}", "He goes.", {"latex": {"jambox": "(Tsez)"}}),
        ("`He goes.' (lit. `walks') {[A]}", "He goes.", {"citation": "[A]", "notes": ["(lit. ‘walks’)"]}),
        ("He goes\\\\ away", "He goes away", {}),
        ("~\\\\ `He goes.'", "He goes.", {}),
        ("`He goes.`", "He goes.", {}),
        ("``Go!'' he said", "Go!", {"notes": ["he said"]}),
        ("Intended: `He goes.'", "He goes.", {"notes": ["Intended:"]}),
        ("(intended meaning: `He goes.')", "He goes.", {"notes": ["intended meaning:"]}),
        ("(`He goes.')", "He goes.", {}),
        ("`He goes' or `he went'", "‘He goes’ or ‘he went’", {}),
        ("`He said `go' twice.'", "He said ‘go’ twice.", {}),
        ("‘It's ‘so’ here.’", "It's ‘so’ here.", {}),
        ("'It’s John's.'", "It’s John's.", {}),
        ("`It’s the dogs’.' (Me: 3)", "It’s the dogs’.", {"citation": "(Me: 3)"}),
        ("", None, {}),
    ],
)  # fmt: skip
def test_the_translation_is_told_from_what_follows(tex, translation, metadata):
    [igt] = parse(f"\\ea\\label{{x}}\n\\gll a\\\\\n b\\\\\n\\glt {tex}\n\\z\n")
    assert (igt.translation, igt.metadata) == (translation, metadata)


def test_a_source_after_the_translation_is_no_part_of_it():
    [igt] = parse(
        "\\ex.\\ag. kudan-a weli.\\\\\nhouse-{\\sc def} big\\\\\n"
        "\\rede{The house (is) big.}\\source{21\\_wada\\_04.035}\n"
    )
    assert igt.translation == "The house (is) big."
    assert igt.metadata == {"citation": "21_wada_04.035"}
