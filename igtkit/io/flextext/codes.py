"""The language codes of FLEx, which are BCP 47 tags, and the languages they mean."""

from __future__ import annotations

import re

from igtkit.igt import Language

__all__ = ["UNDETERMINED", "code_of", "language_of"]

UNDETERMINED = "und"
"""The code of a language that nobody has named."""

_LONG = {
    "am": "amh", "ar": "ara", "bn": "ben", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra",
    "ha": "hau", "he": "heb", "hi": "hin", "hu": "hun", "id": "ind", "is": "isl", "it": "ita",
    "ja": "jpn", "ka": "kat", "km": "khm", "ko": "kor", "lo": "lao", "ms": "msa", "my": "mya",
    "nb": "nob", "ne": "nep", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sv": "swe", "sw": "swa", "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr",
    "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 to ISO 639-3, for the languages that texts are glossed and translated in."""
_SHORT = {long: short for short, long in _LONG.items()}
_PRIVATE = re.compile("q[a-t][a-z]")


def language_of(code: str | None) -> Language | None:
    """The language that a code means; None where the code names none.

    Example:
        >>> language_of("con-Latn-EC").iso639_3, language_of("en").iso639_3
        ('con', 'eng')
        >>> language_of("qaa-x-kal") is None
        True
    """
    main = (code or "").split("-")[0].lower()
    iso = _LONG.get(main, main)
    if len(iso) != 3 or not iso.isascii() or _PRIVATE.fullmatch(iso) or iso == UNDETERMINED:
        return None
    return Language(iso639_3=iso)


def code_of(language: Language | None) -> str:
    """The code of a language: its shortest, as BCP 47 asks.

    Example:
        >>> code_of(Language(iso639_3="eng")), code_of(Language(name="Tsez"))
        ('en', 'und')
    """
    iso = language.iso639_3 if language is not None else None
    return _SHORT.get(iso, iso) if iso else UNDETERMINED
