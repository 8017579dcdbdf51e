"""Which words of a phrase nobody has analyzed yet."""

from __future__ import annotations

import io
from collections.abc import Mapping

from igtkit.boundaries import UNKNOWN, is_word, join_words
from igtkit.igt import IGT
from igtkit.io._morphs import form_token
from igtkit.io._source import Source
from igtkit.io._xml.reading import parse
from igtkit.io.flextext.entries import compact
from igtkit.io.flextext.items import PhraseItems
from igtkit.io.flextext.lines import Choice, read_lines
from igtkit.io.flextext.pairing import Row, pair_rows

__all__ = ["leave_open"]


def leave_open(igt: IGT) -> IGT:
    """Mark the words of a FLExText phrase that have no analysis as open, for a glosser to fill.

    Reading gives such a word its own form in the segmentation, so that the lines pair up. A glosser
    that is asked for ``given="partial"`` would take that for a person's analysis.

    Args:
        igt: An entry that was read from FLExText.

    Returns:
        A copy to be given to ``predict(..., given="partial")``: its transcription has the words of
        the phrase one by one, and ``???`` stands in both lines where there is no morph and no
        gloss. An entry from elsewhere is returned as it is. Put the prediction into the entry
        itself (`igtkit.Prediction.to_igt`), and write that.

    Example:
        >>> from igtkit.io import leave_open
        >>> leave_open(IGT("from elsewhere")).transcription
        'from elsewhere'
    """
    kept = igt.metadata.get("flextext")
    if not isinstance(kept, Mapping) or not isinstance(kept.get("phrase"), str):
        return igt
    phrase = compact(parse(Source(io.StringIO(kept["phrase"]))))
    codes = (kept.get(name) for name in ("vernacular", "analysis", "translation"))
    items = PhraseItems.of(phrase)
    rows = pair_rows(igt, read_lines(items, Choice(*codes)))
    tokens = [form_token(row.surface) or row.form or UNKNOWN for row in rows]
    words = [row for row, token in zip(rows, tokens, strict=True) if is_word(token)]
    if not words:
        return igt
    return igt.replace(
        transcription=join_words(tokens),
        segmentation=join_words([_form(row, items) for row in words]),
        glosses=join_words([row.gloss or UNKNOWN for row in words]),
    )


def _form(row: Row, phrase: PhraseItems) -> str:
    """The form of a word, unless it stands there for want of an analysis."""
    if row.form is None or row.cell is None:
        return row.form or UNKNOWN
    analyzed = bool(phrase.words[row.cell.place].morphs)
    itself = row.form == form_token(row.cell.surface) and row.gloss in (None, UNKNOWN)
    changed = row.form != row.cell.form and not itself
    return row.form if analyzed or changed else UNKNOWN
