"""What separates words and morphemes: the one place in igtkit that knows.

A line of interlinear text is split on white space into *tokens*. A token is a *word*, or
punctuation that stands by itself. Inside a word, morphemes are joined by ``-`` (affix) or ``=``
(clitic; Leipzig Glossing Rules, rule 2), and, where they are asked for, by ``~`` (reduplication,
rule 10) or set inside another morpheme with ``<...>`` (infix, rule 9).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

import attrs

from igtkit.errors import InputError

__all__ = [
    "AFFIX",
    "CLITIC",
    "INFIX",
    "LEIPZIG",
    "PAPER",
    "REDUPLICATION",
    "UNKNOWN",
    "Boundaries",
    "is_dash",
    "is_punctuation",
    "is_word",
    "join_morphemes",
    "join_words",
    "list_morphemes",
    "list_words",
    "replace_morphemes",
    "separate_line",
    "separate_words",
    "split_edges",
    "split_morphemes",
    "split_pair",
    "split_word",
    "split_words",
    "unsegment",
]

AFFIX = "-"
"""The boundary of an affix (rule 2)."""

CLITIC = "="
"""The boundary of a clitic (rule 2)."""

REDUPLICATION = "~"
"""The boundary of a reduplicant (rule 10)."""

INFIX = "<>"
"""The boundary of an infix: the morpheme stands inside the one before it."""

UNKNOWN = "???"
"""Stands for a form or a gloss that nobody knows; not punctuation, so both lines stay aligned."""

Pairs = tuple[tuple[str, str], ...]
"""Morphemes, each with the boundary before it."""

_JOINERS = AFFIX + CLITIC + REDUPLICATION
_INFIX_PATTERN = re.compile(r"<([^<>\s]+)>")


@attrs.frozen
class Boundaries:
    """Which marks count as morpheme boundaries.

    Attributes:
        joiners: Characters that stand between two morphemes of a word, of ``-``, ``=``, ``~``.
        infixes: Whether ``<...>`` inside a morpheme is a morpheme of its own.

    Raises:
        InputError: If a joiner is none of the three marks of the Leipzig Glossing Rules.

    Example:
        >>> split_morphemes("b<um>i~bili", LEIPZIG)
        (('', 'bi'), ('<>', 'um'), ('~', 'bili'))
        >>> split_morphemes("b<um>i~bili", PAPER)
        (('', 'b<um>i~bili'),)
    """

    joiners: str = "-="
    infixes: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.joiners or set(self.joiners) - set(_JOINERS):
            raise InputError(f"joiners must be some of '-', '=' and '~', not {self.joiners!r}")


PAPER = Boundaries("-=", infixes=False)
"""``-`` and ``=`` only: what the PolyGloss paper and its scorer split on."""

LEIPZIG = Boundaries("-=~", infixes=True)
"""Everything the Leipzig Glossing Rules separate: ``-`` ``=`` ``~`` and ``<...>``."""


def split_words(line: str | None) -> list[str]:
    """Return the tokens of a line, split on white space; a missing line has none.

    Example:
        >>> split_words("gel   şimdi ,")
        ['gel', 'şimdi', ',']
    """
    return line.split() if line else []


def join_words(tokens: Iterable[str]) -> str:
    """Return tokens as a line with single spaces, without the empty ones."""
    return " ".join(filter(None, tokens))


@lru_cache(maxsize=1 << 16)
def is_punctuation(token: str) -> bool:
    """Whether a token is punctuation only, and so no word.

    Every character is in a Unicode category ``P*``, and the token holds none of ``??`` (an unknown
    gloss), ``'`` (often a letter) and ``-`` (a boundary): the rule of the published scorer.

    Example:
        >>> [is_punctuation(token) for token in (",", "?!", "...", "???", "'", "a.", "=")]
        [True, True, True, False, False, False, False]
    """
    if not token or token[0].isalnum() or "??" in token or "'" in token or "-" in token:
        return False
    return all(unicodedata.category(character)[0] == "P" for character in token)


def is_dash(token: str) -> bool:
    """Whether a token is a free-standing ``-`` or ``=`` (or a run of them): a dash, no boundary.

    Example:
        >>> is_dash("-"), is_dash("-a")
        (True, False)
    """
    return bool(token) and not token.strip("-=")


@lru_cache(maxsize=1 << 16)
def is_word(token: str) -> bool:
    """Whether a token carries an analysis: neither punctuation only nor a dash.

    The published scorer also counts a free-standing ``-`` as a word; `igtkit.metrics` follows it
    there by asking for `is_punctuation` alone.

    Example:
        >>> [token for token in split_words("« gel » , - ???") if is_word(token)]
        ['gel', '???']
    """
    return bool(token) and not is_punctuation(token) and not is_dash(token)


def list_words(line: str | None) -> list[str]:
    """The words of a line: its tokens without punctuation and dashes.

    Example:
        >>> list_words("« gel » , - şimdi")
        ['gel', 'şimdi']
    """
    return [token for token in split_words(line) if is_word(token)]


def separate_words(tokens: Iterable[str]) -> tuple[list[str], list[list[str]]]:
    """Return the words of a line apart from the tokens that are none.

    Args:
        tokens: The tokens of a line.

    Returns:
        The words, and the gaps before, between and after them: for each the tokens in it, so one
        gap more than there are words.

    Example:
        >>> separate_words(split_words("« gel » , şimdi"))
        (['gel', 'şimdi'], [['«'], ['»', ','], []])
    """
    words: list[str] = []
    gaps: list[list[str]] = [[]]
    for token in tokens:
        if is_word(token):
            words.append(token)
            gaps.append([])
        else:
            gaps[-1].append(token)
    return words, gaps


@lru_cache(maxsize=1 << 12)
def separate_line(line: str | None) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the words of a line apart from other tokens, as `separate_words` does.

    The last lines are remembered: several steps ask for the same ones in turn.

    Example:
        >>> separate_line("« gel » , şimdi")
        (('gel', 'şimdi'), (('«',), ('»', ','), ()))
    """
    tokens = split_words(line)
    words = [token for token in tokens if token[0].isalnum() or is_word(token)]
    if len(words) == len(tokens):
        return tuple(words), ((),) * (len(words) + 1)
    words, gaps = separate_words(tokens)
    return tuple(words), tuple(map(tuple, gaps))


