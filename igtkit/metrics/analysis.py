"""Error analysis: what the figures do not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs
from rapidfuzz.distance import Levenshtein

from igtkit.errors import InputError
from igtkit.metrics._codes import gloss_words, morphemes
from igtkit.metrics.inputs import EmptyPolicy, Glossed, check_items, check_policy
from igtkit.metrics.presets import Preset, PresetName, get_preset
from igtkit.metrics.statistics import compute_statistics, flatten_figures

__all__ = [
    "Confusion",
    "Novelty",
    "SentenceDifference",
    "confusions",
    "most_different",
    "seen_and_unseen",
]


@attrs.frozen
class Novelty:
    """How the words of one kind came out.

    Attributes:
        words: How many gold words there are of this kind.
        right: How many have the gold gloss at their place.
    """

    words: int
    right: int

    @property
    def accuracy(self) -> float | None:
        """Share of the words that are right; None without words."""
        return self.right / self.words if self.words else None


@attrs.frozen
class Confusion:
    """A gold gloss and what was predicted in its place.

    Attributes:
        gold: The gold gloss; None where something was predicted that is not in the gold.
        predicted: The predicted gloss; None where nothing was predicted.
        count: How often.
    """

    gold: str | None
    predicted: str | None
    count: int


@attrs.frozen
class SentenceDifference:
    """A sentence that two systems did not do equally well on.

    Attributes:
        index: Which sentence, counted from 0.
        reference: The gold.
        a: Figure of the first system on this sentence.
        b: Figure of the second system on this sentence.
    """

    index: int
    reference: Any
    a: float
    b: float


def seen_and_unseen(
    *,
    predictions: Iterable[Glossed],
    references: Iterable[Glossed],
    training: Iterable[Any],
    line: Literal["segmentation", "transcription"] = "segmentation",
) -> dict[str, Novelty]:
    """Word accuracy of glosses, apart for words that were in the training data and that were not.

    A word is known by its form in `line`, punctuation-only tokens left out. A sentence is left out
    if that line or the glosses are missing, or differ in their number of words.

    Args:
        predictions: As in `evaluate`.
        references: The gold.
        training: What the system learned from.
        line: Where the word forms stand.

    Returns:
        ``"seen"`` and ``"unseen"``.

    Raises:
        InputError: If predictions or references are not as in `evaluate`, or an item has no such
            line.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> found = seen_and_unseen(
        ...     predictions=[Prediction("cat-s run", "cat-PL eat")],
        ...     references=[IGT("cats run", "cat-s run", "cat-PL run")],
        ...     training=[IGT("cats", "cat-s", "cat-PL")],
        ... )
        >>> found["seen"].accuracy, found["unseen"].accuracy
        (1.0, 0.0)
    """
    if line not in ("segmentation", "transcription"):
        raise InputError(f"line must be 'segmentation' or 'transcription', not {line!r}")
    lines, gold = check_items(predictions, references)
    known = {form for item in training for form in gloss_words(_line(item, line, "training"))}
    words: Counter[bool] = Counter()
    right: Counter[bool] = Counter()
    for guess, answer, reference in zip(
        lines.predicted_glosses, lines.gold_glosses, gold, strict=True
    ):
        forms = gloss_words(_line(reference, line, "references"))
        glosses = gloss_words(answer)
        if len(forms) != len(glosses):
            continue
        guesses: list[str | None] = [*gloss_words(guess)]
        guesses += [None] * (len(glosses) - len(guesses))
        for form, gloss, guessed in zip(forms, glosses, guesses, strict=False):
            words[form in known] += 1
            right[form in known] += gloss == guessed
    return {
        "seen": Novelty(words[True], right[True]),
        "unseen": Novelty(words[False], right[False]),
    }


def confusions(
    *,
    predictions: Iterable[Glossed],
    references: Iterable[Glossed],
    level: Literal["morpheme", "word"] = "morpheme",
) -> list[Confusion]:
    """The glosses that are taken for others, read off a cheapest edit path of each sentence.

    Args:
        predictions: As in `evaluate`.
        references: The gold; those without glosses are left out.
        level: Glosses of morphemes or of whole words.

    Returns:
        The confusions, most frequent first, then by the alphabet.

    Raises:
        InputError: If predictions or references are not as in `evaluate`.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> confusions(
        ...     predictions=[Prediction(None, "cat-SG run")],
        ...     references=[IGT("cats run", None, "cat-PL run")],
        ... )
        [Confusion(gold='PL', predicted='SG', count=1)]
    """
    if level not in ("morpheme", "word"):
        raise InputError(f"level must be 'morpheme' or 'word', not {level!r}")
    lines, _ = check_items(predictions, references)
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for guess, answer in zip(lines.predicted_glosses, lines.gold_glosses, strict=True):
        if answer is not None:
            counts.update(_edits(_tokens(answer, level), _tokens(guess, level)))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return [Confusion(gold, predicted, count) for (gold, predicted), count in ranked]


def most_different(
    *,
    a: Iterable[Glossed],
    b: Iterable[Glossed],
    references: Iterable[Glossed],
    metric: str = "glossing.morpheme.error_rate",
    count: int = 10,
    preset: PresetName | Preset = "paper",
    empty: EmptyPolicy = "raise",
) -> list[SentenceDifference]:
    """Return the sentences on which two systems differ most.

    Args:
        a: Predictions of the first system.
        b: Predictions of the second system.
        references: The gold.
        metric: Path of the figure to go by, as in `Report`; it is computed on each sentence alone.
        count: How many sentences to return at most.
        preset: As in `evaluate`.
        empty: As in `evaluate`.

    Returns:
        Sentences on which the figure differs, the largest difference first.

    Raises:
        InputError: As `evaluate`; or if there is no such figure.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> gold = [IGT(t, t, t) for t in ("a", "b")]
        >>> first, second = most_different(
        ...     a=[Prediction("a", "a"), Prediction("b", "x y")],
        ...     b=[Prediction("a", "x"), Prediction("b", "b")],
        ...     references=gold,
        ... )
        >>> first.index, first.a, first.b, second.index
        (1, 3.0, 0.0, 0)
    """
    settings, gold = get_preset(preset), list(references)
    check_policy(empty)
    first, second = (
        compute_statistics(check_items(system, gold)[0], settings, empty) for system in (a, b)
    )
    known = flatten_figures(first.figures())
    if metric not in known:
        raise InputError(f"no figure {metric!r}; there are: {', '.join(known)}")
    found = []
    for index, reference in enumerate(gold):
        mine = flatten_figures(first.figures([index]))[metric]
        other = flatten_figures(second.figures([index]))[metric]
        if mine is not None and other is not None and mine != other:
            found.append(SentenceDifference(index, reference, mine, other))
    found.sort(key=lambda item: (-abs(item.a - item.b), item.index))
    return found[:count]


def _line(item: Any, line: str, name: str) -> str | None:
    try:
        value = getattr(item, line)
    except AttributeError:
        raise InputError(f"an item of {name} has no attribute {line!r}: {item!r}") from None
    if value is not None and not isinstance(value, str):
        raise InputError(f"an item of {name} has a {line} that is no string: {value!r}")
    return value


def _tokens(line: str | None, level: str) -> list[str]:
    words = gloss_words(line)
    return words if level == "word" else [part for word in words for part in morphemes(word)]


def _edits(gold: list[str], predicted: list[str]) -> Iterator[tuple[str | None, str | None]]:
    for edit in Levenshtein.editops(gold, predicted):
        yield (
            None if edit.tag == "insert" else gold[edit.src_pos],
            None if edit.tag == "delete" else predicted[edit.dest_pos],
        )
