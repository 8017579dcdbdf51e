"""Words in brackets: what a transcription says of them, a filler (``[er]``) or a false start."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from igtkit.models.partial import OPEN, Known

__all__ = ["brackets_of", "skipped_brackets"]

_BRACKETED = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}|<[^<>]*>|⟨[^⟨⟩]*⟩")
_LEAST = 3  # words without analysis more than with one; by hand


def brackets_of(words: Sequence[str], gaps: Sequence[Sequence[str]]) -> list[str]:
    """Return for each word the bracket that opens before it and closes after it, or nothing.

    Args:
        words: The words of a transcription.
        gaps: The tokens before each of them and after the last.

    Example:
        >>> brackets_of(["li", "[to", "ani]", "tha(n)"], [[], [], [], [], []])
        ['', '[', '[', '']
    """
    line, places = "", []
    for word, gap in zip([*words, ""], gaps, strict=True):
        line += " ".join([*gap, ""])
        places.append((len(line), word))
        line += f"{word} "
    found = list(_BRACKETED.finditer(line))
    begins = [one.start() for one in found]
    result = []
    for start, word in places[:-1]:
        first, last = _letters(start, word)
        at = bisect_right(begins, first) - 1
        result.append(found[at][0][0] if at >= 0 and last < found[at].end() else "")
    return result


def _letters(start: int, word: str) -> tuple[int, int]:
    """Where the first and the last letter of a word stand in its line."""
    letters = [at for at, character in enumerate(word, start) if character.isalnum()]
    return (letters[0], letters[-1]) if letters else (start, start + len(word) - 1)


def skipped_brackets(
    sentences: Iterable[tuple[Sequence[str], Sequence[str], Sequence[Known]]],
) -> frozenset[str]:
    """Return the brackets whose words a corpus leaves out of its analysis, or copies.

    Args:
        sentences: For each sentence its words, the bracket of each, and what its lines say of each.
    """
    more: Counter[str] = Counter()
    for words, brackets, known in sentences:
        if any(brackets) and any(one != OPEN for one in known):
            for word, bracket, one in zip(words, brackets, known, strict=True):
                more[bracket] += 1 if one in {OPEN, (word, word)} else -1
    return frozenset(bracket for bracket, count in more.items() if bracket and count >= _LEAST)
