"""The words of a sentence, put together of what stands under them in the tiers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from igtkit._characters import fold_case
from igtkit.boundaries import (
    LEIPZIG,
    UNKNOWN,
    is_word,
    join_morphemes,
    join_words,
    split_morphemes,
)
from igtkit.io._joining import attach_all, group_morphemes
from igtkit.io._morphs import (
    Piece,
    fits_word,
    form_token,
    gloss_token,
    join_pieces,
    without_spaces,
)
from igtkit.io._tiers.model import Annotation, Timeline

__all__ = [
    "Cell",
    "Hosts",
    "Told",
    "Word",
    "group_by_marks",
    "has_inner_mark",
    "hosts",
    "join_marked",
    "per_form",
    "plain_dashes",
    "read_word",
    "tab_line",
    "tops",
]

_OTHER_DASHES = ("\u2013", "\u2011")
_DASHES = str.maketrans(dict.fromkeys(_OTHER_DASHES, "-"))
_SPACES = re.compile(r"\s+")
_RUNS = re.compile(r"(\s+)")
_MARKS = LEIPZIG.joiners


class Word(NamedTuple):
    """What the tiers have for a word.

    Attributes:
        surface: The word; None where no tier has the words.
        forms: Its morphemes, or itself segmented.
        glosses: Its glosses, one for each morpheme or one for the word.
        pos: Its parts of speech, in the same manner.
    """

    surface: str | None
    forms: tuple[str, ...] = ()
    glosses: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()


class Told(NamedTuple):
    """What the tiers tell of a sentence.

    Attributes:
        whole: Whether a form is a whole word with its boundaries, not one morpheme.
        segmented: Whether the sentence has a segmentation.
        glossed: Whether it has glosses.
        tagged: Whether it has parts of speech.
    """

    whole: bool
    segmented: bool
    glossed: bool
    tagged: bool


class Cell(NamedTuple):
    """The tokens of a word in the lines; None where a line lacks it."""

    surface: str | None
    form: str | None
    gloss: str | None
    pos: str | None


def plain_dashes(text: str) -> str:
    """The text with hyphens where en dashes and the like join morphemes.

    Example:
        >>> plain_dashes("pala–si – pala")
        'pala-si – pala'
    """
    if text.isascii() or not any(dash in text for dash in _OTHER_DASHES):
        return text
    parts = _RUNS.split(text)
    return "".join(part.translate(_DASHES) if is_word(part) else part for part in parts)


def tab_line(text: str, *, gloss: bool) -> str:
    r"""Return a line whose words stood apart by tabs, with the spaces inside of them closed.

    Example:
        >>> tab_line("pala -si\tad hoc", gloss=False), tab_line("house\tat home", gloss=True)
        ('pala-si ad_hoc', 'house at.home')
    """
    whole = (join_marked(word.strip()) for word in text.split("\t"))
    words = (_SPACES.sub("." if gloss else "_", word) for word in whole)
    return " ".join(word or UNKNOWN for word in words)


def join_marked(text: str, words: int | None = None) -> str:
    """Return a line whose morphemes stand apart with them joined to words by their marks.

    Args:
        text: The line.
        words: How many words the sentence has, if that is known. Where the joined line has
            another number, it is left alone: a clitic may be written as a word of its own.

    Example:
        >>> join_marked("pala -si gel", 2), join_marked("pala =si gel", 3)
        ('pala-si gel', 'pala =si gel')
    """
    tokens = text.split()
    groups = group_morphemes(tokens)
    if len(groups) == len(tokens):
        return text
    joined = [attach_all(tokens[place] for place in group) for group in groups]
    return join_words(joined) if words in (None, sum(map(is_word, joined))) else text


class Hosts:
    """Annotations that others depend on, through any number of others, or else overlap.

    Args:
        wholes: The annotations.
    """

    def __init__(self, wholes: Sequence[Annotation]) -> None:
        self._wholes = wholes
        self._timeline: Timeline | None = None
        self._places: dict[int, int | None] = {
            id(above): index for index, above in enumerate(tops(wholes))
        }
        if len(self._places) < len(wholes):  # several hang on one, which tells nothing
            self._places = {}
        self._places |= {id(whole): index for index, whole in enumerate(wholes)}

    def places(self, pieces: Sequence[Annotation]) -> list[int | None]:
        """The index of the one that each annotation belongs to; None for none."""
        known = self._places
        found = [known.get(id(one.parent)) for one in pieces]  # of most that is all
        if None in found:
            found = [
                self._place(one) if place is None else place
                for one, place in zip(pieces, found, strict=True)
            ]
        return found

    def _place(self, piece: Annotation) -> int | None:
        passed = []
        above = piece.parent
        while above is not None and id(above) not in self._places:
            passed.append(id(above))
            above = above.parent
        place = self._places[id(above)] if above is not None else None
        self._places |= dict.fromkeys(passed, place)  # lest the way be gone again
        if place is not None:
            return place
        if self._timeline is None:
            self._timeline = Timeline(self._wholes)
        return self._timeline.place(piece)


def hosts(pieces: Sequence[Annotation], wholes: Sequence[Annotation]) -> list[int | None]:
    """Return for each annotation the index of the one that it depends on, or else overlaps."""
    return Hosts(wholes).places(pieces)


def tops(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The annotation that each is about, through any chain of symbolic associations."""
    known: dict[int, Annotation] = {}
    found = []
    for one in annotations:
        if not _is_about_parent(one):
            found.append(one)
            continue
        passed = []
        above = one
        while id(above) not in known and _is_about_parent(above) and above.parent is not None:
            passed.append(id(above))
            above = above.parent
        end = known.get(id(above), above)
        known |= dict.fromkeys(passed, end)
        found.append(end)
    return found


