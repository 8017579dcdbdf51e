"""From a phrase of a FLExText file to the lines of an interlinear text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import attrs

from igtkit.boundaries import UNKNOWN, is_word, split_edges
from igtkit.io._morphs import (
    Piece,
    fits_word,
    form_token,
    gloss_token,
    join_pieces,
    without_spaces,
)
from igtkit.io.flextext.items import Items, PhraseItems, WordItems, pick_of

__all__ = [
    "ADDED_GLOSSES",
    "Cell",
    "Choice",
    "Lines",
    "Usage",
    "first_of",
    "read_lines",
]

_PREPEND, _APPEND = ADDED_GLOSSES = ("glsPrepend", "glsAppend")
_NO_LANGUAGE = "zxx"  # what is in it is no language: row numbers, say


@attrs.frozen
class Choice:
    """The codes of the writing systems that the lines are in; None where there is no such line.

    Attributes:
        vernacular: Of the forms.
        analysis: Of the glosses and parts of speech.
        translation: Of the free translation.
    """

    vernacular: str | None = None
    analysis: str | None = None
    translation: str | None = None


@attrs.frozen
class Cell:
    """A word element of a phrase, and what stands for it in each line.

    Attributes:
        place: Its place among the words of the phrase, from 0.
        surface: The word as it is in the text.
        form: Its token in the segmentation, or None.
        gloss: Its token in the glosses, or None.
        pos: Its token in the parts of speech, or None.
    """

    place: int
    surface: str | None
    form: str | None
    gloss: str | None
    pos: str | None


@attrs.frozen
class Lines:
    """The lines of a phrase, and for each word its surface, form, gloss and part of speech."""

    transcription: str | None
    segmentation: str | None
    glosses: str | None
    pos: str | None
    translation: str | None
    words: Sequence[tuple[str | None, str | None, str | None, str | None]]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The words one by one."""
        return tuple(Cell(place, *word) for place, word in enumerate(self.words))


class Usage:
    """How often each writing system is used, for what.

    The most used one is chosen for a line; on a tie, the one that comes first.
    """

    def __init__(self) -> None:
        self.forms: dict[str, int] = {}
        self.glosses: dict[str, int] = {}
        self.translations: dict[str, int] = {}
        self.texts: dict[str, int] = {}

    @property
    def has(self) -> dict[str, bool]:
        """For each attribute of a `Choice`, whether anything is in a writing system yet."""
        return {
            "vernacular": bool(self.forms or self.texts),
            "analysis": bool(self.glosses),
            "translation": bool(self.translations),
        }

    def count(self, phrase: PhraseItems) -> None:
        """Count the items of a phrase."""
        parts = [word.items for word in phrase.words]
        parts += [items for word in phrase.words for _, items in word.morphs]
        _add(self.translations, [phrase.items], "gls")
        _add(self.texts, [phrase.items], "txt")
        _add(self.forms, parts, "txt")
        _add(self.glosses, parts, "gls")

    def choose(self, asked: Choice) -> Choice:
        """The writing systems that were asked for, and the most used ones for the others."""
        vernacular = first_of(asked.vernacular, _most(self.forms), _most(self.texts))
        analysis = first_of(asked.analysis, _most(self.glosses))
        translated = analysis if analysis in self.translations else _most(self.translations)
        translation = first_of(asked.translation, translated)
        return Choice(vernacular, first_of(analysis, translation), first_of(translation, analysis))


def first_of(*codes: str | None) -> str | None:
    """The first code there is; the empty one of an item without language counts."""
    return next((code for code in codes if code is not None), None)


def _add(counts: dict[str, int], parts: Iterable[Items], kind: str) -> None:
    for items in parts:
        for code, _ in items.get(kind, ()):
            counts[code] = counts.get(code, 0) + 1


def _most(counts: Mapping[str, int]) -> str | None:
    codes = [code for code in counts if code != _NO_LANGUAGE]
    return max(codes, key=counts.__getitem__, default=None)


Texts = tuple[str | None, str | None, str | None, str | None]
"""What a `Piece` is made of."""

Tokens = tuple[str | None, str | None, str | None]
"""What stands for a word in the lines: form, gloss and part of speech."""


def _morphs_of(word: WordItems, choice: Choice) -> tuple[Texts, ...]:
    if not word.morphs:
        return ()
    morphs = []
    for kind, items in word.morphs:
        form = pick_of(items, "txt", choice.vernacular, any_other=True)
        if not form:  # exported without its txt
            form = pick_of(items, "cf", choice.vernacular, any_other=True)
        gloss = _gloss_of(items, choice.analysis)
        pos = pick_of(items, "msa", choice.analysis, any_other=True)
        morphs.append((kind, form, gloss, pos))
    return tuple(morphs)


