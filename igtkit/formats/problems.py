"""What can be wrong with the output of a model: the sentences of ``Prediction.problems``.

They are stable: compare with the constants, not with the words.
"""

from __future__ import annotations

__all__ = [
    "AFTER_FORM",
    "EMPTY",
    "LABEL",
    "LAYOUT",
    "LOOSE_BOUNDARY",
    "MORE_LINES",
    "MORE_WORDS",
    "NOT_CLOSED",
    "NOT_ESCAPED",
    "NOT_OPENED",
    "NO_BREAK",
    "NO_FORM",
    "NO_GLOSS",
    "NO_GLOSSES",
    "NO_SEGMENTATION",
    "PUNCTUATION",
    "WORD_COUNT",
    "WRONG_ORDER",
]

EMPTY = "the output is empty"
LABEL = "a label is repeated"
MORE_LINES = "the output has more lines than it should"
MORE_WORDS = "the output has more than the form and the gloss of one word"

NO_SEGMENTATION = "there is no segmentation"
NO_GLOSSES = "there are no glosses after the segmentation"
NO_BREAK = "the glosses do not begin on a line of their own"
WRONG_ORDER = "the glosses stand before the segmentation"

NOT_CLOSED = "a parenthesis is not closed"
NOT_OPENED = "a parenthesis is closed that was not opened"
NOT_ESCAPED = "parentheses inside a gloss or a form are not escaped"
AFTER_FORM = "there is text between a form and the next boundary"
LOOSE_BOUNDARY = "a boundary has no morpheme on one side"
NO_FORM = "a gloss has no form"
NO_GLOSS = "a form has no gloss"
PUNCTUATION = "punctuation stands in place of a gloss or a form"

WORD_COUNT = "punctuation is placed by guess: the text has another number of words"
LAYOUT = "the words do not fit the layout of the example"
