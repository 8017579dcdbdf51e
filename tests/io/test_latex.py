r"""LaTeX: what papers write, and what is written for them."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines, aligned_words

import igtkit
from igtkit.corpus.quality import is_marked_ungrammatical
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language
from igtkit.io import read, write
from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import split_cells

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
STYLES = ("gb4e", "expex", "linguex")


def parse(text: str, **options):
    return read(io.StringIO(text), "latex", **options)


def render(items, **options) -> tuple[str, dict[str, int]]:
    out = io.StringIO()
    report = write(items, out, "latex", **options)
    return out.getvalue(), dict(report.lost)


HOUSES = IGT(None, "pala-si buro", "house-PL burn", "The houses burned.")


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


def gloss_of(tex: str, **options) -> str | None:
    return parse(f"\\ea \\gll x\\\\\n{tex}\\\\\n\\z\n", **options)[0].glosses


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"3\textsc{sg.poss}-\textbf{go}", "3SG.POSS-go"),
        (r"\textsc{a}\Acc{}.\Tsg{}", "AACC.3SG"),
        (r"{de la} a~b \mbox{c d}", "de_la a_b c_d"),
        (r"like\_this 50\% \& \# \$", "like_this 50% & # $"),
        (r"\'{a}\`a\^{\i}\"o\~n\c{c}\v{s}\k{a}\u{a}\=e\H{o}\r{u}\d{t}\b{t}", "áàîöñçšąăēőůṭṯ"),
        (r"\textesh\textschwa{}\textglotstop \ng{} \o{}", "ʃəʔŋ ø"),
        (r"\textipa{SEN@}", "ʃɛŋə"),
        (r"t\textsuperscript{h}a $x_1$ ma\textsubscript{i}", "tʰa x₁ maᵢ"),
        (r"$\emptyset$-go $\rightarrow$", "∅-go →"),
        (r"go\footnote{A note, with {braces} in it.} \is{verb}home\index{x}", "go home"),
        (r"a\textasciitilde{}b go\-ing a--b", "a~b going a–b"),
        (r"\textcolor{red}{x} \foreignlanguage{german}{y} {\bfseries z}", "x y z"),
        (r"{\ob}go{\cb} [go]", "[go] [go]"),
        (r"\unheard{of} go", "of go"),
        (r"{\twoP}+{\PFV}-go-\sg.\prs", "2P+PFV-go-SG.PRS"),
        (r"\oldstylenums{1}\textsc{Pex} =Pl", "1PEX =Pl"),
        (r"go % not this", "go"),
        (r"100\%", "100%"),
        (r"[big house]$_{\text{NP}}$ go$_{\mathrm{i}}$", "[big house] goᵢ"),
    ],
)  # fmt: skip
def test_markup_becomes_text(tex, text):
    assert gloss_of(tex) == text


def test_macros_of_the_paper_and_of_another_file_are_expanded():
    text = (
        "\\newcommand{\\ab}[1]{\\textsc{#1}}\\def\\pst#1{\\ab{pst}#1}\n"
        "\\newleipzig{cont}{cnt}{continuative}\n"
        "\\ea \\gll x y z w\\\\ go-\\ab{fut} \\pst{1} \\Cont{} \\mine{a}\\\\ \\z\n"
    )
    assert parse(text, macros={"\\mine": r"<#1>"})[0].glosses == "go-FUT PST1 CNT <a>"


def test_macros_without_end_are_one_clear_error():
    doubling = "".join(
        f"\\def\\m{a}{{\\m{b}\\m{b}}}"
        for a, b in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
    )
    for defined, macro in [("\\newcommand{\\loop}{\\loop\\loop}", "\\loop"), (doubling, "\\ma")]:
        with pytest.raises(FileFormatError, match=r"expands without end|nested more than"):
            parse(f"{defined}\\ea \\gll x\\\\ go{macro}\\\\ \\z")
    with pytest.raises(FileFormatError, match="nested more than"):
        parse("\\ea \\gll x\\\\ " + "{" * 1000 + "a" + "}" * 1000 + "\\\\ \\z")


def test_a_macro_that_nobody_knows_is_named():
    [igt] = parse("\\ea \\gll x\\\\ go-\\Imprf{}\\frob{} \\\\ \\z")
    assert igt.glosses == "go-IMPRF"  # named as the package leipzig names its labels
    assert igt.metadata == {"latex": {"unknown": ["\\Imprf", "\\frob"]}}


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


def test_sub_examples_know_their_own_label_and_that_of_the_group():
    text = """
