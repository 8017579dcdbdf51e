r"""The macros that other files define: those given, and those that a paper loads beside itself.

``\input{macros}``, ``\include``, ``\subfile``, ``\usepackage{own}`` and ``\documentclass{own}`` are
followed to files within the folder of the paper, never out of it. Only definitions are taken; the
examples of such a file are those of that file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from igtkit.errors import InputError
from igtkit.io._tex.definitions import Definition, take_definitions
from igtkit.io._tex.scan import COMMENTED_OUT
from igtkit.io.latex.left_out import blank_out

__all__ = ["Inputs", "MacroFiles", "macros_of"]

MacroFiles = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
_LOADS = re.compile(
    r"\\(?P<text>input|include|subfile|subfileinclude)\s*(?:\{(?P<name>[^{}]+)\}|\s(?P<bare>[\w./-]+))"
    r"|\\(?P<package>usepackage|RequirePackage|documentclass|LoadClass)\s*(?:\[[^][]*\])?"
    r"\s*\{(?P<names>[^{}]+)\}"
)
_GLOSS = re.compile(r"\\(?:x?gl{2,8}|begingl|digloss|trigloss)(?![A-Za-z@])")
_READ_HERE = frozenset(
    """gb4e gb4e-modified cgloss4e cgloss langsci-gb4e langsci-cgloss langsci-linguex
    langsci-textipa linguex linguexx linguho expex covington philex tipa tipx tipauni jambox leipzig
    lingmacros babel polyglossia""".split()  # noqa: SIM905
)
"""Packages whose macros the reader knows itself."""
_MOST = 100
"""Files that are followed at most."""
_LARGEST = 4 << 20
"""Bytes of a file beyond which it is no file of macros."""


@attrs.define
class Inputs:
    """What a paper loads from its folder.

    Attributes:
        folder: The folder of the paper.
        encoding: The encoding of its files.
        defined: What the files define.
        glosses: By the name of each file that was followed, how many glosses it has itself.
    """

    folder: Path
    encoding: str = "utf-8-sig"
    defined: dict[str, Definition] = attrs.field(factory=dict)
    glosses: dict[str, int] = attrs.field(factory=dict)

    def follow(self, text: str) -> Mapping[str, Definition]:
        """Return what the files define that a text loads, and those that they load."""
        waiting = [text]
        while waiting and len(self.glosses) < _MOST:
            for path in self._loaded(waiting.pop()):
                name = path.relative_to(self.folder.resolve()).as_posix()
                if name in self.glosses or len(self.glosses) >= _MOST:
                    continue
                loaded = _text_of(path, self.encoding)
                rest, found = take_definitions(loaded)
                self.glosses[name] = len(_GLOSS.findall(rest))
                self.defined.update(found)
                waiting.append(loaded)
        return self.defined

    def _loaded(self, text: str) -> Iterator[Path]:
        for match in _LOADS.finditer(text):
            endings: tuple[str, ...]
            if match["text"]:
                name = (match["name"] or match["bare"]).strip()
                names, endings = [name], ("", ".tex")
            else:
                names = [each.strip() for each in match["names"].split(",")]
                ending = ".cls" if "lass" in match["package"] else ".sty"
                endings = (ending,)
            for each in names:
                if (path := self._within(each, endings)) is not None:
                    yield path

    def _within(self, name: str, endings: Sequence[str]) -> Path | None:
        """The file of that name, if there is one in the folder."""
        if not name or "\0" in name or Path(name).name in _READ_HERE:
            return None
        for ending in endings:
            try:
                path = (self.folder / f"{name}{ending}").resolve()
                if (
                    path.is_relative_to(self.folder.resolve())
                    and path.is_file()
                    and path.stat().st_size <= _LARGEST
                ):
                    return path
            except (OSError, ValueError, RuntimeError):
                continue  # a name that is none of a file, a circle of links
        return None


def macros_of(files: MacroFiles, encoding: str = "utf-8-sig") -> dict[str, Definition]:
    """Return what files of macros define; a later one goes before.

    Args:
        files: A path, or several.
        encoding: The encoding of the files.

    Raises:
        InputError: If one is not a path, has a name that no file has, or is too large.
        OSError: If one cannot be read.
    """
    paths = [files] if isinstance(files, (str, os.PathLike)) else files
    defined: dict[str, Definition] = {}
    for each in paths:
        if not isinstance(each, (str, os.PathLike)):
            raise InputError(f"macros: give paths, or a mapping, not {each!r:.80}")
        path = Path(each)
        try:
            size = path.stat().st_size
        except ValueError as error:  # a surrogate, or a NUL character
            raise InputError(f"macros: no file has the name {str(path)!r:.80}") from error
        if size > _LARGEST:
            raise InputError(f"macros: {path} is larger than {_LARGEST >> 20} MiB")
        inputs = Inputs(path.resolve().parent, encoding)
        text = _text_of(path, encoding)
        _, found = take_definitions(text)
        defined.update({**inputs.follow(text), **found})
    return defined


def _text_of(path: Path, encoding: str) -> str:
    """The file without comments and what is not typeset; letters that cannot be read are marked."""
    text = path.read_bytes().decode(encoding, errors="replace").replace("\r\n", "\n")
    return blank_out(COMMENTED_OUT.sub(r"\1%", text))
