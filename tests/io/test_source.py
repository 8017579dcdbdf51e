"""Files that are read: encodings, lines, memory."""

from __future__ import annotations

import gc
import io
import os
import sys
import tracemalloc

import pytest
from documents.files import ENTRY
from hypothesis import example, given
from hypothesis import strategies as st

from igtkit.corpus import Corpus
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io import Source, read, stream, write


def test_an_empty_file_of_a_known_format_is_an_empty_corpus(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"")
    assert read(tmp_path / "x.jsonl") == Corpus()
    for name in ("csv", "jsonl", "sigmorphon", "text"):
        assert read(io.StringIO(""), name) == Corpus()


def test_encodings(tmp_path):
    file = tmp_path / "x"
    igt = IGT("ñandú año", glosses="rhea year")
    for encoding in ("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"):
        write([igt], file, "sigmorphon", encoding=encoding)
        assert list(read(file, encoding=encoding)) == [igt]
        assert list(read(file, "sigmorphon", encoding=encoding)) == [igt]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", [0, 3, 20_000])
def test_undecodable_bytes_are_named_with_their_line(tmp_path, end, before):
    file = tmp_path / "x"
    entry = ENTRY.replace("\n", end).encode()
    file.write_bytes(entry * before + b"\\t ma\xf1ana" + end.encode() + entry)
    what = r"0xf1, the 6\. of the line; 1 byte is not UTF-8 in this file, and all others are"
    with pytest.raises(FileFormatError, match=what) as caught:
        read(file)
    assert "latin" not in str(caught.value)  # of every other letter it would make two
    assert caught.value.line == 3 * before + 1
    assert caught.value.path == str(file)
    corpus = read(file, errors="skip")
    assert len(corpus) == before + 1
    assert corpus[before].transcription.startswith("ma\ufffdana")
    assert [(one.line, one.text) for one in corpus.skipped] == [(3 * before + 1, "\\t ma\ufffdana")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_in_another_encoding_is_not_read_as_utf_8(tmp_path, end):
    file = tmp_path / "x"
    file.write_bytes(b"\\t pero" + end.encode() * 2 + b"\\t ma\xf1ana" + end.encode())
    for errors in ("raise", "skip"):
        with pytest.raises(FileFormatError, match=r"0xf1 .* encoding='cp1252'") as caught:
            read(file, errors=errors)
        assert caught.value.line == 3


def test_the_end_of_file_of_dos_is_no_text(tmp_path):
    for end in ("\x1a", "\n\x1a", "\n\x1a\n", "\r\n\x1a\r\n"):
        (tmp_path / "x").write_text(f"\\t a{end}", encoding="utf-8", newline="")
        assert [line for _, line in Source(tmp_path / "x").lines() if line] == ["\\t a"]
    (tmp_path / "x").write_text("a\x1ab\nc\x1a\nd", encoding="utf-8")
    assert [line for _, line in Source(tmp_path / "x").lines()] == ["a\x1ab", "c\x1a", "d"]


def test_a_file_cut_off_within_a_character(tmp_path):
    (tmp_path / "x").write_bytes(ENTRY.encode() + "\\t я".encode()[:-1])
    with pytest.raises(FileFormatError, match="not in utf-8: byte 0xd1") as caught:
        read(tmp_path / "x")
    assert caught.value.line == 4


def test_binary_files_are_refused(tmp_path):
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"PK\x03\x04\x00\x00\xff")
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(file)
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(file.rename(tmp_path / "x"))


PIECES = st.sampled_from(
    [b"a", "é\u044f\U0001f431".encode(), b"\n", b"\r\n", b"\r", b"\xf1", b"\x1a", b"\xef\xbb\xbf"]
)


