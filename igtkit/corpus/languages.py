"""The languages of the world: glottocode, ISO 639 codes and name, each found from any other.

The table ships with igtkit, so nothing is looked up over a network. It is Glottolog's (Hammarström,
Forkel, Haspelmath & Bank, CC-BY 4.0): languages, dialects and families; `table_source` names the
release. It is read when something is first looked up.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import attrs
from rapidfuzz import fuzz, process

from igtkit._characters import fold_case, put_in_form
from igtkit.errors import InputError
from igtkit.igt import Language, require_text

__all__ = ["Languoid", "find", "find_all", "languoids", "resolve", "suggest", "table_source"]

Level = Literal["language", "dialect", "family"]
_LEVELS: dict[str, Level] = {"l": "language", "d": "dialect", "f": "family"}

# Codes of ISO 639 for a group of languages, and names in wide use, mean one of the group in glossed
# text; Glottolog has neither.
_ALIASES = {
    **dict.fromkeys(("ara", "ar", "arabic", "modern standard arabic"), "stan1318"),
    **dict.fromkeys(("aze", "az", "azerbaijani"), "nort2697"),
    **dict.fromkeys(("est", "et"), "esto1258"),
    **dict.fromkeys(("fas", "fa", "per", "persian", "farsi"), "west2369"),
    **dict.fromkeys(("grn", "gn", "guarani"), "para1311"),
    **dict.fromkeys(("lav", "lv"), "latv1249"),
    **dict.fromkeys(("mon", "mn", "khalkha mongolian"), "halh1238"),
    **dict.fromkeys(("msa", "ms", "may", "malay"), "stan1306"),
    **dict.fromkeys(("sqi", "sq", "alb", "albanian"), "tosk1239"),
    **dict.fromkeys(("swa", "sw", "kiswahili"), "swah1253"),
    **dict.fromkeys(("uzb", "uz"), "nort2690"),
    **dict.fromkeys(("zho", "zh", "chi", "chinese", "mandarin"), "mand1415"),
    **dict.fromkeys(("yid", "yi", "yiddish"), "east2295"),
    **dict.fromkeys(("castilian", "castellano"), "stan1288"),
    **dict.fromkeys(("greek",), "mode1248"),
    **dict.fromkeys(("hebrew",), "hebr1245"),
    **dict.fromkeys(("indonesian", "bahasa indonesia"), "indo1316"),
    **dict.fromkeys(("dido",), "dido1241"),
    **dict.fromkeys(("gitksan", "gitxsanimx"), "gitx1241"),
    **dict.fromkeys(("lezgi",), "lezg1247"),
}

_NOT_A_LETTER = re.compile(r"[\W_]+")
_EXTRA_WORD = re.compile(r"\b(?:the|language|languages)\b")
_DOUBLED = re.compile(r"(.)\1+")
_ALIKE = str.maketrans({"c": "k", "q": "k", "y": "i", "w": "v", "j": "i", "z": "s"})


@attrs.frozen
class Languoid:
    """A language, dialect or family, as Glottolog has it.

    Attributes:
        glottocode: Glottolog's identifier.
        name: Glottolog's name.
        level: ``"language"``, ``"dialect"`` or ``"family"``.
        iso639_3: Three-letter code, where there is one.
        iso639_1: Two-letter code, where there is one.
        iso639_2b: Bibliographic three-letter code (``"ger"`` for German), where there is one.
        parent: Glottocode of the language a dialect is of, of the topmost family of all others;
            None for an isolate or such a family.
        latitude: Degrees north, of a language.
        longitude: Degrees east, of a language.
    """

    glottocode: str
    name: str
    level: Level
    iso639_3: str | None = None
    iso639_1: str | None = None
    iso639_2b: str | None = None
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def to_language(self) -> Language:
        """The same as the `Language` of a text.

        Example:
            >>> find("ddo").to_language()
            Language(glottocode='dido1241', name='Tsez', iso639_3='ddo')
        """
        return Language(self.glottocode, self.name, self.iso639_3)


@cache
def _file() -> tuple[str, dict[str, str]]:
    """Where the table comes from, and each of its lines by glottocode."""
    packed = (files("igtkit") / "data" / "languoids.tsv.gz").read_bytes()
    first, _, *lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return first.lstrip("# "), {line.partition("\t")[0]: line for line in lines}


@cache
def _languoid(glottocode: str) -> Languoid:
    code, level, name, *rest = _file()[1][glottocode].split("\t")
    iso3, iso1, iso2b, parent, north, east = (cell or None for cell in rest)
    place = (float(cell) if cell else None for cell in (north, east))
    return Languoid(code, name, _LEVELS[level], iso3, iso1, iso2b, parent, *place)


# Each way of finding is made when it is first taken: most files name their language by its code,
# which is at hand at once, while all names together take some tenths of a second.


@cache
def _by_code() -> dict[str, str]:
    """The glottocode by code of ISO 639; a language stands before a dialect or a family."""
    of_languages: dict[str, str] = {}
    of_others: dict[str, str] = {}
    for line in _file()[1].values():
        glottocode, level, _, *codes, _ = line.split("\t", 6)
        for code in filter(None, codes):
            if level == "l":
                of_languages[code] = glottocode
            else:
                of_others.setdefault(code, glottocode)
    aliases = {code: glottocode for code, glottocode in _ALIASES.items() if len(code) <= 3}
    return of_others | of_languages | aliases


@cache
def _by_name() -> dict[str, tuple[Languoid, ...]]:
    found = _grouped(_fold)
    for name, glottocode in _ALIASES.items():
        if len(name) > 3:
            found[_fold(name)] = (_languoid(glottocode),)
    return found


@cache
def _by_sound() -> dict[str, tuple[Languoid, ...]]:
    return _grouped(_sound)


def _grouped(key: Callable[[str], str]) -> dict[str, tuple[Languoid, ...]]:
    groups: dict[str, list[Languoid]] = defaultdict(list)
    for each in languoids():
        groups[key(each.name)].append(each)
    return {name: tuple(each) for name, each in groups.items()}


def _fold(name: str) -> str:
    """A name without case, accents, punctuation, and the word "language"."""
    plain = "".join(c for c in put_in_form(name, "NFD") if not unicodedata.combining(c))
    words = _NOT_A_LETTER.sub(" ", fold_case(plain))
    return "".join(sorted((_EXTRA_WORD.sub("", words) or words).split()))


def _sound(name: str) -> str:
    """A name as it might be spelled by someone else: k for c and q, no double letters."""
    return _DOUBLED.sub(r"\1", _fold(name)).translate(_ALIKE)


def table_source() -> str:
    """Where the table comes from, and which release it is.

    Example:
        >>> table_source().startswith("Glottolog (CC-BY 4.0)")
        True
    """
    return _file()[0]


def languoids() -> Iterable[Languoid]:
    """Every languoid of the table, by glottocode."""
    return tuple(map(_languoid, _file()[1]))


def find_all(query: str) -> tuple[Languoid, ...]:
    """Every languoid that a code or a name may mean, the likeliest kind only.

    Args:
        query: A glottocode, a code of ISO 639-3, 639-1 or 639-2 in small letters, or a name. In
            names case, accents, punctuation, the order of words and the word "language" do not
            matter, and if that finds nothing, neither do spellings that are often exchanged (``c``,
            ``k`` and ``q``, for example).

    Returns:
        Languages if the name is that of any, else dialects, else families; empty if there is none.

    Raises:
        InputError: If the query is no string.

    Example:
        >>> [each.glottocode for each in find_all("Bari")]
        ['bari1284', 'bari1297']
    """
    given: object = query
    if not isinstance(given, str):
        raise InputError(f"a language is looked up by a code or a name, not {query!r}")
    glottocode = query if query in _file()[1] else _by_code().get(query)
    if glottocode is not None:
        return (_languoid(glottocode),)
    if not query.strip():
        return ()
    found = _by_name().get(_fold(query)) or _by_sound().get(_sound(query)) or ()
    for level in _LEVELS.values():
        at_level = tuple(each for each in found if each.level == level)
        if at_level:
            return at_level
    return ()


@lru_cache(maxsize=1 << 14)
def find(query: str) -> Languoid | None:
    """The languoid that a code or a name means.

    Args:
        query: As for `find_all`.

    Returns:
        None if there is none, or several have that name (`find_all` lists them).

    Raises:
        InputError: If the query is no string.

    Example:
        >>> find("ddo").name, find("dido1241").iso639_3, find("tsez").glottocode
        ('Tsez', 'ddo', 'dido1241')
        >>> [find(name).iso639_3 for name in ("fr", "ger", "Uspanteko", "Yidish, Eastern")]
        ['fra', 'deu', 'usp', 'ydd']
        >>> find("Atlantean") is None
        True
    """
    found = find_all(query)
    return found[0] if len(found) == 1 else None


def suggest(name: str, limit: int = 5) -> tuple[Languoid, ...]:
    """Languages with names like this one, most alike first: for a message to a person.

    Example:
        >>> suggest("Lezgiann")[0].name
        'Lezgian'
    """
    require_text(name, "name")
    by_name = _by_name()
    names = process.extract(_fold(name), list(by_name), scorer=fuzz.ratio, limit=limit)
    return tuple(by_name[found][0] for found, _, _ in names)


@lru_cache(maxsize=1 << 12)
def resolve(language: Language) -> Language:
    """Return the language with what the table knows of it filled in; what is given stays.

    The glottocode counts first, then the ISO code, then the name.

    Args:
        language: With any of its parts.

    Returns:
        The language with all parts, or the one given where it is not in the table.

    Example:
        >>> resolve(Language(iso639_3="lez"))
        Language(glottocode='lezg1247', name='Lezgian', iso639_3='lez')
        >>> resolve(Language(name="Uspanteko"))
        Language(glottocode='uspa1245', name='Uspanteko', iso639_3='usp')
    """
    for query in (language.glottocode, language.iso639_3, language.name):
        found = find(query) if query else None
        if found is not None:
            return Language(
                language.glottocode or found.glottocode,
                language.name or found.name,
                language.iso639_3 or found.iso639_3,
            )
    return language
