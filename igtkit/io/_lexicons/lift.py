"""LIFT, the Lexicon Interchange FormaT: lexicons of FLEx, WeSay and dictionary programs."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from xml.etree import ElementTree as ET

import attrs

from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import FileFormatError, InputError
from igtkit.io._lexicons.glosses import checked_separator, split_glosses
from igtkit.io._morphs import bare_form, circumfix_halves, gloss_token, marked_type
from igtkit.io._source import PathOrFile, Source
from igtkit.io._xml.reading import events, require_root

__all__ = ["read_lift"]

# Entries that are made of a file: chosen far above those of any lexicon.
_MOST_MADE = 20  # for each text of a form, and each entry and sense
_ALWAYS_MADE = 10_000

_log = logging.getLogger("igtkit.io")
_RECORDED = re.compile(r"-(zxxx|x-audio)\b", re.IGNORECASE)
Texts = Sequence[tuple[str, str]]


@attrs.frozen
class _Sense:
    id: str | None
    pos: str | None
    glosses: Texts
    definitions: Texts


@attrs.frozen
class _Entry:
    """An entry, with every form and gloss by the code of its writing system."""

    ids: tuple[str, ...]
    forms: tuple[tuple[str | None, Texts], ...]
    senses: tuple[_Sense, ...]
    variant_of: tuple[str, ...]


def read_lift(
    path: PathOrFile,
    *,
    vernacular: str | None = None,
    analysis: str | None = None,
    gloss_separator: str | None = None,
    encoding: str | None = None,
) -> tuple[LexiconEntry, ...]:
    """Read the lexicon of a LIFT file (version 0.13; the parts read here are the same before).

    Every form of an entry, with its variants (allomorphs), gives a `LexiconEntry` for each gloss of
    its senses and subsenses; a sense without gloss is taken by its definition. An entry that is a
    variant of another and has no sense has the senses of that one. The marks of the morpheme type
    (``-ler``, ``=pa``) are taken off the form, and say its type where the entry does not. A
    circumfix (``ge- -t``) is a prefix and a suffix. Forms and glosses are as in the lines of
    FLExText: a space is ``_`` in a form and ``.`` in a gloss.

    Args:
        path: The file, or an open text file.
        vernacular: Code of the writing system of the forms; by default the one used most. An entry
            that has no form in it is taken in the one that it has. The names of recordings
            (``tr-Zxxx-x-audio``) are no forms.
        analysis: Code of the language of the glosses; by default the one used most. Senses with
            glosses in other languages alone are warned of.
        gloss_separator: What stands between several glosses in one, ``";"`` say; each then gives an
            entry. By default a gloss is one.
        encoding: Name of the encoding; by default the one that the file declares.

    Returns:
        The entries, in the order of the file. `LexiconEntry.id` is the sense's, or else the
        entry's.

    Raises:
        FileFormatError: If the file is no LIFT; names file and line.
        InputError: If nothing in the file is in a writing system that was asked for.

    Example:
        >>> import io
        >>> lift = io.StringIO('''<lift version="0.13"><entry id="ler">
        ...     <lexical-unit><form lang="tr"><text>-ler</text></form></lexical-unit>
        ...     <trait name="morph-type" value="suffix"/>
        ...     <variant><form lang="tr"><text>-lar</text></form></variant>
        ...     <sense id="s1"><gloss lang="en"><text>PL</text></gloss></sense>
        ... </entry></lift>''')
        >>> for entry in read_lift(lift):
        ...     print(entry.form, entry.gloss, entry.morph_type, entry.id)
        ler PL suffix s1
        lar PL suffix s1
    """
    source = Source(path, encoding=encoding)
    try:
        entries = list(_entries(source))
    finally:
        source.close()
    forms = _used(text for entry in entries for _, texts in entry.forms for text in texts)
    glosses = _used(text for entry in entries for sense in entry.senses for text in sense.glosses)
    if not glosses:
        glosses = _used(t for entry in entries for sense in entry.senses for t in sense.definitions)
    chosen = _chosen(vernacular, forms, "vernacular", source.name)
    language = _chosen(analysis, glosses, "analysis", source.name)
    meanings = {name: entry.senses for entry in entries for name in entry.ids}
    meanings |= {sense.id: (sense,) for entry in entries for sense in entry.senses if sense.id}
    separator = checked_separator(gloss_separator)
    texts = sum(len(texts) for entry in entries for _, texts in entry.forms)
    left = max(_ALWAYS_MADE, _MOST_MADE * (texts + len(meanings)))
    found = []
    for entry in entries:
        made = _lexicon_entries(entry, meanings, chosen, language, separator)
        each = list(islice(made, left + 1))
        left -= len(each)
        if left < 0:
            raise FileFormatError(
                f"the forms and senses of {next(iter(entry.ids), '?')!r:.80} make far more entries "
                "than there are texts in the file",
                path=source.name,
                expected="a few forms and a few glosses in an entry",
            )
        found.append(list(dict.fromkeys(each)))
    formless = sum(1 for each in found if not each)
    if formless:
        _log.warning("%s: %d of %d entries have no form", source.name, formless, len(found))
    _warn_of_others([sense for entry in entries for sense in entry.senses], language, source.name)
    return tuple(entry for each in found for entry in each)


def _warn_of_others(senses: Sequence[_Sense], code: str | None, file: str) -> None:
    """Say how many senses have glosses, and none in the language chosen."""
    others = [sense.glosses for sense in senses if sense.glosses]
    others = [texts for texts in others if all(lang != code for lang, _ in texts)]
    if others:
        counts = _used((lang, text) for texts in others for lang, text in dict(texts).items())
        said = ", ".join(f"{lang}: {count}" for lang, count in counts.most_common())
        _log.warning(
            "%s: %d of %d senses have no gloss in %r (%s); analysis= chooses the language",
            *(file, len(others), len(senses), code, said),
        )


def _used(texts: Iterable[tuple[str, str]]) -> Counter[str]:
    return Counter(code for code, _ in texts)


def _chosen(asked: str | None, used: Counter[str], name: str, file: str) -> str | None:
    if asked is None:
        return used.most_common(1)[0][0] if used else None
    if asked not in used:
        there_are = ", ".join(sorted(used)) or "none"
        raise InputError(f"{file}: nothing is in {name}={asked!r}; there are: {there_are}")
    return asked


def _entries(source: Source) -> Iterator[_Entry]:
    """The entries of a file, one at a time; those that were deleted are left out."""
    root: ET.Element | None = None
    for kind, line, element, parent, _ in events(source):
        element.tag = element.tag.rpartition("}")[2]
        if parent is None and kind == "start":
            root = element
            require_root(root, ("lift",), source, line, "<lift>, as FLEx exports lexicons")
        elif parent is root and root is not None and kind == "end":
            if element.tag == "entry" and element.get("dateDeleted") is None:
                yield _entry(element)
            root.clear()


def _entry(element: ET.Element) -> _Entry:
    own = _morph_type(element)
    unit = _texts(element.find("lexical-unit"), "form") or _texts(element.find("citation"), "form")
    variants = [(_morph_type(v) or own, _texts(v, "form")) for v in element.findall("variant")]
    ids = tuple(filter(None, (element.get("id"), element.get("guid"))))
    return _Entry(
        ids,
        tuple(
            part
            for kind, texts in [(own, unit), *variants]
            if texts
            for part in _around(kind, texts)
        ),
        tuple(_sense(s) for s in element.iter() if s.tag in ("sense", "subsense")),
        tuple(
            relation.get("ref", "")
            for relation in element.findall("relation")
            if any(trait.get("name") == "variant-type" for trait in relation.findall("trait"))
        ),
    )


def _around(kind: str | None, texts: Texts) -> list[tuple[str | None, Texts]]:
    """The prefix and the suffix that a circumfix is in a text (``ge- -t``); else the form.

    Where the entry names no type, the marks of the form do.
    """
    kind = kind or marked_type(texts[0][1])
    halves = [(code, circumfix_halves(text)) for code, text in texts]
    if kind != "circumfix" or not all(parts for _, parts in halves):
        return [(kind, texts)]
    return [
        (side, [(code, parts[at]) for code, parts in halves if parts])
        for at, side in enumerate(("prefix", "suffix"))
    ]


def _sense(element: ET.Element) -> _Sense:
    info = element.find("grammatical-info")
    return _Sense(
        element.get("id"),
        (info.get("value") or None) if info is not None else None,
        _texts(element, "gloss"),
        _texts(element.find("definition"), "form"),
    )


def _morph_type(element: ET.Element) -> str | None:
    for trait in element.findall("trait"):
        if trait.get("name") == "morph-type":
            return trait.get("value") or None
    return None


def _texts(element: ET.Element | None, tag: str) -> Texts:
    """The code and text of each form or gloss that has text, and not the name of a recording."""
    found = []
    for form in element.findall(tag) if element is not None else ():
        text = form.find("text")
        content = "".join(text.itertext()) if text is not None else form.text or ""
        code = form.get("lang", "")
        if content.strip() and not _RECORDED.search(code):
            found.append((code, content))
    return found


def _lexicon_entries(
    entry: _Entry,
    meanings: Mapping[str, tuple[_Sense, ...]],
    vernacular: str | None,
    analysis: str | None,
    separator: str | None,
) -> Iterator[LexiconEntry]:
    """Each form with each gloss; one at a time, for there may be the product of both."""
    own = any(sense.glosses or sense.definitions for sense in entry.senses)
    variant = any(meanings.get(name) for name in entry.variant_of)
    for kind, texts in entry.forms:
        for form in _forms(texts, kind, vernacular):
            senses: Iterable[_Sense] = entry.senses
            if not own and variant:
                senses = (s for name in entry.variant_of for s in meanings.get(name, ()))
            for sense in senses:
                for gloss in _glosses(sense, analysis, separator) or [None]:
                    identifier = sense.id or next(iter(entry.ids), None)
                    yield LexiconEntry(form, gloss, kind, sense.pos, identifier)
            if not entry.senses and not variant:
                yield LexiconEntry(form, None, kind, None, next(iter(entry.ids), None))


def _forms(texts: Texts, kind: str | None, code: str | None) -> list[str]:
    """The forms in one writing system, or, where there are none, the first."""
    chosen = [text for lang, text in texts if lang == code] or [text for _, text in texts[:1]]
    return [form for form in (bare_form(text, kind) for text in chosen) if form is not None]


def _glosses(sense: _Sense, code: str | None, separator: str | None) -> list[str | None]:
    glosses = [text for lang, text in sense.glosses if lang == code]
    if not sense.glosses:
        glosses = [text for lang, text in sense.definitions if lang == code]
    parts = [part for text in glosses for part in split_glosses(text, separator)]
    return [gloss for gloss in map(gloss_token, parts) if gloss is not None]
