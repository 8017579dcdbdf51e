"""What a file does not hold, in the same words for every format.

Most writers read back what they wrote and say how it differs (`differences`). The vocabulary, with
NAME for an attribute of `IGT`:

- ``NAME``: it is not in the file, or comes back as another.
- ``empty NAME``: it has no word, or says nothing; it comes back as missing.
- ``spacing of NAME``: its words come back, runs of spaces and line breaks do not.
- ``changes of NAME``: a template keeps what stands in it.
- ``made-up NAME``: the file must have one, the entry has none.
- ``metadata: KEY``: as above, for a part of the metadata.

And the constants here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from igtkit.boundaries import split_words
from igtkit.igt import IGT, Language
from igtkit.io._sink import Sink

__all__ = [
    "CONTROL_CHARACTERS",
    "LABEL_CASE",
    "LINE_ROLES",
    "NOT_IN_TEMPLATE",
    "NO_WORDS",
    "ORDER",
    "REPEATED_IDS",
    "ROUNDED_TIMES",
    "WHOLE_TEXTS",
    "EntryLosses",
    "changes_of",
    "differences",
    "empty",
    "made_up",
    "metadata_differences",
    "metadata_key",
    "report_differences",
    "spacing_of",
]

CONTROL_CHARACTERS = "control characters"
"""Characters that the format forbids; U+FFFD stands in their place."""

LABEL_CASE = "case of labels"
"""Labels in lower case that are set in small capitals, and so come back in capitals."""

LINE_ROLES = "which line is which"
"""The lines are in the file, and would be read as others than they are."""

NO_WORDS = "entries without words"
"""Entries that the format has no way to write."""

NOT_IN_TEMPLATE = "entries not in the template"
"""Entries that could not be found in the file that was to be changed."""

REPEATED_IDS = "ids that the template repeats"
"""Entries whose identifier stands in the template more than once."""

ORDER = "order of entries"
"""The file has the entries in the order of their times."""

ROUNDED_TIMES = "rounded times"
"""Fractions of a millisecond."""

WHOLE_TEXTS = "texts in one piece"
"""Entries of one text that do not follow each other are written as several texts."""

_SHARED = ("begin", "end", "speaker", "notes", "prediction", "media")


def empty(name: str) -> str:
    """Return the word for an attribute that says nothing and comes back as missing."""
    return f"empty {name}"


def spacing_of(name: str) -> str:
    """Return the word for a text whose words come back, and its white space does not."""
    return f"spacing of {name}"


def changes_of(name: str) -> str:
    """Return the word for an attribute that a template keeps as it was."""
    return f"changes of {name}"


def made_up(name: str) -> str:
    """Return the word for what the file must have and the entry lacks."""
    return f"made-up {name}"


def metadata_key(key: object) -> str:
    """Return the word for a part of the metadata."""
    return f"metadata: {key}"


class EntryLosses:
    """The losses of one entry: each counts once, however often it is found.

    Example:
        >>> import io
        >>> sink = Sink(io.StringIO())
        >>> losses = EntryLosses(sink)
        >>> losses.lose(CONTROL_CHARACTERS), losses.lose(CONTROL_CHARACTERS)
        (None, None)
        >>> dict(sink.lost)
        {'control characters': 1}
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._found: set[str] = set()

    def lose(self, what: str) -> None:
        """Count something that the format cannot hold, unless it is counted already."""
        if what not in self._found:
            self._found.add(what)
            self._sink.lose(what)


def differences(
    igt: IGT, back: object, names: Iterable[str], *, ignore_new: bool = False
) -> Iterator[str]:
    """Yield a word for each attribute that does not come back as it was.

    Args:
        igt: The entry.
        back: The entry as it is read again, or what has its attributes.
        names: The attributes to compare; not the metadata.
        ignore_new: Whether an attribute that the entry lacks may come back with a value.

    Example:
        >>> entry = IGT("a  b", "a-c", " ", id="1")
        >>> list(differences(entry, IGT("a b", "a-c", id="2"), ["transcription", "glosses", "id"]))
        ['spacing of transcription', 'empty glosses', 'id']
    """
    for name in names:
        given, got = getattr(igt, name), getattr(back, name)
        if given == got or (given is None and ignore_new):
            continue
        if isinstance(given, str) and isinstance(got, str) and split_words(given):
            yield spacing_of(name) if split_words(given) == split_words(got) else name
        else:
            says_nothing = given == Language() or (isinstance(given, str) and not given.strip())
            yield empty(name) if says_nothing else name


def metadata_differences(given: Mapping[str, object], got: Mapping[str, object]) -> Iterator[str]:
    """Yield a word for each part of the metadata that does not come back as it was.

    Example:
        >>> list(metadata_differences({"page": 7, "notes": ["a"]}, {"notes": ["a"]}))
        ['metadata: page']
    """
    for key, value in given.items():
        if key not in got or got[key] != value:
            yield metadata_key(key)


def report_differences(
    items: Sequence[IGT], back: Iterable[IGT], sink: Sink, own: str, names: Collection[str]
) -> None:
    """Report what does not come back of entries that were written to tiers over a recording.

    Args:
        items: The entries as they were given.
        back: The entries as they are read again.
        sink: Where to report.
        own: Name of the format, whose own metadata is made anew.
        names: The attributes that the format holds; `write` reports the others.
    """
    found = list(back)
    if len(found) != len(items):
        sink.lost[NO_WORDS] += abs(len(items) - len(found))
        return
    if [igt.id for igt in found] != [
        igt.id or new.id for igt, new in zip(items, found, strict=True)
    ]:
        by_time = sorted(items, key=lambda igt: igt.metadata.get("begin", 0.0))
        moved = sum(a is not b for a, b in zip(items, by_time, strict=True))
        sink.lost[ORDER] += moved
        items = by_time
    for igt, new in zip(items, found, strict=True):
        losses = EntryLosses(sink)
        for what in differences(igt, new, names, ignore_new=True):
            losses.lose(what)
        for key, value in igt.metadata.items():
            if value in (None, [], {}) or (key == own and not _has_more(value)):
                continue
            told = new.metadata.get(key) if key in _SHARED else None
            if told == value or (key in ("begin", "end") and _near(told, value)):
                continue
            if key != "prediction" or _rounded(told) != _rounded(value):
                losses.lose(metadata_key(key))


def _rounded(mark: object) -> object:
    """The mark of a suggestion as tiers have it, which show probabilities with two decimals."""
    if not isinstance(mark, Mapping) or not isinstance(mark.get("probabilities"), list):
        return mark
    numbers = [round(p, 2) if isinstance(p, float) else p for p in mark["probabilities"]]
    return {**mark, "probabilities": numbers}


def _has_more(own: object) -> bool:
    """Whether a format's own metadata has texts of tiers that were not read as lines."""
    return isinstance(own, dict) and "tiers" in own


def _near(told: object, value: object) -> bool:
    if not isinstance(told, (int, float)) or not isinstance(value, (int, float)):
        return False
    try:
        return abs(told - value) < 0.001
    except OverflowError:  # a whole number that is larger than any other
        return False
