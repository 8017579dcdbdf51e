"""The morph types of FLEx: what joins a morph to its neighbors, and how a word is put together.

FLEx writes the marks of a type (``-s``, ``un-``, ``=pa``, ``*mi``) into the form, other programs do
not: the type decides, and the marks decide where there is no type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import attrs

from igtkit._characters import fold_case, shared_start
from igtkit.boundaries import LEIPZIG, UNKNOWN, is_word, split_morphemes
from igtkit.io._joining import GrowingWord, boundary_of

__all__ = [
    "GUIDS",
    "MARKS",
    "Piece",
    "bare_form",
    "boundary_between",
    "circumfix_halves",
    "fits_word",
    "form_token",
    "gloss_token",
    "join_pieces",
    "marked_type",
    "type_name",
    "without_spaces",
]

_TAIL = "-e8cf-11d3-9764-00c04f186933"
GUIDS = {
    "infix": "d7f713da" + _TAIL,
    "prefix": "d7f713db" + _TAIL,
    "simulfix": "d7f713dc" + _TAIL,
    "suffix": "d7f713dd" + _TAIL,
    "suprafix": "d7f713de" + _TAIL,
    "circumfix": "d7f713df" + _TAIL,
    "enclitic": "d7f713e1" + _TAIL,
    "proclitic": "d7f713e2" + _TAIL,
    "bound root": "d7f713e4" + _TAIL,
    "root": "d7f713e5" + _TAIL,
    "bound stem": "d7f713e7" + _TAIL,
    "stem": "d7f713e8" + _TAIL,
    "clitic": "c2d140e5-7ca9-41f4-a69a-22fc7049dd2c",
    "particle": "56db04bf-3d58-44cc-b292-4c8aa68538f4",
    "phrase": "a23b6faa-1052-4f4d-984b-4b338bdaf95f",
    "discontiguous phrase": "0cc8c35a-cee9-434d-be58-5d29130fba5b",
    "infixing interfix": "18d9b1c3-b5b6-4c07-b92c-2fe1d2281bd4",
    "prefixing interfix": "af6537b0-7175-4387-ba6a-36547d37fb13",
    "suffixing interfix": "3433683d-08a9-4bae-ae53-2a7798f64068",
}
"""FLEx's identifier of each type: the same in every language of its user interface."""
_NAMES = {guid: name for name, guid in GUIDS.items()}

MARKS = {
    "prefix": ("", "-"),
    "prefixing interfix": ("", "-"),
    "suffix": ("-", ""),
    "suffixing interfix": ("-", ""),
    "infix": ("-", "-"),
    "infixing interfix": ("-", "-"),
    "proclitic": ("", "="),
    "enclitic": ("=", ""),
    "simulfix": ("=", "="),
    "suprafix": ("~", "~"),
    "bound root": ("*", ""),
    "bound stem": ("*", ""),
}
"""What FLEx writes before and after the form of a type."""

_BEFORE = {
    "suffix": "-",
    "suffixing interfix": "-",
    "enclitic": "=",
    "simulfix": "-",
    "suprafix": "-",
    "circumfix": "-",
}
_AFTER = {"prefix": "-", "prefixing interfix": "-", "proclitic": "="}
# What joins a word to the word before and after it that begins or ends with such a morph.
_APART = ({"suffix": "-", "enclitic": "="}, {"prefix": "-", "proclitic": "="})
_INFIXES = ("infix", "infixing interfix")
_JOINERS = LEIPZIG.joiners
_MOST_PLACES = 1000  # letters of a morph times infixes in it: no word has more
_NOTHING = "***"  # what FLEx shows where nothing is
_AS_FORM = str.maketrans({"-": "\u2010", "=": "\ua78a"})
_SPACES = re.compile(r"\s+")
_NO_GLOSS = re.compile(r"[\s=-]+")
_GAP = re.compile(r"[\s-]*(?:\.+|…|_+|\s)[\s.…_-]*")  # within a circumfix


@attrs.frozen
class Piece:
    """A morph as it stands in the file; a text that is missing there is None.

    Attributes:
        type: FLEx's name of its type, or None.
        form: Its form, with the marks of its type or without.
        gloss: Its gloss.
        pos: Its part of speech.
    """

    type: str | None
    form: str | None
    gloss: str | None = None
    pos: str | None = None


def type_name(name: str | None, guid: str | None) -> str | None:
    """The type of a morph, by its name or else, in another language's FLEx, its identifier.

    Example:
        >>> type_name("sufijo", "d7f713dd-e8cf-11d3-9764-00c04f186933")
        'suffix'
    """
    return name if name in GUIDS else _NAMES.get(guid or "", name)


def form_token(text: str | None) -> str | None:
    """Return a form without white space and boundary marks inside: one morpheme.

    A space becomes ``_``, a hyphen U+2010 and an equals sign U+A78A, which look the same.

    Example:
        >>> form_token(" ad hoc ")
        'ad_hoc'
    """
    if text is None or not text.strip() or text.strip() == _NOTHING:
        return None
    return _SPACES.sub("_", text.strip()).translate(_AS_FORM)


