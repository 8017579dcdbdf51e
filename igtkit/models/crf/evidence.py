"""Why a suggestion is made, in words a linguist can check."""

from __future__ import annotations

from igtkit.models.crf.decode import Hypothesis
from igtkit.models.crf.model import Model

__all__ = ["Witness"]

_SOURCES = {
    "word": "{gloss!r} is guessed from a word of the translation",
    "with": "{gloss!r} often goes with a word of this translation",
    "copy": "{form!r} is not known and copied as its own gloss",
    "low": "{form!r} is not known and copied as its own gloss",
    "near": "{gloss!r} is the gloss of a stem spelled almost like {form!r}",
    "rare": "{gloss!r} is what rare stems are often glossed",
    "none": "{form!r} is not known, and no gloss suggests itself",
}
_SHOWN = 3


class Witness:
    """Looks up what the training data says for a suggestion."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._sentences: dict[int, list[int]] = {}
        for number, sentence in enumerate(model.sentences):
            for item in sentence.items:
                if item >= 0:
                    self._sentences.setdefault(item, []).append(number)
        self._morphs: dict[tuple[str, str], int] = {}
        for item, numbers in self._sentences.items():
            for form, gloss, _ in model.items[item].analysis:
                self._morphs[form, gloss] = self._morphs.get((form, gloss), 0) + len(numbers)

    def evidence(self, word: str, one: Hypothesis) -> tuple[str, ...]:
        """What speaks for an analysis of a word.

        Args:
            word: The word, lower-cased, without edge punctuation.
            one: The analysis.
        """
        analysis = tuple(zip(one.forms, one.glosses, one.boundaries, strict=True))
        item = self.model.number.get((word, analysis))
        if item is not None and item in self._sentences:
            numbers = self._sentences[item]
            examples = [" ".join(self.model.sentences[n].words) for n in dict.fromkeys(numbers)]
            return (f"seen {_times(len(numbers))} with this analysis", *examples[:_SHOWN])
        found: list[str] = []
        for form, gloss, _ in analysis:
            seen = self._morphs.get((form, gloss), 0)
            if seen:
                found.append(f"{form!r} seen {_times(seen)} as {gloss!r}")
            elif one.source:
                found.append(_SOURCES[one.source].format(form=form, gloss=gloss))
        return ("put together from its morphemes", *found)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
