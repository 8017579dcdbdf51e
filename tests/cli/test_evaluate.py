"""``igtkit evaluate``: how good a glosser would be, and how good a saved one is."""

from __future__ import annotations

import json

from cli.story import OPEN_SENTENCES, SENTENCES

from igtkit import write
from igtkit.models import LookupGlosser


def test_a_file_is_judged_in_blocks(run, tmp_path):
    write(SENTENCES[:20], tmp_path / "story.jsonl")
    status, out, _ = run("evaluate", tmp_path / "story.jsonl", "--folds", 2, "--curve")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "20 sentences in 2 blocks"
    assert lines[1].startswith("  morpheme error rate   0.")
    assert "words right, by the probability that the glosser gave them:" in lines
    assert "igtkit" in lines[-1]  # the signature


def test_texts_are_held_out_whole_where_there_are_several(run, tmp_path):
    texts = [igt.replace(source=f"text {at // 4}") for at, igt in enumerate(SENTENCES[:12])]
    write(texts, tmp_path / "texts.jsonl")
    _, out, _ = run("evaluate", tmp_path / "texts.jsonl", "--folds", 3)
    assert out.startswith("12 sentences in 3 blocks of whole texts\n")


def test_nothing_glossed_is_said(run, tmp_path):
    write(OPEN_SENTENCES, tmp_path / "open.jsonl")
    status, _, err = run("evaluate", tmp_path / "open.jsonl")
    assert (status, err) == (3, "igtkit: nothing is glossed yet in these files\n")


def test_a_curve_is_about_glossers_that_are_trained_here(run, story, model):
    status, _, err = run("evaluate", story, "--model", model, "--curve")
    assert status == 2
    assert "leave out --model" in err


def test_a_saved_glosser_is_judged(run, model, tmp_path):
    write(SENTENCES[20:40], tmp_path / "test.jsonl")
    write(SENTENCES[:30], tmp_path / "train.jsonl")
    status, out, _ = run(
        "evaluate", tmp_path / "test.jsonl", "--model", model, "--json", "--preset", "published",
        "--rules", "polygloss", "--seen", tmp_path / "train.jsonl",
    )  # fmt: skip
    said = json.loads(out)
    assert status == 0
    assert said["n"]["glossing"] == 20
    assert (said["seen"]["n"]["glossing"], said["unseen"]["n"]["glossing"]) == (10, 10)
    assert said["seen"]["glossing"]["morpheme"]["error_rate"] < 0.1
    assert "published" in said["signature"]


def test_sentences_that_a_saved_glosser_has_learned_are_scored_apart(run, model, tmp_path):
    test = tmp_path / "test.jsonl"
    write([*SENTENCES[20:30], *SENTENCES[50:60]], test)  # it has learned from the first ten
    _, out, err = run("evaluate", test, "--model", model)
    lines = out.splitlines()
    assert lines[0] == "20 sentences, 10 of them seen in training"
    assert "on the 10 sentences not seen in training:" in lines
    assert "seen:10|" in lines[-1]
    assert err == ""
    words = sum(len(igt.words) for igt in SENTENCES[50:60])
    judged = [line.split() for line in lines if "% of " in line]
    assert 0 < sum(int(line[-1]) for line in judged) <= words  # of new sentences alone
    write(SENTENCES[50:60], test)
    assert run("evaluate", test, "--model", model)[1].startswith("10 sentences\n")
    write(SENTENCES[20:30], test)
    _, out, _ = run("evaluate", test, "--model", model)
    assert out.startswith("10 sentences, all seen in training: the figures say nothing of new ones")
    assert "words right" not in out


def test_of_a_glosser_that_keeps_no_texts_they_must_be_named(run, tmp_path):
    folder, test, train = (tmp_path / name for name in ("looked-up", "test.jsonl", "train.jsonl"))
    LookupGlosser().fit(SENTENCES[:30]).save_pretrained(folder)
    write(SENTENCES[20:40], test)
    write(SENTENCES[:30], train)
    *_, err = run("evaluate", test, "--model", folder)
    assert "name its training texts with --seen" in err
    _, out, err = run("evaluate", test, "--model", folder, "--seen", train)
    assert (out.splitlines()[0], err) == ("20 sentences, 10 of them seen in training", "")
    status, _, err = run("evaluate", test, "--seen", train)
    assert (status, "give it with --model" in err) == (2, True)


def test_too_little_to_judge_by(run, tmp_path):
    write(SENTENCES[:3], tmp_path / "few.jsonl")
    status, _, err = run("evaluate", tmp_path / "few.jsonl")
    assert status == 3
    assert "3 sentences glossed throughout: too few" in err