def gloss_token(text: str | None) -> str | None:
    """Return a gloss with its parts joined by periods (Leipzig Glossing Rules, rule 4).

    Example:
        >>> gloss_token("spider monkey"), gloss_token("-PL"), gloss_token("-")
        ('spider.monkey', 'PL', None)
    """
    if text is None or text.strip() == _NOTHING:
        return None
    return _NO_GLOSS.sub(".", text.strip(" \t\r\n" + _JOINERS)) or None


def without_spaces(gloss: str) -> str:
    """A gloss with its words joined by periods, and its boundaries kept.

    Example:
        >>> without_spaces(" at home-PL ")
        'at.home-PL'
    """
    return _SPACES.sub(".", gloss.strip())


def fits_word(gloss: str, form: str) -> bool:
    """Whether the gloss of a whole word has its boundaries, and so a gloss for each morpheme.

    Example:
        >>> fits_word("house-LOC", "ev-de"), fits_word("at.home", "ev-de")
        (True, False)
    """
    marks = [[boundary for boundary, _ in split_morphemes(token)] for token in (gloss, form)]
    return marks[0] == marks[1] and is_word(gloss)


def bare_form(text: str | None, kind: str | None) -> str | None:
    """Return a form without the marks of its type, or None if it says nothing.

    Example:
        >>> bare_form("-ler", "suffix"), bare_form("*mi", "bound root"), bare_form("***", None)
        ('ler', 'mi', None)
    """
    text = (text or "").strip()
    if text == _NOTHING:
        return None
    if (kind or "").startswith("bound "):
        text = text.removeprefix("*")
    return form_token(text.strip(_JOINERS))


def marked_type(text: str | None) -> str | None:
    """Return the type that the marks at the edges of a form tell; None where there are none.

    Example:
        >>> [marked_type(form) for form in ("-ler", "un-", "-um-", "=pa", "ge- -t", "ev")]
        ['suffix', 'prefix', 'infix', 'enclitic', 'circumfix', None]
    """
    form = (text or "").strip()
    bare = form.strip(_JOINERS)
    if not bare:
        return None
    before, after = form[: form.index(bare[0])], form[form.rindex(bare[-1]) + 1 :]
    halves = _GAP.split(bare)
    if len(halves) == 2 and not before and not after and _is_marked_gap(bare):
        return "circumfix"
    if before and after:
        return "infix"
    if before:
        return "enclitic" if "=" in before else "suffix"
    if after:
        return "proclitic" if "=" in after else "prefix"
    return None


def _is_marked_gap(form: str) -> bool:
    """Whether both halves of a form have a mark at the gap between them: ``ge- -t``."""
    found = _GAP.search(form)
    return found is not None and found[0].startswith("-") and found[0].endswith("-")


def circumfix_halves(text: str) -> tuple[str, str] | None:
    """Return the two parts of a circumfix, as FLEx parts it: at a space, a period, or dots.

    Example:
        >>> [circumfix_halves(form) for form in ("ge- -t", "ge.t", "ge-…-t", "ge-...-t", "get")]
        [('ge', 't'), ('ge', 't'), ('ge', 't'), ('ge', 't'), None]
    """
    halves = [half.strip(_JOINERS) for half in _GAP.split(text.strip())]
    return (halves[0], halves[1]) if len(halves) == 2 and all(halves) else None


def boundary_between(left: Piece, right: Piece) -> str:
    """Return what joins a morph to the one before it: by type, else by the marks, else ``-``.

    Example:
        >>> boundary_between(Piece("stem", "da"), Piece("enclitic", "=pa"))
        '='
    """
    marks = (left.form or "")[-1:], (right.form or "")[:1]
    if "~" in marks and "suprafix" not in (left.type, right.type):
        return "~"
    untyped = boundary_of((left.form or "").strip(), (right.form or "").strip())
    if not untyped and "clitic" in (left.type, right.type):
        untyped = "="
    return _AFTER.get(left.type or "") or _BEFORE.get(right.type or "") or untyped or "-"


def join_pieces(pieces: Sequence[Piece], surface: str | None) -> tuple[str, str, str]:
    """Return a word's form, gloss and part of speech, joined by the same boundaries.

    Args:
        pieces: The morphs, at least one.
        surface: The word as it is in the text, which tells where an infix stands.

    Example:
        >>> join_pieces([Piece("stem", "bili", "buy"), Piece("infix", "-um-", "ACT")], "bumili")
        ('b<um>ili', 'buy<ACT>', '???<???>')
        >>> join_pieces([Piece("enclitic", "=pa", "TOP")], "pa")[:2]  # written apart from its host
        ('=pa', '=TOP')
    """
    return _join(tuple(pieces), surface)