\\ea\\label{ex:group} Tuatschin (Romansh)\\\\
  \\ea\\label{ex:a} \\gll a\\\\ A\\\\ \\glt `A' \\z
  \\ea[*]{\\label{ex:b} \\gll b\\\\ B\\\\ \\glt `B'} \\z
\\z
\\ea\\label{ex:c} \\gll c\\\\ C\\\\ \\glt `C' \\z
"""
    a, b, c = parse(text)
    assert [igt.id for igt in (a, b, c)] == ["ex:a", "ex:b", "ex:c"]
    assert a.language == b.language == Language(name="Tuatschin")
    assert a.metadata == {"latex": {"heading": "Tuatschin (Romansh)", "group": "ex:group"}}
    assert b.metadata["latex"]["judgment"] == "*"
    assert (b.translation, c.language, c.metadata) == ("B", None, {})


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{exe}\\ex\\label{g}\\begin{xlist}\\ex\\label{a}\\gll a\\\\A\\\\\\ex\\label{b}\\gll b\\\\B\\\\\\end{xlist}\\end{exe}",
        "\\ea\\label{g}\\ea\\label{a}\\gll a\\\\A\\\\\\ex\\label{b}\\gll b\\\\B\\\\\\z\\z",
        "\\pex\\label{g}\\a\\label{a}\\begingl\\gla a//\\glb A//\\endgl\\a\\label{b}\\begingl\\gla b//\\glb B//\\endgl\\xe",
        "\\ex.\\label{g} \\ag.\\label{a} a\\\\A\\\\\n\\bg.\\label{b} b\\\\B\\\\\n\nText.",
        "\\ex.\\label{g} \\a. \\label{a}\\gll a\\\\A\\\\\n\\b.\\label{b} \\gll b\\\\B\\\\\n\\z.\n\nText.",
    ],
)  # fmt: skip
def test_sub_examples_in_every_style(text):
    corpus = parse(text)
    assert [igt.segmentation for igt in corpus] == ["a", "b"]
    assert all(igt.metadata["latex"]["group"] == "g" for igt in corpus)
    if "\\ag" not in text:
        assert [igt.id for igt in corpus] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "\\ex *\\gll a\\\\ A\\\\ \\xe",
        "\\ex \\ljudge{*}\\begingl \\gla a// \\glb A// \\endgl\\xe",
        "\\ea[*]{\\gll a\\\\ A\\\\}\\z",
    ],
)
def test_a_judgment_is_kept(text):
    assert parse(text)[0].metadata == {"latex": {"judgment": "*"}}


def test_a_number_or_a_late_label_is_the_id():
    assert parse("\\exi{(3$'$)} \\gll a\\\\ A\\\\")[0].id == "3'"
    [a, b] = parse("\\ex \\gll a\\\\ A\\\\ \\trans `A'\\label{x}\n\n\\ea \\gll b\\\\ B\\\\ \\z")
    assert (a.id, b.id, b.metadata) == ("x", None, {})


def test_a_missing_end_does_not_swallow_the_next_example():
    corpus = parse(
        "\\ea\\label{a}\\gll a\\\\A\\\\\\glt `A'\n\nText.\n\n\\ea\\label{b}\\gll b\\\\B\\\\\\z"
    )
    assert [(igt.id, igt.translation, igt.metadata) for igt in corpus] == [
        ("a", "A", {}),
        ("b", None, {}),
    ]


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


@RELAXED
@given(st.text("\\{}[]%$~ \nab'`-_^&#.*", max_size=40))
def test_no_markup_breaks_the_reader(text):
    markup = Markup()
    assert all(" " not in markup.cell(cell) for cell in split_cells(text))
    assert "  " not in markup.plain(text)
    parse(f"\\ea \\gll {text}\\\\ {text}\\\\ \\glt {text} \\z", errors="skip")


