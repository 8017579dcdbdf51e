r"""What a glossed example says: its lines, its translation, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs
from rapidfuzz import fuzz

from igtkit._characters import fold_case
from igtkit.boundaries import UNKNOWN, is_word, join_words, split_morphemes, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.io._joining import attach, closing, group_morphemes, opening
from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import split_cells
from igtkit.io._tex.translation import parse_translation
from igtkit.io.latex.context import Context, context_of, language_of
from igtkit.io.latex.examples import Example
from igtkit.io.latex.lines import find_lines, take_jambox

__all__ = ["join_blocks", "parse_example"]

_EMPTY_CELL = re.compile(
    r"(?:[{}~\s]|\\(?:[hv]?phantom|hspace)\*?\s*\{[^{}]*\}|\\(?:q?quad|null|,|;| ))+"
)
_MARKS = re.compile(r"(?:[*?#%]+|\((?:[*?#%]+)\))+")
_SIMILAR, _FAR = 60, 50
_ROLES = ("transcription", "segmentation", "glosses")


def parse_example(example: Example, markup: Markup, hint: Mapping[str, Any]) -> IGT:
    """The entry that an example holds.

    Raises:
        InputError: If it cannot be read; the message says why.
    """
    expex = example.macro == "begingl"
    found = find_lines(example)
    if example.tail.strip():
        found.translation += "\\\\ " + example.tail
    lines = _cells(found.lines, markup, expex=expex)
    if not any(lines):
        raise InputError(f"\\{example.macro} without a word")
    if not all(lines) and "lines" not in hint:
        raise InputError(f"a line of \\{example.macro} without a word")
    head, aside = take_jambox(example.head)
    context = context_of(attrs.evolve(example, head=head), found.preamble, markup)
    marks = "" if hint else _take_marks(lines)
    translation, citation, notes = parse_translation(
        re.sub(r"\\hfill(?![A-Za-z])", r"\\\\", found.translation), markup
    )
    surface = _take_surface(context, lines, hint)
    if surface and (mark := _MARKS.match(surface)) and mark[0] == (marks or mark[0]):
        surface, marks = surface[mark.end() :].lstrip(), mark[0]
    language = context.language or language_of(context.headings)
    given = hint.get("lines")
    roles: Sequence[str] = (
        given if isinstance(given, list) else _roles(lines, surface=surface is not None)
    )
    texts: dict[str, str | None] = {"transcription": surface}
    others = []
    if expex and given is None and "segmentation" in roles:
        at = roles.index("segmentation")  # the glosses stand below it
        lines[at : at + 2] = _joined(lines[at], lines[at + 1])
    for role, line in zip(roles, lines, strict=False):
        if role in _ROLES:
            texts[role] = join_words(line)
        elif role:
            others.append(join_words(line))
    metadata: dict[str, Any] = {}
    if citation or context.source:
        metadata["citation"] = citation or context.source
    notes += list(filter(None, map(markup.plain, found.extra)))
    if notes:
        metadata["notes"] = notes
    own = {
        "heading": " / ".join(context.headings),
        "family": context.family,
        "judgment": context.judgment or markup.plain(found.judgment) or marks,
        "group": context.group,
        "jambox": markup.plain(found.jambox or aside),
        "lines": others,
        "unknown": sorted(markup.unknown),
    }
    if any(own.values()):
        metadata["latex"] = {name: value for name, value in own.items() if value}
    igt = IGT(
        texts["transcription"],
        texts.get("segmentation"),
        texts.get("glosses"),
        translation,
        language=language,
        id=context.label,
        metadata=metadata,
    )
    return _with_hint(igt, hint)


def _with_hint(igt: IGT, hint: Mapping[str, Any]) -> IGT:
    """What the library's own comment says goes before what was guessed."""
    if not hint:
        return igt
    changes: dict[str, Any] = {"language": None, "metadata": {}}
    for name in ("id", "source", "split", "pos"):
        if isinstance(hint.get(name), str):
            changes[name] = hint[name]
    for name in ("language", "metalanguage"):
        if isinstance(hint.get(name), dict):
            known = {key: hint[name].get(key) for key in ("glottocode", "name", "iso639_3")}
            changes[name] = Language(**known)
    if isinstance(hint.get("metadata"), dict):
        changes["metadata"] = hint["metadata"]
    return igt.replace(**changes)


def join_blocks(blocks: Sequence[tuple[int, IGT]]) -> Sequence[tuple[int, IGT]]:
    r"""Make one entry of the blocks of a long sentence, which its translation follows.

    ``\gll`` breaks no line by itself where it was written for an older package, so authors did.
    Blocks that do not have the same lines stay apart.
    """
    shapes = {tuple(getattr(igt, name) is None for name in _ROLES) for _, igt in blocks}
    if len(blocks) < 2 or len(shapes) > 1:
        return blocks
    (line, first), (_, last) = blocks[0], blocks[-1]
    lines = {
        name: join_words([getattr(igt, name) for _, igt in blocks])
        for name in _ROLES
        if getattr(first, name) is not None
    }
    metadata: dict[str, Any] = {}
    for _, igt in blocks:
        own = {**metadata.get("latex", {}), **igt.metadata.get("latex", {})}
        metadata.update(igt.metadata)
        if own:
            metadata["latex"] = own
    joined = first.replace(**lines, translation=last.translation, metadata=metadata)
    return [(line, joined)]


