"""``igtkit next``: which sentences to gloss next."""

from __future__ import annotations

import json

from cli.story import OPEN_SENTENCES, SENTENCES

from igtkit import read, write


def test_the_least_sure_sentences_come_first(run, story, model):
    status, out, _ = run("next", story, "--model", model, "--words", 1)
    assert (status, out.count("\n")) == (0, 1)
    assert "\\t" not in out
    status, out, _ = run("next", story, "--json", "--words", 10_000)
    entries = [json.loads(line)["entry"] for line in out.splitlines()]
    assert sorted(entries) == list(range(51, 61))


def test_each_sentence_stands_behind_its_place(run, story, model, tmp_path):
    status, out, err = run("next", story, "--model", model, "--words", 10_000)
    assert status == 0
    assert sorted(line.split("  ", 1)[0] for line in out.splitlines()) == [
        f"entry {number}" for number in range(51, 61)
    ]
    assert err.startswith("10 of 10 sentences to gloss, with ")
    path = tmp_path / "named.jsonl"
    write([igt.replace(id="s7") for igt in read(story)], path)
    _, out, err = run("next", path, "--model", model, "--words", 1)
    assert out.startswith("s7  ")
    assert err.startswith("1 of 10 sentences to gloss, with ")


def test_nothing_to_rank(run, tmp_path):
    write(SENTENCES[:30], tmp_path / "done.jsonl")
    assert run("next", tmp_path / "done.jsonl")[0] == 3
    write(OPEN_SENTENCES, tmp_path / "open.jsonl")
    status, _, err = run("next", tmp_path / "open.jsonl")
    assert status == 3
    assert "begin where you like" in err
