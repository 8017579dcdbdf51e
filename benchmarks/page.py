"""Write docs/benchmarks.md from the table in README.md: ``python benchmarks/page.py``.

No figure is typed in here: each row stands in README.md, and links to its log, which is a page of
the site, too. A test runs this and compares.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"

HEADLINES = (
    *("published.md", "crf_log.md", "laptop-glosser.md", "estimate.md", "annotation_order.md"),
    *("README.md", "retrieval.md", "corpus.md", "constraints.md", "few_texts.md"),
)
"""The ten logs whose headlines stand on the page, in this order; the others are only named."""

INTRODUCTION = """\
<!-- Written by benchmarks/page.py from the table in benchmarks/README.md; change that. -->

# Benchmarks

Only measured figures stand here. Each links to its log, which names the script, the data and the
machine, and says what else was tried and what did not work. Times on a busy machine are upper
bounds. MER is the [morpheme error rate](metrics.md), of which lower is better.

| question | figure | log |
| --- | --- | --- |
"""


def rows() -> dict[str, tuple[str, str]]:
    """Question and headline, by the name of the log."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    found = {}
    for where, question, headline in table:
        link = re.search(r"\((.+?\.md)\)", where)
        if link or where == "below":
            found.setdefault(link[1] if link else "README.md", (question, headline))
    return found


def link(name: str) -> str:
    """The log as a page of the site."""
    shown = "light-core" if name == "README.md" else name.removesuffix(".md")
    return f"[{shown}](benchmarks/{shown}.md)"


def page() -> str:
    """The whole page."""
    found = rows()
    headlines = [f"| {found[name][0]} | {found[name][1]} | {link(name)} |" for name in HEADLINES]
    others = [f"- {link(name)}: {found[name][0]}" for name in sorted(found.keys() - {*HEADLINES})]
    return "\n".join([INTRODUCTION + "\n".join(headlines), "", "Other logs:", "", *others, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
