"""What a reader took each part of a file for, and the rule by which it did."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from igtkit.errors import InputError

__all__ = ["AS_ASKED", "GUESSES", "Part", "tell"]

AS_ASKED = "as asked"
"""The reason where the user has said what a part is."""

GUESSES: Mapping[str, str] = MappingProxyType(
    {
        "as-asked": AS_ASKED,
        # tiers of ELAN and Praat
        "tier-name": "by its name",
        "tier-type": "by its type {}",
        "tier-segmented": "its words have the boundaries of the glosses, and no other tier has",
        "tier-language": "of the translations the one in the language of the glosses",
        "tier-tabbed": "its annotations are lines whose words stand apart by tabs",
        "tier-of-words": "it divides the sentences, and is divided itself",
        "tier-in-words": "it divides the words",
        "tier-under-morphemes": "it hangs on the morphemes",
        "tier-beside-morphemes": "it hangs on the same tier as the morphemes",
        "tier-at-root": "no other tier with text stands by itself",
        "tier-under-sentences": "no other tier with text hangs on the sentences",
        "tier-of-sentences": "its annotations are the sentences",
        "tier-suggested": "suggestions of a machine",
        "tier-empty": "it is empty",
        "tier-sounds": "sounds or IPA, by its name, type or texts; kept with each sentence",
        "tier-identifiers": "identifiers or numbers, by its name, type or texts; kept with each "
        "sentence",
        "tier-codes": "codes, by its name, type or texts; kept with each sentence",
        "tier-else": "something else than a line, by its name or type; kept with each sentence",
        "tier-types": "types of morphemes, by its texts; kept with each sentence",
        "tier-vocabulary": "its texts are from a controlled vocabulary; kept with each sentence",
        "tier-again": "the words of the sentence, written otherwise; kept with each sentence",
        "tier-other-line": "its name says another line, which another tier is; kept with each "
        "sentence",
        "tier-kept": "no line by its name, type or place; kept with each sentence",
        "tier-left-out": "left out: it belongs to no sentence",
        # markers of Toolbox
        "marker-usual": "the usual marker",
        "marker-known": "a marker that projects use for it",
        "marker-above-lines": "it stands above the lines of every record",
        "marker-in-records": "it stands within records and begins no text; kept as it is",
        "marker-line": "a line in the columns of its block; kept with the lines",
        "marker-free": "free text beside the lines; kept as it is",
        "marker-could-be-words": "could be the transcription: as many words stand above the "
        "morphemes; kept as it is",
        "marker-could-be-glosses": "could be the glosses: it is in the columns of the morphemes; "
        "kept as it is",
        "marker-could-be-translation": "could be the translation: free text below the lines; kept "
        "as it is",
        "marker-kept": "nothing has this marker; kept as it is",
        "text-without-records": "left out: a text without records",
        # columns of tables and of CLDF, tiers of Xigt
        "column-name": "by its name",
        "column-term": "by its property, CLDF's {}",
        "column-review": "a review table",
        "column-beside": "no column of a review table; not taken back",
        "column-case": "by its name, but for case and spaces",
        "column-kept": "no column of igtkit has this name; kept in metadata",
        "column-numbers": "row numbers, as pandas adds them; left out",
        "column-unnamed": "it has no name; empty cells are left out, others kept in metadata",
        "column-bytes": "bytes, as of a recording, and no text; left out",
        "sheet-left-out": "left out: the first sheet is read, or the one that is asked for",
        "halves-joined": "rows that are the text and the segmentation of one entry",
        "halves-alone": "entries that stay {}: no other row has their id and says the same",
        "cells-apart": "what stands between the cells: {}",
        "xigt-type": "by its type",
        "xigt-kept": "another tier says more, or nothing has this type; kept as it is",
        # the text of formats that have no other place for a judgment
        "mark-at-first-word": "a judgment before the first word, taken off it",
        # levels of Pangloss, annotations of CoNLL-U, codes of scription
        "form-taken": "the kind of form that comes first",
        "form-kept": "another kind of form comes first; kept in metadata",
        "transl-taken": "English, or else the first; or the one asked for",
        "transl-kept": "a translation into another language; kept in metadata",
        "of-whole-text": "left out: it is of the whole text, and belongs to no sentence",
        "attribute-left-out": "left out: nothing says what it means for a line",
        "misc-line": "by its name, as Universal Dependencies have it",
        "misc-kept": "kept with the lines of the sentence",
        "named-as-treebank": "the name of a file of Universal Dependencies",
        "code-taken": "by its code, or its place in the schema",
        "code-kept": "another line is taken for it, or nothing has this code; kept in metadata",
        # writing systems of FLEx
        "system-most": "used most",
        "system-less": "another one is used more; kept with each phrase",
        # macros of LaTeX
        "macro-example": "it glosses an example",
        "macro-unknown": "nothing says what it stands for; its arguments are kept",
        "latex-file": "the paper loads it from its folder: its macros are known",
        "latex-file-with-examples": "so, and it has examples of its own: read it by itself",
        # lines and words of LaTeX
        "latex-two-lines": "the upper of two lines",
        "latex-only-glosses-segmented": "the upper of two: only the glosses have boundaries",
        "latex-three-lines": "the first of three lines; then forms and glosses",
        "latex-glosses-second": "the second: nothing like the first, with as many morphemes",
        "latex-glosses-below-last-form": "below the last line that is like the one above it",
        "latex-text-above-the-gloss": "the line above the gloss is like its forms in its letters",
        "latex-mark-at-first-word": "a judgment glued to the first word, taken off it",
        "latex-morphemes-apart": "morphemes set apart, as with expex, are joined",
        "latex-empty-cells-by-column": "an empty cell holds the place of a word: ???",
        "latex-empty-cells-dropped": "left out: the lines have as many words without them",
        "latex-joined-blocks": "several glosses of one example, with one translation",
        "latex-covington-line-ends": r"no \\ in the gloss: the lines of the file, as in covington",
        "latex-macro-named-like-a-label": "a macro without definition, named like a label",
        "latex-babel-shorthands": "babel's short forms of its language",
        "latex-remark-in-brackets": "in brackets after the translation, and no source: a note",
        # lines of plain text
        "text-one-line": "the only line above a translation",
        "text-two-lines": "the upper of two lines",
        "text-only-glosses-segmented": "the upper of two: only the glosses have boundaries",
        "text-three-lines": "the first of three lines; then forms and glosses",
        "text-last-line-translation": "the last of three: the two above it align",
        "text-four-lines": "the last of four lines",
        "text-quotes": "in quotes",
        "text-quotes-over-lines": "in quotes that close on a later line",
        "text-remark": "after the translation, and no source: a note",
        "text-heading": "a line above that names a language or a source",
        "text-tabs": "tabs set the columns apart",
        "text-cut-lines": "forms and glosses alternate: one example, cut for the page",
        "text-phonetic": "in slashes, in brackets, or in IPA beside the text: how it sounds",
        "text-judgment": "a judgment glued to the first word, taken off it",
        "text-no-blank-line": "begins at the next number or letter, or after a translation",
    }
)
"""The rules by which readers take a part of a file for something, and what they say of it.

