"""The texts that the multilingual base of the word format learns from, is weighed and judged by.

Each text of a language is in one part only: `learned` by the network and in what the format knows;
`weighed`, in what the format knows but not learned by the network; `held`, in neither.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import attrs
from crf_field import JUDGED, read_odin
from glosser_data import LANGUAGES, cldf, shared_task, unseen, vamale

from igtkit import IGT
from igtkit.corpus import languages
from igtkit.igt import Language

LEAST, LARGE = 20, 150
"""Smaller languages are left out; from large ones texts are set aside."""

LEARNED, WEIGHED, HELD = 300, 40, 50
"""The most texts of a language in a part."""

SHARED_TASK = 600
"""The same of `LEARNED` for a language of the shared task."""

NEW_EVERY = 5
"""Of the large languages every fifth is not learned by the network."""


@attrs.frozen
class Texts:
    """The texts of a language, in parts."""

    learned: tuple[IGT, ...]
    weighed: tuple[IGT, ...] = ()
    held: tuple[IGT, ...] = ()
    is_new: bool = False

    @property
    def known(self) -> tuple[IGT, ...]:
        """What the format knows."""
        return self.learned + self.weighed

    @property
    def apart(self) -> tuple[IGT, ...]:
        """What the format knows and the network has not learned, in no other spelling either."""
        return tuple(self.weighed[at] for at in unseen(self.learned, self.weighed))

    def without_seen(self) -> Texts:
        """The same without the texts set aside that stand among the others."""
        return attrs.evolve(self, held=tuple(self.held[at] for at in unseen(self.known, self.held)))


def read_all(shared: Path) -> dict[str, Texts]:
    """The languages of ODIN, of CLDF datasets and of the shared task; not Vamale."""
    found: dict[str, Texts] = {}
    for path in sorted((shared / "data/odin").glob("*.txt")):
        if JUDGED.keys().isdisjoint(path.stem.split("-")):
            _add(found, path.stem, read_odin(path))
    for dataset in ("uratyp", "lapollaqiang", "palula"):
        for name, read in cldf(shared, dataset).items():
            _add(found, name, read.texts)
    for code in LANGUAGES:
        train, dev = (shared_task(shared, code, part) for part in ("train", "dev"))
        held = [dev[at] for at in unseen(train, dev)][:HELD]
        texts, judged = _named(code, train), _named(code, held)
        start = min(WEIGHED, len(texts) // 10)
        end = start + SHARED_TASK
        found[code] = Texts(texts[start:end], texts[:start] + texts[end:], judged)
    large = sorted(name for name, texts in found.items() if texts.held)
    for name in large[::NEW_EVERY]:
        found[name] = attrs.evolve(found[name], is_new=True)
    return {name: texts.without_seen() for name, texts in found.items()}


def read_vamale(shared: Path) -> list[IGT]:
    """The usable examples of Vamale, in random order."""
    return list(_named("Vamale", vamale(shared).texts))


def _add(found: dict[str, Texts], name: str, texts: Iterable[IGT]) -> None:
    held: tuple[IGT, ...] = ()
    weighed: tuple[IGT, ...] = ()
    named = _named(name, {text.transcription: text for text in texts}.values())
    if len(named) < LEAST:
        return
    if len(named) >= LARGE:
        held, weighed, named = named[:HELD], named[HELD : HELD + WEIGHED], named[HELD + WEIGHED :]
    found[name] = Texts(named[:LEARNED], weighed + named[LEARNED:], held)


def _named(name: str, texts: Iterable[IGT]) -> tuple[IGT, ...]:
    """Texts in random order, each with the name of its language."""
    found = languages.find(name)
    language = found.to_language() if found else Language()
    shuffled = list(texts)
    random.Random(0).shuffle(shuffled)
    return tuple(text.replace(language=attrs.evolve(language, name=name)) for text in shuffled)
