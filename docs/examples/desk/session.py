"""A file on the desk: its texts, what is accepted, the journal, and the glosser that learns."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from desk import remarks
from igtkit import IGT, Suggestion, read
from igtkit.boundaries import UNKNOWN, is_word, list_words, split_words
from igtkit.corpus import work_state
from igtkit.corpus.consistency import label_counts
from igtkit.errors import InputError
from igtkit.io import Original, leave_open
from igtkit.models import CrfGlosser, Lessons, known_words, merge_corrections
from igtkit.serve import Journal, Limits, SharedGlosser

SHOWN = 5  # suggestions of a word, which digits choose
RANKED = 500  # open sentences among which the least sure are looked for, and which are read
_OFTEN, _SELDOM = 25, 10  # see `_pause_after`; what it saves is in benchmarks/desk.md
_TO_DO, _DONE = ("open", "begun", "suggested"), ("glossed", "begun")
_LIMITS = Limits(seconds=120)

Pair = tuple[str, str]
Known = tuple[str | None, str | None]
"""A form and a gloss, and what is known of them."""


class Session:
    """What is on the desk.

    Args:
        original: The file, as it was read.
        journal: Where what is accepted is kept until the file has it.
        more: Further texts to learn from.

    Attributes:
        texts: The texts of the file, with what was accepted.
        to_do: The positions of those that were not glossed when the file was read.
        unfit: How many of those cannot be glossed, since their lines have different words.
        unsaved: The positions of those that the file does not have as they are.
        shared: The glosser; None as long as there is nothing to learn from.
        labels: The labels that are in use.
        told: What the user should know.
    """

    def __init__(self, original: Original, journal: Journal, more: Sequence[IGT] = ()) -> None:
        self.original, self.journal, self.more = original, journal, more
        self._recent = list[IGT]()  # what was accepted since all was learned
        self._pause = 0  # so many sentences more until it is learned anew
        self._learning: asyncio.Task[None] | None = None
        self._beside = ThreadPoolExecutor(1, "learning")
        self._lay_out()
        self.shared = _learn(*self._all())

    def _lay_out(self) -> None:
        """Put the texts of the file on the desk, with what the journal has."""
        self.texts, self.told = list(self.original.texts), ""
        self.unsaved = set[int]()
        open_ = [k for k, text in enumerate(self.texts) if work_state(text) in _TO_DO]
        self.to_do = [k for k in open_ if _words(self.source(k))]
        self.unfit = len(open_) - len(self.to_do)
        entries, now = self.entries(), self.original.digest
        own = [each for each in entries if each.metadata.get("file") == now]
        other = [each for each in entries if each.metadata.get("file") != now]
        if laid := self._lay(own, overwrite=True) + self._lay(other, overwrite=False):
            self.told = f"{laid} words that you had accepted are back from the journal"
        self.labels = label_counts(self.glossed())

    def reread(self) -> None:
        """Read the file again, after another program has changed it."""
        old = self.original
        self.original = Original.open(old.path, old.format, encoding=old.encoding, **old.options)
        self._lay_out()

    def entries(self) -> list[IGT]:
        """What the journal has, of each sentence the last state."""
        last = {(each.id, each.metadata.get("sentence")): each for each in self.journal.read()}
        return list(last.values())

    def _lay(self, entries: Sequence[IGT], *, overwrite: bool) -> int:
        bare = {k: _bare(self.texts[k]) for k in self.to_do}
        texts = [bare.get(k, text) for k, text in enumerate(self.texts)]
        merged = merge_corrections(texts, entries, overwrite=overwrite)
        for k in merged.changed:
            self.texts[k] = merged.texts[k]
            self.unsaved.add(k)
        return merged.words

    def glossed(self) -> list[IGT]:
        """The texts that a person has glossed, wholly or in part."""
        every = (*self.texts, *self.more)
        return [leave_open(text) for text in every if work_state(text) in _DONE]

    def _all(self) -> tuple[Lessons, list[IGT]]:
        """What there is to learn now, and the next open sentences; the next time is set."""
        lessons = Lessons.of((*self.texts, *self.more))
        self._recent, self._pause = [], _pause_after(len(lessons.glossed))
        open_ = [k for k in self.to_do if not self.is_done(k)]
        return lessons, [self.source(k) for k in open_[:RANKED]]

    def source(self, number: int) -> IGT:
        """A sentence with what a person has done of it."""
        return leave_open(_bare(self.texts[number]))

    def is_done(self, number: int) -> bool:
        """Whether every word of a sentence is accepted."""
        return work_state(self.texts[number]) == "glossed"

    async def words(self, number: int) -> list[tuple[str, bool, tuple[Suggestion, ...]]]:
        """Each word of a sentence, whether it is done, and what is suggested for it, best first."""
        source = self.source(number)
        rows = _words(source)
        ranked: list[tuple[Suggestion, ...]]
        ranked = [(Suggestion(*_whole(*row) or (row[0], "")),) for row in rows]
        if self.shared is not None:
            _, [found] = await self.shared.suggest([source], "partial")
            pairs = zip(split_words(source.transcription), found.words, strict=True)
            ranked = [row for token, row in pairs if is_word(token)]
        return [
            (row[0], _whole(*row) is not None, options)
            for row, options in zip(rows, ranked, strict=True)
        ]

    async def order(self, by: str) -> list[int]:
        """The sentences in the order of the text, or (``"doubt"``) those to do least sure first."""
        to_do = [k for k in self.to_do if not self.is_done(k)]
        if by != "doubt" or self.shared is None:
            return self.to_do
        near = to_do[:RANKED]
        _, found = await self.shared.suggest([self.source(k) for k in near], "partial")
        ranks = sorted(range(len(near)), key=lambda k: (found[k].score or 0.0, k))
        return [near[rank] for rank in ranks] + to_do[RANKED:]

    async def accept(self, number: int, words: dict[int, Pair]) -> None:
        """Take in words of a sentence, and write them to the journal.

        Args:
            number: The position of the sentence.
            words: Form and gloss, by the position of the word.

        Raises:
            InputError: If a word is not there, or its form and gloss do not pair up.
        """
        base = _bare(self.texts[number])
        source = leave_open(base)
        rows = _words(source)
        done = {at: own for at, row in enumerate(rows) if (own := _whole(*row))}
        new = {at: pair for at, pair in words.items() if done.get(at) != pair}
        for at, pair in new.items():
            if not 0 <= at < len(rows):
                raise InputError(f"there is no word {at} in the sentence")
            if problem := remarks.find_problem(*pair):
                raise InputError(f"{rows[at][0]}: {problem}")
        if not new:
            return
        held = {at: (rows[at][1][0] or UNKNOWN, gloss) for at, (_, gloss) in done.items()}
        entry = _lines(base, len(rows), held | new).replace(
            metadata={"sentence": number + 1, "file": self.original.digest}
        )
        merged = merge_corrections([base], [entry], overwrite=True)
        if merged.unplaced:
            raise InputError(merged.unplaced[0][1])
        self.journal.append([entry])
        self.texts[number] = merged.texts[0]
        self.unsaved.add(number)
        lesson = _lines(source, len(rows), new)
        self.labels += label_counts([lesson])
        if self.shared is None:
            self.shared = await asyncio.to_thread(_learn, *self._all())
            return
        self._recent.append(lesson)
        with contextlib.suppress(InputError):  # nothing to learn: it is accepted all the same
            await self.shared.update([lesson], None)
        self._pause -= self.is_done(number) and len(done) < len(rows)
        if self._pause <= 0 and self._learning is None:
            self._learning = asyncio.create_task(self._learn_anew())

    async def _learn_anew(self) -> None:
        """Learn all that is done anew, beside the work, and then what was accepted meanwhile.

        Only so it is learned how much each kind of evidence weighs, and mistakes are forgotten.
        """
        try:
            loop = asyncio.get_running_loop()
            fresh = await loop.run_in_executor(self._beside, _learn, *self._all())
            while fresh is not None and self._recent:
                with contextlib.suppress(InputError):
                    await fresh.update([self._recent.pop(0)], None)
            self.shared = fresh or self.shared
        finally:
            self._learning = None

    def save(self) -> str:
        """Write the file, and say so.

        Raises:
            InputError: If another program has changed it.
            OSError: If it cannot be written.
        """
        if not self.unsaved:
            return f"{self.original.file.name} has it all"
        self.original, report = self.original.write(self.texts)
        self.unsaved.clear()
        original = self.original
        again = read(original.path, original.format, encoding=original.encoding)
        entries = self.entries()
        found = merge_corrections(again, entries)
        said = f"{report}; as it was: {original.copy and original.copy.name}"
        if found.kept or found.unplaced or list(found.texts) != list(again):
            return f"{said}; not all of it can be read from there again: the journal keeps it"
        self.journal.clear()
        return said

    def state(self) -> dict[str, Any]:
        """What the head of the page tells."""
        return {
            "file": self.original.file.name,
            "format": self.original.format,
            "sentences": len(self.to_do),
            "done": sum(map(self.is_done, self.to_do)),
            "unfit": self.unfit,
            "unsaved": len(self.unsaved),
            "knows": self.shared is not None,
        }


def _pause_after(known: int) -> int:
    """After how many sentences it pays to learn all anew: soon at first, then at times."""
    return max(1, min(known // 2, max(_OFTEN, known // _SELDOM)))


def _learn(lessons: Lessons, open_: Sequence[IGT]) -> SharedGlosser | None:
    """A glosser that has learned all that is done, and read what is open; None before a word is."""
    try:
        glosser = lessons.teach(CrfGlosser(), unlabeled=open_, progress=False)
    except InputError:
        return None
    return SharedGlosser(glosser, _LIMITS, n_best=SHOWN, evidence=True)


def _bare(text: IGT) -> IGT:
    """A text without what a machine has suggested."""
    if work_state(text) != "suggested":
        return text
    metadata = {name: value for name, value in text.metadata.items() if name != "prediction"}
    return text.replace(segmentation=None, glosses=None, metadata=metadata)


def _words(text: IGT) -> list[tuple[str, Known]]:
    """The words of a text, and what a person has done of each; none where nobody can tell."""
    with contextlib.suppress(InputError):
        return list(zip(list_words(text.transcription), known_words(text), strict=True))
    return []


def _whole(word: str, known: Known) -> Pair | None:
    """Form and gloss of a word that is done; None of one that is open."""
    form, gloss = known
    return (form or word, gloss) if gloss and UNKNOWN not in f"{form}{gloss}" else None


def _lines(text: IGT, count: int, words: dict[int, Pair]) -> IGT:
    """A text of which these words are done, by their position, and no others."""
    pairs = [words.get(at, (UNKNOWN, UNKNOWN)) for at in range(count)]
    forms, glosses = (" ".join(line) for line in zip(*pairs, strict=True))
    return IGT(
        text.transcription, forms, glosses, text.translation, language=text.language, id=text.id
    )
