"""Pangloss XML: the texts of the Pangloss Collection and of Cocoon (CNRS), read only.

A text has sentences (``S``) of words (``W``) of morphemes (``M``); each level has its ``FORM``, one
for each ``kindOf`` (``phono``, ``ortho``, ...), and a ``TRANSL`` for each language; ``AUDIO`` says
when it is heard. The root is a ``TEXT``, an ``ARCHIVE`` of texts, or a ``WORDLIST``, each word of
which is an entry.

- Of several forms the first is taken, on every level of the same kind; of several languages of
  translations English, or else the first of each, unless ``analysis=`` names one. The others are in
  ``metadata["pangloss"]``, as is text that stands where none should.
- The morphemes of a word are joined by the boundaries on them, or else by ``-``.
- Words without morphemes are segmented where their forms have boundaries.

Source: the DTD of the collection, http://cocoon.huma-num.fr/schemas/Archive.dtd.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any
from xml.etree import ElementTree as ET

import attrs

from igtkit.boundaries import LEIPZIG, UNKNOWN, is_word, join_words, unsegment
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._joining import GrowingWord, opening
from igtkit.io._languages import language_of_code
from igtkit.io._morphs import gloss_token
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io._xml.reading import events, require_root, text_beside, text_in

__all__ = ["FORMAT"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_JOINERS = LEIPZIG.joiners
_ROOTS = ("TEXT", "ARCHIVE", "WORDLIST")
_LEVELS = {"S": "transcription", "W": "words", "M": "segmentation"}
_MEANINGS = {"S": "translation", "W": "glosses", "M": "glosses"}
_PARTS = {"S": "W", "W": "M", "M": None}
_OF_TEXTS = ("FORM", "TRANSL", "NOTE")

# Words in the lines of all kinds and languages: in texts about as many as forms and translations.
_MOST_MADE = 10
_ALWAYS_MADE = 500

_log = logging.getLogger("igtkit.io")


def _read(source: Source, *, analysis: str | None = None) -> Iterator[IGT]:
    counts: Counter[tuple[str, str, str]] = Counter()
    text = _Text()
    root: ET.Element | None = None
    begun = 0
    for kind, line, element, parent, _ in events(source, (*_ROOTS, "HEADER", "S", "W")):
        if root is None:
            root = element
            expected = " or ".join(f"<{tag}>" for tag in _ROOTS)
            require_root(root, _ROOTS, source, line, expected)
        if kind == "start":
            if element.tag in ("TEXT", "WORDLIST"):
                text = _Text(element.get("id"), element.get(_LANG))
            elif _is_entry(element, parent):
                begun = line
        elif element.tag == "HEADER" and parent is not None:
            sound = element.find("SOUNDFILE")
            href = sound.get("href") if sound is not None else None
            titles = [*filter(None, map(text_in, element.findall("TITLE")))]
            text = attrs.evolve(text, titles=titles, others=titles[1:], sound=href or None)
            _refuse_text(element, ("TITLE",), line, source)
            element.clear()
        elif _is_entry(element, parent):
            try:
                igt = _entry(element, text, analysis, counts)
            except InputError as error:
                source.reject(
                    f"the sentence {element.get('id', '')!r:.80} {error}",
                    line=begun,
                    expected="a <FORM> of the sentence or of its words, of a few kinds",
                    text=ET.tostring(element, encoding="unicode").strip(),
                )
            else:
                source.line = begun
                yield igt
            element.clear()
        elif element.tag in _ROOTS:
            _tell_of_text(element, line, source)
            element.clear()
    source.parts.extend(
        tell(level, name, line, rule, count=count)
        for (level, name, rule), count in counts.items()
        for line in [_line_of(level, rule)]
    )


@attrs.frozen
class _Text:
    """What is said of a text."""

    id: str | None = None
    code: str | None = None
    titles: list[str] = attrs.field(factory=list)
    others: list[str] = attrs.field(factory=list)  # behind the first, one list for all sentences
    sound: str | None = None


def _is_entry(element: ET.Element, parent: ET.Element | None) -> bool:
    return element.tag == "S" or (
        element.tag == "W" and parent is not None and parent.tag == "WORDLIST"
    )


def _tell_of_text(element: ET.Element, line: int, source: Source) -> None:
    """Say what a text says beside its sentences: of the whole, or in no place for it."""
    of_whole = [child.tag for child in element if child.tag in _OF_TEXTS and text_in(child)]
    for tag, count in Counter(of_whole).items():
        source.parts.append(tell(f"{element.tag} part", tag, None, "of-whole-text", count=count))
        _log.warning("%s: <%s> of the whole text is left out", source.name, tag)
    _refuse_text(element, _OF_TEXTS, line, source)


def _refuse_text(element: ET.Element, tags: Collection[str], line: int, source: Source) -> None:
    if text := text_beside(element, tags):
        what = f"text in <{element.tag}> that is in no sentence"
        source.reject(what, line=line, expected="<S>, or <W> of a WORDLIST", text=text)


def _line_of(level: str, rule: str) -> str | None:
    if not rule.endswith("-taken"):
        return None
    tag, _, what = level.partition(" ")
    return (_MEANINGS if what == "translation" else _LEVELS)[tag]


def _entry(
    element: ET.Element, text: _Text, analysis: str | None, counts: Counter[tuple[str, str, str]]
) -> IGT:
    forms = _forms(element)
    words = element.findall("W") if element.tag == "S" else [element]
    _require_few_kinds(words)
    kind = next(iter(forms), None) or next((kind for word in words for kind in _forms(word)), "")
    meanings = _meanings(element)
    language = _chosen(meanings, analysis)
    _count(counts, element.tag, forms, kind, meanings, language)
    line = forms.get(kind) if element.tag == "S" else None
    segments, glosses, is_parsed, said = [], [], False, []
    for word in words:
        token, gloss, has_morphemes = _word(word, kind, analysis, counts)
        if token is None and gloss is None:
            continue
        said.append(word)
        segments.append(token or UNKNOWN)
        glosses.append(gloss or (UNKNOWN if is_word(token or UNKNOWN) else token or UNKNOWN))
        is_parsed = is_parsed or has_morphemes or unsegment(token or "") != (token or "")
    transcription = line or join_words([_surface(word, kind) for word in words]) or None
    if transcription is None and not segments:
        raise InputError("has no form")
    has_glosses = any(
        gloss not in (UNKNOWN, segment) for gloss, segment in zip(glosses, segments, strict=True)
    )
    times, heard = _times(element)
    found: dict[str, Any] = {
        "forms": {name: other for name, other in forms.items() if name != kind},
        "translations": {code: other for code, other in meanings.items() if code != language},
        **_of_words(said, kind, segments, glosses),
        "attributes": {k: v for k, v in element.items() if k not in ("id", "who", _LANG)},
        "audio": heard,
        "titles": text.others,
        "sound": text.sound,
        "rest": [*_rest(element)],
    }
    metadata: dict[str, Any] = {
        **times,
        "speaker": element.get("who"),
        "notes": _notes(element),
        "title": text.titles[0] if text.titles else None,
        "pangloss": {name: value for name, value in found.items() if value},
    }
    translation = meanings.get(language or "") if element.tag == "S" else None
    return IGT(
        transcription,
        join_words(segments) if is_parsed else None,
        join_words(glosses) if has_glosses else None,
        translation,
        language=language_of_code(element.get(_LANG) or text.code),
        metalanguage=language_of_code(language),
        id=element.get("id"),
        source=text.id,
        metadata={name: value for name, value in metadata.items() if value not in (None, [], {})},
    )


def _require_few_kinds(words: Sequence[ET.Element]) -> None:
    """Refuse words of which each has kinds and languages of its own: each makes a whole line."""
    said = cells = 0
    for level in (words, [*chain.from_iterable(word.findall("M") for word in words)]):
        for texts_of in (_forms, _meanings):
            texts = [texts_of(element) for element in level]
            said += sum(map(len, texts))
            cells += len({name for each in texts for name in each}) * len(level)
    if cells > max(_ALWAYS_MADE, _MOST_MADE * said):
        raise InputError("has words of far too many kinds of forms, or languages of translations")


def _of_words(
    words: Sequence[ET.Element], kind: str, segments: Sequence[str], glosses: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What words and morphemes say beside the lines: other kinds of forms, other languages."""
    morphemes = [*chain.from_iterable(word.findall("M") for word in words)]
    uncounted: Counter[tuple[str, str, str]] = Counter()
    forms = [{segment, unsegment(segment)} for segment in segments]
    meanings = [{gloss} for gloss in glosses]
    rows = [
        ("words", name, forms, [_token(_forms(word), name) for word in words])
        for name in _names(words, _forms)
    ]
    rows += [
        ("morphemes", name, forms, [_word(word, name, None, uncounted)[0] for word in words])
        for name in _names(morphemes, _forms)
    ]
    rows += [
        ("word_glosses", code, meanings, [gloss_token(_meanings(word).get(code)) for word in words])
        for code in _names(words, _meanings)
    ]
    rows += [
        ("glosses", code, meanings, [_word(word, kind, code, uncounted)[1] for word in words])
        for code in _names(morphemes, _meanings)
    ]
    found: dict[str, dict[str, str]] = {}
    for what, name, known, row in rows:
        if any(token not in {None, *said} for token, said in zip(row, known, strict=True)):
            found.setdefault(what, {})[name] = join_words([token or UNKNOWN for token in row])
    return found


