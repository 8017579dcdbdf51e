"""`CrfGlosser`: the public face of the laptop glosser."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit.boundaries import UNKNOWN, separate_words, split_morphemes, split_words
from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.igt import IGT, Prediction, Suggestion
from igtkit.models.base import (
    Given,
    Glosser,
    fill_gloss,
    fitting_form,
    known_words,
    require_texts,
)
from igtkit.models.crf.analyze import Fixed, analyze
from igtkit.models.crf.decode import MISS, Hypothesis, least_risk
from igtkit.models.crf.evidence import Witness
from igtkit.models.crf.labels import rename
from igtkit.models.crf.model import Model, Settings
from igtkit.models.crf.storage import load, save
from igtkit.models.crf.text import Analysis, Habits, Sentence, prepare
from igtkit.models.crf.training import collect, fill_forms, train

__all__ = ["CrfGlosser"]

_BATCH = 256


class CrfGlosser(Glosser):
    """Segments and glosses texts of one language; learns from about 20 glossed sentences on.

    A structured log-linear model: known morphemes give each word a few candidate analyses, a
    conditional random field over the sentence and its translation ranks them, and stems never seen
    are glossed from the translation. A training takes from a second to about a minute on one core.

    Args:
        settings: How it learns; the defaults suit any language.
        lexicon: Stems you know, with their glosses.
        closed_labels: If given, the only grammatical labels (glosses without a lower-case letter)
            that may be predicted.
        leave_alone: Words of the transcription that are copied as their own form and gloss.
        labels: Names of labels in the training data to the names you want, applied to all glosses
            that are learned from.
        seed: The same seed and data give the same glosser.

    Raises:
        NotFittedError: On prediction before `fit`.

    Example:
        >>> train = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("dog", "dog", "dog")]
        >>> CrfGlosser().fit(train).predict([IGT("dogs run")])[0].glosses
        'dog-PL run'
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        lexicon: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        closed_labels: Collection[str] | None = None,
        leave_alone: Collection[str] = (),
        labels: Mapping[str, str] | None = None,
        seed: int = 0,
    ) -> None:
        self.settings = settings or Settings()
        self.lexicon = _lexicon(lexicon)
        self.closed_labels = None if closed_labels is None else frozenset(closed_labels)
        self.leave_alone = frozenset(leave_alone)
        self.labels = dict(labels or {})
        self.seed = seed
        self.left_out = 0
        """Number of training texts no word of which could be learned from."""
        self._model: Model | None = None

    def fit(self, train: Iterable[IGT], dev: Iterable[IGT] | None = None) -> Self:
        """Learn from glossed texts.

        Words are learned from where transcription, segmentation and glosses pair up, with or
        without a translation. Where only the segmentation is missing, it is inferred.

        Args:
            train: The texts.
            dev: Not needed; taken so that all glossers are fitted alike.

        Raises:
            InputError: If no word can be learned from.
        """
        del dev
        texts = [self._rename(text) for text in require_texts(train)]
        segments = any(split_words(text.segmentation) for text in texts)
        sentences = [prepare(text, segments=segments) for text in texts]
        self.left_out = sum(not any(sentence.analyses) for sentence in sentences)
        if self.left_out == len(sentences):
            raise InputError(
                f"none of {len(texts)} texts has a word with segmentation and gloss that pair up "
                "with the transcription; see igtkit.check"
            )
        habits = Habits.learn(texts)
        extra: list[Analysis] = [((form, gloss, ""),) for form, gloss in self.lexicon]
        fixed: dict[str, Any] = {"extra": len(extra), "closed": self.closed_labels}
        if segments and any(_open_words(sentence) for sentence in sentences):
            items, taught = collect(sentences, habits, extra)
            first = Model(self.settings, habits, items, taught, **fixed)
            sentences = fill_forms(first, sentences)
        items, taught = collect(sentences, habits, extra)
        model = Model(self.settings, habits, items, taught, **fixed)
        model.segments = segments
        _train(model, sentences, self.seed)
        self._model = model
        return self

    def predict(
        self,
        items: Iterable[IGT],
        *,
        given: Given | None = None,
        n_best: int = 1,
        threshold: float = 0.0,
        evidence: bool = False,
        labels: Mapping[str, str] | None = None,
    ) -> list[Prediction]:
        """Segment and gloss texts.

        Args:
            items: The texts. Their segmentation and glosses are ignored unless asked for.
            given: ``"segmentation"`` to gloss the segmentation that the texts have; ``"partial"``
                to fill only the words and glosses that are missing or ``???``, and change no
                other.
            n_best: Number of suggestions for each word.
            threshold: Words whose analysis is less probable than this are glossed ``???``.
            evidence: Whether suggestions say what they rest on.
            labels: Names of labels to the names the predictions shall have.

        Returns:
            One prediction for each text. `Prediction.words` has the suggestions for each token of
            the transcription, `Prediction.score` the mean probability of the words.

        Raises:
            InputError: If a text lacks the line that is needed.
            NotFittedError: Before `fit`.
        """
        model = self._fitted()
        if given not in (None, "segmentation", "partial"):
            raise InputError(f"given must be None, 'segmentation' or 'partial', not {given!r}")
        if n_best < 1:
            raise InputError(f"n_best must be a whole number from 1, not {n_best!r}")
        if not 0 <= threshold <= 1:
            raise InputError(f"threshold must be a probability from 0 to 1, not {threshold!r}")
        texts = require_texts(items)
        witness = Witness(model) if evidence else None
        writer = _Writer(model, witness, self.leave_alone, n_best, threshold, dict(labels or {}))
        result: list[Prediction] = []
        for first in range(0, len(texts), _BATCH):
            batch = [_source(text, given) for text in texts[first : first + _BATCH]]
            sentences = [sentence for sentence, _ in batch]
            fixed = [known for _, known in batch]
            some = any(word != (None, None) for known in fixed for word in known)
            analyses = analyze(model, sentences, fixed if some else None)
            for text, sentence, known, words in zip(
                texts[first : first + _BATCH], sentences, fixed, analyses, strict=True
            ):
                if given == "segmentation":
                    gaps = tuple(map(tuple, separate_words(split_words(text.segmentation))[1]))
                    prediction = writer.write(attrs.evolve(sentence, gaps=gaps), known, words)
                    prediction = attrs.evolve(prediction, segmentation=text.segmentation)
                else:
                    prediction = writer.write(sentence, known, words)
                result.append(prediction)
        return result

    def update(self, corrected: IGT | Iterable[IGT]) -> Self:
        """Take in corrected texts at once, without training.

        Memory, lexicon and counts learn the new words, morphemes and labels; the weights of the
        ranker stay, until the next `fit`.

        Args:
            corrected: Texts with transcription, segmentation and glosses.

        Raises:
            InputError: If a text has no word to learn from; nothing is taken in then.
            NotFittedError: Before `fit`.
        """
        model = self._fitted()
        texts = require_texts([corrected] if isinstance(corrected, IGT) else corrected)
        sentences = [prepare(self._rename(text), segments=model.segments) for text in texts]
        for text, sentence in zip(texts, sentences, strict=True):
            if not any(sentence.analyses):
                raise InputError(
                    "there is no word to learn from: transcription, segmentation and glosses do "
                    f"not pair up in {text.transcription!r}; see igtkit.check"
                )
        model.add(sentences)
        return self

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save to a folder: ``config.json``, ``tables.json``, ``weights.npz``.

        Raises:
            NotFittedError: Before `fit`.
        """
        options: dict[str, Any] = {
            "lexicon": self.lexicon,
            "closed_labels": None if self.closed_labels is None else sorted(self.closed_labels),
            "leave_alone": sorted(self.leave_alone),
            "labels": self.labels,
            "seed": self.seed,
            "left_out": self.left_out,
        }
        save(self._fitted(), Path(directory), options)

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load from a folder.

        Raises:
            ModelFileError: If the folder holds no such glosser, or a damaged one.
        """
        model, config = load(Path(directory))
        try:
            glosser = cls(
                model.settings,
                lexicon=[(form, gloss) for form, gloss in config["lexicon"]],
                closed_labels=config["closed_labels"],
                leave_alone=config["leave_alone"],
                labels=config["labels"],
                seed=int(config["seed"]),
            )
            glosser.left_out = int(config["left_out"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFileError(f"{directory} holds a damaged CrfGlosser: {error!r}") from error
        glosser._model = model
        return glosser

    def _fitted(self) -> Model:
        if self._model is None:
            raise NotFittedError("this CrfGlosser has learned nothing yet; call fit(train) first")
        return self._model

    def _rename(self, text: IGT) -> IGT:
        return text.replace(glosses=rename(text.glosses, self.labels)) if self.labels else text


_train = train


def _lexicon(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    pairs = tuple(given.items()) if isinstance(given, Mapping) else tuple(map(tuple, given))
    for pair in pairs:
        if len(pair) != 2 or not all(isinstance(part, str) and part for part in pair):
            raise InputError(f"a lexicon holds pairs of a stem and its gloss, not {pair!r}")
    return pairs  # type: ignore[return-value]


def _open_words(sentence: Sentence) -> bool:
    """Whether a word has a gloss and no segmentation."""
    return any(form is None and gloss is not None for form, gloss in sentence.partial)


def _source(text: IGT, given: Given | None) -> tuple[Sentence, list[Fixed]]:
    """What is to be analyzed of a text, and what is fixed of each word."""
    if given == "segmentation":
        words, _ = separate_words(split_words(text.segmentation))
        if not words:
            raise InputError(f"there is no segmentation to gloss in {text.transcription!r}")
        surface = text.transcription
        if len(separate_words(split_words(surface))[0]) != len(words):
            surface = " ".join(_plain(token) for token in split_words(text.segmentation))
        return prepare(IGT(surface, None, None, text.translation)), [(w, None) for w in words]
    if text.transcription is None:
        raise InputError("a text without transcription cannot be segmented and glossed")
    sentence = prepare(IGT(text.transcription, None, None, text.translation))
    if given == "partial":
        return sentence, known_words(text)
    return sentence, [(None, None)] * len(sentence.words)


def _plain(form: str) -> str:
    return "".join(part for _, part in split_morphemes(form)) or form


@attrs.frozen
class _Writer:
    """Writes hypotheses as a prediction."""

    model: Model
    witness: Witness | None
    leave_alone: frozenset[str]
    n_best: int
    threshold: float
    labels: Mapping[str, str]

    def write(
        self, sentence: Sentence, fixed: Sequence[Fixed], words: Sequence[Sequence[Hypothesis]]
    ) -> Prediction:
        """Choose an analysis for each word and join them to lines."""
        suggestions = [
            self._word(surface, known, hypotheses)
            for surface, known, hypotheses in zip(sentence.words, fixed, words, strict=True)
        ]
        best = [row[0] for row in suggestions]
        habits = self.model.habits
        forms = habits.line([one.form or "" for one in best], sentence.gaps, 0)
        glosses = habits.line([one.gloss or "" for one in best], sentence.gaps, 1)
        probabilities = [one.probability or 0.0 for one in best]
        tokens: list[tuple[Suggestion, ...]] = []
        for index, gap in enumerate(sentence.gaps):
            for mark in gap:
                form, gloss = habits.keeps(mark)
                tokens.append((Suggestion(mark if form else None, mark if gloss else None),))
            if index < len(suggestions):
                tokens.append(tuple(suggestions[index]))
        return Prediction(
            forms if self.model.segments else None,
            glosses,
            score=sum(probabilities) / len(probabilities) if probabilities else None,
            system="CrfGlosser",
            words=tuple(tokens),
        )

    def _word(
        self, surface: str, fixed: Fixed, hypotheses: Sequence[Hypothesis]
    ) -> list[Suggestion]:
        if fixed == (None, None) and surface in self.leave_alone:
            return [Suggestion(surface, surface, 1.0, ("left alone, as asked",))]
        merged = _merge(hypotheses)
        best, _ = least_risk(hypotheses)
        chosen = next(o for o in merged if (o.forms, o.glosses) == (best.forms, best.glosses))
        if chosen.probability < self.threshold:
            chosen = attrs.evolve(chosen, glosses=(MISS,) * len(chosen.glosses))
        ranked = [chosen, *(o for o in merged if o is not chosen and MISS not in o.glosses)]
        rows = [self._suggestion(surface, one) for one in ranked[: max(1, self.n_best)]]
        if fixed == (None, None):
            return rows
        rows = [_keep(fixed, row) for row in rows]
        return list({(row.form, row.gloss): row for row in reversed(rows)}.values())[::-1]

    def _suggestion(self, surface: str, one: Hypothesis) -> Suggestion:
        glosses = [UNKNOWN if gloss == MISS else gloss for gloss in one.glosses]
        evidence: tuple[str, ...] = ()
        if self.witness is not None:
            evidence = self.witness.evidence(self.model.core(surface), one)
        gloss = rename(one.joined(glosses), self.labels)
        return Suggestion(one.joined(one.forms), gloss, min(1.0, one.probability), evidence)


def _merge(hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Hypotheses that read the same as one, likeliest first."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Hypothesis] = {}
    for one in hypotheses:
        same = found.setdefault((one.forms, one.glosses), one)
        if same is not one:
            total = same.probability + one.probability
            found[one.forms, one.glosses] = attrs.evolve(same, probability=total)
    return sorted(found.values(), key=lambda one: -one.probability)


def _keep(fixed: Fixed, row: Suggestion) -> Suggestion:
    """What a person has done, with the rest from a suggestion where it fits."""
    form, gloss = fixed
    new_form, new_gloss = row.form or UNKNOWN, row.gloss or UNKNOWN
    if gloss is not None:
        if form is None:
            form = fitting_form(new_form, gloss)
        gloss = fill_gloss(gloss, new_gloss)
    elif form is not None:
        mine, other = split_morphemes(form), split_morphemes(new_gloss)
        if len(mine) == len(other):
            gloss = "".join(m[0] + o[1] for m, o in zip(mine, other, strict=True))
        else:
            gloss = "".join(boundary + UNKNOWN for boundary, _ in mine)
    return attrs.evolve(row, form=form, gloss=gloss)