@pytest.mark.parametrize("style", STYLES)
def test_examples_are_written_in_the_style(style):
    written, lost = render([HOUSES.replace(id="ex:1")], style=style)
    assert not lost
    example = {
        "gb4e": "\\begin{exe}\n\\ex\\label{ex:1}\n\\gll pala-si buro\\\\\n     house-\\textsc{pl} burn\\\\\n"
        "\\glt ‘The houses burned.’\n\\end{exe}\n",
        "expex": "\\ex\\label{ex:1}\n\\begingl\n\\gla pala-si buro//\n\\glb house-\\textsc{pl} burn//\n"
        "\\glft ‘The houses burned.’//\n\\endgl\n\\xe\n",
        "linguex": "\\ex. \\label{ex:1}\n\\gll pala-si buro\\\\\n     house-\\textsc{pl} burn\\\\\n"
        "\\glt ‘The houses burned.’\n",
    }
    assert written.startswith(example[style] + "\n")
    assert written.endswith(
        "\\section*{Abbreviations}\n\\begin{description}\n\\item[\\normalfont\\textsc{pl}] plural\n"
        "\\end{description}\n"
    )
    assert list(parse(written)) == [HOUSES.replace(id="ex:1")]


def test_the_list_of_abbreviations_names_what_nobody_explains():
    igt = IGT(None, "a b", "go-NPST.DEF ATR", "x")
    written, _ = render([igt], abbreviations={"ATR": "attributive & co"})
    assert "\\textsc{npst.def}" in written
    assert "\\item[\\normalfont\\textsc{npst}] non-past\n" in written
    assert "\\item[\\normalfont\\textsc{atr}] attributive \\& co\n" in written
    assert "\\item[\\normalfont\\textsc{atr}] ?  %" in render([igt])[0]


def test_a_document_of_its_own():
    for style in STYLES:
        written, _ = render([HOUSES], style=style, document=True)
        assert written.startswith("\\documentclass{article}\n")
        assert f"\\usepackage{{{style}}}" in written
        assert written.endswith("\\end{document}\n")
        assert list(parse(written)) == [HOUSES]


def test_an_unknown_style_is_refused():
    with pytest.raises(InputError, match="'gb4e', 'expex' or 'linguex'"):
        render([HOUSES], style="word")


@pytest.mark.parametrize("style", STYLES)
def test_everything_else_stands_in_a_comment(style):
    igt = IGT(
        "ab", None, "x", "y", pos="N", id="no label", source="Book", split="dev",
        language=Language("dido1241", "Tsez", "ddo"), metalanguage="English",
        metadata={"notes": ["a\nb"], "begin": 1.5, "latex": {"judgment": "*"}, "citation": "[A]"},
    )  # fmt: skip
    written, lost = render([igt], style=style)
    assert not lost
    [back] = parse(written)
    assert back == igt
    assert back.metadata == igt.metadata
    assert "Tsez" in re.sub("%.*", "", written)


def test_a_suggestion_stays_recognizable():
    igt = igtkit.Prediction("a-b", "A-B", system="CrfGlosser", score=-1.0).to_igt(IGT("ab"))
    written, lost = render([igt])
    assert not lost
    assert '"system": "CrfGlosser"' in written
    assert parse(written)[0].metadata == igt.metadata


def test_what_cannot_be_held_is_reported():
    items = [
        IGT("a  b", "a-b  c", "A-B C", "x\ny"),
        IGT(None, translation="only this"),
        IGT("a", metadata={"drawing": object()}),
        IGT("", "a", "A"),
    ]
    _, lost = render(items)
    assert lost == {
        "empty transcription": 1,
        "entries without words": 1,
        "metadata: drawing": 1,
        "spacing of segmentation": 1,
        "spacing of transcription": 1,
        "spacing of translation": 1,
    }


SPECIAL = st.text("ab{}\\$&#^_~%<>|`'\"-=[]*@+/.?!áʃ’“", min_size=1, max_size=6).filter(str.strip)


