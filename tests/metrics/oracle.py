"""The figures computed slowly and plainly, and corpora for Hypothesis to compare them on."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from hypothesis import strategies as st

from igtkit.conventions import is_grammatical

SEP = "[SEP]"


def slow_words(line):
    def counts(token):
        if "??" in token or "'" in token or "-" in token:
            return True
        return not all(unicodedata.category(character).startswith("P") for character in token)

    return [token for token in line.split() if counts(token)]


def slow_morphemes(line):
    """Morphemes with SEP between words."""
    found = []
    for word in slow_words(line):
        if found:
            found.append(SEP)
        found.extend(re.split("[-=]", word))
    return found


def slow_distance(first, second):
    """Levenshtein distance by the book."""
    row = list(range(len(second) + 1))
    for i, mine in enumerate(first, 1):
        previous, row = row, [i]
        for j, other in enumerate(second, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (mine != other)))
    return row[-1]


def slow_tokens_of(line, level):
    return {"morpheme": slow_morphemes, "word": slow_words, "character": list}[level](line)


def slow_error_rate(predicted, gold, level, preset):
    total = 0
    for guess, answer in zip(predicted, gold, strict=True):
        mine, other = slow_tokens_of(guess, level), slow_tokens_of(answer, level)
        if preset == "paper":
            total += slow_distance(mine, other) / len(other)
            continue
        short = [token for token in mine if token != SEP]
        wanted = [token for token in other if token != SEP]
        rate = min(1, slow_distance(short, wanted) / len(wanted))
        total += rate if short else len(wanted)
    return total / len(gold)


def slow_accuracy(predicted, gold, level, preset):
    """(micro, macro)."""
    all_right, all_counted, shares = 0, 0, []
    for guess, answer in zip(predicted, gold, strict=True):
        mine, other = slow_tokens_of(guess, level), slow_tokens_of(answer, level)
        right = sum(
            i < len(mine) and mine[i] == token and token != SEP for i, token in enumerate(other)
        )
        counted = len([token for token in other if token != SEP])
        if preset == "paper":
            counted = max(counted, len([token for token in mine if token != SEP]))
        all_right, all_counted = all_right + right, all_counted + counted
        shares.append(right / counted)
    return all_right / all_counted, sum(shares) / len(shares)


def slow_classes(predicted, gold):
    """{class: (right, predicted, gold)}."""
    counts = {"stem": [0, 0, 0], "gram": [0, 0, 0]}

    def kind(gloss):
        return "gram" if is_grammatical(gloss) else "stem"

    for guess, answer in zip(predicted, gold, strict=True):
        mine, other = slow_morphemes(guess), slow_morphemes(answer)
        for token in mine:
            if token != SEP:
                counts[kind(token)][1] += 1
        for token in other:
            if token != SEP:
                counts[kind(token)][2] += 1
        for first, second in zip(mine, other, strict=False):
            if first == second != SEP:
                counts[kind(first)][0] += 1
    return counts


def slow_segmentation(predicted, gold):
    rows, right, total = [], 0, 0
    for guess, answer in zip(predicted, gold, strict=True):
        mine, other = guess.split(), answer.split()
        made = [re.split("[-=]", token) for token in mine]
        wanted = [re.split("[-=]", token) for token in other]
        shared = sum(
            (Counter(first) & Counter(second)).total()
            for first, second in zip(made, wanted, strict=False)
        )
        n_made, n_wanted = sum(map(len, made)), sum(map(len, wanted))
        precision = shared / n_made if n_made else 0
        recall = shared / n_wanted
        f1 = 2 * precision * recall / (precision + recall) if shared else 0
        edits = slow_distance(" ".join(mine), " ".join(other))
        rows.append((f1, precision, recall, edits, mine == other))
        right += sum(first == second for first, second in zip(mine, other, strict=False))
        total += len(other)
    names = ("f1", "precision", "recall", "edit_distance", "exact_match")
    means = {
        name: sum(column) / len(rows)
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return means | {"word_accuracy": right / total}


LEVELS = ("morpheme", "word", "character")
PRESETS = ("paper", "published")

token = st.one_of(
    st.sampled_from(
        [
            "dog",
            "PL",
            "run-PST",
            "cat=DEF",
            "1SG-go",
            "-",
            "=",
            "--",
            "a-",
            "=b",
            ",",
            "...",
            "'",
            "??",
            "???",
            "l'",
            "я.",
            "я",
            "«",
            "кӀвал--ар",
            "а\u0301-б",
            "DEM1.IIPL.OBL",
            "—",
            "𐍈-x",
        ]
    ),
    st.text(alphabet="abAB-=.'?!ʔ’", min_size=1, max_size=6),
)
line = st.lists(token, max_size=7).flatmap(
    lambda tokens: st.sampled_from([" ", "  ", "\t"]).map(lambda space: space.join(tokens))
)
gold_line = st.tuples(line, st.sampled_from(["dog", "-", "PL"])).map(" ".join)
corpora = st.lists(
    st.one_of(st.tuples(line, gold_line), gold_line.map(lambda text: (text, text))),
    min_size=1,
    max_size=6,
).map(lambda pairs: ([pair[0] for pair in pairs], [pair[1] for pair in pairs]))
