r"""The short forms that babel gives ``"`` in a language: ``ent"=laden`` is ``ent-laden``.

They are those of the language files of babel (``babel-german``, ``babel-dutch``, ``babel-french``
and so on; Braams and Bezos, *Babel: the user guide*, "Shorthands"). A discretionary hyphen and what
only tells where a word may break stand for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LANGUAGES", "shorthands_of"]

_BREAKS = {'"-': "", '""': "", '"~': "-", '"=': "-", '"|': "", '"/': "/"}
_GUILLEMETS = {'"<': "«", '">': "»"}
_UMLAUTS = dict(
    zip(('"a', '"o', '"u', '"A', '"O', '"U', '"e', '"E', '"i', '"I'), "äöüÄÖÜëËïÏ", strict=True)
)
_GERMAN = {
    **_BREAKS, **_GUILLEMETS, **_UMLAUTS, '"`': "„", "\"'": "“", '"s': "ß", '"z': "ß", '"S': "SS",
    '"Z': "SZ", **{f'"{letter}': 2 * letter for letter in "fflmnprtFLMNPRT"}, '"ck': "ck",
    '"CK': "CK",
}  # fmt: skip
_LOW_HIGH = {'"`': "„", "\"'": "”"}
_HIGH = {'"`': "“", "\"'": "”"}
_CYRILLIC = {
    **_BREAKS, **_GUILLEMETS, '"`': "„", "\"'": "“", '"---': "—", '"--~': "—", '"--*': "—",
    '",': "",
}  # fmt: skip
_SOUTH_SLAVIC = {
    **_BREAKS, **_GUILLEMETS, **_LOW_HIGH, '"c': "č", '"s': "š", '"z': "ž", '"C': "Č", '"S': "Š",
    '"Z': "Ž",
}  # fmt: skip
_POLISH = dict(zip((f'"{c}' for c in "acelnosrzACELNOSRZ"), "ąćęłńóśżźĄĆĘŁŃÓŚŻŹ", strict=True))
_TABLES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("german ngerman austrian naustrian swissgerman nswissgerman germanb", _GERMAN),
    ("dutch", {**_BREAKS, **_UMLAUTS, **_LOW_HIGH, '"y': "ij", '"Y': "IJ"}),
    ("afrikaans", {**_BREAKS, **_UMLAUTS}),
    ("spanish", {**_BREAKS, **_GUILLEMETS, **_HIGH, '"u': "ü", '"U': "Ü", '"i': "ï"}),
    ("catalan", {**_BREAKS, **_GUILLEMETS, '"u': "ü", '"i': "ï", '"l': "l·l", '"L': "L·L"}),
    ("galician", {**_BREAKS, **_GUILLEMETS, '"u': "ü"}),
    ("italian", {**_BREAKS, **_GUILLEMETS, **_HIGH}),
    ("basque portuguese portuges brazil brazilian", {**_BREAKS, **_GUILLEMETS}),
    ("danish norsk nynorsk norwegian swedish finnish", {**_BREAKS, **_GUILLEMETS, **_LOW_HIGH}),
    ("estonian", {**_BREAKS, **_GUILLEMETS, **_UMLAUTS, **_LOW_HIGH, '"s': "š", '"z': "ž"}),
    ("russian ukrainian bulgarian belarusian", _CYRILLIC),
    ("polish", {**_BREAKS, **_GUILLEMETS, **_LOW_HIGH, **_POLISH}),
    ("slovene slovenian croatian serbian", _SOUTH_SLAVIC),
    ("slovak", {**_BREAKS, **_GUILLEMETS, '"`': "„", "\"'": "“"}),
)
LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: table for names, table in _TABLES for name in names.split()}
)
r"""The short forms of each language of babel that has any with ``"``."""

_LOADED = re.compile(
    r"\\usepackage\s*\[(?P<babel>[^]]*)\]\s*\{[^{}]*\bbabel\b[^{}]*\}"
    r"|\\documentclass\s*\[(?P<class>[^]]*)\]"
    r"|\\set(?:main|default|other)languages?\s*\[[^]]*babelshorthands\s*=\s*true[^]]*\]"
    r"\s*\{(?P<poly>[^{}]*)\}"
)
_BABEL = re.compile(r"\\usepackage\s*(?:\[[^]]*\])?\s*\{[^{}]*\bbabel\b[^{}]*\}")
_MAIN = re.compile(r"main\s*=\s*(\w+)")


def shorthands_of(preamble: str) -> tuple[str, Mapping[str, str]]:
    r"""Return the language whose short forms hold in a document, and what they stand for.

    It is the last that babel is loaded with, or the one given as ``main=``, as babel has it.

    Args:
        preamble: The document, or what stands before ``\begin{document}``.

    Example:
        >>> language, short = shorthands_of(r"\usepackage[english,ngerman]{babel}")
        >>> language, short['"=']
        ('ngerman', '-')
    """
    babel = _BABEL.search(preamble) is not None
    names: list[str] = []
    for match in _LOADED.finditer(preamble):
        if match["class"] is not None and not babel:
            continue
        options = match["babel"] or match["class"] or match["poly"] or ""
        if main := _MAIN.search(options):
            names = [main[1]]
            break
        found = [name.strip().split("=")[0] for name in options.split(",")]
        if match["class"] is not None:
            found = [name for name in found if name in LANGUAGES]
        names += found
    for name in reversed(names):
        if name in LANGUAGES:
            return name, LANGUAGES[name]
        if name.isalpha():
            break  # another language is the main one
    return "", {}
