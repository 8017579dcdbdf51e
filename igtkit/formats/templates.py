"""Every text that is put to a model, to the byte as the released checkpoints were trained on it.

Fields: ``language``, ``text`` (the transcription, or the segmentation where that is given),
``translation`` and ``metalanguage`` (the language of the translation); `WORD` has its own. A
changed character makes a released checkpoint worse; a new prompt is a new constant.
"""

from __future__ import annotations

__all__ = [
    "CONCATENATED",
    "GLOSSES",
    "GLOSSES_LABEL",
    "GLOSSLM_SEGMENTED",
    "GLOSSLM_UNSEGMENTED",
    "INTERLEAVED",
    "MISSING",
    "NO_TRANSLATION_METALANGUAGE",
    "OUTPUT_LABEL",
    "SEGMENTATION",
    "SEGMENTATION_LABEL",
    "UNKNOWN_LANGUAGE",
    "UNKNOWN_TRANSLATION",
    "WORD",
]

SEGMENTATION_LABEL = "Segmentation:"
GLOSSES_LABEL = "Glosses:"
OUTPUT_LABEL = "Output:"

_ASKED_FOR = """\
 for the following text in {language}.

Text in {language}: {text}
Translation in {metalanguage}: {translation}

"""

GLOSSES = f"Predict the glosses{_ASKED_FOR}{GLOSSES_LABEL} "
SEGMENTATION = f"Predict the morphological segmentation{_ASKED_FOR}{SEGMENTATION_LABEL} "
CONCATENATED = (
    f"Predict the morphological segmentation and glosses{_ASKED_FOR}{SEGMENTATION_LABEL} "
)
INTERLEAVED = (
    "Predict the glosses and morphological segmentation (in parentheses)"
    f"{_ASKED_FOR}{OUTPUT_LABEL} "
)

_GLOSSLM = """\
Provide the glosses for the following transcription in {{language}}.

Transcription in {{language}}: {{text}}
Transcription segmented: {is_segmented}
Translation in {{metalanguage}}: {{translation}}

Glosses: """

GLOSSLM_UNSEGMENTED = _GLOSSLM.format(is_segmented=False)
GLOSSLM_SEGMENTED = _GLOSSLM.format(is_segmented=True)

WORD = "{word}\n{left} {right}\n{analyses}\n{translation}"
"""A word, its neighbors, its analyses one on a line, and words of the translation."""

MISSING = "None"
"""Stands for a translation or a segmentation that there is none of."""

UNKNOWN_LANGUAGE = "an unknown language"
"""Stands for a language, or the language of a translation, that is not known."""

UNKNOWN_TRANSLATION = "Unknown"
"""What some corpora write for a translation that is missing."""

NO_TRANSLATION_METALANGUAGE = "English"
"""The language named where there is no translation, whatever language it would have been in."""
