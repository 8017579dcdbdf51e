"""CoNLL-U, as treebanks of Universal Dependencies have it, with morphemes in ``MSeg``; read only.

The library ``conllu`` (extra ``conllu``) reads the lines. Of the tenth column, ``MSeg`` is the
segmentation of a word and ``MGloss`` the glosses of its morphemes; a word without has ``Gloss``,
the translation of the word, for its gloss.

- A token of several words (``3-4``) is one word, its own ``MSeg`` and ``MGloss`` before those of
  its words, which are joined by ``-``. Empty nodes (``3.1``) are left out.
- Where no word of a sentence has an ``MSeg``, it has no segmentation; where none has a gloss, no
  glosses.
- ``# text`` is the transcription, ``# text_en`` the translation, English before other languages.
- A file named as the treebanks' are (``ess_sli-ud-test.conllu``) says the language and the split.

What else a sentence has stands in ``metadata["conllu"]``: its lines and its other comments.

Source: https://universaldependencies.org/format.html and https://universaldependencies.org/misc.html
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.boundaries import UNKNOWN, join_words
from igtkit.corpus.languages import find
from igtkit.igt import IGT, Language
from igtkit.io._catalog import built_in
from igtkit.io._languages import language_of_code
from igtkit.io._morphs import gloss_token
from igtkit.io._parts import tell
from igtkit.io._source import Source

__all__ = ["FORMAT"]

_log = logging.getLogger("igtkit.io")

_NAMED = re.compile(r"([a-z]{2,3})_\w+-ud-(train|dev|test)")
_TRANSLATION = re.compile(r"(?:text|translation)_([a-z]{2,3}(?:-\w+)*)")
_OWN = re.compile(r"text|translation|english_text|sent_id|newdoc")  # which say one thing
_COLUMNS = 10
_PLAIN = ("translation", "english_text", "text_translation")
_LINES = {"MSeg": "segmentation", "MGloss": "glosses", "Gloss": "glosses"}


def _read(source: Source) -> Iterator[IGT]:
    library = require("conllu", "conllu")
    language, split = _of_name(source)
    counts: Counter[str] = Counter()
    document: str | None = None
    above_none = 0
    for line, block in source.blocks():
        if all(each.startswith("#") for each in block):
            names = list(filter(None, map(_name_of_document, block)))
            document = names[0] if names else document
            above_none += len(block) - len(names)
            continue
        try:
            _check_columns(block)
            [sentence] = library.parse("\n".join(block) + "\n")
            comments = {**_without_value(block), **sentence.metadata, **_repeated(block)}
            document = comments.pop("newdoc id", None) or comments.pop("newdoc", document)
            igt = _entry(_tokens(sentence), comments, block)
        except (library.exceptions.ParseException, ValueError, KeyError, TypeError) as error:
            source.reject(
                f"no sentence of CoNLL-U: {error}",
                line=line,
                expected="lines of ten columns, parted by tabs",
                text="\n".join(block),
            )
            continue
        counts.update(name for token in sentence for name in token.get("misc") or {})
        source.line = line
        yield igt.replace(language=language, split=split, source=document)
    if above_none:
        _log.warning(
            "%s: lines of comments that are left out, for they stand above no sentence: %d",
            source.name,
            above_none,
        )
    for name, count in counts.items():
        rule = "misc-line" if name in _LINES else "misc-kept"
        source.parts.append(tell("annotation", name, _LINES.get(name), rule, count=count))


def _of_name(source: Source) -> tuple[Language | None, str | None]:
    """The language and the split that the name of a treebank's file says."""
    found = _NAMED.match(source.path.name) if source.path is not None else None
    if found is None:
        return None, None
    code, split = found.groups()
    source.parts.append(tell("file name", found[0], "language and split", "named-as-treebank"))
    known = find(code)
    return known.to_language() if known is not None else language_of_code(code), split


def _check_columns(block: Sequence[str]) -> None:
    if any(line.startswith("# global.columns") for line in block):
        return
    for line in block:
        columns = line.count("\t") + 1
        if not line.startswith("#") and columns != _COLUMNS:
            raise ValueError(f"a line of {columns} columns")


def _name_of_document(line: str) -> str | None:
    found = re.match(r"#\s*newdoc(?:\s+id)?\s*=\s*(.+)", line)
    return found[1].strip() if found is not None else None


def _without_value(block: Sequence[str]) -> dict[str, None]:
    """The comments that name no value, most of which the library passes over."""
    comments = (line[1:].strip() for line in block if line.startswith("#") and "=" not in line)
    return dict.fromkeys(filter(None, comments))


