"""What words of English translations are glossed as: the table that `crf_field.py` saves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from igtkit import IGT
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.sentences import translation_words
from igtkit.models.crf.unknown.field import plain

WEIGHT = 300  # sentences that the texts of one language count for, at most
ROUNDS = 6
LEAST_SHARE, GLOSSES, LONGEST = 0.01, 10, 25
LANGUAGES, WIDESPREAD = 3, 8  # languages that a gloss needs beside a word, and alone
EDGES = "()[]{}'\"`,;?!*<>"


@attrs.frozen
class Row:
    """A sentence: its glosses as the table has them, its translation, what it counts for."""

    corpus: str
    glosses: list[str]
    words: list[str]
    weight: float


def count_table(corpora: Mapping[str, Sequence[IGT]]) -> dict[str, Any]:
    """The table as it is saved, without weights."""
    rows = [row for name, texts in corpora.items() for row in sentences(name, texts)]
    spread: defaultdict[str, set[str]] = defaultdict(set)
    occurs: Counter[str] = Counter()
    for row in rows:
        for word in set(row.words):
            occurs[word] += row.weight  # type: ignore[assignment]
        for gloss in row.glosses:
            spread[gloss].add(row.corpus)
    words: dict[str, tuple[float, list[tuple[str, float]]]] = {}
    for word, found in sorted(associate(rows).items()):
        total = occurs[word] + 0.5
        good = [
            (gloss, count / total)
            for gloss, count in found
            if count >= LEAST_SHARE * total
            and (len(spread[gloss]) >= LANGUAGES or gloss == word)
            and len(gloss) < LONGEST
        ]
        if occurs[word] >= 1:
            words[word] = sum(count for _, count in found) / total, good[:GLOSSES]
    kept = {word: {gloss for gloss, _ in good} for word, (_, good) in words.items()}
    used = set().union(*kept.values())
    used |= {gloss for gloss, where in spread.items() if len(where) >= WIDESPREAD}
    names = sorted(used, key=lambda gloss: (-len(spread[gloss]), gloss))
    number = {gloss: i for i, gloss in enumerate(names)}
    both = count_both(rows, kept)
    return {
        "glosses": names,
        "languages": [len(spread[gloss]) for gloss in names],
        "words": {
            word: [
                min(150, round(rate * 100)),
                *(
                    n
                    for gloss, share in good
                    for n in (number[gloss], round(share * 1000), both[word, gloss])
                ),
            ]
            for word, (rate, good) in words.items()
        },
    }


def count_both(rows: Sequence[Row], kept: Mapping[str, set[str]]) -> Counter[tuple[str, str]]:
    """In how many languages a sentence with the word in its translation has the gloss."""
    found = {
        (row.corpus, word, gloss)
        for row in rows
        for word in row.words
        for gloss in row.glosses
        if gloss in kept.get(word, ())
    }
    return Counter((word, gloss) for _, word, gloss in found)


def sentences(name: str, texts: Sequence[IGT]) -> Iterator[Row]:
    """The sentences of one language that have glosses and a translation."""
    found = []
    for text in texts:
        words = [fold(word) for word in translation_words(text.translation)]
        parts = [part for word in (text.glosses or "").split() for part in re.split("[-=~]", word)]
        glosses = [plain(part).strip(EDGES) for part in parts if any(map(str.isalnum, part))]
        if 0 < len(words) <= 40 and any(glosses):
            found.append(([gloss for gloss in glosses if gloss], words))
    weight = min(1.0, WEIGHT / max(1, len(found)))
    yield from (Row(name, glosses, words, weight) for glosses, words in found)


def associate(rows: Sequence[Row]) -> dict[str, list[tuple[str, float]]]:
    """How often each word is expected to stand for each gloss, most often first.

    Model 1 of Brown et al. (1993), each gloss from one word or from none. It begins with pairs that
    are spelled alike as the likelier ones, and is summed over distinct pairs of word and gloss.
    """
    word_of, gloss_of = {"\0": 0}, dict[str, int]()
    pairs: list[tuple[int, int, int, float]] = []
    token = 0
    for row in rows:
        ids = [0, *(word_of.setdefault(w, len(word_of)) for w in sorted(set(row.words)))]
        for gloss in row.glosses:
            own = gloss_of.setdefault(gloss, len(gloss_of))
            pairs += [(token, word, own, row.weight) for word in ids]
            token += 1
    at, word, gloss = (np.array([pair[i] for pair in pairs]) for i in range(3))
    weight = np.array([pair[3] for pair in pairs])
    key, back = np.unique(word * len(gloss_of) + gloss, return_inverse=True)
    key_word, key_gloss = key // len(gloss_of), key % len(gloss_of)
    words, glosses = list(word_of), list(gloss_of)
    share = np.array(
        [
            20.0 if alike(words[w], glosses[g]) else 1.0
            for w, g in zip(key_word.tolist(), key_gloss.tolist(), strict=True)
        ]
    )
    share /= np.bincount(key_word, share)[key_word]
    for _ in range(ROUNDS):
        p = share[back] * np.where(word == 0, 0.9, 1.0)
        p *= weight / np.bincount(at, p)[at]
        counts = np.bincount(back, p, len(key))
        share = counts / (np.bincount(key_word, counts)[key_word] + 0.5)
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for i in np.argsort(-counts, kind="stable").tolist():
        if counts[i] >= 0.25 and key_word[i]:
            found[words[key_word[i]]].append((glosses[key_gloss[i]], float(counts[i])))
    return found


def alike(word: str, gloss: str) -> bool:
    return word in gloss.split(".") or (len(gloss) > 3 and word[:4] == gloss[:4])
