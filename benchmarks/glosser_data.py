"""The corpora that the benchmarks of the laptop glosser read, and how they are scored and shown.

Nothing is left out in silence: a reader returns a `Read`, which counts what was left out and why.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import platform
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import attrs
import numpy as np

import igtkit
from igtkit.boundaries import UNKNOWN, is_word, join_words, split_words
from igtkit.igt import text_key
from igtkit.plots import calibration_error

LANGUAGES = ("ddo", "git", "usp", "lez", "ntu", "nyb")
_ROOT = Path(__file__).resolve().parents[1]
_REASONS = {
    "word-count": "segmentation and glosses differ in their number of words",
    "morpheme-count": "a word differs in its number of morphemes and glosses",
    "boundary-kind": "`-` in one line is `=` in the other",
    "unsegmented": "the segmentation is not segmented",
}
_MARKS = frozenset({"infix-count", "reduplication-count"})  # `<place>`, `~` for a nasal vowel
_INSIDE = frozenset({"morpheme-count", "boundary-kind", "empty-morpheme"})


@attrs.frozen
class Read:
    """A corpus and what was left out of it.

    Attributes:
        name: What it is called.
        texts: The usable texts.
        left_out: How many entries were left out, by reason.
    """

    name: str
    texts: list[igtkit.IGT]
    left_out: Counter[str] = attrs.field(factory=Counter)

    def reasons(self) -> str:
        """What was left out, in words."""
        return "; ".join(f"{n}: {why}" for why, n in self.left_out.most_common()) or "nothing"


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with the options that all scripts share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawTextHelpFormatter
    )
    beside = _ROOT.parent / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--seed", type=int, default=0, help="seed of splits and of training")
    return parser


def picture_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--images", type=Path, help="folder for the pictures; without it none is drawn"
    )


def save_picture(figure: Any, path: Path) -> None:
    """Save a picture in few colors, so that the file is small."""
    from PIL import Image  # noqa: PLC0415  # matplotlib brings it, and only pictures need it

    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=110)
    image = Image.open(buffer).convert("RGB")
    image.quantize(64).save(path, optimize=True)


def print_head() -> None:
    """Date, versions and command, for the page that keeps the figures."""
    packages = ("igtkit", "numpy", "rapidfuzz")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in packages)
    print(f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, {versions}")
    words = [f"benchmarks/{Path(sys.argv[0]).name}", *sys.argv[1:]]
    print(f"`python {' '.join(words)}`\n", flush=True)


def print_row(*cells: object) -> None:
    """One row of a Markdown table; numbers below 1 with their three decimals."""
    shown = [f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells]
    print("| " + " | ".join(shown) + " |", flush=True)


def print_header(*cells: str) -> None:
    print_row(*cells)
    print("|---" * len(cells) + "|", flush=True)


def shared_task(folder: Path, language: str, part: str) -> list[igtkit.IGT]:
    """One file of the SIGMORPHON 2023 shared task, standardized as PolyGloss's corpus is."""
    path = folder / "data" / "sigmorphon2023" / language / f"{language}-{part}-track2-uncovered"
    return [igtkit.normalize(text, rules="polygloss") for text in igtkit.read(path, "sigmorphon")]


def cldf(folder: Path, name: str) -> dict[str, Read]:
    """The examples of a CLDF dataset, by language.

    Cells hold a word each, or in some datasets affixes have cells of their own; an affix is joined
    to its word, and what joins it in the segmentation joins it in the glosses.
    """
    found: dict[str, Read] = {}
    names = _language_names(folder / "data" / "cldf" / name / "languages.csv")
    path = folder / "data" / "cldf" / name / "examples.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            label = names[row["Language_ID"]].replace("_", " ")
            read = found.setdefault(label, Read(label, []))
            forms, glosses = _cells(row["Analyzed_Word"]), _cells(row["Gloss"])
            if not forms or len(forms) != len(glosses):
                read.left_out[
                    "cells of words and glosses differ in number" if forms else "not analyzed"
                ] += 1
                continue
            segmentation, gloss_line = _join_affixes(forms, glosses)
            translation = row["Translated_Text"] or None
            _take(
                read, igtkit.IGT(row["Primary_Text"], segmentation, gloss_line, translation), _MARKS
            )
    return found


