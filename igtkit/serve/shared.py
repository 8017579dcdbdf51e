"""A glosser that many ask at once: in turn, in small pieces, and always of one version."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs

from igtkit.boundaries import list_words
from igtkit.errors import IGTError, InputError
from igtkit.igt import IGT, Prediction
from igtkit.models import CrfGlosser, Glosser
from igtkit.models.base import Given
from igtkit.serve.journal import Journal
from igtkit.serve.limits import Limits, weigh

__all__ = [
    "ClientLeftError",
    "Learned",
    "OutdatedError",
    "RefusedTextError",
    "SharedGlosser",
]


async def _stays() -> bool:
    return False


class RefusedTextError(InputError):
    """A text of a request cannot be glossed; `index` says which."""

    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"texts[{index}]: {why}")
        self.index = index


class OutdatedError(InputError):
    """Corrections belong to a version of the glosser that has been updated since, to `version`."""

    def __init__(self, corrected: int, version: int) -> None:
        super().__init__(
            f"the glosser has been updated since version {corrected}, it is at {version}; "
            "ask again, and correct that"
        )
        self.version = version


class ClientLeftError(IGTError):
    """Nobody waits for the answer any more."""


@attrs.frozen
class Learned:
    """What a glosser has made of corrections.

    Attributes:
        version: Its version since.
        learned: How many texts taught it a word.
        left_out: The words that taught it nothing, since their lines do not pair up, by the
            position of their text.
    """

    version: int
    learned: int
    left_out: Mapping[int, tuple[str, ...]]


class SharedGlosser:
    """A glosser that suggests to many clients and learns from their corrections.

    One thread does all the work, a small piece at a time, in the order in which pieces are asked
    for; so a long request lets short ones pass. An answer comes from one version of the glosser
    from its first text to its last: if somebody's corrections are taken in meanwhile, it is begun
    again.

    Args:
        glosser: The glosser.
        limits: How much one request may ask for; None for the defaults.
        journal: A JSON Lines file that keeps the corrections; what it holds is taken in first.
        **options: What ``glosser.predict`` takes besides, such as ``n_best=3``.

    Attributes:
        glosser: The glosser.
        version: The number of times that it was updated, and one.
        limits: How much one request may ask for.
        journal: Keeps the corrections: they are on the disk before the answer says so, and taken
            in at the start; None for none.
    """

    def __init__(
        self,
        glosser: Glosser,
        limits: Limits | None = None,
        *,
        journal: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> None:
        self.glosser, self.limits = glosser, Limits() if limits is None else limits
        self.version = 1
        self.journal = None if journal is None else Journal(journal)
        self._options = options
        self._thread = ThreadPoolExecutor(1, "igtkit-glosser")
        if self.journal is not None:
            kept = self.journal.read()
            if kept:
                self._learner().update(kept)
                self.version += 1

    @property
    def learns(self) -> bool:
        """Whether the glosser can take in corrections."""
        return isinstance(self.glosser, CrfGlosser)

    async def suggest(
        self,
        texts: Sequence[IGT],
        given: Given | None,
        has_left: Callable[[], Awaitable[bool]] = _stays,
    ) -> tuple[int, list[Prediction]]:
        """Gloss texts.

        Args:
            texts: The texts.
            given: As `Glosser.predict` takes it.
            has_left: Whether the client has gone; it is asked before each piece of work.

        Returns:
            The version of the glosser, and one prediction for each text.

        Raises:
            RefusedTextError: If a text lacks what is needed.
            ClientLeftError: If the client has gone.
            TimeoutError: If it takes longer than the limits allow.
        """
        async with asyncio.timeout(self.limits.seconds):
            while True:
                version, found = self.version, list[Prediction]()
                for first, batch in _batches(texts, self.limits.turn):
                    if await has_left():
                        raise ClientLeftError("the client has gone")
                    some = await self._do(self._predict, version, first, batch, given)
                    if some is None:
                        break
                    found += some
                else:
                    return version, found

    async def update(self, texts: Sequence[IGT], version: int | None) -> Learned:
        """Take in corrected texts.

        Args:
            texts: Texts with transcription, segmentation and glosses.
            version: The version that was corrected; None for any.

        Raises:
            InputError: If the glosser takes no corrections, or no text has a word to learn from.
            OutdatedError: If the glosser has been updated since that version.
        """
        done: Learned = await self._do(self._update, version, texts)
        return done

    async def _do(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _predict(
        self, version: int, first: int, batch: list[IGT], given: Given | None
    ) -> list[Prediction] | None:
        if version != self.version:
            return None
        try:
            return self.glosser.predict(batch, given=given, **self._options)
        except IGTError:
            for index, text in enumerate(batch, first):
                try:
                    self.glosser.predict([text], given=given, **self._options)
                except IGTError as error:
                    raise RefusedTextError(index, str(error)) from error
            raise

    def _update(self, version: int | None, texts: Sequence[IGT]) -> Learned:
        if version is not None and version != self.version:
            raise OutdatedError(version, self.version)
        learner = self._learner()
        if not texts:
            return Learned(self.version, 0, {})
        before = len(learner.passed_over)
        learner.update(texts)
        if self.journal is not None:
            self.journal.append(texts)
        self.version += 1
        words = dict(learner.passed_over[before:])
        words |= {text: tuple(list_words(text.transcription)) for text in learner.refused}
        left_out = {at: words[text] for at, text in enumerate(texts) if text in words}
        return Learned(self.version, len(texts) - len(learner.refused), left_out)

    def _learner(self) -> CrfGlosser:
        if not isinstance(self.glosser, CrfGlosser):
            raise InputError(f"a {type(self.glosser).__name__} takes no corrections")
        return self.glosser


def _batches(texts: Sequence[IGT], turn: int) -> Iterator[tuple[int, list[IGT]]]:
    """Texts in order, as many together as are done in one turn, with the place of the first."""
    batch: list[IGT] = []
    work = 0
    for index, text in enumerate(texts):
        weight = weigh(text)
        if batch and work + weight > turn:
            yield index - len(batch), batch
            batch, work = [], 0
        batch.append(text)
        work += weight
    if batch:
        yield len(texts) - len(batch), batch
