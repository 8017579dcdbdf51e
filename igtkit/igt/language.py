"""A language, by any of its names."""

from __future__ import annotations

import re

import attrs

from igtkit.errors import InputError
from igtkit.igt.fields import text_field

__all__ = ["GLOTTOCODE", "ISO_CODE", "Language", "is_no_language", "label_of", "to_language"]

GLOTTOCODE = re.compile("[a-z0-9]{4}[1-9][0-9]{3}")
"""What a glottocode looks like."""

ISO_CODE = re.compile("[a-z]{3}")
"""What a code of ISO 639-3 looks like."""

_NO_CODES = frozenset(["und", "mis", "mul", "zxx"])
_NO_NAMES = _NO_CODES | {
    *("undefined", "undetermined", "unknown", "unspecified", "unknown language"),
    *("multiple languages", "uncoded languages", "no linguistic content", "not applicable"),
}


@attrs.frozen
class Language:
    """A language, by any of its names; every part may be unknown.

    Attributes:
        glottocode: Glottolog's identifier, for example ``"dido1241"``.
        name: A name people use.
        iso639_3: ISO 639-3 code.

    Example:
        >>> Language("dido1241", "Tsez", "ddo").name
        'Tsez'
    """

    glottocode: str | None = text_field()
    name: str | None = text_field()
    iso639_3: str | None = text_field()


def label_of(language: Language | None) -> str | None:
    """What a language is called: its name, or else a code; None if nothing is known of it.

    Example:
        >>> label_of(Language("dido1241", "Tsez")), label_of(Language("dido1241"))
        ('Tsez', 'dido1241')
    """
    if language is None:
        return None
    return language.name or language.glottocode or language.iso639_3


def to_language(value: Language | str | None) -> Language | None:
    """A language as it may be given: itself, a name, or None."""
    if value is None or isinstance(value, Language):
        return value
    if isinstance(value, str):
        return Language(name=value) if value else None
    raise InputError(f"a language must be a Language, a name or None, got {value!r}")


def is_no_language(language: Language) -> bool:
    """Whether all that is said of a language is that it is none in particular.

    ISO 639 has codes for that: ``und`` (undetermined), ``mis`` (uncoded), ``mul`` (several) and
    ``zxx`` (nothing linguistic).

    Example:
        >>> is_no_language(Language(name="Undefined")), is_no_language(Language("dido1241"))
        (True, False)
    """
    codes = (language.glottocode, language.iso639_3)
    name = (language.name or "").strip().lower()
    return all(code is None or code.lower() in _NO_CODES for code in codes) and (
        not name or name in _NO_NAMES
    )
