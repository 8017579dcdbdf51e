r"""Glossed examples in LaTeX: gb4e, expex, linguex, covington.

::

    \ea\label{ex:houses}
    \gll palasi-lu buro\\
         house-\textsc{pl} burn\\
    \glt `The houses burned.' (field notes)
    \z

All are read, in one paper if need be: ``\gll`` and its longer kin, linguex's ``\exg.``, expex's
``\begingl``, covington's ``\digloss``, sub-examples of each. Markup becomes text by rule: small
capitals become capitals, which they stand for; other fonts, footnotes, index entries and comments
go; accents and TIPA's letters become Unicode; braces hold a word together, its spaces become ``_``.
Macros that the paper defines are expanded; the option ``macros`` defines those of another file. One
without definition keeps its arguments, and is named in ``metadata["latex"]["unknown"]``.

What looks like a glossed example and cannot be read is reported, never left out in silence.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from igtkit.boundaries import split_words
from igtkit.corpus.columns import json_part
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tex.markup import Markup
from igtkit.io.latex import writing
from igtkit.io.latex.document import Document, prepare
from igtkit.io.latex.examples import Example, find_examples
from igtkit.io.latex.reading import join_blocks, parse_example

__all__ = ["FORMAT"]

_NONE: Mapping[str, str] = MappingProxyType({})
_EXPECTED = r"two or more lines that end in \\ after \gll, or \gla and \glb that end in //"
_LINES = ("transcription", "segmentation", "glosses")
_ATTRIBUTES = ("id", "source", "split", "pos", "language", "metalanguage", "metadata")


def _read(source: Source, *, macros: Mapping[str, str] = _NONE) -> Iterator[IGT]:
    try:
        document = prepare(source.lines(), macros)
    except InputError as error:
        raise FileFormatError(str(error), path=source.name) from error
    waiting: list[tuple[int, IGT]] = []  # blocks of one example, of which no translation is known
    for example, line, hint in _examples(document):
        try:
            igt = parse_example(example, Markup(document.defined), hint)
        except InputError as error:
            text = (example.head + f"\\{example.macro}" + example.body).strip()
            source.reject(str(error), line=line, expected=_EXPECTED, text=text)
            continue
        if not example.continues or hint:
            yield from _told(source, waiting)
            waiting = []
        waiting.append((line, igt))
        if igt.translation is not None:
            yield from _told(source, join_blocks(waiting))
            waiting = []
    yield from _told(source, waiting)


def _told(source: Source, blocks: Iterable[tuple[int, IGT]]) -> Iterator[IGT]:
    for line, igt in blocks:
        source.line = line
        yield igt


def _examples(document: Document) -> Iterator[tuple[Example, int, Mapping[str, Any]]]:
    """Each example with its line, and what a comment of this library's own says of it."""
    ends = [at for at, character in enumerate(document.text) if character == "\n"]
    numbers = sorted(document.hints)
    for example in find_examples(document.text):
        first = bisect_right(ends, example.head_start - 1) + 1
        line = bisect_right(ends, example.start - 1) + 1
        inside = numbers[bisect_right(numbers, first - 1) : bisect_right(numbers, line)]
        yield example, line, document.hints[inside[-1]] if inside else {}


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    style: writing.Style = "gb4e",
    abbreviations: Mapping[str, str] = _NONE,
    document: bool = False,
) -> None:
    if style not in writing.STYLES:
        raise InputError(f"style must be 'gb4e', 'expex' or 'linguex', not {style!r}")
    stream = sink.text()
    labels: dict[str, None] = {}
    if document:
        stream.write("\n".join(writing.beginning(style)) + "\n")
    for igt in items:
        lines, losses = _example(igt, style)
        for what in losses:
            sink.lose(what)
        stream.write("\n".join(lines) + "\n\n")
        labels.update(dict.fromkeys(writing.labels(igt)))
    last = [
        *writing.abbreviation_lines(labels, abbreviations),
        *(writing.ending() if document else ()),
    ]
    stream.write("".join(f"{line}\n" for line in last))


def _example(igt: IGT, style: str) -> tuple[list[str], list[str]]:
    """The lines of an example, and what they do not hold."""
    held, losses = _jsonable(igt)
    alone = _there(held) if len(_there(held)) == 1 else []
    lines, back = _quoted(held, style, writing.hint_of(held, [*alone, ""]) if alone else {})
    if back is not None and not alone and not _same(held, back):
        lines, back = _quoted(held, style, writing.hint_of(held, _roles(held, back)))
    if back is None:
        return lines, [*losses, "entries without words, which are no glossed examples"]
    for name in (*_LINES, "translation"):
        given, got = getattr(held, name), getattr(back, name)
        if given != got:
            empty = given is not None and not given.strip()
            spacing = split_words(given) == split_words(got)
            losses.append(
                f"{name} of white space only"
                if empty
                else f"spacing of {name}"
                if spacing
                else name
            )
    losses += [name for name in _ATTRIBUTES if getattr(held, name) != getattr(back, name)]
    return lines, losses


def _quoted(igt: IGT, style: str, hint: Mapping[str, Any]) -> tuple[list[str], IGT | None]:
    """The lines, with such quotes as the translation does not close itself, and what they say."""
    translation = split_words(igt.translation)
    for quotes in writing.QUOTES:
        lines = writing.example_lines(igt, style, hint, quotes)
        back = _back(lines)
        if back is None or split_words(back.translation) == translation:
            return lines, back
    lines = writing.example_lines(igt, style, hint)
    return lines, _back(lines)


def _jsonable(igt: IGT) -> tuple[IGT, list[str]]:
    """The entry with the metadata that a comment can hold, as it comes back from there."""
    kept = json.loads(json.dumps(json_part(igt.metadata)))
    return igt.replace(metadata=kept), ["metadata"] if kept != igt.metadata else []


def _same(igt: IGT, back: IGT) -> bool:
    return all(getattr(igt, name) == getattr(back, name) for name in _ATTRIBUTES) and all(
        split_words(getattr(igt, name)) == split_words(getattr(back, name)) for name in _LINES
    )


def _roles(igt: IGT, back: IGT) -> Sequence[str]:
    """Which line is which, where the reader would take one for another."""
    if all(split_words(getattr(igt, name)) == split_words(getattr(back, name)) for name in _LINES):
        return ()
    return _there(igt)


def _there(igt: IGT) -> list[str]:
    """The lines that have words."""
    return [name for name in _LINES if split_words(getattr(igt, name))]


def _back(lines: list[str]) -> IGT | None:
    """The entry as it will be read; None if there is nothing to find."""
    for example, _, hint in _examples(prepare(enumerate(lines, 1))):
        try:
            return parse_example(example, Markup(), hint)
        except InputError:
            return None
    return None


FORMAT = Format(
    "latex",
    extensions=(".tex", ".ltx"),
    read=_read,
    write=_write,
    holds=frozenset([*_LINES, "translation", *_ATTRIBUTES]),
)
