"""Toolbox: records become entries, from small files and real ones."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from documents.toolbox import RECORD, issues, parse, render

import igtkit
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io import read, stream


def test_a_record_is_an_entry():
    [igt] = parse("\\_sh v3.0  400  Text\n\n\\id Houses\n" + RECORD)
    assert igt == IGT(
        "palasilu buro",
        "pala-si=lu buro",
        "house-PL=and burn",
        "And the houses burned.",
        pos="n-sf=cl v",
        id="a.1",
        source="Houses",
    )
    assert igt.metadata == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "\n"),
        lambda text: "\n\n" + text.rstrip("\n"),
        lambda text: text.replace("\\", "  \\"),
    ],
    ids=["CRLF", "BOM", "no blank lines", "no end", "indented"],
)
def test_variants_of_a_file_read_alike(change, tmp_path):
    path = tmp_path / "a.sfm"
    path.write_bytes(change(RECORD + "\n\\ref a.2\n\\tx x\n").encode())
    assert list(read(path)) == [parse(RECORD)[0], IGT("x", id="a.2")]


def test_records_read_alike_alone_and_among_many():
    unlike = "\\ref b\n\\tx ab , c\n\\mb a -b c\n\\ge A C\n\n\\ft C.\n"
    alone = [*parse("\\id T\n" + RECORD), *parse("\\id T\n" + unlike)]
    assert [*parse("\\id T\n" + (RECORD + "\n" + unlike + "\n") * 120)] == alone * 120
    for igt in parse("\\id T\n" + (RECORD + "\n" + unlike + "\n") * 120)[1::2]:
        assert igt.metadata == alone[1].metadata


def test_how_many_entries_do_not_fit_is_logged(caplog):
    parse("\\ref 1\n\\mb a -b\n\\ge A\n")
    assert "1 entry has lines that do not fit, the first at line 1: tokens: 2 in " in caplog.text


def test_other_fields_are_kept_where_they_belong():
    [first, second] = parse(
        "\\id T1\n\\name The fox\n\\au Ana\n\\ref 1\n\\tx ab\n\\mb a -b\n\\ge A -B\n\\gf X -Y\n\n"
        "\\nt one\n\\nt two\n\\sp Ana\n\\ELANBegin 1.5\n\\ELANEnd 2\n\\src book\n\\src map\n"
        "\\ref 2\n\\tx c\n"
    )
    assert first.metadata == {
        "title": "The fox",
        "notes": ["one", "two"],
        "speaker": "Ana",
        "begin": 1.5,
        "end": 2.0,
        "toolbox": {
            "text": [["au", "Ana"]],
            "lines": {"gf": "X-Y"},
            "fields": [["src", "book"], ["src", "map"]],
        },
    }
    assert second.metadata == {"title": "The fox", "toolbox": {"text": [["au", "Ana"]]}}
    assert (first.source, second.source) == ("T1", "T1")
    written, lost = render([first, second])
    assert not lost
    assert [igt.metadata for igt in parse(written)] == [first.metadata, second.metadata]


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "long.sfm"
    peaks = []
    for count in (10, 200, 600):  # the first loads what there is to load
        path.write_text(
            "\\id T\n" + (RECORD + "\\nt " + "x" * 900 + "\n") * count, encoding="utf-8"
        )
        tracemalloc.start()
        with stream(path) as entries:
            assert sum(1 for _ in entries) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def test_damaged_files_give_one_clear_error(tmp_path, shared):
    path = tmp_path / "a.sfm"
    whole = (shared / "data/interchange/toolbox/kakabe.txt").read_bytes()
    path.write_bytes(whole[: whole.index("ɛ".encode()) + 1])
    with pytest.raises(FileFormatError, match="not in utf-8"):
        read(path)  # it ends in the middle of a character
    path.write_bytes(whole[:100_000].decode(errors="ignore").encode())
    assert len(read(path)) > 50
    path.write_bytes(whole[:5000] + b"\xff" + whole[5000:])
    with pytest.raises(
        FileFormatError, match=r"a\.sfm:\d+: not in utf-8: byte 0xff, .*; 1 byte is not UTF-8"
    ):
        read(path)
    path.write_bytes(whole[:5000] + b"\0")
    with pytest.raises(FileFormatError, match="binary file"):
        read(path)
    path.write_bytes(b"")
    assert len(read(path, "toolbox")) == 0


def test_every_block_of_a_real_file_is_read(shared):
    path = shared / "data/interchange/toolbox/kakabe.txt"
    corpus = read(path)
    text = path.read_text(encoding="utf-8-sig")
    blocks = list(
        zip(re.findall(r"(?m)^\\mb (.*)", text), re.findall(r"(?m)^\\ge (.*)", text), strict=True)
    )
    assert len(blocks) == 808
    fit = sum(len(mb.split()) == len(ge.split()) for mb, ge in blocks)
    assert fit == 793
    reported = [issue for igt in corpus for issue in issues(igt) if "tokens" in issue]
    by_number = [issue for issue in reported if "boundaries differ" not in issue]
    assert len(by_number) <= 808 - fit
    assert len(reported) >= 808 - fit - 2  # columns can fit where numbers do not
    # Records: one a \\ref, and one text whose sentence has none.
    assert len(corpus) == len(re.findall(r"(?m)^\\ref", text)) + 1
    # Every word of the word lines is there, wrapped lines and all.
    words = [line.split() for line in re.findall(r"(?m)^\\tx[ \t]+(.*(?:\n(?![\\\n]).*)*)", text)]
    assert sum(map(len, words)) == sum(len((igt.transcription or "").split()) for igt in corpus)
    # And every morpheme, where a hyphen by itself is no morpheme but joins two.
    morphemes = [token for mb, _ in blocks for token in mb.split() if token.strip("-")]
    found = sum(
        len(re.split(r"[-\s]+", igt.segmentation.strip("-"))) for igt in corpus if igt.segmentation
    )
    assert abs(found - len(morphemes)) < 60  # some forms have a hyphen inside
    assert found >= len(morphemes)


@pytest.mark.parametrize(
    ("name", "options", "records"),
    [("pemon_toolbox.txt", {}, 2), ("pemon_shoebox_latin1.db", {"encoding": "latin-1"}, 7)],
)
def test_real_files_come_back_whole(shared, name, options, records):
    path = shared / "data/interchange/toolbox" / name
    corpus = read(path, **options)
    assert len(corpus) == records
    assert not any(map(issues, corpus))
    assert not any(igtkit.check(igt) for igt in corpus)
    text = path.read_text(encoding=options.get("encoding", "utf-8"))
    morphemes = sum(len(line.split()) for line in re.findall(r"(?m)^\\(?:mb|m) (.*)", text))
    assert morphemes == sum(len(word.morphemes) for igt in corpus for word in igt.words)
    written, lost = render(corpus)
    assert not lost
    assert list(parse(written)) == list(corpus)
    assert [igt.metadata for igt in parse(written)] == [igt.metadata for igt in corpus]


def test_the_encoding_has_to_be_named(shared):
    with pytest.raises(FileFormatError, match=r"not in utf-8.*encoding='cp1252'"):
        read(shared / "data/interchange/toolbox/pemon_shoebox_latin1.db")


def test_kakabe_comes_back(shared):
    corpus = read(shared / "data/interchange/toolbox/kakabe.txt")[:200]
    written, lost = render(corpus)
    assert sum(lost.values()) < 15
    back = parse(written)
    same = sum(one == other for one, other in zip(corpus, back, strict=True))
    assert len(corpus) - same <= sum(lost.values())


def test_columns_of_utf8_are_the_same_whether_or_not_it_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "\\ref 1\n\\tx  é\n\\mb   a\u2003b\n\\ge . cd\n\\xx a\u2003b\n", encoding="utf-8"
    )
    [igt] = read(path, "toolbox")
    assert igt.metadata["toolbox"]["lines"] == {"xx": "a b"}
    assert read(path, "toolbox", encoding="utf-8")[0].metadata == igt.metadata


def test_files_of_all_formats_with_the_same_extension_are_told_apart(shared):
    data = shared / "data"
    for path in (data / "interchange/toolbox").glob("*.txt"):
        assert stream(path).format.name == "toolbox"
    for path in (data / "interchange/linggym").rglob("*.txt"):
        assert stream(path).format.name == "linggym"
    for path in [*(data / "sigmorphon2023").glob("*/*-uncovered"), *(data / "odin").glob("*.txt")]:
        assert stream(path).format.name == "sigmorphon", path.name


def test_a_file_without_the_sh_line_is_told_from_sigmorphon(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(
        "\\ref w.001\n\\ELANBegin 9.371\n\\t kudanama\n\\m kudan -ama\n\\g house -LOC\n"
        "\\f In the house.\n",
        encoding="utf-8",
    )
    [igt] = read(path)
    assert (igt.id, igt.segmentation, igt.translation) == ("w.001", "kudan-ama", "In the house.")
    path.write_text("\\t kudanama\n\\m kudan-ama\n\\g house-LOC\n\\l In it.\n", encoding="utf-8")
    [igt] = read(path)
    assert (igt.segmentation, igt.translation) == ("kudan-ama", "In it.")
