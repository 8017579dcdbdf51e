"""Which tier is which line, as names, types, parents and texts tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from igtkit.boundaries import split_words
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import OWN, Tier, base_name
from igtkit.io._tiers.otherwise import otherwise, says_otherwise
from igtkit.io._tiers.vocabulary import LANGUAGES, OTHERS, VOCABULARY, words_of
from igtkit.io._tiers.words import has_inner_mark, plain_dashes

__all__ = ["Guess", "depth", "guess_roles", "is_tabbed", "score"]

# Points of a name; only their order counts. FLEx's own names are never chance, so they beat words.
_FLEX_BEST = 18
_FLEX_SECOND = 14  # a line that FLEx has twice: glosses of words, headwords of morphs
_SOUNDS = 3  # "phonetic transcription" is one, if there is no other
_ONLY_WORDS = 10  # every word of the name is one of the line
_SOME_WORDS = 8
_TYPE_AS_WELL = 1  # decides between two names alike
TYPE_ALONE = 2  # a type says less than any name

_FLEX = {
    "phrase-txt": ("transcription", _FLEX_BEST),
    "phrase-gls": ("translation", _FLEX_BEST),
    "phrase-note": ("notes", _FLEX_BEST),
    "word-txt": ("words", _FLEX_BEST),
    "word-gls": ("glosses", _FLEX_SECOND),
    "word-pos": ("pos", _FLEX_BEST),
    "morph-txt": ("segmentation", _FLEX_BEST),
    "morph-cf": ("segmentation", _FLEX_SECOND),
    "morph-gls": ("glosses", _FLEX_BEST),
    "morph-msa": ("pos", _FLEX_SECOND),
}
"""The line of each of FLEx's tiers, and its points."""

_FLEX_OTHER = re.compile(r"interlinear-text|paragraph|(phrase|word|morph)-(segnum|hn|type|lit)\b")
_GLOSSES = VOCABULARY["glosses"]
_REFERENCES = frozenset(["ref", "refs", "reference", "references", "id", "ids", "segnum"])
_SENTENCES = ("transcription", "translation")
_DIVISIONS = ("Symbolic_Subdivision", "Time_Subdivision")


def depth(tier: Tier) -> int:
    """Return in how many steps sentences are divided down to a tier: words 1, morphemes 2."""
    steps = 0
    for one in tier.chain():
        divided = one.constraint in _DIVISIONS
        if one.constraint == "Included_In":
            named = words_of(one.name) | words_of(one.type)
            divided = any(named & VOCABULARY[line] for line in ("words", "segmentation"))
        steps += divided
    return steps


def is_tabbed(tier: Tier) -> bool:
    """Return whether the annotations are whole lines whose words stand apart by tabs."""
    texts = tier.texts()
    if "\t" not in "".join(texts):
        return False
    several = [text for text in texts if len(text.split()) > 1]
    return bool(several) and 2 * sum("\t" in text.strip() for text in several) > len(
        several
    )  # most of them


@attrs.frozen
class Guess:
    """The tier that was taken for a line, and the rule by which; see `igtkit.io.GUESSES`."""

    tier: Tier
    rule: str


def guess_roles(
    tiers: Sequence[Tier], asked: TierMap, given: Mapping[str, Tier], *, alone: bool
) -> dict[str, Guess]:
    """Return the tier of each line, of the tiers of one speaker, and why it is taken for it.

    Args:
        tiers: The tiers.
        asked: What the user says; a line that is ``""`` there is left out.
        given: The tiers that the user names, by line.
        alone: Whether the speaker has but one tier, as has everyone in the file.
    """
    roles = dict(given)
    rules = dict.fromkeys(given, "as-asked")
    free = [tier for tier in tiers if not tier.name.startswith(OWN) and tier.annotations]
    divided = _has_divided_glosses(free)
    scores = [
        (points, bool(tier.texts()), -at, line, tier)
        for at, tier in enumerate(free)
        for line in VOCABULARY
        if (points := score(tier, line)) and _allowed(tier, line, divided=divided)
    ]
    for points, _, _, line, tier in sorted(scores, key=lambda row: row[:3], reverse=True):
        if line not in roles and tier not in roles.values():
            roles[line] = tier
            rules[line] = "tier-type" if points == TYPE_ALONE else "tier-name"
    if "translation" in roles and "translation" not in given:
        named, roles["translation"] = roles["translation"], _in_language_of_glosses(roles, free)
        if roles["translation"] is not named:
            rules["translation"] = "tier-language"
    left = [tier for tier in free if tier not in roles.values() and tier.texts()]
    rules |= _fill_by_structure(_Found(roles, left, free, alone))
    if not {"words", "segmentation"} & given.keys() and _is_segmented(roles):
        roles["segmentation"] = roles.pop("words")
        rules["segmentation"] = "tier-segmented"
    return {
        line: Guess(tier, rules[line])
        for line, tier in roles.items()
        if line in given or getattr(asked, line) != ""
    }


