"""Plain interlinear text, as it stands in papers and is pasted from them: no markers.

::

    (1) pala-si     buro
        house-PL    burn
        ‘The houses burned.’

A blank line stands between examples. The first line may begin with a number or letter, ``(1)``,
``1.``, ``a.``, ``(1) a.``, which becomes the entry's id. Columns may be aligned or not: runs of
white space count as one space. What the lines of an example are is told so:

1. A last line in quotes is the translation: ``'…'``, ``‘…’``, ``“…”``, ``"…"``, ``«…»``, ``„…“``;
   a source in brackets may follow it. It may run over several lines, save in ``'…'``.
2. Of the other lines, three are transcription, segmentation and glosses. Two are segmentation and
   glosses, or transcription and glosses where only the glosses have morpheme boundaries. One, with
   a translation, is the transcription.
3. Without quotes, four lines are transcription, segmentation, glosses and translation. With three,
   the two neighbors that align, morpheme by morpheme, are segmentation and glosses, and failing
   that, the two with as many words. Where both pairs align, the first line is the transcription if
   at least half of its words are those of the second without boundaries.

An example of which this does not tell is an error; quotes around its translation mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from igtkit._characters import display_width, fold_case, pad
from igtkit.boundaries import is_word, join_words, split_morphemes, split_words, unsegment
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["FORMAT", "parse", "render"]

_LABEL = re.compile(
    r"\s*(?:\((?P<n1>\d+)(?P<a1>[a-z]?)\)|(?P<n2>\d+)(?P<a2>[a-z]?)[.)]|(?=[a-z][.)]))"
    r"(?:\s*\(?(?P<a3>[a-z])[.)])?(?=\s|$)"
)
_ID = re.compile(r"\d+[a-z]?|[a-z]")
_QUOTES = {
    "'": "'",
    "‘": "’",
    "’": "’",
    "“": "”",
    '"': '"',
    "«": "»",
    "„": "“”",
    "`": "'",
    "‚": "‘’",
}
_CITATION = re.compile(r"(?P<quoted>.*\S)\s+(?P<citation>[(\[][^()\[\]]*[)\]]\.?)", re.DOTALL)
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


def parse(block: list[str]) -> IGT:
    """The entry that the lines of one example hold.

    Raises:
        InputError: If it cannot be told what the lines are.
    """
    if any(line.lstrip().startswith("\\") for line in block):
        raise InputError("a line that begins with a backslash: is the format 'sigmorphon'?")
    label, lines = _take_label(block)
    body, translation, citation = _take_translation(lines)
    roles = _roles(body, translated=translation is not None)
    texts: dict[str, str] = {
        name: join_words(split_words(line)) for name, line in zip(roles, body, strict=True)
    }
    texts.setdefault("translation", translation or "")
    metadata: dict[str, Any] = {"citation": citation} if citation else {}
    return IGT(
        texts.get("transcription"),
        texts.get("segmentation"),
        texts.get("glosses"),
        texts["translation"] or None,
        id=label,
        metadata=metadata,
    )


def _take_label(block: list[str]) -> tuple[str | None, list[str]]:
    """The number of the example, and its lines without it."""
    match = _LABEL.match(block[0])
    if match is None:
        return None, block
    label = "".join(part for part in match.groups() if part)
    rest = block[0][match.end() :]
    return label, [rest, *block[1:]] if rest.strip() else block[1:]


def _take_translation(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    """The lines before the translation, the translation, and the source given after it."""
    for start in range(len(lines) - 1, 0, -1):
        if lines[start].strip()[:1] not in _QUOTES:
            continue
        text = "\n".join(line.strip() for line in lines[start:])
        if start < len(lines) - 1 and text.startswith("'"):
            continue  # an apostrophe, more likely, that begins a word
        citation = None
        if not _is_quoted(text) and (match := _CITATION.fullmatch(text)) is not None:
            text, citation = match["quoted"], match["citation"]
        if _is_quoted(text):
            return lines[:start], text[1:-1].replace("\n", " "), citation
    return lines, None, None


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES[text[0]]


def _roles(body: list[str], *, translated: bool) -> tuple[str, ...]:
    """What each of the lines is, by the rules at the top of this module."""
    if len(body) == 1 and translated:
        return ("transcription",)
    if len(body) == 2:
        only_glosses = _has_boundary(body[1]) and not _has_boundary(body[0])
        return ("transcription" if only_glosses else "segmentation", "glosses")
    if len(body) == 3:
        first_is_transcription = translated or _first_is_transcription(*body)
        return _LINES[:3] if first_is_transcription else _LINES[1:]
    if len(body) == 4 and not translated:
        return _LINES
    raise InputError(
        f"an example of {len(body)} {'line' if len(body) == 1 else 'lines'}"
        + (" before its translation" if translated else "")
    )


def _first_is_transcription(first: str, second: str, third: str) -> bool:
    """Whether three lines begin with the transcription, or end with a translation."""
    for shape in (_morpheme_counts, _word_count):
        early, late = shape(first) == shape(second), shape(second) == shape(third)
        if early != late:
            return late
        if early and late:
            break
    else:
        raise InputError("no two neighboring lines of the three have as many words")
    surface = [token for token in split_words(fold_case(first)) if is_word(token)]
    forms = [token for token in split_words(fold_case(second)) if is_word(token)]
    plain = list(map(unsegment, forms))
    if 2 * sum(map(str.__eq__, surface, plain)) >= len(surface):
        return True
    raise InputError("three lines that all align: put quotes around the translation")


def _morpheme_counts(line: str) -> list[int]:
    return [len(split_morphemes(token)) for token in split_words(line) if is_word(token)]


def _word_count(line: str) -> int:
    return sum(map(is_word, split_words(line)))


def _has_boundary(line: str) -> bool:
    return any(count > 1 for count in _morpheme_counts(line))


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        lines = render(igt)
        back = _parsed(lines)
        if igt.translation is None and not _same(back, igt):
            marked = _parsed([*lines, "‘’"])  # empty quotes say that no line is a translation
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


def _parsed(lines: list[str]) -> IGT | None:
    try:
        return parse(lines) if lines else None
    except InputError:
        return None


def _same(back: IGT | None, igt: IGT) -> bool:
    """Whether an entry that was read back has the lines of the one written, spacing aside."""
    return back is not None and all(
        split_words(getattr(back, name)) == split_words(getattr(igt, name)) for name in _LINES
    )


def _differences(back: IGT | None, igt: IGT) -> Iterator[str]:
    if back is None or not _same(back, igt):
        yield "which line is which"
    else:
        for name in _LINES:
            if getattr(back, name) != getattr(igt, name):
                yield f"spacing of {name}"
    if igt.id is not None and (back is None or back.id != igt.id):
        yield "id"
    if igt.metadata and (back is None or back.metadata != igt.metadata):
        yield "metadata"


def _sniff(head: str) -> bool:
    block = re.split(r"\n\s*\n", head.strip("\ufeff\n "), maxsplit=1)[0]
    lines = block.split("\n")
    igt = _parsed(lines)
    if igt is None or all(line.startswith("#") for line in lines):
        return False
    if igt.glosses is None:
        # Not glossed yet. A straight quote ends the rows of tables, too.
        return igt.translation is not None and not block.rstrip().endswith('"')
    return _word_count(igt.segmentation or igt.transcription or "") == _word_count(igt.glosses)


FORMAT = Format(
    "text",
    extensions=(".txt",),
    read=_read,
    write=_write,
    sniff=_sniff,
    holds=frozenset([*_LINES, "id", "metadata"]),
)