@pytest.mark.parametrize("style", STYLES)
@RELAXED
@given(st.lists(st.tuples(SPECIAL, SPECIAL), min_size=1, max_size=5), SPECIAL)
def test_every_special_character_comes_back(style, words, translation):
    forms, glosses = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT("x" + forms, forms, glosses, f"x {translation} x")
    written, lost = render([igt], style=style)
    assert not lost
    assert list(parse(written)) == [igt]


TEXTS = st.none() | st.text("abP1-=.'’‘%{(\n \\", max_size=8)


@RELAXED
@given(
    st.builds(IGT, TEXTS, TEXTS, TEXTS, TEXTS, id=TEXTS, pos=TEXTS)
    | st.builds(lambda lines, free: IGT(*lines, free), aligned_lines(), TEXTS),
    st.sampled_from(STYLES),
)
def test_what_does_not_come_back_is_reported(igt, style):
    written, lost = render([igt, HOUSES], style=style)
    back = list(parse(written, errors="skip"))
    assert back[-1] == HOUSES
    assert lost or back == [igt, HOUSES]


@RELAXED
@given(st.lists(aligned_words(), min_size=1, max_size=6))
def test_aligned_words_come_back(words):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT(surface, forms, glosses, "It’s ‘so’.", id="a:1")
    for style in STYLES:
        written, lost = render([igt], style=style)
        assert not lost
        assert list(parse(written)) == [igt]


def real_papers(shared):
    return sorted((shared / "data/interchange/latex").glob("*.tex"))


def test_every_example_of_real_papers_is_read_or_listed(shared):
    found = {}
    for path in real_papers(shared):
        text = path.read_text(encoding="utf-8")
        corpus = read(path, errors="skip")
        uncommented = re.sub(r"(?m)(?<!\\)%.*", "", text)
        examples = len(re.findall(r"\\gll+\b", uncommented))
        assert len(corpus) + len(corpus.skipped) == examples
        assert sum(igt.translation is not None for igt in corpus) + len(corpus.skipped) == len(
            re.findall(r"\\glt\b", uncommented)
        )
        labels = set(re.findall(r"\\label\{([^}]*)\}", uncommented))
        assert {igt.id for igt in corpus} <= labels | {None}
        for igt in corpus:
            assert not re.search(r"[\\{}$]", f"{igt.transcription}{igt.segmentation}{igt.glosses}")
            assert not any("unknown" in igt.metadata.get("latex", {}) for igt in corpus)
        found[path.name] = (len(corpus), len(corpus.skipped))
    assert found == {
        "ende_01_glossed.tex": (53, 0),
        "langsci_326_chapters_04.tex": (203, 0),
        "langsci_445_chapters_ChapterVP.tex": (52, 1),
    }


def test_words_of_a_real_paper_are_those_of_its_lines(shared):
    [path] = [path for path in real_papers(shared) if "ende" in path.name]
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("\\gll")]
    words = [len(lines[number].removeprefix("\\gll").rstrip("\\").split()) for number in starts]
    corpus = read(path)
    assert [len(igt.segmentation.split()) for igt in corpus] == words
    assert [len(igt.glosses.split()) for igt in corpus] == words
    assert all(igt.transcription for igt in corpus)


@pytest.mark.parametrize("style", STYLES)
def test_real_examples_come_back_in_each_style(shared, style):
    for path in real_papers(shared):
        corpus = read(path, errors="skip")
        written, lost = render(corpus, style=style)
        assert not lost
        back = parse(written)
        assert list(back) == list(corpus)
        assert [igt.metadata for igt in back] == [igt.metadata for igt in corpus]


def test_covingtons_macros_with_arguments_are_read():
    text = r"""
\begin{example}\label{house}
  \digloss[preamble={Wada, coast}, fsi={\itshape}]{kudan-a  weli}{house-{\sc def} big}
    {The house is big.}
\end{example}
\trigloss{Kudana}[aside]{kudan-a}{house-\textsc{def}}{`It is the house.'}
\digloss{kudan}{house}
"""
    corpus = parse(text, errors="skip")
    first, second = corpus
    assert first == IGT(None, "kudan-a weli", "house-DEF big", "The house is big.", id="house")
    assert first.metadata["latex"]["heading"] == "Wada, coast"
    assert second == IGT("Kudana", "kudan-a", "house-DEF", "It is the house.")
    assert second.metadata["notes"] == ["aside"]
    [skipped] = corpus.skipped
    assert "takes 2 lines and a translation" in str(skipped)


