"""The languages of a dataset: from the identifiers in its rows to `Language`, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from igtkit.igt import Language
from igtkit.igt.language import GLOTTOCODE, ISO_CODE, is_no_language
from igtkit.io._losses import empty
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io.cldf.dataset import Dataset

__all__ = [
    "LanguageTable",
    "find_language",
    "judged_language",
    "language_id",
    "read_languages",
    "to_id",
]

_CODES = {"glottocode": GLOTTOCODE, "iso639_3": ISO_CODE}
_NO_ID = re.compile("[^a-zA-Z0-9_-]+")
_TERMS = {"name": "name", "glottocode": "glottocode", "iso639P3code": "iso639_3"}

_UNGRAMMATICAL = "-ungrammatical"
"""What the identifier ends in of a language that nobody speaks: that of ungrammatical examples.

CLDF asks for such an item, without a glottocode, lest the examples be taken for the language."""

_UNKNOWN = "und"
"""The identifier of no language in particular (ISO 639-3: undetermined)."""


def read_languages(dataset: Dataset, source: Source) -> dict[str, Language | None]:
    """The languages of a dataset by identifier; None for one of which nothing is known."""
    table = dataset.table("LanguageTable")
    if table is None:
        return {}
    key = dataset.column(table, "id")
    names = {term: dataset.column(table, term) for term in _TERMS}
    found: dict[str, Language | None] = {}
    for _, row in dataset.rows(table, source):
        parts = {
            _TERMS[term]: row.get(column.header) or None
            for term, column in names.items()
            if column is not None
        }
        identifier = row.get(key.header if key is not None else "ID", "")
        language = Language(**parts)
        found[identifier] = None if is_no_language(language) else language
    return found


def find_language(
    languages: Mapping[str, Language | None], identifier: str | None
) -> Language | None:
    """The language that an identifier means; one that is in no table is a code or a name.

    Example:
        >>> find_language({}, "dido1241").glottocode
        'dido1241'
    """
    if identifier is None or identifier in languages:
        return languages.get(identifier or "")
    if is_no_language(Language(iso639_3=identifier)):
        return None
    if GLOTTOCODE.fullmatch(identifier):
        return Language(glottocode=identifier)
    if ISO_CODE.fullmatch(identifier):
        return Language(iso639_3=identifier)
    return Language(name=identifier)


def judged_language(identifier: str, languages: Mapping[str, Language | None]) -> str:
    """The language that an ungrammatical example is an attempt at.

    Example:
        >>> judged_language("dido1241-ungrammatical", {"dido1241": Language("dido1241")})
        'dido1241'
    """
    base = identifier.removesuffix(_UNGRAMMATICAL)
    return base if base in languages else identifier


def language_id(language: Language | None) -> str:
    """The identifier that a language gets where nothing else says one.

    Example:
        >>> language_id(Language(name="West Greenlandic")), language_id(None)
        ('West_Greenlandic', 'und')
    """
    known = language or Language()
    return to_id(known.glottocode or known.iso639_3 or known.name or "") or _UNKNOWN


def to_id(text: str) -> str:
    """The text as CLDF allows it in an identifier: Latin letters, digits, ``_`` and ``-``."""
    return _NO_ID.sub("_", text)


class LanguageTable:
    """The languages of the examples that are written, each with its identifier."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._languages: dict[str, Language | None] = {}
        self._identifiers: dict[tuple[str, Language | None], str] = {}
        self._counts: dict[str, int] = {}  # the last number that was put behind an identifier

    def add(self, language: Language | None, name: str, wanted: object = None) -> str:
        """Return the identifier of a language: the wanted one, unless another language has it.

        Args:
            language: The language.
            name: The attribute of an entry that it is; reported where a code of it is none.
            wanted: The identifier that it had in the dataset it was read from.
        """
        if language is not None and is_no_language(language):
            self._sink.lose(empty(name))
        codes = ((getattr(language, kind, None), pattern) for kind, pattern in _CODES.items())
        if any(code is not None and not pattern.fullmatch(code) for code, pattern in codes):
            self._sink.lose(name)
        usual = wanted if isinstance(wanted, str) and to_id(wanted) == wanted else ""
        usual = usual or language_id(language)
        known = (usual, language)
        if known in self._identifiers:
            return self._identifiers[known]
        identifier, count = usual, self._counts.get(usual, 1)
        while self._languages.setdefault(identifier, language) != language:
            count += 1
            identifier = f"{usual}-{count}"
        self._counts[usual] = count
        self._identifiers[known] = identifier
        return identifier

    def add_ungrammatical(self, identifier: str) -> str:
        """Return the identifier for ungrammatical examples of a language: it has no glottocode."""
        language = self._languages.get(identifier)
        if language is None or language.glottocode is None:
            return identifier
        name = f"ungrammatical {language.name or identifier}"
        judged = identifier + _UNGRAMMATICAL
        return judged if self._languages.setdefault(judged, Language(name=name)) else identifier

    def rows(self) -> Iterator[dict[str, str | None]]:
        """The rows of the table."""
        for identifier, language in self._languages.items():
            codes = {name: getattr(language, name, None) or "" for name in _CODES}
            good = {n: code if _CODES[n].fullmatch(code) else None for n, code in codes.items()}
            yield {
                "ID": identifier,
                "Name": language.name if language is not None else None,
                "Glottocode": good["glottocode"],
                "ISO639P3code": good["iso639_3"],
            }
