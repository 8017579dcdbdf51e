"""The weights of a model of CTranslate2, looked through before it reads them."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from forgery import complaint
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import ModelFileError
from igtkit.models.seq2seq._converted import check_converted

TYPES = {
    "float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4, "uint16": 5,
}  # fmt: skip


def text(content):
    return struct.pack("<H", len(content) + 1) + content + b"\0"


def weight(name, values, *, shape=None, kind=None, size=None):
    shape = values.shape if shape is None else shape
    content = values.tobytes()
    return (
        text(name)
        + struct.pack(f"<B{len(shape)}I", len(shape), *shape)
        + struct.pack("<B", TYPES[values.dtype.name] if kind is None else kind)
        + struct.pack("<I", len(content) if size is None else size)
        + content
    )


def model(*weights, version=6, count=None, aliases=(), more=b""):
    return (
        struct.pack("<I", version) + text(b"TransformerSpec") + struct.pack("<I", 7)
        + struct.pack("<I", len(weights) if count is None else count) + b"".join(weights)
        + struct.pack("<I", len(aliases))
        + b"".join(text(each) for pair in aliases for each in pair) + more
    )  # fmt: skip


ONES = np.ones((2, 3), np.float32)


@pytest.fixture
def put(tmp_path):
    def write(content):
        path = tmp_path / "model.bin"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("name", TYPES)
def test_a_whole_model_of_each_type_is_let_through(put, name):
    values = np.ones((3, 2), name)
    aliases = [(b"decoder/w", b"w")]
    check_converted(put(model(weight(b"w", values), weight(b"b", values[0]), aliases=aliases)))
    check_converted(put(model(weight(b"scalar", np.ones((), name)), weight(b"no", values[:0]))))


def test_a_model_without_weights_is_whole(put):
    check_converted(put(model()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "says that it holds more than it does"),
        (model(version=5), "no model of CTranslate2 of binary version 6"),
        (model(weight(b"w", ONES), count=2), "is damaged"),
        (model(weight(b"w", ONES), count=2**32 - 1), "is damaged"),
        (model(weight(b"w", ONES), more=b"x"), "1 bytes too many"),
        (model(weight(b"w", ONES), aliases=[(b"a", b"w")])[:-1], "holds more than it does"),
        (model(weight(b"w", ONES, shape=(2, 4))), "'w' has not as many bytes as its shape takes"),
        (model(weight(b"w", ONES, shape=(2**32 - 1,) * 200)), "'w' has not as many bytes"),
        (model(weight(b"w", ONES, size=2**32 - 1)), "'w' has not as many bytes"),
        (model(weight(b"w", ONES, kind=1)), "'w' has not as many bytes"),
        (model(weight(b"w", ONES, kind=9)), "is damaged"),
    ],
)
def test_a_file_that_lies_is_damage(put, content, message):
    path = put(content)
    with pytest.raises(ModelFileError, match=message) as caught:
        check_converted(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["float32", "float16"])
def test_what_is_no_finite_number_is_damage(put, name, value):
    values = np.ones((2, 3), name)
    values[1, 2] = value
    with pytest.raises(ModelFileError, match="'w' holds what is no finite number"):
        check_converted(put(model(weight(b"v", ONES), weight(b"w", values))))


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 0.0, -1.5, 3e38])
def test_of_bfloat16_the_upper_half_of_a_number_is_there(put, number):
    upper = (np.array([number], np.float32).view(np.uint32) >> 16).astype(np.uint16)
    path = put(model(weight(b"w", upper)))
    if np.isfinite(number):
        check_converted(path)
    else:
        with pytest.raises(ModelFileError, match="no finite number"):
            check_converted(path)


WHOLE = model(weight(b"v", ONES), weight(b"w", np.arange(5, dtype=np.int8)), aliases=[(b"a", b"w")])


@given(size=st.integers(0, len(WHOLE) - 1))
def test_a_file_that_is_cut_anywhere_is_refused(tmp_path_factory, size):
    path = tmp_path_factory.getbasetemp() / "cut.bin"
    path.write_bytes(WHOLE[:size])
    with pytest.raises(ModelFileError, match="is damaged"):
        check_converted(path)


@given(at=st.integers(0, len(WHOLE) - 1), value=st.integers(0, 255))
def test_whatever_byte_is_changed_it_is_let_through_or_refused(tmp_path_factory, at, value):
    path = tmp_path_factory.getbasetemp() / "changed.bin"
    path.write_bytes(WHOLE[:at] + bytes([value]) + WHOLE[at + 1 :])
    said = complaint(check_converted, path)
    assert not said or "changed.bin is damaged" in said


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ModelFileError):
            check_converted(path)