def test_an_example_that_is_a_macro_is_read_once_and_what_makes_examples_is_not():
    text = r"""
\newcommand{\wadaA}{\begin{exe}\ex
\gll kudan-a\\
     house-\textsc{def}\\
\trans `the house' (text \#12)
\end{exe}}
\newcommand{\myex}[2]{\begin{exe}\ex\gll #1\\ #2\\\end{exe}}
\newcommand{\exgll}{\ex\gll}
\wadaA
"""
    corpus = parse(text, errors="skip")
    assert list(corpus) == [IGT(None, "kudan-a", "house-DEF", "the house")]
    assert not corpus.skipped


def test_what_expex_sets_at_the_margin_is_a_note():
    [igt] = parse(
        r"\ex\begingl \gla\rightcomment{(Wada)}kudan-a// \glb house-{\sc def}//"
        r"\glft `the house'//\endgl\xe"
    )
    assert igt == IGT(None, "kudan-a", "house-DEF", "the house")
    assert igt.metadata["notes"] == ["(Wada)"]


def test_labels_that_tex_has_for_signs_are_labels_in_words():
    [igt] = parse("\\ea\\gll kudan-a na\\\\\nhouse-\\P{} 3\\S{}\\\\\n\\glt `§ \\S{} 2'\n\\z")
    assert (igt.glosses, igt.translation) == ("house-P 3S", "§ § 2")


@pytest.mark.parametrize(
    ("heading", "transcription"),
    [("Nekuda.", "Nekuda."), ("Wada", None), ("Kwomtari.", None)],
)
def test_a_sentence_of_one_word_is_told_from_a_heading(heading, transcription):
    [igt] = parse(f"\\ea\n{heading}\\\\\n\\gll nɛ-gʊd-ə\\\\\n1S-do-CL\\\\\n\\glt `I did.'\n\\z")
    assert igt.transcription == transcription


def test_a_source_after_the_translation_is_no_part_of_it():
    [igt] = parse(
        "\\ex.\\ag. kudan-a weli.\\\\\nhouse-{\\sc def} big\\\\\n"
        "\\rede{The house (is) big.}\\source{21\\_wada\\_04.035}\n"
    )
    assert igt.translation == "The house (is) big."
    assert igt.metadata == {"citation": "21_wada_04.035"}


def test_a_letter_given_a_macro_stays_and_room_for_a_bracket_goes():
    [igt] = parse(
        "\\ea\\gll {\\ꞌ}āna [kudan-a weli]\\\\\nthis \\hspaceThis{[}house-\\textsc{def} "
        "\\spacebr{}big\\\\\n\\z"
    )
    assert (igt.segmentation, igt.glosses) == ("ꞌāna [kudan-a weli]", "this house-DEF big")


def test_a_reference_within_brackets_does_not_hide_the_language():
    [igt] = parse(
        "\\ea Wada (Coastal; \\citealt[12]{Someone2010})\\\\\n\\gll kudan-a\\\\\nhouse-LOC\\\\\n\\z"
    )
    assert igt.language == Language(name="Wada")


def test_expex_joins_morphemes_above_a_third_line_and_takes_the_judgment_apart():
    [igt] = parse(
        "\\ex\\begingl \\gla \\ljudge{*}Kudan -a weli// \\glb house -\\textsc{loc} big//"
        "\\glc N -SFX A//\\glft `in it'//\\endgl\\xe"
    )
    assert (igt.segmentation, igt.glosses) == ("Kudan-a weli", "house-LOC big")
    assert igt.metadata["latex"]["judgment"] == "*"


