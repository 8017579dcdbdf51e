r"""The lines of a glossed example and its translation, as each package writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from igtkit.errors import InputError
from igtkit.io._tex.scan import (
    COMMENT,
    arguments,
    closing_brace,
    optional_argument,
    outside_braces,
    split_breaks,
    split_cells,
)
from igtkit.io.latex.examples import Example
from igtkit.io.latex.nlevel import nlevel_lines

__all__ = ["Found", "find_lines", "take_jambox"]

_JAMBOX = re.compile(r"\\jambox\*?\s*(?=[{(])")
_FREE = re.compile(r"\\(?:glt|trans|glft|glend|gln|gltr?ans|mytrans)(?![A-Za-z])")
_FREES = re.compile(rf"{_FREE.pattern}(?:\s*{_FREE.pattern})*")
_EXPEX_LINE = re.compile(r"\\(gl[a-f]|glft|glfree|glpreamble)")
_EXPEX_OPTION = re.compile(r"\s*\[[^][]*=[^][]*\]|\[[^][]*\]")
_MARGIN = re.compile(r"\\hfill?(?![A-Za-z])")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_QUOTE = re.compile(r"\s*(?:[`‘“'\"«„]|\\(?:qu|enquote|sqt|qt|trs|rede)\b)")
_COVINGTON = {"digloss": 2, "trigloss": 3}
_OPTION = re.compile(r"(?:^|,)\s*(preamble|postamble)\s*=\s*", re.DOTALL)
_JUDGMENT = re.compile(
    r"\\ljudge\s*(?:\{(?P<braced>[^{}]*)\}|(?P<bare>[^\s\\{}]))\s*"
    r"|\\nogloss\s*\{(?P<unglossed>\\?[*?#%]+)\}\s*"
)
_COMMENT = re.compile(r"\\rightcomment\s*(?=\{)")


@attrs.define
class Found:
    """What was found in an example, before it is known which line is which.

    Attributes:
        lines: The lines that have words below each other.
        translation: What stands below them.
        preamble: What stands above them, inside of the gloss.
        jambox: What stands at the margin.
        judgment: The mark of a judgment, where a macro sets it.
        label: The number, where an option sets it.
        covington: Whether the lines end where those of the file do.
        same_level: Whether the second and the third line are set by the same macro of expex.
        extra: What else there is.
    """

    lines: list[str] = attrs.field(factory=list)
    translation: str = ""
    preamble: str = ""
    jambox: str = ""
    judgment: str = ""
    label: str = ""
    covington: bool = False
    same_level: bool = False
    extra: list[str] = attrs.field(factory=list)


def find_lines(example: Example) -> Found:
    """The lines of an example, unread.

    Raises:
        InputError: If there are fewer than its macro takes.
    """
    body, jambox = take_jambox(example.body)
    if example.macro in _COVINGTON:
        found = _covington_lines(example.macro, body)
    elif example.macro == "begingl":
        found = _expex_lines(body)
    elif example.macro == "gl":
        found = _linguexx_lines(example, body)
    else:
        found = _gll_lines(example, body)
    found.jambox = jambox
    return found


def _gll_lines(example: Example, body: str) -> Found:
    r"""The lines after one of the ``\gll`` macros, of cgloss4e as of linguex and covington."""
    found = Found()
    if example.macro == "exg":
        body = _take_option(body, found)
    count = 2 if example.macro == "exg" else len(example.macro) - 1
    free = _FREES.search(body)
    head, rest = (body[: free.start()], body[free.end() :]) if free else (body, "")
    parts = split_breaks(head)
    if len(parts) == 1 and free and len(ends := _source_lines(head)) == count:
        parts, found.covington = ends, True
    lines = [part for part in parts[:count] if _is_line(part)]
    extra = [part for part in parts[count:] if part.strip(" \t\n%{}")]
    if len(lines) < count:
        raise InputError(f"\\{example.macro} takes {count} lines, here are {len(lines)}")
    last = _BLANK_LINE.split(lines[-1].lstrip(), maxsplit=1)
    lines[-1] = last[0]
    if len(last) > 1:
        extra = []  # what follows a blank line is the paper's text
    found.lines, margin = _take_margin(lines)
    if free:
        found.translation = _first_paragraph(rest)
        found.extra = extra
        second = _FREES.search(found.translation)
        if second:
            found.extra.append(found.translation[second.end() :])
            found.translation = found.translation[: second.start()]
    elif extra:
        tail = _first_paragraph("\\\\ ".join(extra))
        if example.linguex or _QUOTE.match(tail):
            found.translation = tail
        else:
            found.extra = [tail]
    shown = [part for part in found.extra if re.sub(r"\\[a-z]+|[\s{}]", "", part)]
    if free and shown and len({len(split_cells(line)) for line in found.lines}) > 1:
        raise InputError(
            f"\\{example.macro} takes {count} lines, here are {len(lines) + len(shown)}"
        )
    found.extra += margin
    return found


def _linguexx_lines(example: Example, body: str) -> Found:
    r"""The lines between linguexx's ``\gl`` and ``\endgl``, as many as there are."""
    tail = example.tail.lstrip()
    marker = _FREES.match(tail)
    lines = [part for part in split_breaks(body) if _is_line(part)]
    if len(lines) < 2:
        raise InputError(f"\\gl with {len(lines)} line before \\endgl")
    return Found(lines, tail[marker.end() if marker else 0 :])


