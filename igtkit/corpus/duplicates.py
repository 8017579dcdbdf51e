"""Near-duplicates: what makes two texts one, and which of their lines are kept."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Iterator

import attrs

from igtkit._characters import fold_case, put_in_form
from igtkit.alignment import check, is_misaligned
from igtkit.boundaries import list_words, split_words
from igtkit.corpus._hashing import hash_text
from igtkit.corpus.step import HELD, Outcome, Step
from igtkit.igt import IGT, Language

__all__ = ["DuplicateIndex", "fingerprint", "remove_duplicates"]

_BATCH = 4096  # texts that wait together
_IN_MEMORY = 4  # such batches, before the others go to a file


def remove_duplicates() -> Step:
    """The step that removes near-duplicates: same transcription, glosses and language.

    What is compared is `fingerprint`. The first is kept, so put first the sources whose splits
    are to stay whole. Where it has no segmentation and another of them has one that aligns, it is
    given that one; its split, id and source stay. To know, the texts from the first without
    segmentation on wait until all have come, in a temporary file where they are many; of the
    others eight bytes are remembered each.

    Reasons for a drop: ``"duplicate"``; ``"duplicate-of-another-split"`` where the two were
    designated to two splits; ``"duplicate-with-translation"`` where the one that is kept has none.
    Noted of what is kept: ``"segmentation of a duplicate"``.

    Example:
        >>> items = [IGT("Geldim !", None, "come-PST"), IGT("geldim", "gel-dim", "come-PST")]
        >>> list(remove_duplicates()(items)) == [IGT("Geldim !", "gel-dim", "come-PST")]
        True
    """
    return Step(
        "duplicates",
        _Duplicates,
        remembers=True,
        description="remove near-duplicates; keep the segmentation that one of them has",
        holds=True,
    )


def fingerprint(igt: IGT) -> int:
    """The fingerprint of a text: 64 bits of a hash, the same for near-duplicates.

    It covers the words of the transcription (of the segmentation, where there is none) without
    regard to case, the words of the glosses, and the language; not white space, not punctuation
    that stands by itself, and not whether characters are composed (NFC).

    It is stricter than `igtkit.igt.text_key`, which tells whether a text was seen: brackets, stars
    and divisions of words set two examples of a paper apart, and neither may be thrown away.

    Example:
        >>> one, other = IGT("Gel !", glosses="come"), IGT("gel", glosses="come")
        >>> fingerprint(one) == fingerprint(other), fingerprint(one) == fingerprint(IGT("gel"))
        (True, False)
    """
    language = igt.language or Language()
    text = igt.transcription if split_words(igt.transcription) else igt.segmentation
    parts = (
        fold_case(_words(text)),
        _words(igt.glosses),
        language.glottocode or language.iso639_3 or language.name or "",
    )
    return hash_text(put_in_form("\n".join(parts), "NFC"))


def _words(line: str | None) -> str:
    return " ".join(list_words(line))


@attrs.define(eq=False)
class DuplicateIndex:
    """An index of fingerprints that finds near-duplicates among texts that come one at a time.

    `remove_duplicates` works with it; on a cluster it can work on fingerprints alone.

    Example:
        >>> index = DuplicateIndex()
        >>> [index.add(7, "train"), index.add(7, "test"), index.add(7, None), index.add(8, None)]
        [None, 'duplicate-of-another-split', 'duplicate', None]
    """

    _seen: dict[int, str | None] = attrs.field(factory=dict, init=False)

    def add(self, mark: int, split: str | None) -> str | None:
        """Remember a text, by its `fingerprint` and split; if there was one before, say so.

        Returns:
            None for the first with that fingerprint, else the reason to drop it.
        """
        if mark not in self._seen:
            self._seen[mark] = split
            return None
        other = self._seen[mark]
        crosses = split is not None and other is not None and split != other
        return "duplicate-of-another-split" if crosses else "duplicate"


class _Duplicates:
    """The function of the step."""

    def __init__(self) -> None:
        self._index = DuplicateIndex()
        self._unsegmented: set[int] = set()
        self._untranslated: set[int] = set()
        self._found: dict[int, str] = {}
        self._held: _Texts | None = None

    def __call__(self, igt: IGT) -> Outcome:
        mark = fingerprint(igt)
        reason = self._index.add(mark, igt.split)
        if reason is not None:
            return None, (self._learn(mark, igt, reason),)
        if igt.translation is None:
            self._untranslated.add(mark)
        if igt.segmentation is None:
            self._unsegmented.add(mark)
            self._held = self._held or _Texts()
        if self._held is None:
            return igt, ()
        self._held.add(mark, igt)
        return HELD

    def _learn(self, mark: int, igt: IGT, reason: str) -> str:
        """Keep what the duplicate has and the first has not; say why it is dropped."""
        if mark in self._unsegmented and igt.segmentation and not is_misaligned(check(igt)):
            self._unsegmented.remove(mark)
            self._found[mark] = igt.segmentation
        if mark in self._untranslated and igt.translation and reason == "duplicate":
            return "duplicate-with-translation"
        return reason

    def rest(self) -> Iterator[tuple[IGT, Outcome]]:
        for mark, igt in self._held or ():
            found = self._found.get(mark)
            if found is None:
                yield igt, (igt, ())
            else:
                whole = igt.replace(segmentation=found)
                yield igt, (whole, ("segmentation of a duplicate",))


class _Texts:
    """Texts that wait, in order, with their fingerprints; many of them in a file of our own."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- see below
        weakref.finalize(self, self._file.close)
        self._batches: list[list[tuple[int, IGT]] | None] = []  # None: it is in the file
        self._last: list[tuple[int, IGT]] = []

    def add(self, mark: int, igt: IGT) -> None:
        self._last.append((mark, igt))
        if len(self._last) == _BATCH:
            self._batches.append(self._last if self._stays(self._last) else None)
            self._last = []

    def _stays(self, batch: list[tuple[int, IGT]]) -> bool:
        """Whether a batch stays in memory: the first do, and metadata that no file can hold."""
        if len(self._batches) < _IN_MEMORY:
            return True
        try:
            self._file.write(pickle.dumps(batch))
        except (pickle.PicklingError, TypeError, AttributeError):
            return True
        return False

    def __iter__(self) -> Iterator[tuple[int, IGT]]:
        self._file.seek(0)
        for batch in self._batches:
            yield from pickle.load(self._file) if batch is None else batch  # noqa: S301 -- our own
        yield from self._last
