"""What the commands that gloss and learn share: texts of one language, and a glosser of them."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from igtkit.cli._shared import counted_noun, note
from igtkit.corpus import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import read_lexicon, read_lift
from igtkit.models import CrfGlosser

__all__ = [
    "NOTHING_TO_DO",
    "add_language",
    "add_learning",
    "language_name",
    "learn",
    "of_one_language",
]

NOTHING_TO_DO = 3
"""The exit status where nothing is glossed that could be learned from, or nothing is open."""

_FEW = 50
"""From so many glossed sentences on, the glosser is far better than looking words up
(benchmarks/laptop-glosser.md, the learning curve)."""


def add_language(parser: argparse.ArgumentParser) -> None:
    """An option that chooses the texts of one language."""
    parser.add_argument("--language", metavar="NAME",
                        help="take the texts of this language: its name, glottocode or ISO 639-3 "
                        "code")  # fmt: skip


def add_learning(parser: argparse.ArgumentParser) -> None:
    """Options that say what a glosser knows besides the texts it learns from."""
    parser.add_argument("--lexicon", metavar="FILE",
                        help="words you know: a table (.csv) or a dictionary (.lift)")  # fmt: skip


def language_name(igt: IGT) -> str | None:
    """The name of a text's language, or its code; None if nothing is said of it."""
    known = igt.language
    return None if known is None else known.name or known.glottocode or known.iso639_3


def of_one_language(texts: Sequence[IGT], asked: str | None) -> list[int]:
    """The positions of the texts of one language.

    Args:
        texts: The texts.
        asked: A name or code; None where the texts are of one language, or do not say.

    Raises:
        InputError: If there are several languages and none was asked for, or none of the texts is
            in the one that was.
    """
    names = Counter(language_name(igt) for igt in texts)
    listed = ", ".join(f"{name or 'not said'} ({count})" for name, count in names.most_common())
    if asked is None:
        if len([name for name in names if name]) > 1:
            raise InputError(f"there are several languages: {listed}; choose one with --language")
        return list(range(len(texts)))
    chosen = [index for index, igt in enumerate(texts) if _is_of(igt, asked)]
    if not chosen:
        raise InputError(f"no text is in {asked}; there are: {listed}")
    return chosen


def _is_of(igt: IGT, asked: str) -> bool:
    known = igt.language
    if known is None:
        return False
    names = (known.name, known.glottocode, known.iso639_3)
    return asked.casefold() in [name.casefold() for name in names if name]


def learn(texts: Iterable[IGT], options: argparse.Namespace, *, quiet: bool) -> CrfGlosser | None:
    """A glosser that has learned from what a person has glossed, after a word of how much that is.

    Args:
        texts: Texts of one language, glossed or not.
        options: Those of `add_learning`.
        quiet: Whether to say nothing.

    Returns:
        The glosser; None where nothing is glossed.
    """
    every = list(texts)
    glossed = [igt for igt in every if work_state(igt) == "glossed"]
    begun = [igt for igt in every if work_state(igt) == "begun"]
    if not glossed:
        return None
    if not quiet:
        note(f"learning from {counted_noun(len(glossed), 'glossed sentence')} …")
        if len(glossed) < _FEW:
            note(f"  that is little: from {_FEW} on the suggestions get much better")
    lexicon = _lexicon(options.lexicon) if options.lexicon else ()
    glosser = CrfGlosser(lexicon=lexicon).fit(glossed)
    if begun:
        with contextlib.suppress(InputError):  # not a word of theirs pairs up
            glosser.update(begun)
    if glosser.left_out and not quiet:
        what = counted_noun(glosser.left_out, "sentence")
        note(f"  left out {what} whose lines do not pair up; igtkit check says where")
    return glosser


def _lexicon(path: str) -> Any:
    return read_lift(path) if path.lower().endswith(".lift") else read_lexicon(path)
