"""Write docs/benchmarks.md from the logs beside this script: ``python benchmarks/page.py``.

Nothing is measured here and no figure is typed in: paragraphs and tables are taken as they stand in
the logs, so that page and logs cannot differ. A test runs this and compares.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"

# Title on the page, log, and of which sections which blocks (what stands between blank lines).
PARTS = (
    ("Scoring, reading, importing", "README.md", (("2026-11-22", None),)),
    ("Large files", "README.md", (("Large files, 2026-11-23", None),)),
    ("Building a corpus", "corpus.md", (("How fast a corpus is made", None),)),
    ("Similar sentences", "retrieval.md", (("Exact chrF neighbors", None),)),
    (
        "The laptop glosser",
        "crf_log.md",
        (("CrfGlosser: what was tried and what it gave", 1), ("Where it stands", 3)),
    ),
    ("Beside published systems", "published.md", (("Beside published systems", None),)),
    ("Official test files", "published.md", (("Official test files", None),)),
    (
        "PolyGloss test sets, nothing seen",
        "published.md",
        (("PolyGloss test sets, nothing seen", None),),
    ),
    ("Further languages", "laptop-glosser.md", (("Further languages", 2),)),
    (
        "Normalizing before training",
        "normalizer.md",
        (("Normalizing and the laptop glosser", None), ("2026-11-29", None)),
    ),
    ("From 50 sentences on", "laptop-glosser.md", (("Learning curve", None),)),
    ("How sure it is", "laptop-glosser.md", (("Probabilities", None),)),
    ("In which order to gloss", "annotation_order.md", (("In which order to gloss", None),)),
    (
        "How many words are right, by its own estimate",
        "estimate.md",
        (("Does `igtkit gloss` know how many words are right?", None),),
    ),
    (
        "Hard attention",
        "hard_attention.md",
        (("Hard attention", None), ("2026-11-23", None), ("Test", None)),
    ),
    (
        "A seq2seq model from nothing",
        "seq2seq.md",
        (("Seq2seq from scratch", 1), ("2026-11-23", 7)),
    ),
    ("What well-formed output costs", "constraints.md", (("Constrained decoding", None),)),
    (
        "Glossing by example",
        "in_context.md",
        (("Glossing by example with a small model", None), ("2026-11-23", None)),
    ),
    ("Training by reward", "grpo.md", (("The alignment reward", None), ("2026-11-23", None))),
)

INTRODUCTION = """\
<!-- Written by benchmarks/page.py from the logs in benchmarks/; change those. -->

# Benchmarks

Only measured figures stand here, each with the script that printed it, the data and the machine.
They are taken from the logs in the folder `benchmarks`, where you find what else was tried, and
what did not work. Times on a busy machine are upper bounds. MER is the
[morpheme error rate](metrics.md).
"""


def sections(text: str) -> dict[str, list[str]]:
    """The blocks under each heading of a log."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        found[heading] = [block for block in re.split(r"\n{2,}", body.strip("\n")) if block]
    return found


def summary(blocks: list[str]) -> str:
    """The table of questions and headlines, without its column of files."""
    rows = [row.strip("|").split("|")[1:] for row in blocks[0].split("\n")]
    return "\n".join(f"|{'|'.join(row)}|" for row in rows)


def page() -> str:
    """The whole page."""
    logs = {name: sections((HERE / name).read_text(encoding="utf-8")) for _, name, _ in PARTS}
    parts = [INTRODUCTION, summary(logs["README.md"]["What is measured"]) + "\n"]
    for title, name, picks in PARTS:
        blocks = [block for heading, count in picks for block in logs[name][heading][:count]]
        body = "\n\n".join(blocks).replace("](../docs/images/", "](images/")
        parts.append(f"## {title}\n\n{body}\n\nFrom `benchmarks/{name}`.\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
