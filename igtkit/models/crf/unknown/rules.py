"""Rules that make a gloss of a word of the translation.

``brothers`` is glossed ``brother``, ``angry`` ``be.angry``, ``busca`` ``buscar``. Each pair of
a gloss and the word it looks like gives a rule: what is put before, what is put after, what is cut
off.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence
from operator import itemgetter

import attrs

from igtkit._characters import shared_start
from igtkit.models.crf.likeness import alike, fold, pieces

__all__ = ["GlossRules", "Made", "find_rule", "has_capital"]

# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_MADE = 3  # glosses made of a word
_LONGEST = 5  # of what is cut off
_KNOWN_BONUS = 4.0  # how much likelier a gloss is that other stems have
_NO_WORD = 0.4  # and one that is no word of any translation
_CAPITAL_KEPT = 0.5  # how often a capital is kept where nothing is known of capitals yet
_SHORT_LIST = 24  # glosses that are looked at again with what is known then
_AS_WRITTEN = "\1"  # in a rule: the word itself, upper case and all

Rule = tuple[str, str, str]
"""``(put before, put after, cut off)``."""
_Share = tuple[float, str, str, str]  # less the share of a rule, and the rule
_NOTHING = (0.0, "", "")


@attrs.frozen
class Made:
    """A gloss a rule makes of a word.

    Attributes:
        gloss: The gloss.
        rule: The rule, as a string.
        share: How often the rule was right where it could apply, 0 to 1.
    """

    gloss: str
    rule: str
    share: float


def has_capital(words: Sequence[str], at: int) -> bool:
    """Whether a word of a translation has a capital that is its own, not the sentence's.

    Example:
        >>> [has_capital(["The", "man", "saw", "Jacob"], at) for at in range(4)]
        [False, False, False, True]
    """
    return at > 0 and words[at][:1].isupper()


def find_rule(gloss: str, word: str) -> Rule | None:
    """The rule that makes a gloss from a word of the translation, if one does.

    Example:
        >>> find_rule("be.angry", "angry"), find_rule("brother", "brothers")
        (('be.', '', ''), ('', '', 's'))
        >>> find_rule("go", "house") is None
        True
    """
    low, lowered = word.lower(), gloss.lower()
    if gloss == word and low != word:
        return (_AS_WRITTEN, "", "")
    best: tuple[int, Rule] | None = None
    for start in range(len(lowered)):
        if start and lowered[start - 1].isalnum():
            continue
        shared = shared_start(lowered[start:], low)
        if shared >= min(3, len(low)) and (best is None or shared > best[0]):
            rule = (gloss[:start], gloss[start + shared :], low[shared:])
            if len(rule[0]) <= 6 and len(rule[1]) <= 6 and len(rule[2]) <= _LONGEST:
                best = (shared, rule)
    return best[1] if best else None


class GlossRules:
    """The rules of a corpus, with how often each was right."""

    def __init__(self) -> None:
        self._rules: Counter[Rule] = Counter()
        self._total: Counter[str] = Counter()
        self._by_cut: defaultdict[str, list[Rule]] = defaultdict(list)
        self._capitals: Counter[bool] = Counter()  # whether a word with one is kept as written
        self._made: dict[tuple[str, bool], list[tuple[float, str, str]]] = {}
        self._shares: dict[str, list[_Share]] = {}

    def learn(self, glosses: Sequence[str], words: Sequence[str]) -> set[str]:
        """Count the rules that one sentence shows.

        Args:
            glosses: Its glosses.
            words: Its translation.

        Returns:
            The words of the translation that a gloss looks like, folded.
        """
        found: set[str] = set()
        folded = [fold(word) for word in words]
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for at, low in enumerate(folded):
            starts[low[:3]].append(at)
        for gloss in sorted(set(glosses)):
            best: tuple[int, int, str] | None = None
            parts = pieces(gloss)
            near = [(at, k) for k, part in enumerate(parts) for at in starts.get(part[:3], ())]
            for at, k in sorted(near):
                part, low = parts[k], folded[at]
                shared = shared_start(part, low)
                if shared >= 3 or shared == len(part) == len(low):
                    if alike(part, low):
                        found.add(low)
                    if best is None or shared > best[0]:
                        best = (shared, at, low)
            if best is not None:
                at = best[1]
                rule = find_rule(gloss, words[at])
                self._count(rule, best[2])
                if rule is not None and has_capital(words, at):
                    self._capitals[rule[0] == _AS_WRITTEN] += 1
        return found

    def _count(self, rule: Rule | None, low: str) -> None:
        if rule is None:
            return
        self._rules[rule] += 1
        if self._rules[rule] == (1 if rule[1:] == ("", "") else 2):
            self._by_cut[rule[2]].append(rule)
        for length in range(min(_LONGEST, len(low)) + 1):
            self._total[low[len(low) - length :]] += 1
        self._made, self._shares = {}, {}

    def apply(
        self,
        word: str,
        known: Container[str],
        is_word: Callable[[str], object] = lambda _: True,
        *,
        capital: bool = False,
    ) -> list[Made]:
        """The likeliest glosses for a word of the translation, best first.

        What a rule makes need not be a word (``cutt`` of ``cutting``): where a letter less or an
        ``e`` more makes a known one, that is taken.

        Args:
            word: The word, as written.
            known: Glosses that other stems have: these are likelier.
            is_word: Whether translations have a word, folded: other glosses are less likely.
            capital: Whether the word has a capital that is its own, as `has_capital` tells.

        Example:
            >>> rules = GlossRules()
            >>> _ = rules.learn(["walk", "talk"], ["walking", "talking"])
            >>> rules.apply("cutting", (), {"cut", "cutting"}.__contains__)[0].gloss
            'cut'
        """
        made = self._made.get((word, capital))
        if made is None:
            made = self._made[word, capital] = self._apply(word, capital)
        best: dict[str, tuple[float, str, float, str]] = {}
        least = 0.0  # what the last of those that count has
        for share, rule, gloss in made:
            if _KNOWN_BONUS * share < least:  # nor has any that follows more
                break
            weight = 1.0
            if gloss in known:
                weight = _KNOWN_BONUS
            elif share < least:
                continue  # it is no likelier for being a word
            elif not all(map(is_word, pieces(gloss))):
                mended = [g for g in _mended(gloss) if g in known or is_word(fold(g))]
                weight, gloss = (1.0, mended[0]) if mended else (_NO_WORD, gloss)  # noqa: PLW2901
            if gloss not in best or weight * share > -best[gloss][0]:
                best[gloss] = (-weight * share, gloss, share, rule)
                if len(best) >= _MADE and weight * share > least:
                    least = -sorted(best.values())[_MADE - 1][0]
        return [Made(gloss, rule, share) for _, gloss, share, rule in sorted(best.values())[:_MADE]]

    def _apply(self, word: str, capital: bool) -> list[tuple[float, str, str]]:
        """The share, rule and gloss of what rules make of a word, best first."""
        lowered, size = word.lower(), len(word.lower())
        rows: list[_Share] = []
        for length in range(min(_LONGEST, size - 1) + 1):
            rows += self._of_cut(lowered[size - length :])
        written = self._rules.get((_AS_WRITTEN, "", ""), 0)
        if capital:
            kept = (self._capitals[True] + _CAPITAL_KEPT) / (self._capitals.total() + 1)
            rows.append((-kept, _AS_WRITTEN, "", ""))
        elif written and word != lowered:
            rows.append((self._share(written, ""), _AS_WRITTEN, "", ""))
        best: dict[str, tuple[float, str, str]] = {}
        last = 0.0
        for share, before, after, cut in sorted(rows, key=itemgetter(0)):
            if len(best) >= _SHORT_LIST and share > last:
                break  # so many are better
            last = share
            made = before + lowered[: size - len(cut)] + after
            gloss = word if before == _AS_WRITTEN else made
            if gloss not in best:
                best[gloss] = (share, gloss, f"{before}|{after}|{cut}")
        best[lowered] = min((-0.01, lowered, "||"), best.get(lowered, _NOTHING))
        ranked = sorted(best.values())[:_SHORT_LIST]
        return [(-share, rule, gloss) for share, gloss, rule in ranked]

    def _share(self, times: int, cut: str) -> float:
        """Less the share of the words with a cut that a rule was right for."""
        return -min(1.0, times / (self._total.get(fold(cut), 0) + 1))

    def _of_cut(self, cut: str) -> list[_Share]:
        """The best rules of a cut, best first, but for the one that keeps a word as written."""
        found = self._shares.get(cut)
        if found is None:
            rules = [rule for rule in self._by_cut.get(cut, ()) if rule[0] != _AS_WRITTEN]
            every = [(self._share(self._rules[rule], cut), *rule) for rule in rules]
            every.sort(key=itemgetter(0))
            least = every[_SHORT_LIST - 1][0] if len(every) >= _SHORT_LIST else 0.0
            found = self._shares[cut] = [row for row in every if row[0] <= least]
        return found


def _mended(gloss: str) -> list[str]:
    """The ways to spell a cut word, such as ``cutt`` or ``settl``."""
    shorter = [gloss[:-1]] if len(gloss) > 3 and gloss[-1] == gloss[-2] else []
    return [*shorter, f"{gloss}e"]
