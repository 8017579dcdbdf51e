"""Prompt formats: what a model is given, what it should answer, and how its answer is read.

`get` gives a format by name: ``"multitask"``, ``"concatenated"`` and ``"interleaved"`` are those of
PolyGloss (section 4.1), ``"glosslm"`` is that of GlossLM, and ``"word"`` asks about one word at a
time. `register` makes one of your own known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from igtkit.errors import InputError
from igtkit.formats import problems, templates
from igtkit.formats.base import JointFormat, PromptFormat, check_format
from igtkit.formats.batch import Encoded, LeftOut, encode_corpus
from igtkit.formats.concatenated import Concatenated
from igtkit.formats.example import Example, Layout, Task
from igtkit.formats.glosslm import GlossLM
from igtkit.formats.interleaved import Interleaved
from igtkit.formats.lines import Punctuation
from igtkit.formats.multitask import Multitask
from igtkit.formats.sources import Source
from igtkit.formats.word import Word

__all__ = [
    "FORMATS",
    "Encoded",
    "Example",
    "JointFormat",
    "Layout",
    "LeftOut",
    "PromptFormat",
    "Punctuation",
    "Source",
    "Task",
    "encode_corpus",
    "get",
    "problems",
    "register",
    "templates",
]

_FORMATS: dict[str, PromptFormat] = {
    each.name: each for each in (Multitask(), Concatenated(), Interleaved(), GlossLM(), Word())
}
FORMATS: Mapping[str, PromptFormat] = MappingProxyType(_FORMATS)
"""The prompt formats, by name."""


def get(name: str) -> PromptFormat:
    """Return a prompt format by its name.

    Args:
        name: ``"multitask"``, ``"concatenated"``, ``"interleaved"``, ``"glosslm"``,
            ``"word"``, or the name of a format that was registered.

    Raises:
        InputError: If there is no such format.

    Example:
        >>> get("interleaved").tasks
        ('t2sg', 't2g', 's2g')
    """
    if isinstance(name, str) and name in FORMATS:
        return FORMATS[name]
    raise InputError(f"no prompt format {name!r}; there are: {', '.join(map(repr, FORMATS))}")


def register(prompt_format: PromptFormat) -> None:
    """Make a prompt format of your own known by its name, wherever a format is named.

    That is in `get`, in training, and in folders of glossers that were saved with it. A folder
    holds the name alone, so register the format before you load one. Answers of a joint format of
    your own are read as they come: only igtkit's own can be kept well formed while they are
    written.

    Args:
        prompt_format: An instance of your subclass of `PromptFormat`, or of `JointFormat` if one
            answer holds both lines.

    Raises:
        InputError: If it is none, it has no name or prompts or unknown tasks, a prompt has a field
            that there is not, or there is a format of that name.

    Example:
        >>> register(get("glosslm"))
        Traceback (most recent call last):
        ...
        igtkit.errors.InputError: there is a prompt format 'glosslm' already
    """
    check_format(prompt_format)
    if prompt_format.name in _FORMATS:
        raise InputError(f"there is a prompt format {prompt_format.name!r} already")
    _FORMATS[prompt_format.name] = prompt_format
