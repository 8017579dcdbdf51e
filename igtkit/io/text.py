"""Plain interlinear text, as it stands in papers and is pasted from them: no markers.

::

    (1) pala-si     buro
        house-PL    burn
        ‘The houses burned.’

A blank line stands between examples. The first line may begin with a number or letter, ``(1)``,
``1.``, ``a.``, ``(1) a.``, which becomes the entry's id. Columns may be aligned or not: runs of
white space count as one space. What the lines of an example are is told by the rules of
`igtkit.io._example`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from igtkit._characters import display_width, pad
from igtkit.boundaries import join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._example import parse, parse_or_none
from igtkit.io._losses import LINE_ROLES, differences, metadata_differences
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["FORMAT", "render"]

_ID = re.compile(r"\d+[a-z]?|[a-z]")
_LINES = ("transcription", "segmentation", "glosses", "translation")
_LINE_ENDS = re.compile(r"[\r\n]+")
_EXPECTED = "two to four lines: (transcription,) segmentation, glosses (and ‘translation’)"


def _read(source: Source) -> Iterator[IGT]:
    for first, block in source.blocks():
        try:
            igt = parse(block)
        except InputError as error:
            source.reject(str(error), line=first, expected=_EXPECTED, text="\n".join(block))
            continue
        source.line = first
        yield igt


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        lines = render(igt)
        back = parse_or_none(lines)
        if igt.translation is None and not _same(back, igt):
            marked = parse_or_none([*lines, "‘’"])  # empty quotes say that no line is a translation
            if _same(marked, igt):
                lines, back = [*lines, "‘’"], marked
        for what in _differences(back, igt):
            sink.lose(what)
        stream.write("".join(f"{line}\n" for line in lines) + "\n")


def render(igt: IGT) -> list[str]:
    """The lines of an entry: its words in columns, by display width, and the translation in ‘’."""
    label = ""
    if igt.id is not None and _ID.fullmatch(igt.id):
        label = f"({igt.id}) " if igt.id[0].isdigit() else f"{igt.id}. "
    words = igt.align(strict=False)
    rows = [(word.surface, word.form, word.gloss) for word in words]
    above = []
    if [row[0] for row in rows if row[0] is not None] != split_words(igt.transcription):
        above = [join_words(split_words(igt.transcription))]
        rows = [(None, form, gloss) for _, form, gloss in rows]
    widths = [max(display_width(cell or "") for cell in row) for row in rows]
    columns = [
        " ".join(pad(row[line] or "", width) for row, width in zip(rows, widths, strict=True))
        for line in range(3)
    ]
    lines = [line.rstrip() for line in above + columns if line.strip()]
    if igt.translation is not None:
        citation = igt.metadata.get("citation")
        source = f" {citation}" if isinstance(citation, str) else ""
        lines.append("‘" + _LINE_ENDS.sub(" ", igt.translation) + "’" + _LINE_ENDS.sub(" ", source))
    indent = " " * display_width(label)
    return [(indent if number else label) + line for number, line in enumerate(lines)]


def _same(back: IGT | None, igt: IGT) -> bool:
    """Whether an entry that was read back has the lines of the one written, spacing aside."""
    return back is not None and all(
        split_words(getattr(back, name)) == split_words(getattr(igt, name)) for name in _LINES
    )


def _differences(back: IGT | None, igt: IGT) -> Iterator[str]:
    if back is None or not _same(back, igt):
        yield LINE_ROLES
    else:
        yield from differences(igt, back, _LINES)
    yield from differences(igt, back or IGT(None), ["id"], ignore_new=True)
    yield from metadata_differences(igt.metadata, back.metadata if back is not None else {})


FORMAT = built_in("text", read=_read, write=_write, holds=[*_LINES, "id", "metadata"])
