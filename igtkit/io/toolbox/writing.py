"""The lines of a Toolbox record, its columns aligned by byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from igtkit.boundaries import is_word, join_words, split_word, split_words
from igtkit.igt import IGT, Word
from igtkit.io._losses import differences, metadata_differences
from igtkit.io._sink import Sink
from igtkit.io.toolbox.markers import written_markers
from igtkit.io.toolbox.reading import NO_MARKERS, to_igt
from igtkit.io.toolbox.records import Field, Record

__all__ = ["write_toolbox"]

Part = tuple[str, str]

_LINES = ("transcription", "segmentation", "glosses", "translation", "pos")

_TX, _MB, _GE, _POS = (
    "\\tx",
    "\\mb",
    "\\ge",
    "\\ps",
)  # apart from any marker, which has no backslash


def write_toolbox(
    items: Iterable[IGT], sink: Sink, *, markers: Mapping[str, str] = NO_MARKERS
) -> None:
    """Write entries as records, their interlinear lines in columns.

    Args:
        items: The entries.
        sink: Where to; its encoding is the one whose bytes the columns count.
        markers: Names of markers, by what they mark, where they are not the usual ones.
    """
    roles = written_markers(markers)
    stream = sink.text()
    stream.write("\\_sh v3.0  400  Text\n")
    text: list[str] = [_bare(roles)]
    for igt in items:
        header = _text_lines(igt, roles)
        if header != text:
            stream.write("\n" + "\n".join(header) + "\n")
            text = header
        lines = _record_lines(igt, roles, sink.encoding)
        stream.write("\n" + "\n".join(lines).rstrip("\n") + "\n")
        for what in _losses(igt, _back([*header, *lines], roles, sink.encoding)):
            sink.lose(what)


def _bare(roles: Mapping[str, str]) -> str:
    return f"\\{roles['text']}"


def _back(lines: list[str], roles: Mapping[str, str], encoding: str) -> IGT:
    """The entry as it will be read."""
    names = {marker: role for role, marker in roles.items()}
    fields: list[Field] = []
    text: list[tuple[str, str]] = []
    apart = inside = False
    for number, line in enumerate(lines):
        if not line:
            apart = True
            continue
        marker, _, value = line[1:].partition(" ")
        inside = inside or names.get(marker) == "record"
        if inside:
            fields.append(Field(marker, value, number, apart))
        else:
            text.append((marker, value.strip()))
        apart = False
    return to_igt(Record(1, fields, text), roles, encoding)


def _losses(igt: IGT, back: IGT) -> Iterator[str]:
    yield from differences(igt, back, (*_LINES, "id", "source"))
    yield from metadata_differences(_comparable(igt), _comparable(back))


def _comparable(igt: IGT) -> Mapping[str, object]:
    """The metadata; of Toolbox's own, all but the issues, which are found anew."""
    own = igt.metadata.get("toolbox")
    if not isinstance(own, Mapping):
        return igt.metadata
    kept = {key: part for key, part in own.items() if key != "issues"}
    others = {key: value for key, value in igt.metadata.items() if key != "toolbox"}
    return {**others, "toolbox": kept} if kept else others


def _text_lines(igt: IGT, markers: Mapping[str, str]) -> list[str]:
    """The fields of the text that an entry belongs to."""
    lines = []
    for marker, value in _pairs(igt, "text"):
        if marker not in markers.values():
            lines.append(_field(marker, value))
    title = igt.metadata.get("title")
    if isinstance(title, str):
        lines.append(_field(markers["title"], title))
    return [_field(markers["text"], igt.source or ""), *lines]


def _record_lines(igt: IGT, markers: Mapping[str, str], encoding: str) -> list[str]:
    """The fields of an entry."""
    lines = [_field(markers["record"], igt.id or ""), *_block(igt, markers, encoding), ""]
    if igt.translation is not None:
        lines.append(_field(markers["translation"], igt.translation))
    metadata = igt.metadata
    notes = metadata.get("notes")
    texts = notes if isinstance(notes, list) else []
    lines += [_field(markers["notes"], note) for note in texts if isinstance(note, str)]
    for name in ("speaker", "begin", "end"):
        value = metadata.get(name)
        if isinstance(value, (str, int, float)):
            lines.append(_field(markers[name], str(value)))
    if isinstance(metadata.get("prediction"), Mapping):
        mark = json.dumps(dict(metadata["prediction"]), ensure_ascii=False)
        lines.append(_field(markers["prediction"], mark))
    taken = set(markers.values()) - ({markers["pos"]} if igt.pos else set())  # a second one stays
    lines += [_field(*pair) for pair in _pairs(igt, "fields") if pair[0] not in taken]
    return lines


def _field(marker: str, text: str) -> str:
    return f"\\{marker} {' '.join(text.splitlines())}".rstrip()


