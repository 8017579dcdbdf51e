r"""What a glossed example says: its lines, its translation, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any

import attrs

from igtkit.boundaries import PAPER, UNKNOWN, is_word, join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.igt.text import LINES
from igtkit.io._joining import GrowingWord, boundary_of, group_morphemes, opening
from igtkit.io._judgments import MARKS, take_marks
from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import split_cells
from igtkit.io._tex.translation import parse_translation
from igtkit.io._text.headings import language_of
from igtkit.io._text.layout import ALIKE, likeness
from igtkit.io.latex.context import Context, context_of, number_of
from igtkit.io.latex.examples import Example
from igtkit.io.latex.lines import Found, find_lines, take_jambox
from igtkit.io.latex.roles import (
    ALIKE_SENTENCE,
    ALIKE_WORDS,
    guess_roles,
    is_segmented,
    rule_of,
)

__all__ = ["join_blocks", "parse_example"]

_NOGLOSS = re.compile(r"\\nogloss(?![A-Za-z])")
_FILL = re.compile(r"\\hfill(?![A-Za-z])")


def parse_example(example: Example, markup: Markup, hint: Mapping[str, Any]) -> IGT:
    """Return the entry that an example holds.

    Args:
        example: The example.
        markup: Makes text of LaTeX.
        hint: What a comment of this library's own says of it.

    Raises:
        InputError: If it cannot be read; the message says why.
    """
    found = find_lines(example)
    if example.tail.strip() and example.macro != "gl":
        found.translation += "\\\\ " + example.tail
    lines = _cells(found.lines, markup, expex=example.macro == "begingl")
    _refuse_empty(lines, example.macro, some_may_be="lines" in hint)
    head, aside = take_jambox(example.head)
    found.jambox = found.jambox or aside
    context = context_of(attrs.evolve(example, head=head), found.preamble, markup)
    if found.label and context.label is None:
        context.label = number_of(markup.plain(found.label))
    if found.covington:
        markup.guessed.add("latex-covington-line-ends")
    marks = "" if hint else take_marks(lines)
    if not context.judgment:
        _take_said(lines, hint)
    if marks:
        markup.guessed.add("latex-mark-at-first-word")
    surface = _take_surface(context, lines, hint)
    if surface and (mark := MARKS.match(surface)) and mark[0] == (marks or mark[0]):
        surface, marks = surface[mark.end() :].lstrip(), mark[0]
    texts, others = _texts(
        lines, surface, example.macro, _given(found, lines, hint), markup.guessed
    )
    translation, citation, notes = parse_translation(_FILL.sub(r"\\\\", found.translation), markup)
    metadata: dict[str, Any] = {
        "judgment": context.judgment or markup.plain(found.judgment) or marks,
        "citation": citation or context.source,
        "notes": notes + list(filter(None, map(markup.plain, found.extra))),
    }
    igt = IGT(
        texts.get("transcription"),
        texts.get("segmentation"),
        texts.get("glosses"),
        translation,
        language=context.language or language_of(context.headings),
        id=context.label,
        metadata={
            **_known(metadata),
            **_known({"latex": _known(_own(found, context, others, markup))}),
        },
    )
    return _with_hint(igt, hint)


def _take_said(lines: list[list[str]], hint: Mapping[str, Any]) -> None:
    """Take the judgment that a comment of this library's own says off the first word."""
    metadata = hint.get("metadata")
    said = metadata.get("judgment") if isinstance(metadata, dict) else None
    if isinstance(said, str) and said and MARKS.fullmatch(said):
        rest = lines[0][0].removeprefix(said)
        lines[0][0] = rest or lines[0][0]


