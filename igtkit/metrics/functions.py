"""Each metric as a plain function on strings.

Every function takes one predicted line and one gold line, or two equally long lists of lines. They
count exactly as `igtkit.metrics.evaluate` does; for many figures of the same lines that is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from igtkit.alignment import alignment_score
from igtkit.errors import InputError
from igtkit.metrics._accuracy import precision_recall_f1, sentence_accuracy, sentence_classes
from igtkit.metrics._bleu import bleu_score, character_codes, sentence_ngrams
from igtkit.metrics._codes import Codes, encode_glosses
from igtkit.metrics._error_rate import sentence_error_rates
from igtkit.metrics._segmentation import (
    SEGMENTATION_STATISTICS,
    segmentation_figures,
    sentence_segmentation,
)
from igtkit.metrics.inputs import (
    EmptyPolicy,
    Text,
    check_pair,
    check_policy,
    has_tokens,
    has_words,
    select,
)
from igtkit.metrics.presets import Preset, PresetName, get_preset

__all__ = [
    "Level",
    "accuracy",
    "alignment",
    "bleu",
    "error_rate",
    "segmentation_scores",
    "stem_gram_scores",
]

Level = Literal["morpheme", "word", "character"]
_LEVELS = ("morpheme", "word", "character")


def error_rate(
    predictions: Text,
    references: Text,
    *,
    level: Level = "morpheme",
    preset: PresetName | Preset = "paper",
    empty: EmptyPolicy = "raise",
) -> float:
    """Edit distance over gold length of gloss lines, averaged over sentences (section 3.1).

    Args:
        predictions: Gloss lines; an empty one is allowed.
        references: Gold gloss lines.
        level: What is counted: morphemes with ``[SEP]`` between words, words, or the characters of
            the line as it stands.
        preset: As in `evaluate`.
        empty: What to do with a gold line without words: ``"raise"``, or ``"skip"`` it.

    Returns:
        0 or more; 1 is as bad as predicting nothing. Preset ``"paper"`` may pass 1.

    Raises:
        InputError: As `evaluate`; or if every gold line was skipped.

    Example:
        >>> error_rate("DET cat-SG", "DET cat-PL")  # one of DET [SEP] cat PL
        0.25
        >>> error_rate("DET cat-SG", "DET cat-PL", level="word")
        0.5
    """
    settings, codes = get_preset(preset), _encode(predictions, references, level, empty)
    return float(sentence_error_rates(codes, settings, tokens=level != "character").mean())


def accuracy(
    predictions: Text,
    references: Text,
    *,
    level: Literal["morpheme", "word"] = "morpheme",
    average: Literal["micro", "macro"] = "micro",
    preset: PresetName | Preset = "paper",
    empty: EmptyPolicy = "raise",
) -> float:
    """Share of glosses that are right at their place in the sentence (section 3.1).

    Args:
        predictions: Gloss lines.
        references: Gold gloss lines.
        level: Morphemes or words.
        average: ``"micro"``: over all glosses of the corpus. ``"macro"``: over sentences.
        preset: As in `evaluate`.
        empty: As in `error_rate`.

    Returns:
        Between 0 and 1.

    Raises:
        InputError: As `error_rate`; or if there is no such level or average.

    Example:
        >>> accuracy("DET cat-SG", "DET cat-PL", level="word")
        0.5
    """
    if level not in ("morpheme", "word"):
        raise InputError(f"level must be 'morpheme' or 'word' for accuracy, not {level!r}")
    if average not in ("micro", "macro"):
        raise InputError(f"average must be 'micro' or 'macro', not {average!r}")
    settings, codes = get_preset(preset), _encode(predictions, references, level, empty)
    right, counted = sentence_accuracy(codes, settings)
    return float(right.sum() / counted.sum() if average == "micro" else (right / counted).mean())


def bleu(
    predictions: Text,
    references: Text,
    *,
    level: Level = "morpheme",
    empty: EmptyPolicy = "raise",
) -> float:
    """Corpus BLEU of gloss lines, as sacrebleu computes it on tokens set apart by spaces.

    Order 4, exponential smoothing. Tokens are morphemes (without ``[SEP]``), words, or characters
    without spaces.

    Args:
        predictions: Gloss lines.
        references: Gold gloss lines, one for each prediction.
        level: What the tokens are.
        empty: As in `error_rate`.

    Returns:
        Between 0 and 1.

    Raises:
        InputError: As `error_rate`.

    Example:
        >>> round(bleu("the DET cat-PL run-PRS", "the DET cat-PL run-PST"), 3)
        0.76
    """
    codes = _encode(predictions, references, level, empty)
    if level == "character":
        ngrams = sentence_ngrams(character_codes(codes), tokens=False)
    else:
        ngrams = sentence_ngrams(codes)
    return bleu_score(ngrams.sum(axis=0).tolist())


def stem_gram_scores(
    predictions: Text,
    references: Text,
    *,
    empty: EmptyPolicy = "raise",
    labels: Collection[str] = (),
) -> dict[str, dict[str, float | None]]:
    """Precision, recall and F1 of lexical and of grammatical glosses, by position.

    Grammatical is what `igtkit.conventions.is_grammatical` says of the gloss itself, and what
    consists of labels in lower case; all other glosses are stems.

    Args:
        predictions: Gloss lines.
        references: Gold gloss lines.
        empty: As in `error_rate`.
        labels: The labels that are in lower case, as `igtkit.conventions.guess_labels` finds them.

    Returns:
        ``{"stem": {"precision": ..., "recall": ..., "f1": ...}, "gram": {...}}``, each between 0
        and 1, or None for a class that neither side has.

    Raises:
        InputError: As `error_rate`.

    Example:
        >>> stem_gram_scores("cat-PL run", "cat-SG run")["stem"]["f1"]
        1.0
        >>> stem_gram_scores("cat-pl run", "cat-sg run", labels={"pl", "sg"})["stem"]["f1"]
        1.0
    """
    codes = _encode(predictions, references, "morpheme", empty)
    return {
        name: precision_recall_f1(*(float(column.sum()) for column in counts))
        for name, counts in sentence_classes(codes, labels).items()
    }


def segmentation_scores(
    predictions: Text, references: Text, *, empty: EmptyPolicy = "raise"
) -> dict[str, float]:
    """How well segmentation lines agree (section 3.2).

    Args:
        predictions: Segmentation lines.
        references: Gold segmentation lines.
        empty: What to do with a blank gold line: ``"raise"``, or ``"skip"`` it.

    Returns:
        ``f1``, ``precision``, ``recall`` and ``exact_match`` averaged over sentences,
        ``word_accuracy`` over all gold tokens (0 to 1); ``edit_distance`` in characters per
        sentence.

    Raises:
        InputError: As `error_rate`.

    Example:
        >>> segmentation_scores("the cat-s", "the cats")["word_accuracy"]
        0.5
    """
    predicted, gold = _choose(predictions, references, has_tokens, empty, "segmentation")
    sums = sentence_segmentation(predicted, gold).sum(axis=0).tolist()
    return segmentation_figures(dict(zip(SEGMENTATION_STATISTICS, sums, strict=True)), len(gold))


def alignment(segmentations: Text, glosses: Text) -> float:
    """Alignment score of segmentation and gloss lines, averaged over sentences (section 3.3).

    Needs no gold: it says whether what was segmented and what was glossed fit each other. Of one
    sentence it is `igtkit.alignment_score`.

    Args:
        segmentations: Segmentation lines.
        glosses: Gloss lines of the same sentences.

    Returns:
        Between 0 and 1.

    Raises:
        InputError: If there is nothing, the numbers differ, or something is no string.

    Example:
        >>> alignment(["cat-s", "run"], ["cat-PL", "run"])
        1.0
    """
    forms, analyses = check_pair(segmentations, glosses, ("segmentations", "glosses"))
    return sum(map(alignment_score, forms, analyses)) / len(forms)


def _encode(predictions: Text, references: Text, level: Level, empty: EmptyPolicy) -> Codes:
    if level not in _LEVELS:
        raise InputError(f"no level {level!r}; there are: {', '.join(map(repr, _LEVELS))}")
    codes = encode_glosses(*_choose(predictions, references, has_words, empty, "glosses"))
    return {"morpheme": codes.morphemes, "word": codes.words, "character": codes.characters}[level]


def _choose(
    predictions: Text,
    references: Text,
    has_content: Callable[[str], bool],
    empty: EmptyPolicy,
    name: str,
) -> tuple[list[str], list[str]]:
    check_policy(empty)
    predicted, gold = check_pair(predictions, references)
    rows, _ = select(gold, has_content, empty, name)
    if not rows:
        raise InputError("every reference is empty: there is nothing to score")
    return [predicted[row] for row in rows], [gold[row] for row in rows]
