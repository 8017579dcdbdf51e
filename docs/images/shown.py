"""Draw what igtkit does, from what it does: ``python docs/images/shown.py`` (in a minute).

The commands are run on files that are made of the sample corpus, and the drawings show what they
print and write. FLEx and ELAN are not run: their windows are drawn from their files, each line and
each tier as those programs lay them out. The learning curve is that of the log of benchmarks.
"""

from __future__ import annotations

import csv
import functools
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from drawing import WIDTH, Drawing, write

import igtkit

ROOT = Path(__file__).resolve().parents[2]
CHARACTER = 8.43
"""The width of a character of the class ``code small``."""

COLUMNS = 64
"""The width of the terminal that is drawn."""

NEW = (
    ("Kedimiz pazarda uyudu.", "Our cat slept at the market."),
    ("Kedi kalktı.", "The cat got up."),
)


def run(folder: Path, *arguments: str) -> list[str]:
    """What a command prints, line by line, errors among the rest."""
    done = subprocess.run(  # noqa: S603 -- this program's own
        [sys.executable, "-m", "igtkit", *arguments], cwd=folder, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    return done.stdout.rstrip("\n").split("\n")


def sample() -> list[igtkit.IGT]:
    """A hundred glossed sentences."""
    return [igt.replace(split=None, source="Kedi") for igt in igtkit.load_sample()[:100]]


# FLEx


Words = list[list[tuple[str, str, str]]]
"""The words of a sentence, each as its morphemes: word (beside the first), form and gloss."""


def phrase(path: Path, place: int) -> Words:
    """The words of a sentence of a file of FLEx, as they stand in it."""
    found: Words = []
    for word in ET.parse(path).findall(".//phrase")[place].iter("word"):  # noqa: S314 -- own file
        surface = word.findtext("item", "")
        morphemes = [
            (morph.findtext("item[@type='txt']", ""), morph.findtext("item[@type='gls']", ""))
            for morph in word.iter("morph")
        ] or [("", "") if word.find("item[@type='punct']") is not None else ("***", "***")]
        found.append([(surface if not at else "", *each) for at, each in enumerate(morphemes)])
    return found


def lines_of_flex(drawing: Drawing, top: float, title: str, what: str, words: Words) -> None:
    """A sentence as FLEx lays it out: word, morphemes and their glosses under each other."""
    drawing.box(4, top, WIDTH - 8, 112)
    drawing.text(16, top + 25, title, "code bold one", "start")
    drawing.text(WIDTH - 16, top + 25, what, "soft", "end")
    for row, name in enumerate(("Word", "Morphemes", "Lex. Gloss")):
        drawing.text(16, top + 52 + 24 * row, name, "soft", "start")
    x = 124.0
    for word in words:
        start = x
        for morpheme in word:
            for row, text in enumerate(morpheme):
                drawing.text(x, top + 52 + 24 * row, text, "code small", "start")
            x += CHARACTER * max(map(len, morpheme[1:])) + 12
        x = max(x, start + CHARACTER * len(word[0][0])) + 12


def flex() -> Drawing:
    """A sentence in the file of FLEx, in the table of suggestions, and in the file again."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        story = [*sample(), igtkit.IGT("Kedimiz pazarda uyudu .", source="Kedi")]
        igtkit.write(story, folder / "story.flextext", vernacular="tr", analysis="en")
        run(folder, "gloss", "story.flextext", "-o", "review.csv")
        table = folder / "review.csv"
        with table.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        words = [dict(zip(head, row, strict=True)) for row in rows]
        corrected = [{**word, "confirmed": "yes"} for word in words]
        corrected[1] |= {"glosses": "market-LOC", "confirmed": ""}
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *(word.values() for word in corrected)])
        run(folder, "merge", "review.csv", "story.flextext")
        before = phrase(folder / "story.flextext", -1)
        after = phrase(folder / "story.merged.flextext", -1)
    drawing = Drawing(440)
    lines_of_flex(drawing, 4, "story.flextext", "before", before)
    drawing.arrow(WIDTH / 2, 120, 144)
    drawing.text(WIDTH / 2 + 14, 137, "igtkit gloss", "code small", "start")
    drawing.box(4, 150, WIDTH - 8, 140)
    drawing.text(16, 175, "review.csv", "code bold one", "start")
    drawing.text(WIDTH - 16, 175, "corrected and confirmed", "soft", "end")
    columns = (("text", 16), ("segmentation", 100), ("glosses", 220), ("probability", 345),
               ("confirmed", 460))  # fmt: skip
    for name, x in columns:
        drawing.text(x, 202, name, "soft", "start")
        for row, word in enumerate(corrected):
            mine = word[name] != words[row][name]
            kind = "code small two bold" if mine else "code small"
            drawing.text(x, 226 + 25 * row, word[name], kind, "start")
    drawing.arrow(WIDTH / 2, 294, 318)
    drawing.text(WIDTH / 2 + 14, 311, "igtkit merge", "code small", "start")
    lines_of_flex(drawing, 324, "story.merged.flextext", "after", after)
    return drawing


# ELAN


def tiers(path: Path, start: int) -> list[tuple[str, list[str]]]:
    """The tiers of a file of ELAN, each with its annotations of the sentence that starts there.

    Long numbers are cut: their last digits are not the same on all computers.
    """
    tree = ET.parse(path)  # noqa: S314 -- own file
    slots = {
        each.get("TIME_SLOT_ID"): int(each.get("TIME_VALUE", "")) for each in tree.iter("TIME_SLOT")
    }
    wanted = {
        each.get("ANNOTATION_ID")
        for each in tree.iter("ALIGNABLE_ANNOTATION")
        if slots[each.get("TIME_SLOT_REF1")] == start
    }
    found = []
    for tier in tree.iter("TIER"):
        texts = [
            re.sub(r"(\.\d\d)\d+$", r"\1", each.findtext("ANNOTATION_VALUE", ""))
            for each in tier.findall("ANNOTATION/*")
            if wanted & {each.get("ANNOTATION_ID"), each.get("ANNOTATION_REF")}
        ]
        found.append((tier.get("TIER_ID", ""), texts))
    return found


def rows_of_elan(
    drawing: Drawing, top: float, title: str, what: str, shown: list[tuple[str, list[str]]]
) -> None:
    """Tiers over each other, their annotations as brackets over the time of the sentence."""
    drawing.box(4, top, WIDTH - 8, 42 + 32 * len(shown))
    drawing.text(16, top + 25, title, "code bold one", "start")
    drawing.text(WIDTH - 16, top + 25, what, "soft", "end")
    left = 176
    width = WIDTH - 16 - left
    for row, (name, texts) in enumerate(shown):
        y = top + 54 + 32 * row
        added = name.startswith("igtkit")
        drawing.text(16, y + 5, name, "soft two" if added else "soft", "start")
        share = width / len(texts)
        for place, text in enumerate(texts):
            x = left + place * share
            drawing.line(x, y - 7, x, y + 10, x + share, y + 10, x + share, y - 7)
            drawing.text(x + share / 2, y + 4, text, "code small")


def elan() -> Drawing:
    """A sentence in a file of ELAN, before and after it is glossed."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        igtkit.write(sample(), folder / "texts.flextext", vernacular="tr", analysis="en")
        recording = [
            igtkit.IGT(text, translation=free, metadata={"begin": 2.0 * n, "end": 2.0 * n + 1.8})
            for n, (text, free) in enumerate(NEW)
        ]
        igtkit.write(recording, folder / "recording.eaf")
        run(folder, "gloss", "recording.eaf", "--learn", "texts.flextext", "-o", "suggested.eaf")
        before, after = tiers(folder / "recording.eaf", 0), tiers(folder / "suggested.eaf", 0)
    first = 42 + 32 * len(before)
    second = 42 + 32 * len(after)
    drawing = Drawing(first + second + 48)
    rows_of_elan(drawing, 4, "recording.eaf", "before", before)
    drawing.arrow(WIDTH / 2, first + 8, first + 32)
    drawing.text(WIDTH / 2 + 14, first + 25, "igtkit gloss", "code small", "start")
    rows_of_elan(drawing, first + 38, "suggested.eaf", "after", after)
    return drawing


# A terminal


def wrapped(line: str) -> list[str]:
    """A line as a terminal shows it, broken at a space."""
    if len(line) <= COLUMNS:
        return [line]
    end = line.rindex(" ", 0, COLUMNS)
    return [line[:end], *wrapped(line[end + 1 :])]


@functools.cache
def session() -> tuple[str, ...]:
    """Commands that check and gloss a file with a slip in it, and what they print."""
    story = [*sample(), *(igtkit.IGT(text) for text, _ in reversed(NEW))]
    story[1] = story[1].replace(glosses=str(story[1].glosses).replace("go-PST-1PL", "go-PST"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        igtkit.write(story, folder / "story.eaf")
        said = []
        for arguments in ("check story.eaf", "gloss story.eaf", "show story.suggested.eaf"):
            printed = run(folder, *arguments.split())
            shown = f"$ igtkit {arguments}"
            if arguments.startswith("show"):
                shown, printed = f"{shown} | tail -n 5", printed[-5:]
            said += [shown, *printed, ""]
    return tuple(said[:-1])


def terminal() -> Drawing:
    """The session as a terminal shows it."""
    rows = [(piece, line) for line in session() for piece in wrapped(line)]
    drawing = Drawing(21 * len(rows) + 28)
    drawing.box(2, 2, WIDTH - 4, drawing.height - 4)
    for row, (piece, line) in enumerate(rows):
        kind = "code small"
        if line.startswith("$ "):
            kind += " bold one"
        elif "error:" in line or "%?" in line:
            kind += " two"
        drawing.text(11, 29 + 21 * row, piece.replace(" ", "\u00a0"), kind, "start")
    return drawing


# An audit


def figures_of(table: Sequence[str]) -> dict[str, str]:
    """The rows of a printed table: the first cell and the last one."""
    rows = [line.strip("| ").split(" | ") for line in table if line.startswith("| ")]
    return {row[0]: row[-1] for row in rows}


def audit() -> Drawing:
    """What an audit counts, as bars."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        open_ones = [
            igt.replace(segmentation=None, glosses=None, split=None, source="Kedi")
            for igt in igtkit.load_sample()[100:120]
        ]
        igtkit.write([*sample(), *open_ones], folder / "story.flextext")
        found = figures_of(run(folder, "audit", "story.flextext"))
    drawing = Drawing(330)
    drawing.text(4, 22, "igtkit audit story.flextext", "code bold one", "start")
    rows = (
        ("entries", "with glosses", "glossed"),
        ("words", "different words", "different"),
        ("morphemes", "different morphemes", "different"),
        ("glosses of morphemes", "different glosses", "different"),
    )
    for row, (whole, part, what) in enumerate(rows):
        y = 42 + 56 * row
        share = float(found[part].replace(",", "")) / float(found[whole].replace(",", ""))
        drawing.text(4, y + 16, f"{found[whole]} {whole}", "", "start")
        drawing.text(WIDTH - 4, y + 16, f"{found[part]} {what}", "one", "end")
        drawing.box(4, y + 24, WIDTH - 8, 14, kind="rest")
        drawing.box(4, y + 24, (WIDTH - 8) * share, 14, kind="bar")
    for row, name in enumerate(("misaligned", "words whose segments spell the surface")):
        drawing.text(4, 286 + 28 * row, name, "soft", "start")
        drawing.text(WIDTH - 4, 286 + 28 * row, found[name], "bold", "end")
    return drawing


# A learning curve


@functools.cache
def measured() -> dict[int, tuple[float, float]]:
    """Error rates by the number of sentences: of words looked up, of the glosser."""
    log = (ROOT / "benchmarks" / "laptop-glosser.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (\d+) \| (0\.\d+) \| (0\.\d+) \|", log.partition("## Learning curve")[2], re.MULTILINE
    )
    return {int(count): (float(lookup), float(glosser)) for count, lookup, glosser in rows}


def curve() -> Drawing:
    """The error rate over the number of sentences, and what each hundred brings."""
    points = measured()
    drawing = Drawing(372)
    left, right, floor, ceiling, most = 44, 552, 326, 20, 0.75

    def at(count: int, rate: float) -> tuple[float, float]:
        x = left + (right - left) * count / max(points)
        return round(x, 1), round(floor - (floor - ceiling) * rate / most, 1)

    drawing.line(left, ceiling, left, floor, right, floor)
    for rate in (0, 0.2, 0.4, 0.6):
        drawing.text(left - 8, at(0, rate)[1] + 5, f"{rate:.1f}", "soft", "end")
    for count in (0, 100, 200, 300):
        drawing.text(at(count, 0)[0], floor + 20, str(count), "soft")
    drawing.text((left + right) / 2, floor + 42, "glossed sentences to learn from", "soft")
    drawing.text(left + 8, ceiling + 8, "morpheme error rate", "soft", "start")
    for kind, which, name in (("line", 0, "words looked up"), ("curve", 1, "CrfGlosser")):
        path = [each for count, rates in points.items() for each in at(count, rates[which])]
        drawing.line(*path, kind=kind)
        drawing.text(
            right, path[-1] - (12 if which else 24), name, "one bold" if which else "soft", "end"
        )
    for count in (100, 200, 300):
        x, y = at(count, points[count][1])
        drawing.line(x, y + 6, x, y + 20, kind="mark")
        drawing.text(x, y + 38, f"{points[count][1]:.3f}"[1:], "bold two")
    return drawing


DRAWINGS = {
    "shown-audit": audit,
    "shown-curve": curve,
    "shown-elan": elan,
    "shown-flex": flex,
    "shown-terminal": terminal,
}


if __name__ == "__main__":
    write(DRAWINGS)
