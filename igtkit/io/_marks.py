"""A machine's suggestion in three cells of a table: how probable, what else, confirmed or not.

A cell says what a person can read and change in a spreadsheet, and comes back as it was:
``0.93 ? 0.41``; ``ev-de house-LOC 0.05; evde at.home 0.01``; ``yes``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from igtkit.errors import InputError

__all__ = [
    "MARK_COLUMNS",
    "NOTHING",
    "from_cells",
    "is_confirmed",
    "parse_alternatives",
    "parse_number",
    "show_alternatives",
    "show_number",
    "to_cells",
]

MARK_COLUMNS = ("probability", "alternatives", "confirmed")
"""The columns, in order."""

_YES = frozenset(
    [
        *("yes", "y", "x", "1", "true", "ok", "✓", "✔", "confirmed", "corrected"),
        *("ja", "oui", "si", "sí", "sim", "да", "wahr", "vrai", "vero", "verdadero"),
    ]
)
_NO = frozenset(
    ("no", "n", "0", "false", "suggested", "nein", "non", "não", "нет", "falsch", "faux", "falso")
)
"""What people write; 1, 0, true and false are what spreadsheets make of a tick."""

NOTHING = "–"
"""A form or gloss that a suggestion does not have."""

_UNKNOWN = "?"
_WORD = re.compile(r"\s*\|\s*")
_OPTION = re.compile(r"\s*;\s+")


def is_confirmed(cell: str | None) -> bool | None:
    """Return what a cell says of whether a person has confirmed; None if it is empty.

    Raises:
        InputError: If it says something else than yes or no.

    Example:
        >>> is_confirmed("Yes"), is_confirmed("FALSE"), is_confirmed(" ")
        (True, False, None)
    """
    text = (cell or "").strip().casefold()
    if not text:
        return None
    if text not in _YES | _NO:
        raise InputError(f"confirmed is {cell!r:.40}; write yes, or leave it empty")
    return text in _YES


def show_number(value: object) -> str:
    """Return a probability with all its digits, ``?`` where there is none."""
    return _UNKNOWN if value is None else repr(value)


def parse_number(text: str) -> float | None:
    """Return a probability as people and spreadsheets write it; None where it is none.

    Example:
        >>> parse_number("0.93"), parse_number("93%"), parse_number("0,93"), parse_number("?")
        (0.93, 0.93, 0.93, None)
    """
    digits, percent, _ = text.strip().replace(",", ".").partition("%")
    try:
        number = float(digits)
    except ValueError:
        return None
    return (number / 100 if percent else number) if math.isfinite(number) else None


def show_alternatives(
    options: Sequence[Sequence[Any]], number: Callable[[Any], str] = show_number
) -> str:
    """Return the other suggestions for a word: form, gloss and probability of each.

    Example:
        >>> show_alternatives([["ev-de", "house-LOC", 0.05], [None, "home", None]])
        'ev-de house-LOC 0.05; – home ?'
    """
    return "; ".join(
        f"{NOTHING if form is None else form} {NOTHING if gloss is None else gloss} "
        f"{number(probability)}"
        for form, gloss, probability in options
    )


def parse_alternatives(text: str) -> list[list[Any]]:
    """Return the suggestions that `show_alternatives` wrote.

    Raises:
        ValueError: If one has no form, gloss and probability.
    """
    options: list[list[Any]] = []
    for option in _OPTION.split(text.strip()) if text.strip() else []:
        form, gloss, probability = option.split()
        words = [None if part == NOTHING else part for part in (form, gloss)]
        options.append([*words, parse_number(probability)])
    return options


def to_cells(mark: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the cells of a mark, and what of it the cells do not say.

    Args:
        mark: ``metadata["prediction"]``; see `igtkit.Prediction.to_igt`.

    Example:
        >>> to_cells({"system": "crf", "confirmed": False, "probabilities": [0.93, None]})
        ({'probability': '0.93 ?', 'confirmed': 'no'}, {'system': 'crf'})
    """
    cells: dict[str, str] = {}
    rest = dict(mark)
    for name, key, show in _LISTS:
        try:
            cell = show(rest[key])
            comes_back = _same(_PARSE[name](cell), rest[key])
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if cell and comes_back:
            cells[name] = cell
            del rest[key]
    if isinstance(rest.get("confirmed"), bool):
        cells["confirmed"] = "yes" if rest.pop("confirmed") else "no"
    return cells, rest


def from_cells(cells: Mapping[str, str], rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mark that `to_cells` took apart, as a person may have changed it since.

    Raises:
        InputError: If a cell makes no sense.
    """
    mark = dict(rest)
    confirmed = is_confirmed(cells.get("confirmed"))
    if confirmed is not None:
        mark["confirmed"] = confirmed
    for name, key, _ in _LISTS:
        if cells.get(name):
            try:
                mark[key] = _PARSE[name](cells[name])
            except ValueError as error:
                raise InputError(
                    f"{name} is {cells[name]!r:.60}; leave these cells as they are"
                ) from error
    return mark


def _show_numbers(values: Sequence[Any]) -> str:
    return " ".join(map(show_number, values))


def _parse_numbers(text: str) -> list[float | None]:
    return [parse_number(part) for part in text.split()]


def _show_words(words: Sequence[Sequence[Sequence[Any]]]) -> str:
    return " | ".join(map(show_alternatives, words))


def _parse_words(text: str) -> list[list[list[Any]]]:
    return [parse_alternatives(word) for word in _WORD.split(text)]


_LISTS: Sequence[tuple[str, str, Callable[[Any], str]]] = (
    ("probability", "probabilities", _show_numbers),
    ("alternatives", "alternatives", _show_words),
)
_PARSE: Mapping[str, Callable[[str], list[Any]]] = {
    "probability": _parse_numbers,
    "alternatives": _parse_words,
}


def _same(one: object, other: object) -> bool:
    """Whether two lists are equal, tuples being lists, as JSON has them."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other