def _names(elements: Iterable[ET.Element], of: Callable[[ET.Element], dict[str, str]]) -> list[str]:
    """The kinds of forms, or the languages of translations, of elements, each once."""
    return [*dict.fromkeys(name for element in elements for name in of(element))]


def _rest(element: ET.Element) -> Iterator[str]:
    """What a sentence, its words and their morphemes say in no place for it, or a second time."""
    part = _PARTS[element.tag]
    if text := text_beside(element, (*_OF_TEXTS, part)):
        yield text
    for tag, name, said in (
        ("FORM", "kindOf", _forms(element)),
        ("TRANSL", _LANG, _meanings(element)),
    ):
        for child in element.findall(tag):
            text = text_in(child)
            if text and said[child.get(name, "")] != text:
                yield text
    for child in element.findall(part) if part else ():
        yield from _rest(child)


def _surface(word: ET.Element, kind: str) -> str:
    """The word as it is written, or, where only its morphemes are, as these spell it."""
    token = _token(_forms(word), kind)
    morphemes = word.findall("M")
    if token is None:
        return "".join((_token(_forms(m), kind) or "").strip(_JOINERS) for m in morphemes)
    return unsegment(token) if is_word(token) and not morphemes else token


def _token(forms: dict[str, str], kind: str) -> str | None:
    """The form of a word or a morpheme as one token."""
    text = forms.get(kind) or next(iter(forms.values()), "")
    return "_".join(text.split()) or None


