r"""What stands after the glosses: the translation, without its quotes, and what follows it."""

from __future__ import annotations

import re

from igtkit.io._tex.markup import CLOSE_QUOTE, OPEN_QUOTE, Markup
from igtkit.io._tex.scan import split_breaks

__all__ = ["parse_translation"]

_QUOTES = {
    OPEN_QUOTE: CLOSE_QUOTE,
    "‘": "’'´",
    "’": "’´",
    "'": "'’´",
    "´": "´'’",
    "`": "'’´`",
    "“": '”"“',
    "”": "”",
    '"': '"”',
    "„": "“”",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
}
"""What closes each quote; an acute is often typed for the second."""
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
    rf"(?=[{re.escape(''.join(_QUOTES))}])",
    re.IGNORECASE,
)
_BEFORE_BRACKET = re.compile(r"\s*(?:\Z|[(\[])")
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
    rests = [_shown(rest), *(markup.plain(part) for part in others)]
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
    return text[:1] in _QUOTES and text[:1] != "" and _closing(text) is not None


def _unquote(text: str) -> tuple[str, str]:
    """The text in the quotes that begin it, and what follows them; or all of it."""
    end = _closing(text) if text[:1] in _QUOTES else None
    if not text or end is None:
        return text, ""
    if _is_closed_before_another(text, end):
        return text, ""
    return text[1:end].strip(), text[end + 1 :].strip()


def _is_closed_before_another(text: str, end: int) -> bool:
    """Whether a second quote opens within, after the first is closed: ``‘one’ or ‘two’``."""
    closers = _QUOTES[text[0]]
    opening = text.find(text[0], 1, end) if text[0] not in closers else -1
    return any(
        text[at] in closers and not text[at + 1].isalnum() for at in range(1, max(opening, 1))
    )


def _closing(text: str) -> int | None:
    """Return where the quote that begins a text is closed: never between letters."""
    closers = _QUOTES[text[0]]
    depth, candidates = 0, []
    for at in range(1, len(text)):
        character = text[at]
        if text[0] == OPEN_QUOTE:
            if character == OPEN_QUOTE:
                depth += 1
            elif character == CLOSE_QUOTE:
                if not depth:
                    return at
                depth -= 1
            continue
        after = text[at + 1 : at + 2]
        if (character in closers and not after.isalnum()) or (character == text[0] and not after):
            candidates.append(at)
    for at in candidates:
        if _BEFORE_BRACKET.match(text, at + 1):
            return at
    return candidates[-1] if candidates else None


def _shown(text: str) -> str:
    return " ".join(text.replace(OPEN_QUOTE, "‘").replace(CLOSE_QUOTE, "’").split())
