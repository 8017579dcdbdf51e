"""Word documents hold the examples as people read them."""

from __future__ import annotations

import re

import pytest

from igtkit import IGT, Prediction, load_sample, read, write
from igtkit.errors import InputError, MissingExtraError
from igtkit.igt import Language

docx = pytest.importorskip("docx", reason="Word documents need python-docx")

CATS = IGT("Evler büyük", "ev-ler büyük", "house-PL big", "The houses are big.")


def written(items, path, **options):
    report = write(items, path, **options)
    return docx.Document(path), report


def lines(document):
    """The text of the body, a line for each paragraph and each row of a table."""
    found = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found += ["|".join(cell.text for cell in row.cells) for row in block.rows]
        elif block.text:
            found.append(block.text)
    return found


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.docx"


def test_words_stand_over_their_glosses(path):
    document, report = written([CATS], path)
    assert lines(document)[:4] == [
        "|Evler|büyük",
        "|ev-ler|büyük",
        "|house-pl|big",
        "‘The houses are big.’",
    ]
    assert lines(document)[4:] == ["Abbreviations", "pl\tplural"]
    assert not report.lost
    styles = [row.cells[1].paragraphs[0].style.name for row in document.tables[0].rows]
    assert styles == ["IGT Text", "IGT Morphemes", "IGT Gloss"]


def test_labels_are_in_small_capitals(path):
    document, _ = written([CATS], path)
    runs = document.tables[0].rows[2].cells[1].paragraphs[0].runs
    assert [(run.text, run.style.name) for run in runs] == [
        ("house-", "Default Paragraph Font"),
        ("pl", "IGT Label"),
    ]
    assert document.styles["IGT Label"].font.small_caps


def test_examples_are_numbered_by_word(path):
    document, _ = written([CATS, CATS.replace(language="Turkish"), IGT("only words")], path)
    numbered = [
        paragraph
        for paragraph in document.element.body.iter(docx.oxml.ns.qn("w:pStyle"))
        if paragraph.get(docx.oxml.ns.qn("w:val")) == "IGTNumber"
    ]
    assert len(numbered) == 3
    assert document.styles["IGT Number"].element.xpath("w:pPr/w:numPr/w:numId")
    assert '<w:lvlText w:val="(%1)"/>' in document.part.numbering_part.blob.decode()


def test_a_long_sentence_goes_on_in_another_table(path):
    igt = IGT(None, "uzun-bir-kelime " * 12, "long-ONE-word " * 12, "x")
    document, _ = written([igt], path)
    assert len(document.tables) > 2
    cells = [len(table.rows[0].cells) - 1 for table in document.tables]
    assert sum(cells) == 12
    for table in document.tables:
        forms, glosses = ([cell.text for cell in row.cells[1:]] for row in table.rows)
        assert len(forms) == len(glosses)
        assert set(zip(forms, glosses, strict=True)) == {("uzun-bir-kelime", "long-one-word")}


def test_everything_that_is_shown_is_there_and_the_rest_is_reported(path):
    igt = IGT(
        "a b c", "a-b", "A-B", "So.", id="1", pos="N", language=Language(name="Wada"), split="dev",
        metadata={"citation": "(Me 2020)", "notes": ["lit. so", 3], "page": 3},
    )  # fmt: skip
    document, report = written([igt], path)
    assert lines(document)[:5] == ["|Wada\na b c", "|a-b", "|a-b", "‘So.’ (Me 2020)", "lit. so"]
    assert report.lost == {"id": 1, "metadata: page": 1, "pos": 1, "split": 1}


def test_what_is_not_confirmed_says_so(path):
    suggested = Prediction("gel-di", "come-PST", system="crf").to_igt(IGT("geldi"))
    document, report = written([suggested], path)
    assert "(Suggested by crf, not confirmed)" in lines(document)
    assert not report.lost


def test_words_from_right_to_left_follow_each_other_so(path):
    document, _ = written([IGT(None, "הכלב ישן", "DEF.dog sleep")], path)
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["", "ישן", "הכלב"]
    other_way, _ = written([IGT("הכלב ישן", "hakelev yashen", "DEF.dog sleep")], path)
    assert lines(other_way)[:2] == ["|הכלב ישן", "|hakelev|yashen"]


@pytest.mark.parametrize(
    "igt",
    [
        IGT(None),
        IGT("", "", "", ""),
        IGT(None, None, None, "only this"),
        IGT('<a> & "b"', "<w:p> &amp;", "A. &", "]]>"),
        IGT("two\nlines", "a\tb", "A\r\nB", "x\n\ny"),
    ],
)
def test_every_text_makes_a_document(igt, path):
    document, _ = written([igt, CATS], path)
    assert "|ev-ler|büyük" in lines(document)
    if igt.translation:
        shown = " ".join(igt.translation.split())
        assert any(shown in line for line in lines(document))


def test_control_characters_are_replaced_and_reported_once(path):
    document, report = written([IGT("a\x02b c", "a\x02b c", "A C", "\x01")], path)
    assert report.lost == {"control characters": 1}
    assert "a\ufffdb" in lines(document)[0]


def test_labels_in_lower_case(path):
    igt = IGT(None, "gel-di-miş", "come-pst-evid")
    document, report = written(
        [igt], path, labels=["pst", "evid"], abbreviations={"EVID": "hearsay"}
    )
    assert lines(document)[-2:] == ["evid\thearsay", "pst\tpast"]
    assert not report.notes
    assert written([igt], path)[1].notes
    assert "Abbreviations" not in lines(written([igt], path, labels="capitals")[0])


def test_no_texts_make_an_empty_document(path):
    document, report = written([], path)
    assert (lines(document), report.entries) == ([], 0)


def test_only_to_a_path(tmp_path):
    with (tmp_path / "a").open("w") as stream, pytest.raises(InputError, match="open as text"):
        write([CATS], stream, "docx")
    with pytest.raises(InputError, match="can be written, not read"):
        read(tmp_path / "a", "docx")


def test_without_python_docx_the_extra_is_named(path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"igtkit\[office\]"):
        write([CATS], path)
    assert not path.exists()


def test_real_texts(shared, path):
    texts = [
        *load_sample()[:20],
        *read(shared / "data/interchange/flextext/cldflex_apalai.flextext"),
        *read(shared / "data/odin/u.txt", "sigmorphon", errors="skip"),
    ]
    document, report = written(texts, path)
    text = "\n".join(lines(document))
    for igt in texts:
        for word in (igt.segmentation or "").split():
            assert word in text
    assert report.entries == len(texts)
    assert not re.search(
        "[A-Z]{3}", "".join(row.cells[1].text for t in document.tables[:20] for row in t.rows[2:3])
    )
