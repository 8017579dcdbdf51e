"""The language that a code in a file means."""

from __future__ import annotations

import re

from igtkit.corpus.languages import find
from igtkit.igt import Language
from igtkit.igt.language import is_no_language

__all__ = ["language_of_code"]


def language_of_code(code: str | None) -> Language | None:
    """The language that a code of ISO 639 or a language tag means, or else a name.

    Example:
        >>> language_of_code("spa"), language_of_code("es-MX").iso639_3, language_of_code("und")
        (Language(glottocode=None, name=None, iso639_3='spa'), 'spa', None)
    """
    code = (code or "").strip()
    if not code or is_no_language(Language(name=code)):
        return None
    if re.fullmatch("[a-z]{3}", code):
        return Language(iso639_3=code)
    found = find(code.split("-")[0])
    return found.to_language() if found is not None else Language(name=code)
