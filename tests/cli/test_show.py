"""``igtkit show``: texts word by word."""

from __future__ import annotations

from igtkit import IGT, write


def test_show(run, corpus):
    _, out, _ = run("show", corpus, "--limit", 1, "--width", 60)
    assert out == (
        "Evde      kedi var.\nev-de     kedi var   .\nhouse-LOC cat  exist .\n"
        "‘The cat is at home.’\n\n"
    )


def test_show_by_id(run, tmp_path):
    path = tmp_path / "a.jsonl"
    write([IGT("a", id="1"), IGT("b", id="2", source="book", language="Tsez")], path)
    assert run("show", path, "--id", "2")[1] == "# book · 2 · Tsez\nb\n\n"
