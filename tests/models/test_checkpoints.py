"""Folders in the layout of Hugging Face: saved whole, and seen through before anything is built."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tracemalloc

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")

from models.tiny_seq2seq import SMALL, TEXTS, glosser_of, lines  # noqa: E402

from igtkit.errors import ModelFileError  # noqa: E402
from igtkit.models import load_glosser  # noqa: E402
from igtkit.models._checkpoints import staged  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")
POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
FREE = {"constrained": False, "num_beams": 1, "max_new_tokens": 8}


def glosser(seed, **changes):
    return glosser_of(new_model(**{**SMALL, **changes}, seed=seed).eval(), "interleaved")


def answers(folder):
    return lines(Seq2SeqGlosser.from_pretrained(folder).predict(TEXTS[:2], **FREE))


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original")
    glosser(0).save_pretrained(folder)
    return folder


@pytest.fixture
def own(original, tmp_path):
    shutil.copytree(original, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def foreign(own):
    (own / "igtkit.json").unlink()
    return own


def require_refused(folder, match=None, memory=200 * 2**20):
    tracemalloc.start()
    try:
        with pytest.raises(ModelFileError, match=match):
            Seq2SeqGlosser.from_pretrained(folder, format="interleaved")
        assert tracemalloc.get_traced_memory()[1] < memory
    finally:
        tracemalloc.stop()


@POSIX
def test_files_follow_the_umask_and_what_was_private_stays_private(tmp_path):
    before = os.umask(0o027)
    try:
        glosser(0).save_pretrained(tmp_path)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert set(modes.values()) == {0o640}
        (tmp_path / "model.safetensors").chmod(0o600)
        glosser(1).save_pretrained(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "model.safetensors").stat().st_mode) == 0o600


def test_a_model_is_replaced_and_other_files_stay(own, tmp_path):
    (own / "notes.txt").write_text("mine", encoding="utf-8")
    (own / "model.safetensors.index.json").write_text("{}", encoding="utf-8")
    glosser(1).save_pretrained(own)
    glosser(1).save_pretrained(tmp_path / "fresh")
    assert answers(own) == answers(tmp_path / "fresh")
    assert (own / "notes.txt").read_text(encoding="utf-8") == "mine"
    fresh = {path.name for path in (tmp_path / "fresh").iterdir()}
    assert {path.name for path in own.iterdir()} == fresh | {"notes.txt"}


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_was_there_stays_when_saving_fails(own, monkeypatch, error):
    expected, before = answers(own), sorted(path.name for path in own.iterdir())

    def fail(*_):
        raise error("no room")

    other = glosser(1)
    monkeypatch.setattr(other.tokenizer, "save", fail)
    with pytest.raises(error):
        other.save_pretrained(own)
    assert sorted(path.name for path in own.iterdir()) == before
    assert answers(own) == expected


@pytest.mark.parametrize("done", range(5))
def test_a_saving_that_was_broken_off_is_finished_or_forgotten(own, tmp_path, monkeypatch, done):
    """A process may be killed before any of its steps; here it stops before one of its moves."""
    from pathlib import Path

    old = answers(own)
    glosser(1).save_pretrained(tmp_path / "new")
    new = answers(tmp_path / "new")
    moves = 0
    replace = Path.replace

    def broken(self, target):
        nonlocal moves
        moves += ".saved" in self.parts
        if moves > done:
            raise KeyboardInterrupt
        return replace(self, target)

    other = glosser(1)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(KeyboardInterrupt):
            other.save_pretrained(own)
    assert (own / ".saved").is_dir()
    assert type(load_glosser(own)) is Seq2SeqGlosser
    assert answers(own) == new != old
    assert not (own / ".saved").exists()


def test_a_saver_that_was_killed_before_the_end_leaves_nothing(own):
    expected = answers(own)
    code = (
        "import os, sys; from igtkit.models._checkpoints import staged\n"
        "with staged(sys.argv[1], 'Seq2SeqGlosser', {}) as folder:\n"
        "    (folder / 'config.json').write_text('{}'); os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(own)], check=False).returncode == 9
    assert (own / ".saving").is_dir()
    assert answers(own) == expected
    with staged(own, "Seq2SeqGlosser", {}) as folder:
        (folder / "config.json").write_text("{}", encoding="utf-8")
    assert sorted(path.name for path in own.iterdir()) == ["config.json", "igtkit.json"]


SAVER = """
import sys
from igtkit import formats
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import new_model
model = new_model(width=32, inner_width=48, encoder_layers=1, decoder_layers=1, heads=2,
                  seed=int(sys.argv[2]))
