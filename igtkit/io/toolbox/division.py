"""Which words of an entry stand in which interlinear block of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from igtkit.boundaries import is_word, join_words, split_words
from igtkit.igt import IGT
from igtkit.igt.text import LINES

__all__ = ["divide"]


def divide(
    igt: IGT, blocks: Sequence[Mapping[str, Sequence[str]]], markers: Mapping[str, str]
) -> list[IGT] | None:
    """Return the part of an entry that stands in each block of its record.

    Args:
        igt: The entry, as it was read or with other lines.
        blocks: The tokens of each block as it was read, by marker, morphemes joined to words.
        markers: The marker of each part.

    Returns:
        An entry for each block, with the further lines that stand in its columns; None where it
        cannot be told. A line has its old number of tokens in each block, or else the same letters,
        or else a word for each word of the transcription.

    Example:
        >>> markers = {"transcription": "tx", "segmentation": "mb", "glosses": "ge", "pos": "ps"}
        >>> igt = IGT("a , b", None, "A , B")
        >>> [part.glosses for part in divide(igt, [{"tx": ["a,"]}, {"tx": ["b"]}], markers)]
        ['A ,', 'B']
    """
    lines: dict[str, list[list[str]]] = {}
    for role in (*LINES, "pos"):
        tokens = split_words(getattr(igt, role))
        shares = _shares(tokens, [block.get(markers[role], ()) for block in blocks])
        if shares is None and role != "transcription":
            shares = _beside(tokens, lines["transcription"])
        if shares is None:
            return None
        lines[role] = shares
    toolbox = igt.metadata.get("toolbox")
    further = toolbox.get("lines", {}) if isinstance(toolbox, Mapping) else {}
    parts = []
    for at, block in enumerate(blocks):
        texts = [join_words(lines[role][at]) or None for role in LINES]
        part = IGT(*texts)
        count = sum(not word.is_punctuation for word in part.align(strict=False))
        own = {
            marker: join_words(list(block[marker]))
            for marker in further
            if marker in block and _in_columns(block[marker], count)
        }
        pos = lines["pos"][at]
        parts.append(
            part.replace(
                pos=join_words(pos) if _in_columns(pos, count) else None,
                metadata={"toolbox": {"lines": own}} if own else {},
            )
        )
    return parts


def _in_columns(tokens: Sequence[str], count: int) -> bool:
    return 0 < len(tokens) == count and all(map(is_word, tokens))


def _shares(tokens: list[str], old: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """The tokens of each block, by the number or the letters of those that were there."""
    if len(old) == 1:
        return [tokens]
    counts = [len(one) for one in old]
    if len(tokens) == sum(counts):
        following = iter(tokens)
        return [[next(following) for _ in range(count)] for count in counts]
    sizes = [len("".join(one)) for one in old]
    if len("".join(tokens)) != sum(sizes):
        return None
    shares: list[list[str]] = [[] for _ in old]
    at = 0
    for token in tokens:
        while at < len(sizes) - 1 and not sizes[at]:
            at += 1
        if len(token) > sizes[at]:
            return None
        sizes[at] -= len(token)
        shares[at].append(token)
    return shares


def _beside(tokens: list[str], words: Sequence[Sequence[str]]) -> list[list[str]] | None:
    """The tokens of each block, one for each word; punctuation stays with the word before it."""
    counts = [sum(map(is_word, one)) for one in words]
    if sum(map(is_word, tokens)) != sum(counts):
        return None if tokens else [[] for _ in words]
    shares: list[list[str]] = [[] for _ in words]
    at = 0
    for token in tokens:
        if is_word(token):
            while not counts[at]:
                at += 1
            counts[at] -= 1
        shares[at].append(token)
    return shares