def _is_about_parent(one: Annotation) -> bool:
    tier = one.tier
    return tier is not None and tier.constraint == "Symbolic_Association" and bool(one.parent)


def group_by_marks(forms: Sequence[str], surfaces: Sequence[str]) -> list[int]:
    """Return the number of each morpheme's word, where no tier says it.

    By the words of the transcription, where the morphemes spell them, or else by the boundary
    marks on the morphemes.

    Example:
        >>> group_by_marks(["pala", "-si", "gel"], []), group_by_marks(["ev", "de"], ["evde"])
        ([0, 0, 1], [0, 0])
    """
    spelled = _spelled(forms, surfaces)
    if spelled is not None:
        return spelled
    groups = group_morphemes(forms)
    return [number for number, group in enumerate(groups) for _ in group]


def has_inner_mark(text: str) -> bool:
    """Whether a boundary stands inside of a text, as it does in a word and not in a morpheme.

    Example:
        >>> has_inner_mark("pala-si"), has_inner_mark("-si")
        (True, False)
    """
    return is_word(text) and any(mark in text.strip(_MARKS) for mark in _MARKS)


def _spelled(forms: Sequence[str], surfaces: Sequence[str]) -> list[int] | None:
    places = []
    words = [_letters(word) for word in surfaces]
    at, spelled = 0, ""
    for form in forms:
        if at >= len(words):
            return None
        spelled += _letters(form)
        places.append(at)
        if not words[at].startswith(spelled):
            return None
        if spelled == words[at]:
            at, spelled = at + 1, ""
    return places if at == len(words) else None


def _letters(text: str) -> str:
    return fold_case("".join(filter(str.isalnum, text))) or text


