"""Damage to a saved glosser is one error that says so, in little time and memory."""

from __future__ import annotations

import io
import json
import random
import time
import tracemalloc
import zipfile

import numpy as np
import pytest
from forgery import change_json, change_manifest, put, stored
from models.quick import quick_glosser

from igtkit import load_sample
from igtkit.errors import ModelFileError
from igtkit.models import FallbackGlosser, InContextGlosser, LookupGlosser, load_glosser
from igtkit.models._manifest import load_json
from igtkit.models.in_context import Chat

FLIPS = 60  # in each file of each glosser
TRAIN = load_sample().split("train")[:30]


class Silent(Chat):
    def answer(self, conversations, *, advance=lambda _: None):
        return [""] * len(conversations)

    def settings(self):
        return {"kind": "silent"}


def make(name):
    if name == "lookup":
        return LookupGlosser().fit(TRAIN)
    if name == "crf":
        return quick_glosser(lexicon={"kavun": "melon"}).fit(TRAIN)
    if name == "in context":
        return InContextGlosser(Silent(), examples=1).fit(TRAIN)
    if name == "hard attention":
        pytest.importorskip("torch")
        from igtkit.models import HardAttentionGlosser

        return HardAttentionGlosser(hidden_size=8, layers=2, epochs=1).fit(TRAIN)
    return FallbackGlosser([make("lookup"), make("crf")])


NAMES = ("lookup", "crf", "in context", "hard attention", "fallback")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folders = {}

    def get(name):
        if name not in folders:
            glosser = make(name)
            folders[name] = tmp_path_factory.mktemp("model")
            glosser.save_pretrained(folders[name])
        return folders[name]

    return get


@pytest.fixture
def folder(saved, tmp_path, request):
    import shutil

    target = tmp_path / "model"
    shutil.copytree(saved(request.param), target)
    return target


def load(folder):
    options = {"chat": Silent()} if load_json(folder / "igtkit.json")["kind"][:2] == "In" else {}
    return load_glosser(folder, **options)


