"""`CrfGlosser`: the public face of the laptop glosser."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit._processes import count_processes
from igtkit._progress import Progress
from igtkit.boundaries import separate_words, split_words
from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import InputError, NotFittedError
from igtkit.igt import IGT, Prediction
from igtkit.igt.key import seen_among
from igtkit.models._learnable import texts_to_learn
from igtkit.models._manifest import damaged
from igtkit.models._schema import list_of, optional, record, string, table_of, tuple_of, whole
from igtkit.models._unicode import (
    UnicodeForm,
    all_taken,
    given_back,
    learn_form,
    lines_of,
    normalized,
)
from igtkit.models.base import Given, Glosser, nothing_learned, require_given, require_texts
from igtkit.models.crf.checkpoint import load_crf, save_crf
from igtkit.models.crf.corrections import take_in
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.labels import rename, restore
from igtkit.models.crf.learning import Learning
from igtkit.models.crf.left_out import passed_over, refused_texts, why_refused
from igtkit.models.crf.model import CrfSettings, Model
from igtkit.models.crf.output.backoff import back_off
from igtkit.models.crf.output.evidence import Witness
from igtkit.models.crf.output.prediction import Writer
from igtkit.models.crf.parallel import analyze_all
from igtkit.models.crf.sentences import (
    Analysis,
    Sentence,
    finished,
    has_open_words,
    make_sentence,
    to_analyze,
)
from igtkit.models.crf.training import fill_forms
from igtkit.models.crf.user_lexicon import Entries, LexiconUse, entry_analysis, read_entries
from igtkit.models.partial import OPEN, keep_marks

__all__ = ["CrfGlosser"]

_OF_ENTRY = ("form", "gloss", "morph_type", "pos", "id")
_OPTIONS = record(
    lexicon=list_of(tuple_of(string, *[optional(string)] * (len(_OF_ENTRY) - 1))),
    closed_labels=optional(list_of(string)),
    leave_alone=list_of(string),
    labels=table_of(string),
    seed=whole(-(2**63), 2**63),
    left_out=whole(0, 2**53),
)


class CrfGlosser(Glosser):
    """The laptop glosser: learns one language from about 20 glossed sentences on.

    A structured log-linear model: known morphemes give each word a few candidate analyses, a
    conditional random field over the sentence and its translation ranks them, and stems never seen
    are glossed from the translation. A training takes from a second to about a minute on one core.

    Args:
        settings: How it learns; the defaults suit any language.
        lexicon: Stems and affixes you know, with their glosses: a mapping, pairs, or entries, say
            from `igtkit.io.read_lexicon`.
        closed_labels: If given, the only grammatical labels that may be predicted. A label is a
            gloss, or a part of one (``go.PST``), in capitals; or not (``pl``), where most of the
            texts' labels are so. What is in a script without case is a word.
        leave_alone: Words of the transcription that are copied as their own form and gloss.
        labels: Names of labels in the training data to the names you want, applied to all glosses
            that are learned from, and to the lexicon's.
        seed: The same seed and data give the same glosser.

    Attributes:
        unused: Entries of the lexicon that are of no use: without gloss, of several words, or with
            other boundaries in the form than in the gloss.
        lexicon_use: How many entries of the lexicon are of use, why the others are not, and, after
            `fit`, how many forms of them occur in the texts.
        left_out: Number of texts, of the last `fit` and the updates since, no word of which could
            be learned from.
        refused: These texts, of the last `fit` or `update`.
        passed_over: Texts learned from in part since that `fit`, each with the words left out.

    Raises:
        InputError: If the lexicon holds something else.
        NotFittedError: On prediction before `fit`.

    Example:
        >>> train = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("dog", "dog", "dog")]
        >>> CrfGlosser().fit(train).predict([IGT("dogs run")])[0].glosses
        'dog-PL run'
    """

    def __init__(
        self,
        settings: CrfSettings | None = None,
        *,
        lexicon: Entries | None = None,
        closed_labels: Collection[str] | None = None,
        leave_alone: Collection[str] = (),
        labels: Mapping[str, str] | None = None,
        seed: int = 0,
    ) -> None:
        self.settings = settings or CrfSettings()
        self.lexicon = read_entries(() if lexicon is None else lexicon)
        self.closed_labels = None if closed_labels is None else frozenset(closed_labels)
        self.leave_alone = frozenset(leave_alone)
        self.labels = dict(labels or {})
        self.seed = seed
        self.lexicon_use = LexiconUse.of(self.lexicon)
        self.unused = self.lexicon_use.unused
        self.left_out = 0
        self.refused: tuple[IGT, ...] = ()
        self.passed_over: tuple[tuple[IGT, tuple[str, ...]], ...] = ()
        self._model: Model | None = None
        self._form: UnicodeForm = "NFC"

    def fit(
        self,
        train: Iterable[IGT],
        dev: Iterable[IGT] | None = None,
        *,
        unlabeled: Iterable[IGT] = (),
        progress: bool | None = None,
        ungrammatical: bool = False,
    ) -> Self:
        """Learn from glossed texts.

        Words are learned from whose lines pair up (by their letters, if a line has more words),
        with or without a translation. Where only the segmentation is missing, it is inferred.

        Args:
            train: The texts.
            dev: Not needed; taken so that all glossers are fitted alike.
            unlabeled: Texts without glosses, best those to be glossed later, with translations if
                they have any. Other forms of a stem never seen tell where it ends, and translations
                what it means. Their own segmentation and glosses are not looked at.
            progress: False for no bar; else one stands in a terminal (extra ``progress``).
            ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

        Raises:
            InputError: If no word can be learned from, or an unlabeled text has no transcription.
        """
        del dev
        others = require_texts(unlabeled)
        given = texts_to_learn(train, type(self).__name__, ungrammatical=ungrammatical)
        form = learn_form(lines_of(given))
        sources = [to_analyze(text, None) for text in all_taken(others, form)]
        texts = [self._rename(text) for text in all_taken(given, form)]
        segments = any(split_words(text.segmentation) for text in texts)
        sentences = [make_sentence(text, segments=segments) for text in texts]
        refused = refused_texts(texts, sentences)
        if len(refused) == len(sentences):
            raise nothing_learned(
                texts,
                "has a word with segmentation and gloss that pair up with the transcription; "
                "see igtkit.check",
            )
        extra = self._extra(form)
        how = Learning(self.settings, extra, self.closed_labels, self.seed, progress)
        model = how.learn(texts, sentences)
        analyses = [one for batch in analyze_all(model, sources) for one in batch]
        model.unglossed = model.unglossed.with_texts(_lines(model, sources), analyses)
        self._model, self._form = model, form
        self.refused, self.left_out = refused, len(refused)
        self.passed_over = passed_over(texts, sentences)
        if self.lexicon:
            self.lexicon_use = self.lexicon_use.with_texts(extra, sentences)
            self.lexicon_use.log()
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
        transductive: bool = False,
        progress: bool | None = None,
        n_jobs: int = 1,
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
            transductive: Whether these texts count as unlabeled, too (see `fit`): better for small
                corpora. Where a text's analyses are others by that, `Prediction.system` says so.
            progress: As for `fit`.
            n_jobs: Number of processes that share the texts, -1 for one for each core: the same
                predictions, sooner from some hundred texts on. Where processes are not forked
                (Windows, macOS, Python 3.14, other threads), a script needs its
                ``if __name__ == "__main__":``.

        Returns:
            One prediction for each text. `Prediction.words` has the suggestions for each token of
            the transcription, `Prediction.score` the mean probability of the words. Where looking
            words up was better than ranking on held-out training texts, it is done instead, and
            `Prediction.system` says so.

        Raises:
            InputError: If a text lacks the line that is needed, or an option is none.
            NotFittedError: Before `fit`.
        """
        model = self._fitted()
        require_given(given)
        processes = count_processes(n_jobs)
        if n_best < 1:
            raise InputError(f"n_best must be a whole number from 1, not {n_best!r}")
        if not 0 <= threshold <= 1:
            raise InputError(f"threshold must be a probability from 0 to 1, not {threshold!r}")
        own = require_texts(items)
        texts = all_taken(own, self._form)
        witness = Witness(model, labels or {}) if evidence else None
        alone = frozenset(normalized(word, self._form) or "" for word in self.leave_alone)
        writer = Writer(model, witness, alone, n_best, threshold, dict(labels or {}))
        sources, state = [to_analyze(text, given) for text in texts], len(model.sentences)
        analyses: list[list[list[Hypothesis]]] = []
        with Progress(len(texts), progress, "glossing") as bar:
            for batch in analyze_all(model, sources, processes):
                analyses += batch
                bar.advance(len(batch))
        pairs = zip(sources, analyses, strict=True)
        open_ = ((one, found) for (one, done), found in pairs if set(done) <= {OPEN})
        model.suggested.keep(state, open_)
        lines = _lines(model, sources)
        read, changed = model.unglossed.read_all(lines, analyses, together=transductive)
        result: list[Prediction] = []
        for typed, text, (sentence, known), words, together in zip(
            own, texts, sources, read, changed, strict=True
        ):
            how = ["texts glossed together"] if together else []
            if given == "segmentation":
                gaps = tuple(map(tuple, separate_words(split_words(text.segmentation))[1]))
                prediction = writer.write(attrs.evolve(sentence, gaps=gaps), known, words)
                prediction = attrs.evolve(prediction, segmentation=typed.segmentation)
            elif given is None and model.backoff is not None:
                looked_up = back_off(model, model.backoff, sentence, words)
                prediction = writer.write(sentence, known, looked_up)
                how.append(model.backoff.name)
            else:
                prediction = writer.write(sentence, known, words)
                prediction = keep_marks(text, prediction) if given == "partial" else prediction
            if how:
                system = f"{prediction.system} ({'; '.join(how)})"
                prediction = attrs.evolve(prediction, system=system)
            result.append(given_back(prediction, typed, self._form))
        return result

    def update(
        self, corrected: IGT | Iterable[IGT], *, labels: Mapping[str, str] | None = None
    ) -> Self:
        """Take in corrected texts at once, without training.

        Memory, lexicon and counts learn the new words, morphemes and labels; the weights of the
        ranker stay, until the next `fit`. What is suggested for each word before it is learned is
        compared with what is right, and later probabilities are higher or lower by that. Every word
        is learned from whose form and gloss pair up and hold no ``???``; where only the form is
        missing, it is inferred. Texts without such a word are passed over, counted in `left_out`
        and kept in `refused`.

        Args:
            corrected: Texts with transcription, glosses and segmentation.
            labels: The names that `predict` was asked to give the labels; they are undone first.

        Raises:
            InputError: If no text has a word to learn from, or two of the labels were given one
                name; nothing is taken in then.
            NotFittedError: Before `fit`.
        """
        model = self._fitted()
        given = require_texts([corrected] if isinstance(corrected, IGT) else corrected)
        own = restore(labels or {})
        taken = all_taken(given, self._form)
        texts = [self._rename(text.replace(glosses=rename(text.glosses, own))) for text in taken]
        as_given = [make_sentence(text, segments=model.segments) for text in texts]
        sentences = list(map(finished, as_given))
        if model.segments and any(map(has_open_words, sentences)):
            sentences = fill_forms(model, sentences)
        refused = refused_texts(given, sentences)
        if given and len(refused) == len(given):
            raise InputError(why_refused(given))
        self.refused = refused
        self.left_out += len(refused)
        self.passed_over += passed_over(given, as_given)
        take_in(model, [sentence for sentence in sentences if any(sentence.analyses)])
        return self

    def find_seen(self, items: Iterable[IGT]) -> list[bool]:
        """Tell which texts the glosser has learned from; see `Glosser.find_seen`.

        Raises:
            NotFittedError: Before `fit`.
        """
        taught = (one for one in self._fitted().sentences if any(item >= 0 for item in one.items))
        return seen_among(require_texts(items), (IGT(" ".join(one.words)) for one in taught))

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save to a folder.

        Raises:
            NotFittedError: Before `fit`.
        """
        options: dict[str, Any] = {
            "lexicon": [[getattr(entry, name) for name in _OF_ENTRY] for entry in self.lexicon],
            "closed_labels": None if self.closed_labels is None else sorted(self.closed_labels),
            "leave_alone": sorted(self.leave_alone),
            "labels": self.labels,
            "seed": self.seed,
            "left_out": self.left_out,
        }
        save_crf(self._fitted(), directory, options)

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load from a folder.

        Raises:
            ModelFileError: If the folder holds no such glosser, or a damaged one.
        """
        model, settings = load_crf(directory)
        with damaged(Path(directory)):
            options = _OPTIONS(settings)
            lexicon, left_out = options.pop("lexicon"), options.pop("left_out")
            entries = [LexiconEntry(*row) for row in lexicon]
            glosser = cls(model.settings, lexicon=entries, **options)
        glosser.left_out, glosser._model = left_out, model
        glosser._form = learn_form(map(str, model.lexicon.forms.all))
        return glosser

    def _fitted(self) -> Model:
        if self._model is None:
            raise NotFittedError("this CrfGlosser has learned nothing yet; call fit(train) first")
        return self._model

    def _extra(self, form: UnicodeForm) -> list[Analysis]:
        """The analyses that the lexicon gives, each once, in a form."""
        renamed = [attrs.evolve(e, gloss=rename(e.gloss, self.labels)) for e in self.lexicon]
        found = [entry_analysis(entry, form) for entry in renamed]
        return list(dict.fromkeys(analysis for analysis in found if analysis is not None))

    def _rename(self, text: IGT) -> IGT:
        return text.replace(glosses=rename(text.glosses, self.labels)) if self.labels else text


def _lines(model: Model, sources: Iterable[tuple[Sentence, object]]) -> list[list[str]]:
    """The words of each sentence as the lexicon has them."""
    return [[model.core(word) for word in sentence.words] for sentence, _ in sources]
