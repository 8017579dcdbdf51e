"""Interlinear texts as HTML: words stacked over morphemes and glosses.

Plain markup that reads in order without its style sheet: a list of words, each with its surface
form and, for each morpheme, form and gloss. Nothing is run, nothing is loaded, and every text
stands there exactly as it was given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Protocol

from igtkit._characters import direction
from igtkit._labels import expand_abbreviation, parse_gloss
from igtkit.boundaries import LEIPZIG, Boundaries, is_word, join_words, split_word
from igtkit.errors import InputError
from igtkit.igt.doubt import DOUBTFUL, describe_suggestion, word_suggestions
from igtkit.igt.judgment import judgment_of
from igtkit.igt.language import Language
from igtkit.igt.quotes import bare_translation
from igtkit.igt.suggestion import Suggestion
from igtkit.igt.tag import language_tag
from igtkit.igt.word import Word

__all__ = ["STYLE", "Entry", "document", "escape", "render_entry", "to_markup"]

STYLE = """\
.igt { margin: 1.2em 0; line-height: 1.35; overflow-wrap: anywhere; }
.igt p { margin: .2em 0; }
.igt-source, .igt-note, .igt-more { font-size: .85em; opacity: .8; }
.igt-words, .igt-morphemes { display: flex; flex-wrap: wrap; }
.igt ol.igt-words { gap: .6em 1em; margin: .3em 0; padding: 0; }
.igt ol.igt-words, .igt ul.igt-alternatives { list-style: none; }
.igt-words > li { max-width: 100%; margin: 0; }
.igt-words > li.igt-judgment { margin-inline-end: -.9em; }
.igt-surface, .igt-form, .igt-gloss { display: block; min-height: 1.35em; }
.igt-surface { font-style: italic; }
.igt-morpheme { max-width: 100%; padding-inline-end: .1em; }
.igt-gloss { font-size: .95em; }
.igt-gloss abbr { font-variant-caps: all-small-caps; line-height: 0; text-decoration: none; }
.igt-translation::before { content: "\\2018"; }
.igt-translation::after { content: "\\2019"; }
.igt-words > .igt-suggested { display: contents; }
.igt-word { max-width: 100%; border-bottom: 1px dotted; cursor: help; }
.igt-suggested:hover > .igt-word, .igt-word:focus { border-bottom-style: solid; }
.igt-likely { background: rgb(255 165 0 / .12); }
.igt-unsure { background: rgb(255 165 0 / .26); }
.igt-doubtful { background: rgb(255 165 0 / .42); border-bottom-style: dashed; }
.igt-word:focus-visible { outline: 2px solid; outline-offset: 2px; }
.igt ul.igt-alternatives { order: 1; width: 100%; margin: 0; padding: .4em .7em; display: none;
  border: 1px solid; border-radius: .3em; }
.igt-alternatives > li + li { margin-top: .4em; }
.igt-alternatives small { display: block; opacity: .8; }
.igt .igt-suggested:hover > ul, .igt .igt-word:focus + ul { display: block; }
.igt-report { overflow-x: auto; font-variant-numeric: tabular-nums; }
.igt-report table { border-collapse: collapse; margin: 0; }
.igt-report :is(th, td) { padding: .15em .8em; text-align: right; font-weight: normal; }
.igt-report th[scope=row] { padding-inline-start: 1.6em; text-align: left; }
.igt-report th[scope=rowgroup] { padding-top: .6em; text-align: left; font-weight: bold; }
.igt-report .igt-alone :is(th, td) { padding: .6em .8em .15em; }
.igt-report .igt-alone th { font-weight: bold; }
.igt-report + p { margin: .4em 0; font-size: .85em; opacity: .8; overflow-wrap: anywhere; }
"""
"""The style sheet: colors are those around it, or the system's."""

_PAGE_STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 48rem; margin: 1.5rem auto; padding: 0 1rem; font: 1.05rem/1.4 "Charis SIL",
  "Doulos SIL", "Noto Serif", Georgia, serif; background: #fdfdfb; color: #1b1b1b; }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e4df; } }
