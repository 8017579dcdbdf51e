"""Writing glossed examples, and a list of the abbreviations in them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from igtkit._characters import fold_case
from igtkit.boundaries import join_words, split_words
from igtkit.corpus.columns import json_part
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.doubt import is_suggested
from igtkit.igt.text import LINES
from igtkit.io._label_names import LabelNames
from igtkit.io._losses import LABEL_CASE, NO_WORDS, differences, metadata_differences
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels
from igtkit.io._tex.markup import Markup
from igtkit.io.latex.document import prepare
from igtkit.io.latex.entry import parse_example
from igtkit.io.latex.reading import examples_of
from igtkit.io.latex.typesetting import (
    QUOTES,
    Style,
    abbreviation_lines,
    beginning,
    ending,
    example_lines,
    hint_of,
    labels_of,
)

__all__ = ["write_latex"]

_NONE: Mapping[str, str] = MappingProxyType({})
_ATTRIBUTES = ("id", "source", "split", "pos", "language", "metalanguage")


def write_latex(
    items: Iterable[IGT],
    sink: Sink,
    *,
    style: Style = "gb4e",
    labels: LabelChoice = "guess",
    abbreviations: Mapping[str, str] = _NONE,
    comments: bool = False,
    document: bool = False,
) -> None:
    """Write entries as glossed examples.

    Args:
        items: The entries.
        sink: Where to.
        style: The package whose macros are used.
        labels: Which labels in lower case go to small capitals, as those in capitals do.
        abbreviations: What labels mean that are not in the Leipzig list.
        comments: Whether a comment holds what an example does not show. One that is needed to read
            the example at all, and one that marks a suggestion, stands there in any case.
        document: Whether the examples make a document of their own.
    """
    entries, in_lower_case = choose_labels(items, labels, sink, abbreviations)
    writer = _Writer(style, in_lower_case, comments=comments)
    stream = sink.text()
    used: dict[str, None] = {}
    if document:
        stream.write("\n".join(beginning(style)) + "\n")
    for igt in entries:
        lines, losses = writer.example(igt)
        for what in losses:
            sink.lose(what)
        stream.write("\n".join(lines) + "\n\n")
        used.update(dict.fromkeys(labels_of(igt, in_lower_case)))
    last = [
        *abbreviation_lines(used, abbreviations, sink),
        *(ending() if document else ()),
    ]
    stream.write("".join(f"{line}\n" for line in last))


class _Writer:
    """Makes examples of entries, and reads each back to see what it does not hold."""

    def __init__(self, style: Style, labels: Collection[str], *, comments: bool) -> None:
        self._style = style
        self._labels = labels
        self._comments = comments
        self._names = LabelNames("A-Za-z0-9:.+/_-")

    def example(self, igt: IGT) -> tuple[list[str], list[str]]:
        """The lines of an example, and what they do not hold."""
        held, losses = _jsonable(igt)
        shown = held.replace(id=self._names.new(held.id))
        said = held if self._comments else _visible(shown)
        alone = _there(held) if len(_there(held)) == 1 else []
        hint = hint_of(said, [*alone, ""]) if alone else {}
        lines, back = self._quoted(shown, hint)
        if back is not None and not alone and self._needs_hint(said, back):
            hint = hint_of(said, _roles(held, back))
            if self._comments and _differ_in_case(held.glosses, back.glosses):
                hint["glosses"] = held.glosses
            lines, back = self._quoted(shown, hint)
        if back is None:
            return lines, [*losses, NO_WORDS]
        if _differ_in_case(held.glosses, back.glosses):
            losses.append(LABEL_CASE)
            back = back.replace(glosses=join_words(split_words(held.glosses)))
        losses += differences(held, back, (*LINES, "translation", *_ATTRIBUTES))
        losses += metadata_differences(held.metadata, back.metadata)
        return lines, losses

    def _needs_hint(self, said: IGT, back: IGT) -> bool:
        if self._comments and not _same(said, back):
            return True
        return bool(_roles(said, back)) or is_suggested(said)

    def _quoted(self, igt: IGT, hint: Mapping[str, Any]) -> tuple[list[str], IGT | None]:
        """The lines, in such quotes as the translation does not close itself, and what they say."""
        translation = split_words(igt.translation)
        for quotes in QUOTES:
            lines = example_lines(igt, self._style, hint, quotes, self._labels)
            back = _read_back(lines)
            if back is None or split_words(back.translation) == translation:
                return lines, back
        lines = example_lines(igt, self._style, hint, labels=self._labels)
        return lines, _read_back(lines)


def _visible(igt: IGT) -> IGT:
    """The part of an entry that a reader of the paper sees, and whose suggestion it is."""
    shown = {"judgment", "citation", "notes", *(["prediction"] if is_suggested(igt) else [])}
    metadata = {key: value for key, value in igt.metadata.items() if key in shown}
    own = igt.metadata.get("latex")
    if isinstance(own, dict) and "heading" in own:
        metadata["latex"] = {"heading": own["heading"]}
    name = igt.language.name if igt.language is not None else None
    return igt.replace(
        source=None,
        split=None,
        pos=None,
        language=None if name is None else Language(name=name),
        metalanguage=None,
        metadata=metadata,
    )


def _jsonable(igt: IGT) -> tuple[IGT, list[str]]:
    """The entry with the metadata that a comment can hold, as it comes back from there."""
    kept = json.loads(json.dumps(json_part(igt.metadata)))
    return igt.replace(metadata=kept), list(metadata_differences(igt.metadata, kept))


def _same(igt: IGT, back: IGT) -> bool:
    names = (*_ATTRIBUTES, "metadata")
    return all(getattr(igt, name) == getattr(back, name) for name in names) and all(
        split_words(getattr(igt, name)) == split_words(getattr(back, name)) for name in LINES
    )


def _roles(igt: IGT, back: IGT) -> Sequence[str]:
    """Return the names of the lines, if the reader would take one for another, else none."""
    same = (_folded(getattr(igt, name)) == _folded(getattr(back, name)) for name in LINES)
    return () if all(same) else _there(igt)


def _folded(line: str | None) -> list[str]:
    return split_words(fold_case(line or ""))


def _differ_in_case(line: str | None, back: str | None) -> bool:
    """Whether two lines have the same words but for their case: small capitals have none."""
    return split_words(line) != split_words(back) and _folded(line) == _folded(back)


def _there(igt: IGT) -> list[str]:
    """The lines that have words."""
    return [name for name in LINES if split_words(getattr(igt, name))]


def _read_back(lines: list[str]) -> IGT | None:
    """The entry as it will be read; None if there is nothing to find."""
    for example, _, hint in examples_of(prepare(enumerate(lines, 1))):
        try:
            return parse_example(example, Markup(), hint)
        except InputError:
            return None
    return None
