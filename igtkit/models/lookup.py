"""The simplest glosser: every word gets the analysis it had most often in training.

PolyGloss calls it "the highest-frequency gloss" and recommends it where a model is not to be
trusted (section 6.1).
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, Self, TypeVar

import attrs

from igtkit._characters import fold_case
from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.boundaries import (
    UNKNOWN,
    is_punctuation,
    is_word,
    join_words,
    replace_morphemes,
    split_words,
)
from igtkit.errors import AlignmentError, InputError, NotFittedError
from igtkit.igt import IGT, Prediction, Suggestion, Word
from igtkit.models._learnable import texts_to_learn
from igtkit.models._manifest import damaged, to_json
from igtkit.models._schema import number, optional, record, string, table_of, tuple_of, whole
from igtkit.models._unicode import UnicodeForm, all_taken, given_back, learn_form, lines_of, taken
from igtkit.models.base import Given, Glosser, nothing_learned, require_given, require_texts
from igtkit.models.partial import fill_gloss, fitting_form, keep_marks, known_words
from igtkit.models.saving import load_folder, save_folder

__all__ = ["LookupGlosser"]

_TABLES = "tables.json"

Analysis = tuple[str | None, str | None]
Source = Literal["known", "split", "unknown"]
_T = TypeVar("_T")
_FOLDS = 5

_SAVED_TABLES = record(
    words=table_of(tuple_of(optional(string), optional(string))),
    forms=table_of(string),
    morphemes=table_of(tuple_of(string, string, whole(1, 2**53))),
)


@attrs.frozen
class _Tables:
    """The most frequent analyses that were counted.

    Attributes:
        words: Transcription token, exact and case-folded, to its ``(form, gloss)``.
        forms: Segmented word to its gloss.
        morphemes: Case-folded morpheme to ``(gloss, boundary before it inside a word, count)``.
    """

    words: Mapping[str, Analysis]
    forms: Mapping[str, str]
    morphemes: Mapping[str, tuple[str, str, int]]

    def look_up(self, token: str) -> tuple[Analysis, Source]:
        """The analysis of a token of the transcription, and where it comes from."""
        stripped = _strip(token)
        for key in (token, fold_case(token), stripped, fold_case(stripped)):
            if key in self.words:
                return self.words[key], "known"
        if not is_word(token):
            return (token, token), "unknown"
        split = self.split(stripped)
        if split:
            return split, "split"
        # A word may be written with hyphens: as many unknown glosses, then.
        return (stripped, replace_morphemes(stripped, lambda _: UNKNOWN)), "unknown"

    @cached_property
    def _sizes(self) -> Sequence[int]:
        """How many letters morphemes have, from the fewest on."""
        return sorted({len(form) for form in self.morphemes} - {0})

    def split(self, word: str) -> Analysis | None:
        """The split of a word into the fewest known morphemes; among equals the most frequent.

        None where there is no such split, or so many letters that it is no word.
        """
        text = fold_case(word)
        if len(text) > LONGEST_WORD:
            return None
        best: list[tuple[int, int, int] | None] = [(0, 0, 0), *[None] * len(text)]
        for end in range(1, len(text) + 1):
            for size in self._sizes:
                if size > end:
                    break
                start = end - size
                before, known = best[start], self.morphemes.get(text[start:end])
                if before is not None and known is not None:
                    option = (before[0] - 1, before[1] + known[2], start)
                    best[end] = max(best[end] or option, option)
        if best[-1] is None:
            return None
        cuts = [len(text)]
        while cuts[-1]:
            entry = best[cuts[-1]]
            assert entry is not None
            cuts.append(entry[2])
        form, gloss = "", ""
        for start, end in zip(cuts[:0:-1], cuts[-2::-1], strict=True):
            known = self.morphemes[text[start:end]]
            boundary = known[1] if start else ""
            form, gloss = form + boundary + text[start:end], gloss + boundary + known[0]
        return form, gloss

    def gloss(self, form: str) -> str | None:
        """The gloss of a segmented word: as a whole, else morpheme by morpheme."""
        if not is_word(form):
            return self.words.get(form, (form, form))[1]
        if form in self.forms:
            return self.forms[form]
        return replace_morphemes(form, self._gloss_morpheme)

    def _gloss_morpheme(self, form: str) -> str:
        known = self.morphemes.get(fold_case(form))
        return known[0] if known else UNKNOWN


class LookupGlosser(Glosser):
    """A glosser that looks words up.

    A known word gets its most frequent analysis, exact spelling first, then any case, then without
    the punctuation at its edges. An unknown word gets the split into the fewest known morphemes
    that spell it, or else its own form, glossed ``???``. The probability of a suggestion is how
    often one of its kind was right on training texts left out of the counts, one in five in turn.

    Raises:
        NotFittedError: On prediction before `fit`.

    Example:
        >>> train = [IGT("Cats run", "cat-s run", "cat-PL run"), IGT("dog", "dog", "dog")]
        >>> LookupGlosser().fit(train).predict([IGT("dogs run far")])[0].glosses
        'dog-PL run ???'
    """

    def __init__(self) -> None:
        self._tables: _Tables | None = None
        self._rates: dict[Source, float] = {}
        self._form: UnicodeForm = "NFC"
        self.left_out = 0
        """Number of training texts that taught nothing: no segmentation, no glosses, misaligned, or
        with other words in the transcription."""

    def fit(
        self,
        train: Iterable[IGT],
        dev: Iterable[IGT] | None = None,
        *,
        ungrammatical: bool = False,
    ) -> Self:
        """Count the analyses of a corpus.

        Args:
            train: Texts with transcription, segmentation and glosses; others are left out, and
                counted in `left_out`.
            dev: Not needed; taken so that all glossers are fitted alike.
            ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

        Raises:
            InputError: If no text could be learned from.
        """
        del dev
        texts = texts_to_learn(train, type(self).__name__, ungrammatical=ungrammatical)
        form = learn_form(lines_of(texts))
        usable = [words for words in map(_usable_words, all_taken(texts, form)) if words]
        if not usable:
            raise nothing_learned(
                texts,
                "has a transcription, segmentation and glosses that pair up; see igtkit.check",
            )
        tables, rates = _count(usable), _measure(usable)
        self._tables, self._rates, self._form = tables, rates, form
        self.left_out = len(texts) - len(usable)
        return self

    def predict(self, items: Iterable[IGT], *, given: Given | None = None) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Raises:
            InputError: If a text lacks its transcription (or its segmentation, where that is
                given), or `given` is unknown.
            NotFittedError: Before `fit`.
        """
        if self._tables is None:
            raise NotFittedError(
                "this LookupGlosser has learned nothing yet; call fit(train) first"
            )
        require_given(given)
        return [
            given_back(self._predict_one(text, taken(text, self._form), given), text, self._form)
            for text in require_texts(items)
        ]

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the counts to a folder.

        Raises:
            NotFittedError: Before `fit`.
        """
        if self._tables is None:
            raise NotFittedError("there is nothing to save yet; call fit(train) first")
        tables = to_json(attrs.asdict(self._tables))
        save_folder(directory, "LookupGlosser", {"rates": self._rates}, {_TABLES: tables})

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load a glosser from a folder.

        Raises:
            ModelFileError: If the folder holds none, or a damaged one.
        """
        saved = load_folder(directory, "LookupGlosser")
        glosser = cls()
        with damaged(saved.path):
            glosser._tables = _Tables(**_SAVED_TABLES(saved.json(_TABLES)))
            glosser._form = learn_form(glosser._tables.words)
            rates = _SAVED_RATES(saved.settings["rates"])
            glosser._rates = {source: rates[source] for source in _EVIDENCE}
        return glosser

    def _predict_one(self, typed: IGT, text: IGT, given: Given | None) -> Prediction:
        assert self._tables is not None
        if given == "segmentation":
            if not split_words(text.segmentation):
                raise InputError(f"there is no segmentation to gloss in {text.transcription!r}")
            words = [
                Suggestion(form, self._tables.gloss(form))
                for form in split_words(text.segmentation)
            ]
        else:
            if text.transcription is None:
                raise InputError("a text without transcription cannot be segmented and glossed")
            tokens = split_words(text.transcription)
            words = list(map(self._suggest, tokens))
            if given == "partial":
                known = iter(known_words(text))
                words = [
                    _fill(*next(known), word, self._tables) if is_word(token) else word
                    for token, word in zip(tokens, words, strict=True)
                ]
        prediction = Prediction(
            typed.segmentation if given == "segmentation" else _line(word.form for word in words),
            _line(word.gloss for word in words),
            system="LookupGlosser",
            words=tuple((word,) for word in words),
        )
        return keep_marks(text, prediction) if given == "partial" else prediction

    def _suggest(self, token: str) -> Suggestion:
        assert self._tables is not None
        (form, gloss), source = self._tables.look_up(token)
        if not is_word(token):
            return Suggestion(form, gloss)
        return Suggestion(form, gloss, self._rates[source], (_EVIDENCE[source],))


