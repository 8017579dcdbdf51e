"""The interlinear lines of an entry in columns: words, and beneath them morphemes and glosses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from igtkit.boundaries import is_word, join_words, split_word, split_words
from igtkit.igt import IGT, Word

__all__ = ["block_lines", "field_line", "is_marker"]

_TX, _MB, _GE, _POS = (
    "\\tx",
    "\\mb",
    "\\ge",
    "\\ps",
)  # apart from any marker, which has no backslash


def field_line(marker: str, text: str) -> str:
    """A field on one line."""
    return f"\\{marker} {' '.join(text.splitlines())}".rstrip()


def is_marker(marker: object) -> bool:
    """Whether a field can have this marker, and is not about the file."""
    return isinstance(marker, str) and marker.split() == [marker] and not marker.startswith("_")


def block_lines(igt: IGT, markers: Mapping[str, str], encoding: str) -> list[str]:
    """Return the interlinear lines: the words, and beneath each its morphemes and what they mean.

    Args:
        igt: The entry.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.
    """
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
        lines.append(field_line(markers["pos"], igt.pos))
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
        if is_marker(marker) and isinstance(text, str) and marker not in markers.values()
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

    lines: dict[str, list[str]] = {}
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
                lines.setdefault(name, []).append(" " * gap + cells[row])
                lengths[name] = position + size(cells[row])
                if name != _TX or row + 1 >= depth:
                    width = max(width, size(cells[row]))
            position += width + 1
        position = max([position, *(length + 1 for length in lengths.values())])
    return {name: "".join(parts) for name, parts in lines.items()}