def vamale(folder: Path, *, repeated: bool = False) -> Read:
    r"""The `\gll` examples of the Vamale grammar in LingGym, each analysis once unless `repeated`.

    The transcription is the segmentation without boundaries and brackets. An example is usable
    where the words of its lines pair up, though a word may have more morphemes than glosses.
    """
    read = Read("Vamale", [])
    seen: set[tuple[str, str]] = set()
    for path in sorted((folder / "data/interchange/linggym/Vamale").glob("*.txt")):
        for segmentation, glosses, translation in _gll_examples(path.read_text(encoding="utf-8")):
            if (segmentation, glosses) in seen and not repeated:
                read.left_out["the same analysis again"] += 1
                continue
            seen.add((segmentation, glosses))
            surface = re.sub(r"[-=\[\]()]", "", segmentation)
            _take(read, igtkit.IGT(surface, segmentation, glosses, translation or None), _INSIDE)
    return read


def sample() -> Read:
    """The sample corpus that comes with igtkit, its parts put together."""
    return Read("sample (Turkish)", [igtkit.normalize(text) for text in igtkit.load_sample()])


def split(
    texts: Sequence[igtkit.IGT], seed: int
) -> tuple[list[igtkit.IGT], list[igtkit.IGT], list[igtkit.IGT]]:
    """A random split into 80, 10 and 10 % of the texts."""
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    tenth = len(shuffled) // 10
    return shuffled[2 * tenth :], shuffled[tenth : 2 * tenth], shuffled[:tenth]


def score(
    predictions: Sequence[igtkit.Prediction], references: Sequence[igtkit.IGT]
) -> tuple[float, float]:
    """Morpheme error rate and segmentation F1, under the preset ``published``."""
    report = igtkit.metrics.evaluate(
        predictions=predictions, references=references, preset="published", empty="skip"
    ).to_dict()
    return report["glossing"]["morpheme"]["error_rate"], report["segmentation"]["f1"]


def unseen(train: Iterable[igtkit.IGT], texts: Sequence[igtkit.IGT]) -> list[int]:
    """Which texts do not stand in the training set, by `igtkit.igt.text_key`."""
    known = {text_key(text) for text in train} - {""}
    return [index for index, text in enumerate(texts) if text_key(text) not in known]


def judge(
    predictions: Iterable[igtkit.Prediction], references: Iterable[igtkit.IGT]
) -> list[tuple[float, bool]]:
    """Probability of each predicted word, and whether its form and its gloss are both right.

    Words pair up by position; a reference whose lines differ in their number of words has none.
    """
    found = []
    for prediction, reference in zip(predictions, references, strict=True):
        forms, glosses = words(reference.segmentation), words(reference.glosses)
        rows = [row[0] for row in prediction.words if is_word(row[0].form or row[0].gloss or "")]
        if not len(forms) == len(glosses) == len(rows):
            continue
        for row, form, gloss in zip(rows, forms, glosses, strict=True):
            found.append((row.probability or 0.0, (row.form, row.gloss) == (form, gloss)))
    return found


def excess_error(chances: Sequence[float], right: Sequence[bool], trials: int = 300) -> float:
    """The calibration error less what a perfectly calibrated glosser shows on as few words.

    That glosser is simulated: each word is right as often as its probability says.
    """
    rng, shown = np.random.default_rng(0), np.clip(chances, 0, 1)
    drawn = [
        calibration_error(chances, (rng.random(len(shown)) < shown).tolist()) for _ in range(trials)
    ]
    return calibration_error(chances, right) - float(np.mean(drawn))