@lru_cache(maxsize=1 << 12)  # a text has most of its words more than once
def read_word(word: Word, told: Told) -> Cell:
    """The tokens of a word.

    Args:
        word: What the tiers have for it.
        told: What they tell of the sentence that it is in.
    """
    surface, morphs, meanings, parts = word
    whole, segmented, glossed, tagged = told
    forms = [plain_dashes(form.strip()) for form in morphs if form.strip()]
    glosses = [plain_dashes(gloss.strip()) for gloss in meanings]
    own = "".join(forms) or form_token(surface)
    if own is not None and not is_word(own) and not any(is_word(gloss) for gloss in glosses):
        mark = "".join(glosses)
        return Cell(surface, own if forms else None, mark or None, None)
    if not forms and own is None and not any(glosses):
        return Cell(surface, None, None, None)
    if whole or len(forms) < 2:
        form = _SPACES.sub("_", forms[0]) if forms and whole else None
        if form is None:
            form = _single(forms[0], glosses if glossed else None) if forms else own
        form = form or UNKNOWN
        gloss = _whole_gloss(form, glosses)
        pos = _joined_row(parts)
    else:
        pieces = _pieces(forms, glosses, parts)
        form, gloss, pos = join_pieces(pieces, surface)
        if len(glosses) == 1:
            gloss = _word_gloss(form, glosses[0], gloss)
        if len(parts) == 1:
            pos = _joined_row(parts)
    return Cell(
        surface,
        form if segmented else None,
        gloss if glossed else None,
        pos if tagged else None,
    )


def _single(form: str, glosses: Sequence[str] | None) -> str | None:
    """The only morpheme of a word, with a mark that its gloss has, too: a clitic by itself.

    Where the sentence has no glosses (None), nothing speaks against the mark.
    """
    bare = form_token(form.strip(_MARKS))
    gloss = form if glosses is None else glosses[0] if len(glosses) == 1 else ""
    if bare is None or len(gloss) < 2 or len(form) < 2:
        return bare
    first = form[0] if form[0] in _MARKS and gloss[0] == form[0] else ""
    last = form[-1] if form[-1] in _MARKS and gloss[-1] == form[-1] else ""
    return first + bare + last


def _pieces(forms: Sequence[str], glosses: Sequence[str], pos: Sequence[str]) -> list[Piece]:
    per_morpheme = len(glosses) > 1
    rows = zip_longest(forms, glosses if per_morpheme else (), pos if len(pos) > 1 else ())
    pieces: list[Piece] = []
    for form, gloss, part in rows:
        marked = form
        if form is not None and gloss and form[:1] not in _MARKS and gloss[:1] in _MARKS:
            marked = gloss[0] + form if pieces else form
        pieces.append(Piece(None, marked, gloss, part))
    return pieces


def _word_gloss(form: str, whole: str, otherwise: str) -> str:
    """Return the gloss of the whole word if it has the word's boundaries, else `otherwise`."""
    gloss = without_spaces(whole)
    return gloss if fits_word(gloss, form) else otherwise


def _whole_gloss(form: str, glosses: Sequence[str]) -> str:
    known = [without_spaces(gloss) for gloss in glosses if gloss]
    if not known:
        return join_morphemes(tuple((mark, UNKNOWN) for mark, _ in split_morphemes(form)))
    gloss = attach_all(known)
    if len(split_morphemes(form, LEIPZIG)) == 1:
        gloss = gloss_token(gloss) or UNKNOWN
    return gloss


def _joined_row(texts: Sequence[str]) -> str:
    return "-".join(without_spaces(text) for text in texts if text.strip()) or UNKNOWN


def per_form(
    forms: Sequence[Annotation], row: Sequence[Annotation], *, whole: bool
) -> tuple[str, ...]:
    """The texts of a line for each morpheme of a word, or in a row where that is not told."""
    if not row:
        return ()
    if whole or not forms:
        return tuple([one.text for one in row])
    places = hosts(row, forms)
    if None in places:
        if len(row) < len(forms) and len(row) > 1:
            return tuple(one.text for one in row) + ("",) * (len(forms) - len(row))
        return tuple(one.text for one in row)
    texts: dict[int, list[str]] = defaultdict(list)
    for one, place in zip(row, places, strict=True):
        if place is not None:
            texts[place].append(one.text.strip())
    return tuple(" ".join(texts[at]) or UNKNOWN for at in range(len(forms)))
