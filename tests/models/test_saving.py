"""Saved glossers: whole or not at all, whoever fails, is killed, or saves at the same time."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time

import pytest
from forgery import change_manifest, stored

from igtkit import IGT
from igtkit.errors import ModelFileError
from igtkit.models import FallbackGlosser, LookupGlosser, load_glosser
from igtkit.models._manifest import MANIFEST
from igtkit.models.saving import load_folder, save_folder

CATS = [IGT("cats run", "cat-s run", "cat-PL run")]
DOGS = [IGT("cats run", "cat-s run", "dog-PL walk")]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, limits and permissions of POSIX")


def glosser(train):
    lookup = LookupGlosser().fit(train)
    return FallbackGlosser([lookup, FallbackGlosser([lookup], 0.2)], 1.0)


def glosses(folder):
    return load_glosser(folder).predict([IGT("cats run")])[0].glosses


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def python(code, *arguments, **options):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], **options)


SAVER = """
import sys
from igtkit import IGT
from igtkit.models import FallbackGlosser, LookupGlosser
def glosser(gloss):
    lookup = LookupGlosser().fit([IGT("cats run", "cat-s run", gloss)])
    return FallbackGlosser([lookup, FallbackGlosser([lookup], 0.2)], 1.0)
both = [glosser("cat-PL run"), glosser("dog-PL walk")]
print(flush=True)
"""


def test_a_folder_is_replaced_and_nothing_old_is_left(tmp_path):
    glosser(CATS).save_pretrained(tmp_path)
    fresh = names(tmp_path)
    glosser(DOGS).save_pretrained(tmp_path)
    assert glosses(tmp_path) == "dog-PL walk"
    glosser(CATS).save_pretrained(tmp_path)
    assert names(tmp_path) == fresh


def test_the_same_glosser_is_saved_as_the_same_files(tmp_path):
    for name in ("one", "other"):
        glosser(CATS).save_pretrained(tmp_path / name)
    one, other = (
        {name: (tmp_path / folder / name).read_bytes() for name in names(tmp_path / folder)
         if (tmp_path / folder / name).is_file()}
        for folder in ("one", "other")
    )  # fmt: skip
    assert one == other


@POSIX
def test_files_and_folders_follow_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        glosser(CATS).save_pretrained(tmp_path / "model")
    finally:
        os.umask(before)
    for path in (tmp_path / "model").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o750 if path.is_dir() else 0o640)


def test_files_that_are_not_of_the_glosser_do_not_matter(tmp_path):
    glosser(CATS).save_pretrained(tmp_path)
    strays = {
        "notes.txt": b"x",
        "config.json": b"{",
        "a.json": b'{"kind": "CrfGlosser"}',
        "model.safetensors": b"x",
        "tables-0123456789abcdef.json": b"mine",
        ".gitignore": b"*",
    }
    for name, content in strays.items():
        (tmp_path / name).write_bytes(content)
    assert glosses(tmp_path) == "cat-PL run"
    glosser(DOGS).save_pretrained(tmp_path)
    assert glosses(tmp_path) == "dog-PL walk"
    assert {name: (tmp_path / name).read_bytes() for name in strays} == strays


@POSIX
@pytest.mark.parametrize("limit", [100, 500, 900, 2000])
def test_a_full_disk_leaves_the_old_glosser(tmp_path, limit):
    glosser(CATS).save_pretrained(tmp_path)
    before = names(tmp_path)
    code = SAVER + (
        "import resource\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "try: both[1].save_pretrained(sys.argv[1])\n"
        "except OSError: sys.exit(7)\n"
    )
    saver = python(code, tmp_path, stdout=subprocess.PIPE)
    saver.communicate()
    if saver.returncode == 7:
        assert names(tmp_path) == before
        assert glosses(tmp_path) == "cat-PL run"
    else:
        assert limit == 2000
        assert glosses(tmp_path) == "dog-PL walk"


def test_a_part_that_cannot_be_saved_leaves_the_old_glosser(tmp_path):
    class Stopped(LookupGlosser):
        def save_pretrained(self, directory):
            super().save_pretrained(directory)
            raise KeyboardInterrupt

    glosser(CATS).save_pretrained(tmp_path)
    before = names(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        FallbackGlosser([LookupGlosser().fit(DOGS), Stopped().fit(DOGS)]).save_pretrained(tmp_path)
    assert names(tmp_path) == before
    assert glosses(tmp_path) == "cat-PL run"


@POSIX
def test_two_processes_may_save_at_once(tmp_path):
    code = SAVER + "for _ in range(15): both[int(sys.argv[2])].save_pretrained(sys.argv[1])"
    savers = [python(code, tmp_path, which, stdout=subprocess.DEVNULL) for which in (0, 1)]
    while any(saver.poll() is None for saver in savers):
        if (tmp_path / MANIFEST).exists():  # a reader never sees half of one
            assert glosses(tmp_path) in ("cat-PL run", "dog-PL walk")
    assert [saver.returncode for saver in savers] == [0, 0]
    assert glosses(tmp_path) in ("cat-PL run", "dog-PL walk")
    last = names(tmp_path)
    glosser(CATS).save_pretrained(tmp_path)
    assert len(names(tmp_path)) == len(last)


@POSIX
def test_who_is_killed_leaves_a_whole_glosser_and_the_next_saver_clears_up(tmp_path):
    glosser(CATS).save_pretrained(tmp_path)
    fresh = names(tmp_path)
    code = SAVER + (
        "while True:\n    for each in reversed(both): each.save_pretrained(sys.argv[1])\n"
    )
    for delay in range(6):
        saver = python(code, tmp_path, stdout=subprocess.PIPE)
        saver.stdout.readline()
        time.sleep(0.05 + delay / 37)
        saver.send_signal(signal.SIGKILL)
        saver.wait()
        saver.stdout.close()
        assert glosses(tmp_path) in ("cat-PL run", "dog-PL walk")
    glosser(CATS).save_pretrained(tmp_path)
    assert names(tmp_path) == fresh


@pytest.mark.parametrize(
    "name", ["../a", "/etc/passwd", "a/../../b", "..", "", ".", "a\\b", "a\0b"]
)
def test_a_manifest_names_files_in_its_folder_only(tmp_path, name):
    save_folder(tmp_path / "model", "K", {}, {"a.json": b"{}"})
    files = {"a.json": {"file": name, "sha256": "0" * 64, "size": 2}}
    change_manifest(tmp_path / "model", files=files)
    with pytest.raises(ModelFileError, match="no file in this folder"):
        load_folder(tmp_path / "model", "K")


@POSIX
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    save_folder(tmp_path, "K", {}, {"a.json": b"{}"})
    path = stored(tmp_path, "a.json")
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ModelFileError, match="this is no file"):
        load_folder(tmp_path, "K")
    (tmp_path / MANIFEST).unlink()
    os.mkfifo(tmp_path / MANIFEST)
    with pytest.raises(ModelFileError, match="this is no file"):
        load_folder(tmp_path, "K")


def test_any_text_can_be_saved(tmp_path):
    settings = {"text": "\ud800 \x00 ş \u2028", "table": {"ş": [1, None, 0.1]}}
    save_folder(tmp_path, "K", settings)
    assert load_folder(tmp_path, "K").settings == settings
    with pytest.raises(ValueError, match="JSON compliant"):
        save_folder(tmp_path, "K", {"number": float("nan")})
    assert load_folder(tmp_path, "K").settings == settings


def test_who_is_killed_while_a_part_is_taken_away_leaves_nothing_either(tmp_path, monkeypatch):
    import shutil

    glosser(CATS).save_pretrained(tmp_path)
    fresh = names(tmp_path)

    def killed(path):
        next(path.rglob("*.json")).unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            glosser(DOGS).save_pretrained(tmp_path)
    glosser(CATS).save_pretrained(tmp_path)
    assert names(tmp_path) == fresh
