"""Examples of every package; what looks like one and is none."""

from __future__ import annotations

import pytest
from documents.latex import HOUSES, parse

from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io import read


@pytest.mark.parametrize(
    "text",
    [
        "\\ea\n\\gll pala-si buro\\\\\n house-\\textsc{pl} burn\\\\\n\\glt `The houses burned.'\n\\z\n",
        "\\ea\\gll pala-si buro\\\\ house-\\textsc{pl} burn\n\\glt ‘The houses burned.’\\z",
        "\\begin{exe}\n\\ex\n\\gll pala-si buro \\\\ house-{\\sc pl} burn \\\\\n\\trans\n ``The houses burned.''\n\\end{exe}",
        "\\begin{exe}\\ex \\gll \\textit{pala-si} \\emph{buro}\\\\[2pt]\nhouse-{\\scshape pl} burn\\\\*\n`The houses burned.'\n\\end{exe}",
        "\\ex\n\\begingl\n\\gla pala-si buro//\n\\glb house-\\textsc{pl} burn//\n\\glft `The houses burned.'//\n\\endgl\n\\xe",
        "\\ex<7> \\begingl[aboveglftskip=0pt] \\gla pala-si @ buro// \\glb house-\\textsc{pl} + burn// \\glft ‘The houses burned.’// \\endgl \\xe",
        "\\ex. \\gll pala-si buro\\\\\n house-\\textsc{pl} burn\\\\\n`The houses burned.'\n\nAnd so on.\n",
        "\\exg. pala-si buro\\\\\n house-\\textsc{pl} burn\\\\\n The houses burned.\\\\\n\nAnd so on.\n",
        "\\begin{examples}\\item \\gll pala-si buro\\\\ house-\\textsc{pl} burn\\\\ \\glt `The houses burned.' \\glend\\end{examples}",
    ],
)  # fmt: skip
def test_an_example_is_read_in_every_style(text):
    [igt] = parse(text)
    assert igt.replace(id=None) == HOUSES
    assert igt.metadata == {}


def test_what_is_no_example_is_left_out():
    text = """
\\newcommand{\\example}[2]{\\ea \\gll #1\\\\ #2\\\\ \\z}
% \\ea \\gll a\\\\ A\\\\ \\z
\\verb|\\gll|
\\begin{verbatim}
\\ea \\gll b\\\\ B\\\\ \\z
\\end{verbatim}
\\iffalse \\ea \\gll c\\\\ C\\\\ \\z \\fi
\\ea % a comment
% \\gll d\\\\
\\gll e\\\\ % or so
% in between
E\\\\
\\z
\\end{document}
\\ea \\gll f\\\\ F\\\\ \\z
"""
    assert [(igt.segmentation, igt.glosses) for igt in parse(text)] == [("e", "E")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\\ea\n\\gll a b\n\\z", 2, r"takes 2 lines, here are 1"),
        ("\n\\ea\\gll\\\\ \\z", 2, r"takes 2 lines"),
        ("\\ea\\gll a b\\\\ c\\\\ A B\\\\ C\\\\\n\\glt `x'\\z", 1, "takes 2 lines, here are 4"),
        ("\\ex\n\\begingl word gloss // \\endgl\\xe", 2, "neither"),
        ("\\ex \\begingl \\gla a// \\endgl\\xe", 1, "without"),
        ("\\ex \\begingl \\gla a//", 1, "without"),
        ("\\ea \\begin{tabular}{l}\\gll a\\\\ \\end{tabular}\\z", 1, "without a word"),
    ],
)
def test_what_looks_like_an_example_and_is_none_is_reported(text, line, what):
    whole = text + "\n\n\\ea \\gll ok\\\\ OK\\\\ \\z"
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(whole)
    assert caught.value.line == line
    if "// " in text or "gll" in text:
        corpus = parse(whole, errors="skip")
        assert [igt.segmentation for igt in corpus][-1:] in (["ok"], [])
        assert corpus.skipped[0].line == line


def test_damaged_files_give_one_clear_error(tmp_path):
    path = tmp_path / "a.tex"
    path.write_bytes("\\ea \\gll é\\\\ a\\\\ \\z".encode("latin-1"))
    with pytest.raises(FileFormatError, match=r"a\.tex:1: not in utf-8"):
        read(path)
    assert read(path, encoding="latin-1")[0].segmentation == "é"
    path.write_bytes(b"%PDF-1.5 \0\1\2")
    with pytest.raises(FileFormatError, match="binary file"):
        read(path)
    path.write_bytes(b"")
    assert len(read(path)) == 0
    path.write_text("\\ea \\gll a {b \\\\ c \\textit{d", encoding="utf-8")  # the end is missing
    assert read(path, errors="skip").skipped[0].line == 1


def test_what_expex_sets_at_the_margin_is_a_note():
    [igt] = parse(
        r"\ex\begingl \gla\rightcomment{(Wada)}kudan-a// \glb house-{\sc def}//"
        r"\glft `the house'//\endgl\xe"
    )
    assert igt == IGT(None, "kudan-a", "house-DEF", "the house")
    assert igt.metadata["notes"] == ["(Wada)"]
