"""How a file writes glosses that read otherwise: ``long ago``, which reads ``long.ago``."""

from __future__ import annotations

from collections import Counter, defaultdict

from igtkit.io._morphs import bare_form, gloss_token
from igtkit.io.flextext.items import PhraseItems, pick_of
from igtkit.io.flextext.lines import Choice

__all__ = ["Spelling"]


class Spelling:
    """The glosses of the phrases written so far, as the file has them.

    FLEx knows a sense by its gloss, so a word that is glossed like another is written like it.

    Example:
        >>> from igtkit.io.flextext.items import WordItems
        >>> spelling, items = Spelling(), {"txt": [("x", "sari")], "gls": [("en", "long ago")]}
        >>> word = WordItems({}, [(None, items)])
        >>> spelling.count(PhraseItems({}, {}, [word], False), Choice("x", "en"))
        >>> spelling.of("sari", "long.ago"), spelling.of("other", "ago")
        ('long ago', 'ago')
    """

    def __init__(self) -> None:
        self._counts = defaultdict[tuple[str | None, str], Counter[str]](Counter)

    def count(self, phrase: PhraseItems, choice: Choice) -> None:
        """Count the glosses of the morphs of a phrase, unless a machine has suggested some."""
        if phrase.is_guess:
            return
        for word in phrase.words:
            for kind, items in word.morphs:
                text = pick_of(items, "gls", choice.analysis)
                token = gloss_token(text)
                if text is None or token is None:
                    continue
                form = bare_form(pick_of(items, "txt", choice.vernacular, any_other=True), kind)
                for key in ((form, token), (None, token)):
                    self._counts[key][text] += 1

    def of(self, form: str | None, gloss: str) -> str:
        """The gloss of a morpheme as it is written most often, best with the same form."""
        found = self._counts.get((form, gloss)) or self._counts.get((None, gloss))
        return gloss if found is None else found.most_common(1)[0][0]
