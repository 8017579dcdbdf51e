"""Write the tables that set igtkit beside published systems: ``python benchmarks/compare.py``.

No figure is typed into a page. Published ones come from `igtkit.data.load_published`, igtkit's own
from ``figures.csv`` beside this script, which says how each was measured. A page marks where a
table goes, by what the figures are of; so there is nothing in it but figures of the same split,
metric and preset::

    <!-- figures: PolyGloss test | segmentation.f1 | both -->
    <!-- end of figures -->

Names of systems after a further ``|`` leave out the other published ones. A test runs this and
compares.
"""

from __future__ import annotations

import csv
import re
import statistics
from collections.abc import Iterable
from pathlib import Path

from igtkit.data import PublishedFigure, load_published

HERE = Path(__file__).resolve().parent
PAGES = (HERE / "published.md", HERE.parent / "docs" / "paper.md")
LANGUAGES = ("ddo", "git", "lez", "ntu", "nyb", "usp")
_TABLE = re.compile(r"(<!-- figures: (.+?) -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def own_figures() -> list[PublishedFigure]:
    """The figures that igtkit's own systems have on the same test sets."""
    text = (HERE / "figures.csv").read_text(encoding="utf-8")
    return [PublishedFigure(**row) for row in csv.DictReader(text.splitlines())]


def table(split: str, metric: str, preset: str, systems: Iterable[str] = ()) -> str:
    """The figures of one kind, a row for each system.

    Args:
        split: What was scored.
        metric: The figure.
        preset: How it is counted.
        systems: Only these published systems; all if there is none.

    Returns:
        A Markdown table, with the average over the six languages.
    """
    wanted = (split, metric, preset)
    rows: dict[str, dict[str, PublishedFigure]] = {}
    for each in (*load_published(), *own_figures()):
        if (each.split, each.metric, each.preset) == wanted:
            rows.setdefault(each.system, {}).setdefault(each.language, each)
    own = {each.system for each in own_figures()}
    chosen = own.union(systems) if systems else rows.keys()
    lines = [
        f"| | {' | '.join(LANGUAGES)} | average | source |",
        "|---|" + "--:|" * (len(LANGUAGES) + 1) + "---|",
    ]
    for name, row in rows.items():
        if name not in chosen:
            continue
        values = [row[language].figure for language in LANGUAGES]
        average = row["average of 6"].figure if "average of 6" in row else statistics.fmean(values)
        cells = [f"{value:.3f}" for value in (*values, average)]
        title = f"igtkit: `{name}`" if name in own else name
        lines.append(f"| {title} | {' | '.join(cells)} | {row[LANGUAGES[0]].source} |")
    return "\n".join(lines)


def filled(page: str) -> str:
    """A page with its tables written anew."""

    def write(match: re.Match[str]) -> str:
        begin, kind, end = match.groups()
        split, metric, preset, *systems = kind.split(" | ")
        return f"{begin}\n{table(split, metric, preset, systems)}\n\n{end}"

    return _TABLE.sub(write, page)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