A rule of a new guess is a row here; the reader names it in `tell`.
"""


@attrs.frozen
class Part:
    """A part of a file, and what its reader took it for.

    Attributes:
        kind: What it is: ``"tier"``, ``"marker"``, ``"column"``, ``"sheet"``, ``"macro"``,
            ``"writing system"``, ``"file"``, or ``"guess"`` for what follows from the text alone.
        name: What it is called in the file.
        line: The line of a text, or other part of an entry, that it was taken for; None if none.
        rule: The name of the rule, one of `GUESSES`.
        why: What the rule says; for what was taken for nothing, what became of it.
        count: How many annotations, fields or uses it has, where that was counted.
    """

    kind: str
    name: str
    line: str | None
    rule: str
    why: str
    count: int | None = None


def tell(
    kind: str,
    name: str,
    line: str | None,
    rule: str,
    *,
    detail: object = "",
    count: int | None = None,
) -> Part:
    """Return what a part of a file was taken for, by a rule of `GUESSES`.

    Args:
        kind: What it is; see `Part`.
        name: What it is called in the file.
        line: What it was taken for; None if nothing.
        rule: The name of the rule.
        detail: What the rule's ``{}`` stands for, here.
        count: How many of it there are.

    Raises:
        InputError: If there is no such rule.

    Example:
        >>> tell("tier", "A", "glosses", "tier-type", detail="'gl'").why
        "by its type 'gl'"
    """
    if rule not in GUESSES:
        raise InputError(f"no rule {rule!r}; there are: {', '.join(GUESSES)}")
    return Part(kind, name, line, rule, GUESSES[rule].format(detail), count)