def require_refused(folder, seconds=2.0, memory=200 * 2**20):
    """Loading raises the one error, in processor time and memory (of Python and numpy)."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(ModelFileError) as caught:
            load(folder)
        spent = time.process_time() - begun
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert spent < seconds
    assert peak < memory
    assert str(folder) in str(caught.value)
    assert len(str(caught.value)) < 1000 + 4 * len(str(folder))


@pytest.mark.parametrize("folder", NAMES, indirect=True)
def test_every_flipped_bit_is_seen(folder):
    load(folder)
    drawn = random.Random(0)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = bytearray(path.read_bytes())
        for _ in range(FLIPS):
            at, bit = drawn.randrange(len(content)), 1 << drawn.randrange(8)
            content[at] ^= bit
            path.write_bytes(content)
            with pytest.raises(ModelFileError):
                load(folder)
            content[at] ^= bit
        path.write_bytes(content)
    load(folder)


@pytest.mark.parametrize("folder", NAMES, indirect=True)
def test_files_that_are_cut_longer_or_gone_are_seen(folder):
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for changed in (b"", content[: len(content) // 2], content[:-1], content + b"x", None):
            path.unlink()
            if changed is not None:
                path.write_bytes(changed)
            if path.name == "igtkit.json" and path.parent == folder and changed is None:
                with pytest.raises(ModelFileError):
                    load_glosser(folder)
            else:
                with pytest.raises(ModelFileError):
                    load_glosser(
                        folder,
                        **({"chat": Silent()} if "In" in content[:40].decode("latin-1") else {}),
                    )
            path.write_bytes(content)


CRF_TABLES = {
    "an index beyond the items": lambda t: t["sentences"][0][1].__setitem__(0, 10**6),
    "an index below them": lambda t: t["sentences"][0][1].__setitem__(0, -2),
    "an index that is none": lambda t: t["sentences"][0][1].__setitem__(0, 0.5),
    "fewer numbers than words": lambda t: t["sentences"][0][1].append(-1),
    "more items than there are": lambda t: t.update(extra=10**6),
    "an item twice": lambda t: t["items"].append(t["items"][0]),
    "chunks that do not pair up": lambda t: t["items"][0][2].append("x"),
    "an empty analysis": lambda t: t["items"][0].__setitem__(1, []),
    "a word that is a number": lambda t: t["items"][0].__setitem__(0, 7),
    "no items": lambda t: t.update(items=[]),
    "a habit of another side": lambda t: t["habits"]["letters"].append(["'", 5]),
    "a key too many": lambda t: t.update(more=1),
    "a key missing": lambda t: t.__delitem__("backoff"),
    "another way to back off": lambda t: t.update(backoff={"kind": "os.system", "right": 1}),
    "a sentence that was added": lambda t: t["added"].append([["a"], [], [], [], None]),
    "a word of unglossed texts without a stem": lambda t: t["unglossed"]["words"].update(a=1),
    "a verdict of no probability": lambda t: t["verdicts"].append([1.5, True]),
    "a verdict without an answer": lambda t: t["verdicts"].append([0.5]),
    "a word that was met never": lambda t: t["unglossed"].update(words={"a": 0}, stems={"a": {}}),
    "a share below zero": lambda t: t["unglossed"]["glosses"].update(a={"b": -0.5}),
    "a list for a table": lambda _: [],
}


@pytest.mark.parametrize("folder", ["crf"], indirect=True)
@pytest.mark.parametrize("what", CRF_TABLES)
def test_tables_of_the_crf_that_make_no_sense(folder, what):
    change_json(folder, "tables.json", CRF_TABLES[what])
    require_refused(folder)


@pytest.mark.parametrize("folder", ["crf"], indirect=True)
@pytest.mark.parametrize("key", ["folds", "candidates", "gap", "ranker", "options"])
@pytest.mark.parametrize("value", [-1, "3", None, 1e400, 10**30, [], True])
def test_settings_of_the_crf_that_make_no_sense(folder, key, value):
    model = load_json(folder / "igtkit.json")["settings"]["model"]
    text = json.dumps(model | {key: value}).replace("Infinity", "1e999")
    if "1e999" in text:
        pytest.skip("JSON has no such number")
    change_manifest(folder, model=json.loads(text))
    require_refused(folder)


@pytest.mark.parametrize("folder", ["crf"], indirect=True)
@pytest.mark.parametrize("bits", [0, -1, 27, 10**9])
def test_a_table_of_weights_of_another_size(folder, bits):
    model = load_json(folder / "igtkit.json")["settings"]["model"]
    change_manifest(folder, model={**model, "ranker": {**model["ranker"], "bits": bits}})
    require_refused(folder)


def archive(arrays, headers=None):
    """An npz file; of arrays with a header, only the first bytes are there."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=True)
            raw = content.getvalue()
            if headers and name in headers:
                begin = raw.index(b"{")
                text = headers[name].ljust(len(raw[begin : raw.index(b"\n")])).encode()
                raw = raw[:begin] + text + b"\n" + raw[raw.index(b"\n") + 1 :]
            made.writestr(f"{name}.npy", raw)
    return stream.getvalue()


@pytest.mark.parametrize("folder", ["crf"], indirect=True)
@pytest.mark.parametrize(
    "spoil",
    [
        "nan", "inf", "short", "type", "names", "no zip", "lying shape", "object", "bomb", "fortran",
    ],
)  # fmt: skip
def test_weights_of_the_crf_that_make_no_sense(folder, spoil):
    with np.load(stored(folder, "weights.npz")) as loaded:
        arrays = {name: loaded[name].copy() for name in loaded}
    headers = {}
    if spoil == "nan":
        arrays["real"][0] = np.nan
    elif spoil == "inf":
        arrays["ranker"][-1] = np.inf
    elif spoil == "short":
        arrays["unknown"] = arrays["unknown"][:-1]
    elif spoil == "type":
        arrays["ranker"] = arrays["ranker"].astype(np.float64)
    elif spoil == "names":
        arrays["more"] = arrays.pop("real")
    elif spoil == "lying shape":
        headers["real"] = "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }"
    elif spoil == "object":
        arrays["real"] = np.array([{}], dtype=object)
    elif spoil == "bomb":
        arrays["real"] = np.zeros(10**8, np.int8)
    elif spoil == "fortran":
        arrays["real"] = np.asfortranarray(np.ones((3, 3), np.float32))
    content = b"no zip" if spoil == "no zip" else archive(arrays, headers)
    put(folder, "weights.npz", content)
    require_refused(folder)


@pytest.mark.parametrize("folder", ["hard attention"], indirect=True)
@pytest.mark.parametrize(
    "shape",
    [
        {"layers": 10**9}, {"layers": 0}, {"layers": 1.0}, {"layers": 3}, {"hidden_size": 10**9},
        {"hidden_size": 16}, {"hidden_size": "8"}, {"dropout": 1}, {"dropout": "no"},
        {"max_morphemes": 10**9}, {"max_morphemes": 11}, {"more": 1},
    ],
)  # fmt: skip
def test_shapes_of_the_network_that_make_no_sense(folder, shape):
    settings = load_json(folder / "igtkit.json")["settings"]
    change_manifest(folder, shape=settings["shape"] | shape)
    require_refused(folder)


