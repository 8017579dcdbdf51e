"""Loading a glosser of any kind from its folder, and making one of your own known."""

from __future__ import annotations

import importlib
import inspect
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from igtkit._optional import additions
from igtkit.errors import InputError, ModelFileError
from igtkit.models._checkpoints import complete
from igtkit.models._hub import resolve
from igtkit.models._manifest import MANIFEST, read_manifest
from igtkit.models._trust import read_settings
from igtkit.models.base import Glosser

__all__ = [
    "GLOSSERS",
    "glosser_class",
    "load_as",
    "load_glosser",
    "register_glosser",
    "require_options",
]

Kind = TypeVar("Kind", bound=type[Glosser])

GLOSSERS = {
    "CausalGlosser": "igtkit.models.causal",
    "CrfGlosser": "igtkit.models.crf",
    "FallbackGlosser": "igtkit.models.fallback",
    "HardAttentionGlosser": "igtkit.models.hard_attention",
    "InContextGlosser": "igtkit.models.in_context",
    "LookupGlosser": "igtkit.models.lookup",
    "PipelineGlosser": "igtkit.models.separate",
    "SeparateGlosser": "igtkit.models.separate",
    "Seq2SeqGlosser": "igtkit.models.seq2seq",
}
"""The glossers of igtkit, and the modules they are loaded from when they are first used."""

_REGISTERED: dict[str, type[Glosser]] = {}


def load_glosser(
    directory: str | os.PathLike[str], *, revision: str | None = None, **options: Any
) -> Glosser:
    """Return the glosser that a folder holds, whatever its kind.

    Args:
        directory: A folder that ``save_pretrained`` of any glosser made; or, with ``format=`` in
            the options, a checkpoint of another origin, as for `Seq2SeqGlosser.from_pretrained`
            or, where it only decodes, `CausalGlosser.from_pretrained`. Or the name of such a
            repository on the Hugging Face hub.
        revision: The branch, tag or commit of a repository on the hub.
        **options: For ``from_pretrained`` of its class.

    Returns:
        The glosser; never None.

    Raises:
        InputError: If its class takes no such option, or a folder is to be of a revision.
        ModelFileError: If the folder holds no glosser.
    """
    path = resolve(directory, revision)
    complete(path)
    if (path / MANIFEST).exists():
        name = read_manifest(path).kind
        kind = glosser_class(name)
        if kind is None:
            raise ModelFileError(
                f"{path} holds {name!r:.80}, which is no glosser of igtkit; one of your own is "
                "made known with igtkit.models.register_glosser, or by the package it is in"
            )
        require_options(kind, "from_pretrained", options)
        return load_as(kind, path, **options)
    if not (path / "config.json").exists():
        raise ModelFileError(f"{path} holds no glosser that igtkit saved, and no checkpoint")
    prompted = glosser_class("CausalGlosser" if _only_decodes(path) else "Seq2SeqGlosser")
    assert prompted is not None
    return load_as(prompted, path, **options)


def load_as(kind: type[Glosser], directory: str | os.PathLike[str], **options: Any) -> Glosser:
    """Return the glosser of a known class that a folder holds.

    Args:
        kind: The class.
        directory: The folder.
        **options: For its ``from_pretrained``.

    Raises:
        InputError: If its ``from_pretrained``, of a user's own, gives something else.
        ModelFileError: If the folder holds no such glosser.
    """
    loaded: Any = kind.from_pretrained(directory, **options)
    if not isinstance(loaded, Glosser):
        raise InputError(f"{kind.__name__}.from_pretrained gave no glosser but {loaded!r:.80}")
    return loaded


def register_glosser(kind: Kind) -> Kind:
    """Make a glosser of your own known by its name, so that a folder that names it can be loaded.

    No code is ever taken from a folder: what it names is igtkit's own or registered, or refused.
    `load_glosser` finds a folder's class by the ``kind`` that `igtkit.models.saving.save_folder` is
    given, which has to be the name of the class. Used as a decorator, or called.

    Args:
        kind: A subclass of `Glosser`.

    Returns:
        The class.

    Raises:
        InputError: If it is no such class, lacks a method, or there is a glosser of that name.
    """
    _checked(kind, getattr(kind, "__name__", ""))
    if glosser_class(kind.__name__) is not None:
        raise InputError(f"there is a glosser {kind.__name__!r} already")
    _REGISTERED[kind.__name__] = kind
    return kind


def _checked(kind: Any, name: str) -> type[Glosser]:
    """The class, after looking whether it is a glosser of that name that lacks nothing."""
    if not (isinstance(kind, type) and issubclass(kind, Glosser)):
        raise InputError(f"a glosser to register is a subclass of Glosser, not {kind!r:.80}")
    if inspect.isabstract(kind):
        raise InputError(f"{kind.__name__} lacks {', '.join(sorted(kind.__abstractmethods__))}")
    if kind.__name__ != name:
        raise InputError(f"{kind.__name__} is added to igtkit.models under the name {name!r}")
    return kind


def glosser_class(name: object) -> type[Glosser] | None:
    """The class of glosser that a saved file names: igtkit's own or registered, nothing else.

    Registered are those of `register_glosser`, and those that installed packages add as entry
    points of the group ``igtkit.models``.

    Args:
        name: What the file says, of whatever type.

    Returns:
        The class, or None if there is none of that name.

    Raises:
        InputError: If an installed package adds something else under that name.
    """
    if not isinstance(name, str):
        return None
    if name not in GLOSSERS:
        if name not in _REGISTERED:
            for _, found in additions("igtkit.models", name):
                _REGISTERED[name] = _checked(found, name)
        return _REGISTERED.get(name)
    own: type[Glosser] = getattr(importlib.import_module(GLOSSERS[name]), name)
    return own


def require_options(kind: type[Glosser], method: str, options: Iterable[str]) -> None:
    """Raise an error if a glosser's method does not take some options.

    Args:
        kind: The class of the glosser.
        method: The name of the method.
        options: The names of the options.

    Raises:
        InputError: If it does not take one.
    """
    taken = inspect.signature(getattr(kind, method)).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken):
        return
    for option in options:
        if option not in {parameter.name for parameter in taken}:
            raise InputError(f"a {kind.__name__} takes no {option}")


def _only_decodes(directory: Path) -> bool:
    """Whether a checkpoint says that its model goes on from a prompt, and encodes nothing."""
    try:
        architectures = read_settings(directory / "config.json").get("architectures")
    except (OSError, ModelFileError):
        return False  # the class says what is damaged
    names = architectures if isinstance(architectures, list) else []
    return any(str(name).endswith("ForCausalLM") for name in names)