@cache
def _joiner_pattern(joiners: str) -> re.Pattern[str]:
    return re.compile(f"([{re.escape(joiners)}])")


@lru_cache(maxsize=1 << 16)
def split_morphemes(word: str, boundaries: Boundaries = PAPER) -> Pairs:
    """Return the morphemes of a word, or of its gloss, with the boundary before each.

    Args:
        word: One token of a segmentation or gloss line.
        boundaries: Which marks separate morphemes.

    Returns:
        Pairs ``(boundary, text)``; the first has the boundary ``""``. An infix follows its host,
        with the boundary ``"<>"``. Text may be empty: where two
        boundaries meet, or one stands at an edge.

    Example:
        >>> split_morphemes("palasi=lu")
        (('', 'palasi'), ('=', 'lu'))
        >>> split_morphemes("reli<n>qu-ere", LEIPZIG)
        (('', 'reliqu'), ('<>', 'n'), ('-', 'ere'))
    """
    parts = _joiner_pattern(boundaries.joiners).split(word)
    pairs = list(zip(["", *parts[1::2]], parts[::2], strict=True))
    if not boundaries.infixes or "<" not in word:
        return tuple(pairs)
    with_infixes: list[tuple[str, str]] = []
    for joiner, text in pairs:
        host = _INFIX_PATTERN.sub("", text)
        infixes = _INFIX_PATTERN.findall(text) if host else []  # `<...>` alone is inside nothing
        with_infixes.append((joiner, host or text))
        with_infixes.extend((INFIX, infix) for infix in infixes)
    return tuple(with_infixes)


def split_edges(word: str, boundaries: Boundaries = PAPER) -> tuple[str, str, str]:
    """Return a word apart from the marks at its edges, which join it to its neighbors.

    A clitic, or an affix, may be written as a word of its own, with its boundary.

    Args:
        word: One token of a segmentation or gloss line.
        boundaries: Which marks separate morphemes.

    Returns:
        The mark before, what stands between, the mark after; of marks alone none at an edge.

    Example:
        >>> split_edges("=koba"), split_edges("a="), split_edges("ev-de")
        (('=', 'koba', ''), ('', 'a', '='), ('', 'ev-de', ''))
    """
    if not word.strip(_JOINERS):
        return "", word, ""
    before = word[0] if word[0] in boundaries.joiners else ""
    after = word[-1] if word[-1] in boundaries.joiners else ""
    return before, word[len(before) : len(word) - len(after)], after