def _is_segmented(roles: Mapping[str, Tier]) -> bool:
    """Whether the tier of words has the boundaries that the glosses have, and no other tier has."""
    if "segmentation" in roles or not {"transcription", "words", "glosses"} <= roles.keys():
        return False
    words, glosses, sentences = (
        sum(
            has_inner_mark(token)
            for text in roles[line].texts()
            for token in split_words(plain_dashes(text))
        )
        for line in ("words", "glosses", "transcription")
    )
    return words == glosses > sentences


def _in_language_of_glosses(roles: Mapping[str, Tier], tiers: Sequence[Tier]) -> Tier:
    """Return the tier of translations that is in the language of the glosses, of several."""
    chosen = roles["translation"]
    language = _language(roles["glosses"]) if "glosses" in roles else None
    if language is None or _language(chosen) in (None, language):
        return chosen
    others = [tier for tier in tiers if tier not in roles.values() and tier.texts()]
    return next(
        (
            tier
            for tier in others
            if _language(tier) == language
            and _points_of_name(tier, "translation") == _points_of_name(chosen, "translation")
            and _allowed(tier, "translation", divided=False)
        ),
        chosen,
    )


def _language(tier: Tier) -> str | None:
    """The language that a tier is in, as its name or its own mark says; a code if it is known."""
    told = tier.language and (tier.language.iso639_3 or tier.language.name)
    if told:
        return LANGUAGES.get(told.lower(), told.lower())
    name = base_name(tier.name)
    if "-".join(name.split("-")[:2]) in _FLEX:
        own = name.split("-", 2)[2:]
        return LANGUAGES.get(own[0].lower(), own[0].lower()) if own else None
    named = [LANGUAGES[word] for word in sorted(words_of(name)) if word in LANGUAGES]
    return named[0] if named else None


def score(tier: Tier, line: str) -> int:
    """Return how well a tier's name, or else its type, says that it is a line; 0 if not at all."""
    name = base_name(tier.name)
    flex = _FLEX.get("-".join(name.split("-")[:2]))
    if flex is not None:
        return flex[1] if flex[0] == line else 0
    own = words_of(name)
    if _FLEX_OTHER.match(name) or (line in ("words", "segmentation") and own & _GLOSSES):
        return 0
    words = VOCABULARY[line]
    if own & words and own & OTHERS["tier-sounds"]:
        return _SOUNDS
    if own & words:
        points = _ONLY_WORDS if own <= words else _SOME_WORDS
        return points + (_TYPE_AS_WELL if words_of(tier.type) & words else 0)
    if any(own & other for other in VOCABULARY.values()):
        return 0  # the name says something else than the type
    kind = words_of(tier.type)
    return TYPE_ALONE if kind & words and says_otherwise(tier) is None else 0


def _points_of_name(tier: Tier, line: str) -> int:
    """The score without the point of the type, which says nothing of a language."""
    return score(tier, line) // 2


def _has_divided_glosses(tiers: Sequence[Tier]) -> bool:
    """Whether there are glosses by words: then whole lines are none."""
    return any(is_tabbed(one) or (depth(one) and score(one, "glosses")) for one in tiers)


def _allowed(tier: Tier, line: str, *, divided: bool) -> bool:
    deep, tabbed = depth(tier), is_tabbed(tier)
    if line == "notes" or words_of(base_name(tier.name)) == {line}:
        return True
    if line in _SENTENCES:
        return not deep and not tabbed and _has_words(tier)
    if line == "words":
        return bool(deep) or tier.parent is None or tabbed
    return line != "glosses" or bool(deep) or tabbed or not divided


def _has_words(tier: Tier) -> bool:
    """Whether at least half of the texts are words; tiers of numbers hold a word here and there."""
    texts = tier.texts()
    counted = [text for text in texts if not any(map(str.isalpha, text)) and re.search(r"\d", text)]
    return 2 * len(counted) <= len(texts)


