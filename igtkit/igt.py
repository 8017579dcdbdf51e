"""The data model: an interlinear glossed text and what it is made of.

`IGT` keeps the lines exactly as they were given. Words and morphemes are derived from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

import attrs

from igtkit._notebook import show_html
from igtkit._rows import count_words, merge_tokens, show_rows
from igtkit.boundaries import (
    PAPER,
    Boundaries,
    is_punctuation,
    is_word,
    join_morphemes,
    join_words,
    split_morphemes,
    split_words,
)
from igtkit.errors import AlignmentError, InputError

__all__ = [
    "IGT",
    "Issue",
    "Language",
    "Morpheme",
    "Prediction",
    "Severity",
    "Suggestion",
    "Word",
    "require_igt",
    "require_text",
]

Severity = Literal["error", "note"]


def require_text(value: object, name: str) -> None:
    """Refuse what is neither a line of text nor None: a NaN out of a table, say.

    Raises:
        InputError: If it is something else; the message says what.
    """
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name} must be a string or None, got {value!r} ({type(value).__name__})")


def require_igt(value: object) -> None:
    """Refuse what is no `IGT`.

    Raises:
        InputError: If it is something else; the message says what.
    """
    if not isinstance(value, IGT):
        raise InputError(f"expected an IGT, got {value!r:.80} ({type(value).__name__})")


def _check_text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    require_text(value, f"{type(instance).__name__}.{attribute.name}")


def _text(default: str | None = None, **options: Any) -> Any:
    return attrs.field(default=default, validator=_check_text, **options)


@attrs.frozen
class Language:
    """A language, by any of its names; every part may be unknown.

    Attributes:
        glottocode: Glottolog's identifier, for example ``"dido1241"``.
        name: A name people use.
        iso639_3: ISO 639-3 code.

    Example:
        >>> Language("dido1241", "Tsez", "ddo").name
        'Tsez'
    """

    glottocode: str | None = _text()
    name: str | None = _text()
    iso639_3: str | None = _text()


def _to_language(value: Language | str | None) -> Language | None:
    if value is None or isinstance(value, Language):
        return value
    if isinstance(value, str):
        return Language(name=value) if value else None
    raise InputError(f"a language must be a Language, a name or None, got {value!r}")


def _to_metadata(value: Mapping[str, Any]) -> dict[str, Any]:
    given: object = value
    if not isinstance(given, Mapping):
        raise InputError(f"metadata must be a mapping, got {value!r:.80} ({type(value).__name__})")
    return dict(value)


def _to_problems(value: Iterable[str]) -> tuple[str, ...]:
    given: object = value
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InputError(f"problems must be a tuple of strings, got {value!r:.80}")
    return tuple(value)


@attrs.frozen
class Morpheme:
    """One morpheme of a word.

    Attributes:
        form: Its form in the segmentation line; None where that line lacks it.
        gloss: Its gloss; None where the gloss line lacks it.
        boundary: What joins it to the morpheme before: ``""`` for the first, ``"-"``, ``"="``,
            ``"~"``, or ``"<>"`` for an infix in the morpheme before.
    """

    form: str | None
    gloss: str | None
    boundary: str = ""


@attrs.frozen
class Word:
    """One token of an interlinear text, across its lines.

    Attributes:
        form: The token of the segmentation line; None where that line lacks it.
        gloss: The token of the gloss line; None where that line lacks it.
        surface: The token of the transcription, where transcription and analysis pair up.
        morphemes: The morphemes, in order.

    Example:
        >>> Word.from_morphemes([Morpheme("cat", "cat"), Morpheme("s", "PL", "-")]).form
        'cat-s'
    """

    form: str | None
    gloss: str | None
    surface: str | None = None
    morphemes: tuple[Morpheme, ...] = ()

    @property
    def is_punctuation(self) -> bool:
        """Whether the token is punctuation only, in every line that has it."""
        tokens = [token for token in (self.form, self.gloss, self.surface) if token is not None]
        return bool(tokens) and all(is_punctuation(token) for token in tokens)

    @classmethod
    def from_morphemes(cls, morphemes: Iterable[Morpheme], surface: str | None = None) -> Word:
        """Build a word from its morphemes.

        Args:
            morphemes: At least one; all with a form or none, all with a gloss or none.
            surface: The word as the transcription has it.

        Raises:
            InputError: If there is no morpheme, one is an infix (whose place in its host morphemes
                do not tell), or only some have a form or a gloss.
        """
        parts = tuple(morphemes)
        if not parts:
            raise InputError("a word needs at least one morpheme")
        form = _joined([(part.boundary, part.form) for part in parts], "form")
        gloss = _joined([(part.boundary, part.gloss) for part in parts], "gloss")
        return cls(form, gloss, surface, parts)


def _joined(pairs: Sequence[tuple[str, str | None]], what: str) -> str | None:
    present = tuple((boundary, text) for boundary, text in pairs if text is not None)
    if not present:
        return None
    if len(present) < len(pairs):
        raise InputError(f"some morphemes of the word have a {what} and some have none")
    return join_morphemes(present)


@attrs.frozen
class Issue:
    """One finding about an interlinear text.

    Attributes:
        code: Stable name of the kind of finding, for example ``"morpheme-count"``.
        severity: ``"error"`` for misalignment, ``"note"`` for anything less.
        line: The line it is about: ``"transcription"``, ``"segmentation"``, ``"glosses"`` or
            ``"translation"``.
        word: Index of the word among the words of the line (punctuation-only tokens and dashes not
            counted), from 0; None where it is about the whole line.
        morpheme: Index of the morpheme in the word, from 0, or None.
        message: What a linguist needs to know to mend it.
    """

    code: str
    severity: Severity
    line: str
    word: int | None
    morpheme: int | None
    message: str


@attrs.frozen
class IGT:
    """An interlinear glossed text: one sentence, its lines, and what is known about it.

    Lines are kept exactly as given. Two are equal, and hash alike, when everything but `metadata`
    is equal.

    Attributes:
        transcription: The text line.
        segmentation: The text split into morphemes.
        glosses: One gloss for each morpheme.
        translation: Free translation.
        language: Language of the text; a plain string is taken as its name.
        metalanguage: Language of the translation and of the lexical glosses.
        pos: Part-of-speech line.
        id: Identifier in its source.
        source: Name of the corpus or file it came from.
        split: ``"train"``, ``"dev"``, ``"test"``, or any other name of a part.
        metadata: Anything else, by name.

    Raises:
        InputError: If a line is no string (a NaN, say), a language no language, or the metadata no
            mapping.

    Example:
        >>> igt = IGT("cats run", "cat-s run", "cat-PL run", "Cats run.", language="English")
        >>> [word.form for word in igt.words]
        ['cat-s', 'run']
        >>> igt.words[0].morphemes[1]
        Morpheme(form='s', gloss='PL', boundary='-')
    """

    transcription: str | None = attrs.field(validator=_check_text)
    segmentation: str | None = _text()
    glosses: str | None = _text()
    translation: str | None = _text()
    language: Language | None = attrs.field(default=None, converter=_to_language, kw_only=True)
    metalanguage: Language | None = attrs.field(default=None, converter=_to_language, kw_only=True)
    pos: str | None = _text(kw_only=True)
    id: str | None = _text(kw_only=True)
    source: str | None = _text(kw_only=True)
    split: str | None = _text(kw_only=True)
    metadata: Mapping[str, Any] = attrs.field(
        factory=dict, converter=_to_metadata, eq=False, hash=False, repr=False, kw_only=True
    )

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every token as a `Word`, split on the paper's boundaries; see `align`.

        Raises:
            AlignmentError: If segmentation and glosses do not pair up.
        """
        return self.align()

    def _repr_html_(self) -> str:
        return show_html(self)

    def align(self, boundaries: Boundaries = PAPER, *, strict: bool = True) -> tuple[Word, ...]:
        """Pair up segmentation, glosses and transcription, word by word, morpheme by morpheme.

        Punctuation-only tokens and dashes may stand in one line only: they become a word whose
        form, gloss or surface is None. Surface words attach where the transcription has as many
        words as the analysis.

        Args:
            boundaries: Which marks separate morphemes.
            strict: Whether to raise where segmentation and glosses do not pair up. Otherwise they
                are paired by position, and the longer line's surplus is paired with None.

        Returns:
            The words, in the order of the lines.

        Raises:
            AlignmentError: If `strict` and the lines differ in their number of words, or a word's
                in its number of morphemes. The message shows both lines and marks the word.

        Example:
            >>> comma = IGT("gel ,", "gel ,", "come").align()[1]
            >>> comma.form, comma.gloss, comma.surface
            (',', None, ',')
        """
        forms, glosses = split_words(self.segmentation), split_words(self.glosses)
        surfaces = split_words(self.transcription)
        if strict and forms and glosses:
            _require_equal_words(forms, glosses)
        count = count_words(forms or glosses or surfaces)
        if count_words(surfaces) != count:
            surfaces = []
        return tuple(
            _make_word(form, gloss, surface, boundaries, strict=strict, context=(forms, glosses))
            for form, gloss, surface in merge_tokens([forms, glosses, surfaces])
        )

    def replace(self, **changes: Any) -> IGT:
        """Return a copy with some attributes changed.

        Example:
            >>> IGT("a b").replace(translation="A B").translation
            'A B'
        """
        return IGT(**{**dict(zip(_NAMES, _values(self), strict=True)), **changes})

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, _values(self)

    @classmethod
    def from_words(
        cls, words: Iterable[Word], translation: str | None = None, **attributes: Any
    ) -> IGT:
        """Build a text from words; each line is its tokens joined by single spaces.

        A line that no word has a token for is None. The transcription falls back to the
        segmentation without boundaries.

        Args:
            words: The words, as `words` or `align` give them.
            translation: Free translation.
            **attributes: Any other attribute of `IGT`, ``transcription`` included.

        Example:
            >>> igt = IGT("cats  run", "cat-s  run", "cat-PL run")
            >>> IGT.from_words(igt.words).segmentation
            'cat-s run'
        """
        words = tuple(words)
        surfaces = _line([word.surface for word in words])
        forms = _line([word.form for word in words])
        if surfaces is None and forms is not None:
            surfaces = join_words(["".join(m.form or "" for m in w.morphemes) for w in words])
        attributes.setdefault("transcription", surfaces)
        return cls(
            segmentation=forms,
            glosses=_line([word.gloss for word in words]),
            translation=translation,
            **attributes,
        )


