"""The words of an entry, each with the word element that it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import attrs

from igtkit.boundaries import INFIX, LEIPZIG, UNKNOWN, is_word, split_morphemes, split_words
from igtkit.igt import IGT, judgment_of
from igtkit.igt.rows import count_words, merge_tokens
from igtkit.io._judgments import take_judgment
from igtkit.io._morphs import form_token
from igtkit.io.flextext.lines import Cell, Lines
from igtkit.normalize import normalize

__all__ = ["Row", "pair_rows"]

Tokens = tuple[str | None, str | None, str | None]


@attrs.frozen
class Row:
    """A word as it is to be written.

    Attributes:
        form: Its token in the segmentation, or None.
        gloss: Its token in the glosses, or None.
        surface: The word as it is in the text, or None.
        pos: Its token in the parts of speech, or None.
        by_morph: Whether the parts of speech are the morphemes'.
        cell: The word that was read, or None for a new one.
    """

    form: str | None
    gloss: str | None
    surface: str | None
    pos: str | None = None
    by_morph: bool = False
    cell: Cell | None = None


def pair_rows(igt: IGT, before: Lines) -> list[Row]:
    """The words of an entry, with those of the phrase that they were read from.

    Where the transcription has not changed, words pair up by it; otherwise those pair up that are
    the same in every line.
    """
    forms, glosses = split_words(igt.segmentation), split_words(igt.glosses)
    known = before.cells
    cells = [cell for cell in known if form_token(cell.surface) is not None]
    same_text = bool(cells) and igt.transcription == before.transcription
    surfaces = [form_token(cell.surface) or "" for cell in cells] if same_text else _tokens(igt)
    if count_words(surfaces) != count_words(forms or glosses or surfaces):
        surfaces = []
    tokens: list[Tokens] = [(f, g, s) for f, g, s in merge_tokens([forms, glosses, surfaces])]
    if same_text and surfaces:
        left = iter(cells)
        paired = [next(left) if surface is not None else None for _, _, surface in tokens]
    else:
        paired = _same(tokens, known) if known else [None] * len(tokens)
    parts, by_morph = _categories(igt.pos, tokens)
    rows = []
    for (form, gloss, token), cell, part in zip(tokens, paired, parts, strict=True):
        surface = cell.surface if cell is not None else token or _unsegmented(form)
        rows.append(Row(form, gloss, surface, part, by_morph, cell))
    return rows


def _tokens(igt: IGT) -> list[str]:
    """The tokens of the text; the mark of a judgment is no part of the first word to FLEx."""
    bare = take_judgment(igt, "flextext")
    mark = judgment_of(bare) if bare is not igt else ""
    tokens = split_words(normalize(bare.transcription or "", line="transcription"))
    return [*(mark if is_word(mark) else split_words(mark)), *tokens]  # "??" alone would be a word


def _unsegmented(form: str | None) -> str | None:
    """The word that a form is of, where the text does not say."""
    if form is None:
        return None
    parts = split_morphemes(form, LEIPZIG)
    if any(boundary == INFIX for boundary, _ in parts):
        form = "".join(character for character in form if character not in INFIX)
        parts = split_morphemes(form, LEIPZIG)
    return "".join(text for _, text in parts) or None


def _same(tokens: Sequence[Tokens], cells: Sequence[Cell]) -> list[Cell | None]:
    """Return for each word the cell that is the same, in order."""
    with_surface = any(surface is not None for _, _, surface in tokens)

    def key(form: str | None, gloss: str | None, surface: str | None) -> Tokens:
        return form, gloss, surface if with_surface else None

    new = [key(*row) for row in tokens]
    old = [key(cell.form, cell.gloss, form_token(cell.surface)) for cell in cells]
    paired: list[Cell | None] = [None] * len(new)
    for start, there, length in SequenceMatcher(
        None, new, old, autojunk=False
    ).get_matching_blocks():
        for offset in range(length):
            paired[start + offset] = cells[there + offset]
    return paired


def _categories(pos: str | None, tokens: Sequence[Tokens]) -> tuple[list[str | None], bool]:
    """The part of speech of each word, and whether they are the morphemes'."""
    parts: list[str | None] = [None] * len(tokens)
    words = [at for at, row in enumerate(tokens) if any(is_word(token or "") for token in row)]
    found = split_words(pos)
    if len(found) != len(words):
        return parts, False
    shapes = []
    for at, part in zip(words, found, strict=True):
        parts[at] = part
        if part != UNKNOWN:
            shapes.append((len(split_morphemes(part)), len(split_morphemes(tokens[at][0] or ""))))
    return parts, any(a > 1 for a, _ in shapes) and all(a == b for a, b in shapes)
