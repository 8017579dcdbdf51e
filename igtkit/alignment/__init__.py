"""The alignment checker: does every morpheme have its gloss?

`check` says what is wrong and where, `alignment_score` says how much, `repair` applies a policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from igtkit.alignment.misalignment import find_errors
from igtkit.alignment.notes import find_notes, written_apart
from igtkit.alignment.scoring import alignment_score
from igtkit.errors import InputError
from igtkit.igt import IGT, Issue, require_igt

__all__ = [
    "ERROR_CODES",
    "NOTE_CODES",
    "alignment_score",
    "check",
    "is_misaligned",
    "repair",
    "written_apart",
]

ERROR_CODES = (
    "word-count",
    "unsegmented",
    "morpheme-count",
    "boundary-kind",
    "empty-morpheme",
    "infix-count",
    "reduplication-count",
)
"""The codes of the errors of `check`."""

NOTE_CODES = (
    "missing-line",
    "surface-word-count",
    "surface-form",
    "written-apart",
    "look-alike-boundary",
    "invisible-character",
    "unpaired-punctuation",
    "mixed-normalization",
    "mixed-apostrophes",
)
"""The codes of the notes of `check`."""


def check(igt: IGT, notes: bool = False) -> tuple[Issue, ...]:
    """Return the places where segmentation and glosses do not pair up.

    Errors (misalignment; Leipzig Glossing Rules 1, 2, 9 and 10):

    - ``word-count``: the lines differ in their number of words; words are then not compared.
    - ``unsegmented``: the segmentation has no boundary at all while the glosses have some.
    - ``morpheme-count``: a word and its gloss differ in their number of morphemes.
    - ``boundary-kind``: ``-`` in one line, ``=`` in the other.
    - ``empty-morpheme``: two boundaries meet, or a word begins or ends with one in one line only.
    - ``infix-count``, ``reduplication-count``: ``<...>`` or ``~`` in one line only.

    Notes (asked for with `notes`):

    - ``missing-line``: there is no such line, or it is blank.
    - ``surface-word-count``, ``surface-form``: the transcription has other words than the
      segmentation, or the segments do not spell them (usual where they are underlying forms).
    - ``written-apart``: a clitic or an affix is a word of its own, with its boundary (``=koba``);
      one note for each form, with its count.
    - ``look-alike-boundary``: a character looks like a boundary and is none (``‑``, ``꞊``).
    - ``invisible-character``: a character cannot be seen (a zero width space, a direction mark).
    - ``unpaired-punctuation``: punctuation that only one of segmentation and glosses has.
    - ``mixed-normalization``: composed and decomposed characters (NFC and NFD) side by side.
    - ``mixed-apostrophes``: more than one of ``'`` ``’`` ``ʼ`` in words.

    A free-standing ``-`` or ``=`` is a dash and never reported.

    Args:
        igt: The text to check.
        notes: Whether to return notes too.

    Returns:
        The issues, errors first, each line from left to right. Empty: nothing was found.

    Raises:
        InputError: If it is no `IGT`.

    Example:
        >>> for issue in check(IGT("the cats run", "the cat-s ru-n", "DET cat-PL run.SG")):
        ...     print(issue.code, issue.word, "|", issue.message)
        morpheme-count 2 | 'ru-n' has 2 morphemes, its gloss 'run.SG' has 1
    """
    require_igt(igt)
    errors = find_errors(igt.segmentation, igt.glosses)
    return (*errors, *find_notes(igt)) if notes else errors


def repair(igt: IGT, policy: Literal["polygloss"] = "polygloss") -> IGT:
    """Return a text that is misaligned made usable, any other as it is.

    The policy ``"polygloss"`` (PolyGloss, section 2): a segmentation without any boundary, under
    glosses that have some, is dropped; any other misaligned text is kept, and goes to the train
    split, so that nothing is evaluated on it.

    Args:
        igt: The text.
        policy: Name of the policy.

    Returns:
        The text itself where nothing had to change, else a changed copy.

    Raises:
        InputError: If there is no such policy, or it is no `IGT`.

    Example:
        >>> repair(IGT("cats", "cats", "cat-PL")).segmentation is None
        True
        >>> repair(IGT("cats", "cat-s", "cat", split="test")).split
        'train'
    """
    if policy != "polygloss":
        raise InputError(f"no repair policy {policy!r}; there is: 'polygloss'")
    issues = check(igt)
    if any(issue.code == "unsegmented" for issue in issues):
        return igt.replace(segmentation=None)
    return igt.replace(split="train") if is_misaligned(issues) else igt


def is_misaligned(issues: Iterable[Issue]) -> bool:
    """Whether the paper would call a text misaligned that has these issues.

    It knows ``-`` and ``=`` only, so what the marks of infixes and reduplication do is no reason to
    move a text.

    Example:
        >>> is_misaligned(check(IGT("bili", "bi~bili", "buy")))
        False
        >>> is_misaligned(check(IGT("a b", "a b", "c")))
        True
    """
    return any(
        issue.severity == "error" and issue.code not in _UNKNOWN_TO_THE_PAPER for issue in issues
    )


_UNKNOWN_TO_THE_PAPER = frozenset({"infix-count", "reduplication-count"})
