"""Commands drawn at random: options, values and files, right ones and wrong ones."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from igtkit import IGT, load_sample, write
from igtkit.cli import _parser
from igtkit.models import LookupGlosser

SKIPPED = {"serve"}  # it does not come back
LEARNING = {"gloss", "train", "evaluate", "next"}
FORMATS = {"csv": "csv", "flextext": "flextext", "eaf": "eaf", "db": "toolbox", "tex": "latex"}
NUMBERS = ["0", "1", "2", "3", "-1", "1000000000000", "0.5", "x", "", "1e9", "nan"]
WORDS = [
    "",
    "a",
    "Turkish",
    "tur",
    "nope",
    "PST=PRET",
    "A=",
    "=",
    "a=b=c",
    "ev",
    "/PL",
    "*",
    "(",
    "\x00",
]
WORDS += ["-x", "🙂", "segmentation.f1", "n.glossing", ",", "utf-8", "latin-1", "utf-16", "rot13"]
WORDS += ["tiers=3", 'markers={"glosses": 3}', "style=expex", "title=2024", "columns=[]", "jsonl"]


GOOD = ["story.jsonl", "story.eaf", "story.flextext", "glossed.jsonl", "story.db"]
OUTPUTS = ["out.jsonl", "out.csv", "out.eaf", "out.flextext", "out.tex"]
MEANT = {
    "format": ["jsonl", "csv", "eaf", "flextext", "toolbox", "latex"],
    "to": ["jsonl", "csv", "eaf", "flextext", "toolbox", "latex", "text", "xigt", "sigmorphon"],
    "encoding": ["utf-8", "latin-1", "utf-16"],
    "language": ["Turkish", "tur", "finnish"],
    "metrics": ["segmentation.f1", "n.glossing,alignment"],
    "pattern": ["ev", "/PL", "* -*/LOC"],
    "option": ["markers={}", "title=2024", "tiers=3", "columns=[]"],
    "out_option": ["style=expex", "title=2024", "template=story.eaf", "layout=glosslm"],
    "ignore": ["word-count", "morpheme-count"],
    "labels": ["PST=PRET", "A=B"],
    "limit": ["0", "1", "3"],
}
"""Values that options may well have."""


def make_files(folder: Path) -> None:
    """Files of several kinds, whole and broken, in a folder."""
    texts = [igt.replace(split=None, language="Turkish") for igt in load_sample()[:12]]
    texts += [igt.replace(segmentation=None, glosses=None) for igt in texts[:2]]
    for ending, name in FORMATS.items():
        write(texts, folder / f"story.{ending}", name)
    write(texts, folder / "story.jsonl")
    write(texts[:12], folder / "glossed.jsonl")
    write(texts[12:], folder / "open.jsonl")
    write([*texts, IGT("talo", "talo", "house", language="Finnish")], folder / "both.jsonl")
    write([IGT("ev-de", "ev-de", "house")], folder / "bad.jsonl")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    (folder / "latin.db").write_bytes(b"\\ref 1\n\\tx k\xfcn\n")
    (folder / "words.csv").write_text("form,gloss\nev,house\n", encoding="utf-8")
    (folder / "half.eaf").write_bytes((folder / "story.eaf").read_bytes()[:900])
    (folder / "folder").mkdir()
    LookupGlosser().fit(texts[:12]).save_pretrained(folder / "model")
    (folder / "broken").mkdir()
    (folder / "broken" / "igtkit.json").write_text("{}", encoding="utf-8")


def draw(rng: random.Random, names: list[str], *, learning: bool) -> list[str]:
    """The arguments of a command."""
    commands = next(
        action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    chosen = [name for name in commands.choices if name not in SKIPPED]
    command = rng.choice([name for name in chosen if learning or name not in LEARNING])
    actions = commands.choices[command]._actions
    arguments = [command]
    for action in actions:
        if isinstance(action, argparse._HelpAction):
            continue
        if not action.option_strings:
            count = {
                None: 1,
                "?": rng.randint(0, 1),
                "+": rng.randint(1, 2),
                "*": rng.randint(0, 2),
            }
            arguments += [value(rng, action, names) for _ in range(count[action.nargs])]
        elif action.required or rng.random() < 2 / len(actions):
            arguments.append(rng.choice(action.option_strings))
            if action.nargs != 0:
                arguments.append(value(rng, action, names))
    if command in LEARNING and rng.random() < 0.7 and "--model" not in arguments:
        arguments += ["--model", "model"] if command != "train" else []
    return arguments


def value(rng: random.Random, action: argparse.Action, names: list[str]) -> str:
    """A value of an option, more often one that makes sense than not."""
    if action.choices and rng.random() < 0.8:
        return rng.choice([*action.choices])
    if action.type in (int, float):
        return rng.choice(NUMBERS)
    meant = (action.metavar or "").strip("[]")
    if meant in {"FILE", "OUT", "PRED", "GOLD", "TRAIN", "TEST", "CORRECTED", "MODEL", "FOLDER"}:
        made = [*OUTPUTS, "no/where"] if meant == "OUT" else [*names, "-", "missing.txt", *OUTPUTS]
        return rng.choice(GOOD if rng.random() < 0.6 and meant != "OUT" else made)
    if action.dest in MEANT and rng.random() < 0.8:
        return rng.choice(MEANT[action.dest])
    return rng.choice(WORDS)
