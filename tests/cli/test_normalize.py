"""``igtkit normalize``: what it changes, and how often."""

from __future__ import annotations

from igtkit import read


def test_normalize_makes_the_fixes_and_closes_the_spaces_asked_for(run, tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_text('{"transcription": "a b", "segmentation": "a\u200b -b", "glosses": "A -B"}')
    assert '"a\u200b -b"' in run("normalize", path)[1]
    _, out, _ = run("normalize", path, "--fix", "invisible-characters", "--close-spaces")
    assert '"a-b"' in out
    assert '"A-B"' in out


def test_normalize_counts_what_changed(run, corpus, tmp_path):
    status, out, err = run("normalize", corpus)
    assert status == 0
    assert out.startswith("\\t Evde kedi var .\n")
    assert err.endswith("; 1 changed\n")
    run("normalize", corpus, "-o", tmp_path / "clean.jsonl")
    assert read(tmp_path / "clean.jsonl")[0].transcription == "Evde kedi var ."


def test_a_file_is_normalized_in_place_only_on_request(run, corpus):
    before = corpus.read_bytes()
    status, _, err = run("normalize", corpus, "-o", corpus)
    assert (status, corpus.read_bytes()) == (2, before)
    assert "say so with --in-place" in err
    assert run("normalize", corpus, "-o", "x", "--in-place")[0] == 2
    assert run("normalize", corpus, "--in-place")[0] == 0
    assert read(corpus)[0].transcription == "Evde kedi var ."
    assert corpus.with_name("corpus.txt.bak").read_bytes() == before
