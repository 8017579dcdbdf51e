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
from igtkit.io.latex.inputs import Inputs, MacroFiles, macros_of
from igtkit.io.latex.rules import parts_of

__all__ = ["examples_of", "read_latex"]

_NONE: Mapping[str, str] = MappingProxyType({})
_EXPECTED = r"two or more lines that end in \\ after \gll, or \gla and \glb that end in //"


def read_latex(source: Source, *, macros: Mapping[str, str] | MacroFiles = _NONE) -> Iterator[IGT]:
    """Yield the glossed examples of a paper.

    Args:
        source: The file.
        macros: What macros of another file stand for, by name; or that file, or several.

    Raises:
        FileFormatError: If macros expand without end, or for an example that cannot be read.
        OSError: If a file of macros cannot be read.
    """
    named = macros if isinstance(macros, Mapping) else _NONE
    given = {} if isinstance(macros, Mapping) else macros_of(macros, source.encoding)
    inputs = Inputs(source.path.resolve().parent, source.encoding) if source.path else None
    try:
        follow = inputs.follow if inputs is not None else None
        document = prepare(source.lines(), named, given, follow)
    except InputError as error:
        raise FileFormatError(str(error), path=source.name) from error
    used: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    waiting: list[tuple[int, IGT]] = []  # blocks of one example, of which no translation is known
    for example, line, hint in examples_of(document):
        try:
            markup = Markup(
                document.defined, shorthands=document.shorthands, automath=document.automath
            )
            igt = parse_example(example, markup, hint)
        except InputError as error:
            text = (example.head + f"\\{example.macro}" + example.body).strip()
            source.reject(str(error), line=line, expected=_EXPECTED, text=text)
            continue
        used[f"\\{example.macro}"] += 1
        unknown.update(markup.unknown)
        guessed.update(markup.guessed)
        if not example.continues or hint:
            yield from _told(source, waiting)
            waiting = []
        waiting.append((line, igt))
        if igt.translation is not None:
            joined = join_blocks(waiting)
            guessed["latex-joined-blocks"] += len(joined) < len(waiting)
            yield from _told(source, joined)
            waiting = []
    yield from _told(source, waiting)
    source.parts.extend(parts_of(guessed))
    for name, count in inputs.glosses.items() if inputs is not None else ():
        rule = "latex-file-with-examples" if count else "latex-file"
        source.parts.append(tell("file", name, "macros", rule, count=count or None))
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
    for example in find_examples(document.text, document.defined):
        first = bisect_right(ends, example.head_start - 1) + 1
        line = bisect_right(ends, example.start - 1) + 1
        inside = numbers[bisect_right(numbers, first - 1) : bisect_right(numbers, line)]
        yield example, line, document.hints[inside[-1]] if inside else {}
