"""`Corpus`: an ordered collection of interlinear texts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

import attrs

from igtkit._optional import require
from igtkit.corpus.columns import COLUMNS, metadata_to_text, to_row
from igtkit.corpus.glosslm import from_rows
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.html import escape, render_entry, to_markup
from igtkit.igt.text import LINES

__all__ = ["Corpus", "Skipped", "render_corpus"]

_ENOUGH = 1000
"""Texts from which labels in lower case are guessed; more would keep a notebook waiting."""

Key = TypeVar("Key", bound=Hashable)


@attrs.frozen
class Skipped:
    """An entry of a file that could not be read.

    Attributes:
        path: The file, as it was named by the caller.
        line: Number of the line at fault, counted from 1, or None where lines mean nothing.
        message: What was wrong.
        text: The entry as it stands in the file.
    """

    path: str
    line: int | None
    message: str
    text: str


class Corpus(Sequence[IGT]):
    """An ordered collection of interlinear texts, never changed in place.

    It is a sequence: it has a length, an index, slices (again a `Corpus`) and an order. Every
    method returns a new `Corpus`. Two are equal when their entries are equal, in order.

    Args:
        items: The entries.
        skipped: Entries of the file that could not be read, where errors were skipped.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> corpus = Corpus([IGT("a", split="train"), IGT("b", split="dev"), IGT("c")])
        >>> corpus
        Corpus(3 entries: 1 train, 1 dev, 1 without split)
        >>> corpus[1:].filter(lambda igt: igt.split is None)[0].transcription
        'c'
    """

    __slots__ = ("_items", "_skipped")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, items: Iterable[IGT] = (), *, skipped: Iterable[Skipped] = ()) -> None:
        given: object = items
        if isinstance(given, str):
            raise InputError(
                f"a Corpus takes IGT items, not the string {given[:80]!r}; "
                "to read a file use igtkit.read(path)"
            )
        if isinstance(given, IGT) or not isinstance(given, Iterable):
            raise InputError(f"a Corpus takes many IGT items, got {given!r:.80}; give a list")
        self._items = tuple(items)
        self._skipped = tuple(skipped)
        for index, item in enumerate(self._items):
            if not isinstance(item, IGT):
                raise InputError(
                    f"a Corpus takes IGT items; item {index} is {item!r:.80} "
                    f"({type(item).__name__})"
                )

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be read, where errors were skipped; slices and the like keep none."""
        return self._skipped

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[IGT]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> IGT: ...
    @overload
    def __getitem__(self, index: slice) -> Corpus: ...
    def __getitem__(self, index: int | slice) -> IGT | Corpus:
        if isinstance(index, slice):
            return Corpus(self._items[index])
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Corpus) else NotImplemented

    def __add__(self, other: Iterable[IGT]) -> Corpus:
        """Both corpora, one after the other, and what was skipped in either."""
        more = other if isinstance(other, Corpus) else Corpus(other)
        return Corpus(self._items + more._items, skipped=self._skipped + more._skipped)

    def __repr__(self) -> str:
        counts = Counter(igt.split for igt in self._items)
        unsplit = counts.pop(None, 0)
        parts = [f"{n} {split}" for split, n in counts.items()]
        parts += [f"{unsplit} without split"] * bool(unsplit)
        text = f"{len(self)} {'entry' if len(self) == 1 else 'entries'}"
        if counts:
            text += f": {', '.join(parts)}"
        if self._skipped:
            text += f"; {len(self._skipped)} skipped"
        return f"Corpus({text})"

    def _repr_html_(self) -> str:
        return render_corpus(self)

    def filter(self, keep: Callable[[IGT], object]) -> Corpus:
        """The entries for which `keep` is true, in order."""
        return Corpus(igt for igt in self._items if keep(igt))

    def map(self, change: Callable[[IGT], IGT]) -> Corpus:
        """Every entry changed by `change`, in order.

        Raises:
            InputError: If `change` returns something other than an `IGT`.
        """
        return Corpus(change(igt) for igt in self._items)

    def group_by(self, key: Callable[[IGT], Key]) -> dict[Key, Corpus]:
        """The entries grouped by `key`, groups in order of first appearance.

        Example:
            >>> corpus = Corpus([IGT("a b"), IGT("c"), IGT("d e")])
            >>> corpus.group_by(lambda igt: len(igt.words))
            {2: Corpus(2 entries), 1: Corpus(1 entry)}
        """
        groups: dict[Key, list[IGT]] = {}
        for igt in self._items:
            groups.setdefault(key(igt), []).append(igt)
        return {value: Corpus(items) for value, items in groups.items()}

    def by_language(self) -> dict[Language | None, Corpus]:
        """The entries grouped by language, in order of first appearance."""
        return self.group_by(lambda igt: igt.language)

    @property
    def splits(self) -> dict[str | None, Corpus]:
        """The entries grouped by ``igt.split``, in order of first appearance."""
        return self.group_by(lambda igt: igt.split)

    def split(self, name: str) -> Corpus:
        """The entries of one split, ``"train"`` say.

        Raises:
            InputError: If no entry is in it. (``corpus.splits.get(name)`` asks without raising.)
        """
        part = self.filter(lambda igt: igt.split == name)
        if not part:
            counts = ", ".join(f"{key!r} ({len(part)})" for key, part in self.splits.items())
            raise InputError(f"no entry is in the split {name!r}; there are: {counts or 'none'}")
        return part

    def random_split(
        self,
        *,
        train: float = 0.8,
        dev: float = 0.1,
        test: float = 0.1,
        seed: int = 0,
        together: Callable[[IGT], Hashable] | None = None,
    ) -> Corpus:
        """Return the corpus with every entry in a split, at random.

        Args:
            train: Share of the entries in ``"train"``.
            dev: Share in ``"dev"``; may be 0.
            test: Share in ``"test"``; may be 0.
            seed: The same seed gives the same split of the same entries.
            together: Entries for which it gives equal values are put in the same split, so that
                no text is in two: ``lambda igt: igt.transcription`` for repeated sentences,
                ``lambda igt: igt.source`` for whole documents. Shares are then kept as nearly as
                the groups allow.

        Returns:
            The same entries in the same order, each with its `split` set.

        Raises:
            InputError: If the shares are not between 0 and 1 or do not add up to 1, or there are
                too few entries to give each split one.

        Example:
            >>> corpus = Corpus(IGT(str(n)) for n in range(20)).random_split(seed=1)
            >>> {name: len(part) for name, part in corpus.splits.items()}
            {'train': 16, 'dev': 2, 'test': 2}
        """
        shares = {"train": train, "dev": dev, "test": test}
        if (
            any(not 0 <= share <= 1 for share in shares.values())
            or abs(sum(shares.values()) - 1) > 1e-9
        ):
            raise InputError(f"shares must be between 0 and 1 and add up to 1, got {shares}")
        groups: dict[Hashable, list[int]] = {}
        for index, igt in enumerate(self._items):
            groups.setdefault(index if together is None else together(igt), []).append(index)
        order = random.Random(seed)  # noqa: S311 -- a split is no secret
        shuffled = sorted(groups.values(), key=lambda _: order.random())
        room = {name: share * len(self) for name, share in shares.items() if share}
        assigned: dict[int, str] = {}
        for group in sorted(shuffled, key=len, reverse=True):  # large first: they fit least well
            name = max(room, key=room.__getitem__)
            room[name] -= len(group)
            assigned.update(dict.fromkeys(group, name))
        missing = set(room) - set(assigned.values())
        if missing:
            raise InputError(
                f"{len(groups)} {'entries' if together is None else 'groups of entries'} are too "
                f"few to give {' and '.join(sorted(missing))} any; set that share to 0"
            )
        return Corpus(igt.replace(split=assigned[i]) for i, igt in enumerate(self._items))

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with one row an entry, columns as in the JSON Lines format.

        Raises:
            MissingExtraError: If pandas is not installed.
        """
        pandas = require("pandas", "pandas")
        return pandas.DataFrame([to_row(igt) for igt in self._items], columns=list(COLUMNS))

    def to_dataset(self) -> Any:
        """A Hugging Face `datasets.Dataset` with one row an entry, columns as in JSON Lines.

        The column ``split`` stays one: ``dataset.filter(...)``, or ``Corpus.splits`` before.
        Metadata are JSON text, since they differ from entry to entry.

        Raises:
            MissingExtraError: If datasets is not installed.
        """
        datasets = require("datasets", "datasets")
        types = datasets.Features({name: datasets.Value("string") for name in COLUMNS})
        rows = [{**row, "metadata": metadata_to_text(row["metadata"])} for row in map(to_row, self)]
        return datasets.Dataset.from_list(rows, features=types)

    @classmethod
    def from_dataset(cls, dataset: Any) -> Corpus:
        """The entries of a Hugging Face data set, whole or by split.

        Columns are those of ``lecslab/polygloss-corpus`` or ``lecslab/glosslm-corpus``, as in the
        other tables; the names of splits become those of their entries.

        Args:
            dataset: A `datasets.Dataset`, a `datasets.DatasetDict`, or any iterable of rows.

        Raises:
            InputError: If a value is neither a string nor None, a row is no mapping, no row has a
                line of an interlinear text, or the data set is a dict of columns.

        Example:
            >>> rows = [{"transcription": "cat-s", "is_segmented": "yes", "glosses": "cat-PL"}]
            >>> Corpus.from_dataset(rows)[0].segmentation
            'cat-s'
        """
        if isinstance(dataset, Mapping) and not dataset.keys() & {*LINES}:
            return cls(
                igt if igt.split is not None else igt.replace(split=str(name))
                for name, part in dataset.items()
                for igt in cls.from_dataset(part)
            )
        return cls(from_rows(dataset))


def render_corpus(corpus: Corpus, limit: int | None = 10) -> str:
    """The first entries of a corpus as HTML.

    Args:
        corpus: What to show.
        limit: How many entries to show; None for all.
    """
    from igtkit.conventions import guess_labels  # noqa: PLC0415  # for what is shown only

    labels = guess_labels(corpus[:_ENOUGH])
    shown = [render_entry(igt, labels=labels) for igt in corpus[:limit]]
    rest = len(corpus) - len(shown)
    title = f'<p class="igt-more">{escape(repr(corpus))}</p>\n'
    more = f'<p class="igt-more">… and {rest} more</p>\n' if rest else ""
    return to_markup([title, *shown, more])
