"""Finding morphemes in a corpus by form, gloss and neighbors, with the sentences they are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs
import numpy as np
import numpy.typing as npt

from igtkit._characters import display_width, fold_case, pad, put_in_form, shown
from igtkit.boundaries import INFIX, LEIPZIG, Boundaries, join_words, split_edges
from igtkit.corpus.collection import Corpus
from igtkit.corpus.patterns import (
    MorphemePattern,
    Text,
    format_pattern,
    parse_pattern,
    wider_patterns,
)
from igtkit.errors import InputError
from igtkit.igt import IGT, Word, require_igt

__all__ = ["Concordance", "Hit", "kwic"]

Array: TypeAlias = npt.NDArray[np.int32]


@attrs.frozen
class Hit:
    """A place where a pattern was found.

    Attributes:
        igt: The text it is in.
        index: Index of that text in the corpus.
        words: Its words, as `Concordance` split them.
        start: Index of the first word that matched.
        stop: Index after the last one.
    """

    igt: IGT
    index: int
    words: tuple[Word, ...] = attrs.field(repr=False)
    start: int
    stop: int


class Concordance:
    """An index of every morpheme of a corpus, quick enough to be asked at each key stroke.

    Texts that do not align are in it, as far as their words pair up; a word without segmentation
    counts as one morpheme in the form that it has in the transcription. Punctuation is passed over.
    Letters are the same in either of their Unicode forms, composed or not.

    Args:
        texts: The corpus.
        boundaries: Which marks separate morphemes.
        ignore_case: Whether ``Ev`` and ``ev`` are the same, in forms and in glosses.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> texts = [IGT("evler", "ev-ler", "house-PL"), IGT("kediler", "kedi-ler", "cat-PL")]
        >>> concordance = Concordance(texts)
        >>> [hit.igt.transcription for hit in concordance.find("/PL")]
        ['evler', 'kediler']
        >>> concordance.count("ev -*/PL"), concordance.count("ev/cat")
        (1, 0)
    """

    def __init__(
        self,
        texts: Iterable[IGT],
        *,
        boundaries: Boundaries = LEIPZIG,
        ignore_case: bool = False,
    ) -> None:
        self._texts = tuple(texts)
        self._boundaries = boundaries
        self._fold = _folded if ignore_case else _composed
        forms, glosses, marks = _Numbers(), _Numbers(), _Numbers()
        rows: list[tuple[int, int, int, int, int, int]] = []
        for index, igt in enumerate(self._texts):
            require_igt(igt)
            for number, word in enumerate(igt.align(boundaries, strict=False)):
                if word.is_punctuation:
                    continue
                for form, gloss, before, after in _morphemes(word):
                    ids = forms[self._fold(form)], glosses[self._fold(gloss)]
                    rows.append((*ids, marks[before], marks[after], index, number))
        table = np.array(rows, dtype=np.int32).reshape(-1, 6)
        *self._columns, self._text, self._word = table.T.copy()
        found_marks = _Vocabulary(marks)
        self._vocabularies = (_Vocabulary(forms), _Vocabulary(glosses), found_marks, found_marks)

    def __len__(self) -> int:
        """How many morphemes there are."""
        return len(self._text)

    def find(
        self, pattern: str | Sequence[MorphemePattern], *, limit: int | None = None
    ) -> list[Hit]:
        """Return every place where morphemes in a row match.

        Args:
            pattern: What to find, as in `parse_pattern`, or patterns of your own.
            limit: How many hits to give at most; None for all.

        Returns:
            The hits, in the order of the corpus; those of one text may overlap.

        Raises:
            InputError: If the pattern is empty, or the limit negative.

        Example:
            >>> hit = Concordance([IGT("a b", "a b-c", "A B-C")]).find("b/B -c")[0]
            >>> hit.words[hit.start].form
            'b-c'
        """
        _require_limit(limit)
        starts, length = self._search(pattern)
        hits = []
        last, words = -1, tuple[Word, ...]()
        for start in starts[:limit].tolist():
            index = int(self._text[start])
            igt = self._texts[index]
            if index != last:
                last, words = index, igt.align(self._boundaries, strict=False)
            first, stop = int(self._word[start]), int(self._word[start + length - 1]) + 1
            hits.append(Hit(igt, index, words, first, stop))
        return hits

    def count(self, pattern: str | Sequence[MorphemePattern]) -> int:
        """The number of places that `find` would give."""
        return len(self._search(pattern)[0])

    def texts(
        self, pattern: str | Sequence[MorphemePattern], *, limit: int | None = None
    ) -> Corpus:
        """Return the texts that `find` has hits in, each once, to be written to a file or shown.

        Args:
            pattern: What to find, as for `find`.
            limit: How many texts to give at most; None for all.

        Raises:
            InputError: As for `find`.

        Example:
            >>> texts = [IGT("evler", "ev-ler", "house-PL", id="1"), IGT("ev", "ev", "house")]
            >>> [igt.id for igt in Concordance(texts).texts("/PL")]
            ['1']
        """
        _require_limit(limit)
        starts, _ = self._search(pattern)
        indices = np.unique(self._text[starts])[:limit]
        return Corpus(self._texts[index] for index in indices.tolist())

    def widen(self, pattern: str | Sequence[MorphemePattern], *, limit: int = 5) -> dict[str, int]:
        """Return patterns that may have been meant where one finds nothing.

        Args:
            pattern: What was to be found, as for `find`.
            limit: How many patterns to give at most.

        Returns:
            The patterns that find something, nearest first, and the number of their hits. Of those
            that find the same the first is given.

        Raises:
            InputError: As for `find`.

        Example:
            >>> texts = [IGT("gitti", "git-ti", "go-3.nfut"), IGT("oldu", "ol-du", "be-3.nfut")]
            >>> Concordance(texts).widen("/nfut")
            {'/*.nfut': 2}
        """
        _require_limit(limit)
        found: dict[bytes, tuple[str, int]] = {}
        for wider in wider_patterns(_parsed(pattern)):
            starts, _ = self._search(wider)
            if len(starts):
                found.setdefault(starts.tobytes(), (format_pattern(wider), len(starts)))
            if len(found) >= limit:
                break
        return dict(list(found.values())[:limit])

    def _search(self, pattern: str | Sequence[MorphemePattern]) -> tuple[Array, int]:
        """Where matches begin, as indices of morphemes, and how many morphemes long they are."""
        parts = _parsed(pattern)
        last = len(self) - len(parts) + 1
        if last <= 0:
            return np.zeros(0, dtype=np.int32), len(parts)
        fits = self._text[:last] == self._text[len(parts) - 1 :]
        for offset, part in enumerate(parts):
            fits &= self._fits(part)[offset : offset + last]
        return np.flatnonzero(fits).astype(np.int32), len(parts)

    def _fits(self, part: MorphemePattern) -> npt.NDArray[np.bool_]:
        fits = np.ones(len(self), dtype=bool)
        tests = (part.form, part.gloss, part.boundary, part.following)
        for column, vocabulary, test in zip(self._columns, self._vocabularies, tests, strict=True):
            if test not in (None, "*"):
                wanted = self._fold(test) if isinstance(test, str) else test
                fits &= vocabulary.matching(wanted)[column]
        return fits


def _parsed(pattern: str | Sequence[MorphemePattern]) -> tuple[MorphemePattern, ...]:
    parts = parse_pattern(pattern) if isinstance(pattern, str) else tuple(pattern)
    if not parts:
        raise InputError("the pattern has no morpheme")
    return parts


def _require_limit(limit: int | None) -> None:
    if limit is not None and limit < 0:
        raise InputError(f"limit must be 0 or more, not {limit}")


def _composed(text: str) -> str:
    return put_in_form(text, "NFC")


def _folded(text: str) -> str:
    return _composed(fold_case(_composed(text)))


class _Vocabulary:
    """Different texts, each once, quick to be searched."""

    def __init__(self, numbers: _Numbers) -> None:
        self._numbers = dict(numbers)
        self._lines = "\n".join(self._numbers)  # no text has a line break in it
        ends = np.cumsum([len(text) + 1 for text in self._numbers], dtype=np.int64)
        self._starts = ends - [len(text) + 1 for text in self._numbers]

    def matching(self, test: Text) -> npt.NDArray[np.bool_]:
        """Which texts match."""
        matches = np.zeros(len(self._numbers), dtype=bool)
        if isinstance(test, re.Pattern):
            matches[:] = [test.fullmatch(text) is not None for text in self._numbers]
        elif "*" not in test:
            matches[[self._numbers[test]] if test in self._numbers else []] = True
        else:
            found = re.finditer(f"^{_line_of(test)}$", self._lines, re.MULTILINE)
            starts = np.fromiter((match.start() for match in found), np.int64)
            matches[np.searchsorted(self._starts, starts)] = True
        return matches


def _line_of(test: str) -> str:
    """A regular expression for a line that matches; what stands between stars is held at once.

    Where it stands first is as good as anywhere else, so that nothing is tried twice.
    """
    first, *between, last = map(re.escape, test.split("*"))
    held = "".join(f"(?>[^\n]*?{text})" for text in between if text)
    return f"{first}{held}[^\n]*{last}"


class _Numbers(dict[str, int]):
    """Numbers for texts, from 0, in order of first appearance."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def _morphemes(word: Word) -> list[tuple[str, str, str, str]]:
    """Form and gloss of each morpheme, empty where there is none, and the marks beside it."""
    if len(word.morphemes) < 2 and word.form is None:
        return [(word.surface or "", word.gloss or "", "", "")]
    _, _, after = split_edges(word.form or word.gloss or "", LEIPZIG)
    rows = []
    for part in reversed(word.morphemes):
        is_infix = part.boundary == INFIX
        rows.append((part.form or "", part.gloss or "", part.boundary, "" if is_infix else after))
        after = after if is_infix else part.boundary  # an infix stands inside of its host
    return rows[::-1]