_NAMES = tuple(field.name for field in attrs.fields(IGT))
_values = attrgetter(*_NAMES)


def _restore(*values: Any) -> IGT:
    """The text with these values of its attributes: how one travels between processes."""
    return IGT(**dict(zip(_NAMES, values, strict=True)))


def _line(tokens: Sequence[str | None]) -> str | None:
    present = [token for token in tokens if token is not None]
    return join_words(present) if present else None


def _make_word(
    form: str | None,
    gloss: str | None,
    surface: str | None,
    boundaries: Boundaries,
    *,
    strict: bool,
    context: tuple[Sequence[str], Sequence[str]],
) -> Word:
    token = form or gloss
    if token is None:
        return Word(None, None, surface)
    if not is_word(token):
        return Word(form, gloss, surface, (Morpheme(form, gloss),))
    forms = split_morphemes(form, boundaries) if form is not None else ()
    glosses = split_morphemes(gloss, boundaries) if gloss is not None else ()
    if strict and forms and glosses and len(forms) != len(glosses):
        raise AlignmentError(
            f"{form!r} has {len(forms)} {_morphemes(len(forms))}, "
            f"{gloss!r} has {len(glosses)}\n" + show_rows(*context, mark=(form, gloss))
        )
    morphemes = tuple(
        Morpheme(
            forms[index][1] if index < len(forms) else None,
            glosses[index][1] if index < len(glosses) else None,
            (forms if index < len(forms) else glosses)[index][0],
        )
        for index in range(max(len(forms), len(glosses)))
    )
    return Word(form, gloss, surface, morphemes)


