"""Quotes around a translation: what closes each, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["QUOTES", "REMARK", "unquote"]

QUOTES = {
    "‘": "’",
    "’": "’",
    "'": "'",
    "´": "´",
    "`": "'",
    "“": "”",
    "”": "”",
    '"': '"',
    "„": "“”",
    "‟": "”",
    "‚": "‘’",
    "‛": "’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "《": "》",
    "＂": "＂",
}
"""What closes each quote."""
_TYPED = {
    "‘": "'´`‘", "’": "'´", "'": "’´", "´": "'’", "`": "’´`", "“": '"“', '"': "”", "„": '"„',
    "‚": "'‚",
}  # fmt: skip
"""What is typed in its place."""

REMARK = re.compile(
    r"[(\[]?\s*(?:(?:lit(?:\.|erally|\b)|more literally|verbatim)[,:]?"
    r"|(?:not|also|cf\.)[,:]?\s*(?=[‘'“\"„«])"
    r"|(?:intended|int\.|context|comment|note|n\.b\.|nb)(?:\s\w+){0,2}\s*:)",
    re.IGNORECASE,
)
"""What begins a remark on a translation, such as a literal one."""
_BRACKET = r"[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]]"
_RIGHT = re.compile(rf"(?:\s*{_BRACKET})*[.,;]?[ \t]*(?:\Z|(?P<end>\n\s*)?(?P<next>\S))")
_BRACKET_FOLLOWS = re.compile(r"\s*[(\[]")
_DOUBLED = {
    "``": ("''", "´´", "”", '"'),
    "''": ("''",),
    "‘‘": ("’’",),
    ",,": ("''", "“", "”", "``", "‘‘"),
    "<<": (">>",),
    "´´": ("´´",),
}


def unquote(text: str) -> tuple[str, str] | None:
    """Return the text in the quotes that begin it, and what follows them; None if it is in none.

    Two texts in quotes side by side, ``‘one’ or ‘two’``, are in none.

    Example:
        >>> unquote("‘It’s a house.’ (Smith 2001)")
        ('It’s a house.', '(Smith 2001)')
        >>> unquote("»Ein Haus.«"), unquote("no quotes")
        (('Ein Haus.', ''), None)
    """
    for mark in _DOUBLED.get(text[:2], ()):
        at = text.find(mark, 2)
        if at > 0:
            return _inner(text[2:at]), text[at + len(mark) :].strip()
    end = _closing(text) if text[:1] in QUOTES else None
    if end is None or _is_closed_before_another(text, end):
        return None
    return _inner(text[1:end]), text[end + 1 :].strip()


def _inner(text: str) -> str:
    """The text without the spaces that some set inside of quotes: ``« a »``."""
    return text.strip() if text[:1].isspace() and text[-1:].isspace() else text


def _closing(text: str) -> int | None:
    """Return where the quote that begins a text is closed: never between letters."""
    proper = QUOTES[text[0]]
    found: list[int] = []
    for closers in (proper, proper + _TYPED.get(text[0], "")):
        found = [
            at
            for at in range(1, len(text))
            if text[at] in closers and not text[at + 1 : at + 2].isalnum()
        ]
        at = _best(text, found, nested=text[0] not in closers)
        if at is not None:
            return at
    follows = (at for at in found if _BRACKET_FOLLOWS.match(text, at + 1))
    return next(follows, found[-1] if found else None)


def _best(text: str, candidates: Sequence[int], *, nested: bool) -> int | None:
    """The first place that closes the quote with nothing but brackets and remarks after it."""
    opened, last = 0, 1
    for number, at in enumerate(candidates):
        opened += text.count(text[0], last, at) if nested else 0
        last = at
        if number < opened:
            continue  # it closes one within
        after = _RIGHT.match(text, at + 1)
        if after is None:
            continue
        if after["next"] is None or REMARK.match(text, after.start("next")):
            return at
        if after["end"] and (nested or text[at - 1] in ".!?…"):
            return at
    return candidates[-1] if candidates and candidates[-1] == len(text) - 1 else None


def _is_closed_before_another(text: str, end: int) -> bool:
    """Whether a second quote opens within, after the first is closed: ``‘one’ or ‘two’``."""
    closers = QUOTES[text[0]]
    opening = text.find(text[0], 1, end) if text[0] not in closers else -1
    return any(
        text[at] in closers and not text[at + 1].isalnum() for at in range(1, max(opening, 1))
    )