def _keep_time(tier: Tier, other: Tier | None) -> bool:
    """Whether each annotation of a tier stands beside one of another tier, from begin to end."""
    if other is None or other.parent is not None:
        return False
    times = [[(one.begin, one.end) for one in each.annotations] for each in (tier, other)]
    return times[0] == times[1] and all(one.timed for one in tier.annotations)


@attrs.frozen
class _Found:
    """What is known of the tiers of a speaker so far.

    Attributes:
        roles: The tier of each line that is told already.
        free: The tiers that have text and no line yet.
        tiers: All tiers that have annotations.
        alone: Whether the speaker has but one tier, as has everyone in the file.
    """

    roles: dict[str, Tier]
    free: list[Tier]
    tiers: Sequence[Tier]
    alone: bool
    _parents: frozenset[int] = attrs.field(init=False)

    @_parents.default
    def _find_parents(self) -> frozenset[int]:
        return frozenset(id(tier.parent) for tier in self.tiers)

    def has_children(self, tier: Tier) -> bool:
        """Return whether another tier depends on a tier."""
        return id(tier) in self._parents


def _tabbed(found: _Found) -> list[Tier]:
    return [tier for tier in found.free if is_tabbed(tier)]


def _divided_sentences(found: _Found) -> list[Tier]:
    """Tiers of pieces of sentences that are divided themselves."""
    return [tier for tier in found.free if depth(tier) == 1 and found.has_children(tier)]


def _divided_words(found: _Found) -> list[Tier]:
    words = found.roles.get("words")
    if words is None or not depth(words):
        return []
    return [t for t in found.free if t.parent is words and t.constraint in _DIVISIONS]


def _under_morphemes(found: _Found) -> list[Tier]:
    segmented = found.roles.get("segmentation")
    if segmented is None or not depth(segmented):
        return []
    return [tier for tier in found.free if tier.parent is segmented]


def _beside_morphemes(found: _Found) -> list[Tier]:
    segmented = found.roles.get("segmentation")
    if segmented is None or not depth(segmented):
        return []
    return [tier for tier in found.free if tier.parent is segmented.parent and depth(tier)]


def _only_root(found: _Found) -> list[Tier]:
    """The only tier at the root that has text, if anything else speaks for it."""
    roots = [tier for tier in found.free if tier.parent is None and not is_tabbed(tier)]
    tops = [tier for tier in roots if _has_words(tier)]
    if "words" in found.roles:  # which tell the sentence, and a name such as "AB_001" does not
        tops = [tier for tier in tops if not words_of(base_name(tier.name)) & _REFERENCES]
    if len(tops) != 1:
        return []
    [top] = tops
    keeps_time = _keep_time(top, found.roles.get("translation"))
    return tops if found.alone or found.has_children(top) or keeps_time else []


def _only_one_beside_sentences(found: _Found) -> list[Tier]:
    sentences = found.roles.get("transcription")
    beside = [
        tier
        for tier in found.free
        if tier.parent is not None
        and tier.parent is sentences
        and tier.constraint == "Symbolic_Association"
        and not is_tabbed(tier)
        and _has_words(tier)
    ]
    return beside if len(beside) == 1 else []


_RULES: Sequence[tuple[str, str, Callable[[_Found], list[Tier]]]] = (
    ("segmentation", "tier-tabbed", _tabbed),
    ("glosses", "tier-tabbed", _tabbed),
    ("words", "tier-of-words", _divided_sentences),
    ("segmentation", "tier-in-words", _divided_words),
    ("glosses", "tier-under-morphemes", _under_morphemes),
    ("glosses", "tier-beside-morphemes", _beside_morphemes),
    ("transcription", "tier-at-root", _only_root),
    ("translation", "tier-under-sentences", _only_one_beside_sentences),
)
"""For each line a rule (see `igtkit.io.GUESSES`) and the tiers that may be it, the likeliest first;
rules build on those before them."""


def _fill_by_structure(found: _Found) -> dict[str, str]:
    """Fill what names do not tell, and say by which rules; takes its tiers from the free ones."""
    rules = {}
    for line, rule, candidates in _RULES:
        if line in found.roles:
            continue
        tabs = {"tier-sounds", "tier-other-line"} if rule == "tier-tabbed" else set()
        spared = {None, *tabs}  # lines whose words stand apart by tabs say more than their names
        tiers = [tier for tier in candidates(found) if otherwise(tier, line) in spared]
        if tiers:
            found.roles[line] = tiers[0]
            found.free.remove(tiers[0])
            rules[line] = rule
    return rules
