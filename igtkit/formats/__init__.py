"""Prompt formats: what a model is given, what it should answer, and how its answer is read.

`get` gives a format by name: ``"multitask"``, ``"concatenated"`` and ``"interleaved"`` are those of
PolyGloss (section 4.1), ``"glosslm"`` is that of GlossLM.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from igtkit.errors import InputError
from igtkit.formats import problems, templates
from igtkit.formats.base import PromptFormat, Source
from igtkit.formats.batch import Encoded, LeftOut, encode_corpus
from igtkit.formats.concatenated import Concatenated
from igtkit.formats.example import Example, Layout, Task
from igtkit.formats.glosslm import GlossLM
from igtkit.formats.interleaved import Interleaved
from igtkit.formats.lines import Punctuation
from igtkit.formats.multitask import Multitask

__all__ = [
    "FORMATS",
    "Encoded",
    "Example",
    "Layout",
    "LeftOut",
    "PromptFormat",
    "Punctuation",
    "Source",
    "Task",
    "encode_corpus",
    "get",
    "problems",
    "templates",
]

FORMATS: Mapping[str, PromptFormat] = MappingProxyType(
    {each.name: each for each in (Multitask(), Concatenated(), Interleaved(), GlossLM())}
)
"""The prompt formats, by name."""


def get(name: str) -> PromptFormat:
    """Get a prompt format by its name.

    Args:
        name: ``"multitask"``, ``"concatenated"``, ``"interleaved"`` or ``"glosslm"``.

    Raises:
        InputError: If there is no such format.

    Example:
        >>> get("interleaved").tasks
        ('t2sg', 't2g', 's2g')
    """
    if isinstance(name, str) and name in FORMATS:
        return FORMATS[name]
    raise InputError(f"no prompt format {name!r}; there are: {', '.join(map(repr, FORMATS))}")