@given(st.lists(PIECES, max_size=40), st.sampled_from(["\n", "\r\n", "\r"]))
@example([b"\r\n", b"a", b"\r", b"\xf1", b"\n"], "\n")
def test_lines_are_those_of_a_stream_of_text(tmp_path_factory, pieces, end):
    path = tmp_path_factory.mktemp("lines") / "x"
    letters = ("я" * 50 + end) * 200  # so that few bytes are not UTF-8
    path.write_bytes(b"".join(pieces) + letters.encode())
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        expected = [(number, line) for number, line in Source(stream).lines()]
    found = Source(path, errors="skip").lines()
    assert [(number, line.replace("\ufffd", "\udcf1")) for number, line in found] == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "transcription,glosses\nçalı,bush\n"),
        ("a.jsonl", '{"transcription": "çalı", "glosses": "bush"}\n'),
        ("a.txt", "\\t çalı\n\\g bush\n"),
        ("a.db", "\\_sh v3.0  400  Text\n\n\\ref 1\n\\tx çalı\n\\ge bush\n"),
        ("a.tex", "\\begin{exe}\\ex \\gll çalı\\\\ bush\\\\ \\end{exe}"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(tmp_path, encoding, name, text):
    (tmp_path / name).write_text(text, encoding=encoding)
    [igt] = read(tmp_path / name)
    assert (igt.transcription or igt.segmentation, igt.glosses) == ("çalı", "bush")


def test_an_encoding_that_is_named_is_taken_before_the_mark(tmp_path):
    (tmp_path / "a.csv").write_text("transcription\nçalı\n", encoding="utf-16")
    with pytest.raises(FileFormatError):
        read(tmp_path / "a.csv", encoding="utf-8")


def test_a_stream_tells_lines_and_skips(tmp_path, caplog):
    file = tmp_path / "x"
    file.write_text("\\t a\n\nstray\n\n\\t b\n", encoding="utf-8")
    with stream(file, errors="skip") as reader:
        assert reader.line is None
        seen = [(igt.transcription, reader.line, len(reader.skipped)) for igt in reader]
        assert seen == [("a", 1, 0), ("b", 5, 1)]
        assert next(reader, None) is None
    assert len(caplog.records) == 1


def test_a_stream_that_is_not_finished_leaves_no_open_file(path):
    reader = stream(path)
    next(reader)
    del reader
    gc.collect()
    stream(path)
    gc.collect()
    with stream(path) as reader:
        pass
    with pytest.raises(ValueError, match="closed"):
        next(reader)


def test_streaming_takes_constant_memory(tmp_path):
    file = tmp_path / "x"
    with file.open("w", encoding="utf-8") as out:
        out.write(ENTRY * 2000)
    peaks = []
    for copies in (1, 5):
        big = tmp_path / f"big{copies}"
        big.write_bytes(file.read_bytes() * copies)
        tracemalloc.start()
        report = write(stream(big), tmp_path / "out.jsonl")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert report.entries == 2000 * copies
    assert peaks[1] < peaks[0] * 1.5


def test_undecodable_bytes_in_an_open_file_have_no_line():
    opened = io.TextIOWrapper(io.BytesIO(b"\\t \xff\n"), encoding="utf-8")
    with pytest.raises(FileFormatError, match="0xff") as caught:
        read(opened, "sigmorphon")
    assert caught.value.line is None


def test_an_open_text_file_has_no_bytes():
    with pytest.raises(InputError, match="give the path instead"):
        Source(io.StringIO("a")).binary()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_byte_order_mark_is_no_text_where_the_encoding_is_named(tmp_path, encoding):
    path = tmp_path / "marked"
    path.write_text("\ufeff" + ENTRY, encoding=encoding)
    assert len(read(path, encoding=encoding)) == 1
    with path.open(encoding=encoding) as opened:
        assert read(opened, "sigmorphon") == read(path, encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "UTF-32", "utf_16"])
def test_wide_characters_need_the_mark_of_their_order(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_text("\\t kedi\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"no.*mark|does not begin with a byte-order mark"):
        list(Source(path, encoding=encoding).lines())
    path.write_text("\\t kedi\n", encoding=encoding)
    assert list(Source(path, encoding=encoding).lines()) == [(1, "\\t kedi")]
    path.write_bytes(b"")
    assert list(Source(path, encoding=encoding).lines()) == []


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_what_is_no_name_of_a_file_is_refused(tmp_path, name):
    for act in (lambda path: read(path, "csv"), lambda path: write([IGT("a")], path, "csv")):
        with pytest.raises(InputError, match="no name that a file can have"):
            act(tmp_path / name)


PARTS = ("\n", "\r", "\r\n", "\x1a", "\x0b", "\u2028", "a", "é ", "b" * 70_000)


@given(st.lists(st.sampled_from(PARTS)), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example(["a", "\x1a", "\x1a"], "utf-8")
def test_lines_are_what_stands_between_line_ends(tmp_path_factory, parts, encoding):
    path = tmp_path_factory.getbasetemp() / "lines"
    text = "".join(parts)
    path.write_bytes(text.encode(encoding))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1] == "":
        del lines[-1]
    else:
        lines[-1] = lines[-1].rstrip("\x1a")
    lines = ["" if set(line) == {"\x1a"} else line for line in lines]
    told = None if encoding == "utf-8-sig" else encoding
    assert list(Source(path, encoding=told).lines()) == list(enumerate(lines, 1))
    assert list(Source(io.StringIO(text, newline=None)).lines()) == list(enumerate(lines, 1))
    texts = list(Source(path, encoding=told).texts())
    assert "".join(text for _, text in texts).removesuffix("\n") == "\n".join(lines)
    assert [number for number, _ in texts] == [
        1 + sum(text.count("\n") for _, text in texts[:at]) for at in range(len(texts))
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes that are files")
def test_lines_of_a_pipe_come_as_they_are_written():
    out, into = os.pipe()
    lines = Source(f"/dev/fd/{out}").lines()
    os.write(into, b"ev\n")
    assert next(lines) == (1, "ev")
    os.write(into, b"kedi\nat")
    assert next(lines) == (2, "kedi")
    os.close(into)
    assert list(lines) == [(3, "at")]
    os.close(out)