def _morphemes(count: int) -> str:
    return "morpheme" if count == 1 else "morphemes"


def _require_equal_words(forms: Sequence[str], glosses: Sequence[str]) -> None:
    count, other = count_words(forms), count_words(glosses)
    if count == other:
        return
    rows = [row for row in merge_tokens([forms, glosses]) if is_word(row[0] or row[1] or "")]
    first = next(row for row in rows if row[0] is None or row[1] is None)
    raise AlignmentError(
        f"the segmentation has {count} words, the glosses have {other}\n"
        + show_rows(forms, glosses, mark=(first[0], first[1]))
    )


@attrs.frozen
class Suggestion:
    """One analysis of one word that a glosser proposes.

    Attributes:
        form: The word, segmented.
        gloss: The word's gloss.
        probability: How likely the glosser holds it to be right, 0 to 1; None if it cannot say.
        evidence: Why: what the analysis rests on, in words a linguist can check.
    """

    form: str | None
    gloss: str | None
    probability: float | None = None
    evidence: tuple[str, ...] = ()


@attrs.frozen
class Prediction:
    """What every glosser returns for one text.

    Attributes:
        segmentation: The predicted segmentation line; None if the glosser gives none.
        glosses: The predicted gloss line; None if the glosser gives none.
        problems: What was wrong with the output it was read from, in words.
        score: The glosser's own score of the whole line; higher is better.
        system: Name of the glosser.
        words: For each token of the transcription the suggestions, best first; empty where the
            glosser ranks whole lines only.

    Raises:
        InputError: If a line is no string, or the problems are one instead of many.

    Example:
        >>> Prediction("cat-s", "cat-PL").to_igt(IGT("cats")).glosses
        'cat-PL'
    """

    segmentation: str | None = _text()
    glosses: str | None = _text()
    problems: tuple[str, ...] = attrs.field(default=(), converter=_to_problems)
    score: float | None = None
    system: str | None = _text()
    words: tuple[tuple[Suggestion, ...], ...] = attrs.field(default=(), repr=False)

    def replace(self, **changes: Any) -> Prediction:
        """Return a copy with some attributes changed."""
        return attrs.evolve(self, **changes)

    def _repr_html_(self) -> str:
        return show_html(self)

    def to_igt(self, source: IGT) -> IGT:
        """Put the predicted lines into the text they were predicted for.

        A line that was not predicted stays as the source has it. ``metadata["prediction"]`` says
        that the lines are a machine's: which ``"system"``, what ``"score"``, ``"confirmed"`` by a
        person or not and, where it ranks words, the ``"probabilities"`` of the words it chose.

        Args:
            source: The text that was glossed.

        Returns:
            A copy of `source` with the predicted lines.

        Raises:
            InputError: If the source is no `IGT`.
        """
        require_igt(source)
        mark: dict[str, Any] = {"system": self.system, "score": self.score, "confirmed": False}
        if self.words:
            best = [word[0].probability if word else None for word in self.words]
            mark["probabilities"] = best
        return source.replace(
            segmentation=source.segmentation if self.segmentation is None else self.segmentation,
            glosses=source.glosses if self.glosses is None else self.glosses,
            metadata={**source.metadata, "prediction": mark},
        )
