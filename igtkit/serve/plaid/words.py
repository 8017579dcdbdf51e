"""Words of Plaid as texts of igtkit, and suggestions as analyses of Plaid.

A word of Plaid is what ``plaid_client.workflows.igt.derive`` makes of one: its surface, a chain of
morphemes with forms and types, and the spans on them. Between morphemes Plaid has no boundary, but
types: a proclitic or an enclitic stands beside ``=``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from plaid_client.provenance import HUMAN, VERIFIED, prov_state
from plaid_client.workflows.igt import clitic_types, gloss_of, morph_type, similarity, word_state

from igtkit.boundaries import UNKNOWN, split_morphemes, split_pair, split_words
from igtkit.igt import IGT, Suggestion

__all__ = [
    "PlaidWord",
    "find_analysis",
    "is_confirmed",
    "make_text",
    "read_word",
]

PlaidWord = Mapping[str, Any]
"""A word as ``derive`` gives it."""

_INSIDE = ("infix", "infixing interfix", "simulfix", "suprafix", "circumfix")
"""Types of morphemes that do not stand before or after others."""

_DECIMALS = 4


def make_text(
    words: Sequence[PlaidWord], known: Sequence[tuple[str, str] | None], translation: str
) -> tuple[IGT, list[int]]:
    """Return the text that a sentence is.

    Args:
        words: Its words.
        known: The form and the gloss of each word that is given; None for one that is open.
        translation: Its translation, or nothing.

    Returns:
        The text, open words being ``???``, and the places of the words that are its tokens: one
        with a space in it, say, is left out.
    """
    places = [
        n for n, word in enumerate(words) if split_words(word["surface"]) == [word["surface"]]
    ]
    pairs = [known[n] or (UNKNOWN, UNKNOWN) for n in places]
    text = IGT(
        " ".join(words[n]["surface"] for n in places),
        " ".join(form for form, _ in pairs),
        " ".join(gloss for _, gloss in pairs),
        translation=translation or None,
    )
    return text, places


def read_word(
    word: PlaidWord, gloss_layer: str, entry_types: Mapping[str, str] | None = None
) -> tuple[str, str] | None:
    """Return the form and the gloss of a word as igtkit writes them.

    Args:
        word: The word.
        gloss_layer: The id of the span layer that has the glosses.
        entry_types: The types of lexicon entries by their ids, for morphemes linked to one.

    Returns:
        The two, with ``-`` and ``=`` between morphemes; None where a morpheme has no gloss, or a
        form or a gloss has marks inside that igtkit would take for boundaries.

    Example:
        >>> span = {"id": "s", "value": "house", "tokens": ["m"]}
        >>> read_word(
        ...     {"surface": "ev", "morphs": [{"id": "m"}], "morph_spans": {"m": [("g", span)]}}, "g"
        ... )
        ('ev', 'house')
    """
    form = gloss = ""
    before = None
    for number, morph in enumerate(word["morphs"]):
        own = (morph.get("metadata") or {}).get("form")
        text = own or (word["surface"] if len(word["morphs"]) == 1 else None)
        span = gloss_of(word, morph, gloss_layer)
        kind = morph_type(word, morph, entry_types)
        if text is None or span is None or kind in _INSIDE:
            return None
        if not (_is_one(text) and _is_one(span["value"])):
            return None
        clitic = kind in ("enclitic", "clitic") or before == "proclitic"
        mark = ("=" if clitic else "-") if number else ""
        form, gloss, before = form + mark + text, gloss + mark + span["value"], kind
    return form, gloss


def is_confirmed(word: PlaidWord) -> bool:
    """Whether an analysis is a person's own, or another's that was verified."""
    if word_state(word) != "protected":
        return False
    pieces = [morph.get("metadata") for morph in word["morphs"]]
    pieces += [span.get("metadata") for spans in word["morph_spans"].values() for _, span in spans]
    return all(prov_state(piece) in (HUMAN, VERIFIED) for piece in pieces)


def find_analysis(surface: str, suggestions: Sequence[Suggestion]) -> dict[str, Any] | None:
    """Return the analysis that Plaid is given for a word.

    Args:
        surface: The word as the text has it.
        suggestions: The suggestions for it, best first.

    Returns:
        The best as ``plaid_client.workflows.igt.write_analyses`` takes it; None if it is open or
        does not pair up. A gloss has the probability of all suggestions that agree on the
        segmentation and on this gloss, a form that of all that agree on the segmentation; the
        glosses weighed and the evidence stand in ``gloss_details``.

    Example:
        >>> found = find_analysis("evde", [Suggestion("ev-de", "house-LOC", 0.9)])
        >>> found["segments"], found["glosses"], found["probs"]
        (['ev', 'de'], ['house', 'LOC'], [0.9, 0.9])
    """
    best = suggestions[0] if suggestions else None
    forms, glosses = split_pair(best.form, best.gloss) if best else ((), ())
    segments, labels = [text for _, text in forms], [text for _, text in glosses]
    if not best or len(segments) != len(labels) or not all(segments) or not all(labels):
        return None
    if any(UNKNOWN in text for text in (*segments, *labels)):
        return None
    joiners = [mark for mark, _ in forms[1:]]
    types = clitic_types(joiners, labels)
    if forms[0][0] == "=":
        types[0] = types[0] or "enclitic"
    if (best.form or "").endswith("="):
        types[-1] = types[-1] or "proclitic"
    weighed: list[dict[str, float]] = [defaultdict(float) for _ in labels]
    of_form = 0.0
    for one in suggestions:
        others, values = split_pair(one.form, one.gloss)
        if one.probability is not None and others == forms and len(values) == len(labels):
            of_form += one.probability
            for place, (_, value) in enumerate(values):
                weighed[place][value] += one.probability
    sure = best.probability is not None
    details = [
        {
            **({"valueProbs": {v: _round(p) for v, p in each.items()}} if sure else {}),
            **({"evidence": list(best.evidence)} if best.evidence else {}),
        }
        for each in weighed
    ]
    return {
        "segments": segments,
        "glosses": labels,
        "types": types,
        "joiners": joiners,
        "degraded": False,
        "surface_mismatch": similarity("".join(segments), surface) < 1,
        "probs": [
            _round(each[v]) if sure else None for each, v in zip(weighed, labels, strict=True)
        ],
        "form_probs": [_round(of_form) if sure else None] * len(segments),
        "gloss_details": details,
    }


def _round(probability: float) -> float:
    return min(1.0, round(probability, _DECIMALS))


def _is_one(text: str) -> bool:
    """Whether igtkit takes a text for one morpheme of one word."""
    return split_words(text) == [text] and split_morphemes(text) == (("", text),)
