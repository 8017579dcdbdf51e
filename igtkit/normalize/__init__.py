"""The punctuation normalizer: words and sentence punctuation apart, stray boundary spaces closed.

Two sets of rules. ``"igtkit"`` does what section 2 of the PolyGloss paper describes, in any script
and with nothing inside a word or a gloss touched. ``"polygloss"`` does exactly what was done to the
published corpus; use it to compare with figures or models that come from there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Literal, TypeVar, get_args

from igtkit.errors import InputError
from igtkit.igt import IGT, Issue
from igtkit.normalize.fixes import FIXES, Fix, LineName, find_fixes
from igtkit.normalize.published import space_as_published
from igtkit.normalize.punctuation import split_punctuation
from igtkit.normalize.spaces import close_spaces, close_spaces_in_pair

__all__ = ["FIXES", "Fix", "LineName", "normalize", "normalize_with_issues"]

Rules = Literal["igtkit", "polygloss"]
UnicodeForm = Literal["NFC", "NFD"]
_Item = TypeVar("_Item", IGT, str)
_LINES: tuple[LineName, ...] = get_args(LineName)
_RULES: tuple[Rules, ...] = get_args(Rules)


def normalize(
    item: _Item,
    rules: Rules = "igtkit",
    *,
    line: LineName | None = None,
    fixes: Iterable[str | Fix] = (),
    unicode_form: UnicodeForm | None = None,
) -> _Item:
    """Put sentence punctuation between spaces and close stray spaces at morpheme boundaries.

    With ``rules="igtkit"`` only spaces are added and removed, the result normalizes to itself, and
    the number of words changes only where a stray space is closed. A stray space is one next to a
    ``-`` or ``=`` in the segmentation or the glosses that has a space on one side only (`x -tok`);
    a mark between spaces is a dash and stays. Where closing would leave segmentation and glosses
    with different numbers of words, and not closing would not, it is left. The translation stays.

    With ``rules="polygloss"``, tabs in glosses become spaces, and a space is inserted before one
    of ``? . ! ,`` that follows a word character and precedes white space or the end of the line.

    Args:
        item: An interlinear text, or one line of one.
        rules: ``"igtkit"`` or ``"polygloss"``.
        line: Which line a bare string is; without it, ``"segmentation"``, to which all the rules
            apply. In a ``"transcription"`` no space is closed; in ``"glosses"`` a ``:`` joins
            gloss elements, and ``"polygloss"`` replaces tabs.
        fixes: Source-specific fixes to make first, in order: names out of `FIXES`, or any `Fix`.
        unicode_form: Unicode normalization form to bring the lines into before all else (the
            translation too); None keeps each character as it is.

    Returns:
        The text or line, of the type given; the same object where nothing changes.

    Raises:
        InputError: If an argument is of the wrong type or names nothing known.

    Source: Ginn et al., *Massively Multilingual Joint Segmentation and Glossing*, section 2.

    Example:
        >>> normalize("«Да», говор-ит.")
        '« Да » , говор-ит .'
        >>> normalize("a-nii -láay")
        'a-nii-láay'
        >>> normalize("dog-PL be.3PL.", "polygloss", line="glosses")
        'dog-PL be.3PL .'
    """
    return normalize_with_issues(item, rules, line=line, fixes=fixes, unicode_form=unicode_form)[0]


def normalize_with_issues(
    item: _Item,
    rules: Rules = "igtkit",
    *,
    line: LineName | None = None,
    fixes: Iterable[str | Fix] = (),
    unicode_form: UnicodeForm | None = None,
) -> tuple[_Item, tuple[Issue, ...]]:
    """Normalize, and report the stray boundary spaces.

    Args:
        item: As for `normalize`.
        rules: As for `normalize`.
        line: As for `normalize`.
        fixes: As for `normalize`.
        unicode_form: As for `normalize`.

    Returns:
        The text or line, and the issues, all notes: ``"boundary-space-closed"``, and
        ``"boundary-space-ambiguous"`` where a person must decide. Their `word` and `morpheme` point
        into the normalized line.

    Raises:
        InputError: As `normalize`.

    Example:
        >>> text, issues = normalize_with_issues("x  -tok")
        >>> text, issues[0].code, issues[0].message
        ('x-tok', 'boundary-space-closed', "closed the space in 'x  -tok'")
    """
    _require(rules, _RULES, "rules")
    if unicode_form is not None:
        _require(unicode_form, get_args(UnicodeForm), "unicode_form")
    chosen = find_fixes(fixes)
    if isinstance(item, IGT):
        if line is not None:
            raise InputError("line= says which line a bare string is; an IGT knows its lines")
        return _normalize_igt(item, rules, chosen, unicode_form)
    if not isinstance(item, str):
        raise InputError(f"can normalize an IGT or a string, not {item!r} ({type(item).__name__})")
    name: LineName = "segmentation" if line is None else line
    _require(name, _LINES, "line")
    text = _prepare(item, name, chosen, unicode_form)
    if rules == "polygloss":
        return space_as_published(text, glosses=name == "glosses"), ()
    text = split_punctuation(text, glosses=name == "glosses")
    return (text, ()) if name == "transcription" else close_spaces(text, name)


def _normalize_igt(
    igt: IGT, rules: Rules, fixes: tuple[Fix, ...], unicode_form: UnicodeForm | None
) -> tuple[IGT, tuple[Issue, ...]]:
    given = {name: text for name in _LINES if (text := getattr(igt, name))}
    lines = given.copy()
    if fixes or unicode_form is not None:
        lines = {name: _prepare(text, name, fixes, unicode_form) for name, text in given.items()}
    issues: tuple[Issue, ...] = ()
    if rules == "polygloss":
        for name, text in lines.items():
            lines[name] = space_as_published(text, glosses=name == "glosses")
    else:
        # A colon that only the transcription has, and not the analysis, is no length mark.
        no_colons = "segmentation" in lines and ":" not in lines["segmentation"].replace(" :", " ")
        for name, text in lines.items():
            colon = no_colons if name == "transcription" else False
            lines[name] = split_punctuation(text, glosses=name == "glosses", colon=colon)
        if "segmentation" in lines and "glosses" in lines:
            form, gloss, issues = close_spaces_in_pair(lines["segmentation"], lines["glosses"])
            lines |= {"segmentation": form, "glosses": gloss}
        else:
            for name in lines.keys() - {"transcription"}:
                lines[name], issues = close_spaces(lines[name], name)
    changes: dict[str, Any] = {name: text for name, text in lines.items() if text != given[name]}
    if unicode_form is not None and igt.translation:
        changes["translation"] = unicodedata.normalize(unicode_form, igt.translation)
    return (igt.replace(**changes) if changes else igt), issues


def _prepare(
    text: str, name: LineName, fixes: tuple[Fix, ...], unicode_form: UnicodeForm | None
) -> str:
    if unicode_form is not None:
        text = unicodedata.normalize(unicode_form, text)
    for fix in fixes:
        if name in fix.lines:
            text = fix.apply(text)
    return text


def _require(value: object, known: tuple[object, ...], what: str) -> None:
    if value not in known:
        raise InputError(f"{what} must be one of {', '.join(map(repr, known))}, not {value!r}")