def _known(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that say something."""
    return {name: value for name, value in metadata.items() if value}


def _own(found: Found, context: Context, others: Sequence[str], markup: Markup) -> dict[str, Any]:
    """Return the parts of an example that no other format has."""
    return {
        "heading": " / ".join(context.headings),
        "family": context.family,
        "group": context.group,
        "jambox": markup.plain(found.jambox),
        "lines": others,
        "unknown": sorted(markup.unknown),
    }


def _refuse_empty(lines: Sequence[Sequence[str]], macro: str, *, some_may_be: bool) -> None:
    if not any(lines):
        raise InputError(f"\\{macro} without a word")
    if not all(lines) and not some_may_be:
        raise InputError(f"a line of \\{macro} without a word")


def _given(found: Found, lines: Sequence[Sequence[str]], hint: Mapping[str, Any]) -> object:
    r"""The names of the lines, where they are said, or by the macros of expex: two ``\\glb``.

    Two lines of one macro are two glosses, unless the first of them is the text once more.
    """
    if "lines" in hint or not found.same_level or likeness(lines[0], lines[1]) >= ALIKE:
        return hint.get("lines")
    segmented = any(map(is_segmented, lines[0])) or not any(map(is_segmented, lines[1]))
    return ["segmentation" if segmented else "transcription", "glosses", "other"]


def _texts(
    lines: list[list[str]],
    surface: str | None,
    macro: str,
    given: object,
    guessed: set[str],
) -> tuple[dict[str, str | None], list[str]]:
    """The text of each line by its name, and the lines that have none.

    Args:
        lines: The words of each line.
        surface: The transcription, where it stands above the lines.
        macro: The macro of the example.
        given: The names of the lines, if a comment of this library's own says them.
        guessed: The names of the rules by which something was guessed.
    """
    roles: Sequence[str] = (
        given if isinstance(given, list) else guess_roles(lines, surface=surface is not None)
    )
    if given is None:
        guessed.add(rule_of(roles, surface=surface is not None))
    if macro == "begingl" and given is None and "segmentation" in roles:
        at = roles.index("segmentation")  # the glosses stand below it
        joined = _joined(lines[at], lines[at + 1])
        if joined[0] != lines[at]:
            guessed.add("latex-morphemes-apart")
        lines[at : at + 2] = joined
    texts: dict[str, str | None] = {"transcription": surface}
    others = []
    for role, line in zip(roles, lines, strict=False):
        if role in LINES:
            texts[role] = join_words(line)
        elif role:
            others.append(join_words(line))
    return texts, others


def _with_hint(igt: IGT, hint: Mapping[str, Any]) -> IGT:
    """Return the entry with what the library's own comment says in place of what was guessed."""
    if not hint:
        return igt
    changes: dict[str, Any] = {"language": None, "metadata": {}}
    for name in ("id", "source", "split", "pos", "glosses"):
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
    shapes = {tuple(getattr(igt, name) is None for name in LINES) for _, igt in blocks}
    if len(blocks) < 2 or len(shapes) > 1:
        return blocks
    (line, first), (_, last) = blocks[0], blocks[-1]
    lines = {
        name: join_words([getattr(igt, name) for _, igt in blocks])
        for name in LINES
        if getattr(first, name) is not None
    }
    metadata: dict[str, Any] = {}
    for _, igt in blocks:
        own = {**metadata.get("latex", {}), **igt.metadata.get("latex", {})}
        metadata.update(igt.metadata)
        if own:
            metadata["latex"] = own
    metadata["latex"] = {**metadata.get("latex", {}), "blocks": len(blocks)}
    joined = first.replace(**lines, translation=last.translation, metadata=metadata)
    return [(line, joined)]


# --- the lines -----------------------------------------------------------------------------------


def _cells(lines: Sequence[str], markup: Markup, *, expex: bool) -> list[list[str]]:
    """The words of each line.

    Cells are set below each other as the packages do, by their place in the line. An empty one, or
    one of which only the layout is left, holds its place where words of other lines stand there;
    it is left out where all lines have as many words without it.
    """
    rows = [_row(line, markup, expex=expex) for line in lines]
    if expex:
        _open_for_nogloss(lines[0], rows)
    words = [[text for text in row if text] for row in rows]
    if all(map(all, rows)) or not all(words):
        return words
    if len({len(row) for row in rows}) > 1 and len({len(row) for row in words}) == 1:
        markup.guessed.add("latex-empty-cells-dropped")
        return words
    filled: list[list[str]] = [[] for _ in rows]
    for column in zip_longest(*rows):
        stands = any(text and is_word(text) for text in column)
        for row, text in zip(filled, column, strict=True):
            if text or (stands and text is not None):
                row.append(text or UNKNOWN)
    if any(UNKNOWN in row for row in filled):
        markup.guessed.add("latex-empty-cells-by-column")
    return filled


def _row(line: str, markup: Markup, *, expex: bool) -> list[str]:
    """The texts of the cells of a line, empty ones included."""
    cells = split_cells(line)
    if expex:
        cells = [cell for cell in cells if cell not in ("+", "@")]  # breaks, and words set together
    return [markup.cell(cell) for cell in cells]


def _open_for_nogloss(line: str, rows: list[list[str]]) -> None:
    r"""Put an empty cell below each word that expex's ``\nogloss`` says to have no gloss."""
    cells = [cell for cell in split_cells(line) if cell not in ("+", "@")]
    for place, cell in enumerate(cells):
        if _NOGLOSS.match(cell) and rows[0][place]:
            for row in rows[1:]:
                row.insert(place, "")


def _joined(forms: list[str], glosses: list[str]) -> tuple[list[str], list[str]]:
    """Morphemes that stand apart, as they do in expex: ``a- b -c`` and its glosses are words.

    A line that begins with an affix lists affixes, and stays as it is.
    """
    if len(forms) != len(glosses) or opening(forms[0], PAPER):
        return forms, glosses
    words: list[str] = []
    labels: list[str] = []
    for group in group_morphemes(forms, PAPER):
        word, label = (GrowingWord(line[group[0]], PAPER) for line in (forms, glosses))
        for before, at in pairwise(group):
            mark = boundary_of(forms[before], forms[at], PAPER)
            word.attach(forms[at], mark)
            label.attach(glosses[at], mark)
        words.append(str(word))
        labels.append(str(label))
    return words, labels


# --- the line before -----------------------------------------------------------------------------


def _take_surface(
    context: Context, lines: Sequence[Sequence[str]], hint: Mapping[str, Any]
) -> str | None:
    """The line before the glossed ones, if it is the text: like them in its letters."""
    if hint:
        return None
    for heading in context.headings:
        words = split_words(heading)
        alike = likeness(words, lines[0])
        sentence = words[-1][-1] in ".!?" if words else False
        least = ALIKE_SENTENCE if sentence else ALIKE_WORDS if len(words) > 2 else ALIKE
        if alike >= (least if len(words) == len(lines[0]) else ALIKE):
            context.headings.remove(heading)
            return join_words(words)
    return None
