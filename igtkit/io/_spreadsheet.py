"""Cells that a spreadsheet leaves as they are.

Opening a CSV file, Excel and LibreOffice take ``=COP`` for a formula, ``-PL`` for another, ``2-3``
for a date and ``007`` for a number, and save what they made of it. An apostrophe before such a text
keeps it a text.
"""

from __future__ import annotations

import re

__all__ = ["protect", "unprotect"]

_MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zé]*\.?"
_CHANGED = re.compile(
    rf"""'*(?:
    [=+@\t-].*                                     # a formula
    | [\d\s.,:/%$€£()-]*\d[\d\s.,:/%$€£()-]*       # a number, a date, a time; (3) is -3
    | [\d.,]+e[-+]?\d+                             # 2E5
    | \d+\s*[ap]m?                                 # 3 pm
    | {_MONTH}[-\s/.]?\d+ | \d+[-\s/.]?{_MONTH}(?:[-\s/.]?\d+)?   # SEP-2
    | true | false | wahr | falsch | vrai | faux | verdadero | falso
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def protect(text: str) -> str:
    """Return a text so that a spreadsheet takes it for one.

    Example:
        >>> protect("=COP"), protect("house-PL"), protect("2-3"), protect("SEP-2")
        ("'=COP", 'house-PL', "'2-3", "'SEP-2")
    """
    return f"'{text}" if _CHANGED.fullmatch(text) else text


def unprotect(text: str) -> str:
    """Return the text that `protect` made safe.

    Example:
        >>> unprotect("'=COP"), unprotect("'twas")
        ('=COP', "'twas")
    """
    return text[1:] if text.startswith("'") and _CHANGED.fullmatch(text) else text
