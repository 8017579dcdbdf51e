"""Lines above an example that name its language, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from igtkit.igt import Language

__all__ = ["Heading", "heading_of", "language_of"]

# Names of languages have one word or a few, the further ones with a capital; sentences do not.
_BARE = re.compile(r"[^\W\d_][\w’'-]{2,}(?: [A-Z][\w’'-]*){0,2}:?")
_HEADING = re.compile(
    r"(?P<name>[^\W\d_][\w’'-]*(?: [A-Z][\w’'-]*){0,3})(?:\s*,\s*(?P<more>[^()\[\]]{1,60}?))?\s*"
    r"(?P<source>[(\[](?:[^()\[\]]|\([^()]*\))*[)\]])?\s*[:.]?"
)
_SOURCE = re.compile(r"\b\d{4}[a-z]?\b|\d+\s*:\s*\d+|\bp{1,2}\.\s*\d|\bfield ?notes?\b|\bp\.c\.")


@attrs.frozen
class Heading:
    """What a line above an example says.

    Attributes:
        language: The language, or None.
        source: Where the example is from, with its brackets; empty if it does not say.
        rest: The line itself, if it says anything else.
    """

    language: Language | None = None
    source: str = ""
    rest: str = ""


def language_of(headings: Iterable[str]) -> Language | None:
    """The language that one of the headings is the name of, and nothing else."""
    for heading in headings:
        if _BARE.fullmatch(heading) and heading[0].isupper():
            name = heading.rstrip(":")
            if _is_language(name):
                return Language(name=name)
    return None


def heading_of(line: str) -> Heading | None:
    """Return what a line says if it is a heading: a language that Glottolog has, or a source.

    Example:
        >>> found = heading_of("Turkish (Smith 2000: 12)")
        >>> found.language.name, found.source
        ('Turkish', '(Smith 2000: 12)')
        >>> heading_of("Smith (2000: 12)").source, heading_of("ev-ler gel-di")
        ('Smith (2000: 12)', None)
    """
    text = " ".join(line.split())
    match = _HEADING.fullmatch(text)
    if match is None:
        return _of_brackets(text)
    source = match["source"] or ""
    says_source = _SOURCE.search(source) is not None
    if match["name"][0].isupper() and _is_language(match["name"]):
        extra = match["more"] or (source if not says_source else "")
        return Heading(
            Language(name=match["name"]), source if says_source else "", text if extra else ""
        )
    if not says_source:
        return None
    if source[1].isdigit() and any(map(str.isupper, match["name"])):  # Smith (2000: 12)
        return Heading(source=text.rstrip(":."))
    if not match["name"][0].isupper():
        return None
    return Heading(Language(name=match["name"]), source, text if match["more"] else "")


def _of_brackets(text: str) -> Heading | None:
    """Of a line that is nothing but brackets: a language, a source, or both."""
    if not (text[:1] in "([" and text[-1:] in ")]" and text[:1]):
        return None
    parts = [part.strip() for part in re.split(r"[;,]", text[1:-1])]
    known = parts[0][:1].isupper() and _is_language(parts[0])
    language = Language(name=parts[0]) if known else None
    if _SOURCE.search(text):
        return Heading(language, text)
    return Heading(language, rest=text if len(parts) > 1 else "") if language else None


def _is_language(name: str) -> bool:
    from igtkit.corpus.languages import find_all  # noqa: PLC0415 -- a table, and few texts need it

    return any(each.name == name and each.level == "language" for each in find_all(name))
