"""What a glosser cannot learn from: texts, and words of others, whose lines do not pair up."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit.boundaries import UNKNOWN
from igtkit.igt import IGT
from igtkit.models.crf.sentences import Sentence

__all__ = ["passed_over", "refused_texts", "why_refused"]


def refused_texts(texts: Sequence[IGT], sentences: Sequence[Sentence]) -> tuple[IGT, ...]:
    """Return the texts no word of which can be learned from.

    Args:
        texts: The texts.
        sentences: What the glosser sees of each.
    """
    pairs = zip(texts, sentences, strict=True)
    return tuple(text for text, sentence in pairs if not any(sentence.analyses))


def why_refused(texts: Sequence[IGT]) -> str:
    """Say why nothing can be learned from texts, all of which are refused.

    Example:
        >>> why_refused([IGT("cats run")])
        'there is no word to learn from: none of the texts has glosses'
    """
    glossed = [text for text in texts if text.glosses]
    why = "none of the texts has glosses"
    if glossed:
        shown = f"{glossed[0].transcription!r}"
        why = f"transcription, segmentation and glosses do not pair up in {shown}; see igtkit.check"
    return f"there is no word to learn from: {why}"


def passed_over(
    texts: Sequence[IGT], sentences: Sequence[Sentence]
) -> tuple[tuple[IGT, tuple[str, ...]], ...]:
    """Return the texts of which only some words can be learned from, each with the other words.

    Words that a person has left open are none of these.

    Args:
        texts: The texts.
        sentences: What the glosser sees of each, with the open words.

    Example:
        >>> from igtkit.models.crf.sentences import make_sentence
        >>> text = IGT("[er] cats run home", "cat-s run home", "cat-PL run-3 ???")
        >>> [words for _, words in passed_over([text], [make_sentence(text)])]
        [('[er]', 'run')]
    """
    pairs = [
        (text, _unpaired(sentence))
        for text, sentence in zip(texts, sentences, strict=True)
        if any(sentence.analyses)
    ]
    return tuple((text, words) for text, words in pairs if words)


def _unpaired(sentence: Sentence) -> tuple[str, ...]:
    rows = zip(sentence.words, sentence.analyses, sentence.partial, strict=True)
    return tuple(
        word
        for word, analysis, (form, gloss) in rows
        if analysis is None
        and (form is None) == (gloss is None)
        and UNKNOWN not in f"{form} {gloss}"
    )
