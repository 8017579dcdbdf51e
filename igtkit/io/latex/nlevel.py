r"""Expex's other way to gloss: each word with its glosses in brackets, ``ev-ler[house-pl/N]``."""

from __future__ import annotations

import re

from igtkit.io._tex.scan import outside_braces

__all__ = ["nlevel_lines"]

_PREAMBLE = re.compile(r"\\glpreamble(?![A-Za-z])(.*?)(?:\\endpreamble|//)", re.DOTALL)
_FREE = re.compile(r"\\gl(?:ft|free)(?![A-Za-z])")
_OPTIONS = re.compile(r"\s*\[[^][]*\]")


def nlevel_lines(body: str) -> tuple[list[str], str, str]:
    r"""Take apart what stands between ``\begingl`` and ``\endgl``.

    Returns:
        The lines, forms first; the line before them; the translation. No lines if there is no word
        with glosses.
    """
    preamble = ""
    if match := _PREAMBLE.search(body):
        preamble, body = match[1].strip(), body[: match.start()] + body[match.end() :]
    free = ""
    if match := _FREE.search(body):
        free, body = body[match.end() :].strip().removesuffix("//"), body[: match.start()]
    if match := _OPTIONS.match(body):
        body = body[match.end() :]
    words = [levels for word in _words(body) if (levels := _levels(word))]
    depth = max(map(len, words), default=0)
    if depth < 2:
        return [], preamble, free
    rows = zip(*[[*word, *["{}"] * (depth - len(word))] for word in words], strict=True)
    return [" ".join(row) for row in rows], preamble, free


def _words(tex: str) -> list[str]:
    """Split at the spaces that stand neither in braces nor in brackets."""
    words, brackets = [""], 0
    for _, what in outside_braces(tex):
        brackets = max(0, brackets + {"[": 1, "]": -1}.get(what, 0))
        if what.isspace() and not brackets:
            words.append("")
        else:
            words[-1] += what
    return [word for word in words if word.strip("/")]


def _levels(word: str) -> list[str]:
    """The form, and each of its glosses; a gloss of several words in braces."""
    pieces = [what for _, what in outside_braces(word.removesuffix("]"))]
    at = pieces.index("[") if "[" in pieces else len(pieces)
    form, glosses = "".join(pieces[:at]), [""] if at < len(pieces) else []
    for what in pieces[at + 1 :]:
        if what == "/":
            glosses.append("")
        else:
            glosses[-1] += what
    levels = [gloss.strip() for gloss in glosses]
    return [form or "{}", *(f"{{{level}}}" if " " in level else level or "{}" for level in levels)]
