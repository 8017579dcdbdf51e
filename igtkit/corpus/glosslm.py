"""The column names of the GlossLM corpus, ``lecslab/glosslm-corpus`` on the Hugging Face hub.

That corpus has no column for the segmentation. A sentence with one stands in it twice under one
id: once with the text in ``transcription`` and ``is_segmented`` ``"no"``, once with the
segmentation there and ``"yes"``.

Source: Ginn et al. (2024), GlossLM: A massively multilingual corpus and pretrained model for
interlinear glossed text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from igtkit.corpus.columns import from_row, metadata_from_text
from igtkit.igt import IGT, Language

__all__ = [
    "GLOSSLM_COLUMNS",
    "from_any_row",
    "from_rows",
    "is_glosslm",
    "join_halves",
    "to_glosslm_rows",
]

GLOSSLM_COLUMNS = (
    *("transcription", "glosses", "translation", "glottocode", "id", "source"),
    *("metalang_glottocode", "is_segmented", "language", "metalang"),
)
"""The names of the columns, in order."""


def from_any_row(row: Mapping[str, Any]) -> IGT:
    """The entry that a row holds, under the columns of GlossLM or those of `columns`.

    A segmented row of GlossLM has a segmentation and no transcription. Metadata may be JSON.

    Raises:
        InputError: As for `igtkit.corpus.columns.from_row`.

    Example:
        >>> from_any_row({"transcription": "cat-s", "is_segmented": "yes"}).segmentation
        'cat-s'
    """
    metadata = row.get("metadata")
    if isinstance(metadata, str):
        row = {**row, "metadata": metadata_from_text(metadata)}
    if not is_glosslm(row):
        return from_row(row)
    named = {name: value for name, value in row.items() if name not in ("is_segmented", "metalang")}
    named["metalanguage"] = row.get("metalang")
    if row["is_segmented"] == "yes":
        named["segmentation"] = named.pop("transcription", None)
    return from_row(named)


def from_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[IGT]:
    """The entries of a table, under either layout; GlossLM's two rows of a sentence become one."""
    left = iter(rows)
    first = next(left, None)
    if first is None:
        return iter(())
    entries = map(from_any_row, chain([first], left))
    return join_halves(entries) if is_glosslm(first) else entries


def is_glosslm(columns: Iterable[str]) -> bool:
    """Whether a table is in GlossLM's layout, by the names of its columns."""
    names = set(columns)
    return "is_segmented" in names and "segmentation" not in names


def join_halves(items: Iterable[IGT]) -> Iterator[IGT]:
    """The entries, neighbors that are one sentence joined: the one its text, the other segmented.

    Two are one sentence if they have the same id and are the same in everything but that.

    Example:
        >>> halves = [IGT("cats", id="1"), IGT(None, "cat-s", id="1")]
        >>> list(join_halves(halves)) == [IGT("cats", "cat-s", id="1")]
        True
    """
    held: IGT | None = None
    for igt in items:
        whole = None if held is None else _whole(held, igt)
        if held is not None:
            yield whole or held
        held = None if whole else igt
    if held is not None:
        yield held


def _whole(one: IGT, other: IGT) -> IGT | None:
    text, parts = (one, other) if one.segmentation is None else (other, one)
    if one.id is None or parts.transcription is not None or text.transcription is None:
        return None
    whole = text.replace(segmentation=parts.segmentation)
    same = parts.segmentation is not None and whole == parts.replace(
        transcription=text.transcription
    )
    return whole if same and text.segmentation is None else None


def to_glosslm_rows(igt: IGT) -> list[dict[str, str | None]]:
    """One entry as rows: one for its transcription, one for its segmentation, where it has them.

    Returns:
        One or two rows, with a value for each of `GLOSSLM_COLUMNS`.

    Example:
        >>> [row["is_segmented"] for row in to_glosslm_rows(IGT("cats", "cat-s"))]
        ['no', 'yes']
    """
    language, metalanguage = igt.language or Language(), igt.metalanguage or Language()
    lines = [("no", igt.transcription), ("yes", igt.segmentation)]
    return [
        {
            "transcription": line,
            "glosses": igt.glosses,
            "translation": igt.translation,
            "glottocode": language.glottocode,
            "id": igt.id,
            "source": igt.source,
            "metalang_glottocode": metalanguage.glottocode,
            "is_segmented": segmented,
            "language": language.name,
            "metalang": metalanguage.name,
        }
        for segmented, line in lines
        if line is not None or (segmented == "no" and igt.segmentation is None)
    ]
