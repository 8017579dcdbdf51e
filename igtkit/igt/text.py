"""`IGT`: an interlinear glossed text. It keeps the lines exactly as they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

import attrs

from igtkit.boundaries import (
    PAPER,
    Boundaries,
    is_word,
    join_words,
    split_pair,
    split_words,
)
from igtkit.errors import AlignmentError, InputError
from igtkit.igt.fields import text_field
from igtkit.igt.language import Language, to_language
from igtkit.igt.rows import count_words, merge_tokens, show_rows
from igtkit.igt.word import Morpheme, Word

__all__ = ["ALL_LINES", "IGT", "LINES", "require_igt"]

LINES = ("transcription", "segmentation", "glosses")
"""The lines of a text that stand above each other, word over word, from the top."""

ALL_LINES = (*LINES, "translation", "pos")
"""Every line of a text."""


def _to_metadata(value: Mapping[str, Any]) -> dict[str, Any]:
    given: object = value
    if not isinstance(given, (dict, Mapping)):  # the first is told in a fifth of the time
        raise InputError(f"metadata must be a mapping, got {value!r:.80} ({type(value).__name__})")
    return dict(value)


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

    transcription: str | None = text_field(default=attrs.NOTHING)
    segmentation: str | None = text_field()
    glosses: str | None = text_field()
    translation: str | None = text_field()
    language: Language | None = attrs.field(default=None, converter=to_language, kw_only=True)
    metalanguage: Language | None = attrs.field(default=None, converter=to_language, kw_only=True)
    pos: str | None = text_field(kw_only=True)
    id: str | None = text_field(kw_only=True)
    source: str | None = text_field(kw_only=True)
    split: str | None = text_field(kw_only=True)
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
        from igtkit.igt.html import render_entry, to_markup  # noqa: PLC0415  # a tenth of importing igtkit

        return to_markup([render_entry(self)])

    def align(self, boundaries: Boundaries = PAPER, *, strict: bool = True) -> tuple[Word, ...]:
        """Return the words: segmentation, glosses and transcription, paired up by morphemes.

        Punctuation-only tokens and dashes may stand in one line only: they become a word whose
        form, gloss or surface is None. Surface words attach where the transcription has as many
        words as the analysis. A clitic or an affix written as a word of its own is one morpheme,
        with the boundary before it.

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
            >>> IGT("bamun koba", "b-amun =koba", "2-have =PST").align()[1].morphemes
            (Morpheme(form='koba', gloss='PST', boundary='='),)
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
        """Return the text that words make; each line is its tokens joined by single spaces.

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
    forms, glosses = split_pair(form, gloss, boundaries)
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


def require_igt(value: object) -> None:
    """Refuse what is no `IGT`.

    Raises:
        InputError: If it is something else; the message says what.
    """
    if not isinstance(value, IGT):
        raise InputError(f"expected an IGT, got {value!r:.80} ({type(value).__name__})")
