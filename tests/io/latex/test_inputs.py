r"""Macros of other files: given by the user, or loaded by the paper from its folder."""

from __future__ import annotations

import io

import pytest

from igtkit.errors import InputError
from igtkit.io import inspect, read
from igtkit.io.latex import inputs
from igtkit.io.latex.inputs import Inputs, macros_of

PAPER = r"\ea \gll gel-di\\ come-\pst{}\\ \glt \tl{he came} \z" "\n"
PST = "\\newcommand{\\pst}{\\textsc{past}} % a label\n"
TL = "\\newcommand{\\tl}[1]{`#1'}\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "paper").mkdir()
    return tmp_path / "paper"


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def only(corpus):
    [igt] = corpus
    return igt.glosses, igt.translation


def test_macros_of_files_are_given_by_their_paths(folder):
    write(folder, paper_tex=PAPER, labels_sty=PST, quotes_tex=TL)
    paper = folder / "paper.tex"
    assert only(read(paper, macros=[folder / "labels.sty", str(folder / "quotes.tex")])) == (
        "come-PAST",
        "he came",
    )
    assert only(read(paper, macros=folder / "labels.sty"))[0] == "come-PAST"
    assert only(read(paper))[0] == "come-PST"  # by its name alone
    assert only(read(paper, macros={"pst": "X"}))[0] == "come-X"
    assert only(read(io.StringIO(PAPER), "latex", macros=folder / "labels.sty"))[0] == "come-PAST"


def test_a_file_of_macros_may_make_examples(folder):
    write(
        folder,
        paper_tex="\\usepackage{own}\\begin{document}\\myex{gel-di}{come-\\pst}\\end{document}",
        own_sty="\\RequirePackage{labels}\\newcommand{\\myex}[2]{\\ea\\gll #1\\\\ #2\\\\ \\z}\n",
        labels_sty=PST,
    )
    assert only(read(folder / "paper.tex")) == ("come-PAST", None)


@pytest.mark.parametrize(
    "load",
    [
        r"\input{labels}",
        r"\input{labels.tex}",
        r"\input labels ",
        r"\include{labels}",
        r"\usepackage[a]{tipa, own}",
        r"\documentclass{own}",
        r"\input{sub/labels}",
    ],
)
def test_what_a_paper_loads_from_its_folder_is_found(folder, load):
    write(
        folder,
        paper_tex=load + "\n" + PAPER,
        labels_tex=PST,
        own_sty=PST,
        own_cls=PST,
        sub__labels_tex=PST,
    )
    assert only(read(folder / "paper.tex"))[0] == "come-PAST"
    files = [part for part in inspect(folder / "paper.tex").parts if part.kind == "file"]
    assert [part.rule for part in files] == ["latex-file"]


@pytest.mark.parametrize("name", ["../labels", "{abs}", "link", "missing", "sub", "tipa", " "])
def test_nothing_outside_the_folder_is_opened(folder, name):
    write(folder.parent, labels_tex=PST)
    write(folder, tipa_tex=PST, sub__x_tex="")
    (folder / "link.tex").symlink_to(folder.parent / "labels.tex")
    name = name.replace("{abs}", str(folder.parent / "labels"))
    (folder / "paper.tex").write_text(f"\\input{{{name}}}\n{PAPER}", encoding="utf-8")
    assert only(read(folder / "paper.tex"))[0] == "come-PST"


def test_examples_of_a_loaded_file_are_told(folder):
    write(folder, book_tex="\\include{one}\\include{two}\n" + PAPER, one_tex=PAPER * 2, two_tex=PST)
    parts = {part.name: part for part in inspect(folder / "book.tex").parts if part.kind == "file"}
    assert (parts["one.tex"].rule, parts["one.tex"].count) == ("latex-file-with-examples", 2)
    assert (parts["two.tex"].rule, parts["two.tex"].count) == ("latex-file", None)


def test_the_paper_goes_before_what_it_loads_and_files_may_load_each_other(folder):
    write(
        folder,
        paper_tex="\\input{a}\\newcommand{\\pst}{P}\n" + PAPER,
        a_tex="\\input{b}" + PST,
        b_tex="\\input{a}\\iffalse\\newcommand{\\tl}[1]{no}\\fi" + TL,
    )
    assert only(read(folder / "paper.tex")) == ("come-P", "he came")


def test_a_file_in_another_encoding_or_too_large_does_no_harm(folder, monkeypatch):
    write(folder, paper_tex="\\input{a}\\input{b}\n" + PAPER, b_tex=PST)
    (folder / "a.tex").write_bytes("\\newcommand{\\tl}[1]{«#1»} % Ü\n".encode("latin-1"))
    assert only(read(folder / "paper.tex"))[0] == "come-PAST"
    monkeypatch.setattr(inputs, "_LARGEST", 10)
    assert only(read(folder / "paper.tex"))[0] == "come-PST"
    with pytest.raises(InputError, match="larger than"):
        macros_of(folder / "b.tex")


def test_files_that_load_files_come_to_an_end(folder, monkeypatch):
    for number in range(20):
        write(folder, **{f"f{number}_tex": f"\\input{{f{number + 1}}}"})
    monkeypatch.setattr(inputs, "_MOST", 5)
    found = Inputs(folder)
    found.follow("\\input{f0}")
    assert list(found.glosses) == [f"f{number}.tex" for number in range(5)]


def test_a_file_that_is_not_there_is_an_error(folder):
    write(folder, paper_tex=PAPER)
    with pytest.raises(FileNotFoundError):
        read(folder / "paper.tex", macros=folder / "labels.sty")
    with pytest.raises(InputError, match="give paths, or a mapping"):
        macros_of([3])
    for wrong in (3, [3]):
        with pytest.raises(InputError, match="macros must be a mapping"):
            read(folder / "paper.tex", macros=wrong)