def _gloss_of(morph: Items, code: str | None) -> str | None:
    """The gloss, with what FLEx adds to it for an irregular form (``come`` and ``.PST``)."""
    gloss = pick_of(morph, "gls", code)
    if gloss is None or (_PREPEND not in morph and _APPEND not in morph):
        return gloss
    return "".join(
        (pick_of(morph, _PREPEND, code) or "", gloss, pick_of(morph, _APPEND, code) or "")
    )


def read_lines(phrase: PhraseItems, choice: Choice) -> Lines:
    """The lines of a phrase in the writing systems chosen.

    Each line has a token for each word that has an analysis in it: `UNKNOWN` where the phrase has
    the line and the word has not. Punctuation is in the transcription alone, unless its element
    has a morph (then it is in the segmentation as well) or a gloss.
    """
    words = phrase.words
    morphs = [_morphs_of(word, choice) for word in words]
    whole = [pick_of(word.items, "gls", choice.analysis) for word in words]
    parts = [pick_of(word.items, "pos", choice.analysis, any_other=True) for word in words]
    every = [morph for row in morphs for morph in row]
    page = _page(
        bool(every),
        any(whole) or any(gloss for _, _, gloss, _ in every),
        "word" if any(parts) else "morph" if any(pos for *_, pos in every) else None,
    )
    surfaces = [_surface(word.items, choice.vernacular) for word in words]
    rows = [_tokens(page, *row) for row in zip(surfaces, morphs, whole, parts, strict=True)]
    forms, glosses, pos = zip(*rows, strict=True) if rows else ((), (), ())
    text = pick_of(phrase.items, "txt", choice.vernacular, any_other=True)
    return Lines(
        text if text is not None else _line(surfaces),
        _line(forms),
        _line(glosses),
        _line(pos),
        pick_of(phrase.items, "gls", choice.translation),
        [(surface, *row) for surface, row in zip(surfaces, rows, strict=True)],
    )


def _line(tokens: Iterable[str | None]) -> str | None:
    return " ".join(filter(None, tokens)) or None


def _surface(items: Items, code: str | None) -> str | None:
    """A word as it is in the text."""
    text = pick_of(items, "txt", code, any_other=True)
    text = text or pick_of(items, "punct", code, any_other=True)
    return text.strip() if text is not None else None


@attrs.frozen(eq=False)
class _Page:
    """What a phrase has: whether any word is segmented, glossed, and where its categories are."""

    segmented: bool
    glossed: bool
    categories: str | None

    def tokens(
        self,
        surface: str | None,
        pieces: list[Piece],
        whole: str | None,
        part: str | None,
    ) -> Tokens:
        """What stands for a word in the lines."""
        joined = join_pieces(tuple(pieces), surface) if pieces else None
        token = form_token(surface)
        if not (is_word(_forms_of(pieces)) or is_word(token or "") or (token is None and whole)):
            mark = without_spaces(whole or "")
            mark_or_none = mark if mark and not is_word(mark) else None
            return _forms_of(pieces) or None, mark_or_none, None
        form = joined[0] if joined else token or UNKNOWN
        gloss = self._gloss(pieces, joined, whole) if self.glossed else None
        if self.categories == "word":
            pos = without_spaces(part or "") or UNKNOWN
        else:
            pos = joined[2] if joined and any(piece.pos for piece in pieces) else UNKNOWN
        return form if self.segmented else None, gloss, pos if self.categories else None

    def _gloss(
        self, pieces: list[Piece], joined: tuple[str, str, str] | None, whole: str | None
    ) -> str:
        if any(piece.gloss for piece in pieces) and joined:
            return joined[1]
        if whole is None:
            return joined[1] if joined else UNKNOWN
        if not self.segmented:
            gloss = without_spaces(whole)
        elif joined is None or len(pieces) == 1:
            gloss = gloss_token(whole) or UNKNOWN
            if joined and split_edges(gloss)[1] == gloss:  # a clitic apart: the form has its mark
                before, _, after = split_edges(joined[0])
                gloss = before + gloss + after
        else:
            gloss = without_spaces(whole)
            if not fits_word(gloss, joined[0]):
                return joined[1]
        return gloss if is_word(gloss) else UNKNOWN


_page = cache(_Page)  # of which there are twelve


@lru_cache(maxsize=1 << 12)  # a text has most of its words more than once
def _tokens(
    page: _Page,
    surface: str | None,
    morphs: tuple[Texts, ...],
    whole: str | None,
    part: str | None,
) -> Tokens:
    return page.tokens(surface, [Piece(*texts) for texts in morphs], whole, part)


def _forms_of(pieces: list[Piece]) -> str:
    """The forms as they stand, to tell a word from punctuation."""
    return "".join((piece.form or "").strip() for piece in pieces)
