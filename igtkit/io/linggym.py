r"""The format of LingGym: examples out of grammars, as three lines of stripped LaTeX.

::

    \ea \label{ex:houses}
    \gll pala-si buro
    \gls house-PL burn
    \glt The houses burned.

``\gll`` is the segmentation, ``\gls`` the glosses and ``\glt`` the translation. The transcription
is the segmentation without boundaries and brackets. What else the files do:

- Markup is stripped by the rules of the format ``latex``; where braces were lost before
  (``\textsubscriptII``, ``\slashYou``), the macro ends before the capital.
- An index (``\textsubscript{i}``) becomes a Unicode subscript; where there is none, it is left out,
  and so is a label of three letters or more that is raised.
- A source in square brackets after the translation, or after a line end in it, goes to the
  metadata as ``citation``, brackets included.
- The last ``\label`` before the example is its id; the judgment of ``\ea[*]`` goes to the metadata,
  under ``linggym``.
- What stands after ``%`` is a comment. A line without macro continues the line before.
- ``\gls`` or ``\glt`` without ``\gll`` is an entry that cannot be read, and so is ``\gll`` without
  a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from igtkit.boundaries import is_dash, join_words, split_words, unsegment
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._source import Source
from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import COMMENTED_OUT, split_cells
from igtkit.io._tex.translation import parse_translation

__all__ = ["FORMAT"]

_TAG = re.compile(r"\\(gl[lst])(?![a-z])[ \t]*")
_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_JUDGMENT = re.compile(r"\\e[ax]\s*\[([^][]*)\]")
_LOST_BRACES = re.compile(r"\\(textsubscript|textsuperscript)([IVX]+)")
_LOST_SPACE = re.compile(r"\\(slash|ldots)(?=[A-Z])")
_LINES = ("gll", "gls", "glt")
_BRACKETS = re.compile(r"[][(){}<>⟨⟩]")

_BEFORE = re.compile(r"\s*\\(e[ax]|label)\b")
_LABELS = 20
"""Lines with labels above an example that are looked at."""

Fields = dict[str, str]
_Parts = dict[str, list[str]]


def _read(source: Source) -> Iterator[IGT]:
    for line, fields in _entries(source):
        text = "".join(f"\\{tag} {fields[tag]}\n" for tag in _LINES if tag in fields)
        if not any(fields.get(tag) for tag in _LINES):
            continue  # what a comment left behind
        if "gll" not in fields:
            problem = "\\gls or \\glt without \\gll before it"
        elif not split_words(fields["gll"]):
            problem = "\\gll without a word"
        else:
            source.line = line
            yield _entry(fields)
            continue
        source.reject(problem, line=line, expected="\\gll, \\gls and \\glt", text=text.rstrip())


def _entries(source: Source) -> Iterator[tuple[int, Fields]]:
    r"""Yield each example, with the line of its ``\gll`` and the text before it."""
    first, tag = 0, ""
    fields: _Parts = {}
    before: list[str] = []
    for number, raw in source.lines():
        line = COMMENTED_OUT.sub(r"\1", raw)
        if not line.strip():
            tag = ""
            continue
        tags = list(_TAG.finditer(line))
        if not tags:
            if match := _BEFORE.match(line):
                tag = ""
                before = [line] if match[1] != "label" else [*before[-_LABELS:], line]
            elif tag:
                fields[tag].append(line.strip())
            continue
        ends = [match.start() for match in tags[1:]] + [len(line)]
        above = line[: tags[0].start()]
        for match, end in zip(tags, ends, strict=True):
            tag = match[1]
            if fields and (tag == "gll" or tag in fields or before):
                yield first, _joined(fields)
                fields = {}
            if not fields:
                first = number
            fields.setdefault("before", []).extend([*before, above])
            fields[tag] = [line[match.end() : end].strip()]
            before, above = [], ""
    if fields:
        yield first, _joined(fields)


def _joined(parts: _Parts) -> Fields:
    return {name: ("" if name == "before" else " ").join(part) for name, part in parts.items()}


def _entry(fields: Fields) -> IGT:
    markup = Markup()
    lines = {}
    for tag in ("gll", "gls"):
        tex = _mended(fields.get(tag, "")).replace("~", " ")
        lines[tag] = join_words(
            [" ".join(split_words(markup.cell(cell))) for cell in split_cells(tex)]
        )
    tex = _mended(fields.get("glt", ""))
    translation, citation, notes = parse_translation(tex, markup)
    metadata: dict[str, Any] = {}
    if citation:
        metadata["citation"] = citation
    if notes:
        metadata["notes"] = notes
    before = fields["before"]
    if (judgment := _JUDGMENT.search(before)) and judgment[1].strip():
        metadata["judgment"] = judgment[1].strip()
    labels = _LABEL.findall(before)
    return IGT(
        _surface(lines["gll"]) or None,
        lines["gll"],
        lines["gls"] or None,
        translation,
        id=labels[-1] if labels else None,
        metadata=metadata,
    )


def _mended(tex: str) -> str:
    """Markup whose braces were lost, with them again."""
    return _LOST_SPACE.sub(r"\\\1{}", _LOST_BRACES.sub(r"\\\1{\2}", tex))


def _surface(segmentation: str) -> str:
    """The segmentation without boundaries and brackets."""
    return join_words(
        [
            token if is_dash(token) else _BRACKETS.sub("", unsegment(token))
            for token in split_words(segmentation)
        ]
    )


FORMAT = built_in(
    "linggym",
    read=_read,
    holds=["transcription", "segmentation", "glosses", "translation", "id", "metadata"],
    judgments_in_text=True,
)
