"""The format of GlossLM: glosses only, from a transcription or a segmentation."""

from __future__ import annotations

from igtkit.formats import templates
from igtkit.formats.base import PromptFormat

__all__ = ["GlossLM"]


class GlossLM(PromptFormat):
    """Glosses only; the prompt says whether the text is segmented (Ginn et al., GlossLM).

    Example:
        >>> from igtkit.igt import IGT
        >>> igt = IGT("evde", "ev-de", "house-LOC", "At home", language="Turkish")
        >>> GlossLM().encode(igt, "s2g").prompt.splitlines()[2:4]
        ['Transcription in Turkish: ev-de', 'Transcription segmented: True']
    """

    name = "glosslm"
    prompts = {  # noqa: RUF012 -- typed as a Mapping where it is declared
        "t2g": templates.GLOSSLM_UNSEGMENTED,
        "s2g": templates.GLOSSLM_SEGMENTED,
    }
    training_tasks = ("t2g", "s2g")
    scored_tasks = ("t2g",)
