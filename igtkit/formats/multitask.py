"""The multitask format: one model, a prompt for each task, one line an answer."""

from __future__ import annotations

from igtkit.formats import templates
from igtkit.formats.base import PromptFormat

__all__ = ["Multitask"]


class Multitask(PromptFormat):
    """Segmentation and glosses are asked for one by one (PolyGloss, section 4.1).

    Example:
        >>> from igtkit.igt import IGT
        >>> igt = IGT("evde", "ev-de", "house-LOC", "At home", language="Turkish")
        >>> [(example.task, example.target) for example in Multitask().examples(igt)]
        [('t2g', 'house-LOC'), ('t2s', 'ev-de'), ('s2g', 'house-LOC')]
    """

    name = "multitask"
    prompts = {  # noqa: RUF012 -- typed as a Mapping where it is declared
        "t2g": templates.GLOSSES,
        "t2s": templates.SEGMENTATION,
        "s2g": templates.GLOSSES,
    }
    training_tasks = ("t2g", "t2s", "s2g")
    scored_tasks = ("t2g", "t2s")
