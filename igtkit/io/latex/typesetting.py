r"""Examples as gb4e, expex and linguex want them, and the list of the labels they use."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from igtkit._labels import split_labels
from igtkit.boundaries import join_words, split_words
from igtkit.igt import IGT
from igtkit.igt.judgment import judgment_of
from igtkit.igt.text import LINES
from igtkit.io._judgments import MARKS
from igtkit.io._sink import Sink
from igtkit.io._small_caps import meaning_of, tell_unexplained
from igtkit.io.latex.document import HINT

__all__ = [
    "QUOTES",
    "STYLES",
    "Style",
    "abbreviation_lines",
    "beginning",
    "ending",
    "escape",
    "example_lines",
    "hint_of",
    "labels_of",
]

Style = Literal["gb4e", "expex", "linguex"]
QUOTES = ("‘’", "“”", "«»")
"""Pairs of quotes for a translation; the second and third for one that ends the pair before."""
STYLES = ("gb4e", "expex", "linguex")

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "%": r"\%",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=/)(?=/)")
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_RUN = re.compile(r"(\\textsc\{[^{}]*)\}\.\\textsc\{")
_PREAMBLES = {
    "gb4e": "\\usepackage{gb4e}\n\\noautomath",
    "expex": "\\usepackage{expex}",
    "linguex": "\\usepackage{linguex}",
}


def escape(text: str) -> str:
    r"""Text as LaTeX has to be told it; Unicode stays as it is.

    Example:
        >>> print(escape("50% of a_b & {c}"))
        50\% of a\_b \& \{c\}
    """
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], _LIGATURES.sub("\0", text)).replace(
        "\0", "{}"
    )


def _cell(token: str) -> str:
    text = escape(token)
    if token[0] in "[*" or token in ("@", "+"):
        return f"{{{token[0]}}}{escape(token[1:])}"  # no option of the line end, no sign of expex
    return text


def _gloss(token: str, labels: Collection[str]) -> str:
    """Return a gloss with its labels in small capitals."""
    text = "".join(
        rf"\textsc{{{piece.lower()}}}" if is_label else escape(piece)
        for piece, is_label in split_labels(token, labels)
    )
    while _RUN.search(text):
        text = _RUN.sub(r"\1.", text)  # \textsc{def.sg}
    if token[0] in "[*" or token in ("@", "+"):
        return f"{{{token[0]}}}{text[1:]}"
    return text


def labels_of(igt: IGT, in_lower_case: Collection[str] = ()) -> Iterator[str]:
    """The category labels of the glosses."""
    for token in split_words(igt.glosses):
        yield from (piece for piece, is_label in split_labels(token, in_lower_case) if is_label)


def abbreviation_lines(found: Iterable[str], meanings: Mapping[str, str], sink: Sink) -> list[str]:
    """The list of abbreviations; a question mark where neither list nor user tells the meaning."""
    lines = []
    labels = sorted({label.lower() for label in found})
    tell_unexplained(labels, meanings, sink)
    for label in labels:
        meaning = meaning_of(label, meanings)
        text = escape(meaning) if meaning else "?  % neither in the Leipzig list nor given"
        lines.append(rf"\item[\normalfont\textsc{{{label}}}] {text}")
    if not lines:
        return []
    head = ["\\section*{Abbreviations}", "\\begin{description}"]
    return ["", *head, *lines, "\\end{description}"]


def beginning(style: str) -> list[str]:
    """Return the lines before the examples of a document for LuaLaTeX or XeLaTeX."""
    packages = ["\\usepackage{fontspec}", _PREAMBLES[style]]
    return ["\\documentclass{article}", *packages, "\\begin{document}", ""]


def ending() -> list[str]:
    """The end of the document."""
    return ["", "\\end{document}"]


def example_lines(
    igt: IGT,
    style: str,
    hint: Mapping[str, Any],
    quotes: str = QUOTES[0],
    labels: Collection[str] = (),
) -> list[str]:
    """The lines of an example.

    Args:
        igt: The entry; its identifier is the example's label.
        style: The package whose macros are used.
        hint: What the example does not say by itself.
        quotes: What stands around the translation.
        labels: The labels that the glosses have in lower case.
    """
    rows = [split_words(getattr(igt, name)) for name in LINES if split_words(getattr(igt, name))]
    cells = [[_cell(token) for token in row] for row in rows]
    if split_words(igt.glosses):
        cells[-1] = [_gloss(token, labels) for token in rows[-1]]
    if len(cells) == 1:
        cells.append(["{}"] * len(cells[0]))
    judgment = _judgment(igt)
    if judgment and style == "linguex":
        cells[0][0] = f"{{{escape(judgment)}}}{cells[0][0]}"
    label = rf"\label{{{igt.id}}}" if igt.id is not None else ""
    notes = [HINT + json.dumps(dict(hint), ensure_ascii=False)] if hint else []
    heading = _heading(igt)
    free = _translation(igt, quotes)
    if style == "expex":
        body = ["\\begingl"]
        body += [_expex("preamble", heading)] if heading else []
        rows_of = zip("abc", cells, strict=False)
        body += [_expex(letter, " ".join(row)) for letter, row in rows_of]
        body += [_expex("ft", free)] if free else []
        star = rf"\ljudge{{{escape(judgment)}}}%" if judgment else ""
        return [f"\\ex{label}{star}", *notes, *body, "\\endgl", "\\xe"]
    body = [f"{heading}\\\\"] if heading else []
    macro = "\\gll" if len(cells) == 2 else "\\glll"
    starts = [macro, *[" " * len(macro)] * 2]
    body += [f"{start} {' '.join(row)}\\\\" for start, row in zip(starts, cells, strict=False)]
    body += [rf"\glt {free}"] if free else []
    if style == "linguex":
        return [f"\\ex. {label}".rstrip(), *notes, *body]
    if judgment:  # gb4e wants braces around the rest then
        return [
            "\\begin{exe}",
            f"\\ex[{escape(judgment)}]{{{label}",
            *notes,
            *body,
            "}",
            "\\end{exe}",
        ]
    return ["\\begin{exe}", f"\\ex{label}", *notes, *body, "\\end{exe}"]


def _expex(name: str, text: str) -> str:
    end = "{}" if text.endswith("/") else ""  # or its own slash would end the line
    return f"\\gl{name} {text}{end}//"


def _judgment(igt: IGT) -> str:
    """The judgment, if it is one that all styles can set and readers take for one."""
    judgment = judgment_of(igt)
    return judgment if MARKS.fullmatch(judgment) else ""


def _heading(igt: IGT) -> str:
    own = igt.metadata.get("latex")
    heading = own.get("heading") if isinstance(own, Mapping) else None
    if not isinstance(heading, str):
        heading = igt.language.name if igt.language is not None else None
    return escape(join_words(split_words(heading)))


def _translation(igt: IGT, quotes: str) -> str:
    if igt.translation is None:
        return ""
    parts = [quotes[0] + escape(" ".join(igt.translation.split())) + quotes[1]]
    notes = igt.metadata.get("notes")
    citation = igt.metadata.get("citation")
    remarks = [*(notes if isinstance(notes, list) else []), citation]
    parts += [escape(join_words(split_words(text))) for text in remarks if _is_text(text)]
    first, *others = parts
    return " ".join([first, *(text if text[0] == "(" else f"\\\\ {{}}{text}" for text in others)])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def hint_of(igt: IGT, roles: Sequence[str]) -> dict[str, Any]:
    """Return the parts of an entry that its example does not show, as JSON can hold them."""
    hint: dict[str, Any] = {"lines": list(roles)} if roles else {}
    for name in ("id", "source", "split", "pos"):
        if getattr(igt, name) is not None:
            hint[name] = getattr(igt, name)
    for name in ("language", "metalanguage"):
        language = getattr(igt, name)
        if language is not None:
            known = {part: getattr(language, part) for part in ("glottocode", "name", "iso639_3")}
            hint[name] = {part: value for part, value in known.items() if value is not None}
    if igt.metadata:
        hint["metadata"] = dict(igt.metadata)
    return hint
