"""`read`, `stream` and `write` whatever the format: files, encodings, guessing, errors, atomicity."""

from __future__ import annotations

import gc
import io
import os
import stat
import subprocess
import sys
import threading
import tracemalloc

import attrs
import pytest

from igtkit.corpus import Corpus
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language, Prediction
from igtkit.io import Format, Source, read, register, stream, write

ENTRY = "\\t кӀвал-ар\n\\g house-PL\n\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "corpus"
    file.write_text(ENTRY, encoding="utf-8")
    return file


def test_the_format_is_told_from_extension_then_content(tmp_path):
    contents = {
        "a.jsonl": ('{"transcription": "x"}\n', "jsonl"),
        "a.JSONL": ("\n", "jsonl"),
        "b.txt": ("\ufeff\\t x\n\\g y\n", "sigmorphon"),
        "c.txt": ("(1) ein Haus\n    a   house\n    ‘a house’\n\nmore\nlines\n", "text"),
        "d": ("\n\\m x\n\\g y\n", "sigmorphon"),
        "e.prediction": ("\\t x\n", "sigmorphon"),
        "f.data": ('{"transcription": "x"}\n', "jsonl"),
        "g.covered": ("ein Haus\na house\n", "text"),
        "h.txt": ("Evde kim var?\n‘Who is at home?’\n", "text"),
    }
    for name, (content, expected) in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        with stream(tmp_path / name) as reader:
            assert reader.format.name == expected, name


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("Once upon a time\nthere was prose, not interlinear text\n", "none of the known formats"),
        ("<xml/>", "none of the known formats"),
        ('said\n"she"\n', "none of the known formats"),
    ],
)
def test_a_file_that_does_not_tell_its_format_is_refused(tmp_path, content, what):
    (tmp_path / "x").write_text(content)
    with pytest.raises(InputError, match=what) as caught:
        read(tmp_path / "x")
    assert "format=" in str(caught.value)
    assert str(tmp_path / "x") in str(caught.value)


def test_an_empty_file_of_a_known_format_is_an_empty_corpus(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"")
    assert read(tmp_path / "x.jsonl") == Corpus()
    for name in ("csv", "jsonl", "sigmorphon", "text"):
        assert read(io.StringIO(""), name) == Corpus()


def test_a_file_that_is_not_there(tmp_path, path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read(tmp_path / "nowhere.jsonl")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        write([], tmp_path / "nowhere" / "x.jsonl")
    with pytest.raises(IsADirectoryError, match="folder"):
        read(tmp_path)
    with pytest.raises(IsADirectoryError, match="folder"):
        write([], tmp_path, "jsonl")


@pytest.mark.parametrize("function", [lambda f: read(f, "jsonl"), lambda f: write([], f, "jsonl")])
@pytest.mark.parametrize("file", [7, None, io.BytesIO(b"")])
def test_something_that_is_no_file(function, file):
    with pytest.raises(InputError, match="give a path"):
        function(file)


def test_names_that_there_are_not(path, tmp_path):
    with pytest.raises(InputError, match="did you mean 'sigmorphon'"):
        read(path, "sigmorfon")
    with pytest.raises(InputError, match=r"jsonl, .*sigmorphon, .*text"):
        write([], tmp_path / "x.docx")
    with pytest.raises(InputError, match="sigmorphon, text"):
        write([], tmp_path / "x.txt")
    with pytest.raises(InputError, match="no option 'langauge'"):
        read(path, langauge="Lezgi")
    with pytest.raises(InputError, match="no option 'indent'"):
        write([], tmp_path / "x.jsonl", indent=2)
    with pytest.raises(InputError, match="errors must be 'raise' or 'skip'"):
        read(path, errors="ignore")
    with pytest.raises(InputError, match="unknown encoding 'utf-9'"):
        read(path, encoding="utf-9")
    with pytest.raises(InputError, match="unknown encoding"):
        write([], tmp_path / "x.jsonl", encoding="utf-9")
    for function in (read, lambda file: write([], file)):
        with pytest.raises(InputError, match="name the format="):
            function(io.StringIO("\\t a"))


def test_what_is_given_holds_for_every_entry(path):
    corpus = read(
        path, language="Lezgi", metalanguage=Language("stan1293"), split="dev", source="s"
    )
    assert corpus[0] == IGT(
        "кӀвал-ар",
        glosses="house-PL",
        language=Language(name="Lezgi"),
        metalanguage=Language("stan1293"),
        split="dev",
        source="s",
    )
    with pytest.raises(InputError, match="language"):
        read(path, language=7)


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
    with pytest.raises(FileFormatError, match=r"0xf1 .* encoding='latin-1'") as caught:
        read(file, errors="skip")
    assert caught.value.line == 3 * before + 1
    assert caught.value.path == str(file)


def test_a_file_cut_off_within_a_character(tmp_path):
    (tmp_path / "x").write_bytes(ENTRY.encode() + "\\t я".encode()[:-1])
    with pytest.raises(FileFormatError, match="cannot be decoded") as caught:
        read(tmp_path / "x")
    assert caught.value.line == 4


def test_binary_files_are_refused(tmp_path):
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"PK\x03\x04\x00\x00\xff")
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(file)
    with pytest.raises(FileFormatError, match="this is a binary file"):
        read(file.rename(tmp_path / "x"))
    file.write_text("{}", encoding="utf-16")
    with pytest.raises(FileFormatError, match="encoding='utf-16'"):
        read(file)


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


