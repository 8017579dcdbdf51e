r"""What stands after the glosses: the translation, without its quotes, and what follows it."""

from __future__ import annotations

import re

from igtkit.io._quotes import QUOTES, unquote
from igtkit.io._tex.markup import CLOSE_QUOTE, OPEN_QUOTE, Markup
from igtkit.io._tex.scan import split_breaks

__all__ = ["parse_translation"]

_BRACKETED = re.compile(r"\[[^][]*\]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\)")
_REMARK = re.compile(
    r"[(\[]\s*(?:(?:lit|literally|more literally|for|cf|see|compare|i\.e|e\.g|also|or|not|context"
    r"|intended|int\.|meaning|in response|with|without|said|answer|note|n\.b)\b"
    r"|(?:speaker|consultant|author|elicitation|context|situation|comment)s?\b[^()]*:"
    r"|(?:speaker|consultant)s?['’]?s? (?:comment|remark|note)"
    r"|[*?#%]+\s*[‘'`“\"]|[=≈][ ‘'`“\"])",
    re.IGNORECASE,
)
"""Brackets after the translation that hold a remark, and not where the example is from."""
_INTENDED = re.compile(  # before the quote that begins a translation
    rf"(?P<bracket>\(?)(?P<remark>(?:(?:intended|attempted|int\.)(?: \w+){{0,2}}[:.]?)?)\s*"
    rf"(?=[{re.escape(''.join([OPEN_QUOTE, *QUOTES]))}])",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?P<text>.*\S)\s*\{\s*(?P<source>\[[^][]*\])\s*\}", re.DOTALL)

_CITED = re.compile(  # a key to a corpus, or a reference
    r"(?P<text>.*\S)\s*(?P<source>(?<=\s)\[[^][]*:[^][]*\d[^][]*\]"
    r"|\\(?:source|(?:paren|text|auto)?cite[a-z]*\*?(?:\[[^][]*\])*)\{[^{}]*\})\.?",
    re.DOTALL,
)


def parse_translation(tex: str, markup: Markup) -> tuple[str | None, str | None, list[str]]:
    r"""Take apart what follows ``\glt``.

    The translation is what stands in quotes, if quotes begin it, and what stands before the first
    line end otherwise. What else stands in brackets is the source of the example.

    Returns:
        The translation, the source with its brackets, and anything else, in order.
    """
    parts = [part.strip() for part in split_breaks(tex.strip())]
    first, *others = [part for part in parts if markup.plain(part)] or [""]
    sources = []
    if match := _SOURCE.fullmatch(first) or _CITED.fullmatch(first):
        first = match["text"]
        sources.append(markup.plain(match["source"]))
    shown = markup.quoted(first)
    aside = _INTENDED.match(shown)
    if aside:
        shown = shown[aside.end() :].removesuffix(")" if aside["bracket"] else "")
    text, rest = _unquote(shown)
    rests = [_shown(rest).lstrip(";, "), *(markup.plain(part) for part in others)]
    if not text and not any([*rests, *sources]):
        return None, None, []
    found: list[str] = []
    notes: list[str] = []
    for part in filter(None, rests):
        bracketed = _BRACKETED.fullmatch(part) is not None
        remark = bracketed and _is_comment(part)
        (found if bracketed and not remark else notes).append(part)
        if remark:
            markup.guessed.add("latex-remark-in-brackets")
    found += filter(None, sources)
    if aside and aside["remark"]:
        notes.insert(0, aside["remark"])
    elif notes and text and not _was_quoted(shown):
        text = " ".join([text, *notes])  # a line end inside a translation without quotes
        notes = []
    return _shown(text) or None, " ".join(found) or None, notes


def _is_comment(text: str) -> bool:
    """Whether brackets hold a remark, such as a literal translation, rather than a source."""
    return _REMARK.match(text) is not None


def _was_quoted(text: str) -> bool:
    return bool(text) and _in_quotes(text) is not None


def _unquote(text: str) -> tuple[str, str]:
    """The text in the quotes that begin it, and what follows them; or all of it."""
    inner, rest = _in_quotes(text) or (text, "")
    return inner.strip(), rest


def _in_quotes(text: str) -> tuple[str, str] | None:
    if not text.startswith(OPEN_QUOTE):
        return unquote(text)
    depth = 0
    for at, character in enumerate(text):
        depth += {OPEN_QUOTE: 1, CLOSE_QUOTE: -1}.get(character, 0)
        if not depth:
            return text[1:at].strip(), text[at + 1 :].strip()
    return None


def _shown(text: str) -> str:
    return " ".join(text.replace(OPEN_QUOTE, "‘").replace(CLOSE_QUOTE, "’").split())
