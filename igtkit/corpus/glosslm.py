"""The column names of the GlossLM corpus, ``lecslab/glosslm-corpus`` on the Hugging Face hub.

That corpus has no column for the segmentation. A sentence with one stands in it twice under one
id: once with the text in ``transcription`` and ``is_segmented`` ``"no"``, once with the
segmentation there and ``"yes"``. The two need not be neighbors: whoever makes such tables may put
all texts before all segmentations.

Source: Ginn et al. (2024), GlossLM: A massively multilingual corpus and pretrained model for
interlinear glossed text.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import attrs

from igtkit.corpus.columns import from_row, metadata_from_text
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.text import LINES

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

_YES = frozenset(["yes", "y", "true", "t", "1", "1.0"])
_NO = frozenset(["no", "n", "false", "f", "0", "0.0", "", "none", "nan", "null", "unknown"])
_AHEAD = 1000  # rows that are looked at before a table without any line is refused


def from_any_row(row: Mapping[str, Any]) -> IGT:
    """The entry that a row holds, under the columns of GlossLM or those of `columns`.

    A segmented row of GlossLM has a segmentation and no transcription. Metadata may be JSON.

    Raises:
        InputError: As for `igtkit.corpus.columns.from_row`, and if ``is_segmented`` is neither yes
            nor no.

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
    if _is_yes(row["is_segmented"]):
        named["segmentation"] = named.pop("transcription", None)
    return from_row(named)


def _is_yes(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO:
        raise InputError(f"is_segmented must be yes or no, got {value!r:.80}")
    return word in _YES


def from_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[IGT]:
    """The entries of a table, under either layout; GlossLM's two rows of a sentence become one.

    Not a number, which is what pandas has for an empty cell, is a missing value.

    Raises:
        InputError: If a row is no mapping, or no row has a line of an interlinear text.
    """
    _refuse_columns(rows)
    left = map(_checked, rows)
    first = list(islice(left, _AHEAD))
    if not first:
        return iter(())
    names = dict.fromkeys(name for row in first for name in row)
    if not names.keys() & {*LINES}:
        raise InputError(
            f"no column of an interlinear text among: {', '.join(map(str, names)) or 'none'}; "
            f"it must have one of {', '.join(LINES)}"
        )
    entries = map(from_any_row, chain(first, left))
    return join_halves(entries) if is_glosslm(names) else entries


def _refuse_columns(rows: object) -> None:
    """A dict of columns, as pandas and datasets give it, is no iterable of rows."""
    if isinstance(rows, Mapping):
        raise InputError(
            f"a data set is an iterable of rows, not a {type(rows).__name__} of columns "
            f"({', '.join(map(str, islice(rows, 5)))}); from pandas, give "
            "frame.to_dict('records')"
        )
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Iterable):
        raise InputError(f"a data set is an iterable of rows, not {rows!r:.80}")


def _checked(row: object) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise InputError(
            f"a row is a mapping of column names to values, got {row!r:.80} ({type(row).__name__})"
        )
    empty = {name: None for name, value in row.items() if _is_nan(value)}
    return {**row, **empty} if empty else row


def _is_nan(value: object) -> bool:
    """Whether it is what pandas has for an empty cell."""
    return isinstance(value, float) and math.isnan(value)


def is_glosslm(columns: Iterable[str]) -> bool:
    """Whether a table is in GlossLM's layout, by the names of its columns."""
    names = set(columns)
    return {"is_segmented", "transcription"} <= names and "segmentation" not in names


@attrs.define(eq=False)
class _Slot:
    """An entry in its place; whether its other half may still come."""

    igt: IGT
    is_open: bool


def join_halves(items: Iterable[IGT], counts: Counter[str] | None = None) -> Iterator[IGT]:
    """The entries, those that are one sentence joined: the one its text, the other segmented.

    Two are one sentence if they have the same id and are the same in everything but that, however
    far apart they stand; the entry stands where the first of them stood. Entries that follow one
    whose other half has not come wait in memory. Metadata that the segmented one alone has are
    in ``metadata["segmented"]``.

    Args:
        items: The entries.
        counts: Where given, how many were ``"joined"``, and how many stayed ``"without text"``
            (segmented rows) or ``"without segmentation"`` is added to it.

    Example:
        >>> halves = [IGT("cats", id="1"), IGT("dog", id="2"), IGT(None, "cat-s", id="1")]
        >>> list(join_halves(halves)) == [IGT("cats", "cat-s", id="1"), IGT("dog", id="2")]
        True
    """
    counts = Counter() if counts is None else counts
    line: deque[_Slot] = deque()
    waiting: dict[tuple[bool, IGT], deque[_Slot]] = defaultdict(deque)
    for igt in items:
        is_half = igt.id is not None and _is_half(igt)
        is_text = igt.segmentation is None
        beside = igt.replace(transcription=None, segmentation=None)
        if is_half and (mates := waiting.get((not is_text, beside))):
            slot = mates.popleft()
            slot.igt = _joined(igt, slot.igt) if is_text else _joined(slot.igt, igt)
            slot.is_open = False
            counts["joined"] += 1
        else:
            slot = _Slot(igt, is_half)
            line.append(slot)
            if is_half:
                waiting[is_text, beside].append(slot)
        while line and not line[0].is_open:
            yield line.popleft().igt
    for slot in line:
        if slot.is_open:
            named = "text" if slot.igt.transcription is None else "segmentation"
            counts[f"without {named}"] += 1
        yield slot.igt


def _is_half(igt: IGT) -> bool:
    return (igt.transcription is None) != (igt.segmentation is None)


def _joined(text: IGT, segmented: IGT) -> IGT:
    known = text.metadata
    more = {
        name: value
        for name, value in segmented.metadata.items()
        if name not in known or known[name] != value
    }
    metadata = {**known, "segmented": more} if more else known
    return text.replace(segmentation=segmented.segmentation, metadata=metadata)


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