_EVIDENCE: Mapping[Source, str] = {
    "known": "the most frequent analysis of this word",
    "split": "put together from known morphemes",
    "unknown": "neither the word nor its morphemes are known",
}

_SAVED_RATES = record(**dict.fromkeys(_EVIDENCE, number(0, 1)))


def _fill(form: str | None, gloss: str | None, found: Suggestion, tables: _Tables) -> Suggestion:
    """The word as it is done, with the rest from what was found."""
    if form is None and gloss is None:
        return found
    if form is None:
        return Suggestion(fitting_form(found.form or "", gloss or ""), gloss)
    suggested = tables.gloss(form) or UNKNOWN
    return Suggestion(form, suggested if gloss is None else fill_gloss(gloss, suggested))


def _line(tokens: Iterable[str | None]) -> str:
    return join_words([token for token in tokens if token])


def _strip(token: str) -> str:
    """A token without the punctuation at its edges."""
    start, end = 0, len(token)
    while start < end and is_punctuation(token[start]):
        start += 1
    while end > start and is_punctuation(token[end - 1]):
        end -= 1
    return token[start:end] or token


def _usable_words(text: IGT) -> tuple[Word, ...]:
    if not (split_words(text.segmentation) and split_words(text.glosses)):
        return ()
    try:
        words = text.words
    except AlignmentError:
        return ()
    return words if any(word.surface is not None for word in words) else ()