@media print { .igt { break-inside: avoid; } }
"""

_SURE = 0.95
_LIKELY = 0.8
_SHOWN = Boundaries(LEIPZIG.joiners)  # an infix is shown in its host, where it stands
_ILLEGAL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Entry(Protocol):
    """What is asked of a text that is to be shown; `igtkit.IGT` has it all."""

    @property
    def transcription(self) -> str | None:
        """The text line."""

    @property
    def segmentation(self) -> str | None:
        """The text split into morphemes."""

    @property
    def glosses(self) -> str | None:
        """One gloss for each morpheme."""

    @property
    def translation(self) -> str | None:
        """Free translation."""

    @property
    def language(self) -> Language | None:
        """Language of the text."""

    @property
    def metalanguage(self) -> Language | None:
        """Language of translation and glosses."""

    @property
    def id(self) -> str | None:
        """Identifier in its source."""

    @property
    def source(self) -> str | None:
        """Where it came from."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Anything else, by name."""

    def align(self, *, strict: bool) -> tuple[Word, ...]:
        """The words of its lines, paired up."""


def escape(text: str) -> str:
    r"""The text as HTML; what HTML cannot hold becomes U+FFFD.

    Example:
        >>> escape("<b> & \x00")
        '&lt;b&gt; &amp; �'
    """
    return html.escape(_ILLEGAL.sub("\ufffd", text)).replace("\r", "&#13;")


def document(title: str, language: str = "en", encoding: str = "utf-8") -> tuple[str, str]:
    """The markup before and after the content of a page.

    Args:
        title: Title of the page.
        language: Language of the page itself, as a BCP 47 tag.
        encoding: Encoding of the file.
    """
    before = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n'
        f'<meta charset="{escape(encoding)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_PAGE_STYLE}{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n"
    )
    return before, "</main>\n</body>\n</html>\n"


def to_markup(entries: Iterable[str]) -> str:
    """A fragment of a page that brings its style with it."""
    return f"<div>\n<style>\n{STYLE}</style>\n{''.join(entries)}</div>"


def render_entry(
    igt: Entry,
    suggestions: Sequence[Sequence[Suggestion]] = (),
    labels: Collection[str] = (),
) -> str:
    """One text as an ``<article>``.

    Args:
        igt: The text; it may be misaligned.
        suggestions: For each word other analyses, best first, shown where one points at the word
            or reaches it by keyboard.
        labels: The labels that the glosses have in lower case.

    Returns:
        The markup, without a style sheet.
    """
    words = igt.align(strict=False)
    vernacular, metalanguage = language_tag(igt.language), language_tag(igt.metalanguage)
    analysis = join_words([word.form or word.gloss or "" for word in words])
    way = direction(igt.segmentation or analysis or igt.transcription or "")
    paired = any(word.surface is not None for word in words)
    stacked = paired and direction(igt.transcription or "") == way
    parts = [_source(igt)]
    judgment = judgment_of(igt)
    if igt.transcription and not (stacked and (igt.segmentation or igt.glosses)):
        text = escape(judgment + igt.transcription)
        judgment = ""
        parts.append(f'<p class="igt-transcription" lang="{vernacular}" dir="auto">{text}</p>')
    if igt.segmentation or igt.glosses:
        others = _beside(words, suggestions) if suggestions else word_suggestions(igt, words)
        items = [
            _word(word, vernacular, metalanguage, labels, stacked=stacked, others=options)
            for word, options in zip(words, others, strict=True)
        ]
        if judgment:
            items.insert(0, f'<li class="igt-judgment">{escape(judgment)}</li>\n')
        parts.append(f'<ol class="igt-words" role="list" dir="{way}">\n{"".join(items)}</ol>')
    if igt.translation:
        text = escape(bare_translation(igt.translation))
        parts.append(f'<p class="igt-translation" lang="{metalanguage}" dir="auto">{text}</p>')
    parts += [f'<p class="igt-note" dir="auto">{escape(note)}</p>' for note in _notes(igt)]
    body = "\n".join(part for part in parts if part)
    return f'<article class="igt">\n{body}\n</article>\n'


def _beside(
    words: Sequence[Word], suggestions: Sequence[Sequence[Suggestion]]
) -> list[Sequence[Suggestion]]:
    """The suggestions for each word; an analysis may part punctuation that the text does not."""
    rows = [row for row in suggestions if not row or is_word(row[0].form or row[0].gloss or "")]
    carry = [is_word(word.form or word.gloss or "") for word in words]
    if len(rows) != sum(carry):
        return [()] * len(words)
    following = iter(rows)
    return [next(following) if one else () for one in carry]


