"""What the lines of a text say of each word of its transcription."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from igtkit._labels.morphs import find_stem
from igtkit.alignment.pairing import are_alike, pair_words
from igtkit.boundaries import CLITIC, split_morphemes
from igtkit.models.partial import OPEN, Known

__all__ = ["pair_lines"]

_MOST_CLITICS = 20  # of a word: chosen far above what any has, as each two are tried


def pair_lines(
    words: Sequence[str], forms: Sequence[str], glosses: Sequence[str]
) -> tuple[Known, ...]:
    """Return the form and the gloss of each word of a transcription, None where there is none.

    A line of as many words has one for each. Of an analysis with more words or fewer those are
    taken that surely belong to a word, by their letters. A clitic that the transcription alone
    writes as a word takes its boundary with it.

    Args:
        words: The words of the transcription.
        forms: The words of the segmentation.
        glosses: The words of the glosses.

    Example:
        >>> pair_lines(["[er]", "nag", "da"], ["nag=da"], ["friend=POSS"])
        ((None, None), ('nag', 'friend'), ('=da', '=POSS'))
    """
    count = len(words)
    if not forms or len(forms) != len(glosses) or len(forms) == count:
        of_forms = forms if len(forms) == count else [None] * count
        of_glosses = glosses if len(glosses) == count else [None] * count
        return tuple(zip(of_forms, of_glosses, strict=True))
    known = [OPEN] * count
    for (begin, end), (at, after) in pair_words(tuple(words), tuple(forms)):
        if after - at == 1:
            known[begin:end] = _cut_clitics(words[begin:end], forms[at], glosses[at])
    return tuple(known)


def _cut_clitics(words: Sequence[str], form: str, gloss: str) -> list[Known]:
    """What several words say that are one in the analysis, cut at its clitics; of one all."""
    if len(words) == 1:
        return [(form, gloss)]
    morphemes, labels = split_morphemes(form), split_morphemes(gloss)
    boundaries = [boundary for boundary, _ in morphemes]
    clitics = [at for at, boundary in enumerate(boundaries) if boundary == CLITIC]
    if boundaries != [boundary for boundary, _ in labels] or len(clitics) > _MOST_CLITICS:
        return [OPEN] * len(words)
    stem = find_stem(boundaries, [label for _, label in labels]) or 0
    fitting = []
    for cuts in combinations(clitics, len(words) - 1):
        spans = list(pairwise([0, *cuts, len(morphemes)]))
        parts = [(_part(morphemes, *span, stem), _part(labels, *span, stem)) for span in spans]
        if all(are_alike(word, part) for word, (part, _) in zip(words, parts, strict=True)):
            fitting.append(parts)
    return [*fitting[0]] if len(fitting) == 1 else [OPEN] * len(words)


def _part(morphemes: Sequence[tuple[str, str]], begin: int, end: int, stem: int) -> str:
    """Some morphemes of a word as a word of their own, which joins to where the stem is."""
    joined = "".join(boundary + text for boundary, text in morphemes[begin:end])
    if begin > stem:
        return joined
    if begin:
        joined = joined.removeprefix(CLITIC)
    return joined + CLITIC if end <= stem else joined