def _count(texts: Iterable[Iterable[Word]]) -> _Tables:
    words: defaultdict[str, Counter[Analysis]] = defaultdict(Counter)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    morphemes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    boundaries: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in (word for text in texts for word in text):
        if word.surface is not None:
            for key in dict.fromkeys((word.surface, fold_case(word.surface))):
                words[key][word.form, word.gloss] += 1
        if word.form is None or word.gloss is None or not is_word(word.form):
            continue
        forms[word.form][word.gloss] += 1
        for morpheme in word.morphemes:
            if morpheme.form and morpheme.gloss:
                key = fold_case(morpheme.form)
                morphemes[key][morpheme.gloss] += 1
                boundaries[key][morpheme.boundary] += bool(morpheme.boundary)
    return _Tables(
        {key: _most_frequent(counter) for key, counter in words.items()},
        {key: _most_frequent(counter) for key, counter in forms.items()},
        {
            key: (_most_frequent(counter), _boundary(boundaries[key]), counter.total())
            for key, counter in morphemes.items()
        },
    )


def _most_frequent(counter: Counter[_T]) -> _T:
    """The most frequent; of equals the one met first."""
    return counter.most_common(1)[0][0]


def _boundary(counter: Counter[str]) -> str:
    return _most_frequent(counter) or "-"


def _measure(texts: Sequence[Sequence[Word]]) -> dict[Source, float]:
    """The share of suggestions of each kind that are right, on texts left out of the counts."""
    right, asked = Counter[Source](), Counter[Source]()
    for fold in range(min(_FOLDS, len(texts)) if len(texts) > 1 else 0):
        tables = _count(text for at, text in enumerate(texts) if at % _FOLDS != fold)
        for word in (word for text in texts[fold::_FOLDS] for word in text):
            if word.surface is not None and is_word(word.surface):
                analysis, source = tables.look_up(word.surface)
                asked[source] += 1
                right[source] += analysis == (word.form, word.gloss)
    return {
        source: (right[source] + (source != "unknown")) / (asked[source] + 2)
        for source in _EVIDENCE
    }