def _source(igt: Entry) -> str:
    """Number, language and source, as far as they are known."""
    language = igt.language or Language()
    name = language.name or language.glottocode or language.iso639_3
    parts = [f"({igt.id})" if igt.id else "", name or "", igt.source or ""]
    shown = " · ".join(escape(part) for part in parts if part)
    return f'<p class="igt-source" dir="auto">{shown}</p>' if shown else ""


def _notes(igt: Entry) -> list[str]:
    notes = igt.metadata.get("notes", [])
    notes = [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []
    mark = describe_suggestion(igt)
    return [*notes, mark] if mark else notes


def _word(
    word: Word,
    vernacular: str,
    metalanguage: str,
    labels: Collection[str],
    *,
    stacked: bool,
    others: Sequence[Suggestion],
) -> str:
    rows = []
    if stacked:
        surface = escape(word.surface or "")
        rows.append(f'<span class="igt-surface" lang="{vernacular}">{surface}</span>')
    forms, glosses = _morphemes(word.form), _morphemes(word.gloss)
    cells = []
    for form, gloss in zip_longest(forms, glosses):
        pair = []
        if forms:
            pair.append(f'<span class="igt-form" lang="{vernacular}">{_piece(form)}</span>')
        if glosses:
            label = _piece(gloss, labels)
            pair.append(f'<span class="igt-gloss" lang="{metalanguage}">{label}</span>')
        cells.append(f'<span class="igt-morpheme">{" ".join(pair)}</span>')
    rows.append(f'<span class="igt-morphemes">{" ".join(cells)}</span>')
    word_markup = " ".join(rows)
    if not others:
        return f"<li>{word_markup}</li>\n"
    return (
        f'<li class="igt-suggested"><span class="igt-word{_shade(others[0])}" tabindex="0">'
        f"{word_markup}</span> "
        f"{_alternatives(others)}</li>\n"
    )


Piece = tuple[str, str]
"""A boundary and what follows it."""


def _morphemes(token: str | None) -> tuple[Piece, ...]:
    if not token:
        return ()
    return split_word(token, _SHOWN) if is_word(token) else (("", token),)


def _piece(piece: Piece | None, labels: Collection[str] | None = None) -> str:
    """The markup of a morpheme, its boundary before it; its script does not turn the word.

    Args:
        piece: The morpheme.
        labels: The labels in lower case, for a gloss; None for a form.
    """
    if piece is None:
        return ""
    boundary, text = piece
    markup = escape(text) if labels is None else _labels(text, labels)
    return f"{escape(boundary)}<bdi>{markup}</bdi>"


def _labels(gloss: str, labels: Collection[str]) -> str:
    """A gloss with its grammatical labels marked, and the standard ones spelt out."""
    try:
        elements = parse_gloss(gloss)
    except InputError:
        return escape(gloss)
    marked, at = "", 0
    for element in elements:
        start = gloss.index(element.text, at)
        marked += escape(gloss[at:start])
        at = start + len(element.text)
        text = escape(element.text)
        if element.is_grammatical or element.text in labels:
            meaning = expand_abbreviation(element.text.upper())
            title = f' title="{escape(meaning)}"' if meaning else ""
            text = f"<abbr{title}>{text}</abbr>"
        marked += text
    return marked + escape(gloss[at:])


def _shade(best: Suggestion) -> str:
    """The class of a word by its probability: the less sure, the darker its ground."""
    if best.probability is None or best.probability >= _SURE:
        return ""
    if best.probability >= _LIKELY:
        return " igt-likely"
    return " igt-unsure" if best.probability >= DOUBTFUL else " igt-doubtful"


def _alternatives(others: Sequence[Suggestion]) -> str:
    items = []
    for option in others:
        text = " ".join(part for part in (option.form, option.gloss) if part)
        share = "" if option.probability is None else f" {option.probability:.0%}"
        why = "".join(f"<small>{escape(reason)}</small>" for reason in option.evidence)
        items.append(f"<li><bdi>{escape(text)}</bdi>{share}{why}</li>")
    return f'<ul class="igt-alternatives" aria-label="suggestions">{"".join(items)}</ul>'
