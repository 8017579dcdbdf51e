"""The forms that an output may have where they spell the transcription."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import attrs
import torch

from igtkit.boundaries import PAPER, is_word, split_words
from igtkit.models.constraints.automaton import END_COLUMN
from igtkit.models.constraints.characters import FORBIDDEN, character_classes

__all__ = ["FREE", "Spelling", "words_to_spell"]

FREE = 0
"""The place of a row that spells nothing."""

_NO_BYTE = END_COLUMN
_ESCAPED = "()\\"
_FORM = 3  # the bytes of a word besides those that spell it: `x(...)`


@attrs.define(eq=False)
class _Places:
    """Lists of what `Spelling` holds, by place."""

    columns: list[list[int]] = attrs.Factory(list)
    following: list[list[int]] = attrs.Factory(list)
    rest: list[int] = attrs.Factory(list)
    later: list[int] = attrs.Factory(list)
    cut: list[bool] = attrs.Factory(list)
    next_word: list[int] = attrs.Factory(list)
    stop: list[bool] = attrs.Factory(list)

    def add(self, rest: int, later: int, *, cut: bool, next_word: int, stop: bool) -> int:
        self.columns.append([])
        self.following.append([])
        self.rest.append(rest)
        self.later.append(later)
        self.cut.append(cut)
        self.next_word.append(next_word)
        self.stop.append(stop)
        return len(self.rest) - 1

    def lead(self, place: int, byte: int, target: int) -> None:
        self.columns[place].append(byte)
        self.following[place].append(target)

    def add_word(self, word: str, later: int, next_word: int, stop: bool) -> int:
        """Add the places of a word, from its end back to its start, which is returned."""
        after = self.add(0, later, cut=True, next_word=next_word, stop=stop)
        for at in reversed(range(len(word))):
            spelt = _spellings(word[at])
            rest = self.rest[after]
            inside = {spelling[:end] for spelling in spelt for end in range(1, len(spelling))}
            places = {
                prefix: self.add(
                    rest + min(len(s) for s in spelt if s.startswith(prefix)) - len(prefix),
                    later, cut=False, next_word=FREE, stop=False,
                )
                for prefix in sorted(inside)
            }  # fmt: skip
            cut = is_word(word[at:])
            start = self.add(
                rest + min(map(len, spelt)), later, cut=cut, next_word=FREE, stop=False
            )
            places[b""] = start
            places.update(dict.fromkeys(spelt, after))
            for whole in sorted(inside | set(spelt)):
                self.lead(places[whole[:-1]], whole[-1], places[whole])
            after = start
        return after


@attrs.frozen(eq=False)
class Spelling:
    """The place of each row in the text that it spells, by number.

    Attributes:
        columns: The bytes that may come next, shape ``(places, 2)``; `END_COLUMN` where there is
            none.
        following: The place after each, same shape.
        rest: The fewest bytes that spell the rest of the word.
        later: The fewest tokens of the words after it, 0 where the text does not fit the limit.
        cut: Whether a form may end here: what is left is nothing, or enough for another form.
        next_word: At the end of a word the start of the next, else `FREE`.
        stop: Whether the output may end here.
        starts: The first place of each text; `FREE` where it is not to be spelled.
    """

    columns: torch.Tensor
    following: torch.Tensor
    rest: torch.Tensor
    later: torch.Tensor
    cut: torch.Tensor
    next_word: torch.Tensor
    stop: torch.Tensor
    starts: list[int]

    @classmethod
    def make(cls, texts: Sequence[Sequence[str] | None], limit: int, device: torch.device) -> Self:
        """Return the places of several texts.

        Args:
            texts: The words of each text as `words_to_spell` gives them.
            limit: The number of new tokens. A text that does not fit may be left after any word; if
                not even its first word fits, it is not spelled.
            device: Where the tensors go.
        """
        places = _Places()
        places.add(0, 0, cut=False, next_word=FREE, stop=False)
        starts = [_add_text(places, words, limit) if words else FREE for words in texts]
        columns = [[*found, _NO_BYTE, _NO_BYTE][:2] for found in places.columns]
        following = [[*found, FREE, FREE][:2] for found in places.following]
        return cls(
            columns=torch.tensor(columns, device=device),
            following=torch.tensor(following, device=device),
            rest=torch.tensor(places.rest, device=device),
            later=torch.tensor(places.later, device=device),
            cut=torch.tensor(places.cut, device=device),
            next_word=torch.tensor(places.next_word, device=device),
            stop=torch.tensor(places.stop, device=device),
            starts=starts,
        )


def words_to_spell(text: str) -> list[str] | None:
    """The words of a transcription as forms can spell them.

    Boundaries are left out (``x-y`` is spelled ``xy``), and so are characters that no form can
    hold.

    Returns:
        The words; None if one of them leaves nothing to spell.

    Example:
        >>> words_to_spell("Well , wa-ter ?")
        ['Well', 'water']
    """
    classes = character_classes()
    words = [
        "".join(c for c in word if c not in PAPER.joiners and classes[ord(c)] != FORBIDDEN)
        for word in split_words(text)
        if is_word(word)
    ]
    return words if all(map(is_word, words)) else None


def _add_text(places: _Places, words: Sequence[str], limit: int) -> int:
    sizes = [sum(min(map(len, _spellings(c))) for c in word) + _FORM for word in words]
    whole = sum(sizes) + len(words)  # a space between words, and the end token
    fits = whole <= limit
    if not fits and sizes[0] + 1 > limit:
        return FREE
    later, start = 0, FREE
    for index in reversed(range(len(words))):
        last = index == len(words) - 1
        start = places.add_word(words[index], later, start, last or not fits)
        if fits:
            later += sizes[index] + 1
    return start


def _spellings(character: str) -> list[bytes]:
    """The bytes of a character and of its lower case, where that is one character."""
    if character in _ESCAPED:
        return [f"\\{character}".encode()]
    lower = character.lower()
    return sorted({c.encode() for c in (character, lower) if len(c) == 1})