def interval(differences: Sequence[float], draws: int = 10_000) -> tuple[float, float]:
    """The mean of independent values lies between these with 95 % (percentiles of a bootstrap)."""
    values, rng = np.asarray(differences), np.random.default_rng(0)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def words(line: str | None) -> list[str]:
    """The words of a line, without its punctuation."""
    return [token for token in split_words(line) if is_word(token)]


def large(corpora: dict[str, Read], least: int) -> list[Read]:
    """The corpora of at least so many texts, largest first."""
    chosen = [corpus for corpus in corpora.values() if len(corpus.texts) >= least]
    return sorted(chosen, key=lambda corpus: -len(corpus.texts))


def _language_names(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["ID"]: row["Name"] for row in csv.DictReader(file)}


def _cells(column: str) -> list[str]:
    # Some datasets hold the two characters backslash and t for a tab.
    cells = column.replace("\\t", "\t").split("\t")
    return [cell.strip().replace(" ", ".") for cell in cells] if column.strip() else []


def _join_affixes(forms: Sequence[str], glosses: Sequence[str]) -> tuple[str, str]:
    """Put the affixes that stand in cells of their own to their words.

    Example:
        >>> _join_affixes(["hin", "-u", "re", "du-"], ["be", "-MSG", "again", "two"])
        ('hin-u re du', 'be-MSG again two')
    """
    rows: list[tuple[str, str]] = []
    waiting = ""
    for form, gloss in zip(forms, glosses, strict=True):
        mark = waiting or (form[0] if form[:1] in ("-", "=") and len(form) > 1 else "")
        waiting = form[-1] if form[-1:] in ("-", "=") and len(form) > 1 else ""
        bare = (form.strip("-=") or form, gloss.strip("-=") or gloss or UNKNOWN)
        if mark and rows:
            rows[-1] = (f"{rows[-1][0]}{mark}{bare[0]}", f"{rows[-1][1]}{mark}{bare[1]}")
        else:
            rows.append(bare)
    return join_words([form for form, _ in rows]), join_words([gloss for _, gloss in rows])


def _gll_examples(text: str) -> Iterator[tuple[str, str, str]]:
    """The lines of each example: segmentation, glosses, translation."""
    for block in re.split(r"\\gll(?![a-z])", text)[1:]:
        forms, glosses, translation = block.split("\n", 1)[0], "", ""
        for tag, content in re.findall(r"\\gl([st])(?![a-z])(.*)", block):
            if tag == "s":
                glosses = glosses or _plain_latex(content)
            else:
                translation = translation or _plain_latex(content, braces=True)
        # What follows a closing brace or bracket belongs to the page, not to the translation.
        yield _plain_latex(forms), glosses, re.sub(r"[\[{}].*", "", translation).strip()


def _plain_latex(line: str, *, braces: bool = False) -> str:
    line = re.sub(r"\\text[a-z]+\s*\{([^{}]*)\}", r"\1", line)
    line = line.replace(r"\ob", "[").replace(r"\cb", "]")
    line = re.sub(r"\\[a-zA-Z]+\*?|\\\\|~", " ", line)
    return " ".join((line if braces else re.sub(r"[{}]", "", line)).split())


def _take(read: Read, text: igtkit.IGT, tolerated: frozenset[str]) -> None:
    text = igtkit.normalize(text, rules="polygloss")
    codes = [issue.code for issue in igtkit.check(text) if issue.code not in tolerated]
    counts = {len(words(line)) for line in (text.transcription, text.segmentation, text.glosses)}
    if codes:
        read.left_out[_REASONS.get(codes[0], codes[0])] += 1
    elif len(counts) > 1:
        read.left_out["the transcription has other words than its analysis"] += 1
    elif counts == {0}:
        read.left_out["no word"] += 1
    else:
        read.texts.append(text)