glosser = Seq2SeqGlosser(Seq2SeqBackend(model.eval()), formats.get("interleaved"))
print(flush=True)
while True:
    glosser.save_pretrained(sys.argv[1])
"""


@POSIX
@pytest.mark.slow
def test_two_savers_and_a_reader_at_once_and_then_killed(own, tmp_path):
    glosser(1).save_pretrained(tmp_path / "other")
    possible = (answers(own), answers(tmp_path / "other"))
    savers = [
        subprocess.Popen([sys.executable, "-c", SAVER, str(own), seed], stdout=subprocess.PIPE)
        for seed in "01"
    ]
    for saver in savers:
        saver.stdout.readline()
    for _ in range(15):
        assert answers(own) in possible
    for saver in savers:
        saver.kill()
        saver.wait()
        saver.stdout.close()
    assert answers(own) in possible
    glosser(0).save_pretrained(own)
    assert answers(own) == possible[0]
    assert not [path.name for path in own.iterdir() if path.name.startswith(".")]


def test_every_flipped_bit_is_seen(own):
    drawn = random.Random(0)
    for path in sorted(own.iterdir()):
        content = bytearray(path.read_bytes())
        for _ in range(40):
            at, bit = drawn.randrange(len(content)), 1 << drawn.randrange(8)
            content[at] ^= bit
            path.write_bytes(content)
            with pytest.raises(ModelFileError):
                Seq2SeqGlosser.from_pretrained(own)
            content[at] ^= bit
        path.write_bytes(content)
    answers(own)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_weights_that_are_no_numbers(foreign, value, dtype):
    from safetensors.torch import load_file, save_file

    path = foreign / "model.safetensors"
    weights = {name: each.to(dtype) for name, each in load_file(path).items()}
    weights["shared.weight"].view(-1)[5] = value
    save_file(weights, path, metadata={"format": "pt"})
    require_refused(foreign, "no finite number")


@pytest.mark.parametrize("spoil", ["short", "long header", "deep", "offsets", "shape", "gap"])
def test_a_header_that_lies(foreign, spoil):
    path = foreign / "model.safetensors"
    content = path.read_bytes()
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    entry = header["shared.weight"]
    if spoil == "offsets":
        entry["data_offsets"] = [0, 2**50]
    elif spoil == "shape":
        entry["shape"] = [2**40, 2**40]
    elif spoil == "gap":
        entry["data_offsets"], entry["shape"] = [0, 4], [1]
    raw = json.dumps(header).encode()
    path.write_bytes(
        {
            "short": content[:5],
            "long header": (2**62).to_bytes(8, "little") + content[8:],
            "deep": (300_000).to_bytes(8, "little") + b"[" * 300_000,
        }.get(spoil, len(raw).to_bytes(8, "little") + raw + content[8 + size :])
    )
    require_refused(foreign, r"model\.safetensors is damaged")


def test_weights_of_another_model_beside_one_that_was_saved(own):
    shutil.copyfile(own / "model.safetensors", own / "model-00001-of-00001.safetensors")
    with pytest.raises(ModelFileError, match="not of the model that was saved here"):
        Seq2SeqGlosser.from_pretrained(own)


def test_parts_that_are_missing_are_not_looked_for_on_the_hub(own, tmp_path, monkeypatch):
    from igtkit.models import SeparateGlosser

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)
    one = Seq2SeqGlosser.from_pretrained(own)
    SeparateGlosser(one, one).save_pretrained("pair")
    (part,) = {path for path in (tmp_path / "pair").iterdir() if path.name.startswith("glosser-")}
    shutil.rmtree(part)
    with pytest.raises(ModelFileError, match="no complete glosser"):
        SeparateGlosser.from_pretrained("pair")
