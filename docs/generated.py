"""What pages hold that igtkit itself says: the help of its commands, its rules, its logs.

Nothing here knows MkDocs; ``hooks.py`` puts it into the pages.
"""

from __future__ import annotations

import argparse
import functools
import re
import tempfile
from pathlib import Path

import igtkit
from igtkit import IGT, Prediction
from igtkit.cli import _parser
from igtkit.conventions import ABBREVIATIONS
from igtkit.data import load_published
from igtkit.io import GUESSES
from igtkit.models import CrfGlosser

__all__ = [
    "commands",
    "downloads",
    "help_of",
    "labels",
    "logs",
    "published",
    "rules",
    "suggestion",
]

_LOGS = Path(__file__).resolve().parents[1] / "benchmarks"
_WIDE = 96


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    return dict(_subparsers().choices)


def _subparsers() -> argparse._SubParsersAction[argparse.ArgumentParser]:
    [found] = [each for each in _parser()._actions if hasattr(each, "choices") and each.choices]
    return found  # type: ignore[return-value]


def help_of(name: str) -> str:
    """What ``igtkit NAME --help`` says, as Markdown: usage, options, examples."""
    parser = commands()[name]
    formatter = argparse.HelpFormatter(parser.prog, width=_WIDE)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups)
    usage = formatter.format_help().removeprefix("usage: ").rstrip()
    rows = []
    for action in parser._actions:
        shown = formatter._format_action_invocation(action)
        if action.help in (None, argparse.SUPPRESS) or "--help" in action.option_strings:
            continue
        rows.append(f"| `{shown}` | {_cell(formatter._expand_help(action))} |")
    parts = [
        "## Usage",
        f"```text\n{usage}\n```",
        "\n".join(["| argument or option | |", "|---|---|", *rows]),
        _closing(parser.epilog or ""),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _cell(text: str) -> str:
    """Text that stands for itself in a table of Markdown."""
    return re.sub(r"([|<>*_`\[\]])", r"\\\1", " ".join(text.split()))


def _closing(epilog: str) -> str:
    """Examples as lines to copy, each below what it does, and the remarks after them."""
    before, found, rest = epilog.partition("examples:\n")
    examples: list[str] = []
    remarks = before if not found else ""
    for number, line in enumerate(lines := rest.split("\n") if found else []):
        if not line.startswith("  "):
            remarks = "\n".join(lines[number:])
            break
        command, _, what = line.strip().partition("  ")
        if examples and examples[-1].endswith("\\"):  # goes on
            examples.append(line.removeprefix("  "))
        elif command.startswith("("):  # what is done by hand
            examples.append(f"# {line.strip(' ()')}")
        elif line.startswith(" " * 10):  # the explanation of the line above
            examples.insert(-1, f"# {command}")
        else:
            examples += [f"# {what.strip()}", command] if what else [command]
    fence = "## Examples\n\n```sh\n" + "\n".join(examples) + "\n```" if examples else ""
    return "\n\n".join(part for part in (fence, _plain(remarks)) if part)


def _plain(text: str) -> str:
    """Text that stands for itself in a paragraph of Markdown."""
    return re.sub(r"([<>*_])", r"\\\1", text.strip())


def rules() -> str:
    """The rules by which readers guess, as a table."""
    rows = [f"| `{rule}` | {_cell(why.format('…'))} |" for rule, why in GUESSES.items()]
    return "\n".join(["## Rules", "", "| rule | says |", "|---|---|", *rows]) + "\n"


def labels() -> str:
    """The standard abbreviations of glosses, as a table."""
    rows = [f"| `{label}` | {meaning} |" for label, meaning in ABBREVIATIONS.items()]
    head = "## Labels\n\nThe standard abbreviations of the Leipzig Glossing Rules (appendix).\n"
    return "\n".join([head, "| label | means |", "|---|---|", *rows]) + "\n"


def published() -> str:
    """The published figures: a table for those that may stand beside each other."""
    tables: dict[tuple[str, str, str], dict[str, dict[str, float]]] = {}
    for each in load_published():
        system = f"{each.system} ({each.source.rpartition(', ')[2]})"
        table = tables.setdefault((each.split, each.metric, each.preset), {})
        table.setdefault(system, {})[each.language] = each.figure
    parts = []
    for (split, metric, preset), systems in tables.items():
        languages = list(dict.fromkeys(name for row in systems.values() for name in row))
        parts.append(f"## {split}: `{metric}`, preset {preset}\n")
        parts.append(f"| system | {' | '.join(languages)} |\n|---|{'--:|' * len(languages)}")
        for system, row in systems.items():
            cells = (f"{row[name]:.3f}" if name in row else "" for name in languages)
            parts.append(f"| {_cell(system)} | {' | '.join(cells)} |")
        parts.append("")
    return "\n".join(parts)


def logs() -> dict[str, str]:
    """The logs of the benchmarks as pages, by the names of their files; none in a built package."""
    found = {}
    for path in sorted(_LOGS.glob("*.md")):
        name = "light-core.md" if path.name == "README.md" else path.name
        text = path.read_text(encoding="utf-8")
        text = text.replace("](../docs/", "](../").replace("](README.md", "](light-core.md")
        found[name] = f"---\nsearch:\n  exclude: true\n---\n\n{text}"
    return found


def downloads() -> dict[str, bytes]:
    """Files to try the commands on, by name: glossed sentences of the sample, and some to do."""
    sample = [igt.replace(split=None) for igt in igtkit.load_sample()[:120]]
    open_ones = [igt.replace(segmentation=None, glosses=None) for igt in sample]
    cats = [
        igtkit.IGT(text, source="Kedi") for text in ("Kedimiz pazarda uyudu .", "Kedi kalktı .")
    ]
    texts = {
        "cats.flextext": [*(igt.replace(source="Kedi") for igt in sample[:100]), *cats],
        "story.eaf": sample[:57] + open_ones[57:60],
        "story.flextext": sample[:100] + open_ones[100:],
    }
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, igts in texts.items():
            igtkit.write(igts, path := Path(folder) / name)
            made[name] = path.read_bytes()
    return made


@functools.cache
def suggestion() -> tuple[IGT, Prediction, int, float]:
    """A held-out sentence of which all suggestions are right and one is in doubt.

    Returns:
        The text, what is suggested, from how many sentences that was learned, and which share of
        the words of all held-out sentences is right.
    """
    corpus = igtkit.load_sample().map(igtkit.normalize)
    train, held_out = corpus.split("train"), [*corpus.split("test"), *corpus.split("dev")]
    predictions = CrfGlosser().fit(train).predict(held_out, n_best=3, evidence=True)
    report = igtkit.metrics.evaluate(predictions=predictions, references=held_out)
    found = {}
    for igt, prediction in zip(held_out, predictions, strict=True):
        sure = [best.probability for best, *_ in filter(None, prediction.words) if best.probability]
        right = (prediction.segmentation, prediction.glosses) == (igt.segmentation, igt.glosses)
        if right and 4 < len(igt.words) < 9 and min(sure) < 0.8:
            found[min(sure)] = (igt.replace(id=None, source=None, split=None), prediction)
    igt, prediction = found[max(found)]
    return igt, prediction, len(train), report["glossing.word.accuracy.micro"]
