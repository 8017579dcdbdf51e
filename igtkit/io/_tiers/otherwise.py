"""What says that a tier is none of the lines, however well its place among the tiers would suit.

Its name does, or that of its linguistic type, a controlled vocabulary, or its texts: sounds,
numbers and identifiers, codes, or the sentence again in other letters (IPA, another orthography).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from igtkit.io._tiers.model import Tier, base_name
from igtkit.io._tiers.vocabulary import OTHERS, VOCABULARY, words_of
from igtkit.io._tiers.words import tops

__all__ = ["otherwise", "says_otherwise"]

_OF_TYPES = frozenset(["type", "types", "typ"])
"""Words that say nothing in the name of a linguistic type."""

_ALPHABETIC = re.compile(r"[^\W\d_]")
_NEVER_NAMED_OTHERWISE = ("translation", "glosses")
"""Lines whose tiers nobody calls by the name of another; words are often called the text."""
_IDENTIFIER = re.compile(r"\S*\d{2}\S*|\d+|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_IPA = re.compile("[ɐɑɒɓʙβɔɕçɗɖðʤəɘɛɜɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸɺɾɻʀʁɽʂʃʈʧʉʊʋʌɣʍχʎʏʑʐʒʔʡʕʢˈˌːˑ]")
_IDEOGRAPHS = "\u2e80"
"""The first of the characters that stand for syllables and words by themselves."""
_KINDS = words_of(
    "stem root bound suffix prefix infix circumfix clitic enclitic proclitic particle phrase "
    "simulfix suprafix affix stamm wurzel präfix suffixe préfixe raíz prefijo sufijo"
)
"""What FLEx and others call the types of morphemes."""


def says_otherwise(tier: Tier) -> str | None:
    """Return the rule by which a tier's name or type says that it is no line; None if none does.

    Example:
        >>> [says_otherwise(Tier(name)) for name in ("A-IPA", "vcm@CHI", "A")]
        ['tier-sounds', 'tier-codes', None]
    """
    own, kind = words_of(base_name(tier.name)), words_of(tier.type) - _OF_TYPES
    if any(own & words for words in VOCABULARY.values()):
        return None
    for words in (own, kind):
        for rule, others in OTHERS.items():
            if words & others:
                return rule
    return "tier-vocabulary" if tier.vocabulary else None


def otherwise(tier: Tier, line: str) -> str | None:
    """Return the rule by which a tier is not a line that it could be by its place; None if none.

    Args:
        tier: The tier.
        line: The line.

    Example:
        >>> from igtkit.io._tiers.model import Annotation
        >>> codes = Tier("A-2")
        >>> codes.annotations = [Annotation("1", "C"), Annotation("2", "N")]
        >>> otherwise(codes, "translation")
        'tier-codes'
    """
    told = says_otherwise(tier)
    if told is not None and not (told == "tier-sounds" and line == "transcription"):
        return told
    own = words_of(base_name(tier.name))
    others = any(own & words for words in VOCABULARY.values()) and not own & VOCABULARY[line]
    if others and line in _NEVER_NAMED_OTHERWISE:
        return "tier-other-line"
    texts = [text.strip() for text in tier.texts()]
    for rule, applies in _SIGNS.get(line, ()):
        if texts and applies(tier, texts):
            return rule
    return None


def _most(found: Sequence[bool] | Iterator[bool]) -> bool:
    """Whether more than half are so."""
    known = list(found)
    return 2 * sum(known) > len(known)


def _identifiers(_tier: Tier, texts: Sequence[str]) -> bool:
    return _most([_IDENTIFIER.fullmatch(text) is not None for text in texts])


def _morpheme_types(_tier: Tier, texts: Sequence[str]) -> bool:
    return all(words and words <= _KINDS for words in map(words_of, texts))


def _codes(_tier: Tier, texts: Sequence[str]) -> bool:
    """Texts of a letter or two, or of capitals."""
    short = all(len(text) < 3 or (len(text) < 5 and text == text.upper()) for text in texts)
    return short and all(text < _IDEOGRAPHS for text in texts)


def _language_codes(_tier: Tier, texts: Sequence[str]) -> bool:
    """Few texts of two or three small letters, over and over."""
    short = all(len(text) in (2, 3) and text.isalpha() and text.islower() for text in texts)
    return short and len(texts) > 2 and 3 * len(set(texts)) <= len(texts)


def _a_word_for_a_sentence(tier: Tier, _texts: Sequence[str]) -> bool:
    """One word for a sentence of several, mostly: a label."""
    return _most(
        [len(own.split()) == 1 < len(whole.split()) for own, whole in _with_sentences(tier)]
    )


def _again(tier: Tier, _texts: Sequence[str]) -> bool:
    """The words of the sentence, written otherwise."""
    pairs = list(_with_sentences(tier))
    alike = [
        len(own.split()) == len(whole.split())
        and Levenshtein.normalized_similarity(own, whole) >= 0.5
        for own, whole in pairs
    ]
    return bool(pairs) and _most(alike)


def _with_ipa(_tier: Tier, texts: Sequence[str]) -> bool:
    return _most([_IPA.search(text) is not None for text in texts])


def _sounds(tier: Tier, texts: Sequence[str]) -> bool:
    """Pieces of a letter each, several to a word; in scripts whose letters are sounds."""
    single = [
        len(letters := _ALPHABETIC.findall(text)) == 1 and letters[0] < _IDEOGRAPHS
        for text in texts
    ]
    wholes = len({id(one.parent) for one in tier.annotations if one.text.strip()})
    return 5 * sum(single) >= 4 * len(texts) and len(texts) >= 2 * wholes


def _with_sentences(tier: Tier) -> Iterator[tuple[str, str]]:
    """Each text with that of its sentence."""
    for one, whole in zip(tier.annotations, tops(tier.annotations), strict=True):
        if whole is not one and one.text.strip() and whole.text.strip():
            yield one.text.strip(), whole.text.strip()


_Sign = tuple[str, Callable[[Tier, Sequence[str]], bool]]

_SIGNS: Mapping[str, Sequence[_Sign]] = {
    "transcription": [("tier-identifiers", _identifiers)],
    "translation": [
        ("tier-identifiers", _identifiers),
        ("tier-codes", _codes),
        ("tier-codes", _a_word_for_a_sentence),
        ("tier-again", _again),
        ("tier-sounds", _with_ipa),
    ],
    "words": [("tier-identifiers", _identifiers)],
    "segmentation": [("tier-identifiers", _identifiers), ("tier-sounds", _sounds)],
    "glosses": [
        ("tier-identifiers", _identifiers),
        ("tier-types", _morpheme_types),
        ("tier-codes", _language_codes),
        ("tier-sounds", _with_ipa),
    ],
}
"""For each line the signs in texts by which a tier is not it."""
