"""``igtkit show``: texts word by word."""

from __future__ import annotations

from igtkit import IGT, Language, write


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


def test_color_is_for_terminals_and_who_asks(run, tmp_path, monkeypatch):
    mark = {"system": "crf", "probabilities": [0.2], "confirmed": False}
    write([IGT("a", "a", "A", id="1", metadata={"prediction": mark})], tmp_path / "a.jsonl")
    plain = run("show", tmp_path / "a.jsonl")[1]
    assert plain == "# 1\na\na\nA\n20%?\n(Suggested by crf, not confirmed)\n\n"
    always = run("show", tmp_path / "a.jsonl", "--color", "always")[1]
    assert "\x1b[1;33mA\x1b[0m" in always
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run("show", tmp_path / "a.jsonl")[1] == always
    assert run("show", tmp_path / "a.jsonl", "--color", "never")[1] == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert run("show", tmp_path / "a.jsonl")[1] == plain


def test_texts_of_one_language_are_taken_by_name_or_code(run, tmp_path):
    path = tmp_path / "a.jsonl"
    tsez = Language("dido1241", "Tsez", "ddo")
    write(
        [
            IGT("a", "a", "A", language=tsez),
            IGT("b", "b", "B"),
            IGT("c", "c", "C", language="Lezgi"),
        ],
        path,
    )
    for name in ("tsez", "ddo", "dido1241"):
        assert run("show", path, "--language", name)[1] == "# Tsez\na\na\nA\n\n"
    assert run("find", "/B", path, "--language", "Lezgi")[2] == "0 hits in 1 entry\n"
    assert "| entries" in run("audit", path, "--language", "ddo")[1]
    status, out, err = run("audit", path, "--language", "Turkish")
    assert (status, out) == (2, "")
    assert "no text is in Turkish; there are: " in err
    assert "Tsez (1)" in err
