"""Writing glossed examples, and a list of the abbreviations in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from igtkit.boundaries import split_words
from igtkit.corpus.columns import json_part
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._losses import NO_WORDS, differences, metadata_differences
from igtkit.io._sink import Sink
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
    labels,
)

__all__ = ["write_latex"]

_NONE: Mapping[str, str] = MappingProxyType({})
_LINES = ("transcription", "segmentation", "glosses")
_ATTRIBUTES = ("id", "source", "split", "pos", "language", "metalanguage")


def write_latex(
    items: Iterable[IGT],
    sink: Sink,
    *,
    style: Style = "gb4e",
    abbreviations: Mapping[str, str] = _NONE,
    document: bool = False,
) -> None:
    """Write entries as glossed examples.

    Args:
        items: The entries.
        sink: Where to.
        style: The package whose macros are used.
        abbreviations: What labels mean that are not in the Leipzig list.
        document: Whether the examples make a document of their own.
    """
    stream = sink.text()
    used: dict[str, None] = {}
    if document:
        stream.write("\n".join(beginning(style)) + "\n")
    for igt in items:
        lines, losses = _example(igt, style)
        for what in losses:
            sink.lose(what)
        stream.write("\n".join(lines) + "\n\n")
        used.update(dict.fromkeys(labels(igt)))
    last = [
        *abbreviation_lines(used, abbreviations),
        *(ending() if document else ()),
    ]
    stream.write("".join(f"{line}\n" for line in last))


def _example(igt: IGT, style: str) -> tuple[list[str], list[str]]:
    """The lines of an example, and what they do not hold."""
    held, losses = _jsonable(igt)
    alone = _there(held) if len(_there(held)) == 1 else []
    lines, back = _quoted(held, style, hint_of(held, [*alone, ""]) if alone else {})
    if back is not None and not alone and not _same(held, back):
        lines, back = _quoted(held, style, hint_of(held, _roles(held, back)))
    if back is None:
        return lines, [*losses, NO_WORDS]
    losses += differences(held, back, (*_LINES, "translation", *_ATTRIBUTES))
    losses += metadata_differences(held.metadata, back.metadata)
    return lines, losses


def _quoted(igt: IGT, style: str, hint: Mapping[str, Any]) -> tuple[list[str], IGT | None]:
    """The lines, with such quotes as the translation does not close itself, and what they say."""
    translation = split_words(igt.translation)
    for quotes in QUOTES:
        lines = example_lines(igt, style, hint, quotes)
        back = _read_back(lines)
        if back is None or split_words(back.translation) == translation:
            return lines, back
    lines = example_lines(igt, style, hint)
    return lines, _read_back(lines)


def _jsonable(igt: IGT) -> tuple[IGT, list[str]]:
    """The entry with the metadata that a comment can hold, as it comes back from there."""
    kept = json.loads(json.dumps(json_part(igt.metadata)))
    return igt.replace(metadata=kept), list(metadata_differences(igt.metadata, kept))


def _same(igt: IGT, back: IGT) -> bool:
    names = (*_ATTRIBUTES, "metadata")
    return all(getattr(igt, name) == getattr(back, name) for name in names) and all(
        split_words(getattr(igt, name)) == split_words(getattr(back, name)) for name in _LINES
    )


def _roles(igt: IGT, back: IGT) -> Sequence[str]:
    """Return the names of the lines, if the reader would take one for another, else none."""
    if all(split_words(getattr(igt, name)) == split_words(getattr(back, name)) for name in _LINES):
        return ()
    return _there(igt)


def _there(igt: IGT) -> list[str]:
    """The lines that have words."""
    return [name for name in _LINES if split_words(getattr(igt, name))]


def _read_back(lines: list[str]) -> IGT | None:
    """The entry as it will be read; None if there is nothing to find."""
    for example, _, hint in examples_of(prepare(enumerate(lines, 1))):
        try:
            return parse_example(example, Markup(), hint)
        except InputError:
            return None
    return None