def kwic(hits: Iterable[Hit], width: int = 80) -> str:
    """Return hits beneath each other, what was found in the middle (keyword in context).

    Args:
        hits: From `Concordance.find`.
        width: Columns of a line; context that does not fit is cut at its far end, and so is what
            was found where it is longer than that.

    Returns:
        One line for each hit.

    Example:
        >>> texts = [IGT(None, "kim ev-de", "who house-LOC"), IGT(None, "ev-de su var")]
        >>> print(kwic(Concordance(texts).find("ev"), 30))
               kim  ev-de
                    ev-de  su var
    """
    held = list(hits)
    places = [(id(hit.words), hit.start, hit.stop) for hit in held]
    once = dict(zip(places, held, strict=True))  # a word of many morphemes may be hit many times
    found = {place: _found(hit, width) for place, hit in once.items()}
    middle = min(max(map(display_width, found.values()), default=0), width)
    side = max((width - middle - 4) // 2, 0)
    lines = {}
    for place, hit in once.items():
        left, right = _context(hit, side)
        line = f"{_tail(left, side)}  {pad(found[place], middle)}  {_head(right, side)}"
        lines[place] = line.rstrip()
    return "\n".join(lines[place] for place in places)


def _found(hit: Hit, width: int) -> str:
    """What was found, in so many columns."""
    line = _line(hit.words[hit.start : hit.stop])
    return line if len(line) <= width else _head(line, width)


def _context(hit: Hit, side: int) -> tuple[str, str]:
    """What stands on both sides: as many words as there are columns, and more do not fit."""
    before = hit.words[max(hit.start - side - 1, 0) : hit.start]
    return _line(before), _line(hit.words[hit.stop : hit.stop + side + 1])


def _line(words: Sequence[Word]) -> str:
    return shown(join_words([word.form or word.surface or word.gloss or "" for word in words]))


def _tail(text: str, width: int) -> str:
    tail = _head(text[::-1], width)[::-1]
    return " " * (width - display_width(tail)) + tail


def _head(text: str, width: int) -> str:
    left = width
    for at, character in enumerate(text):
        left -= display_width(character)
        if left < 0:
            return text[:at]
    return text
