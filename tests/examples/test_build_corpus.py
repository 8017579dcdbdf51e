"""The script that builds a corpus: each source's layout, what is written, and what is said."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import igtkit

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "build_corpus.py"


def load_script():
    spec = importlib.util.spec_from_file_location("build_corpus", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT_MODULE = load_script()


def build(*arguments, status=0):
    result = subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    return result


def read_all(name, path):
    unreadable = []
    return list(SCRIPT_MODULE.read_source(name, path, unreadable)), unreadable


@pytest.fixture
def sources(tmp_path):
    """The sample corpus as a shared-task folder, and two odd files of an ODIN-like folder."""
    for split, part in igtkit.load_sample().splits.items():
        folder = tmp_path / "task" / "tur"
        folder.mkdir(parents=True, exist_ok=True)
        igtkit.write(part, folder / f"tur-{split}-track2-uncovered", "sigmorphon")
    odin = tmp_path / "odin"
    odin.mkdir()
    (odin / "tur.txt").write_text(
        "\\t (3)     Kedi   uyudu.\n\\m (3)     Kedi   uyu-du.\n\\g cat    sleep-PST\n\\l The cat slept.\n\n"
        "\\t 17\n\\m 17\n\\g seventeen\n\\l 17\n\n"
        "\\t Kedi uyur\n\\m Kedi uyur\n\\g cat sleep-AOR\n\\l The cat sleeps.\n",
        encoding="utf-8",
    )
    (odin / "tur-aze.txt").write_text("\\t Su ver\n\\g water give\n", encoding="utf-8")
    (odin / "tr.txt").write_text("\\t Na wa\n\\g 1SG see\n", encoding="utf-8")
    return tmp_path


def test_a_corpus_with_its_card_and_its_account(sources):
    out = sources / "out"
    said = build(
        *("--source", f"sigmorphon={sources / 'task'}", "--source", f"odin={sources / 'odin'}"),
        *("--out", out, "--quiet"),
    )
    report = json.loads((out / "report.json").read_text("utf-8"))
    parts = {name: igtkit.read(out / f"{name}.jsonl") for name in ("train", "dev", "test")}
    counts = {name: len(part) for name, part in parts.items()}
    total = report["audit"]["total"]["entries"]
    assert sum(counts.values()) == total
    assert counts == {name: part["entries"] for name, part in report["audit"]["by_split"].items()}
    assert f"{total:,} entries in 1 languages" in said.stdout
    dropped = [json.loads(line) for line in (out / "dropped.jsonl").read_text("utf-8").splitlines()]
    assert report["steps"][0]["seen"] == total + len(dropped) == 425
    assert Counter(row["step"] for row in dropped) == {
        step["step"]: step["seen"] - step["kept"]
        for step in report["steps"]
        if step["seen"] > step["kept"]
    }
    assert [row["id"] for row in dropped if row["reason"] == "no-letters"] == ["tur-2"]
    assert all(igt.source in ("sigmorphon", "odin") for part in parts.values() for igt in part)
    card = (out / "README.md").read_text("utf-8")
    assert "path: train.jsonl" in card
    assert "| entries |" in card
    assert "| quality | no-letters | 1 | 0 |" in card
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["README.md", "report.json", "dropped.jsonl", "unreadable.jsonl"]
        + [f"{name}.jsonl" for name in parts]
    )


def test_two_processes_write_the_same(sources):
    names = ("train.jsonl", "dev.jsonl", "test.jsonl", "dropped.jsonl", "report.json", "README.md")
    written = []
    for number in (1, 2):
        out = sources / f"out{number}"
        build(
            *("--source", f"sigmorphon={sources / 'task'}", "--source", f"odin={sources / 'odin'}"),
            *("--out", out, "--quiet", "--jobs", number, "--dev-share", "0.3"),
        )
        written.append([(out / name).read_bytes() for name in names])
    assert written[0] == written[1]


def test_a_source_of_which_nothing_was_read_is_an_error(tmp_path):
    (tmp_path / "README.md").write_text("Not here.")
    (tmp_path / "a.json").write_text("[]")
    said = build("--source", f"mine={tmp_path}", "--out", tmp_path / "out", status=1)
    assert "nothing was read of --source mine=" in said.stderr
    assert "a.json" in said.stderr
    assert not list((tmp_path / "out").iterdir())


def test_what_was_read_and_passed_over_is_told(sources):
    task = sources / "task" / "tur"
    (task / "tur-test-track2-covered").write_text("\\t ev\n\\m ev\n\\g \n")
    (task / "README.md").write_text("Texts.")
    out = sources / "out"
    build("--source", f"sigmorphon={sources / 'task'}", "--out", out, "--quiet")
    report = json.loads((out / "report.json").read_text("utf-8"))
    [account] = report["sources"]
    assert (account["source"], account["files"], account["entries"]) == ("sigmorphon", 3, 420)
    assert {(Path(each["path"]).name, each["rule"]) for each in account["passed over"]} == {
        ("tur-test-track2-covered", "covered"),
        ("README.md", "no corpus by its name"),
    }
    assert {each["rule"] for each in account["passed over"]} <= report["rules"].keys()
    assert "| sigmorphon | 3 | 420 | 0 | 2 |" in (out / "README.md").read_text("utf-8")


def test_what_cannot_be_read_is_kept_aside(tmp_path):
    (tmp_path / "good.txt").write_text("\\t ev\n\\g house\n\n\\zz\n", encoding="utf-8")
    (tmp_path / "odd.bin").write_bytes(b"\x00\xff\x00")
    items, unreadable = read_all("mine", tmp_path)
    assert [igt.id for igt in items] == ["mine-1"]
    assert [Path(row["path"]).name for row in unreadable] == ["good.txt", "odd.bin"]
    assert all(row["source"] == "mine" and row["message"] for row in unreadable)


@pytest.mark.parametrize(
    ("source", "message"), [("odin", "NAME=PATH"), ("odin=/no/where", "there is no /no/where")]
)
def test_a_wrong_source_is_an_error_in_a_line(tmp_path, source, message):
    said = build("--source", source, "--out", tmp_path / "out", status=1)
    assert message in said.stderr
    assert not (tmp_path / "out").exists()


def test_a_failed_run_leaves_what_was_there(sources):
    out = sources / "out"
    out.mkdir()
    (out / "train.jsonl").write_text("kept\n")
    build("--source", f"odin={sources / 'odin'}", "--out", out, "--jobs", 0, status=1)
    assert [path.name for path in out.iterdir()] == ["train.jsonl"]
    assert (out / "train.jsonl").read_text() == "kept\n"


def test_help_teaches():
    text = build("--help").stdout
    assert "python build_corpus.py --source sigmorphon=" in text
    assert all(name in text for name in SCRIPT_MODULE.ADAPTERS)