def test_macros_that_make_examples_are_expanded_where_they_are_used():
    text = r"""
\newcommand{\myex}[2]{\ea \gll #1\\ #2\\ \z}
\newcommand{\labelled}[4][]{%
  \begin{exe}\ex[#1]\label{#4}
    \gll #2\\ #3\\
  \end{exe}}
\newcommand{\start}[3]{\ea\label{#1}\gll #2\\#3\\}
\newcommand{\free}[1]{\glt `#1'\z}
\newcommand{\gw}{\gll}
\let\beginning\ea
\newenvironment{mine}[1]{\begin{exe}\ex\label{#1}}{\end{exe}}
\def\short#1#2{\begin{exe}\ex\gll#1\\#2\\\end{exe}}
\NewDocumentCommand{\both}{s O{x} m}{\myex{#3-#2}{#3-#2}}
\begin{document}
\myex{a-b}{A-B}
\labelled[*]{c
 d}{C D}{two}
\start{three}{e}{E} \free{the E}
\beginning \gw f\\ F\\ \z
\begin{mine}{five}
\gll g\\ G\\
\end{mine}
\short{h}{H}
\both*[y]{i}
\ea \gll j k\\ J\\ \glt `a' \\ b \z
\myex{l}{}
"""
    corpus = parse(text, errors="skip")
    assert [(igt.segmentation, igt.glosses, igt.id) for igt in corpus] == [
        ("a-b", "A-B", None),
        ("c d", "C D", "two"),
        ("e", "E", "three"),
        ("f", "F", None),
        ("g", "G", "five"),
        ("h", "H", None),
        ("i-y", "i-y", None),
        ("j k", "J", None),
    ]
    assert corpus[1].metadata == {"latex": {"judgment": "*"}}
    assert corpus[2].translation == "the E"
    [skipped] = corpus.skipped
    assert skipped.line == text.split("\n").index(r"\myex{l}{}") + 1


def test_macros_of_another_file_make_examples_too():
    macros = {"myex": r"\ea \gll #1\\ #2\\ \z"}
    assert list(parse(r"\myex{a-b}{A-B}", macros=macros)) == [IGT(None, "a-b", "A-B")]


def test_optional_arguments_of_a_macro_have_their_default():
    text = r"\newcommand{\lab}[2][x]{\textsc{#1}#2}\ea \gll a b\\ \lab{y} \lab[z]{y}\\ \z"
    assert parse(text)[0].glosses == "Xy Zy"


@pytest.mark.parametrize("body", [r"\ea\again\again\z", r"\ea\gll #1#1#1\\\again{#1#1}\z"])
def test_macros_that_make_examples_without_end_are_one_clear_error(body):
    count = "[1]" if "#" in body else ""
    text = rf"\newcommand{{\again}}{count}{{{body}}}\again{{a b c}}"
    with pytest.raises(FileFormatError, match="expand without end"):
        parse(text)


def test_examples_of_philex_and_lingmacros_are_read():
    text = r"""
\lb{group}{\lba{one}{\gll a\\ A\\ \trans `A'} \lbz{two}{\gll b\\ B\\ \trans `B'}}
\enumsentence{\label{three} \shortex{2}{c-d & e}{C-D & E}{`C'}}
\eenumsentence{\item \gll f\\ F\\ \item \gll g\\ G\\}
\lb{4}{no example}
"""
    corpus = parse(text)
    bracket = "\\newcommand{\\lb}{[}\\ea \\gll \\lb a\\\\ \\lb{}A\\\\ \\z"
    assert [igt.segmentation for igt in parse(bracket)] == ["[a"]
    assert [(igt.segmentation, igt.translation, igt.id) for igt in corpus] == [
        ("a", "A", "one"),
        ("b", "B", "two"),
        ("c-d e", "C", "three"),
        ("f", None, None),
        ("g", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "judgment"),
    [
        ("\\exg. *kuda-n weli\\\\ house-ACC big\\\\\n", "*"),
        ("\\exg.[?] kuda-n weli\\\\ house-ACC big\\\\\n", "?"),
        ("\\ex. \\a. \\gll \\#kuda-n weli\\\\ house-ACC big\\\\\n", "#"),
        ("\\ea \\gll ?*kuda-n weli\\\\ house-ACC big\\\\ \\z", "?*"),
        ("\\ea \\gll (*)kuda-n weli\\\\ house-ACC big\\\\ \\z", "(*)"),
        ("\\ea \\gll * kuda-n weli\\\\ {} house-ACC big\\\\ \\z", "*"),
        ("\\ea *Kudan weli\\\\ \\gll *kuda-n weli\\\\ house-ACC big\\\\ \\z", "*"),
        ("\\ex \\begingl \\gla *kuda-n weli// \\glb house-ACC big// \\endgl \\xe", "*"),
        ("\\ex \\begingl \\gla \\nogloss{*}kuda-n weli// \\glb house-ACC big// \\endgl \\xe", "*"),
        (
            "\\pex \\a \\ljudge* \\begingl \\gla kuda-n weli// \\glb house-ACC big// \\endgl \\xe",
            "*",
        ),
    ],
)
def test_a_judgment_is_no_part_of_the_first_word(text, judgment):
    [igt] = parse(text)
    assert (igt.segmentation, igt.glosses) == ("kuda-n weli", "house-ACC big")
    assert igt.transcription in (None, "Kudan weli")
    assert igt.metadata == {"latex": {"judgment": judgment}}
    assert is_marked_ungrammatical(igt) == ("*" in judgment.strip("()") and judgment[0] != "(")


