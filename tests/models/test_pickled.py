"""Weights that torch saved, read without running what is in them."""

from __future__ import annotations

import os
import pickle
import shutil
import zipfile

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")

from models.tiny_training import small_model, weights  # noqa: E402

from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser, load_model, to_safetensors  # noqa: E402


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A checkpoint as those before safetensors were."""
    folder = tmp_path_factory.mktemp("pickled")
    model = small_model()
    model.save_pretrained(folder)
    (folder / "model.safetensors").unlink()
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return folder


@pytest.fixture
def folder(saved, tmp_path):
    return shutil.copytree(saved, tmp_path / "source")


def test_the_copy_computes_the_same(folder, tmp_path):
    to_safetensors(folder, tmp_path / "copy")
    assert torch.equal(weights(load_model(tmp_path / "copy")), weights(small_model()))
    assert not list((tmp_path / "copy").glob("*.bin"))
    with pytest.raises(InputError, match="is not empty"):
        to_safetensors(folder, tmp_path / "copy")


def test_weights_in_several_files(folder, tmp_path):
    state = small_model().state_dict()
    names = list(state)
    for file, part in (("a.bin", names[:5]), ("b.bin", names[5:])):
        torch.save({name: state[name] for name in part}, folder / file)
    (folder / "pytorch_model.bin").unlink()
    index = folder / "pytorch_model.bin.index.json"
    index.write_text('{"weight_map": {"x": "a.bin", "y": "b.bin"}}', encoding="utf-8")
    to_safetensors(folder, tmp_path / "copy")
    assert torch.equal(weights(load_model(tmp_path / "copy")), weights(small_model()))
    index.write_text('{"weight_map": {"x": "../a.bin"}}', encoding="utf-8")
    with pytest.raises(ModelFileError, match="expected the name of a file"):
        to_safetensors(folder, tmp_path / "other")


class Runs:
    """Whatever unpickles this would make a folder."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def put(folder, content):
    torch.save(content, folder / "pytorch_model.bin")


def plain_pickle(folder, mark):
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Runs(mark)))


def compressed(folder, _):
    path = folder / "pytorch_model.bin"
    with zipfile.ZipFile(path) as archive:
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder, mark: put(folder, {"x": Runs(mark)}), "holds more than tensors"),
        (plain_pickle, "is no archive"),
        (compressed, "is compressed"),
        (lambda folder, _: put(folder, [torch.ones(2)]), "no table of tensors"),
        (lambda folder, _: put(folder, {"x": 3}), "no plain tensor"),
        (lambda folder, _: put(folder, {3: torch.ones(2)}), "no plain tensor"),
        (lambda folder, _: put(folder, {"x": torch.ones(1).expand(10**12)}), "no plain tensor"),
        (
            lambda folder, _: put(folder, dict.fromkeys(map(str, range(99)), torch.ones(10**5))),
            "says that it holds",
        ),
        (lambda folder, _: (folder / "pytorch_model.bin").unlink(), "holds no weights"),
        (
            lambda folder, _: (folder / "pytorch_model.bin").write_bytes(
                (folder / "pytorch_model.bin").read_bytes()[:-2000]
            ),
            "is damaged",
        ),
    ],
    ids=["code", "pickle", "zip", "list", "number", "names", "stretched", "copies", "none", "cut"],
)
def test_anything_but_tensors_is_refused_and_nothing_is_run(spoil, message, folder, tmp_path):
    mark = tmp_path / "was-run"
    spoil(folder, mark)
    with pytest.raises(ModelFileError, match=message):
        to_safetensors(folder, tmp_path / "copy")
    assert not mark.exists()
    assert not (tmp_path / "copy").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_glosser_is_loaded_from_the_copy_only(folder, tmp_path):
    with pytest.raises(ModelFileError, match="to_safetensors copies those of torch"):
        Seq2SeqGlosser.from_pretrained(folder, format="interleaved")
