"""Models on the hub, as far as can be tried without one: a stand-in notes what it is asked."""

from __future__ import annotations

import shutil
from fnmatch import fnmatch

import pytest

hub = pytest.importorskip("huggingface_hub", reason="needs huggingface_hub (the extra `models`)")

from igtkit import load_sample  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models import LookupGlosser, load_glosser, push_to_hub  # noqa: E402
from igtkit.models._hub import resolve  # noqa: E402


class StandIn:
    """A hub that is a folder on this computer, of which every revision is the same."""

    def __init__(self, root):
        self.root, self.asked = root, []

    def _files(self, name):
        folder = self.root / name
        return [path for path in folder.rglob("*") if path.is_file()]

    def snapshot_download(self, name, *, revision=None, allow_patterns=None):
        self.asked.append((name, revision))
        if not (self.root / name).is_dir():
            raise OSError(f"404: {name}")
        target = self.root.with_name("cache")
        for path in self._files(name):
            inside = path.relative_to(self.root / name)
            if any(fnmatch(inside.as_posix(), pattern) for pattern in allow_patterns):
                (target / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target / inside)
        return str(target)

    def create_repo(self, name, *, private, exist_ok):
        (self.root / name).mkdir(parents=True, exist_ok=exist_ok)
        self.asked.append((name, private))

    def create_branch(self, name, *, branch, exist_ok):
        assert exist_ok
        self.asked.append((name, branch))

    def upload_folder(self, *, repo_id, folder_path, revision, ignore_patterns, commit_message):
        self.asked.append((repo_id, revision))
        assert commit_message
        for path in folder_path.rglob("*"):
            inside = path.relative_to(folder_path).as_posix()
            if path.is_file() and not any(fnmatch(inside, pattern) for pattern in ignore_patterns):
                (self.root / repo_id / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, self.root / repo_id / inside)
        return f"https://hub/{repo_id}"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    made = StandIn(tmp_path / "hub")
    monkeypatch.setattr(hub, "snapshot_download", made.snapshot_download)
    made_class = type("HfApi", (), {"__new__": lambda _: made})  # others name it as a type
    monkeypatch.setattr(hub, "HfApi", made_class)
    return made


def test_a_folder_is_itself_and_a_name_with_other_signs_is_no_repository(tmp_path):
    assert resolve(tmp_path) == tmp_path
    with pytest.raises(InputError, match="is a folder, which has no revision 'v1'"):
        resolve(tmp_path, "v1")
    for name in ("nowhere", "a/b/c", "no where/at all"):
        with pytest.raises(ModelFileError, match="there is no folder"):
            resolve(name)
    (tmp_path / "file").touch()
    with pytest.raises(ModelFileError, match="is a file, no folder"):
        resolve(tmp_path / "file")


def test_a_glosser_goes_to_the_hub_and_comes_back_of_a_revision(stand_in, tmp_path):
    folder = tmp_path / "model"
    LookupGlosser().fit(load_sample()[:20]).save_pretrained(folder)
    (folder / "README.md").write_text("# A card")
    (folder / "checkpoint-3").mkdir()
    for left in ("checkpoint-3/optimizer.pt", "run.json"):
        (folder / left).write_text("{}")
    assert push_to_hub(folder, "me/lookup", revision="v1") == "https://hub/me/lookup"
    there = {path.relative_to(stand_in.root / "me/lookup").as_posix() for path in
             stand_in._files("me/lookup")}  # fmt: skip
    assert {"README.md", "igtkit.json"} <= there
    assert not any("checkpoint" in name or name == "run.json" for name in there)
    glosser = load_glosser("me/lookup", revision="v1")
    assert glosser.predict(load_sample()[:1]) == load_glosser(folder).predict(load_sample()[:1])
    assert ("me/lookup", "v1") in stand_in.asked


def test_what_cannot_be_put_there_is_said(stand_in, tmp_path, monkeypatch):
    with pytest.raises(ModelFileError, match="holds no glosser that igtkit saved"):
        push_to_hub(tmp_path, "me/x")
    LookupGlosser().fit(load_sample()[:20]).save_pretrained(tmp_path / "model")
    with pytest.raises(InputError, match="named as somebody/something, not 'x'"):
        push_to_hub(tmp_path / "model", "x")

    def refuse(*_, **__):
        raise OSError("401: log in")

    monkeypatch.setattr(stand_in, "create_repo", refuse)
    with pytest.raises(InputError, match="could not be put on the hub as me/x: 401: log in"):
        push_to_hub(tmp_path / "model", "me/x")
    with pytest.raises(ModelFileError, match="no such repository could be fetched: 404: me/x"):
        resolve("me/x", "v1")


def test_a_repository_of_pickled_weights_is_copied_to_safetensors_once(
    stand_in, tmp_path, monkeypatch
):
    torch = pytest.importorskip("torch", reason="needs torch")
    from models.tiny_training import TEXTS, small_model, weights

    monkeypatch.setattr(hub.constants, "HF_HUB_CACHE", str(tmp_path / "huggingface"))
    there = stand_in.root / "me/pickled"
    model = small_model()
    model.save_pretrained(there)
    (there / "model.safetensors").unlink()
    torch.save(model.state_dict(), there / "pytorch_model.bin")
    glosser = load_glosser("me/pickled", format="interleaved")
    assert torch.equal(weights(glosser.backend.model), weights(model))
    assert len(glosser.predict(TEXTS[:1], max_new_tokens=9)) == 1
    copy = resolve("me/pickled")
    assert sorted(path.name for path in copy.iterdir()) == [
        "config.json", "generation_config.json", "model.safetensors",
    ]  # fmt: skip
    before = (copy / "model.safetensors").stat().st_mtime_ns
    assert (resolve("me/pickled") / "model.safetensors").stat().st_mtime_ns == before


def test_without_a_hub_a_name_is_refused_in_a_line(monkeypatch):
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelFileError, match="no such repository could be fetched"):
        resolve("nobody/nothing-at-all")