def _is_line(part: str) -> bool:
    return bool(part.strip(" \t\n%{}")) or "{}" in part


def _take_option(body: str, found: Found) -> str:
    r"""The body without the option that follows ``\exg.`` at once: linguex's number, or a mark."""
    if not body.startswith("["):
        return body
    option, end = optional_argument(body, 0)
    if option.strip(" *?#%\\()"):
        found.label = option
    else:
        found.judgment = option
    return body[end:]


def _source_lines(head: str) -> list[str]:
    """The lines as they stand in the file, where covington ends those of a gloss."""
    kept = COMMENT.sub(" ", _BLANK_LINE.split(head.strip(), maxsplit=1)[0])
    return [line for line in kept.split("\n") if line.strip()]


def _take_margin(lines: list[str]) -> tuple[list[str], list[str]]:
    r"""The lines without what ``\hfill`` pushes to the margin, and that."""
    parts = [_MARGIN.split(line, maxsplit=1) for line in lines]
    return [part[0] for part in parts], [part[1] for part in parts if len(part) > 1]


def _covington_lines(macro: str, body: str) -> Found:
    r"""The arguments of ``\digloss`` and ``\trigloss``: lines, then the translation."""
    options, at = optional_argument(body, 0)
    found = Found(preamble=_option(options, "preamble"))
    found.extra = list(filter(None, [_option(options, "postamble")]))
    groups: list[str] = []
    while len(groups) <= _COVINGTON[macro]:
        [*group], at = arguments(body, at, 1)
        if not group:
            raise InputError(
                f"\\{macro} takes {_COVINGTON[macro]} lines and a translation in braces"
            )
        groups += group
        comment, at = optional_argument(body, at)
        found.extra += filter(None, [comment.strip()])
    found.lines, found.translation = groups[:-1], groups[-1]
    return found


def _option(options: str, name: str) -> str:
    """The value of one of the options, of which braces may hold the commas."""
    for match in _OPTION.finditer(options):
        if match[1] != name:
            continue
        if options[match.end() : match.end() + 1] == "{":
            return options[match.end() + 1 : closing_brace(options, match.end())]
        return options[match.end() :].split(",", 1)[0].strip()
    return ""


def _expex_lines(body: str) -> Found:
    found = Found()
    blocks: list[list[str]] = []
    first = ""
    names: list[str] = []
    for name, tex in _expex_parts(body):
        text = _take_comments(tex.strip(), found)
        if name in ("glft", "glfree"):
            found.translation = f"{found.translation}\\\\ {text}" if found.translation else text
        elif name == "glpreamble":
            found.preamble = text
        else:
            first = first or name
            names.append(name)
            if name == first or not blocks:
                blocks.append([])
            blocks[-1].append(text)
    found.same_level = names[1:] == names[1:2] * 2 and len(blocks) == 1
    if len({len(block) for block in blocks}) == 1 and len(blocks[0]) > 1:
        found.lines = [" ".join(rows) for rows in zip(*blocks, strict=True)]  # a long sentence
    else:
        found.lines = [text for block in blocks for text in block]
    if not found.lines:
        found.lines, found.preamble, found.translation = nlevel_lines(body)
    if len(found.lines) < 2:
        what = "neither \\gla nor a word[gloss]" if not found.lines else "\\gla without \\glb"
        raise InputError(f"\\begingl with {what}")
    return found


def _expex_parts(body: str) -> Iterator[tuple[str, str]]:
    """Each line by its macro: it ends at two slashes outside braces, or where the next begins."""
    name, start, slash = "", 0, -2
    for at, what in outside_braces(body):
        if match := _EXPEX_LINE.fullmatch(what):
            if name:
                yield name, body[start:at]
            option = _EXPEX_OPTION.match(body, at + len(what))
            name, start = match[1], option.end() if option else at + len(what)
        elif what == "/" and at == slash + 1 and name:
            yield name, body[start:slash]
            name = ""
        slash = at if what == "/" else slash
    if name:
        yield name, body[start:]


def _take_comments(line: str, found: Found) -> str:
    r"""The line without what ``\rightcomment`` and ``\ljudge`` set at its margins."""
    while match := _COMMENT.search(line):
        end = closing_brace(line, match.end())
        found.extra.append(line[match.end() + 1 : end])
        line = line[: match.start()] + line[end + 1 :]
    if match := _JUDGMENT.search(line):
        found.judgment = match["braced"] or match["bare"] or match["unglossed"] or ""
        line = line[: match.start()] + line[match.end() :]
    return line


def _first_paragraph(text: str) -> str:
    return _BLANK_LINE.split(text.lstrip(), maxsplit=1)[0]


def take_jambox(body: str) -> tuple[str, str]:
    r"""The body without ``\jambox``, and what that sets at the margin."""
    match = _JAMBOX.search(body)
    if match is None:
        return body, ""
    if body[match.end()] == "{":
        end = closing_brace(body, match.end())
        return body[: match.start()] + body[end + 1 :], body[match.end() + 1 : end]
    end = body.find(")", match.end()) + 1 or len(body)
    return body[: match.start()] + body[end:], body[match.end() : end]
