"""The command, as people and other programs call it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from igtkit import IGT, load_sample, read, write
from igtkit.cli import main

GOOD = (
    "\\t Evde kedi var.\n\\m ev-de kedi var .\n\\g house-LOC cat exist .\n\\l The cat is at home.\n"
)
BAD = "\\t Evde\n\\m ev-de\n\\g house\n"


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text(f"{GOOD}\n{BAD}", encoding="utf-8")
    return path


def piped(text, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "igtkit", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_check_names_the_line_and_fails(run, corpus):
    status, out, err = run("check", corpus)
    assert status == 1
    assert out == (
        f"{corpus}:6: error: 'ev-de' has 2 morphemes, its gloss 'house' has 1 [morpheme-count]\n"
    )
    assert err == "2 entries checked: 1 error\n"


def test_check_passes_where_nothing_is_wrong(run, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    assert run("check", tmp_path / "good.txt")[:2] == (0, "")


def test_issues_can_be_ignored_and_notes_asked_for(run, corpus):
    status, out, err = run("check", corpus, "--ignore", "morpheme-count", "--notes")
    assert status == 0
    assert "note:" in out
    assert "0 errors" in err


def test_an_entry_that_cannot_be_read_is_an_error_like_any_other(run, tmp_path):
    path = tmp_path / "damaged.txt"
    path.write_text(f"{GOOD}\nno marker\n\n{BAD}", encoding="utf-8")
    status, out, err = run("check", path)
    assert status == 1
    assert "[unreadable]" in out
    assert f"{path}:6: error: text before the first marker" in out
    assert "2 errors" in err


def test_a_damaged_file_does_not_keep_the_others_from_being_checked(run, tmp_path, corpus):
    path = tmp_path / "damaged.eaf"
    path.write_text("\\t a\n\xff", encoding="latin-1")
    status, out, _ = run("check", path, corpus, "--format", "sigmorphon")
    assert status == 1
    assert out.count("error:") == 2


def test_check_for_programs(run, corpus):
    _, out, _ = run("check", corpus, "--output", "json")
    found = json.loads(out)
    assert found["file_line"] == 6
    assert (found["code"], found["word"]) == ("morpheme-count", 0)
    _, out, _ = run("check", corpus, "--output", "sarif")
    result = json.loads(out)["runs"][0]["results"][0]
    assert result["ruleId"] == "morpheme-count"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    _, out, _ = run("check", corpus, "--output", "github")
    assert out.startswith(f"::error file={corpus},line=6,title=morpheme-count::'ev-de' has 2")


def test_convert_says_what_is_lost(run, corpus, tmp_path):
    target = tmp_path / "corpus.jsonl"
    status, _, err = run("convert", corpus, target, "--language", "Turkish", "--split", "train")
    assert status == 0
    assert "2 entries written as jsonl" in err
    assert read(target)[0].language.name == "Turkish"
    _, _, err = run("convert", target, tmp_path / "back.txt", "--to", "sigmorphon")
    assert "lost: language (2), split (2)" in err


def test_options_of_formats(run, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("Text;Gloss\nEvde;house-LOC\n", encoding="utf-8")
    columns = 'columns={"transcription": "Text", "glosses": "Gloss"}'
    status, out, _ = run("convert", table, "-", "--to", "sigmorphon", "--option", columns)
    assert (status, out) == (0, "\\t Evde\n\\g house-LOC\n\n")
    status, _, err = run("convert", table, "-", "--to", "jsonl", "--option", "columns")
    assert status == 2
    assert "NAME=VALUE" in err


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


def test_commands_make_a_pipe(corpus):
    clean = piped(corpus.read_text(encoding="utf-8"), "normalize", "-", "--format", "sigmorphon")
    assert clean.returncode == 0
    checked = piped(clean.stdout, "check", "-", "--format", "sigmorphon")
    assert checked.returncode == 1
    assert checked.stdout.startswith("-:6: error: ")


def test_a_reader_that_has_had_enough_is_no_error(tmp_path):
    path = tmp_path / "long.txt"
    write(list(load_sample()) * 20, path, "sigmorphon")
    show = subprocess.Popen(
        [sys.executable, "-m", "igtkit", "show", path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    show.stdout.readline()
    show.stdout.close()
    assert show.stderr.read() == b""
    show.stderr.close()
    assert show.wait() == 0


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
    _, out, _ = run("score", *files, "--confidence", "--metrics", "glossing.morpheme.error_rate")
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
    _, out, _ = run(*two, *chosen, "--confidence")
    header = out.splitlines()[0]
    for title in ("same", "same, seen", "worse, unseen", "p (worse)", "p (worse, unseen)"):
        assert f" {title} " in f"{header} "
    assert header.count("95 %") == 6
    assert out.splitlines()[1].split() == ["n.glossing", "20", "20", "5", "5", "15", "15"]
    _, out, err = run(*two[:-2], *chosen)
    assert "p (worse)" in out
    assert "p (worse, unseen)" not in out
    assert "no p-values for the unseen texts: on fewer than 20 texts (here: 15)" in err
    scores = json.loads(run(*two, "--json", "--confidence")[1])
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
    assert run("score", files[0], files[2], "--confidence", *metrics)[0] == 0
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


def test_show(run, corpus):
    _, out, _ = run("show", corpus, "--first", 1, "--width", 60)
    assert out == (
        "Evde      kedi var.\nev-de     kedi var   .\nhouse-LOC cat  exist .\n"
        "‘The cat is at home.’\n\n"
    )


def test_show_by_id(run, tmp_path):
    path = tmp_path / "a.jsonl"
    write([IGT("a", id="1"), IGT("b", id="2", source="book", language="Tsez")], path)
    assert run("show", path, "--id", "2")[1] == "# book · 2 · Tsez\nb\n\n"


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
        "rival_glosses (1)",
        "  'ev' is glossed house (1), home (1) [x2, x1]",
        "unequal_analyses (1)",
        "  'evde' is analysed in 2 ways [x2, x1]",
    ]


def test_audit_counts_what_stands_in_train_too(run, tmp_path):
    write([IGT("Gel!", "gel", "come"), IGT("Git!")], tmp_path / "train.jsonl")
    write([IGT("gel", "gel", "come"), IGT("dur")], tmp_path / "test.jsonl")
    arguments = ("audit", tmp_path / "train.jsonl", "--overlap", tmp_path / "test.jsonl")
    status, out, _ = run(*arguments)
    assert status == 0
    assert "| same transcription | 1 | 0.500 |" in out
    assert json.loads(run(*arguments, "--json")[1])["transcription"] == 1


def test_find(run, corpus):
    status, out, err = run("find", "--", "-*/LOC", corpus)
    assert status == 0
    assert "ev-de" in out
    assert err == "1 hit in 2 entries\n"
    assert run("find", "nothing", corpus)[1] == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "nowhere.txt"), "nowhere.txt"),
        (("convert", "nowhere.txt", "a.jsonl"), "nowhere.txt"),
        (("show", "-"), "name the format="),
    ],
)
def test_errors_take_one_line(arguments, message):
    result = piped("", *arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("igtkit: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command", ["check", "convert", "normalize", "audit", "score", "show", "find"]
)
def test_help_teaches_by_example(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert f"  igtkit {command} " in out


def test_the_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("igtkit 0.")
