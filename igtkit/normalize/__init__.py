"""The punctuation normalizer: words and sentence punctuation apart, stray boundary spaces closed.

It closes such a space only where the other lines show that it is one, and never guesses.

Two sets of rules. ``"igtkit"`` does what section 2 of the PolyGloss paper describes, in any script
and with nothing inside a word or a gloss touched. ``"polygloss"`` does exactly what was done to the
published corpus; use it to compare with figures or models that come from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeVar, get_args

from igtkit._characters import UnicodeForm, put_in_form
from igtkit.errors import InputError
from igtkit.igt import IGT, Issue
from igtkit.normalize.fixes import FIXES, Fix, LineName, find_fixes
from igtkit.normalize.lookalikes import mend_pair
from igtkit.normalize.published import space_as_published
from igtkit.normalize.punctuation import split_punctuation
from igtkit.normalize.spaces import close_in_line, close_in_text

__all__ = ["FIXES", "Fix", "LineName", "normalize", "normalize_with_issues"]

Rules = Literal["igtkit", "polygloss"]
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
    close_spaces: bool = False,
) -> _Item:
    """Return a text with punctuation between spaces and no stray spaces at morpheme boundaries.

    With ``rules="igtkit"`` the result normalizes to itself, and the number of words changes only
    where a stray space is closed. That is one next to a ``-`` or ``=`` in the segmentation or the
    glosses that has a space on one side only (`x -tok`), in a text whose lines show it: closed,
    they have as many words as the transcription, or segmentation and glosses have equal numbers of
    words where they had different ones. A clitic written apart in all lines stays apart, and so
    does every space in a bare line. A mark between spaces is a dash and stays.

    Beside spaces, only look-alikes of boundary marks change (`ev‑ler` for `ev-ler`), in words of a
    text whose form and gloss then have the same boundaries. The translation stays.

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
        close_spaces: Whether to close stray boundary spaces whatever the other lines have; for
            ``rules="igtkit"``.

    Returns:
        The text or line, of the type given; the same object where nothing changes.

    Raises:
        InputError: If an argument is of the wrong type or names nothing known.

    Source: Ginn et al., *Massively Multilingual Joint Segmentation and Glossing*, section 2.

    Example:
        >>> normalize("«Да», говор-ит.")
        '« Да » , говор-ит .'
        >>> normalize(IGT("anii láay", "a-nii -láay", "3SG-laugh-FUT")).segmentation
        'a-nii-láay'
        >>> normalize("a-nii -láay"), normalize("a-nii -láay", close_spaces=True)
        ('a-nii -láay', 'a-nii-láay')
        >>> normalize("dog-PL be.3PL.", "polygloss", line="glosses")
        'dog-PL be.3PL .'
    """
    return normalize_with_issues(
        item, rules, line=line, fixes=fixes, unicode_form=unicode_form, close_spaces=close_spaces
    )[0]


def normalize_with_issues(
    item: _Item,
    rules: Rules = "igtkit",
    *,
    line: LineName | None = None,
    fixes: Iterable[str | Fix] = (),
    unicode_form: UnicodeForm | None = None,
    close_spaces: bool = False,
) -> tuple[_Item, tuple[Issue, ...]]:
    """Normalize, and report the spaces at boundaries and the look-alikes of boundary marks.

    Args:
        item: As for `normalize`.
        rules: As for `normalize`.
        line: As for `normalize`.
        fixes: As for `normalize`.
        unicode_form: As for `normalize`.
        close_spaces: As for `normalize`.

    Returns:
        The text or line, and the issues, all notes: ``"boundary-space-closed"``;
        ``"boundary-space-kept"`` where the lines agree as they are; ``"boundary-space-ambiguous"``
        where a person must decide; ``"look-alike-mended"``. Their `word` and `morpheme` point into
        the normalized line.

    Raises:
        InputError: As `normalize`.

    Example:
        >>> text, issues = normalize_with_issues("x  -tok", close_spaces=True)
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
        return _normalize_igt(item, rules, chosen, unicode_form, close_spaces)
    if not isinstance(item, str):
        raise InputError(f"can normalize an IGT or a string, not {item!r} ({type(item).__name__})")
    name: LineName = "segmentation" if line is None else line
    _require(name, _LINES, "line")
    text = _prepare(item, name, chosen, unicode_form)
    if rules == "polygloss":
        return space_as_published(text, glosses=name == "glosses"), ()
    text = split_punctuation(text, glosses=name == "glosses")
    return (text, ()) if name == "transcription" else close_in_line(text, name, close=close_spaces)


def _normalize_igt(
    igt: IGT,
    rules: Rules,
    fixes: tuple[Fix, ...],
    unicode_form: UnicodeForm | None,
    close_spaces: bool,
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
        issues = _mend(lines)
        for name in ("segmentation", "glosses"):
            if name in lines:
                lines[name] = split_punctuation(lines[name], glosses=name == "glosses")
        if "transcription" in lines:
            # A colon that only the transcription has, and not the analysis, is no length mark.
            analysis = lines.get("segmentation", ":").replace(" :", " ")
            lines["transcription"] = split_punctuation(
                lines["transcription"], colon=":" not in analysis
            )
        lines, found = close_in_text(lines, always=close_spaces)
        issues += (*_mend(lines), *found)  # again, as words may pair up only now
    changes: dict[str, Any] = {name: text for name, text in lines.items() if text != given[name]}
    if unicode_form is not None and igt.translation:
        changes["translation"] = put_in_form(igt.translation, unicode_form)
    return (igt.replace(**changes) if changes else igt), issues


def _mend(lines: dict[LineName, str]) -> tuple[Issue, ...]:
    """Mend look-alikes in segmentation and glosses, in place."""
    if "segmentation" not in lines or "glosses" not in lines:
        return ()
    form, gloss, issues = mend_pair(lines["segmentation"], lines["glosses"])
    lines |= {"segmentation": form, "glosses": gloss}
    return issues


def _prepare(
    text: str, name: LineName, fixes: tuple[Fix, ...], unicode_form: UnicodeForm | None
) -> str:
    if unicode_form is not None:
        text = put_in_form(text, unicode_form)
    for fix in fixes:
        if name in fix.lines:
            text = fix.apply(text)
    return text


def _require(value: object, known: tuple[object, ...], what: str) -> None:
    if value not in known:
        raise InputError(f"{what} must be one of {', '.join(map(repr, known))}, not {value!r}")
