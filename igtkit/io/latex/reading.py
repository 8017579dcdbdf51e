"""From a paper to the entries of its glossed examples."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io._tex.markup import Markup
from igtkit.io.latex.document import Document, prepare
from igtkit.io.latex.entry import join_blocks, parse_example
from igtkit.io.latex.examples import Example, find_examples

__all__ = ["examples_of", "read_latex"]

_NONE: Mapping[str, str] = MappingProxyType({})
_EXPECTED = r"two or more lines that end in \\ after \gll, or \gla and \glb that end in //"


def read_latex(source: Source, *, macros: Mapping[str, str] = _NONE) -> Iterator[IGT]:
    """Yield the glossed examples of a paper.

    Args:
        source: The file.
        macros: What macros of another file stand for, by name.

    Raises:
        FileFormatError: If macros expand without end, or for an example that cannot be read.
    """
    try:
        document = prepare(source.lines(), macros)
    except InputError as error:
        raise FileFormatError(str(error), path=source.name) from error
    used: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    waiting: list[tuple[int, IGT]] = []  # blocks of one example, of which no translation is known
    for example, line, hint in examples_of(document):
        try:
            markup = Markup(document.defined)
            igt = parse_example(example, markup, hint)
        except InputError as error:
            text = (example.head + f"\\{example.macro}" + example.body).strip()
            source.reject(str(error), line=line, expected=_EXPECTED, text=text)
            continue
        used[f"\\{example.macro}"] += 1
        unknown.update(markup.unknown)
        if not example.continues or hint:
            yield from _told(source, waiting)
            waiting = []
        waiting.append((line, igt))
        if igt.translation is not None:
            yield from _told(source, join_blocks(waiting))
            waiting = []
    yield from _told(source, waiting)
    for name, count in used.most_common():
        source.parts.append(tell("macro", name, "example", "macro-example", count=count))
    for name, count in unknown.most_common():
        source.parts.append(tell("macro", name, None, "macro-unknown", count=count))


def _told(source: Source, blocks: Iterable[tuple[int, IGT]]) -> Iterator[IGT]:
    for line, igt in blocks:
        source.line = line
        yield igt


def examples_of(document: Document) -> Iterator[tuple[Example, int, Mapping[str, Any]]]:
    """Yield each example with its line, and what a comment of this library's own says of it."""
    ends = [at for at, character in enumerate(document.text) if character == "\n"]
    numbers = sorted(document.hints)
    for example in find_examples(document.text):
        first = bisect_right(ends, example.head_start - 1) + 1
        line = bisect_right(ends, example.start - 1) + 1
        inside = numbers[bisect_right(numbers, first - 1) : bisect_right(numbers, line)]
        yield example, line, document.hints[inside[-1]] if inside else {}
