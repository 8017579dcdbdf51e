"""What goes wrong is said in options of the command, not in arguments of Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import igtkit.io
from igtkit.cli._messages import in_options

_PYTHON = re.compile(r"\b(format|encoding|errors|template|tiers|columns|markers)=")


def hints():
    """Every text of a message of `igtkit.io` that names an argument."""
    for path in sorted(Path(igtkit.io.__path__[0]).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in calls:
            for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
                text = _text(given)
                if text and _PYTHON.search(text) and not text.lstrip().startswith("<?xml"):
                    yield pytest.param(text, id=f"{path.stem}-{call.lineno}")


def _text(node):
    """A literal with ``NAME`` where a value comes in; None for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "NAME" for part in node.values
        )
    return None


@pytest.mark.parametrize("hint", [*hints()])
def test_no_message_names_an_argument_of_python(hint):
    said = re.sub(r"--(out-)?option ['\"]?[\w.]+=", "--option ", in_options(hint))
    assert not _PYTHON.search(said), said
    assert "--" in said


@pytest.mark.parametrize(
    ("argument", "option"),
    [
        ("expected a sentence around it; errors='skip' reads the others",
         "expected a sentence around it; --skip reads the others"),
        ("say so with encoding='utf-16'", "say so with --encoding utf-16"),
        ("for example tiers={'transcription': '…', 'glosses': '…'}; the tiers are:",
         "for example --option tiers.transcription=… --option tiers.glosses=…; the tiers are:"),
        ("columns={'transcription': 'The text'}", '--option "columns.transcription=The text"'),
        ("markers={'glosses': '$g'}", "--option 'markers.glosses=$g'"),
        ("or name them with markers=",
         "or name them with --option markers.transcription=… --option markers.glosses=…"),
    ],
)  # fmt: skip
def test_examples(argument, option):
    assert in_options(argument) == option


def test_the_output_is_told_from_the_input(run, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"transcription": "kün"}\n', encoding="utf-8")
    assert "name it with --to (" in run("convert", tmp_path / "a.jsonl", tmp_path / "a.none")[2]
    (tmp_path / "a.none").write_text("a\tb\tc\td\n", encoding="utf-8")
    assert "name it with --format (" in run("show", tmp_path / "a.none")[2]
    _, _, err = run(
        "convert", tmp_path / "a.jsonl", tmp_path / "b.txt", "--to", "text",
        "--out-option", "encoding=ascii",
    )  # fmt: skip
    assert "name another one with --out-option encoding=NAME" in err


@pytest.mark.parametrize("labels", ["ess", "ess, plac", "ess, plac and 3 more"])
def test_a_meaning_is_given_by_the_name_of_its_label(labels):
    told = in_options(f"no meaning is known of {labels} (abbreviations= says it)")
    assert told == f"no meaning is known of {labels} (--out-option abbreviations.ess=… says it)"
