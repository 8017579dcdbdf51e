"""``--language`` chooses, and means the same in every command that reads texts."""

from __future__ import annotations

import argparse
import json

import pytest

from igtkit import IGT, read, write
from igtkit.cli import _parser

TURKISH = [
    IGT("Evde, dedi", "Ev-de, de-di", "house-LOC, say-PST", language="Turkish", id="t1"),
    IGT("kedi", "kedi", "cat", language="Turkish", id="t2"),
]
FINNISH = [IGT("talot, on", "talo-t, on", "house, be", language="Finnish", id="f1")]


@pytest.fixture
def both(tmp_path):
    path = tmp_path / "both.jsonl"
    write([*TURKISH, *FINNISH], path)
    return path


def test_every_command_that_reads_texts_has_it_but_those_without_use_for_it():
    commands = next(
        action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    without = {
        name
        for name, parser in commands.choices.items()
        if "--language" not in parser.format_help()
    }
    assert without <= {"inspect", "update", "merge", "serve", "plaid"}


def test_check_takes_one_language(run, both):
    assert run("check", both)[0] == 1
    status, out, err = run("check", both, "--language", "turkish")
    assert (status, out, err) == (0, "", "2 entries checked: 0 errors\n")
    status, out, err = run("check", both, "--language", "Finnish")
    assert status == 1
    assert "1 entry checked: 1 error" in err
    status, _, err = run("check", both, "--language", "Lezgi")
    assert status == 2
    assert "no text is in Lezgi; there are: Turkish (2), Finnish (1)" in err


def test_normalize_leaves_other_languages_as_they_are(run, both, tmp_path):
    output = tmp_path / "out.jsonl"
    status, _, err = run("normalize", both, "-o", output, "--language", "Finnish")
    assert status == 0
    assert "1 changed" in err
    found = list(read(output))
    assert found[:2] == TURKISH
    assert found[2].transcription == "talot , on"
    before = both.read_bytes()
    status, _, err = run("normalize", both, "--in-place", "--language", "Lezgi")
    assert status == 2
    assert "no text is in Lezgi" in err
    assert both.read_bytes() == before


def test_score_takes_the_language_that_the_gold_tells(run, both, tmp_path):
    system = tmp_path / "system.jsonl"
    made = [igt.replace(language=None) for igt in [*TURKISH, *FINNISH]]
    write([*made[:2], made[2].replace(glosses="x y")], system)
    said = run("score", system, both, "--language", "Turkish", "--json")[1]
    assert json.loads(said)["system"]["n"]["glossing"] == 2
    assert json.loads(said)["system"]["glossing"]["word"]["error_rate"] == 0
    said = run("score", system, system, both, "--language", "Finnish", "--json",
               "--test", "randomization")[1]  # fmt: skip
    assert json.loads(said)[str(system)]["n"]["glossing"] == 1
    write(made[:1], system)
    status, _, err = run("score", system, both, "--language", "Turkish")
    assert status == 2
    assert "has 1 entries, the gold 3" in err


def test_convert_writes_one_language(run, both, tmp_path):
    output = tmp_path / "out.jsonl"
    assert run("convert", both, output, "--language", "Finnish")[0] == 0
    assert list(read(output)) == FINNISH
    status, _, err = run("convert", both, "--in-place", "--language", "Finnish")
    assert status == 2
    assert "would lose the texts in other languages" in err
