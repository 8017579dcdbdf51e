"""Plain interlinear text, as it stands in papers and is pasted from them: no markers.

::

    (1) pala-si     buro
        house-PL    burn
        ‘The houses burned.’

A blank line stands between examples; they also begin at the next number or letter. The first line
may begin with one, ``(1)``, ``1.``, ``(2.14)``, ``[7]``, ``(5')``, ``(iii)``, ``a.``, ``(1) a.``,
which becomes the entry's id. Columns may be aligned or not: runs of white space count as one space,
unless tabs set them apart. What the lines of an example are is told by the rules of
`igtkit.io._example`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from igtkit._characters import display_width, pad
from igtkit.boundaries import join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.judgment import judgment_of
from igtkit.igt.text import LINES
from igtkit.io._catalog import built_in
from igtkit.io._example import divide, parse_or_none, parse_part
from igtkit.io._judgments import MARKS
from igtkit.io._losses import LINE_ROLES, differences, metadata_differences
from igtkit.io._parts import tell
from igtkit.io._quotes import REMARK, unquote
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._text.free import find_free

__all__ = ["FORMAT", "render"]

_ID = re.compile(
    r"(?:\d+(?:[.–-]\d+)*['’′]*[a-z]?|[a-z])['’′]*|(?=[ivx]{2})x{0,3}(?:ix|iv|v?i{0,3})"
)
_LINES = (*LINES, "translation")
_QUOTES = (("‘", "’"), ("“", "”"), ("«", "»"))
"""Quotes for a translation; the others for one that ends the pair before by a quote of its own."""
_LINE_ENDS = re.compile(r"[\r\n]+")
SUBJECTS: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "text-one-line": ("one line", "transcription"),
        "text-two-lines": ("two lines", "segmentation"),
        "text-only-glosses-segmented": ("two lines", "transcription"),
        "text-three-lines": ("three lines", "transcription"),
        "text-last-line-translation": ("three lines", "translation"),
        "text-four-lines": ("four lines", "translation"),
        "text-quotes": ("last line", "translation"),
        "text-quotes-over-lines": ("last lines", "translation"),
        "text-remark": ("below", "notes"),
        "text-heading": ("above", "language"),
        "text-tabs": ("columns", None),
        "text-cut-lines": ("many lines", None),
        "text-phonetic": ("line of IPA", None),
        "text-judgment": ("judgment", None),
        "text-no-blank-line": ("example", None),
    }
)
"""What each rule of plain text is about: in words, and the line of an entry."""
_EXPECTED = "two to four lines: (transcription,) segmentation, glosses (and ‘translation’)"


def _read(source: Source) -> Iterator[IGT]:
    used: Counter[str] = Counter()
    for first, block in source.blocks():
        for part in divide(block):
            guessed: set[str] = set()
            line = first + part.first
            try:
                entries = parse_part(part, guessed)
            except InputError as error:
                text = "\n".join(block[part.first : part.first + len(part.lines)])
                source.reject(str(error), line=line, expected=_EXPECTED, text=text)
                continue
            used.update(guessed)
            for igt in entries:
                source.line = line
                yield igt
    source.parts += [
        tell("guess", subject, name, rule, count=used[rule])
        for rule, (subject, name) in SUBJECTS.items()
        if used[rule]
    ]


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        lines = render(igt)
        back = parse_or_none(lines)
        if igt.translation is None and not _same(back, igt):
            marked = parse_or_none([*lines, "‘’"])  # empty quotes say that no line is a translation
            if back is None or _same(marked, igt):
                lines, back = [*lines, "‘’"], marked
        for what in _differences(back, igt):
            sink.lose(what)
        stream.write("".join(f"{line}\n" for line in lines) + "\n")


def render(igt: IGT) -> list[str]:
    """The lines of an entry: its words in columns, by display width, and the translation in ‘’."""
    label = ""
    if igt.id is not None and igt.id and _ID.fullmatch(igt.id):
        label = f"{igt.id}. " if re.match(r"[a-z]['’′]*\Z", igt.id) else f"({igt.id}) "
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
    judgment = judgment_of(igt)
    if lines and MARKS.fullmatch(judgment):
        lines[0] = judgment + lines[0]
        lines[1:] = [" " * len(judgment) + line for line in lines[1:]]
    if igt.translation is not None:
        lines += _free_lines(igt)
    indent = " " * display_width(label)
    return [(indent if number else label) + line for number, line in enumerate(lines)]


def _free_lines(igt: IGT) -> list[str]:
    """The translation in quotes that are none of its own, its source and remarks on it."""
    translation = _LINE_ENDS.sub(" ", igt.translation or "")
    quotes = next(
        (pair for pair in _QUOTES if unquote(translation.join(pair)) == (translation, "")),
        _QUOTES[0],
    )
    lines = [quotes[0] + translation + quotes[1]]
    citation = igt.metadata.get("citation")
    if isinstance(citation, str):
        cited = [f"{lines[0]} {_LINE_ENDS.sub(' ', citation)}"]
        lines = cited if _is_free(cited) else lines
    notes = igt.metadata.get("notes")
    for note in notes if isinstance(notes, list) else []:
        if isinstance(note, str) and _is_line(note) and _is_free([*lines, note]):
            lines.append(note)
    return lines


def _is_line(note: str) -> bool:
    """Whether a remark is told from text when it is read."""
    return "\n" not in note and (REMARK.match(note) is not None or note[:1] in "([")


def _is_free(lines: list[str]) -> bool:
    """Whether lines are read as a translation and what belongs to it, to the last of them."""
    found = find_free(["", *lines])
    return found is not None and found[1].lines == len(lines)


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
