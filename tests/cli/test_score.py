"""``igtkit score``: one system or several against gold."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, load_sample, read, write


@pytest.fixture
def systems(tmp_path):
    gold = load_sample().split("test")[:20]
    write(gold, tmp_path / "gold.jsonl")
    worse = gold.map(lambda igt: igt.replace(glosses=igt.glosses.replace("PST", "PRS")))
    write(gold, tmp_path / "same.jsonl")
    write(worse, tmp_path / "worse.jsonl")
    return tmp_path


def test_score_one_system(run, systems):
    status, out, _ = run("score", systems / "same.jsonl", systems / "gold.jsonl")
    assert status == 0
    assert "glossing.morpheme.error_rate" in out
    assert "preset:paper" in out
    metrics = ("--metrics", "segmentation.f1,alignment", "--preset", "published")
    _, out, _ = run("score", systems / "same.jsonl", systems / "gold.jsonl", *metrics)
    assert [line.split() for line in out.splitlines()[1:3]] == [
        ["segmentation.f1", "1.000"],
        ["alignment", "1.000"],
    ]


def test_score_several_systems_with_intervals(run, systems):
    files = [systems / f"{name}.jsonl" for name in ("same", "worse", "gold")]
    _, out, _ = run("score", *files, "--intervals", "--metrics", "glossing.morpheme.error_rate")
    header, row, _ = out.splitlines()
    assert header.split() == ["same", "95", "%", "worse", "95", "%", "p", "(worse)"]
    assert row.split()[1:5] == ["0.000", "0.000", "to", "0.000"]
    assert float(row.split()[-1]) < 0.05
    _, out, _ = run("score", *files, "--json", "--by", "split")
    scores = json.loads(out)
    assert scores["same"]["groups"]["test"]["segmentation"]["f1"] == 1
    assert scores["worse"]["compared_with_first"]["glossing.morpheme.error_rate"]["p_value"] < 0.05


def test_score_seen_and_unseen_texts(run, systems):
    train = systems / "train.jsonl"
    write(load_sample().split("test")[:5], train)
    one = ("score", systems / "worse.jsonl", systems / "gold.jsonl", "--seen", train)
    two = ("score", systems / "same.jsonl", *one[1:], "--test", "randomization")
    chosen = ("--metrics", "n.glossing,segmentation.f1")
    _, out, _ = run(*one, *chosen)
    assert out.splitlines()[0].split() == ["all", "seen", "unseen"]
    assert out.splitlines()[1].split() == ["n.glossing", "20", "5", "15"]
    assert "|seen:5|" in out
    _, out, _ = run(*two, *chosen, "--intervals")
    header = out.splitlines()[0]
    for title in ("same", "same, seen", "worse, unseen", "p (worse)", "p (worse, unseen)"):
        assert f" {title} " in f"{header} "
    assert header.count("95 %") == 6
    assert out.splitlines()[1].split() == ["n.glossing", "20", "20", "5", "5", "15", "15"]
    _, out, err = run(*two[:-2], *chosen)
    assert "p (worse)" in out
    assert "p (worse, unseen)" not in out
    assert "no p-values for the unseen texts: on fewer than 20 texts (here: 15)" in err
    scores = json.loads(run(*two, "--json", "--intervals")[1])
    assert scores["worse"]["unseen"]["n"]["glossing"] == 15
    for part in (scores["worse"], scores["worse"]["seen"], scores["worse"]["unseen"]):
        rate = "glossing.morpheme.error_rate"
        assert part["intervals"][rate]["value"] == part["compared_with_first"][rate]["b"]


def test_a_part_without_texts_is_not_compared(run, systems):
    train = systems / "other.jsonl"
    write([IGT("a")], train)
    files = [systems / f"{name}.jsonl" for name in ("same", "worse", "gold")]
    _, out, _ = run("score", *files, "--seen", train, "--metrics", "segmentation.f1")
    assert "p (worse, unseen)" in out
    assert "p (worse, seen)" not in out


def test_score_says_in_a_line_what_few_texts_cannot_bear(run, systems, caplog):
    for name in ("same", "worse", "gold"):
        write(read(systems / f"{name}.jsonl")[:5], systems / f"{name}.jsonl")
    files = [systems / f"{name}.jsonl" for name in ("same", "worse", "gold")]
    status, out, err = run("score", *files)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "--test randomization" in err
    metrics = ("--metrics", "glossing.word.error_rate")
    status, out, _ = run("score", *files, "--test", "randomization", *metrics)
    assert status == 0
    assert out.splitlines()[0].split() == ["same", "worse", "p", "(worse)"]
    assert float(out.splitlines()[1].split()[-1]) >= 0.06
    caplog.clear()
    assert run("score", files[0], files[2], "--intervals", *metrics)[0] == 0
    assert ["too narrow" in message for message in caplog.messages] == [True]


def test_score_refuses_what_does_not_belong_together(run, systems):
    gold = systems / "gold.jsonl"
    assert "give the predictions and the gold" in run("score", gold)[2]
    write([IGT("a", "a", "a", id="7")], systems / "one.jsonl")
    write([IGT("a", "a", "a", id="8")], systems / "other.jsonl")
    status, _, err = run("score", systems / "one.jsonl", systems / "other.jsonl")
    assert status == 2
    assert "entry 0 has the id '7', the gold there '8'" in err
    assert "no figure 'f1'" in run("score", gold, gold, "--metrics", "f1")[2]


def test_groups_stand_in_the_table_of_several_systems(run, systems):
    files = [systems / f"{name}.jsonl" for name in ("same", "worse", "gold")]
    asked = ("--by", "split", "--metrics", "segmentation.f1,n.glossing")
    _, out, _ = run("score", *files, *asked)
    header, rate, count, _ = out.splitlines()
    for title in ("same, average", "worse, average", "same, test", "worse, test"):
        assert title in header
    assert rate.split()[-4:] == ["1.000"] * 4
    assert count.split()[-4:] == ["1", "1", "20", "20"]
    _, out, _ = run("score", files[0], files[2], *asked, "--intervals")
    assert "same, test" in out.splitlines()[0]


def test_metrics_apply_to_json(run, systems):
    files = [systems / f"{name}.jsonl" for name in ("same", "worse", "gold")]
    asked = ("--metrics", "segmentation.f1", "--by", "split", "--json", "--intervals")
    found = json.loads(run("score", *files, *asked)[1])["worse"]
    assert found.keys() == {
        *("segmentation", "skipped", "signature"),
        *("average", "groups", "intervals", "compared_with_first"),
    }
    assert found["segmentation"] == {"f1": 1.0} == found["groups"]["test"]["segmentation"]
    assert found["intervals"].keys() == found["compared_with_first"].keys() == {"segmentation.f1"}
    assert "no figure 'f1'" in run("score", files[0], files[2], "--json", "--metrics", "f1")[2]


def in_languages(folder, count):
    """The same files, their texts dealt out to so many languages."""
    for name in ("same", "worse", "gold"):
        texts = [
            igt.replace(language=f"L{at % count}")
            for at, igt in enumerate(read(folder / f"{name}.jsonl"))
        ]
        write(texts, folder / f"{name}.jsonl")
    return [folder / f"{name}.jsonl" for name in ("same", "worse", "gold")]


def test_the_average_over_languages_has_intervals_and_p_values(run, systems, caplog):
    files = in_languages(systems, 8)
    asked = ("--by", "language", "--metrics", "glossing.morpheme.error_rate", "--intervals")
    status, out, _ = run("score", *files, *asked, "--test", "randomization")
    assert status == 0
    header = out.splitlines()[0]
    assert "worse, average" in header
    assert "p (worse, average)" in header
    assert header.count("95 %") == 4  # all texts and the average, of two systems
    assert any("fewer than 20 groups" in message for message in caplog.messages)
    *_, p = out.splitlines()[1].split()
    found = json.loads(run("score", *files, *asked, "--test", "randomization", "--json")[1])
    average = found["worse"]["average"]
    rate = average["glossing"]["morpheme"]["error_rate"]
    interval = average["intervals"]["glossing.morpheme.error_rate"]
    assert interval["low"] <= rate == interval["value"] <= interval["high"]
    compared = average["compared_with_first"]["glossing.morpheme.error_rate"]
    assert float(p) == pytest.approx(compared["p_value"], abs=0.001)
    assert compared["p_value"] == 2 / 2**8  # worse in each of the eight languages


def test_few_languages_have_no_p_value_of_the_bootstrap(run, systems):
    files = in_languages(systems, 4)
    status, out, err = run("score", *files, "--by", "language", "--metrics", "segmentation.f1")
    assert status == 0
    assert "p (worse, average)" not in out
    assert "no p-values for the average over languages: on fewer than 20 groups (here: 4)" in err
    assert "--test randomization" in err


def test_predictions_of_other_texts_are_told(run, systems):
    chosen = ("--metrics", "segmentation.f1")
    files = [systems / "other.txt", systems / "gold.txt"]
    gold = read(systems / "gold.jsonl")
    write(gold, files[1], "sigmorphon")
    write(
        gold.map(lambda igt: igt.replace(transcription=igt.transcription.replace(".", " . "))),
        files[0],
        "sigmorphon",
    )
    assert run("score", *files, *chosen)[2] == ""
    write([*gold[:18], gold[19], gold[18]], files[0], "sigmorphon")
    status, _, err = run("score", *files, *chosen)
    assert status == 0
    assert "other.txt: 2 of 20 predictions have another text than the gold there" in err
