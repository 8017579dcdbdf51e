"""Judgments have one place, and every format that people read shows them."""

from __future__ import annotations

import io
import itertools
from xml.etree import ElementTree as ET

import pytest

from igtkit import IGT, read, write
from igtkit.corpus.quality import is_marked_ungrammatical
from igtkit.display import to_html, to_text
from igtkit.igt import is_ungrammatical, judgment_of
from igtkit.io import stream

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


IN_TEXT = {
    "sigmorphon": ".txt",
    "toolbox": ".txt",
    "flextext": ".flextext",
    "eaf": ".eaf",
    "textgrid": ".TextGrid",
}
"""The formats that have no place for a judgment but the text, and an extension of each."""


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("format_", IN_TEXT)
def test_it_comes_back_from_the_text_as_people_write_it_there(tmp_path, mark, format_):
    texts = [judged(mark), judged("", metadata={}), judged(mark, transcription="Ev ama")]
    path = tmp_path / f"a{IN_TEXT[format_]}"
    report = write(texts, path, format_)
    assert "metadata: judgment" not in report.lost
    assert f"{mark}Evde" in path.read_text(encoding="utf-8")
    back = read(path, format_)
    lines = [(igt.transcription, igt.segmentation, igt.glosses) for igt in back]
    assert lines == [(igt.transcription, igt.segmentation, igt.glosses) for igt in texts]
    assert [judgment_of(igt) for igt in back] == [mark, "", mark]
    write(back, tmp_path / "b", format_)
    assert (tmp_path / "b").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("format_", IN_TEXT)
def test_what_could_be_a_word_or_a_letter_is_reported(tmp_path, format_):
    bare = judged("?", segmentation=None, glosses=None)  # ?Evde could begin with a glottal stop
    path = tmp_path / f"a{IN_TEXT[format_]}"
    report = write([bare], path, format_)
    assert {"transcription", "metadata: judgment"} <= report.lost.keys()
    [back] = read(path, format_)
    assert (back.transcription, judgment_of(back)) == ("?Evde geldi", "")


@pytest.mark.parametrize("format_", IN_TEXT)
def test_a_judgment_that_is_no_mark_is_lost(tmp_path, format_):
    texts = [judged("bad"), judged("bad", transcription="*Evde geldi")]
    report = write(texts, tmp_path / "a", format_)
    assert report.lost["metadata: judgment"] == 2
    assert report.lost["transcription"] == 1  # whose star will be read as one


@pytest.mark.parametrize("source", ["csv", "jsonl", "text", "latex", *IN_TEXT])
@pytest.mark.parametrize("target", ["csv", "jsonl", "text", "latex", *IN_TEXT])
@pytest.mark.parametrize("mark", ["*", "??", "#"])
def test_every_reader_fills_it_for_every_writer(tmp_path, source, target, mark):
    write([judged(mark)], tmp_path / "a", source)
    write(read(tmp_path / "a", source), tmp_path / "b", target)
    [back] = read(tmp_path / "b", target)
    assert (back.segmentation, back.glosses) == ("ev-de gel-di", "house-LOC come-PST")
    assert back.transcription == "Evde geldi"
    assert judgment_of(back) == mark


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("linggym", "\\gll *ev-de gel-di\n\\gls house-LOC come-PST\n\\glt x\n"),
        ("scription", "*evde geldi\nev-de gel-di\nhouse-LOC come-PST\nx\n"),
        (
            "pangloss",
            (
                "<TEXT><S><FORM>*evde geldi</FORM><W><M><FORM>ev</FORM></M><M><FORM>-de</FORM></M></W>"
                "<W><M><FORM>gel</FORM></M><M><FORM>-di</FORM></M></W></S></TEXT>"
            ),
        ),
    ],
)
def test_formats_that_are_read_only_fill_it(format_, text):
    [igt] = read(io.StringIO(text), format_)
    assert (igt.transcription, igt.segmentation) == ("evde geldi", "ev-de gel-di")
    assert judgment_of(igt) == "*"


def test_a_treebank_fills_it():
    pytest.importorskip("conllu", reason="CoNLL-U needs the package conllu")
    rows = ["# text = *evde geldi"]
    for number, form in enumerate(("evde", "geldi"), 1):
        rows.append("\t".join([str(number), form, form, *"_______"]))
    [igt] = read(io.StringIO("\n".join(rows) + "\n\n"), "conllu")
    assert (igt.transcription, judgment_of(igt)) == ("evde geldi", "*")


def test_a_guess_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\\t *ev geldi\n\\g house come\n\n\\t ev\n\\g house\n", encoding="utf-8")
    with stream(path, "sigmorphon") as reader:
        assert len(list(reader)) == 2
        [told] = [part for part in reader.parts if part.rule == "mark-at-first-word"]
    assert (told.line, told.count) == ("judgment", 1)


@pytest.mark.parametrize("name", ["cldflex_apalai.flextext", "sil_FullyAnalyzed.flextext"])
def test_real_texts_of_flex_come_back_with_judgments(shared, tmp_path, name):
    corpus = read(shared / "data/interchange/flextext" / name)
    texts = [
        igt.replace(metadata={**igt.metadata, "judgment": mark})
        for igt, mark in zip(corpus, itertools.cycle(MARKS), strict=False)
    ]
    assert not write(texts, tmp_path / "a.flextext").lost
    back = read(tmp_path / "a.flextext")
    assert list(back) == texts
    assert [judgment_of(igt) for igt in back] == [judgment_of(igt) for igt in texts]
    write(back, tmp_path / "b.flextext")
    assert (tmp_path / "b.flextext").read_bytes() == (tmp_path / "a.flextext").read_bytes()
    root = ET.parse(tmp_path / "a.flextext").getroot()
    words = [item.text or "" for item in root.iterfind(".//word/item[@type='txt']")]
    assert words
    assert not any(word.startswith(("*", "?", "#", "%")) for word in words)


def test_a_real_file_of_toolbox_takes_judgments_and_gives_them_back(shared, tmp_path):
    path = shared / "data/interchange/toolbox/kakabe.txt"
    texts = [
        igt.replace(metadata={**igt.metadata, **({"judgment": "*"} if igt.glosses else {})})
        for igt in read(path, "toolbox")
    ]
    report = write(texts, tmp_path / "a.txt", "toolbox", template=path)
    assert dict(report.lost) == {"transcription": 1, "metadata: judgment": 1}  # it has a * within
    back = read(tmp_path / "a.txt", "toolbox")
    same = [a == b and judgment_of(a) == judgment_of(b) for a, b in zip(texts, back, strict=True)]
    assert same.count(False) == 1
    before = path.read_bytes().splitlines()
    after = (tmp_path / "a.txt").read_bytes().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) > 400
    assert all(line.startswith(b"\\tx *") for line in changed)
    write(back, tmp_path / "b.txt", "toolbox", template=tmp_path / "a.txt")
    assert (tmp_path / "b.txt").read_bytes() == (tmp_path / "a.txt").read_bytes()


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
