"""Rules that say which texts are of no use: each has a name, and is counted under it.

The rules are for what extraction from papers does to examples: lines torn apart, characters lost,
the wrong line taken for the glosses. A text may be odd in many ways that are none of these; what is
merely misaligned is kept, and reported by `igtkit.check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from igtkit._characters import fold_case
from igtkit.boundaries import is_word, list_words, split_words
from igtkit.igt import IGT
from igtkit.igt.judgment import is_ungrammatical

__all__ = [
    "MOST_WORDS",
    "QUALITY_RULES",
    "QualityRule",
    "has_damaged_characters",
    "has_letters_apart",
    "has_no_glosses",
    "has_no_letters",
    "has_no_text",
    "has_repeated_glosses",
    "has_translation_for_glosses",
    "has_unequal_lines",
    "is_marked_ungrammatical",
    "is_too_long",
]

MOST_WORDS = 100
"""Texts with more words are no sentences, but tables or paragraphs whose lines do not belong
together."""

_DAMAGED = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)"
)
_LETTERS = re.compile(r"[\W\d_]+")


@attrs.frozen
class QualityRule:
    """A rule that says which texts are of no use.

    Attributes:
        name: The name texts are counted under.
        description: What it is about, for people.
        matches: Whether a text is of that kind.
    """

    name: str
    description: str
    matches: Callable[[IGT], bool]


def has_no_text(igt: IGT) -> bool:
    """Whether there is neither a transcription nor a segmentation.

    Example:
        >>> has_no_text(IGT(" ", glosses="cat"))
        True
    """
    return not (split_words(igt.transcription) or split_words(igt.segmentation))


def has_no_glosses(igt: IGT) -> bool:
    """Whether the gloss line is missing or has no word.

    Example:
        >>> has_no_glosses(IGT("gel", glosses="..."))
        True
    """
    return not any(map(is_word, split_words(igt.glosses)))


def has_no_letters(igt: IGT) -> bool:
    """Whether the text has no letter: only digits, punctuation and signs.

    Example:
        >>> has_no_letters(IGT("(12)", glosses="(12)"))
        True
    """
    return not _LETTERS.sub("", igt.transcription or igt.segmentation or "")


def has_damaged_characters(igt: IGT) -> bool:
    r"""Whether text or glosses have characters that stand for lost ones.

    These are the replacement character, control characters, soft hyphens, private-use characters
    (the codes of a font) and ``(cid:12)``, which some PDF readers write for a glyph without a name.

    Example:
        >>> has_damaged_characters(IGT("ka\ufffdta", glosses="house"))
        True
    """
    lines = (igt.transcription, igt.segmentation, igt.glosses)
    return any(line and _DAMAGED.search(line) for line in lines)


def has_letters_apart(igt: IGT) -> bool:
    """Whether words were torn into letters: most tokens of six or more are one letter each.

    Example:
        >>> has_letters_apart(IGT("k a t a d a", glosses="house-LOC"))
        True
    """
    tokens = list_words(igt.transcription)
    single = sum(len(token) == 1 and token.isalpha() for token in tokens)
    return len(tokens) >= 6 and single * 2 > len(tokens)


def has_repeated_glosses(igt: IGT) -> bool:
    """Whether the gloss line repeats the text, where that has three words or more.

    Example:
        >>> has_repeated_glosses(IGT("Ali eve geldi", glosses="ali eve geldi"))
        True
    """
    glosses = _words(igt.glosses)
    return len(glosses) > 2 and glosses in (_words(igt.transcription), _words(igt.segmentation))


def has_translation_for_glosses(igt: IGT) -> bool:
    """Whether the gloss line is the translation, word for word, and does not pair with the text.

    It pairs if the text has as many words, give or take one: some languages gloss so.

    Example:
        >>> has_translation_for_glosses(IGT("eve geldi", glosses="He came", translation="He came."))
        False
        >>> has_translation_for_glosses(
        ...     IGT("geldi", glosses="He came home", translation="He came home.")
        ... )
        True
    """
    glosses = _words(igt.glosses)
    text = _words(igt.segmentation or igt.transcription)
    return (
        len(glosses) > 2
        and glosses == _words(igt.translation)
        and abs(len(glosses) - len(text)) > 1
    )


def has_unequal_lines(igt: IGT) -> bool:
    """Whether one of text and glosses has more than twice the words of the other, and three more.

    Example:
        >>> has_unequal_lines(IGT("Ali eve hemen geldi", glosses="come"))
        True
    """
    text = len(_words(igt.segmentation or igt.transcription))
    glosses = len(_words(igt.glosses))
    fewer, more = sorted((text, glosses))
    return more > 2 * fewer and more - fewer >= 3


def is_too_long(igt: IGT) -> bool:
    """Whether the text has more than `MOST_WORDS` words.

    Example:
        >>> is_too_long(IGT("a " * 101, glosses="b"))
        True
    """
    return len(split_words(igt.transcription or igt.segmentation)) > MOST_WORDS


def is_marked_ungrammatical(igt: IGT) -> bool:
    """Whether the text begins with ``*``, the mark of what is ungrammatical.

    A reader that takes the mark for a judgment keeps it in the metadata, where it counts too.
    ``(*word)`` is another matter: only the word in brackets is out of place.

    Example:
        >>> is_marked_ungrammatical(IGT("* Eve Ali geldi hemen", glosses="home Ali came now"))
        True
    """
    text = igt.transcription or igt.segmentation or ""
    return is_ungrammatical(igt) or text.lstrip("[ ?#%").startswith("*")


def _words(line: str | None) -> list[str]:
    """The words of a line without regard to case and to punctuation at their edges."""
    tokens = (token.strip(".,;:!?()[]\"'“”‘’") for token in split_words(line))
    return [fold_case(token) for token in tokens if is_word(token)]


QUALITY_RULES: Mapping[str, QualityRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            QualityRule("no-text", "neither transcription nor segmentation", has_no_text),
            QualityRule("no-glosses", "no gloss line, or no word in it", has_no_glosses),
            QualityRule("no-letters", "no letter in the text", has_no_letters),
            QualityRule(
                "damaged-characters", "characters that stand for lost ones", has_damaged_characters
            ),
            QualityRule("letters-apart", "words torn into letters", has_letters_apart),
            QualityRule(
                "glosses-repeat-text", "the gloss line says the text again", has_repeated_glosses
            ),
            QualityRule(
                "translation-for-glosses",
                "the gloss line is the translation",
                has_translation_for_glosses,
            ),
            QualityRule(
                "unequal-lines",
                "one of text and glosses has more than twice the words of the other",
                has_unequal_lines,
            ),
            QualityRule("too-long", f"more than {MOST_WORDS} words", is_too_long),
            QualityRule("ungrammatical", "marked with * as ungrammatical", is_marked_ungrammatical),
        )
    }
)
"""The rules that come with igtkit, by name, in the order in which they are asked."""
