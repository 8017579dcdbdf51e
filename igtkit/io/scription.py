r"""Scription: texts as interlinear examples in plain text, with a schema; read only.

A header between two lines ``---`` names the text. Utterances stand apart by blank lines. The first
one gives the schema: the codes its lines begin with (``\txn``, ``\m``, ``\gl``, ``\tln``), or what
two, three or four lines are by default. An utterance with codes of its own follows these.

- ``\txn`` is the transcription, or else ``\w``, ``\trs`` or ``\phon``; of one code in several
  orthographies or languages (``\tln-en``, ``\tln-es``) the first is taken. The others are in
  ``metadata["scription"]``.
- Words in square brackets are one word, whose spaces become ``_``; pairs of asterisks (emphasis)
  are left out.
- A line more than the schema has is a note; a line beginning with ``#`` is about the utterance.

Source: Hieber, *Scription*, version 0.7, https://github.com/digitallinguistics/scription
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from igtkit.boundaries import join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._languages import language_of_code
from igtkit.io._parts import tell
from igtkit.io._source import Source

__all__ = ["FORMAT"]

_CODE = re.compile(r"\\([A-Za-z0-9]+(?:-[A-Za-z0-9-]+)?)(?:[ \t]+(.*))?$")
_DEFAULTS: Mapping[int, tuple[str, ...]] = {
    1: ("txn",),
    2: ("txn", "tln"),
    3: ("m", "gl", "tln"),
    4: ("txn", "m", "gl", "tln"),
}
_TRANSCRIPTIONS = ("txn", "w", "trs", "phon")
_TAKEN = {
    "m": "segmentation",
    "gl": "glosses",
    "tln": "translation",
    "n": "notes",
    "sp": "speaker",
    "s": "source",
    "t": "begin and end",
}
_OF_WORDS = ("w", "m", "gl", "wlt")
_EMPHASIS = re.compile(r"\*(?=\S)([^*]*)(?<=\S)\*")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_TIMES = re.compile(r"\s*(\d{1,12}(?:\.\d+)?)\s*[-–]\s*(\d{1,12}(?:\.\d+)?)\s*")
_HEADER_ITEM = re.compile(r"([A-Za-z]\w*):\s*(.*)")
_REST = "rest"  # of the header: what is no property, or the same one again
_NESTED = re.compile(r"\s+[\w-]+:\s*(.+)")

Line = tuple[str, str]
"""A code and the text of its line."""


def _read(source: Source) -> Iterator[IGT]:
    counts: Counter[tuple[str, str | None]] = Counter()
    about: dict[str, str] = {}
    schema: tuple[str, ...] | None = None
    first = True
    header: dict[str, str] | None = None  # which all entries share
    for number, block in _blocks(source, about):
        try:
            lines, comments, own = _coded(block, schema)
            schema = schema or own
        except InputError as error:
            source.reject(
                str(error),
                line=number,
                expected="an utterance whose lines all begin with codes, or none of them",
                text="\n".join(block),
            )
            continue
        is_schema = first and all(not text.strip() for _, text in lines)
        first = False
        if is_schema:
            continue
        source.line = number
        if header is None:
            header = {name: value for name, value in about.items() if name != "title" and value}
        yield _entry(lines, comments, about, header, counts)
    for (code, line), count in counts.items():
        rule = "code-taken" if line else "code-kept"
        source.parts.append(tell("code", f"\\{code}", line, rule, count=count))


def _blocks(source: Source, about: dict[str, str]) -> Iterator[tuple[int, list[str]]]:
    """The utterances, each with its line; what the header says is put into ``about``."""
    block: list[str] = []
    header: list[str] = []
    begun, in_header, before = 1, False, True
    for number, line in source.lines():
        if before and line.strip() == "---":
            in_header, before, begun = True, False, number
        elif in_header and line.strip() == "---":
            in_header = False
            was_read = [_read_header(each, about) for each in header]
            read = zip(header, was_read, strict=True)
            rest = [each for each, whole in read if not whole or _has_no_value(each, about)]
            about |= {_REST: "\n".join(rest)} if rest else {}
        elif in_header:
            header.append(line)
        elif line.strip():
            before = False
            begun = begun if block else number
            block.append(line)
        elif block:
            yield begun, block
            block = []
    if block:
        yield begun, block
    if in_header:
        expected = "a second line --- below the header"
        source.reject(
            "the header has no end", line=begun, expected=expected, text="\n".join(header)
        )


def _read_header(line: str, about: dict[str, str]) -> bool:
    """Take in a line of YAML: a property, or the first of a property in several languages.

    Returns:
        Whether there is nothing else in it.
    """
    item, nested = _HEADER_ITEM.match(line), _NESTED.match(line)
    if item is not None and item[1] not in about:
        about[item[1]] = item[2].strip().strip("'\"")
        return True
    name = next(reversed(about), "")
    if nested is None or item is not None or about.get(name, "-"):
        return not line.strip()
    about[name] = nested[1].strip().strip("'\"")
    return True


def _has_no_value(line: str, about: Mapping[str, str]) -> bool:
    """Whether a line of the header names a property of which no line says a value."""
    item = _HEADER_ITEM.match(line)
    return item is not None and not about[item[1]]


def _coded(
    block: Sequence[str], schema: tuple[str, ...] | None
) -> tuple[list[Line], list[str], tuple[str, ...]]:
    """The lines of an utterance with their codes, what is said of it, and its schema."""
    comments = [line.lstrip("# \t") for line in block if line.startswith("#")]
    left = [line for line in block if not line.startswith("#")]
    found = [_CODE.match(line) for line in left]
    coded = [(match[1], match[2] or "") for match in found if match is not None]
    plain = [line for line, match in zip(left, found, strict=True) if match is None]
    if not left:
        raise InputError("an utterance of nothing but a line of metadata")
    if plain and any(_base(code) != "n" for code, _ in coded):
        raise InputError("some lines begin with a backslash code and others do not")
    if not plain:
        return coded, comments, tuple(code for code, _ in coded if _base(code) != "n")
    own = schema or _DEFAULTS.get(len(plain))
    if own is None:
        raise InputError(
            f"an utterance of {len(plain)} lines, and no schema that says what they are"
        )
    lines = list(zip(own, plain, strict=False))
    lines += [("n", line) for line in plain[len(own) :]]
    return [*lines, *coded], comments, own


def _base(code: str) -> str:
    return code.partition("-")[0]


def _entry(
    lines: Sequence[Line],
    comments: Sequence[str],
    about: Mapping[str, str],
    header: Mapping[str, str],
    counts: Counter[tuple[str, str | None]],
) -> IGT:
    given = [(code, _plain(code, text)) for code, text in lines]
    given = [(code, text) for code, text in given if text]
    taken: dict[str, Line] = {}
    for code, text in given:
        taken.setdefault(_base(code), (code, text))
    chosen = next((base for base in _TRANSCRIPTIONS if base in taken), None)
    roles = {**_TAKEN, **({chosen: "transcription"} if chosen else {})}
    others: dict[str, str] = {}
    for code, text in given:
        base = _base(code)
        is_taken = base in roles and (taken[base][0] == code or base == "n")
        counts[code, roles[base] if is_taken else None] += 1
        if not is_taken:
            others[code] = text
    values = {base: text for base, (_, text) in taken.items()}
    times = _TIMES.fullmatch(values.get("t", ""))
    translation = taken.get("tln", ("", ""))
    metadata: dict[str, Any] = {
        "begin": float(times[1]) if times else None,
        "end": float(times[2]) if times else None,
        "speaker": values.get("sp"),
        "notes": [text for code, text in given if _base(code) == "n"],
        "title": about.get("title"),
        "scription": {
            name: value
            for name, value in (
                ("lines", others if times or "t" not in values else {**others, "t": values["t"]}),
                ("about", list(comments)),
                ("header", header),
            )
            if value
        },
    }
    return IGT(
        values.get(chosen or ""),
        values.get("m"),
        values.get("gl"),
        translation[1] or None,
        language=language_of_code(about.get("language")),
        metalanguage=language_of_code(translation[0].partition("-")[2]),
        source=values.get("s") or about.get("abbreviation") or None,
        metadata={
            name: value for name, value in metadata.items() if value not in (None, [], {}, "")
        },
    )


def _plain(code: str, text: str) -> str:
    """The text of a line without emphasis; grouped words of lines of words are one word."""
    base = _base(code)
    text = text.strip()
    if base in ("n", "s", "sp", "t"):
        return text
    text = _EMPHASIS.sub(r"\1", text)
    text = text[:1] + text[1:].replace("*", "")  # before the first word it may be a judgment
    if base in (*_OF_WORDS, "txn"):
        text = _GROUP.sub(lambda match: "_".join(match[1].split()), text)
    return join_words(split_words(text)) if base in _OF_WORDS else text.strip()


FORMAT = built_in(
    "scription",
    read=_read,
    holds=["transcription", "segmentation", "glosses", "translation", "language", "metalanguage",
           "source", "metadata"],
    judgments_in_text=True,
)  # fmt: skip
