"""Lay what a person has corrected elsewhere back into the texts it was taken from."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence

import attrs

from igtkit import io  # loads a format when it is first named
from igtkit._labels.placeholders import mark_unknown
from igtkit.boundaries import (
    UNKNOWN,
    is_word,
    join_words,
    list_words,
    split_pair,
    split_words,
)
from igtkit.corpus.work import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.models.base import require_texts
from igtkit.models.partial import OPEN, fill_gloss, keep_marks, known_words

__all__ = ["Merged", "merge_corrections"]


@attrs.frozen
class Merged:
    """What `merge_corrections` gives.

    Attributes:
        texts: All the texts, in their order, with what was laid in.
        changed: The positions of those that have changed.
        words: Number of words that were laid in.
        kept: Number of words of which the correction says something else than the person who
            glossed them in the texts; theirs stays.
        unconfirmed: Number of corrected texts that are still a machine's suggestion.
        unplaced: The positions of the corrected texts that could not be laid in, and why.
    """

    texts: tuple[IGT, ...]
    changed: tuple[int, ...]
    words: int
    kept: int
    unconfirmed: int
    unplaced: tuple[tuple[int, str], ...]


def merge_corrections(
    texts: Iterable[IGT], corrected: Iterable[IGT], *, overwrite: bool = False
) -> Merged:
    """Lay corrected glosses into the texts that they are of.

    Only words that are open in a text are filled in: what a person did there never changes, unless
    that is asked for. A word that is ``???`` in the correction stays as it is, and so does a text
    whose correction is a suggestion that nobody has confirmed.

    Args:
        texts: The texts, such as those of the file that was glossed.
        corrected: Corrected copies of some of them, such as those of a review table
            (``layout="review"``). Each is found by its id and transcription; of several alike, by
            the number of its sentence (``metadata["sentence"]``), else in their order.
        overwrite: Whether words that are glossed in the texts are replaced, too, where the
            correction has something else.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> story = [IGT("cats run", None, "cat-PL ???"), IGT("dogs")]
        >>> merged = merge_corrections(story, [IGT("cats run", "cat-s run", "dog-PL run")])
        >>> merged.texts[0].glosses, merged.words, merged.kept
        ('cat-PL run', 2, 1)
    """
    held, given = require_texts(texts), require_texts(corrected)
    places = _Places(held)
    changed: set[int] = set()
    unplaced: list[tuple[int, str]] = []
    words = kept = unconfirmed = 0
    for index, text in enumerate(given):
        place = places.find(text)  # so that the next of several alike finds the next place
        if work_state(text) == "suggested":
            unconfirmed += 1
            continue
        if work_state(text) not in ("glossed", "begun"):
            continue
        if place is None:
            unplaced.append((index, "there is no such sentence"))
            continue
        try:
            merged, laid, other = _merge(held[place], text, overwrite=overwrite)
        except InputError as error:
            unplaced.append((index, str(error)))
            continue
        words, kept = words + laid, kept + other
        if laid:
            held[place] = merged
            changed.add(place)
    return Merged(tuple(held), tuple(sorted(changed)), words, kept, unconfirmed, tuple(unplaced))


class _Places:
    """Where in the texts a corrected one belongs."""

    def __init__(self, texts: Sequence[IGT]) -> None:
        self._free: dict[tuple[str | None, str], OrderedDict[int, None]] = defaultdict(OrderedDict)
        for index, text in enumerate(texts):
            self._free[_key(text)][index] = None

    def find(self, text: IGT) -> int | None:
        """The position of a text, which is taken from then on; None if there is none left."""
        free = self._free.get(_key(text))
        if not free:
            return None
        number = text.metadata.get("sentence")
        if isinstance(number, int) and number - 1 in free:
            del free[number - 1]
            return number - 1
        return free.popitem(last=False)[0]


def _key(text: IGT) -> tuple[str | None, str]:
    return text.id or None, " ".join(split_words(text.transcription or text.segmentation))


def _merge(text: IGT, corrected: IGT, *, overwrite: bool) -> tuple[IGT, int, int]:
    """The text with the corrections laid in, the number of words of them, and of those not."""
    source = io.leave_open(text)
    suggested = work_state(text) == "suggested"
    count = len(list_words(source.transcription))
    known = [OPEN] * count if suggested else known_words(source)
    forms, glosses = _own(text.segmentation, count), _own(text.glosses, count)
    if source is not text and text.segmentation is None and corrected.segmentation:
        forms = list_words(source.transcription)  # FLEx: an open word has its own form
    laid = kept = 0
    new = zip(_new(corrected.segmentation, count), _new(corrected.glosses, count), strict=True)
    done = []
    for at, ((form, gloss), given) in enumerate(zip(known, new, strict=True)):
        if given == (UNKNOWN, UNKNOWN):
            done.append(False)
            continue
        if overwrite:
            word = _over(given[0], form), _over(given[1], gloss)
        else:
            word = form or given[0], given[1] if gloss is None else fill_gloss(gloss, given[1])
            kept += any(
                mine is not None and UNKNOWN not in mine and theirs not in (mine, UNKNOWN)
                for mine, theirs in zip((form, gloss), given, strict=True)
            )
        fits = _fits(*word)
        done.append(fits)
        there = not suggested and word == (forms[at], glosses[at])
        if fits and not there and word != (form or UNKNOWN, gloss or UNKNOWN):
            laid += 1
            forms[at], glosses[at] = word
    lines = Prediction(_line(source, forms), _line(source, glosses))
    lines = keep_marks(source, lines)  # FLEx has no punctuation beside the words
    metadata = dict(text.metadata)
    if suggested and all(done):
        del metadata["prediction"]
    merged = text.replace(segmentation=lines.segmentation, glosses=lines.glosses, metadata=metadata)
    return merged, laid, kept


def _over(theirs: str, mine: str | None) -> str:
    """A form or gloss of the correction; that of the text where it says nothing."""
    return mine if theirs == UNKNOWN and mine is not None else theirs


def _own(line: str | None, count: int) -> list[str]:
    """The words of a line as they stand, which for FLEx are more than what a person has done."""
    words = list_words(mark_unknown(line))
    return words if len(words) == count else [UNKNOWN] * count


def _new(line: str | None, count: int) -> list[str]:
    """The words of a corrected line.

    Raises:
        InputError: If it has another number of words than the text.
    """
    words = list_words(mark_unknown(line))
    if words and len(words) != count:
        raise InputError(f"the text has {count} words, the correction {len(words)}: {line!r}")
    return words or [UNKNOWN] * count


def _fits(form: str, gloss: str) -> bool:
    if UNKNOWN in (form, gloss):
        return True
    forms, glosses = split_pair(form, gloss)
    return len(forms) == len(glosses)


def _line(source: IGT, words: Sequence[str]) -> str | None:
    """A line with a token for each token of the transcription; None where every word is open."""
    if all(word == UNKNOWN for word in words):
        return None
    following = iter(words)
    tokens = split_words(source.transcription)
    return join_words([next(following) if is_word(token) else token for token in tokens])
