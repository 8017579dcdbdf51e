"""Which labels of a corpus are written in lower case: a guess from how they are used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import attrs

from igtkit._labels import is_standard_lower, parse_gloss
from igtkit.boundaries import LEIPZIG, list_words, split_word
from igtkit.errors import InputError
from igtkit.igt import IGT, require_igt

__all__ = ["guess_labels"]

_WORDS = frozenset(
    (
        *("all", "art", "com", "cop", "def", "det", "dist", "do", "du", "imp", "in", "ind", "ins"),
        *("pass", "pred", "rel", "res", "top", "tr"),
    )
)
"""Standard abbreviations that are words of English or French as well."""

# Chosen by eye on two dozen files of ODIN: with these an affix's gloss that is no standard
# abbreviation is taken where it recurs on different words, and compounds (`black-bird`) are not.
_USES = 5
"""How often an affix must have a gloss of its own making before that counts as a label."""
_HOSTS = 4
"""On how many different words."""
_LONGEST = 6
"""Letters of the longest such label."""


@attrs.frozen
class _Uses:
    """How often each element of the glosses stands where.

    Attributes:
        bound: In the gloss of a morpheme that is joined to one before it.
        hosts: The glosses of the first morphemes that these are joined to.
        later: After another element of a gloss that is not bound.
        first: As the first or only element of such a gloss.
        beside: For each element the first elements of the glosses it is a later one of.
    """

    bound: Counter[str] = attrs.field(factory=Counter)
    hosts: dict[str, set[str]] = attrs.field(factory=lambda: defaultdict(set))
    later: Counter[str] = attrs.field(factory=Counter)
    first: Counter[str] = attrs.field(factory=Counter)
    beside: dict[str, Counter[str]] = attrs.field(factory=lambda: defaultdict(Counter))


def guess_labels(texts: Iterable[IGT]) -> frozenset[str]:
    """Return the category labels that a corpus writes in lower case (``3sg``, ``nfut``).

    Leipzig's rule 3 wants capitals; FLEx, and many a project, has lower case, and leaves it to the
    printer to make small capitals. Taken for labels are, in lower case:

    - person with number or gender (``3sg``), and standard abbreviations (``acc``, ``nfut``), those
      that are words as well (``all``) only where they gloss affixes alone;
    - where most labels of the corpus are in lower case, what glosses affixes again and again, on
      different words, and nothing else (``evid``), and what stands beside a label in one gloss
      (``3sg.nonfut``).

    Args:
        texts: The corpus; the more there is of it, the more is found.

    Returns:
        The labels as they are written; none where all are in capitals.

    Raises:
        InputError: If an item is no `IGT`.

    Example:
        >>> texts = [IGT(None, "gel-di-m", "come-pst-1sg"), IGT(None, "hep-si", "all-3.poss")]
        >>> sorted(guess_labels(texts))
        ['1sg', 'poss', 'pst']
    """
    uses, capitals = _count(texts)
    known = {
        text
        for text in {*uses.bound, *uses.later, *uses.first}
        if text not in _WORDS and is_standard_lower(text)
    }
    if sum(uses.bound[text] for text in known) <= capitals:
        return frozenset(known)
    known |= {text for text in _WORDS if text in uses.bound and text not in uses.first}
    known |= {text for text in uses.bound if _is_of_own_making(text, uses)}
    beside = {
        text
        for text, others in uses.beside.items()
        if _may_be_label(text, uses)
        and sum(count for other, count in others.items() if other in known) * 2 > others.total()
    }
    return frozenset(known | beside)


def _count(texts: Iterable[IGT]) -> tuple[_Uses, int]:
    """The uses of every element, and how many affixes have a label in capitals."""
    uses = _Uses()
    capitals = 0
    for igt in texts:
        require_igt(igt)
        for word in list_words(igt.glosses):
            pairs = split_word(word, LEIPZIG)
            for boundary, gloss in pairs:
                try:
                    elements = [element.text for element in parse_gloss(gloss)]
                except InputError:
                    continue
                for index, text in enumerate(elements):
                    if index:
                        uses.beside[text][elements[0]] += 1
                    if boundary:
                        uses.bound[text] += 1
                        uses.hosts[text].add(pairs[0][1])
                        capitals += text != text.lower() and text == text.upper()
                    elif index:
                        uses.later[text] += 1
                    else:
                        uses.first[text] += 1
    return uses, capitals


def _may_be_label(text: str, uses: _Uses) -> bool:
    is_word = text.isalpha() and text == text.lower() and text != text.upper()
    return is_word and len(text) <= _LONGEST and text not in uses.first


def _is_of_own_making(text: str, uses: _Uses) -> bool:
    often = uses.bound[text] >= _USES and len(uses.hosts[text]) >= _HOSTS
    return often and _may_be_label(text, uses)
