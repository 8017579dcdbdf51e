"""How the reference shows docstrings: examples as code, and public names in them as links."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import griffe

import igtkit

__all__ = ["PUBLIC_MODULES", "Docstrings", "link_names", "show_examples"]

_LISTED = re.compile(r"^\| `(igtkit[\w.]*)` \|", re.MULTILINE)
_VERSIONING = Path(__file__).with_name("versioning.md")

PUBLIC_MODULES = tuple(_LISTED.findall(_VERSIONING.read_text(encoding="utf-8")))
"""The modules whose ``__all__`` is public, as the page on versions lists them."""

_EXAMPLE = re.compile(r"^( *)Example:$", re.MULTILINE)
_DIRECTIVE = re.compile(r"  # doctest: [+\w, ]+$", re.MULTILINE)
_NAME = re.compile(r"(?<![`\[\w])`(?:igtkit\.)?((?:\w+\.)*\w+)`(?![`\]\w])")


def _targets() -> dict[str, str]:
    """Public names, bare and with the name of their module, and where the reference has them.

    A bare name that two modules have is that of `igtkit`, and else no link.
    """
    bare: dict[str, set[str]] = {}
    found: dict[str, str] = {}
    for module in PUBLIC_MODULES:
        try:
            names = importlib.import_module(module).__all__
        except ImportError:  # an extra that is not installed
            continue
        for name in names:
            place = f"{module}.{name}"
            if name.startswith("__") or place in PUBLIC_MODULES:
                continue
            bare.setdefault(name, set()).add(place)
            found[place.removeprefix("igtkit.")] = place
    for name, places in bare.items():
        if len(places) == 1:
            found.setdefault(name, *places)
    found["normalize"] = found["normalize.normalize"]
    found["guard"] = "igtkit.serve.guard.guard"  # a function named like its module, too
    return found


def show_examples(text: str) -> str:
    """Name the section ``Example:`` as griffe knows it, so that its lines are shown as code.

    What only the test run needs to know is left out.
    """
    return _DIRECTIVE.sub("", _EXAMPLE.sub(r"\1Examples:", text))


def link_names(text: str, targets: dict[str, str]) -> str:
    """Make links of public names in a docstring, examples apart."""
    before, section, examples = text.partition("Examples:\n")

    def link(match: re.Match[str]) -> str:
        target = targets.get(match[1])
        return f"[{match[0]}][{target}]" if target else match[0]

    return _NAME.sub(link, before) + section + examples


class Docstrings(griffe.Extension):
    """Does both to every docstring."""

    def __init__(self) -> None:
        self.targets = _targets()

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Change the docstring of one object."""
        if obj.docstring is not None and obj.path.startswith(igtkit.__name__):
            text = show_examples(obj.docstring.value)
            obj.docstring.value = link_names(text, self.targets)
