"""A journal loses nothing that it has said it has, whatever stops it."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit import IGT
from igtkit.errors import FileFormatError, InputError
from igtkit.serve import Journal

ONE = IGT("Zurnacı geldi .", "zurna-cı gel-di .", "shawm-AGT come-PST .")
TWO = IGT("ə́", "ə́", "1SG", metadata={"sentence": 3})


def test_what_is_appended_comes_back(tmp_path):
    journal = Journal(tmp_path / "journal.jsonl")
    assert list(journal.read()) == []
    journal.append([ONE])
    journal.append([TWO, ONE])
    journal.append([])
    again = Journal(journal.path).read()
    assert list(again) == [ONE, TWO, ONE]
    assert again[1].metadata["sentence"] == 3
    journal.clear()
    assert list(journal.read()) == []
    assert list(igtkit.read(journal.path, "jsonl")) == []


@given(st.data())
def test_a_line_that_was_not_finished_is_taken_away(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    Journal(path).append([ONE, TWO])
    content = path.read_bytes()
    first = content.index(b"\n") + 1
    cut = data.draw(st.integers(first, len(content)))
    path.write_bytes(content[:cut])
    expected = [ONE, TWO] if cut >= len(content) - 1 else [ONE]  # a line feed can be added
    journal = Journal(path)
    assert list(journal.read()) == expected
    journal.append([ONE])
    assert list(Journal(path).read()) == [*expected, ONE]


def test_a_line_that_is_longer_than_a_block(tmp_path):
    path = tmp_path / "journal.jsonl"
    Journal(path).append([ONE])
    with path.open("ab") as stream:
        stream.write(b'{"transcription": "' + b"a" * 200_000)
    assert list(Journal(path).read()) == [ONE]


def test_what_is_no_journal_is_not_touched(tmp_path):
    path = tmp_path / "story.flextext"
    path.write_bytes(b"<document>\n</document>")
    with pytest.raises(FileFormatError):
        Journal(path).read()
    assert path.read_bytes() == b"<document>\n</document>"


def test_a_last_line_that_nests_without_end_is_refused(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'{"a":' * 10**5)
    with pytest.raises(FileFormatError):
        Journal(path).read()


def test_a_full_disk_leaves_no_half_line(tmp_path, monkeypatch):
    journal = Journal(tmp_path / "journal.jsonl")
    journal.append([ONE])
    before = journal.path.read_bytes()

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        journal.append([TWO])
    assert journal.path.read_bytes() == before


def test_one_program_holds_it(tmp_path):
    pytest.importorskip("fcntl", reason="there are no such locks on Windows")
    journal = Journal(tmp_path / "journal.jsonl")
    with journal.held():
        journal.append([ONE])
        with pytest.raises(InputError, match="another program holds it"), journal.held():
            pass
    with journal.held():
        assert list(journal.read()) == [ONE]
