"""Weights in safetensors: a header is believed only as far as the file bears it out."""

from __future__ import annotations

import json
import math

import pytest
from forgery import complaint
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import ModelFileError
from igtkit.models._weights import Tensor, read_header, read_weights, require_finite


def packed(tensors, data=None, length=None):
    """A file of weights; ``tensors`` are entries of its header, or any other JSON."""
    header = json.dumps(tensors).encode()
    if data is None:
        data = bytes(max((each["data_offsets"][1] for each in tensors.values()), default=0))
    return (len(header) if length is None else length).to_bytes(8, "little") + header + data


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


A = entry("F32", [2, 2], 0, 16)
B = entry("I8", [3], 16, 19)


@pytest.fixture
def put(tmp_path):
    def write(content):
        path = tmp_path / "model.safetensors"
        path.write_bytes(content)
        return path

    return write


def test_what_a_header_says_is_given_without_what_it_says_of_itself(put):
    path = put(packed({"__metadata__": {"format": "pt"}, "a": A, "b": B}, bytes(19)))
    found = read_header(path)
    assert found == {"a": Tensor("F32", (2, 2)), "b": Tensor("I8", (3,))}
    assert [each.count for each in found.values()] == [4, 3]
    assert Tensor("F32", ()).count == 1
    assert Tensor("F32", (4, 0)).count == 0
    assert read_header(put(packed({}))) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no header"),
        (bytes(7), "no header"),
        (packed({"a": A}, length=2**63), "longer than the file"),
        (packed({"a": A}, length=10**6), "longer than the file"),
        (packed([], b""), "its header is no table"),
        (packed({"a": A})[:8] + b"[" * 80, "is damaged"),
        (packed({"a": A | {"dtype": "F31"}}, bytes(16)), "dtype: expected one of"),
        (packed({"a": A | {"shape": [2, -2]}}, bytes(16)), "shape: expected a whole number"),
        (packed({"a": A | {"shape": [2, True]}}, bytes(16)), "shape: expected a whole number"),
        (packed({"a": A | {"shape": [2, 2.0]}}, bytes(16)), "shape: expected a whole number"),
        (packed({"a": {"dtype": "F32"}}, bytes(16)), "expected a table of dtype"),
        (packed({"a": A | {"shape": [2, 3]}}, bytes(16)), "not as many bytes as its shape takes"),
        (packed({"a": A | {"shape": [2**40, 2**40]}}, bytes(16)), "not as many bytes"),
        (packed({"a": A | {"data_offsets": [16, 0]}}, bytes(16)), "not as many bytes"),
        (packed({"a": A, "b": entry("I8", [3], 17, 20)}, bytes(20)), "bytes between them"),
        (packed({"a": A, "b": entry("I8", [3], 15, 18)}, bytes(18)), "overlap"),
        (packed({"a": A, "b": A}, bytes(16)), "overlap"),
        (packed({"a": A}, bytes(17)), "take 16 bytes, and there are 17"),
        (packed({"a": A}, bytes(15)), "take 16 bytes, and there are 15"),
    ],
)
def test_a_header_that_does_not_fit_the_file_is_damage(put, content, message):
    path = put(content)
    with pytest.raises(ModelFileError, match=message) as caught:
        read_header(path)
    assert str(path) in str(caught.value)
    with pytest.raises(ModelFileError, match=message):
        read_weights(content, {"a": (2, 2)}, path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ModelFileError):
            read_header(path)


SIZES = {"F64": 8, "F32": 4, "BF16": 2, "F16": 2, "F8_E4M3": 1, "I64": 8, "U16": 2, "BOOL": 1}
SHAPES = st.lists(
    st.tuples(st.sampled_from([*SIZES]), st.lists(st.integers(0, 3), max_size=3)), max_size=4
)


@given(tensors=SHAPES, order=st.randoms())
def test_any_tensors_one_after_the_other_are_a_file(tmp_path_factory, tensors, order):
    placed, at = {}, 0
    for index, (dtype, shape) in enumerate(tensors):
        end = at + math.prod(shape) * SIZES[dtype]
        placed[f"t{index}"] = entry(dtype, shape, at, end)
        at = end
    names = [*placed]
    order.shuffle(names)  # the header may name them in any order
    path = tmp_path_factory.getbasetemp() / "any.safetensors"
    path.write_bytes(packed({name: placed[name] for name in names}))
    assert read_header(path) == {
        f"t{index}": Tensor(dtype, tuple(shape)) for index, (dtype, shape) in enumerate(tensors)
    }


@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.safetensors"
    path.write_bytes(min(len(content), 40).to_bytes(8, "little") + content)
    said = complaint(read_header, path)
    assert "is damaged" in said or read_header(path) == {}


class TestWithTorch:
    """What is in the tensors."""

    @pytest.fixture(autouse=True)
    def libraries(self):
        pytest.importorskip("safetensors.torch", reason="needs safetensors (the extra `models`)")
        pytest.importorskip("torch", reason="needs torch (the extra `models`)")

    def save(self, **tensors):
        from safetensors.torch import save

        return save(tensors)

    def test_weights_come_back(self, tmp_path):
        import torch

        tensors = {
            "a": torch.arange(6.0).reshape(2, 3),
            "b": torch.tensor([-1.5]),
            "c": torch.zeros(0),
        }
        shapes = {name: tuple(each.shape) for name, each in tensors.items()}
        found = read_weights(self.save(**tensors), shapes, tmp_path / "x")
        assert found.keys() == tensors.keys()
        assert all(torch.equal(found[name], tensors[name]) for name in tensors)

    @pytest.mark.parametrize(
        ("expected", "name"),
        [
            ({"a": (3, 2)}, "a"),
            ({"a": (6,)}, "a"),
            ({}, "a"),
            ({"a": (2, 3), "b": ()}, "b"),
            ({"b": (2, 3)}, "a"),
        ],
    )
    def test_other_weights_than_expected_are_refused_by_name(self, tmp_path, expected, name):
        import torch

        content = self.save(a=torch.zeros(2, 3))
        with pytest.raises(ModelFileError, match=rf"not of this size \('{name}' for one\)"):
            read_weights(content, expected, tmp_path / "x")

    def test_weights_of_another_type_are_refused(self, tmp_path):
        import torch

        content = self.save(a=torch.zeros(2, 3, dtype=torch.float16))
        with pytest.raises(ModelFileError, match="not of this size"):
            read_weights(content, {"a": (2, 3)}, tmp_path / "x")

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
    @pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "bfloat16", "float8_e5m2"])
    def test_what_is_no_finite_number_is_damage(self, put, value, dtype):
        import torch

        weights = torch.zeros(3, 3)
        good = put(self.save(a=weights.to(getattr(torch, dtype)), n=torch.tensor([2**40])))
        require_finite([good])
        weights[1, 1] = value
        bad = put(self.save(fine=torch.ones(1), a=weights.to(getattr(torch, dtype))))
        with pytest.raises(ModelFileError, match="'a' holds what is no finite number"):
            require_finite([bad])
        if dtype == "float32":
            with pytest.raises(ModelFileError, match="'a' holds what is no finite number"):
                read_weights(bad.read_bytes(), {"fine": (1,), "a": (3, 3)}, bad)

    def test_a_damaged_file_is_refused_before_it_is_opened(self, put):
        with pytest.raises(ModelFileError, match="take 16 bytes, and there are 15"):
            require_finite([put(packed({"a": A}, bytes(15)))])
