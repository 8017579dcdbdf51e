"""Judgments have one place, and every format that people read shows them."""

from __future__ import annotations

import io

import pytest

from igtkit import IGT, read, write
from igtkit.corpus.quality import is_marked_ungrammatical
from igtkit.display import to_html, to_text
from igtkit.igt import is_ungrammatical, judgment_of

MARKS = ["*", "?", "??", "#", "%", "?*", "(*)"]


def judged(mark, **changes):
    igt = IGT("Evde geldi", "ev-de gel-di", "house-LOC come-PST", "x", metadata={"judgment": mark})
    return igt.replace(**changes)


@pytest.mark.parametrize("mark", MARKS)
def test_only_a_star_that_is_not_in_brackets_is_ungrammatical(mark):
    assert judgment_of(judged(mark)) == mark
    assert is_ungrammatical(judged(mark)) == (mark in ("*", "?*"))
    assert is_marked_ungrammatical(judged(mark)) == is_ungrammatical(judged(mark))


def test_what_is_no_mark_is_none():
    for value in (None, 3, ["*"], "  "):
        assert judgment_of(judged(value)) == ""
        assert not is_ungrammatical(judged(value))
    assert judgment_of(IGT(None)) == ""


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    ("format_", "options"),
    [
        ("text", {}),
        ("jsonl", {}),
        ("csv", {}),
        *(
            ("latex", {"style": style, "comments": comments})
            for style in ("gb4e", "expex", "linguex")
            for comments in (False, True)
        ),
    ],
)
def test_it_comes_back(mark, format_, options):
    if format_ == "text" and mark == "(*)":
        pytest.skip("in plain text a bracket before the first word is a citation")
    texts = [judged(mark), judged(mark, transcription=None), judged("", metadata={})]
    out = io.StringIO()
    report = write(texts, out, format_, **options)
    assert not report.lost
    back = read(io.StringIO(out.getvalue()), format_)
    assert list(back) == texts
    assert [igt.metadata for igt in back] == [igt.metadata for igt in texts]


@pytest.mark.parametrize("format_", ["html", "typst", "markdown"])
def test_it_is_shown(format_):
    out = io.StringIO()
    report = write([judged("??")], out, format_)
    assert not report.lost
    assert "??" in out.getvalue().split("example(\n")[-1]


def test_it_is_shown_in_the_terminal_and_in_a_notebook():
    assert to_text(judged("*"), 60).split("\n") == [
        "*Evde      geldi",
        " ev-de     gel-di",
        " house-LOC come-PST",
        "‘x’",
    ]
    assert '<li class="igt-judgment">*</li>' in to_html(judged("*"))
    assert ">*a b c</p>" in to_html(IGT("a b c", "a-b", "A-B", metadata={"judgment": "*"}))


def test_it_is_shown_in_word(tmp_path):
    docx = pytest.importorskip("docx", reason="Word documents need python-docx")
    write([judged("*"), IGT("only", metadata={"judgment": "#"})], tmp_path / "a.docx")
    first, second = docx.Document(tmp_path / "a.docx").tables
    assert first.rows[0].cells[1].text == "*Evde"
    assert second.rows[0].cells[1].text == "#only"


def test_readers_fill_it(shared):
    texts = read(shared / "data/cldf/lapollaqiang/cldf-metadata.json")
    assert all("judgment" not in igt.metadata.get("cldf", {}) for igt in texts)
    paper = read(
        io.StringIO(r"\ea[*]{\gll ev-ler gel-di\\ house-PL come-PST\\ \glt `x'} \z"), "latex"
    )
    assert paper[0].metadata["judgment"] == "*"
    pasted = read(io.StringIO("(1) *ev-ler gel-di\n house-PL come-PST\n ‘x’\n"), "text")
    assert pasted[0].metadata == {"judgment": "*"}
