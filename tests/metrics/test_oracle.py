"""The fast figures against the slow ones, and against sacrebleu."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu import corpus_bleu

from igtkit import IGT, Prediction
from igtkit.boundaries import split_morphemes
from igtkit.conventions import is_grammatical
from igtkit.metrics import (
    accuracy,
    bleu,
    error_rate,
    evaluate,
    segmentation_scores,
    stem_gram_scores,
)
from igtkit.metrics._codes import morphemes

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


@given(corpora, st.sampled_from(LEVELS), st.sampled_from(PRESETS))
def test_error_rate_equals_the_slow_one(corpus, level, preset):
    expected = slow_error_rate(*corpus, level, preset)
    assert error_rate(*corpus, level=level, preset=preset) == pytest.approx(expected, abs=1e-12)


@given(corpora, st.sampled_from(LEVELS[:2]), st.sampled_from(PRESETS))
def test_accuracy_equals_the_slow_one(corpus, level, preset):
    expected = slow_accuracy(*corpus, level, preset)
    for average, value in zip(("micro", "macro"), expected, strict=True):
        found = accuracy(*corpus, level=level, average=average, preset=preset)
        assert found == pytest.approx(value, abs=1e-12)


@given(corpora)
def test_stem_and_gram_scores_equal_the_slow_ones(corpus):
    found = stem_gram_scores(*corpus)
    for name, (right, predicted, gold) in slow_classes(*corpus).items():
        if predicted + gold == 0:
            assert found[name] == {"precision": None, "recall": None, "f1": None}
            continue
        assert found[name]["precision"] == (right / predicted if predicted else 0)
        assert found[name]["recall"] == (right / gold if gold else 0)
        assert found[name]["f1"] == pytest.approx(2 * right / (predicted + gold))


@given(corpora)
def test_segmentation_scores_equal_the_slow_ones(corpus):
    assert segmentation_scores(*corpus) == pytest.approx(slow_segmentation(*corpus), abs=1e-12)


def sacrebleu_score(predicted, gold, level):
    def spaced(text):
        tokens = text.replace(" ", "") if level == "character" else slow_tokens_of(text, level)
        return " ".join(token for token in tokens if token != SEP and not token.isspace())

    hypotheses, references = list(map(spaced, predicted)), list(map(spaced, gold))
    return corpus_bleu(hypotheses, [references], tokenize="none", force=True).score / 100


@given(corpora, st.sampled_from(LEVELS))
@example((["dog dog dog dog"], ["dog"]), "word")
@example((["dog dog cat", "dog"], ["dog dog", "cat dog dog dog dog"]), "word")
@settings(max_examples=300)
def test_bleu_equals_sacrebleu(corpus, level):
    expected = sacrebleu_score(*corpus, level)
    assert bleu(*corpus, level=level) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_bleu_equals_sacrebleu_on_a_large_vocabulary(level):
    """So many different tokens that four of them and a sentence number overflow 63 bits."""
    rng = random.Random(1)
    gold = [
        " ".join(f"w{rng.randrange(40_000)}-s{rng.randrange(9)}" for _ in range(14))
        for _ in range(2500)
    ]
    predicted = [
        " ".join(
            rng.sample(text.split(), rng.randint(9, 14)) if rng.random() < 0.5 else text.split()[1:]
        )
        for text in gold
    ]
    expected = sacrebleu_score(predicted, gold, level)
    assert bleu(predicted, gold, level=level) == pytest.approx(expected, abs=1e-9)


@given(corpora, corpora, st.sampled_from(PRESETS))
@settings(max_examples=50)
def test_a_report_has_the_same_figures_as_the_functions(glosses, forms, preset):
    size = min(len(glosses[0]), len(forms[0]))
    predictions = [Prediction(forms[0][i], glosses[0][i]) for i in range(size)]
    references = [IGT(None, forms[1][i], glosses[1][i]) for i in range(size)]
    report = evaluate(predictions=predictions, references=references, preset=preset).to_dict()
    pair = (glosses[0][:size], glosses[1][:size])
    for level in LEVELS:
        figures = report["glossing"][level]
        assert figures["error_rate"] == pytest.approx(error_rate(*pair, level=level, preset=preset))
        assert figures["bleu"] == bleu(*pair, level=level)
        for average in ("micro", "macro") if level != "character" else ():
            expected = accuracy(*pair, level=level, average=average, preset=preset)
            assert figures["accuracy"][average] == pytest.approx(expected)
    assert {
        name: report["glossing"]["morpheme"][name] for name in ("stem", "gram")
    } == stem_gram_scores(*pair)
    expected = segmentation_scores(forms[0][:size], forms[1][:size])
    assert report["segmentation"] == pytest.approx(expected)


@given(token)
def test_morphemes_are_what_the_boundaries_say(word):
    assert morphemes(word) == [text for _, text in split_morphemes(word)]
