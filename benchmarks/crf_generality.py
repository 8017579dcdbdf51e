"""CrfGlosser against LookupGlosser on other languages, and the learning curve on Vamale.

Run ``python benchmarks/crf_generality.py ../shared/data``. Defaults, untouched. Random splits: 80 %
for training and 10 % for scoring (the rest is left for tuning others against), one language each;
for the curve five splits of each size, all other texts scored. ``preset="published"`` throughout.
The texts are read from their sources here, because what these files hold is not what their columns
promise: affixes in cells of their own are joined, entries that do not pair up are left out and
counted. Vamale's transcription is its segmentation without boundaries and brackets.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import igtkit
from igtkit.models import CrfGlosser, Glosser, LookupGlosser

SIZES = (50, 100, 150, 200, 250, 300, 350)
SPLITS = 5


def read_cldf(path: Path) -> Iterator[igtkit.IGT]:
    """The examples of a CLDF table, affixes in cells of their own joined to their stems."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words, glosses = (_cells(row[name]) for name in ("Analyzed_Word", "Gloss"))
            forms: list[str] = []
            lines: list[str] = []
            for form, gloss in zip(words, glosses, strict=False):
                if forms and len(form) > 1 and form[0] in "-=":
                    forms[-1] += form
                    lines[-1] += gloss if gloss[0] in "-=" else form[0] + gloss
                else:
                    forms.append(form)
                    lines.append(gloss)
            same = len(words) == len(glosses)
            yield igtkit.IGT(
                row["Primary_Text"],
                " ".join(forms),
                " ".join(lines) if same else None,
                row["Translated_Text"] or None,
            )


def _cells(cell: str) -> list[str]:
    parts = cell.replace("\\t", "\t").split("\t")
    return [part.strip().replace(" ", "_") for part in parts if part.strip()]


def read_vamale(folder: Path) -> Iterator[igtkit.IGT]:
    r"""The ``\gll`` examples of the Vamale chapters, without LaTeX commands."""
    for path in sorted(folder.glob("*.txt")):
        lines: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.match(r"\\(gll|gls|glt) (.*)", line)
            if not found:
                continue
            lines[found[1]] = _plain(found[2])
            if found[1] == "glt" and len(lines) == 3:
                surface = re.sub(r"[-=\[\]()]", "", lines["gll"])
                translation = re.sub(r"\[.*", "", lines["glt"])
                yield igtkit.IGT(surface, lines["gll"], lines["gls"], translation)
                lines = {}


def _plain(text: str) -> str:
    text = re.sub(r"\\text[a-z]+\{([^{}]*)\}", r"\1", text)
    return " ".join(re.sub(r"\\[a-zA-Z]+\*?|[{}]|\\\\|~", " ", text).split())


def usable(texts: Iterator[igtkit.IGT], name: str) -> list[igtkit.IGT]:
    """Standardized, distinct texts whose three lines pair up; says how many were left out."""
    kept: dict[igtkit.IGT, None] = {}
    count = 0
    for text in texts:
        count += 1
        standard = igtkit.normalize(text, rules="polygloss")
        if standard.glosses and not igtkit.check(standard) and _paired(standard):
            kept[standard] = None
    print(f"{name}: {len(kept)} texts, {count - len(kept)} left out or double", flush=True)
    return list(kept)


def _paired(text: igtkit.IGT) -> bool:
    words = [word for word in text.words if not word.is_punctuation and word.form is not None]
    return bool(words) and all(word.surface is not None for word in words)


def error(glosser: Glosser, texts: list[igtkit.IGT]) -> tuple[float, float]:
    """Morpheme error rate and segmentation F1."""
    report = igtkit.metrics.evaluate(
        predictions=glosser.predict(texts), references=texts, preset="published"
    ).to_dict()
    return report["glossing"]["morpheme"]["error_rate"], report["segmentation"]["f1"]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    arguments = parser.parse_args()
    figures: dict[str, object] = {}
    corpora = {
        "palula": read_cldf(arguments.folder / "cldf/palula/examples.csv"),
        "lapollaqiang": read_cldf(arguments.folder / "cldf/lapollaqiang/examples.csv"),
        "vamale": read_vamale(arguments.folder / "interchange/linggym/Vamale"),
    }
    texts = {name: usable(source, name) for name, source in corpora.items()}
    print(
        "\n| language | train | lookup MER | CRF MER | CRF segmentation F1 |\n|---|---|---|---|---|"
    )
    for name, found in texts.items():
        known = random.Random(0).sample(found, len(found))
        cut, end = len(known) * 8 // 10, len(known) * 9 // 10
        train, test = known[:cut], known[end:]
        lookup, _ = error(LookupGlosser().fit(train), test)
        crf, f1 = error(CrfGlosser().fit(train), test)
        figures[name] = {"train": len(train), "lookup": lookup, "crf": crf, "segmentation_f1": f1}
        print(f"| {name} | {len(train)} | {lookup:.3f} | {crf:.3f} | {f1:.3f} |", flush=True)
    print("\n| Vamale texts | lookup MER | CRF MER (mean, range of five splits) |\n|---|---|---|")
    curve = {}
    for size in SIZES:
        rows = []
        for split in range(SPLITS):
            known = random.Random(split).sample(texts["vamale"], len(texts["vamale"]))
            train, test = known[:size], known[size:]
            rows.append(
                (
                    error(LookupGlosser().fit(train), test)[0],
                    error(CrfGlosser().fit(train), test)[0],
                )
            )
        lookup, crf = (sum(column) / SPLITS for column in zip(*rows, strict=True))
        low, high = min(row[1] for row in rows), max(row[1] for row in rows)
        curve[size] = {"lookup": lookup, "crf": [row[1] for row in rows]}
        print(f"| {size} | {lookup:.3f} | {crf:.3f} ({low:.3f} to {high:.3f}) |", flush=True)
    figures["vamale curve"] = curve
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
