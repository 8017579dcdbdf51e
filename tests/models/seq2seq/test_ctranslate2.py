"""Models that were converted for CTranslate2."""

from __future__ import annotations

import io
import math
import shutil
import struct

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    TEXTS,
    lines,
)

from igtkit import formats  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def converted(folder, tmp_path_factory):
    pytest.importorskip("ctranslate2", reason="ctranslate2 is not installed (the extra `fast`)")
    from igtkit.models.seq2seq.ctranslate2 import convert

    path = tmp_path_factory.mktemp("converted")
    convert(folder, path)
    return path


@pytest.mark.parametrize("beams", [1, 2])
@pytest.mark.parametrize("name", formats.FORMATS)
def test_ctranslate2_gives_the_same_answers(folder, converted, name, beams):
    options = {
        "num_beams": beams,
        "max_new_tokens": 24,
        "constrained": False,
        "early_stopping": True,
    }
    slow = Seq2SeqGlosser.from_pretrained(folder, format=name).predict(TEXTS, **options)
    fast = Seq2SeqGlosser.from_pretrained(converted, format=name).predict(TEXTS, **options)
    assert lines(slow) == lines(fast)
    for one, other in zip(slow, fast, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)
        assert one.problems == other.problems


def test_what_a_converted_model_cannot_do(folder, converted, tmp_path):
    from igtkit.models.seq2seq.ctranslate2 import convert

    glosser = Seq2SeqGlosser.from_pretrained(converted)
    assert glosser.format.name == "interleaved"
    with pytest.raises(
        InputError, match="CTranslate2 cannot be constrained; pass constrained=False"
    ):
        glosser.predict(TEXTS)
    with pytest.raises(InputError, match="always stops early"):
        glosser.predict(TEXTS, constrained=False, early_stopping=False)
    with pytest.raises(InputError, match="cannot be saved"):
        glosser.save_pretrained(tmp_path)
    with pytest.raises(InputError, match="takes no adapters"):
        glosser.use_adapter(None)
    with pytest.raises(InputError, match="no dtype and no adapter"):
        Seq2SeqGlosser.from_pretrained(converted, dtype="float32")
    with pytest.raises(InputError, match="is not empty"):
        convert(folder, converted)
    with pytest.raises(InputError, match="quantization must be one of"):
        convert(folder, tmp_path / "new", quantization="int4")


def first_float32(content):
    """The place of the first number of the first weight of type float32."""
    stream = io.BytesIO(content)

    def number(layout):
        return struct.unpack(layout, stream.read(struct.calcsize(layout)))[0]

    stream.seek(4)  # past the version of the file
    stream.read(number("<H"))  # the name of the model
    stream.read(8)  # its revision, and how many weights there are
    while True:
        stream.read(number("<H"))  # the name of the weight
        stream.read(4 * number("<B"))  # its shape
        kind, size = number("<B"), number("<I")
        if kind == 0 and size:
            return stream.tell()
        stream.read(size)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    "spoil", ["cut", "longer", "nan", "lying size", "version", "tokens", "settings"]
)
def test_a_damaged_model_does_not_reach_ctranslate2(converted, tmp_path, spoil, own):
    shutil.copytree(converted, tmp_path / "model")
    path = tmp_path / "model" / "model.bin"
    content = bytearray(path.read_bytes())
    if not own:
        (tmp_path / "model" / "igtkit.json").unlink()
    if spoil == "cut":
        content = content[:-9]
    elif spoil == "longer":
        content += b"x"
    elif spoil == "nan":
        at = first_float32(content)
        content[at : at + 4] = struct.pack("<f", math.nan)
    elif spoil == "lying size":
        content[4:6] = b"\xff\xff"
    elif spoil == "version":
        content[0] = 99
    elif spoil == "tokens":
        (tmp_path / "model" / "shared_vocabulary.json").write_text("[3]", encoding="utf-8")
    else:
        (tmp_path / "model" / "config.json").write_text("[" * 10**5, encoding="utf-8")
    path.write_bytes(content)
    with pytest.raises(ModelFileError):
        Seq2SeqGlosser.from_pretrained(tmp_path / "model", format="interleaved")