@lru_cache(maxsize=1 << 12)  # a text has most of its words more than once
def _join(pieces: tuple[Piece, ...], surface: str | None) -> tuple[str, str, str]:
    hosts, infixes = _hosts(pieces)
    lead, trail = _mark_apart(hosts[0], 0), _mark_apart(hosts[-1], -1)
    bounds = [boundary_between(a, b) for a, b in pairwise(hosts)]
    bare = [_bare(piece) for piece in hosts]
    inside = {at: [_bare(piece) for piece in found] for at, found in infixes.items()}
    forms = _with_infixes(bare, inside, surface or "") if inside else bare
    glosses, pos = (
        [
            _token(piece, column) + "".join(f"<{_token(p, column)}>" for p in infixes.get(at, []))
            for at, piece in enumerate(hosts)
        ]
        for column in ("gloss", "pos")
    )
    columns = (forms, glosses, pos)
    joined = [lead + _attached(column, bounds) + trail for column in columns]
    form, gloss, part = (text if is_word(text) else UNKNOWN for text in joined)
    return form, gloss, part


def _attached(tokens: Sequence[str], bounds: Sequence[str]) -> str:
    word = GrowingWord(tokens[0])
    for token, bound in zip(tokens[1:], bounds, strict=True):
        word.attach(token, bound)
    return str(word)


def _hosts(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[int, list[Piece]]]:
    """The morphs that are no infixes, and the infixes of each by its index.

    An infix stands in the stem before it, or else in the morph that follows.
    """
    solid = [piece for piece in pieces if piece.type not in _INFIXES]
    if not solid:
        return list(pieces), {}
    infixes: dict[int, list[Piece]] = {}
    passed = 0
    for piece in pieces:
        if piece.type not in _INFIXES:
            passed += 1
            continue
        follows_stem = passed > 0 and solid[passed - 1].type not in _AFTER
        host = passed - 1 if follows_stem or passed == len(solid) else passed
        infixes.setdefault(host, []).append(piece)
    return solid, infixes


def _mark_apart(piece: Piece, side: int) -> str:
    """What joins the first morph of a word to the word before, or the last to the word after."""
    if piece.type is not None:
        return _APART[side].get(piece.type, "")
    form, gloss = ((text or "").strip() for text in (piece.form, piece.gloss))
    if len(form) < 2 or form[side] not in _JOINERS or not form.strip(_JOINERS):
        return ""
    is_spelling = form[side] == "~" and form[side] != gloss[side:][:1]  # ``hée~`` is one morph
    return "" if is_spelling else form[side]


def _bare(piece: Piece) -> str:
    return bare_form(piece.form, piece.type) or UNKNOWN


def _token(piece: Piece, column: str) -> str:
    return gloss_token(getattr(piece, column)) or UNKNOWN


def _with_infixes(
    hosts: Sequence[str], infixes: Mapping[int, Sequence[str]], surface: str
) -> list[str]:
    """The hosts with their infixes where the surface has them, or else where the two part ways."""
    heard = fold_case(surface)
    folded = [fold_case(host) for host in hosts]
    whole = "".join(folded)
    ends = [*accumulate(map(len, folded))]
    same = shared_start(heard, whole)
    same_at_end = shared_start(heard[::-1], whole[::-1])
    forms = list(hosts)
    for at, inside in infixes.items():
        host, begin, rest = hosts[at], ends[at] - len(folded[at]), ends[-1] - ends[at]
        places = None
        if begin <= same and rest <= same_at_end:
            places = _heard_places(host, inside, heard[begin : len(heard) - rest])
        if places is None:
            near = min(same - begin, len(folded[at]))
            places = (max(1, min(near, len(host))),) * len(inside)
        parts = [host[a:b] for a, b in pairwise([0, *places, len(host)])]
        marked = [f"<{infix}>" for infix in inside] + [""]
        forms[at] = "".join(map(str.__add__, parts, marked))
    return forms


def _heard_places(host: str, infixes: Sequence[str], heard: str) -> tuple[int, ...] | None:
    """Where in their host infixes stand, so that they spell what is heard; None for nowhere.

    As few as can be stand at an edge, and then the first as early as can be.
    """
    letters, folded = [fold_case(letter) for letter in host], [fold_case(one) for one in infixes]
    if len("".join(letters + folded)) != len(heard) or len(host) * len(infixes) > _MOST_PLACES:
        return None
    reached: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}  # by letters of the host
    passed = 0  # characters of the infixes so far
    for infix in [*folded, ""]:
        found: dict[int, tuple[int, tuple[int, ...]]] = {}
        way, at = None, passed
        for place in range(len(host) + 1):
            ways = [one for one in (way, reached.get(place)) if one is not None]
            way = min(ways, default=None)
            if way is not None and heard.startswith(infix, at):
                edges, places = way
                found[place] = (edges + (place in (0, len(host))), (*places, place))
            if place < len(host):
                if not heard.startswith(letters[place], at):
                    way = None
                at += len(letters[place])
        reached, passed = found, passed + len(infix)
    whole = reached.get(len(host))  # the last of the places is where the host ends
    return whole[1][:-1] if whole is not None else None
