"""Which tier is which line, as names, types, parents and texts tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from igtkit.boundaries import split_words
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import OWN, Tier, base_name
from igtkit.io._tiers.words import has_inner_mark, plain_dashes

__all__ = ["depth", "guess_roles", "is_tabbed", "score"]

_VOCABULARY: Mapping[str, frozenset[str]] = {
    line: frozenset(words.split())
    for line, words in {
        "transcription": "tx txt text texto texte transcription transcript transcripcion utterance "
        "utterances utt ut speech orthographic orthography ortografia sentence sentences phrase "
        "phrases surface baseline habla orth ort ortho ts spch außerung ausserung",
        "words": "wd word words wrd mot mots palabra palabras token tokens tok wort worte",
        "segmentation": "mb mp mph mr mo morph morphs morpheme morphemes morfema morfemas morpho "
        "segmentation segmented underlying morphemic morphological morfologico morfologica "
        "segmentacion morphemique morphem",
        "glosses": "ge gl gls gn gloss glosses glosa glosas glose gloses glosse glossing "
        "morphemegloss",
        "translation": "ft fte ftf fe fs tl tr translation translations translate trad traduction "
        "traduccion traducao translated free english eng en spanish espanol spa es french francais "
        "fra fr german deutsch portuguese portugues pt russian indonesian mandarin libre "
        "ubersetzung ingles anglais englisch",
        "pos": "ps pos category categories rx wps msa",
        "notes": "nt note notes nota notas comment comments comentario com cmt not remark remarks",
    }.items()
}
_FLEX = {
    "phrase-txt": ("transcription", 9),
    "phrase-gls": ("translation", 9),
    "phrase-note": ("notes", 9),
    "word-txt": ("words", 9),
    "word-gls": ("glosses", 7),
    "word-pos": ("pos", 9),
    "morph-txt": ("segmentation", 9),
    "morph-cf": ("segmentation", 7),
    "morph-gls": ("glosses", 9),
    "morph-msa": ("pos", 7),
}
_FLEX_OTHER = re.compile(r"interlinear-text|paragraph|(phrase|word|morph)-(segnum|hn|type|lit)\b")
_LANGUAGES: Mapping[str, str] = {
    word: code
    for code, words in {
        "en": "en eng english ingles anglais englisch",
        "es": "es spa spanish espanol castellano espagnol spanisch",
        "fr": "fr fra fre french francais frances franzosisch",
        "de": "de deu ger german deutsch aleman allemand",
        "pt": "pt por portuguese portugues",
        "ru": "ru rus russian",
        "id": "id ind indonesian",
        "zh": "zh zho chi cmn chinese mandarin",
    }.items()
    for word in words.split()
}
_GLOSSES = _VOCABULARY["glosses"]
_REFERENCES = frozenset(["ref", "refs", "reference", "references", "id", "ids", "segnum"])
_SENTENCES = ("transcription", "translation")
_DIVISIONS = ("Symbolic_Subdivision", "Time_Subdivision")
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def depth(tier: Tier) -> int:
    """Into how many steps sentences are divided down to this tier: 1 for words, 2 for morphemes."""
    steps = 0
    for one in tier.chain():
        divided = one.constraint in _DIVISIONS
        if one.constraint == "Included_In":
            named = _names(one.name) | _names(one.type)
            divided = any(named & _VOCABULARY[line] for line in ("words", "segmentation"))
        steps += divided
    return steps


def is_tabbed(tier: Tier) -> bool:
    """Whether the annotations are whole lines whose words stand apart by tabs."""
    texts = tier.texts()
    several = [text for text in texts if len(text.split()) > 1]
    return bool(several) and sum("\t" in text.strip() for text in several) > len(several) / 2


def guess_roles(
    tiers: Sequence[Tier], asked: TierMap, given: Mapping[str, Tier], *, alone: bool
) -> dict[str, Tier]:
    """Which of the tiers of one speaker is which line.

    Args:
        tiers: The tiers.
        asked: What the user says; a line that is ``""`` there is left out.
        given: The tiers that the user names, by line.
        alone: Whether the speaker has but one tier, as has everyone in the file.
    """
    roles = dict(given)
    free = [tier for tier in tiers if not tier.name.startswith(OWN) and tier.annotations]
    scores = [
        (score(tier, line), bool(tier.texts()), -at, line, tier)
        for at, tier in enumerate(free)
        for line in _VOCABULARY
        if _allowed(tier, line, free)
    ]
    for points, _, _, line, tier in sorted(scores, key=lambda row: row[:3], reverse=True):
        if points and line not in roles and tier not in roles.values():
            roles[line] = tier
    if "translation" in roles and "translation" not in given:
        roles["translation"] = _in_language_of_glosses(roles, free)
    left = [tier for tier in free if tier not in roles.values() and tier.texts()]
    _by_structure(roles, left, free, alone=alone)
    if not {"words", "segmentation"} & given.keys() and _is_segmented(roles):
        roles["segmentation"] = roles.pop("words")
    return {
        line: tier for line, tier in roles.items() if line in given or getattr(asked, line) != ""
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
    """Of several translations, the one in the language that the glosses are in."""
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
            and score(tier, "translation") // 2 == score(chosen, "translation") // 2
            and _allowed(tier, "translation", tiers)
        ),
        chosen,
    )


def _language(tier: Tier) -> str | None:
    """The language that a tier is in, as its name or its own mark says; a code if it is known."""
    told = tier.language and (tier.language.iso639_3 or tier.language.name)
    if told:
        return _LANGUAGES.get(told.lower(), told.lower())
    name = base_name(tier.name)
    if "-".join(name.split("-")[:2]) in _FLEX:
        own = name.split("-", 2)[2:]
        return _LANGUAGES.get(own[0].lower(), own[0].lower()) if own else None
    named = [_LANGUAGES[word] for word in sorted(_names(name)) if word in _LANGUAGES]
    return named[0] if named else None


def _names(name: str) -> set[str]:
    plain = unicodedata.normalize("NFD", name)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return {word.lower() for word in _WORD.findall(_HUMP.sub(" ", plain))}


def score(tier: Tier, line: str) -> int:
    """How well the name of a tier, or else its type, says that it is a line; 0 if not at all."""
    name = base_name(tier.name)
    flex = _FLEX.get("-".join(name.split("-")[:2]))
    if flex is not None:
        return 2 * flex[1] if flex[0] == line else 0
    own = _names(name)
    if _FLEX_OTHER.match(name) or (line in ("words", "segmentation") and own & _GLOSSES):
        return 0
    words = _VOCABULARY[line]
    if own & words:
        return 2 * (5 if own <= words else 4) + bool(_names(tier.type) & words)
    if any(own & other for other in _VOCABULARY.values()):
        return 0  # the name says something else than the type
    return 2 if _names(tier.type) & words else 0


def _allowed(tier: Tier, line: str, tiers: Sequence[Tier]) -> bool:
    deep, tabbed = depth(tier), is_tabbed(tier)
    if line == "notes" or _names(base_name(tier.name)) == {line}:
        return True
    if line in _SENTENCES:
        return not deep and not tabbed and _has_words(tier)
    if line == "words":
        return bool(deep) or tier.parent is None or tabbed
    if line != "glosses" or deep or tabbed:
        return True
    return not any(is_tabbed(one) or (depth(one) and score(one, "glosses")) for one in tiers)


def _has_words(tier: Tier) -> bool:
    """Whether there is text in it, not numbers alone."""
    texts = tier.texts()
    counted = [text for text in texts if not any(map(str.isalpha, text)) and re.search(r"\d", text)]
    return 2 * len(counted) <= len(texts)


def _keep_time(tier: Tier, other: Tier | None) -> bool:
    """Whether each annotation of a tier stands beside one of another tier, from begin to end."""
    if other is None or other.parent is not None:
        return False
    times = [[(one.begin, one.end) for one in each.annotations] for each in (tier, other)]
    return times[0] == times[1] and all(one.timed for one in tier.annotations)


def _by_structure(
    roles: dict[str, Tier], free: list[Tier], tiers: Sequence[Tier], *, alone: bool
) -> None:
    """Fill what names do not tell; takes what it uses from `free`."""

    def take(line: str, candidates: Sequence[Tier]) -> None:
        if line not in roles and candidates:
            roles[line] = candidates[0]
            free.remove(candidates[0])

    tabbed = [tier for tier in free if is_tabbed(tier)]
    take("segmentation", tabbed)
    take("glosses", [tier for tier in tabbed if tier in free])
    with_children = {id(tier.parent) for tier in tiers}
    if "words" not in roles:
        divided = [tier for tier in free if depth(tier) == 1 and id(tier) in with_children]
        take("words", divided)
    words = roles.get("words")
    if words is not None and depth(words):
        below = [tier for tier in free if tier.parent is words]
        take("segmentation", [tier for tier in below if tier.constraint in _DIVISIONS])
    segmented = roles.get("segmentation")
    if segmented is not None and depth(segmented):
        take("glosses", [tier for tier in free if tier.parent is segmented])
        take("glosses", [tier for tier in free if tier.parent is segmented.parent and depth(tier)])
    if "transcription" not in roles:  # the only tier at the root that has text
        roots = [tier for tier in free if tier.parent is None and not is_tabbed(tier)]
        tops = [tier for tier in roots if _has_words(tier)]
        if "words" in roles:  # which tell the sentence, and a name such as "AB_001" does not
            tops = [tier for tier in tops if not _names(base_name(tier.name)) & _REFERENCES]
        told = roles.get("translation")
        if len(tops) == 1 and (alone or id(tops[0]) in with_children or _keep_time(tops[0], told)):
            take("transcription", tops)
    sentence = roles.get("transcription")
    beside = [
        tier
        for tier in free
        if tier.parent is not None
        and tier.parent is sentence
        and tier.constraint == "Symbolic_Association"
        and not is_tabbed(tier)
        and _has_words(tier)
    ]
    if len(beside) == 1:
        take("translation", beside)
