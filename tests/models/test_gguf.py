"""The header of a GGUF file: what it says, and that nothing is believed that cannot be."""

from __future__ import annotations

import struct

import pytest
from forgery import complaint
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import ModelFileError
from igtkit.models._gguf import read_gguf_header

SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


def gguf(settings=b"", count=0, tensors=(), number=None, data=b""):
    listed = b"".join(
        struct.pack("<Q", len(name)) + name + struct.pack("<I", len(shape))
        + b"".join(struct.pack("<Q", each) for each in shape) + struct.pack("<IQ", 0, 0)
        for name, shape in tensors
    )  # fmt: skip
    number = len(tensors) if number is None else number
    return b"GGUF" + struct.pack("<IQQ", 3, number, count) + settings + listed + data


def key(name, kind, value):
    return struct.pack("<Q", len(name)) + name + struct.pack("<I", kind) + value


def test_the_header_of_a_gguf_file(tmp_path):
    path = tmp_path / "a.gguf"
    settings = key(b"a", 4, struct.pack("<I", 7)) + key(
        b"b", 9, struct.pack("<IQ", 8, 2) + struct.pack("<Q", 1) + b"x" + struct.pack("<Q", 0)
    )
    path.write_bytes(gguf(settings, 2, [(b"w", (2, 3)), (b"v", (4,))], data=bytes(40)))
    assert read_gguf_header(path) == (2, 10)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GGUX" + bytes(20),
        b"GGUF" + struct.pack("<IQQ", 9, 0, 0),
        gguf(number=2**60),
        gguf(count=2**60),
        gguf(key(b"a", 8, struct.pack("<Q", 2**60)), 1),
        gguf(key(b"a", 9, struct.pack("<IQ", 4, 2**60)), 1),
        gguf(key(b"a", 9, struct.pack("<IQ", 8, 2**60)), 1),
        gguf(key(b"a", 9, struct.pack("<IQ", 9, 2**30)), 1, data=bytes(100)),
        gguf(key(b"a", 99, b""), 1, data=bytes(100)),
        gguf(tensors=[(b"w", (2**40, 2**20))], data=bytes(100)),
        gguf(tensors=[(b"w", (1,) * 9)], data=bytes(100)),
    ],
)
def test_a_gguf_header_that_lies(tmp_path, content):
    path = tmp_path / "a.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="is damaged"):
        read_gguf_header(path)


def text(content):
    return struct.pack("<Q", len(content)) + content


VALUES = st.one_of(
    st.sampled_from([*SIZES]).map(lambda kind: (kind, bytes(SIZES[kind]))),
    st.binary(max_size=9).map(lambda content: (8, text(content))),
    st.tuples(st.sampled_from([*SIZES]), st.integers(0, 9)).map(
        lambda each: (9, struct.pack("<IQ", *each) + bytes(SIZES[each[0]] * each[1]))
    ),
    st.lists(st.binary(max_size=5), max_size=4).map(
        lambda texts: (9, struct.pack("<IQ", 8, len(texts)) + b"".join(map(text, texts)))
    ),
)
SETTINGS = st.lists(st.tuples(st.binary(max_size=9), VALUES), max_size=4)
TENSORS = st.lists(
    st.tuples(st.binary(max_size=9), st.lists(st.integers(0, 4), max_size=4).map(tuple)), max_size=4
)


@st.composite
def files(draw):
    """A file that is whole, and what is in it."""
    settings, tensors = draw(SETTINGS), draw(TENSORS)
    values = 0
    for _, shape in tensors:
        count = 1
        for each in shape:
            count *= each
        values += count
    written = b"".join(key(name, *value) for name, value in settings)
    content = gguf(written, len(settings), tensors, data=bytes(-(-values // 16)))
    return content, (len(tensors), values)


@given(file=files())
def test_every_kind_of_setting_is_passed_over(tmp_path_factory, file):
    content, expected = file
    path = tmp_path_factory.getbasetemp() / "whole.gguf"
    path.write_bytes(content)
    assert read_gguf_header(path) == expected
    path.write_bytes(content[:4] + struct.pack("<I", 2) + content[8:])
    assert read_gguf_header(path) == expected


@given(file=files(), at=st.integers(0, 400), value=st.integers(0, 255))
def test_whatever_byte_is_changed_it_is_read_or_refused(tmp_path_factory, file, at, value):
    content = bytearray(file[0])
    content[at % len(content)] = value
    path = tmp_path_factory.getbasetemp() / "changed.gguf"
    path.write_bytes(content)
    said = complaint(read_gguf_header, path)
    assert not said or "changed.gguf is damaged" in said
    if not said:
        tensors, values = read_gguf_header(path)
        assert tensors * 24 <= len(content)
        assert values <= 16 * len(content)


@given(file=files(), size=st.integers(0, 400))
def test_a_file_that_is_cut_within_its_header_is_refused(tmp_path_factory, file, size):
    content, (_, values) = file
    header = content[: len(content) - -(-values // 16)]
    path = tmp_path_factory.getbasetemp() / "cut.gguf"
    path.write_bytes(header[: size % len(header)])
    with pytest.raises(ModelFileError, match="damaged"):
        read_gguf_header(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04" + bytes(20), "no GGUF file of version 2 or 3"),
        (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "no GGUF file of version 2 or 3"),
        (gguf(count=9), "its header says more than the file holds"),
        (gguf(tensors=[(b"w", (1,) * 5)]), "a tensor has 5 dimensions"),
        (gguf(tensors=[(b"w", (64,))], data=bytes(3)), "64 values in 3 bytes"),
        (gguf(key(b"a", 9, struct.pack("<IQ", 9, 1)), 1, data=bytes(90)), "of the type 9"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, content, message):
    (tmp_path / "a.gguf").write_bytes(content)
    with pytest.raises(ModelFileError, match=message):
        read_gguf_header(tmp_path / "a.gguf")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(ModelFileError):
            read_gguf_header(path)
