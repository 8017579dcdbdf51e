"""The standard abbreviations of category labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["ABBREVIATIONS", "expand_abbreviation"]

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
    """Return what a category label stands for, if it is a standard abbreviation.

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
