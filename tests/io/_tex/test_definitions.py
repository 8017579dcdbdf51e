"""Macros: of the paper, of another file, of packages."""

from __future__ import annotations

import pytest
from documents.latex import RELAXED, parse
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._tex.definitions import Definition, definition_of, expand, part, take_definitions


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
    assert corpus[1].metadata == {"judgment": "*"}
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
    ("tex", "name", "parameters"),
    [
        (r"\newcommand{\ab}{x}", "ab", ()),
        (r"\newcommand*\ab[2]{x #1#2}", "ab", (None, None)),
        (r"\renewcommand{\ab}[2][y]{x}", "ab", ("y", None)),
        (r"\def\ab#1#2{x}", "ab", (None, None)),
        (r"\NewDocumentCommand{\ab}{s O{y} m o}{x}", "ab", ("*", "y", None, "")),
        (r"\let\ab=\gll", "ab", ()),
        (r"\newleipzig{ab}{x}{y}", "Ab", ()),
    ],
)
def test_every_way_to_define_a_macro_is_known(tex, name, parameters):
    text, found = take_definitions(f"before\n{tex}\nafter")
    assert found[name].parameters == parameters
    if "leipzig" not in tex:
        assert "ab" not in text
    assert text.count("\n") == 2
    assert text.startswith("before\n")
    assert text.endswith("\nafter")


def test_a_paper_keeps_its_lines_and_what_stands_beside_definitions():
    tex = "a\n\\newcommand{\\x}{one\ntwo\n}\nb \\def\\y{z}c\n"
    text, found = take_definitions(tex)
    assert text.count("\n") == tex.count("\n")
    assert [line for line in text.split("\n") if line.strip("% ")] == ["a", "b c"]
    assert found["x"].body == "one\ntwo\n"


def test_an_environment_that_makes_examples_is_two_macros():
    _, found = take_definitions("\\newenvironment{our}[1]{\\begin{exe}\\ex #1}{\\end{exe}}")
    assert found == {
        "begin{our}": Definition("\\begin{exe}\\ex #1", (None,)),
        "end{our}": Definition("\\end{exe}"),
    }
    assert take_definitions("\\newenvironment{box}{\\small}{}x")[1] == {}


@pytest.mark.parametrize(
    ("definition", "tex", "written"),
    [
        (Definition("<#1>", (None,)), "{a}b", "<a>"),
        (Definition("<#1|#2>", ("y", None)), "{a}b", "<y|a>"),
        (Definition("<#1|#2>", ("y", None)), "[z]{a}b", "<z|a>"),
        (Definition("<#1#2>", ("*", None)), "*{a}b", "<*a>"),
        (Definition("<#1#2>", ("*", None)), "{a}b", "<a>"),
        (Definition("<#3>", (None,)), "{a}b", "<>"),
        (Definition(r"\sc#1", (None,)), "{a}b", r"\sc a"),  # not the macro \sca
        (Definition(r"\#1", (None,)), "{a}b", r"\#1"),
        (Definition(r"\\#1", (None,)), "{a}b", r"\\a"),
    ],
)
def test_arguments_are_put_in_their_places(definition, tex, written):
    found, end = definition.apply(tex, 0)
    assert found == written
    assert tex[end:] == "b"


def test_of_a_body_alone_each_argument_stands_in_braces():
    assert definition_of("<#2 #1>") == Definition("<#2 #1>", (None, None))
    assert definition_of("plain") == Definition("plain")


def test_macros_for_text_are_told_from_those_that_make_examples():
    found = {
        "ab": definition_of(r"\textsc{#1}"),
        "mine": definition_of(r"\ex \gll #1\\ #2\\"),
        "ours": definition_of(r"\mine{#1}{\ab{x}}"),
        "gll": definition_of(r"\begin{exe}\oldgll"),
        "odd": definition_of(r"\ifx a\ex\fi"),
    }
    text, making = part(found)
    assert text == {"ab": found["ab"]}
    assert making.keys() == {"mine", "ours"}


WORDS = st.lists(
    st.sampled_from(
        [r"\ea ", r"\gll ", "a b", "\\\\", "{", "}", "\n", "%", r"\def\x#1{", "#1", r"\x"]
    ),
    max_size=12,
).map("".join)


@RELAXED
@given(WORDS)
def test_any_paper_keeps_its_lines(tex):
    text, _ = take_definitions(tex)
    assert text.count("\n") == tex.count("\n")
    assert take_definitions(tex.replace("\\def", "\\deft"))[0] == tex.replace("\\def", "\\deft")


def test_macros_that_make_examples_are_written_out_line_by_line():
    making = {"mine": definition_of("\\ex \\gll #1\\\\\n #2\\\\"), "twice": definition_of("#1 #1")}
    text = expand("a\n\\mine{x\n}{y} b\n\\twice{one\n}c\n\\miner", making)
    assert text.count("\n") == 5
    lines = text.split("\n")
    assert lines[0] == "a"
    assert "\\gll x" in text
    assert lines[-2].endswith("c")
    assert lines[-1] == "\\miner"  # a macro of another name


def test_macros_of_packages_are_known_unless_the_paper_has_them_for_something_else():
    tex = "\\lb{a}{\\gll x\\\\ y\\\\}"
    assert expand(tex, {}) == "\\ex\\label{a} \\gll x\\\\ y\\\\\\xe "
    assert expand(tex, {}, defined={"lb"}) == tex
    assert expand("\\lb{a}{no glosses}", {}) == "\\lb{a}{no glosses}"


def test_what_expands_without_end_is_refused():
    for body in ("\\ex \\loop", "\\ex \\loop\\loop"):
        with pytest.raises(InputError, match="expand without end"):
            expand("\\loop", {"loop": Definition(body)})