# --- the lines -----------------------------------------------------------------------------------


def _cells(lines: Sequence[str], markup: Markup, *, expex: bool) -> list[list[str]]:
    """The words of each line; an empty cell holds its place where the words need it."""
    rows: list[list[str]] = []
    for line in lines:
        row = []
        for cell in split_cells(line):
            if expex and cell in ("+", "@"):
                continue  # a line break, and words set together
            text = markup.cell(cell)
            if text or _EMPTY_CELL.fullmatch(cell):
                row.append(text)
        rows.append(row)
    if len({len(row) for row in rows}) > 1:
        return [list(filter(None, row)) for row in rows]
    columns = [
        [text or UNKNOWN for text in column] if any(map(is_word, column)) else column
        for column in zip(*rows, strict=True)
    ]
    if all(not any(row) for row in rows[1:]):
        columns = list(zip(*rows, strict=True))  # a line of empty cells only
    filled = [list(filter(None, row)) for row in zip(*columns, strict=True)]
    return filled or rows


def _joined(forms: list[str], glosses: list[str]) -> tuple[list[str], list[str]]:
    """Morphemes that stand apart, as they do in expex: ``a- b -c`` and its glosses are words.

    A line that begins with an affix lists affixes, and stays as it is.
    """
    if len(forms) != len(glosses) or opening(forms[0]):
        return forms, glosses
    words: list[str] = []
    labels: list[str] = []
    for group in group_morphemes(forms):
        word, label = forms[group[0]], glosses[group[0]]
        for before, at in pairwise(group):
            mark = opening(forms[at]) or closing(forms[before])
            word, label = attach(word, forms[at]), attach(label, glosses[at], mark)
        words.append(word)
        labels.append(label)
    return words, labels


def _take_marks(lines: list[list[str]]) -> str:
    """Take a judgment off the first word, unless words within the line bear one of their own.

    ``*gone-ed`` is no word of its language, but ``*bek- > *bak-`` are two that are reconstructed.
    """
    first = _MARKS.match(lines[0][0])
    unknown = any(line[0].strip("?") == "" for line in lines[1:]) or lines[0][0].startswith(UNKNOWN)
    others = (token for line in lines for token in line[1:])
    if first is None or unknown or any(map(_MARKS.match, others)) or _is_letter(first[0], lines):
        return ""
    for line in lines:
        mark = _MARKS.match(line[0])
        if mark is None:
            continue
        if mark.end() < len(line[0]):
            line[0] = line[0][mark.end() :]
        elif len(line) > 1:
            del line[0]
    return first[0]


def _is_letter(marks: str, lines: Sequence[Sequence[str]]) -> bool:
    """Whether a mark is more than a judgment here: a glottal stop, or the boundary of a word."""
    inside = re.compile(rf"\w{re.escape(marks[-1])}\w")
    return lines[0][0][len(marks) :].endswith(marks[-1]) or any(
        inside.search(token) for line in lines for token in line
    )


# --- which line is which -------------------------------------------------------------------------


def _roles(lines: Sequence[Sequence[str]], *, surface: bool) -> tuple[str, ...]:
    """What each line is: an empty name for one that is neither of the three."""
    if len(lines) == 2:
        only_glosses = not surface and _has_boundary(lines[1]) and not _has_boundary(lines[0])
        return ("transcription" if only_glosses else "segmentation", "glosses")
    first, second = lines[0], lines[1]
    if (
        _likeness(first, second) < _FAR
        and _shape(first) == _shape(second)
        and any(map(_inner, first))
    ):
        return ("segmentation", "glosses", *["other"] * (len(lines) - 2))
    at = _last_form(lines)
    roles = ["other"] * len(lines)
    roles[at : at + 2] = "segmentation", "glosses"
    if at and not surface:
        roles[0] = "transcription"
    return tuple(roles)


def _last_form(lines: Sequence[Sequence[str]]) -> int:
    """Which of the lines the glosses stand below: the last that is like the one before it."""
    last = len(lines) - 2
    for at in range(1, last):
        if _likeness(lines[at - 1], lines[at]) >= _SIMILAR > _likeness(lines[at], lines[at + 1]):
            last = at
    return last


def _inner(token: str) -> bool:
    return len(split_morphemes(token)) > 1


def _shape(line: Sequence[str]) -> list[int]:
    return [len(split_morphemes(token)) for token in line if is_word(token)]


def _has_boundary(line: Sequence[str]) -> bool:
    return any(is_word(token) and _inner(token) for token in line)


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two lines are in their letters, of 100."""
    texts = [
        "".join(c for token in line for c in fold_case(token) if c.isalnum())
        for line in (one, other)
    ]
    return fuzz.ratio(*texts)


# --- the line before -----------------------------------------------------------------------------


def _take_surface(
    context: Context, lines: Sequence[Sequence[str]], hint: Mapping[str, Any]
) -> str | None:
    """The line before the glossed ones, if it is the text: like them in its letters."""
    if hint:
        return None
    for heading in context.headings:
        words = split_words(heading)
        alike = _likeness(words, lines[0])
        sentence = words[-1][-1] in ".!?" if words else False
        least = _SIMILAR - 30 if sentence else _SIMILAR - 20 if len(words) > 2 else _SIMILAR
        if alike >= (least if len(words) == len(lines[0]) else _SIMILAR):
            context.headings.remove(heading)
            return join_words(words)
    return None
