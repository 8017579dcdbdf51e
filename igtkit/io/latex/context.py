r"""What stands before an example: its label, number, judgment, language and heading."""

from __future__ import annotations

import re

import attrs

from igtkit.errors import InputError
from igtkit.igt import Language
from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import closing_brace, split_breaks
from igtkit.io.latex.examples import Example

__all__ = ["Context", "context_of", "number_of"]

_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_ANGLED = re.compile(r"\s*~?\s*(?:\[[^][]*\]\s*)?<([^<>]+)>")
_NAMED = re.compile(r"\\ex(?P<kind>[irp])\s*(?=\{)")
_OPTION = re.compile(r"\s*~?\s*\[((?:[^][{}]|\{[^{}]*\})*)\]")
_LJUDGE = re.compile(r"\\ljudge\s*(?:\{([^{}]*)\}|([^\s{}\\]))")
_OPENING = re.compile(r"(?:\\[A-Za-z@]+\*?(?:\s*\[[^][]*\]|\s*\{[^{}]*\})*\s*)?\Z")
_LONGEST_HEADS = 1000
_BOX = 200
"""Characters in which a box with its sizes begins."""
# A number by hand is short, ``{(12a′)}``; what is longer in brackets is text.
_NUMBER = re.compile(r"\s*\{(?:\(([^{}()]{1,12})\)|(\d+\w{0,3}[’']*))\}")
_BRACKETED = re.compile(r"\((?P<inner>[^()]+)\)[.:]?|\[(?P<square>[^][]+)\][.:]?")
_LANGINFO = re.compile(r"\\langinfo(?:break)?\s*(?=\{)")
_LANGUAGE = re.compile(
    r"(?P<name>[^\W\d_][\w’'-]*(?: [A-Z][\w’'-]*){0,3})\s*"
    r"(?P<more>\((?:[^()]|\([^()]*\))*\)(?:\s*[(\[].*[)\]])?)"
)


@attrs.define
class Context:
    r"""What is said of an example before it.

    Attributes:
        label: Its label or number.
        group: The label of the example that it is a part of.
        judgment: The mark of a speaker's judgment, such as ``*``.
        language: Its language.
        family: The family of the language, as ``\langinfo`` gives it.
        source: Where it is from, as ``\langinfo`` gives it.
        headings: The lines above it.
    """

    label: str | None = None
    group: str = ""
    judgment: str = ""
    language: Language | None = None
    family: str = ""
    source: str = ""
    headings: list[str] = attrs.field(factory=list)


def context_of(example: Example, preamble: str, markup: Markup) -> Context:
    """The context of an example.

    Args:
        example: The example.
        preamble: What stands above its lines, inside of the gloss.
        markup: Makes text of LaTeX.

    Raises:
        InputError: If much stands above the examples that it is a part of, which each of them would
            have.
    """
    if sum(map(len, example.heads)) > _LONGEST_HEADS:
        raise InputError(f"more than {_LONGEST_HEADS:,} characters stand above a list of examples")
    context = Context()
    for head in example.heads:
        _read_head(head, context, markup)
        if context.label:
            context.group, context.label = context.label, None
    _read_head(example.head, context, markup, linguex=example.linguex)
    if context.label is None and (late := _LABEL.search(example.body)):
        context.label = late[1].strip()
    if preamble:
        context.headings += [
            text for part in split_breaks(preamble) if (text := markup.plain(part))
        ]
    if context.language is None:
        names = [_LANGUAGE.fullmatch(heading) for heading in context.headings]
        context.language = next((Language(name=name["name"]) for name in names if name), None)
    return context


def number_of(text: str) -> str:
    """The number of an example without the brackets or the point that set it off: ``(5')``, ``c.``.

    Example:
        >>> number_of("(5')"), number_of("c."), number_of("[iii]")
        ("5'", 'c', 'iii')
    """
    bare = _BRACKETED.fullmatch(text.strip())
    return ((bare["inner"] or bare["square"]) if bare else text.strip()).rstrip(
        ".):"
    ) or text.strip()


def _read_head(head: str, context: Context, markup: Markup, *, linguex: bool = False) -> None:
    if match := _NAMED.match(head):
        end = closing_brace(head, match.end())
        what = head[match.end() + 1 : end]
        if match["kind"] == "i":
            context.label = number_of(markup.plain(what)) or None
        else:
            context.group = what.strip()
        head = head[end + 1 :]
    if match := _ANGLED.match(head):
        context.label = match[1].strip()
        head = head[match.end() :]
    if match := _NUMBER.match(head):
        context.label = markup.plain(match[1] or match[2])
        head = head[match.end() :]
    if (match := _OPTION.match(head)) and not (linguex and head[:1].isspace()):
        if "=" not in match[1] and match[1].strip():
            text = markup.plain(match[1])
            if linguex and text.strip("*?#%()"):
                context.label = number_of(text)  # linguex sets it in place of the number
            else:
                context.judgment = text
        head = head[match.end() :]
    labels = _LABEL.findall(head)
    if labels:
        context.label = labels[-1].strip()
    if match := _LANGINFO.search(head):
        parts: list[str] = []
        at = match.end()
        while len(parts) < 3 and head[at : at + 1] == "{":
            end = closing_brace(head, at)
            parts.append(markup.plain(head[at + 1 : end]))
            at = end + 1
        name, context.family, context.source = [*parts, "", "", ""][:3]
        context.language = Language(name=name) if name else context.language
        head = head[: match.start()] + head[at:]
    if match := _LJUDGE.search(head):
        context.judgment = markup.plain(match[1] or match[2] or "")
        head = head[: match.start()] + head[match.end() :]
    for part in split_breaks(_closed(head)):
        text = markup.plain(part)
        if any(map(str.isalnum, text)):
            context.headings.append(text)
        elif text and not text.strip("*?#%"):
            context.judgment = text


def _closed(head: str) -> str:
    r"""The head without the boxes that begin in it, such as ``\parbox[t]{5cm}{``."""
    opened: list[int] = []
    at = 0
    while at < len(head):
        if head[at] == "\\":
            at += 1
        elif head[at] == "{":
            opened.append(at)
        elif head[at] == "}" and opened:
            opened.pop()
        at += 1
    parts: list[str] = []
    last = 0
    for start in opened:
        box = _OPENING.search(head, max(last, start - _BOX), start)
        parts += [head[last : box.start() if box else start], " "]
        last = start + 1
    return "".join([*parts, head[last:]])
