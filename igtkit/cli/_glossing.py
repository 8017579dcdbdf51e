"""What the commands that gloss and learn share: a glosser that has learned."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from typing import Any

from igtkit.cli._shared import counted_noun, note
from igtkit.igt import IGT
from igtkit.io import read_lexicon, read_lift
from igtkit.models import CrfGlosser, Lessons
from igtkit.models.lessons import FEW

__all__ = [
    "NOTHING_TO_DO",
    "add_learning",
    "learn",
    "tell_left_out",
]

NOTHING_TO_DO = 3
"""The exit status where nothing is glossed that could be learned from, or nothing is open."""

_EXPECT = (
    "  that is little. In twelve corpora a third of the words came out right with 25 sentences, "
    "half with 100, seven in ten with 400"
)
"""What to expect (benchmarks/estimate.md)."""


def add_learning(parser: argparse.ArgumentParser) -> None:
    """Options that say what a glosser knows besides the texts it learns from."""
    parser.add_argument("--lexicon", metavar="FILE",
                        help="words you know: a table (.csv) or a dictionary (.lift)")  # fmt: skip
    parser.add_argument("--ungrammatical", action="store_true",
                        help="learn from examples marked as ungrammatical (*), too")  # fmt: skip


def learn(texts: Iterable[IGT], options: argparse.Namespace, *, quiet: bool) -> CrfGlosser | None:
    """A glosser that has learned from what a person has glossed, after a word of how much that is.

    Args:
        texts: Texts of one language, glossed or not.
        options: Those of `add_learning`.
        quiet: Whether to say nothing.

    Returns:
        The glosser; None where nothing is glossed.
    """
    lessons = Lessons.of(texts)
    if not lessons:
        return None
    glossed, parts = lessons.glossed, lessons.parts
    if not quiet:
        count = counted_noun(len(glossed), "glossed sentence") if glossed or not parts else ""
        also = f"the words done in {counted_noun(len(parts), 'sentence')}" if parts else ""
        note(f"learning from {' and '.join(filter(None, [count, also]))} …")
        if len(glossed) < FEW:
            note(_EXPECT)
    lexicon = _lexicon(options.lexicon) if options.lexicon else ()
    glosser = CrfGlosser(lexicon=lexicon)
    lessons.teach(glosser, ungrammatical=options.ungrammatical)
    if lexicon and not quiet:
        note(f"  {glosser.lexicon_use}")
    if not quiet:
        tell_left_out(glosser, glosser.left_out)
    return glosser


def tell_left_out(glosser: CrfGlosser, sentences: int) -> None:
    """Say from what the glosser has not learned, and why.

    Args:
        glosser: The glosser.
        sentences: Number of sentences without a word to learn from.
    """
    left_out = []
    if sentences:
        left_out.append(counted_noun(sentences, "sentence"))
    where = ""
    if glosser.passed_over:
        words = Counter(word for _, row in glosser.passed_over for word in row)
        [(often, _)] = words.most_common(1)
        first = next(text for text, row in glosser.passed_over if often in row)
        count = counted_noun(words.total(), "word")
        noun = "other sentence" if sentences else "sentence"
        left_out.append(f"{count} in {counted_noun(len(glosser.passed_over), noun)}")
        where = f", such as {_cut(often, 40)!r} in {_cut(first.transcription or '', 80)!r}"
    if left_out:
        what = " and ".join(left_out)
        note(
            f"  left out {what} whose lines do not pair up{where}; igtkit check --notes says where"
        )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _lexicon(path: str) -> Any:
    return read_lift(path) if path.lower().endswith(".lift") else read_lexicon(path)
