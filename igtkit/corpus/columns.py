"""An entry as one flat row, under the column names of the published PolyGloss corpus.

The columns are those of ``lecslab/polygloss-corpus`` on the Hugging Face hub (id, source,
transcription, segmentation, glosses, translation, glottocode, language, metalang_glottocode,
metalanguage), and after them what that corpus has no column for (pos, split, iso639_3,
metalang_iso639_3, metadata). Every table that igtkit reads or writes uses them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from igtkit._json import is_json, read_object
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.language import is_no_language

__all__ = [
    "COLUMNS",
    "from_row",
    "json_part",
    "metadata_from_text",
    "metadata_to_text",
    "to_row",
]

_LANGUAGE = {"glottocode": "glottocode", "name": "language", "iso639_3": "iso639_3"}
_METALANGUAGE = {
    "glottocode": "metalang_glottocode",
    "name": "metalanguage",
    "iso639_3": "metalang_iso639_3",
}
_PLAIN = (
    *("id", "source", "transcription", "segmentation", "glosses", "translation"),
    *("pos", "split"),
)

COLUMNS = (
    *_PLAIN[:6],
    *("glottocode", "language", "metalang_glottocode", "metalanguage"),
    *_PLAIN[6:],
    *("iso639_3", "metalang_iso639_3", "metadata"),
)
"""The names of the columns, in order."""


def to_row(igt: IGT) -> dict[str, Any]:
    """One entry as a flat row.

    Returns:
        A value for each of `COLUMNS`; what is not known is None.

    Example:
        >>> row = to_row(IGT("a", language=Language("dido1241", "Tsez")))
        >>> row["language"], row["glottocode"], row["glosses"]
        ('Tsez', 'dido1241', None)
    """
    language, metalanguage = igt.language or Language(), igt.metalanguage or Language()
    return {
        "id": igt.id,
        "source": igt.source,
        "transcription": igt.transcription,
        "segmentation": igt.segmentation,
        "glosses": igt.glosses,
        "translation": igt.translation,
        "glottocode": language.glottocode,
        "language": language.name,
        "metalang_glottocode": metalanguage.glottocode,
        "metalanguage": metalanguage.name,
        "pos": igt.pos,
        "split": igt.split,
        "iso639_3": language.iso639_3,
        "metalang_iso639_3": metalanguage.iso639_3,
        "metadata": dict(igt.metadata),
    }


def from_row(row: Mapping[str, Any]) -> IGT:
    """The entry that a row holds: the inverse of `to_row`.

    Columns may be missing. One that is not among `COLUMNS` is kept in `IGT.metadata`, by its name.
    A whole number for an id or a source is taken as text: ``7`` is ``"7"``. A language that is none
    in particular (``und``) is None.

    Raises:
        InputError: If a value is neither a string nor None, the metadata no mapping, or a column
            and the metadata say different things under one name.

    Example:
        >>> from_row({"transcription": "a", "iso639_3": "ddo", "page": 7}).metadata
        {'page': 7}
    """
    metadata = row.get("metadata") or {}
    if not isinstance(metadata, Mapping):
        raise InputError(f"metadata must be a mapping, got {metadata!r:.80}")
    extra = {name: value for name, value in row.items() if name not in _KNOWN}
    twice = [name for name in extra if name in metadata and metadata[name] != extra[name]]
    if twice:
        raise InputError(f"column {twice[0]!r} and metadata[{twice[0]!r}] differ")
    mended = {name: str(row[name]) for name in _NAMES if _is_number(row.get(name))}
    row = {**row, **mended} if mended else row
    for name in _TEXT:
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise InputError(
                f"{name} must be a string or null, got {value!r:.80} ({type(value).__name__})"
            )
    return IGT(
        **{name: row.get(name) for name in _PLAIN},
        language=_language(row, _LANGUAGE),
        metalanguage=_language(row, _METALANGUAGE),
        metadata={**metadata, **extra},
    )


def json_part(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON can hold of the metadata; a tuple comes back as a list.

    Example:
        >>> json_part({"page": 7, "drawing": object(), "size": float("nan")})
        {'page': 7}
    """
    return {name: value for name, value in metadata.items() if is_json({name: value})}


def metadata_to_text(metadata: Mapping[str, Any]) -> str | None:
    """The metadata as JSON, for tables whose cells are text; without what JSON cannot hold.

    Example:
        >>> metadata_to_text({"page": 7}), metadata_to_text({})
        ('{"page": 7}', None)
    """
    part = json_part(metadata)
    return json.dumps(part, ensure_ascii=False) if part else None


def metadata_from_text(text: str) -> dict[str, Any]:
    """The inverse of `metadata_to_text`; any other text is kept under the name ``"metadata"``."""
    try:
        return read_object(text)
    except InputError:
        return {"metadata": text}


_KNOWN = frozenset(COLUMNS)
_NAMES = ("id", "source")
_TEXT = tuple(name for name in COLUMNS if name != "metadata")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _language(row: Mapping[str, Any], columns: Mapping[str, str]) -> Language | None:
    parts = {part: row.get(column) for part, column in columns.items()}
    if all(value is None for value in parts.values()):
        return None
    language = Language(**parts)
    return None if any(parts.values()) and is_no_language(language) else language