def _pairs(igt: IGT, name: str) -> Iterator[Part]:
    """The fields that were read from another Toolbox file."""
    toolbox = igt.metadata.get("toolbox")
    pairs = toolbox.get(name, []) if isinstance(toolbox, Mapping) else []
    for pair in pairs if isinstance(pairs, (list, tuple)) else []:
        if isinstance(pair, (list, tuple)) and len(pair) == 2:
            marker, text = pair
            if _is_marker(marker) and isinstance(text, str):
                yield marker, text


def _is_marker(marker: object) -> bool:
    return isinstance(marker, str) and marker.split() == [marker] and not marker.startswith("_")


def _block(igt: IGT, markers: Mapping[str, str], encoding: str) -> list[str]:
    """The interlinear lines: the words, and beneath each its morphemes and what they mean."""
    words = igt.align(strict=False)
    surfaces = split_words(igt.transcription)
    paired = [word.surface for word in words if word.surface is not None] == surfaces
    extra = _extra_lines(igt, markers)
    columns: list[dict[str, list[str]]] = []
    tiers = _tiers(igt, words, extra)
    for index, word in enumerate(words):
        form = _tokens(word.form)
        column = {_TX: [word.surface] if paired and word.surface is not None else []}
        column |= {_MB: form, _GE: _tokens(word.gloss, len(form))}
        for marker, cells in tiers.items():
            column[marker] = cells[index]
        columns.append(column)
    names = {
        _TX: markers["transcription"],
        _MB: markers["segmentation"],
        _GE: markers["glosses"],
    }
    if _POS in tiers:
        names[_POS] = markers["pos"]
    names |= {marker: marker for marker in extra}
    laid_out = _lay_out(columns, encoding)
    lines: list[str] = []
    for name, marker in names.items():
        # A line that does not pair up is set off by a space, so that it stands under nothing.
        if name in tiers or name == _MB or (name == _TX and paired):
            text = laid_out.get(name, "")
        elif name == _GE:
            text = " " * _has_surplus(words) + laid_out.get(name, "")
        else:
            text = " " + (join_words(surfaces) if name == _TX else extra[name])
        if text.strip() or (name == _TX and len(lines) == 0 and not _has_lines(igt)):
            lines.append(f"\\{marker} {text}".rstrip())
    if igt.pos is not None and _POS not in tiers and igt.pos.strip():
        lines.append(_field(markers["pos"], igt.pos))
    return lines


def _has_surplus(words: Sequence[Word]) -> bool:
    """Whether glosses are left over, with no word of the segmentation to stand under."""
    return any(word.form for word in words) and any(
        word.form is None and is_word(word.gloss or "") for word in words
    )


def _has_lines(igt: IGT) -> bool:
    return any(split_words(line) for line in (igt.transcription, igt.segmentation, igt.glosses))


def _extra_lines(igt: IGT, markers: Mapping[str, str]) -> dict[str, str]:
    toolbox = igt.metadata.get("toolbox")
    lines: Any = toolbox.get("lines") if isinstance(toolbox, Mapping) else None
    if not isinstance(lines, Mapping):
        return {}
    return {
        marker: text
        for marker, text in lines.items()
        if _is_marker(marker) and isinstance(text, str) and marker not in markers.values()
    }


def _tiers(igt: IGT, words: Sequence[Word], extra: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """The further lines that have something under each word, in cells."""
    count = sum(not word.is_punctuation for word in words)
    tiers = {}
    for marker, line in {_POS: igt.pos or "", **extra}.items():
        tokens = split_words(line)
        if not tokens or not all(map(is_word, tokens)) or len(tokens) != count:
            continue
        remaining = iter(tokens)
        tiers[marker] = [
            [] if word.is_punctuation else _tokens(next(remaining), len(_tokens(word.form)))
            for word in words
        ]
    return tiers


def _tokens(token: str | None, count: int = 0) -> list[str]:
    """Return the morphemes of a word, each with the boundary before it.

    Where there should be `count`, what is too much stays with the last.
    """
    if token is None:
        return []
    if not is_word(token):
        return [token]
    parts = [boundary + text for boundary, text in split_word(token)]
    if count and len(parts) > count:
        parts[count - 1 :] = ["".join(parts[count - 1 :])]
    return parts


def _lay_out(columns: Sequence[Mapping[str, list[str]]], encoding: str) -> dict[str, str]:
    """The lines, one morpheme beneath the other, by bytes."""

    def size(text: str) -> int:
        return len(text.encode(encoding))

    lines: dict[str, str] = {}
    lengths: dict[str, int] = {}
    position = 0
    for column in columns:
        depth = max((len(cells) for name, cells in column.items() if name != _TX), default=0)
        for row in range(max(depth, 1)):
            width = 0
            for name, cells in column.items():
                if row >= len(cells):
                    continue
                gap = position - lengths.get(name, 0)
                lines[name] = lines.get(name, "") + " " * gap + cells[row]
                lengths[name] = position + size(cells[row])
                if name != _TX or row + 1 >= depth:
                    width = max(width, size(cells[row]))
            position += width + 1
        position = max([position, *(length + 1 for length in lengths.values())])
    return lines