@pytest.mark.parametrize(
    ("forms", "glosses"),
    [
        ("*kudan > *kudn", "house > house"),
        ("? weli", "? big"),
        ("??? weli", "house big"),
        ("?aku ma?i", "1SG go"),
        ("#kuda# weli", "house big"),
    ],
)
def test_words_with_marks_of_their_own_keep_them(forms, glosses):
    [igt] = parse(f"\\ea \\gll {forms}\\\\ {glosses}\\\\ \\z")
    assert (igt.segmentation, igt.glosses, igt.metadata) == (forms, glosses, {})


@pytest.mark.parametrize("style", STYLES)
def test_a_mark_that_is_given_as_part_of_a_word_comes_back(style):
    igts = [IGT(None, "*kuda-n weli", "house-ACC big", "x"), IGT("*kuda", None, "house")]
    written, lost = render(igts, style=style)
    assert not lost
    assert list(parse(written)) == igts


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


@pytest.mark.parametrize(
    ("head", "language", "metadata"),
    [
        ("German\\\\", "German", {"latex": {"heading": "German"}}),
        ("Old Norse:\\\\", "Old Norse", {"latex": {"heading": "Old Norse:"}}),
        ("Context\\\\", None, {"latex": {"heading": "Context"}}),
        ("German sentence\\\\", None, {"latex": {"heading": "German sentence"}}),
        ("\\langinfobreak{Tsez}{Caucasus}{(x)}\\\\", "Tsez", {"citation": "(x)", "latex": {"family": "Caucasus"}}),
        ("Wada\\jambox*{(Coast)}\\\\", None, {"latex": {"heading": "Wada", "jambox": "(Coast)"}}),
        ("\\settowidth\\jamwidth{(Coast)}", None, {}),
        ("\\parbox[t]{5cm}{%\n", None, {}),
    ],
)  # fmt: skip
def test_what_stands_before_an_example(head, language, metadata):
    [igt] = parse(f"\\ea {head}\\gll pala-si\\\\ house-PL\\\\ \\z")
    assert (igt.language and igt.language.name, igt.metadata) == (language, metadata)


def test_glosses_stand_below_the_last_line_that_is_like_the_one_above():
    [igt] = parse("\\ea\\gllll Kudan weli.\\\\ kuda-n weli\\\\ house-ACC big\\\\ N A\\\\ \\z")
    assert (igt.transcription, igt.segmentation) == ("Kudan weli.", "kuda-n weli")
    assert (igt.glosses, igt.metadata) == ("house-ACC big", {"latex": {"lines": ["N A"]}})


@pytest.mark.parametrize("line", [0, 1])
def test_what_is_pushed_to_the_margin_is_no_word(line):
    lines = ["kuda-n weli", "house-ACC big"]
    lines[line] += r" \hfill [KL:80]"
    [igt] = parse("\\ea \\gll " + "\\\\ ".join(lines) + "\\\\ \\glt `the house' \\z")
    assert (igt.segmentation, igt.glosses) == ("kuda-n weli", "house-ACC big")
    assert igt.metadata == {"notes": ["[KL:80]"]}
