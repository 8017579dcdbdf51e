"""Formats of one's own."""

from __future__ import annotations

import io

import pytest

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import Format, read, register, write
from igtkit.io._format import looks_like_nothing


@pytest.mark.usefixtures("registry_apart")
def test_a_format_of_ones_own_is_one_value(tmp_path):
    def read_lines(source, *, upper=False):
        for _, line in source.lines():
            yield IGT(line.upper() if upper else line)

    def write_bytes(items, sink):
        for igt in items:
            sink.binary().write(igt.transcription.encode() + b"\n")

    register(
        Format("lines", (".lines",), read_lines, write_bytes, holds=frozenset(["transcription"]))
    )
    register(Format("listing", (".listing",), write=write_bytes))
    register(Format("scan", (".scan",), read=read_lines))
    report = write([IGT("a", id="1")], tmp_path / "x.lines")
    assert dict(report.lost) == {"id": 1}
    assert list(read(tmp_path / "x.lines", upper=True)) == [IGT("A")]
    with pytest.raises(InputError, match="it has: upper"):
        read(tmp_path / "x.lines", lower=True)
    with pytest.raises(InputError, match="already"):
        register(Format("lines"))
    with pytest.raises(InputError, match="can be written, not read"):
        read(tmp_path / "x.lines", "listing")
    with pytest.raises(InputError, match="can be read, not written"):
        write([], tmp_path / "x.lines", "scan")
    with pytest.raises(InputError, match="open as text"):
        write([IGT("a")], io.StringIO(), "lines")


def test_a_format_that_is_told_by_nothing_holds_nothing():
    bare = Format("bare")
    assert (bare.extensions, bare.read, bare.write, bare.holds) == ((), None, None, frozenset())
    assert not any(map(bare.sniff, ["", "\\t a\n", "{}"]))
    assert bare.sniff is looks_like_nothing