@pytest.mark.parametrize("folder", ["hard attention"], indirect=True)
@pytest.mark.parametrize("spoil", ["nan", "inf", "short", "type", "names", "more", "empty", "deep",
                                   "long header", "lying offsets", "lying shape", "overlap"])  # fmt: skip
def test_weights_of_the_network_that_make_no_sense(folder, spoil):
    torch = pytest.importorskip("torch")
    from safetensors.torch import load, save

    content = stored(folder, "model.safetensors").read_bytes()
    weights = load(content)
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    name = next(name for name in header if name != "__metadata__")
    if spoil in ("nan", "inf"):
        weights[name].view(-1)[0] = float(spoil)
    elif spoil == "short":
        weights[name] = weights[name][:-1].clone()
    elif spoil == "type":
        weights[name] = weights[name].to(torch.float16)
    elif spoil == "names":
        weights["other"] = weights.pop(name)
    elif spoil == "more":
        weights["other"] = torch.zeros(1)
    content = save(weights) if spoil in ("nan", "inf", "short", "type", "names", "more") else {
        "empty": b"",
        "deep": (200_000).to_bytes(8, "little") + b"[" * 200_000,
        "long header": (2**60).to_bytes(8, "little") + content[8:],
        "lying offsets": with_header(content, size, header, name, data_offsets=[0, 2**50]),
        "lying shape": with_header(content, size, header, name, shape=[2**40, 2**40]),
        "overlap": with_header(content, size, header, name, data_offsets=[0, 4], shape=[1]),
    }[spoil]  # fmt: skip
    put(folder, "model.safetensors", content)
    require_refused(folder)


def with_header(content, size, header, name, **changes):
    raw = json.dumps({**header, name: {**header[name], **changes}}).encode()
    return len(raw).to_bytes(8, "little") + raw + content[8 + size :]


@pytest.mark.parametrize("folder", ["hard attention"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.update(labels=[]),
        lambda t: t["labels"].append("more"),
        lambda t: t["characters"].append(3),
        lambda t: t.update(apart="."),
        lambda t: t.__delitem__("apart"),
    ],
)
def test_a_vocabulary_that_makes_no_sense(folder, change):
    change_json(folder, "vocabulary.json", change)
    require_refused(folder)


@pytest.mark.parametrize("folder", ["in context"], indirect=True)
@pytest.mark.parametrize("changes", [{"examples": -1}, {"examples": 10**12}, {"examples": "3"},
                                     {"chat": None}, {"chat": 3}])  # fmt: skip
def test_settings_of_in_context_learning_that_make_no_sense(folder, changes):
    change_manifest(folder, **changes)
    if "chat" in changes:
        with pytest.raises(ModelFileError):
            InContextGlosser.from_pretrained(folder, base_url="http://localhost:1/v1")
    else:
        require_refused(folder)


@pytest.mark.parametrize("folder", ["in context"], indirect=True)
@pytest.mark.parametrize("content", [b"\xff", b"{", b"3\n", b'{"glosses": 3}\n', b"[" * 10**5])
def test_examples_that_cannot_be_read(folder, content):
    put(folder, "examples.jsonl", content)
    require_refused(folder)


@pytest.mark.parametrize("folder", ["lookup"], indirect=True)
@pytest.mark.parametrize(
    "content",
    [b"[" * 10**6, b'{"a":' * 10**6, b"1" * 10**6, b'"\xff"', b"NaN", b"[1e999]", b"null"],
)
def test_json_that_is_none_or_nests_without_end(folder, content):
    put(folder, "tables.json", content)
    require_refused(folder)
    (folder / "igtkit.json").write_bytes(content)
    with pytest.raises(ModelFileError):
        load_glosser(folder)


@pytest.mark.parametrize("folder", ["crf"], indirect=True)
def test_a_table_of_zeros_that_is_much_larger_than_any_that_was_learned(folder):
    settings = load_json(folder / "igtkit.json")["settings"]
    settings["model"]["ranker"]["bits"] = 26
    with np.load(stored(folder, "weights.npz")) as weights:
        arrays = {**weights, "ranker": np.zeros(1 << 26, np.float16)}
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    put(folder, "weights.npz", packed.getvalue(), settings=settings)
    require_refused(folder)
