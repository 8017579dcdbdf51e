"""A glossed example as it stands in a paper: which of its lines is which.

1. Examples without a blank line between them begin at the number or letter that comes next, or
   after the translation of the one before.
2. A line in quotes is the translation, of whatever kind the quotes are; it may run over several
   lines. What follows it in brackets is its source, or a remark (``Lit. ‘…’``, ``(*‘…’)``).
3. A line above that is the name of a language, or ends with a source in brackets, is a heading.
4. Tabs set the columns apart, if two lines or more have as many of them; else any white space does.
5. Forms and glosses that alternate are one example that was too long for the page. A line in
   slashes, or in brackets and IPA, is no text but how it sounds.
6. Of the other lines, three are transcription, segmentation and glosses. Two are segmentation and
   glosses, or transcription and glosses where only the glosses have morpheme boundaries. One, with
   a translation, is the transcription.
7. Without quotes, four lines are transcription, segmentation, glosses and translation. With three,
   the two neighbors that align, morpheme by morpheme, are segmentation and glosses, and failing
   that, the two with as many words. Where both pairs align, the first line is the transcription if
   at least half of its words are those of the second without boundaries.

An example of which this does not tell is an error; quotes around its translation mend it. The
names of these rules are those of `igtkit.io.GUESSES` that begin with ``text-``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from igtkit._characters import fold_case
from igtkit.boundaries import (
    join_words,
    list_words,
    split_words,
    unsegment,
)
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.text import LINES
from igtkit.io._judgments import take_marks
from igtkit.io._text.free import Free, find_free
from igtkit.io._text.headings import Heading, heading_of
from igtkit.io._text.labels import Numbered, numbered, without_mail_quotes
from igtkit.io._text.layout import (
    ALIKE,
    cut_lines,
    likeness,
    morpheme_counts,
    phonetic_line,
    tabbed,
)

__all__ = ["divide", "parse", "parse_or_none", "parse_part"]

_LINES = (*LINES, "translation")


def parse(block: Sequence[str]) -> IGT:
    """Return the entry that the lines of one example hold.

    Raises:
        InputError: If it cannot be told what the lines are, or they are several examples.
    """
    entries = [entry for part in divide(block) for entry in parse_part(part, set())]
    if len(entries) != 1:
        raise InputError(f"{len(entries)} examples without a blank line between them")
    return entries[0]


def divide(block: Sequence[str]) -> Iterator[Numbered]:
    """Yield the examples of a block, each with its number."""
    quoted = without_mail_quotes(block)
    if quoted is None:
        yield from numbered(block)
        return
    first = 0
    for at in range(len(quoted) + 1):
        ends = at == len(quoted)
        blank = ends or not quoted[at].strip()
        starts = (
            not ends and at > 0 and (block[at] == quoted[at]) != (block[at - 1] == quoted[at - 1])
        )
        if blank or starts:  # a blank line of the mail, or where the quotation begins or ends
            if at > first:
                for part in numbered(quoted[first:at]):
                    yield Numbered(first + part.first, part.lines, part.label, part.lead)
            first = at + 1 if blank else at


def parse_part(part: Numbered, guessed: set[str]) -> list[IGT]:
    """Return the entry of an example, and of those that follow its translation without a number.

    Args:
        part: Its lines.
        guessed: The names of the rules that were used are added to it.

    Raises:
        InputError: If it cannot be told what the lines are.
    """
    if any(line.lstrip().startswith("\\") for line in part.lines):
        raise InputError("a line that begins with a backslash: is the format 'sigmorphon'?")
    entries: list[IGT] = []
    lines = part.lines
    label = str(part.label) if part.label is not None else None
    lead = heading_of(part.lead) or Heading(rest=part.lead)
    first = 0
    while first < len(lines) or not entries:
        start, free = find_free(lines, first) or (len(lines), None)
        after = start + (free.lines if free is not None else 0)
        if free is not None and after == len(lines) - 1:
            free = attrs.evolve(free, notes=(*free.notes, " ".join(lines[after].split())))
            after += 1
        entries.append(_entry(lines[first:start], free, label, lead, guessed))
        first, label = after, None
    if len(entries) > 1 or part.lead or (part.label is not None and part.first):
        guessed.add("text-no-blank-line")
    return entries


def _entry(
    body: Sequence[str],
    free: Free | None,
    label: str | None,
    lead: Heading,
    guessed: set[str],
) -> IGT:
    """The entry of the lines above a translation, and of the translation."""
    translated = free is not None
    heading, body = _take_heading(body, translated=translated)
    if (columns := tabbed(body)) is not None:
        guessed.add("text-tabs")
        body = columns
    own: dict[str, Any] = {"heading": heading.rest or lead.rest}
    judgment = ""
    if (whole := cut_lines(body, translated=translated)) is not None:
        guessed.add("text-cut-lines")
        body = whole
    elif len(body) > 2 and (at := phonetic_line(body)) is not None:
        guessed.add("text-phonetic")
        own["phonetic"] = " ".join(body[at].split())
        body = [line for place, line in enumerate(body) if place != at]
    rows = [split_words(line) for line in body]
    if rows and all(rows) and (marks := take_marks(rows)):
        guessed.add("text-judgment")
        judgment = marks
        body = [join_words(row) for row in rows]
    roles = _roles(body, translated=translated)
    guessed.add(_rule_of(roles))
    if heading != Heading() or lead != Heading():
        guessed.add("text-heading")
    texts = {name: join_words(split_words(line)) for name, line in zip(roles, body, strict=True)}
    if free is not None:
        guessed.add("text-quotes-over-lines" if "\n" in free.translation else "text-quotes")
        texts["translation"] = free.translation.replace("\n", " ")
        guessed.update(["text-remark"] if free.notes else [])
    metadata = {
        "judgment": judgment,
        "citation": (free.citation if free is not None else None) or heading.source or lead.source,
        "notes": list(free.notes) if free is not None else [],
        "text": {name: value for name, value in own.items() if value},
    }
    return IGT(
        texts.get("transcription"),
        texts.get("segmentation"),
        texts.get("glosses"),
        texts.get("translation") or None,
        id=label,
        language=heading.language or lead.language,
        metadata={name: value for name, value in metadata.items() if value},
    )


def _take_heading(body: Sequence[str], *, translated: bool) -> tuple[Heading, Sequence[str]]:
    """What the line above an example says, if it is a heading, and the other lines."""
    if len(body) < (2 if translated else 3):
        return Heading(), body
    heading = heading_of(body[0])
    if heading is None or (len(body) == 2 and not heading.source):
        return Heading(), body
    if likeness(body[0], body[1]) >= ALIKE:
        return Heading(), body
    return heading, body[1:]


def _rule_of(roles: Sequence[str]) -> str:
    """The name of the rule by which lines got their names."""
    if len(roles) == 1:
        return "text-one-line"
    if len(roles) == 2:
        return "text-two-lines" if roles[0] == "segmentation" else "text-only-glosses-segmented"
    if len(roles) == 3:
        return "text-three-lines" if roles == _LINES[:3] else "text-last-line-translation"
    return "text-four-lines"


def _roles(body: Sequence[str], *, translated: bool) -> tuple[str, ...]:
    """Return the name of each line, by the rules at the top of this module."""
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
    counts = [morpheme_counts(line) for line in (first, second, third)]
    for one, two, three in (counts, [len(words) for words in counts]):
        early, late = one == two, two == three
        if early != late:
            return late
        if early and late:
            break
    else:
        raise InputError("no two neighboring lines of the three have as many words")
    surface = list_words(fold_case(first))
    forms = list_words(fold_case(second))
    plain = list(map(unsegment, forms))
    if 2 * sum(map(str.__eq__, surface, plain)) >= len(surface):
        return True
    raise InputError("three lines that all align: put quotes around the translation")


def _has_boundary(line: str) -> bool:
    return any(count > 1 for count in morpheme_counts(line))


def parse_or_none(lines: Sequence[str]) -> IGT | None:
    """Return the entry that some lines hold; None if there is none, or it cannot be told."""
    try:
        return parse(lines) if lines else None
    except InputError:
        return None
