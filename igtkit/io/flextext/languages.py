"""The language codes of FLEx, which are BCP 47 tags, and the languages they mean."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from igtkit.corpus.languages import find, resolve
from igtkit.igt import Language

__all__ = ["UNDETERMINED", "code_of", "language_of"]

UNDETERMINED = "und"
"""The code of a language that nobody has named."""

_CODE = re.compile("[a-z]{2,3}")
_NO_LANGUAGE = re.compile("q[a-t][a-z]|und|zxx|mul|mis")


@lru_cache(maxsize=1 << 10)
def language_of(code: str | None) -> Language | None:
    """The language that a code means; None where the code names none.

    Example:
        >>> language_of("con-Latn-EC")
        Language(glottocode='cofa1242', name='Cofán', iso639_3='con')
        >>> language_of("en").iso639_3, language_of("qaa-x-kal")
        ('eng', None)
    """
    main = (code or "").split("-")[0].lower()
    if not _CODE.fullmatch(main) or _NO_LANGUAGE.fullmatch(main):
        return None
    found = find(main)  # by code, or else by name, which would be chance here
    if found is not None and (main in attrs.astuple(found) or found.name.lower() != main):
        return found.to_language()
    return Language(iso639_3=main) if len(main) == 3 else None


@lru_cache(maxsize=1 << 10)
def code_of(language: Language | None) -> str:
    """The code of a language: its shortest, as BCP 47 asks.

    Example:
        >>> code_of(Language(iso639_3="eng")), code_of(Language(name="Tsez")), code_of(None)
        ('en', 'ddo', 'und')
    """
    iso = resolve(language).iso639_3 if language is not None else None
    if iso is None:
        return UNDETERMINED
    found = find(iso)
    return found.iso639_1 or iso if found is not None else iso
