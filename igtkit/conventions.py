"""The Leipzig Glossing Rules: how far a text follows them, and what its glosses are made of.

The rules are those of May 31, 2015 (Comrie, Haspelmath and Bickel, *The Leipzig Glossing Rules*);
rule numbers refer to them. `igtkit.check` names what is wrong; here is how good a text is.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from igtkit.boundaries import INFIX, LEIPZIG, is_word, split_morphemes, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Word, require_igt

__all__ = [
    "ABBREVIATIONS",
    "Conformance",
    "GlossElement",
    "conformance",
    "expand_abbreviation",
    "is_grammatical",
    "join_gloss",
    "nonstandard_abbreviations",
    "parse_gloss",
    "word_conformance",
    "word_conformances",
]


class Conformance(enum.IntEnum):
    """How far a word or a text follows the Leipzig Glossing Rules; each level includes those below.

    Example:
        >>> Conformance.MORPHEMES < Conformance.FULL
        True
    """

    UNALIGNED = 0
    """Words and glosses do not pair up, or there are none."""
    WORDS = 1
    """Every word has a gloss (rule 1)."""
    MORPHEMES = 2
    """And every morpheme, infixes and reduplication included (rules 2, 9, 10); none is empty."""
    BOUNDARIES = 3
    """And each boundary is of the same kind in both lines (rules 2, 9, 10)."""
    FULL = 4
    """And every gloss can be taken apart into its elements (rules 4 to 7)."""


def conformance(igt: IGT) -> Conformance:
    """Tell how far a text follows the rules: the lowest level of its words.

    Punctuation and dashes play no part. A text without segmentation, without glosses or without
    words conforms to nothing. Punctuation should stand by itself (see `igtkit.normalize`): to
    these rules a mark that hangs on a word is part of it.

    Args:
        igt: Any text.

    Example:
        >>> conformance(IGT("bibili", "bi~bili", "IPFV~buy"))
        <Conformance.FULL: 4>
        >>> conformance(IGT("palasilu", "palasi=lu", "priest-and"))
        <Conformance.MORPHEMES: 2>
        >>> conformance(IGT(None))
        <Conformance.UNALIGNED: 0>
    """
    return min(word_conformances(igt), default=Conformance.UNALIGNED)


def word_conformances(igt: IGT) -> tuple[Conformance, ...]:
    """Tell how far each word follows the rules.

    Args:
        igt: Any text.

    Returns:
        A level for each word of the longer of segmentation and glosses, punctuation and dashes not
        counted. Where the lines differ in their number of words, nothing says which belong
        together: every level is `Conformance.UNALIGNED`.

    Example:
        >>> [level.name for level in word_conformances(IGT("", "a-nii láay", "3SG-laugh fut-"))]
        ['FULL', 'WORDS']
    """
    require_igt(igt)
    forms = [token for token in split_words(igt.segmentation) if is_word(token)]
    glosses = [token for token in split_words(igt.glosses) if is_word(token)]
    if len(forms) != len(glosses):
        return (Conformance.UNALIGNED,) * max(len(forms), len(glosses))
    return tuple(map(_pair_conformance, forms, glosses))


def word_conformance(word: Word) -> Conformance:
    """Tell how far one word follows the rules; without form or gloss it conforms to nothing.

    Example:
        >>> word_conformance(Word("b<um>ili", "<ACTFOC>buy"))
        <Conformance.FULL: 4>
        >>> word_conformance(Word("b<um>ili", "ACTFOC.buy"))
        <Conformance.WORDS: 1>
    """
    if not word.form or not word.gloss or word.is_punctuation:
        return Conformance.UNALIGNED
    return _pair_conformance(word.form, word.gloss)


def _pair_conformance(form: str, gloss: str) -> Conformance:
    forms, glosses = split_morphemes(form, LEIPZIG), split_morphemes(gloss, LEIPZIG)
    if len(forms) != len(glosses) or not all(text for _, text in (*forms, *glosses)):
        return Conformance.WORDS
    if any(one != other for (one, _), (other, _) in zip(forms, glosses, strict=True)):
        kinds = [sorted(boundary for boundary, _ in pairs) for pairs in (forms, glosses)]
        marked = {INFIX, "~"} & {kind for pair in kinds for kind in pair}
        if any(kinds[0].count(mark) != kinds[1].count(mark) for mark in marked):
            return Conformance.WORDS  # an infix or a reduplicant has no counterpart
        return Conformance.MORPHEMES
    try:
        for _, text in glosses:
            parse_gloss(text)
    except InputError:
        return Conformance.BOUNDARIES
    return Conformance.FULL


# --- what a gloss is made of ---------------------------------------------------------------------


@attrs.frozen
class GlossElement:
    r"""One element of a gloss.

    Attributes:
        text: A word of the metalanguage or a category label.
        joiner: What stands between it and the element before: ``"."`` (rule 4), ``"_"`` (4A, one
            word of the object language is several of the metalanguage), ``";"`` (4B), ``":"``
            (4C), ``"\\"`` (4D, a change inside the stem), ``">"`` (4E, agent and patient), ``"~"``
            (rule 10), or the pair of brackets that opens or closes there; ``""`` for the first.
        enclosure: The brackets it stands in: ``"[]"`` (rule 6, no overt form), ``"()"`` (rule 7,
            inherent), ``"<>"`` (rule 9, infix), or ``""``.
    """

    text: str
    joiner: str = ""
    enclosure: str = ""

    @property
    def is_grammatical(self) -> bool:
        """Whether it names a category; see `igtkit.conventions.is_grammatical`."""
        return is_grammatical(self.text)


_JOINERS = ".;:\\>~_"
_ENCLOSURES = {"[": "[]", "(": "()", "<": "<>"}
_CLOSING = {pair[1]: pair for pair in _ENCLOSURES.values()}
_PIECE = re.compile(r"[^.;:\\>~_\[\]()<]+|.", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def parse_gloss(gloss: str) -> tuple[GlossElement, ...]:
    r"""Take the gloss of one morpheme apart into its elements (rules 4 to 7, 9 and 10).

    Person and number stay together (``1PL``; rule 5).

    Args:
        gloss: A gloss without ``-`` and ``=``.

    Returns:
        The elements, at least one.

    Raises:
        InputError: If it cannot be taken apart: an element is missing or has neither letter nor
            digit, a bracket has no partner or stands in another, or ``-``, ``=`` or white space
            shows that this is more than one morpheme.

    Example:
        >>> [(element.text, element.joiner) for element in parse_gloss("that.DAT.SG")]
        [('that', ''), ('DAT', '.'), ('SG', '.')]
        >>> parse_gloss("boy[NOM]")[1]
        GlossElement(text='NOM', joiner='[]', enclosure='[]')
    """
    elements: list[GlossElement] = []
    joiner = enclosure = ""
    expected = True  # whether an element must come next
    for match in _PIECE.finditer(gloss):
        piece = match[0]
        if piece in _CLOSING and enclosure == _CLOSING[piece]:
            if expected:
                raise _unparsable(gloss, match.start(), "an element is missing before")
            joiner, enclosure = enclosure, ""
        elif piece in _ENCLOSURES:
            if enclosure or joiner in tuple(_JOINERS):
                raise _unparsable(gloss, match.start(), "no bracket can open at")
            enclosure = _ENCLOSURES[piece]
            joiner, expected = enclosure if elements else "", True
        elif piece in tuple(_JOINERS):
            if expected:
                raise _unparsable(gloss, match.start(), "an element is missing before")
            joiner, expected = piece, True
        elif piece in _CLOSING:
            raise _unparsable(gloss, match.start(), "no bracket was opened for")
        elif not any(map(str.isalnum, piece)) or re.search(r"[-=\s]", piece):
            raise _unparsable(gloss, match.start(), "this is no gloss element:")
        else:
            elements.append(GlossElement(piece, joiner, enclosure))
            joiner, expected = "", False
    if expected or enclosure:
        raise _unparsable(gloss, len(gloss), "something is missing at the end")
    return tuple(elements)


def _unparsable(gloss: str, at: int, what: str) -> InputError:
    return InputError(f"gloss {gloss!r}, character {at + 1}: {what} {gloss[at:]}".rstrip())


def join_gloss(elements: tuple[GlossElement, ...]) -> str:
    """Join gloss elements: the inverse of `parse_gloss`.

    Args:
        elements: Elements as `parse_gloss` gives them.

    Example:
        >>> join_gloss(parse_gloss("<ACTFOC>IPFV~buy"))
        '<ACTFOC>IPFV~buy'
    """
    parts: list[str] = []
    inside = ""
    for element in elements:
        at_bracket = element.joiner in _CLOSING.values()
        if at_bracket or element.enclosure != inside:
            parts.append(inside[1:])
        if not at_bracket:
            parts.append(element.joiner)
        if at_bracket or element.enclosure != inside:
            parts.append(element.enclosure[:1])
        parts.append(element.text)
        inside = element.enclosure
    return "".join([*parts, inside[1:]])


@lru_cache(maxsize=1 << 16)
def is_grammatical(gloss: str) -> bool:
    """Whether a gloss names a grammatical category rather than a lexical meaning.

    By rule 3 grammatical morphemes are glossed in capitals. So: at least one letter or digit, and
    no lower-case letter. A gloss that mixes the two (``go.PST``) is lexical; a bare number (``3``)
    is a person or class. Two limits follow from going by the letters alone: the English ``I`` and
    names in capitals count as grammatical, and so does every gloss in a script without case;
    ``1pl.erg``, in lower case, counts as lexical.

    Args:
        gloss: The gloss of one morpheme.

    Example:
        >>> [is_grammatical(gloss) for gloss in ("PL", "1SG", "3", "dog", "go.PST", "???")]
        [True, True, True, False, False, False]
    """
    return gloss == gloss.upper() and any(character.isalnum() for character in gloss)


# --- the standard abbreviations ------------------------------------------------------------------

ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "1": "first person",
        "2": "second person",
        "3": "third person",
        "A": "agent of a transitive verb",
        "ABL": "ablative",
        "ABS": "absolutive",
        "ACC": "accusative",
        "ADJ": "adjective",
        "ADV": "adverb",
        "AGR": "agreement",
        "ALL": "allative",
        "ANTIP": "antipassive",
        "APPL": "applicative",
        "ART": "article",
        "AUX": "auxiliary",
        "BEN": "benefactive",
        "CAUS": "causative",
        "CLF": "classifier",
        "COM": "comitative",
        "COMP": "complementizer",
        "COMPL": "completive",
        "COND": "conditional",
        "COP": "copula",
        "CVB": "converb",
        "DAT": "dative",
        "DECL": "declarative",
        "DEF": "definite",
        "DEM": "demonstrative",
        "DET": "determiner",
        "DIST": "distal",
        "DISTR": "distributive",
        "DU": "dual",
        "DUR": "durative",
        "ERG": "ergative",
        "EXCL": "exclusive",
        "F": "feminine",
        "FOC": "focus",
        "FUT": "future",
        "GEN": "genitive",
        "IMP": "imperative",
        "INCL": "inclusive",
        "IND": "indicative",
        "INDF": "indefinite",
        "INF": "infinitive",
        "INS": "instrumental",
        "INTR": "intransitive",
        "IPFV": "imperfective",
        "IRR": "irrealis",
        "LOC": "locative",
        "M": "masculine",
        "N": "neuter",
        "NEG": "negation",
        "NMLZ": "nominalization",
        "NOM": "nominative",
        "OBJ": "object",
        "OBL": "oblique",
        "P": "patient of a transitive verb",
        "PASS": "passive",
        "PFV": "perfective",
        "PL": "plural",
        "POSS": "possessive",
        "PRED": "predicative",
        "PRF": "perfect",
        "PROG": "progressive",
        "PROH": "prohibitive",
        "PROX": "proximal",
        "PRS": "present",
        "PST": "past",
        "PTCP": "participle",
        "PURP": "purposive",
        "Q": "question marker",
        "QUOT": "quotative",
        "RECP": "reciprocal",
        "REFL": "reflexive",
        "REL": "relative",
        "RES": "resultative",
        "S": "only argument of an intransitive verb",
        "SBJ": "subject",
        "SBJV": "subjunctive",
        "SG": "singular",
        "TOP": "topic",
        "TR": "transitive",
        "VOC": "vocative",
    }
)
"""The standard abbreviations of the appendix, all but ``N-``; see `expand_abbreviation`."""

_PERSON = re.compile(r"([123])([A-Z]+)")


def expand_abbreviation(label: str) -> str | None:
    """Spell out a category label, if it is a standard abbreviation.

    Person with number (``3SG``) and ``N`` for "non-" (``NPST``) are put together from their parts.

    Args:
        label: One gloss element.

    Returns:
        What it stands for, or None if the appendix does not have it.

    Example:
        >>> [expand_abbreviation(label) for label in ("ERG", "3SG", "NPST", "IIPL")]
        ['ergative', 'third person singular', 'non-past', None]
    """
    if label in ABBREVIATIONS:
        return ABBREVIATIONS[label]
    person = _PERSON.fullmatch(label)
    if person and (number := expand_abbreviation(person[2])):
        return f"{ABBREVIATIONS[person[1]]} {number}"
    if label.startswith("N") and label[1:] in ABBREVIATIONS:
        return f"non-{ABBREVIATIONS[label[1:]]}"
    return None


def nonstandard_abbreviations(igt: IGT) -> tuple[str, ...]:
    """List the category labels that the appendix does not have, so that a text can explain them.

    Glosses that cannot be taken apart are passed over.

    Args:
        igt: A text with glosses.

    Returns:
        Each label once, in the order of the text.

    Example:
        >>> nonstandard_abbreviations(IGT("", None, "DEM1.SG-ERG walk-NPST=EMPH"))
        ('DEM1', 'EMPH')
    """
    found: dict[str, None] = {}
    for token in filter(is_word, split_words(igt.glosses)):
        for _, gloss in split_morphemes(token, LEIPZIG):
            try:
                elements = parse_gloss(gloss)
            except InputError:
                continue
            for element in elements:
                if element.is_grammatical and expand_abbreviation(element.text) is None:
                    found[element.text] = None
    return tuple(found)