@lru_cache(maxsize=1 << 16)
def split_word(word: str, boundaries: Boundaries = PAPER) -> Pairs:
    """Return the morphemes of a word; a clitic or an affix written as a word is one of them.

    Differs from `split_morphemes`, which the scores and prompts of PolyGloss follow, where a mark
    stands at an edge: it joins the word to its neighbor, and no morpheme beside it is empty.

    Args:
        word: One token of a segmentation or gloss line.
        boundaries: Which marks separate morphemes.

    Returns:
        Pairs ``(boundary, text)``. A mark before the word is the boundary of its first morpheme, a
        mark after it stands at the end of the last one's text.

    Example:
        >>> split_word("=koba"), split_word("a="), split_word("ev-de")
        ((('=', 'koba'),), (('', 'a='),), (('', 'ev'), ('-', 'de')))
        >>> split_morphemes("=koba")
        (('', ''), ('=', 'koba'))
    """
    before, core, after = split_edges(word, boundaries)
    pairs = split_morphemes(core, boundaries)
    if not before and not after:
        return pairs
    pairs = ((before, pairs[0][1]), *pairs[1:])
    return (*pairs[:-1], (pairs[-1][0], pairs[-1][1] + after))


@lru_cache(maxsize=1 << 16)
def split_pair(
    form: str | None, gloss: str | None, boundaries: Boundaries = PAPER
) -> tuple[Pairs, Pairs]:
    """Return the morphemes of a word and of its gloss, as they belong together.

    A clitic or an affix that both lines write as a word of its own is one morpheme, as in
    `split_word`. Where only one of them begins or ends with a mark, that stands beside an empty
    morpheme, as in `split_morphemes`.

    Args:
        form: The word; None for none.
        gloss: Its gloss; None for none.
        boundaries: Which marks separate morphemes.

    Returns:
        The pairs ``(boundary, text)`` of both, without the mark after the word; none of None.

    Example:
        >>> split_pair("=koba", "=PST"), split_pair("re=", "REL=")
        (((('=', 'koba'),), (('=', 'PST'),)), ((('', 're'),), (('', 'REL'),)))
        >>> split_pair("=koba", "PST")[0]
        (('', ''), ('=', 'koba'))
    """
    tokens = [token for token in (form, gloss) if token is not None]
    is_shared = len({split_edges(token, boundaries)[::2] for token in tokens}) == 1

    def split(token: str | None) -> Pairs:
        if token is None:
            return ()
        before, core = split_edges(token, boundaries)[:2] if is_shared else ("", token)
        (_, first), *others = split_morphemes(core, boundaries)
        return (before, first), *others

    return split(form), split(gloss)


def replace_morphemes(word: str, replace: Callable[[str], str]) -> str:
    """Replace each morpheme of a word, and keep the marks between them and at its edges.

    Args:
        word: One token of a segmentation or gloss line.
        replace: Makes a morpheme of a morpheme.

    Example:
        >>> replace_morphemes("=ev-de", lambda _: UNKNOWN)
        '=???-???'
    """
    before, core, after = split_edges(word)
    return before + "".join(b + replace(text) for b, text in split_morphemes(core)) + after


def list_morphemes(words: Iterable[str], boundaries: Boundaries = PAPER) -> list[str]:
    """The texts of all morphemes of some words, one after the other: `split_morphemes` of a line.

    Args:
        words: Tokens of a segmentation or gloss line.
        boundaries: Which marks separate morphemes.

    Example:
        >>> list_morphemes(["palasi=lu", "niuirtur-puq"])
        ['palasi', 'lu', 'niuirtur', 'puq']
    """
    if boundaries.infixes:
        return [text for word in words for _, text in split_morphemes(word, boundaries)]
    line = " ".join(words)
    for joiner in boundaries.joiners:
        line = line.replace(joiner, " ")
    return line.split(" ") if line else []


def unsegment(line: str) -> str:
    """A word, or a line of words, without the marks of boundaries: what the morphemes spell.

    Example:
        >>> unsegment("palasi=lu niuirtur-puq")
        'palasilu niuirturpuq'
    """
    for joiner in PAPER.joiners:
        line = line.replace(joiner, "")
    return line


def join_morphemes(pairs: Pairs) -> str:
    """Return the word that morphemes and boundaries make: the inverse of `split_morphemes`.

    Args:
        pairs: ``(boundary, text)`` for each morpheme.

    Returns:
        The word.

    Raises:
        InputError: If one is an infix, whose place inside its host the pairs do not tell.

    Example:
        >>> join_morphemes((("", "palasi"), ("=", "lu")))
        'palasi=lu'
    """
    if any(boundary == INFIX for boundary, _ in pairs):
        raise InputError("an infix's place in its host is not known from the morphemes alone")
    return "".join(boundary + text for boundary, text in pairs)