def test_open_text_files_are_read_and_written_and_left_open():
    out = io.StringIO()
    assert write([IGT("a")], out, "sigmorphon").entries == 1
    out.write("\\t b\r\n")
    out.seek(0)
    assert [igt.transcription for igt in read(out, "sigmorphon")] == ["a", "b"]
    assert not out.closed


def test_standard_input_and_output_work():
    code = "import sys; from igtkit.io import *; write(stream(sys.stdin, 'sigmorphon'), sys.stdout, 'sigmorphon')"
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        input=ENTRY.encode(),
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode().replace("\r\n", "\n") == ENTRY


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_are_read_and_written(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: write([IGT("a", glosses="A")], pipe, "sigmorphon"))
    writer.start()
    assert list(read(pipe)) == [IGT("a", glosses="A")]
    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def failing():
    yield IGT("new")
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("items", "error"),
    [
        (failing(), ZeroDivisionError),
        ([IGT("new"), Prediction("a", "b")], InputError),
        ([IGT("new"), "text"], InputError),
        ([IGT("new"), IGT("\ud800")], InputError),
        (IGT("new"), InputError),
        ("new", InputError),
        (7, InputError),
    ],
)
def test_a_write_that_fails_leaves_what_was_there(path, items, error):
    before = path.read_bytes()
    with pytest.raises(error):
        write(items, path, "sigmorphon")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_is_killed_leaves_what_was_there(path):
    code = (
        "import os, sys; from igtkit.igt import IGT; from igtkit.io import write\n"
        "def items():\n"
        "    yield from [IGT('new')] * 10_000\n"
        "    os._exit(9)\n"
        "write(items(), sys.argv[1], 'sigmorphon')"
    )
    before = path.read_bytes()
    result = subprocess.run([sys.executable, "-c", code, path], check=False)
    assert result.returncode == 9
    assert path.read_bytes() == before


def test_a_file_can_be_rewritten_from_itself(path):
    report = write((igt.replace(translation="x") for igt in stream(path)), path, "sigmorphon")
    assert report.entries == 1
    assert read(path)[0].translation == "x"


def test_a_failed_character_is_named(path):
    with pytest.raises(InputError, match="'к' cannot be written in ascii"):
        write(read(path), path, "sigmorphon", encoding="ascii")


@pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")
def test_mode_and_link_of_the_file_stay(path):
    path.chmod(0o640)
    link = path.with_name("link")
    link.symlink_to(path)
    write([IGT("a")], link, "sigmorphon")
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        write([IGT("a")], path.with_name("new"), "sigmorphon")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.with_name("new").stat().st_mode) == 0o640


def test_the_report_says_in_one_line_what_was_lost(tmp_path):
    report = write([IGT("a", id="1"), IGT("b", id="2", language="x")], tmp_path / "x", "sigmorphon")
    assert (
        str(report)
        == f"{tmp_path / 'x'}: 2 entries written as sigmorphon; lost: id (2), language (1)"
    )
    assert str(write([IGT("a")], tmp_path / "x.jsonl")).endswith("1 entry written as jsonl")
    with pytest.raises(TypeError):
        report.lost["id"] = 0
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        report.entries = 0


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
