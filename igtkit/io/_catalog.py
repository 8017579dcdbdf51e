"""The formats that igtkit has: what tells them, without what reads and writes them.

A module of a format makes its `Format` of its row here, with `built_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from igtkit.igt import IGT
from igtkit.io import _sniffing
from igtkit.io._format import Format, looks_like_nothing

__all__ = ["BUILT_IN", "PROGRAMS", "Known", "built_in"]


@attrs.frozen
class Known:
    """What is known of a format before its module is loaded.

    Attributes:
        name: What users call it.
        extensions: Extensions of its files.
        sniff: Whether the beginning of a file looks like it.
        can_read: Whether it can be read.
        can_write: Whether it can be written.
        module: The module of `igtkit.io` that has its ``FORMAT``.
    """

    name: str
    extensions: tuple[str, ...] = ()
    sniff: Callable[[str], bool] = looks_like_nothing
    can_read: bool = True
    can_write: bool = True
    module: str = attrs.field(default=attrs.Factory(lambda self: self.name, takes_self=True))


_KNOWN = (
    Known("cldf", (".json",), _sniffing.looks_like_cldf),
    Known("conllu", (".conllu",), can_write=False),
    Known("csv", (".csv", ".tsv", ".tab"), module="delimited"),
    Known("docx", (".docx",), can_read=False),
    Known("eaf", (".eaf",), _sniffing.looks_like_eaf),
    Known("flextext", (".flextext", ".xml"), _sniffing.looks_like_flextext),
    Known("html", (".html", ".htm"), can_read=False),
    Known("jsonl", (".jsonl", ".ndjson"), _sniffing.looks_like_jsonl),
    Known("latex", (".tex", ".ltx")),
    Known("linggym", (".txt",), _sniffing.looks_like_linggym, can_write=False),
    Known("markdown", (".md", ".markdown"), can_read=False),
    Known("pangloss", (".xml",), _sniffing.looks_like_pangloss, can_write=False),
    Known("parquet", (".parquet",)),
    Known("scription", (".txt",), _sniffing.looks_like_scription, can_write=False),
    Known("sigmorphon", (".txt", ".prediction"), _sniffing.looks_like_sigmorphon),
    Known("text", (".txt",), _sniffing.looks_like_text),
    Known("textgrid", (".textgrid",), _sniffing.looks_like_textgrid),
    Known("toolbox", (".txt", ".db", ".sfm", ".tbt"), _sniffing.looks_like_toolbox),
    Known("xlsx", (".xlsx",)),
    Known("typst", (".typ",), can_read=False),
    Known("xigt", (".xml", ".xigt"), _sniffing.looks_like_xigt),
)

BUILT_IN: Mapping[str, Known] = {each.name: each for each in _KNOWN}
"""The formats by name."""

PROGRAMS: Mapping[str, str] = {
    "elan": "eaf",
    "excel": "xlsx",
    "fieldworks": "flextext",
    "flex": "flextext",
    "json": "jsonl",
    "praat": "textgrid",
    "shoebox": "toolbox",
    "word": "docx",
}
"""The formats by what users may call them for the programs that write them."""


def built_in(
    name: str,
    *,
    read: Callable[..., Iterator[IGT]] | None = None,
    write: Callable[..., None] | None = None,
    holds: Iterable[str],
    holds_nul: bool = False,
    file_of: Callable[[Path], Path] | None = None,
    judgments_in_text: bool = False,
) -> Format:
    """Return the format of that name, with the extensions and the sniffer that the table has.

    Args:
        name: Its name.
        read: As for `Format`.
        write: As for `Format`.
        holds: As for `Format`.
        holds_nul: As for `Format`.
        file_of: As for `Format`.
        judgments_in_text: As for `Format`.
    """
    known = BUILT_IN[name]
    return Format(
        name,
        known.extensions,
        read=read,
        write=write,
        sniff=known.sniff,
        holds=frozenset(holds),
        holds_nul=holds_nul,
        file_of=file_of,
        judgments_in_text=judgments_in_text,
    )
