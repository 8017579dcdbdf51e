"""Encodings: which there are, and which one the beginning of a file tells."""

from __future__ import annotations

import pytest

from igtkit import IGT, read, write
from igtkit.errors import FileFormatError, InputError
from igtkit.io._encodings import checked_encoding, count_utf8, undecodable_line


@pytest.mark.parametrize("encoding", ["zlib", "rot13", "idna", "punycode", "undefined", "", "a\0"])
def test_an_encoding_that_is_none_of_texts_is_refused(tmp_path, encoding):
    with pytest.raises(InputError, match="encoding"):
        checked_encoding(encoding)
    with pytest.raises(InputError, match="encoding"):
        write([IGT("a")], tmp_path / "a.csv", encoding=encoding or "hex")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Kedi;kedi", "Кошка спит на рынке;кошка спит"])
def test_wide_text_without_a_mark_is_told_from_what_is_no_text(tmp_path, encoding, text):
    path = tmp_path / "a.csv"
    path.write_bytes(f"transcription;segmentation\r\n{text}\r\n".encode(encoding))
    with pytest.raises(FileFormatError, match=f"text in UTF-16 .* encoding='{encoding}'"):
        read(path)
    assert read(path, encoding=encoding)[0].transcription == text.split(";")[0]
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(path)


def test_a_nul_among_letters_does_not_make_them_wide(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\\gll  \0\n")
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(path)


def test_characters_that_are_utf_8_and_bytes_that_are_not_are_counted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("şeker ağaç\n".encode() * 20_000 + b"\xfe kad\xfdn\n\xc4")
    assert count_utf8(path) == (60_000, 3)


@pytest.mark.parametrize(("end", "line"), [(b"kad\xfdn\n", 9_002), ("ş".encode()[:1], 9_002)])
def test_the_line_is_told_of_the_first_bytes_that_are_not_in_the_encoding(tmp_path, end, line):
    path = tmp_path / "a.txt"
    path.write_bytes("şeker ağaç\r\n".encode() * 9_000 + b"\n" + end)  # more than one piece
    assert undecodable_line(path, "utf-8") == line


def test_quotes_of_windows_that_are_read_as_latin_1_are_told(tmp_path, caplog):
    path = tmp_path / "a.txt"
    path.write_bytes("\\t er sagt\n\\m er sagt\n\\g he say\n\\l „Ja“\n".encode("cp1252"))
    read(path, "sigmorphon", encoding="cp1252")
    assert not caplog.records
    read(path, "sigmorphon", encoding="latin-1")
    [record] = caplog.records
    assert "line 4 has U+0084, which no text has" in record.getMessage()
    assert "encoding='cp1252'" in record.getMessage()
