"""Texts of one language, of those that a command reads."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from igtkit._characters import fold_case
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.language import label_of

__all__ = [
    "add_language",
    "is_of_language",
    "language_name",
    "no_text",
    "of_language",
    "of_one_language",
]


def add_language(parser: argparse.ArgumentParser, what: str = "take") -> None:
    """An option that chooses the texts of one language; `what` is done with these."""
    parser.add_argument("--language", metavar="NAME",
                        help=f"{what} the texts of this language: its name, glottocode or "
                        "ISO 639-3 code")  # fmt: skip


def language_name(igt: IGT) -> str | None:
    """The name of a text's language, or its code; None if nothing is said of it."""
    return label_of(igt.language)


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
    if asked is None:
        if len([name for name in names if name]) > 1:
            listed = _listed(names)
            raise InputError(f"there are several languages: {listed}; choose one with --language")
        return list(range(len(texts)))
    chosen = [index for index, igt in enumerate(texts) if is_of_language(igt, asked)]
    if not chosen:
        raise InputError(no_text(asked, names))
    return chosen


def is_of_language(igt: IGT, asked: str) -> bool:
    """Whether a text is in the language of a name, glottocode or ISO 639-3 code, in any case."""
    known = igt.language
    if known is None:
        return False
    names = (known.name, known.glottocode, known.iso639_3)
    return fold_case(asked) in [fold_case(name) for name in names if name]


def of_language(texts: Iterable[IGT], asked: str | None) -> Iterator[IGT]:
    """The texts of the language that was asked for, as they come; all if none was.

    Raises:
        InputError: At the end, if none of the texts was in that language.
    """
    if asked is None:
        yield from texts
        return
    found = False
    others: Counter[str | None] = Counter()
    for igt in texts:
        if is_of_language(igt, asked):
            found = True
            yield igt
        else:
            others[language_name(igt)] += 1
    if not found:
        raise InputError(no_text(asked, others))


def no_text(asked: str, names: Counter[str | None]) -> str:
    """What to say where no text is in the language that was asked for, but in others."""
    return f"no text is in {asked}; there are: {_listed(names)}"


def _listed(names: Counter[str | None]) -> str:
    return ", ".join(f"{name or 'not said'} ({count})" for name, count in names.most_common())
