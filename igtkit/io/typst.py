"""Typst: numbered examples whose words stand over their glosses and go on in the next line.

The file brings its own functions, and so needs no package; ``style="leipzig-glossing"`` writes for
the package of that name instead. It can be written, not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from igtkit._labels import split_labels
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._label_names import LabelNames
from igtkit.io._printing import PRINTED, Example, Row, explain_labels, print_example
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels

__all__ = ["FORMAT"]

_NONE: Mapping[str, str] = MappingProxyType({})
_FUNCTIONS = """\
// How examples look; what is changed here changes all of them.
#let label-text(body) = smallcaps(body)
#let word(..lines) = box(grid(columns: 1, row-gutter: 0.5em, ..lines.pos()))
#let example(
  heading: none, above: none, words: (), dir: ltr, translation: none, notes: (),
) = figure(
  kind: "example", supplement: none, numbering: n => [(#n)], outlined: false,
  {
    let lines = ()
    if heading != none { lines.push(heading) }
    if above != none { lines.push(emph(above)) }
    if words.len() > 0 {
      let boxes = words.map(cells => word(..cells)).join([ ] + h(0.5em))
      lines.push({ set par(leading: 0.9em, justify: false); text(dir: dir, boxes) })
    }
    if translation != none { lines.push(translation) }
    lines += notes.map(note => text(size: 0.9em, note))
    grid(columns: 100%, row-gutter: 0.6em, ..lines)
  },
)
#show figure.where(kind: "example"): it => block(
  width: 100%, breakable: false, spacing: 1.3em,
  grid(
    columns: (2.5em, 1fr),
    align(left, context it.counter.display(it.numbering)),
    align(left, it.body),
  ),
)

"""
_PACKAGE = """\
#import "@preview/leipzig-glossing:0.5.0": numbered-example
#let label-text(body) = smallcaps(body)

"""


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    style: Literal["grid", "leipzig-glossing"] = "grid",
    labels: LabelChoice = "guess",
    abbreviations: Mapping[str, str] = _NONE,
) -> None:
    entries, in_lower_case = choose_labels(items, labels, sink, abbreviations)
    held = list(entries)
    stream = sink.text()
    stream.write(_FUNCTIONS if style == "grid" else _PACKAGE)
    names = LabelNames("A-Za-z0-9_.:-")
    for igt in held:
        name = names.new(igt.id)
        if name != igt.id:
            sink.lose("id")
        example = print_example(igt, sink)
        lines = _grid if style == "grid" else _gloss
        stream.write("\n".join(lines(example, name, in_lower_case)) + "\n\n")
    if explained := explain_labels(held, in_lower_case, abbreviations, sink):
        stream.write("= Abbreviations\n\n#terms(\n  hanging-indent: 4em,\n")
        stream.writelines(
            f"  (label-text({_string(label)}), {_string(meaning)}),\n"
            for label, meaning in explained
        )
        stream.write(")\n")


def _grid(example: Example, name: str | None, labels: Collection[str]) -> Iterator[str]:
    yield "#example("
    for key, text in (("heading", example.heading), ("above", example.above)):
        if text:
            yield f"  {key}: {_string(text)},"
    if example.rows:
        yield "  words: ("
        columns = zip(*(row.cells for row in example.rows), strict=True)
        for column in columns:
            cells = zip(example.rows, column, strict=True)
            yield f"    ({', '.join(_cell(row.line, cell, labels) for row, cell in cells)},),"
        yield "  ),"
    if example.is_from_right:
        yield "  dir: rtl,"
    if example.translation:
        yield f"  translation: {_string(example.translation)},"
    if example.notes:
        yield f"  notes: ({', '.join(map(_string, example.notes))},),"
    yield f") <{name}>" if name else ")"


def _gloss(example: Example, name: str | None, labels: Collection[str]) -> Iterator[str]:
    yield f"#numbered-example({f'label: {_string(name)}, ' if name else ''}("
    header = [text for text in (example.heading, example.above) if text]
    if header:
        yield f"  header: {' + linebreak() + '.join(map(_string, header))},"
    rows = example.rows or (Row("translation", ("",)),)
    keys = ("source", "transliteration", "morphemes")
    for key, row in zip(keys if len(rows) == 3 else (keys[0], keys[2]), rows, strict=False):
        yield f"  {key}: ({', '.join(_cell(row.line, cell, labels) for cell in row.cells)},),"
    free = [text for text in (example.translation, *example.notes) if text]
    if free:
        yield f"  translation: {' + linebreak() + '.join(map(_string, free))},"
    yield "))"


def _cell(line: str, text: str, labels: Collection[str]) -> str:
    if line != "glosses":
        styled = _string(text) if text else "[~]"
        return f"emph({styled})" if line == "transcription" and text else styled
    pieces = [
        f"label-text({_string(piece.lower())})" if is_label else _string(piece)
        for piece, is_label in split_labels(text, labels)
    ]
    return " + ".join(pieces) or "[~]"


def _string(text: str) -> str:
    """A text as a string of Typst, in which nothing has a meaning but these two."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


FORMAT = built_in("typst", write=_write, holds=[*PRINTED, "id"])
