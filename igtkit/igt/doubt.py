"""How sure a machine was of a text that it glossed, and whether a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from igtkit.boundaries import is_punctuation, is_word
from igtkit.igt.suggestion import Suggestion
from igtkit.igt.word import Word

__all__ = [
    "DOUBTFUL",
    "describe_suggestion",
    "is_suggested",
    "word_probabilities",
    "word_suggestions",
    "words_given",
]

DOUBTFUL = 0.5
"""A word that is less probable than this is more likely wrong than right."""


class _Marked(Protocol):
    """What is asked of a text here; `igtkit.IGT` has it."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Anything that is known of the text, by name."""

    @property
    def transcription(self) -> str | None:
        """The text line."""


def is_suggested(igt: _Marked) -> bool:
    """Return whether the lines are a machine's, and nobody has confirmed them.

    Args:
        igt: The text; ``metadata["prediction"]`` is the mark of a machine
            (`igtkit.Prediction.to_igt`).
    """
    mark = igt.metadata.get("prediction")
    return isinstance(mark, Mapping) and not mark.get("confirmed")


def describe_suggestion(igt: _Marked) -> str | None:
    """Return who suggested the lines, and whether that was confirmed; None for a person's own.

    Example:
        >>> from igtkit import IGT
        >>> describe_suggestion(IGT("a", metadata={"prediction": {"system": "lookup"}}))
        'Suggested by lookup, not confirmed'
    """
    mark = igt.metadata.get("prediction")
    if not isinstance(mark, Mapping):
        return None
    state = "confirmed" if mark.get("confirmed") else "not confirmed"
    return f"Suggested by {mark.get('system') or 'a machine'}, {state}"


def word_probabilities(igt: _Marked, words: Sequence[Word]) -> list[float | None]:
    """Return how probable each word of a suggestion is.

    Args:
        igt: The text.
        words: Its words, as `igtkit.IGT.align` gives them.

    Returns:
        A number from 0 to 1 for each of the words; None where nothing is known, where a person had
        done the word, and for all words of a text that is no suggestion, or whose numbers do not
        fit its words.

    Example:
        >>> from igtkit import IGT
        >>> mark = {"system": "crf", "probabilities": [0.9, 0.3]}
        >>> igt = IGT("cats run", "cat-s run", "cat-PL run", metadata={"prediction": mark})
        >>> word_probabilities(igt, igt.words)
        [0.9, 0.3]
    """
    numbers = _listed(igt, "probabilities")
    rows = zip(_places(igt, words), words_given(igt, words), strict=True)
    return [None if at is None or given else _share(numbers[at]) for at, given in rows]


def word_suggestions(igt: _Marked, words: Sequence[Word]) -> list[tuple[Suggestion, ...]]:
    """Return what was suggested for each word, as far as the text tells.

    Args:
        igt: The text.
        words: Its words, as `igtkit.IGT.align` gives them.

    Returns:
        For each of the words the suggestion that was chosen, then the alternatives, best first;
        nothing where there is no probability and no alternative, or a person had done the word.

    Example:
        >>> from igtkit import IGT
        >>> mark = {"probabilities": [0.6], "alternatives": [[["cats", "cat.PL", 0.3]]]}
        >>> igt = IGT("cats", "cat-s", "cat-PL", metadata={"prediction": mark})
        >>> [one.gloss for one in word_suggestions(igt, igt.words)[0]]
        ['cat-PL', 'cat.PL']
    """
    found: list[tuple[Suggestion, ...]] = []
    rows = zip(words, _places(igt, words), word_probabilities(igt, words), strict=True)
    options, evidence = _listed(igt, "alternatives"), _listed(igt, "evidence")
    for (word, at, chance), given in zip(rows, words_given(igt, words), strict=True):
        others = _others(options[at]) if at is not None and at < len(options) else ()
        if at is None or given or (chance is None and not others):
            found.append(())
            continue
        why = evidence[at] if at < len(evidence) and isinstance(evidence[at], list) else ()
        reasons = tuple(one for one in why if isinstance(one, str))
        found.append((Suggestion(word.form, word.gloss, chance, reasons), *others))
    return found


def words_given(igt: _Marked, words: Sequence[Word]) -> list[bool]:
    """Return for each word of a suggestion whether a person had done it before.

    Args:
        igt: The text.
        words: Its words, as `igtkit.IGT.align` gives them.

    Example:
        >>> from igtkit import IGT
        >>> mark = {"probabilities": [1.0, 0.4], "given": [True, False]}
        >>> igt = IGT("cats run", "cat-s run", "cat-PL run", metadata={"prediction": mark})
        >>> words_given(igt, igt.words)
        [True, False]
    """
    given = _listed(igt, "given")
    return [at is not None and at < len(given) and given[at] is True for at in _places(igt, words)]


def _listed(igt: _Marked, name: str) -> Sequence[Any]:
    """A list of the mark, with something for each token."""
    found = igt.metadata["prediction"].get(name) if is_suggested(igt) else None
    return found if isinstance(found, list) else []


def _others(options: object) -> tuple[Suggestion, ...]:
    """The alternatives of a word: form, gloss and probability of each."""
    return tuple(
        Suggestion(option[0], option[1], _share(option[2]))
        for option in (options if isinstance(options, list) else ())
        if isinstance(option, list)
        and len(option) == 3
        and all(part is None or isinstance(part, str) for part in option[:2])
    )


def _places(igt: _Marked, words: Sequence[Word]) -> list[int | None]:
    """Where in the lists of the mark each word has its value."""
    given = _listed(igt, "probabilities")
    unknown: list[int | None] = [None] * len(words)
    if not given:
        return unknown
    # One for each token of the transcription, which may part punctuation otherwise than the
    # analysis does, and be changed since.
    ways = (
        [word.surface is not None for word in words],
        [True] * len(words),
        [is_word(word.form or word.gloss or "") for word in words],
    )
    beside = next((way for way in ways if sum(way) == len(given)), None)
    places = range(len(given))
    if beside is None:  # what read it keeps no punctuation beside the words (FLExText)
        marks = sum(map(is_punctuation, igt.transcription or ""))
        told = [at for at in places if given[at] is not None]
        beside = ways[-1]
        if sum(beside) != len(told) or len(given) - len(told) > marks:
            return unknown
        following = iter(told)
    else:
        following = iter(places)
    return [next(following) if one else None for one in beside]


def _share(value: object) -> float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= 1 else None  # type: ignore[operator, arg-type]
