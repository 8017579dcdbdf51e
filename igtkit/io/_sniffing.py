"""Which format the beginning of a file looks like.

Sniffers stand apart from the readers, so that telling the format of a file loads none of them.
"""

from __future__ import annotations

import re

from igtkit.boundaries import list_words
from igtkit.io._example import parse_or_none as parse_example

__all__ = [
    "looks_like_cldf",
    "looks_like_eaf",
    "looks_like_flextext",
    "looks_like_jsonl",
    "looks_like_linggym",
    "looks_like_pangloss",
    "looks_like_scription",
    "looks_like_sigmorphon",
    "looks_like_text",
    "looks_like_textgrid",
    "looks_like_toolbox",
    "looks_like_xigt",
]

_MARKER = re.compile(r"^[ \t]*\\(\S+)", re.MULTILINE)
_LINGGYM = re.compile(r"^[^\S\n]*\\gll .*\n\s*\\gls ", re.MULTILINE)
_XIGT = re.compile(r"<xigt-corpus[\s/>]")
_PANGLOSS = re.compile(r"<(TEXT|ARCHIVE|WORDLIST)[\s>]")
_SCRIPTION = frozenset(["txn", "gl", "tln", "trs", "wlt", "phon"])
_BLANK_LINE = re.compile(r"\n\s*\n")

_SIGMORPHON = frozenset(["t", "m", "g"])
_TOOLBOX = frozenset(["tx", "mb", "ge", "ps", "ft", "ref"])
_NOT_SIGMORPHON = frozenset(
    ["_sh", "ref", "rf", "f", "ft", "ELANBegin", "ELANEnd", "ELANParticipant"]
)
r"""Markers that tell a Toolbox file from one of SIGMORPHON's, which also has ``\t \m \g``."""


def looks_like_cldf(head: str) -> bool:
    """Whether it is the JSON that describes a CLDF dataset."""
    return head.lstrip().startswith("{") and "dc:conformsTo" in head and "cldf.clld.org" in head


def looks_like_eaf(head: str) -> bool:
    """Whether it is XML with the root of an ELAN file."""
    return "<ANNOTATION_DOCUMENT" in head


def looks_like_flextext(head: str) -> bool:
    """Whether it is XML with the texts of FLEx."""
    return "<document" in head and "<interlinear-text" in head


def looks_like_jsonl(head: str) -> bool:
    """Whether it begins with a JSON object."""
    return head.lstrip().startswith("{")


def looks_like_linggym(head: str) -> bool:
    r"""Whether a line ``\gls`` follows a line ``\gll``."""
    return _LINGGYM.search(head) is not None


def looks_like_pangloss(head: str) -> bool:
    """Whether it is XML with a text of the Pangloss Collection."""
    return _PANGLOSS.search(head) is not None and "<FORM" in head


def looks_like_scription(head: str) -> bool:
    """Whether it has a header with a title, or two codes that no other format has."""
    codes = {marker.partition("-")[0] for marker in _MARKER.findall(head)}
    first, *rest = head.lstrip("\ufeff\n ").split("\n", 100)
    titled = first.strip() == "---" and any(line.startswith("title:") for line in rest[:-1])
    return titled or len(codes & _SCRIPTION) > 1


def looks_like_sigmorphon(head: str) -> bool:
    """Whether it has the shared task's markers, and none that only Toolbox or scription has."""
    markers = set(_MARKER.findall(head))
    if looks_like_scription(head):
        return False
    return bool(markers & _SIGMORPHON) and not markers & _NOT_SIGMORPHON


def looks_like_text(head: str) -> bool:
    """Whether its first block is a glossed example whose lines have as many words."""
    if looks_like_scription(head):
        return False
    block = _BLANK_LINE.split(head.strip("\ufeff\n "), maxsplit=1)[0]
    lines = block.split("\n")
    igt = parse_example(lines)
    if igt is None or all(line.startswith("#") for line in lines):
        return False
    if igt.glosses is None:
        # Not glossed yet. A straight quote ends the rows of tables, too.
        return igt.translation is not None and not block.rstrip().endswith('"')
    return len(list_words(igt.segmentation or igt.transcription)) == len(list_words(igt.glosses))


def looks_like_textgrid(head: str) -> bool:
    """Whether it begins as Praat's text files do, and is a TextGrid."""
    return "ooTextFile" in head[:100] and '"TextGrid"' in head[:200]


def looks_like_toolbox(head: str) -> bool:
    """Whether it has Toolbox's first line, or markers of its interlinear texts."""
    markers = set(_MARKER.findall(head))
    if "_sh" in markers:
        return True
    if looks_like_scription(head):
        return False
    if markers & {"t", "m"}:
        return bool(markers & _NOT_SIGMORPHON)
    return len(markers & _TOOLBOX) > 1


def looks_like_xigt(head: str) -> bool:
    """Whether it is XML with the root of a Xigt corpus."""
    return _XIGT.search(head) is not None
