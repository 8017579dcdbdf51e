"""Evidence: why a suggestion is made, in words a linguist can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.labels import rename
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.model import Model, lower
from igtkit.models.crf.unknown import OTHER_GLOSS
from igtkit.models.crf.unknown.field import plain
from igtkit.models.crf.unknown.rules import has_capital

__all__ = ["Witness"]

_SHOWN = 3  # sentences that are shown; by hand
_CLUES = "sentences like this one, which morphemes go together, and the translation"
_FEWEST = 0.5  # other words with a stem that are worth a mention; by hand
_MUCH = 0.1  # how much a second opinion changes a probability that it is worth a line; by hand


class Witness:
    """Looks up what the training data and the user's lexicon say for a suggestion.

    Args:
        model: The model.
        labels: Names of labels to the names they shall have.
    """

    def __init__(self, model: Model, labels: Mapping[str, str]) -> None:
        self.model = model
        self.labels = labels
        self.seen = model.occurrences()
        entries = [model.items[item].analysis for item in range(model.extra)]
        self._entries = {(form, gloss) for one in entries for form, gloss, _ in one}

    def evidence(self, word: str, one: Hypothesis, translation: Sequence[str]) -> tuple[str, ...]:
        """Return what speaks for an analysis of a word, a line for each piece of evidence.

        Args:
            word: The word, lower-cased, without edge punctuation.
            one: The analysis.
            translation: The words of the translation.

        Returns:
            For an analysis the word has had, how often, and some of the sentences; for any other,
            a line for each morpheme. Then, where the second opinion makes it much likelier or less
            likely, that it does, and by what.
        """
        if OTHER_GLOSS in one.glosses:
            return ("nothing is probable enough",)
        return (*self._grounds(word, one, translation), *_second(one))

    def _grounds(self, word: str, one: Hypothesis, translation: Sequence[str]) -> tuple[str, ...]:
        analysis = tuple(zip(one.forms, one.glosses, one.boundaries, strict=True))
        item = self.model.number.get((word, analysis), -1)
        listed = ("in your lexicon",) if 0 <= item < self.model.extra else ()
        if item in self.seen.items:
            places = self.seen.items[item]
            examples = dict.fromkeys(number for number, _ in places)
            shown = [self._sentence(number) for number in list(examples)[:_SHOWN]]
            return (f"seen {_times(len(places))} with this analysis", *listed, *shown)
        if listed:
            return listed
        lines = [self._morpheme(form, gloss, one, translation) for form, gloss, _ in analysis]
        return ("put together from its morphemes", *lines) if len(lines) > 1 else tuple(lines)

    def _morpheme(self, form: str, gloss: str, one: Hypothesis, translation: Sequence[str]) -> str:
        places = self.seen.morphs.get((form, gloss), [])
        name = rename(gloss, self.labels)
        if places:
            number, word = places[0]
            sentence = self.model.sentences[number]
            where = f" ({sentence.id})" if sentence.id else ""
            seen = f"{form!r} seen {_times(len(places))} as {name!r}"
            listed = ", and in your lexicon" if (form, gloss) in self._entries else ""
            return f"{seen}, as in {sentence.words[word]!r}{where}{listed}"
        if (form, gloss) in self._entries:
            return f"{form!r} is {name!r} in your lexicon"
        known = self.seen.glosses.get(form.lower())
        other = rename(known.most_common(1)[0][0], self.labels) if known else None
        new = (
            f"{form!r} is known as {other!r}, but may be new" if known else f"{form!r} is not known"
        )
        kin = f", but is in {_words(one.kin)} without a gloss" if one.kin >= _FEWEST else ""
        return f"{new}{kin}; {self._guess(form, gloss, one.source, translation)}"

    def _guess(self, form: str, gloss: str, source: str, translation: Sequence[str]) -> str:
        """The source of the gloss of an unknown stem, in words."""
        if source == "word":
            word = self._made_of(gloss, translation)
            languages = self._languages(gloss, word)
            others = f", which {languages} languages gloss so" if languages > 1 else ""
            return f"{gloss!r} is guessed from {word!r} in the translation{others}"
        if source == "with":
            word = self._goes_with(gloss, translation)
            return f"{gloss!r} is a known gloss that often goes with {word!r} in translations"
        if source == "field":
            word = max(translation, key=lambda word: self._share(gloss, word), default=gloss)
            languages = self._languages(gloss, word)
            return (
                f"{gloss!r} is what {languages} languages gloss where the translation has {word!r}"
            )
        if source == "near":
            like = self._spelled_like(form, gloss)
            return f"{gloss!r} is the gloss of {like!r}, which is spelled almost alike"
        if source == "rare":
            return f"{gloss!r} is what rare stems are often glossed"
        if source == "pooled":
            return f"{gloss!r} is guessed from the translations of other texts with it"
        return "it stands as its own gloss"

    def _made_of(self, gloss: str, translation: Sequence[str]) -> str:
        unknowns, is_word = self.model.unknowns, self.model.translations.word
        known = unknowns.knowledge.glosses
        shares = {
            word: made.share
            for t, word in enumerate(translation)
            for made in unknowns.rules.apply(
                word, known, is_word, capital=has_capital(translation, t)
            )
            if made.gloss == gloss
        }
        return max(shares, key=shares.__getitem__, default=gloss)

    def _goes_with(self, gloss: str, translation: Sequence[str]) -> str:
        company = self.model.translations.company
        shares = {
            word: share
            for word in translation
            for other, _, share in company(fold(word))
            if other == gloss
        }
        return max(shares, key=shares.__getitem__, default=gloss)

    def _share(self, gloss: str, word: str) -> float:
        entry = self.model.unknowns.field.words.get(fold(word))
        return 0.0 if entry is None else entry.glosses.get(plain(gloss), 0.0)

    def _languages(self, gloss: str, word: str) -> int:
        """In how many other languages a word of the translation is glossed so."""
        entry = self.model.unknowns.field.words.get(fold(word))
        return 0 if entry is None else entry.languages.get(plain(gloss), 0)

    def _spelled_like(self, form: str, gloss: str) -> str:
        knowledge = self.model.unknowns.knowledge
        near = [chunk for chunk, _ in knowledge.like(lower(form))]
        return next((chunk for chunk in near if gloss in knowledge.by_chunk[chunk]), form)

    def _sentence(self, number: int) -> str:
        sentence = self.model.sentences[number]
        line = " ".join(sentence.words)
        return f"{sentence.id}: {line}" if sentence.id else line


def _second(one: Hypothesis) -> tuple[str, ...]:
    """What the second opinion says of an analysis, if it is much."""
    if abs(one.gain) < _MUCH:
        return ()
    way = "likelier" if one.gain > 0 else "less likely"
    return (f"made {way} by a second opinion: {_CLUES}",)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _words(number: float) -> str:
    return f"{round(number)} other words" if round(number) > 1 else "another word"
