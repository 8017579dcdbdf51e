"""``igtkit audit``: what a corpus holds."""

from __future__ import annotations

import json
import re

from igtkit import IGT, write


def test_audit(run, corpus, tmp_path):
    status, out, _ = run("audit", corpus)
    assert status == 0
    assert re.search(r"\| entries +\| 2 +\|", out)
    assert corpus.name in out
    _, out, _ = run("audit", corpus, "--json")
    assert json.loads(out)["total"]["misaligned"] == 1


def test_audit_lists_what_disagrees(run, tmp_path):
    path = tmp_path / "a.jsonl"
    texts = [IGT("evde", "ev-de", "house-LOC", id="x1"), IGT("evde", "ev-de", "home-LOC", id="x2")]
    write(texts, path)
    _, out, _ = run("audit", path, "--findings", 3)
    assert out.splitlines() == [
        "rival-glosses (1)",
        "  'ev' is glossed house (1), home (1) [x2, x1]",
        "unequal-analyses (1)",
        "  'evde' is analyzed in 2 ways [x2, x1]",
    ]


def test_audit_counts_what_stands_in_train_too(run, tmp_path):
    write([IGT("Gel!", "gel", "come"), IGT("Git!")], tmp_path / "train.jsonl")
    write([IGT("gel", "gel", "come"), IGT("dur")], tmp_path / "test.jsonl")
    arguments = ("audit", tmp_path / "train.jsonl", "--overlap", tmp_path / "test.jsonl")
    status, out, _ = run(*arguments)
    assert status == 0
    assert "| same transcription | 1 | 0.500 |" in out
    assert json.loads(run(*arguments, "--json")[1])["transcription"] == 1


def test_what_is_to_do_is_counted_by_text(run, story, tmp_path):
    status, out, _ = run("audit", story, "--to-do")
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == (
        "| sentences | glossed | begun | suggested | open | words glossed | words to do |"
    )
    assert len(lines) == 3
    assert lines[2].startswith("| igtkit sample | 50 | 0 | 0 | 10 | ")
    other = tmp_path / "other.jsonl"
    write([IGT("evde kedi", None, "house-LOC ???")], other)
    _, out, _ = run("audit", story, other, "--to-do", "--json")
    said = json.loads(out)
    assert list(said) == ["igtkit sample", "other.jsonl", "all"]
    assert said["other.jsonl"]["words"]["open"] == 1
    assert said["all"]["sentences"]["begun"] == 1