def _repeated(block: Sequence[str]) -> dict[str, list[str]]:
    """The comments that stand twice with other values, all of which are kept."""
    found: dict[str, dict[str, None]] = {}
    for line in block:
        name, mark, value = line.removeprefix("#").partition("=")
        if line.startswith("#") and mark and name.strip():
            found.setdefault(name.strip(), {})[value.lstrip()] = None
    repeated = {name: list(values) for name, values in found.items() if len(values) > 1}
    if own := next((name for name in repeated if _OWN.match(name)), None):
        raise ValueError(f"two comments {own!r}")
    return repeated


@attrs.frozen
class _Token:
    """A token as it is written: its form, and what its words have."""

    form: str
    segments: str | None
    gloss: str | None
    pos: str | None
    space_after: bool
    is_word: bool


def _tokens(sentence: Sequence[Mapping[str, Any]]) -> list[_Token]:
    tokens: list[_Token] = []
    within, parts = 0, list[_Token]()
    last: Mapping[str, Any] = {}
    for row in sentence:
        place = row["id"]
        if isinstance(place, tuple) and place[1] == "-":
            last, within, parts = row, place[2], []
        elif isinstance(place, tuple):
            continue  # an empty node
        elif place <= within:
            parts.append(_token(row))
            if place == within:
                tokens.append(_whole(_token(last), parts))
        else:
            tokens.append(_token(row))
    return tokens


def _token(row: Mapping[str, Any]) -> _Token:
    misc = row.get("misc") or {}
    segments = _text(misc.get("MSeg"))
    gloss = _text(misc.get("MGloss"))
    upos = _text(row.get("upos"))
    if gloss is None and _text(misc.get("Gloss")) is not None:
        gloss = gloss_token(misc["Gloss"])
    return _Token(
        _closed(row["form"]),
        _closed(segments) if segments else None,
        _closed(gloss, ".") if gloss else None,
        upos,
        misc.get("SpaceAfter") != "No",
        upos not in ("PUNCT", "SYM"),
    )


def _whole(token: _Token, parts: Sequence[_Token]) -> _Token:
    """A token of several words, with what they have where it has nothing itself."""
    segments, gloss = token.segments, token.gloss
    if segments is None:
        segments = "-".join(part.segments or part.form for part in parts)
        if gloss is None and any(part.gloss for part in parts):
            gloss = "-".join(part.gloss or UNKNOWN for part in parts)
    pos = "+".join(part.pos or "_" for part in parts) if any(part.pos for part in parts) else None
    return attrs.evolve(token, segments=segments, gloss=gloss, pos=pos, is_word=True)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() not in ("", "_") else None


def _closed(text: str, mark: str = "_") -> str:
    return mark.join(text.split()) or UNKNOWN


def _entry(tokens: Sequence[_Token], comments: dict[str, Any], block: Sequence[str]) -> IGT:
    if not tokens:
        raise ValueError("no word")
    text = comments.pop("text", None)
    translation, code, others = _translations(comments)
    has_segments = any(token.segments for token in tokens)
    has_glosses = any(token.gloss for token in tokens)
    glosses = [
        token.gloss or (UNKNOWN if token.is_word else token.segments or token.form)
        for token in tokens
    ]
    pos = [token.pos or "_" for token in tokens]
    known = {
        "lines": [line for line in block if not line.startswith("#")],
        "comments": {name: value for name, value in comments.items() if name != "sent_id"},
        "translations": others,
    }
    return IGT(
        text or _surface(tokens),
        join_words([token.segments or token.form for token in tokens]) if has_segments else None,
        join_words(glosses) if has_glosses else None,
        translation,
        metalanguage=language_of_code(code),
        pos=join_words(pos) if any(token.pos for token in tokens) else None,
        id=comments.get("sent_id"),
        metadata={"conllu": {name: value for name, value in known.items() if value}},
    )


def _surface(tokens: Sequence[_Token]) -> str:
    return "".join(token.form + " " * token.space_after for token in tokens).strip()


def _translations(comments: dict[str, Any]) -> tuple[str | None, str | None, dict[str, str]]:
    """The translation, the code of its language, and the translations into others."""
    found: dict[str, str] = {}
    for name in list(comments):
        match = _TRANSLATION.fullmatch(name)
        code = match[1] if match else "" if name in _PLAIN else None
        if code is not None and comments[name]:
            found.setdefault(code, comments.pop(name))
    first = next((code for code in ("en", "eng") if code in found), next(iter(found), None))
    if first is None:
        return None, None, {}
    return found.pop(first), first, found


FORMAT = built_in(
    "conllu",
    read=_read,
    holds=["transcription", "segmentation", "glosses", "translation", "language", "metalanguage",
           "pos", "id", "source", "split", "metadata"],
    judgments_in_text=True,
)  # fmt: skip
