"""The steps that make a corpus of what sources hold, each a `Step` for a `Pipeline`.

In the order of the PolyGloss paper (section 2): normalize, check and repair, find out the languages
of texts and translations, remove near-duplicates, filter what is of no use, assign splits.
`paper_pipeline` chains them. Each is also a function on a stream of texts: ``normalize()(items)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import cast

from igtkit._characters import UnicodeForm
from igtkit.alignment import check, is_misaligned
from igtkit.alignment import repair as repair_text
from igtkit.boundaries import split_words
from igtkit.corpus._hashing import hash_text
from igtkit.corpus.duplicates import DuplicateIndex, fingerprint, remove_duplicates
from igtkit.corpus.languages import resolve
from igtkit.corpus.pipeline import Pipeline
from igtkit.corpus.quality import QUALITY_RULES, QualityRule
from igtkit.corpus.step import Outcome, Step
from igtkit.errors import InputError
from igtkit.igt import IGT, Language, text_key
from igtkit.igt.language import is_no_language
from igtkit.igt.text import LINES
from igtkit.normalize import Fix, Rules, normalize_with_issues

__all__ = [
    "DuplicateIndex",
    "Guess",
    "assign_splits",
    "filter_quality",
    "fingerprint",
    "identify_languages",
    "identify_metalanguages",
    "normalize",
    "paper_pipeline",
    "remove_duplicates",
    "repair",
]

Guess = Callable[[str], tuple[Language | None, float]]
"""Guesses the language of a translation, and says how sure it is, 0 to 1."""


def normalize(
    rules: Rules = "igtkit",
    *,
    fixes: Iterable[str | Fix] = (),
    unicode_form: UnicodeForm | None = None,
) -> Step:
    """The step that normalizes punctuation and spaces: `igtkit.normalize`.

    Reasons: the lines that changed (``"glosses changed"``), and the issues of the normalizer.

    Args:
        rules: As for `igtkit.normalize`.
        fixes: As for `igtkit.normalize`.
        unicode_form: As for `igtkit.normalize`.

    Example:
        >>> [igt.glosses for igt in normalize()([IGT("Gel!", glosses="come!")])]
        ['come !']
    """
    apply = partial(_normalize, rules=rules, fixes=tuple(fixes), unicode_form=unicode_form)
    return Step("normalize", partial(_same, apply), description="put punctuation and spaces right")


def repair(*, normal: bool = False) -> Step:
    """The step that checks alignment and repairs by the paper's policy: `igtkit.repair`.

    A segmentation without any boundary under glosses that have some is dropped, and a text that
    does not align goes to the train split. Reasons: the codes of the errors found, and what was
    done.

    Args:
        normal: Whether the texts are normalized by igtkit's rules. Where a segmentation is dropped,
            stray spaces of the glosses that it kept open are then closed.

    Example:
        >>> [igt.split for igt in repair()([IGT("cats", "cat-s", "cat", split="test")])]
        ['train']
    """
    apply = partial(_repair, normal=normal)
    return Step("repair", partial(_same, apply), description="check alignment, and repair")


def identify_languages() -> Step:
    """The step that completes the language of each text: glottocode, ISO 639-3 code and name.

    Reasons: ``"unknown"`` where a text names no language, ``"not in the table"``, and
    ``"completed"``.

    Example:
        >>> next(identify_languages()([IGT("a", language="Tsez")])).language.glottocode
        'dido1241'
    """
    return Step(
        "languages",
        partial(_same, partial(_identify, attribute="language")),
        description="complete glottocode, ISO 639-3 code and name",
    )


def identify_metalanguages(guess: Guess | None = None, threshold: float = 0.95) -> Step:
    """The step that completes the language of each translation, and guesses it where none is named.

    Args:
        guess: Guesses a language; `igtkit.corpus.metalanguage.guesser` makes one. None guesses
            nothing.
        threshold: A guess counts if the guesser is at least so sure (0.95 in the paper).

    Raises:
        InputError: If the threshold is not between 0 and 1.

    Example:
        >>> always = lambda text: (Language(name="English"), 0.99)
        >>> next(identify_metalanguages(always)([IGT("a", translation="b")])).metalanguage.iso639_3
        'eng'
    """
    if not 0 <= threshold <= 1:
        raise InputError(f"threshold must be between 0 and 1, not {threshold!r}")
    apply = partial(_identify, attribute="metalanguage", guess=guess, threshold=threshold)
    return Step(
        "metalanguages",
        partial(_same, apply),
        description="complete or guess the language of the translation",
    )


def filter_quality(rules: Iterable[str | QualityRule] = tuple(QUALITY_RULES)) -> Step:
    """The step that drops texts of no use, by named rules.

    Args:
        rules: Names out of `QUALITY_RULES`, or any `QualityRule`; asked in order, and a text is
            counted under the first that matches.

    Raises:
        InputError: If there is no rule of that name.

    Example:
        >>> [igt.transcription for igt in filter_quality()([IGT("12"), IGT("gel", glosses="go")])]
        ['gel']
    """
    chosen = []
    for rule in (rules,) if isinstance(rules, str) else rules:
        if not isinstance(rule, QualityRule) and rule not in QUALITY_RULES:
            known = ", ".join(QUALITY_RULES)
            raise InputError(f"no quality rule is named {rule!r}; there are: {known}")
        chosen.append(rule if isinstance(rule, QualityRule) else QUALITY_RULES[rule])
    apply = partial(_filter, rules=tuple(chosen))
    return Step("quality", partial(_same, apply), description="drop texts of no use")


def assign_splits(default: str = "train", *, shares: Mapping[str, float] | None = None) -> Step:
    """The step that gives each text a split: the designated one, or else the default.

    A text that does not align goes to ``"train"``, whatever was designated, so that nothing is
    evaluated on it. Reasons: ``"misaligned to train"``, ``"default split"``, ``"by share"``.
    Designated splits are kept even where they overlap; how much they do is in the account of the
    run: `Audit.overlap`.

    Args:
        default: Split of texts that none is designated for.
        shares: Share of these texts in each other split, such as ``{"dev": 0.05, "test": 0.05}``.
            Which text goes where follows from its `igtkit.igt.text_key`, so a sentence that occurs
            twice is not in two splits, and the result does not depend on order or on other texts.

    Raises:
        InputError: If the shares are no shares.

    Example:
        >>> texts = [IGT("a", "a", "b", split="test"), IGT("a", "a-b", "c", split="test")]
        >>> [igt.split for igt in assign_splits()(texts)]
        ['test', 'train']
    """
    chosen = dict(shares or {})
    if any(not 0 <= share <= 1 for share in chosen.values()) or sum(chosen.values()) > 1:
        raise InputError(f"shares must be between 0 and 1 and add up to 1 at most, got {chosen}")
    apply = partial(_assign, default=default, shares=tuple(chosen.items()))
    return Step("splits", partial(_same, apply), description="designated splits")


def paper_pipeline(
    *,
    rules: Rules = "igtkit",
    fixes: Iterable[str | Fix] = (),
    guess: Guess | None = None,
    threshold: float = 0.95,
    shares: Mapping[str, float] | None = None,
) -> Pipeline:
    """The steps of the paper's section 2, in order.

    Args:
        rules: Rules of the normalizer.
        fixes: Fixes of the normalizer.
        guess: Guesser of metalanguages; see `identify_metalanguages`.
        threshold: How sure it must be.
        shares: Shares of texts without a designated split; see `assign_splits`.

    Source: Ginn et al., *Massively Multilingual Joint Segmentation and Glossing*, section 2.

    Example:
        >>> [step.name for step in paper_pipeline().steps]  # doctest: +NORMALIZE_WHITESPACE
        ['normalize', 'repair', 'languages', 'metalanguages', 'duplicates', 'quality', 'splits']
    """
    return Pipeline(
        (
            normalize(rules, fixes=fixes),
            repair(normal=rules == "igtkit"),
            identify_languages(),
            identify_metalanguages(guess, threshold),
            remove_duplicates(),
            filter_quality(),
            assign_splits(shares=shares),
        )
    )


def _same(function: Callable[[IGT], Outcome]) -> Callable[[IGT], Outcome]:
    """The function itself: the start of a step that remembers nothing."""
    return function


def _normalize(
    igt: IGT, *, rules: Rules, fixes: tuple[str | Fix, ...], unicode_form: UnicodeForm | None
) -> Outcome:
    normal, issues = normalize_with_issues(igt, rules, fixes=fixes, unicode_form=unicode_form)
    if normal is igt:
        return igt, tuple([issue.code for issue in issues]) if issues else ()
    lines = (*LINES, "translation")
    changed = [f"{name} changed" for name in lines if getattr(igt, name) != getattr(normal, name)]
    return normal, (*changed, *[issue.code for issue in issues])


def _repair(igt: IGT, *, normal: bool) -> Outcome:
    issues = check(igt)
    if not issues:
        return igt, ()
    codes = dict.fromkeys(issue.code for issue in issues)
    repaired = repair_text(igt)
    if repaired == igt:
        return igt, tuple(codes)
    if repaired.segmentation != igt.segmentation:
        closed: list[str] = []
        if normal:
            repaired, found = normalize_with_issues(repaired)
            closed = [issue.code for issue in found]
        return repaired, (*codes, *closed, "segmentation dropped")
    return repaired, (*codes, "to train")


def _identify(
    igt: IGT, *, attribute: str, guess: Guess | None = None, threshold: float = 1.0
) -> Outcome:
    language = cast("Language | None", getattr(igt, attribute))
    reasons: tuple[str, ...] = ()
    if language is not None and is_no_language(language):
        igt, language = igt.replace(**{attribute: None}), None
    if language is None and guess is not None and split_words(igt.translation):
        language, sureness = guess(igt.translation or "")
        if sureness < threshold:
            language = None
        reasons = ("guess too unsure",) if language is None else ("guessed",)
    if language is None:
        return igt, reasons or ("unknown",)
    full = resolve(language)
    if full.glottocode is None:
        reasons = (*reasons, "not in the table")
    elif full != language:
        reasons = (*reasons, "completed")
    if full == getattr(igt, attribute):
        return igt, reasons
    return igt.replace(**{attribute: full}), reasons


def _filter(igt: IGT, *, rules: tuple[QualityRule, ...]) -> Outcome:
    for rule in rules:
        if rule.matches(igt):
            return None, (rule.name,)
    return igt, ()


def _assign(igt: IGT, *, default: str, shares: tuple[tuple[str, float], ...]) -> Outcome:
    if igt.split != "train" and is_misaligned(check(igt)):
        return igt.replace(split="train"), ("misaligned to train",)
    if igt.split is not None:
        return igt, ()
    place = _place(igt) if shares else 1.0
    for name, share in shares:
        if place < share:
            return igt.replace(split=name), ("by share",)
        place -= share
    return igt.replace(split=default), ("default split",)


def _place(igt: IGT) -> float:
    """A number from 0 to 1, the same for the same text, spread evenly."""
    return hash_text(text_key(igt)) / 2**64