def _word(
    word: ET.Element, kind: str, analysis: str | None, counts: Counter[tuple[str, str, str]]
) -> tuple[str | None, str | None, bool]:
    """The word segmented, its gloss, and whether it has morphemes."""
    morphemes = word.findall("M")
    whole = _meanings(word)
    language = _chosen(whole, analysis)
    _count(counts, "W", _forms(word), kind, whole, language, _others(word))
    if not morphemes:
        return _token(_forms(word), kind), gloss_token(whole.get(language or "")), False
    form, gloss = GrowingWord(), GrowingWord()
    known = False
    for morpheme in morphemes:
        meanings = _meanings(morpheme)
        chosen = _chosen(meanings, analysis)
        forms = _forms(morpheme)
        _count(counts, "M", forms, kind, meanings, chosen, _others(morpheme))
        part = _token(forms, kind) or UNKNOWN
        meaning = gloss_token(meanings.get(chosen or ""))
        known = known or meaning is not None
        label = meaning or UNKNOWN
        if form:
            mark = opening(part) or form.closing()
            form.attach(part)
            gloss.attach(label, mark if mark in ("-", "=", "~") else "-")
        else:
            form, gloss = GrowingWord(part), GrowingWord(label)
    told = str(gloss) if known else gloss_token(whole.get(language or ""))
    return str(form).strip(_JOINERS), told, True


def _forms(element: ET.Element) -> dict[str, str]:
    """The forms of an element by their kind; one without kind is of the kind ``""``."""
    found: dict[str, str] = {}
    for form in element.findall("FORM"):
        text = text_in(form)
        if text:
            found.setdefault(form.get("kindOf", ""), text)
    return found


def _meanings(element: ET.Element) -> dict[str, str]:
    """The translations of an element by the code of their language."""
    found: dict[str, str] = {}
    for meaning in element.findall("TRANSL"):
        text = text_in(meaning)
        if text:
            found.setdefault(meaning.get(_LANG, ""), text)
    return found


def _chosen(meanings: dict[str, str], asked: str | None) -> str | None:
    if asked is not None:
        return asked if asked in meanings else None
    return next((code for code in ("en", "eng") if code in meanings), next(iter(meanings), None))


def _times(element: ET.Element) -> tuple[dict[str, float], dict[str, str]]:
    """When a sentence begins and ends, and what else its `AUDIO` says."""
    audio = element.find("AUDIO")
    heard = dict(audio.items()) if audio is not None else {}
    times = {}
    for name, key in (("start", "begin"), ("end", "end")):
        try:
            time = float(heard.get(name, ""))
        except ValueError:
            continue
        if 0 <= time < math.inf:
            times[key] = time
            del heard[name]
    return times, heard


def _notes(element: ET.Element) -> list[str]:
    notes = [(note.get("message", ""), text_in(note)) for note in element.iter("NOTE")]
    return [said.strip() for note in notes for said in dict.fromkeys(note) if said.strip()]


def _others(element: ET.Element) -> list[str]:
    return [name for name in element.attrib if name not in ("id", _LANG)]


def _count(  # noqa: PLR0917 -- all of one element
    counts: Counter[tuple[str, str, str]],
    level: str,
    forms: dict[str, str],
    kind: str,
    meanings: dict[str, str],
    language: str | None,
    attributes: Iterable[str] = (),
) -> None:
    taken = kind if kind in forms else next(iter(forms), None)
    if level != "S":
        counts.update((f"{level} attribute", name, "attribute-left-out") for name in attributes)
    counts.update(
        (f"{level} form", name or "FORM", "form-taken" if name == taken else "form-kept")
        for name in forms
    )
    counts.update(
        (
            f"{level} translation",
            code or "TRANSL",
            "transl-taken" if code == language else "transl-kept",
        )
        for code in meanings
    )


FORMAT = built_in(
    "pangloss",
    read=_read,
    holds=["transcription", "segmentation", "glosses", "translation", "language", "metalanguage",
           "id", "source", "metadata"],
    judgments_in_text=True,
)  # fmt: skip
