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


@pytest.mark.parametrize(
    ("forms", "glosses", "expected"),
    [
        ("a- b =c d - e", "A- B =C D - E", ("a-b=c d - e", "A-B=C D - E")),
        ("a- b -c", "A B C", ("a-b-c", "A-B-C")),
        ("-a -b", "A B", ("-a -b", "A B")),
        ("a -b", "A", ("a -b", "A")),
    ],
)
def test_morphemes_that_stand_apart_in_expex_are_joined(forms, glosses, expected):
    [igt] = parse(f"\\ex \\begingl \\gla {forms}// \\glb {glosses}// \\endgl \\xe")
    assert (igt.segmentation, igt.glosses) == expected
    [igt] = parse(f"\\ea \\gll {forms}\\\\ {glosses}\\\\ \\z")
    assert (igt.segmentation, igt.glosses) == (forms, glosses)  # there they are the author's words


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


def test_expex_joins_morphemes_above_a_third_line_and_takes_the_judgment_apart():
    [igt] = parse(
        "\\ex\\begingl \\gla \\ljudge{*}Kudan -a weli// \\glb house -\\textsc{loc} big//"
        "\\glc N -SFX A//\\glft `in it'//\\endgl\\xe"
    )
    assert (igt.segmentation, igt.glosses) == ("Kudan-a weli", "house-LOC big")
    assert igt.metadata["latex"]["judgment"] == "*"


def test_expex_nlevel_glosses_are_read():
    text = r"""
\ex<tag> \begingl[glstyle=nlevel]
\glpreamble Kudan weli de la. \endpreamble
kuda-n[house-\textsc{acc}/\textsc{n}] weli[very big/\textsc{a}] {de la}[of.the/\textsc{p}]
\glft `the big house'//
\endgl \xe
"""
    [igt] = parse(text)
    assert igt == IGT(
        "Kudan weli de la.",
        "kuda-n weli de_la",
        "house-ACC very_big of.the",
        "the big house",
        id="tag",
    )
    assert igt.metadata == {"latex": {"lines": ["N A P"]}}


def test_blocks_of_one_sentence_are_one_entry_and_sentences_are_not():
    text = r"""
\ea\label{long}
\gll kuda-n weli\\ house-ACC big\\
\gll toro-n weli\\ tree-ACC big\\
\glt `the house, the tree'
\z
\ea\label{two}
\gll a\\ A\\ \glt `A'
\gll b\\ B\\ \glt `B'
\z
\ea \gll c\\ C\\
\gll d\\ D\\ \z
"""
    corpus = parse(text)
    assert [(igt.segmentation, igt.glosses, igt.translation, igt.id) for igt in corpus] == [
        ("kuda-n weli toro-n weli", "house-ACC big tree-ACC big", "the house, the tree", "long"),
        ("a", "A", "A", "two"),
        ("b", "B", "B", None),
        ("c", "C", None, None),
        ("d", "D", None, None),
    ]


@pytest.mark.parametrize("line", [0, 1])
def test_what_is_pushed_to_the_margin_is_no_word(line):
    lines = ["kuda-n weli", "house-ACC big"]
    lines[line] += r" \hfill [KL:80]"
    [igt] = parse("\\ea \\gll " + "\\\\ ".join(lines) + "\\\\ \\glt `the house' \\z")
    assert (igt.segmentation, igt.glosses) == ("kuda-n weli", "house-ACC big")
    assert igt.metadata == {"notes": ["[KL:80]"]}
