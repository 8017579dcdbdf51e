"""The concatenated format: the segmentation, and the glosses on a line after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from igtkit.formats import problems, templates
from igtkit.formats.base import JointFormat
from igtkit.formats.example import Example, Task
from igtkit.formats.lines import Punctuation
from igtkit.formats.sources import Source, collapse
from igtkit.igt import IGT, Prediction

__all__ = ["Concatenated"]

_SEGMENTATION, _GLOSSES = templates.SEGMENTATION_LABEL, templates.GLOSSES_LABEL
_LABEL = re.compile(rf"\s*+({_SEGMENTATION}|{_GLOSSES})(?!\S)")
_INSIDE = re.compile(rf"(?<!\S){_GLOSSES}(?!\S)")


class Concatenated(JointFormat):
    r"""One answer of two lines.

    Example:
        >>> igt = IGT("evde", "ev-de", "house-LOC")
        >>> Concatenated().encode(igt).target
        'ev-de\nGlosses: house-LOC'
        >>> Concatenated().decode("ev-de\nGlosses: house-LOC").glosses
        'house-LOC'
        >>> Concatenated().decode("ev-de").problems
        ('there are no glosses after the segmentation',)
    """

    name = "concatenated"
    prompts = {  # noqa: RUF012 -- typed as a Mapping where it is declared
        "t2sg": templates.CONCATENATED,
        "t2g": templates.GLOSSES,
        "s2g": templates.GLOSSES,
    }

    def encode(self, igt: IGT, task: Task | None = None) -> Example:
        """Return the prompt and the target; see `PromptFormat.encode`.

        The target could hold lines that do not pair up, and `examples` gives them (section 4.1);
        asked for one by one, they are an error.
        """
        example = super().encode(igt, task)
        if example.task == "t2sg" and example.target is not None:
            igt.align()
        return example

    def joint_target(self, igt: IGT) -> tuple[str, None]:
        """The target for a text that has both lines; see `JointFormat.joint_target`."""
        lines = collapse(igt.segmentation), collapse(igt.glosses)
        return f"{lines[0]}\n{_GLOSSES} {lines[1]}", None

    def decode_joint(
        self, output: str, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        """Return the prediction that an answer holds; see `JointFormat.decode_joint`."""
        del source, punctuation  # the answer has its punctuation
        if not output.strip():
            return Prediction("", "", (problems.EMPTY,))
        found: dict[str, None] = {}
        lines: dict[str, str] = {}
        for label, part in _parts(output):
            text = collapse("\n".join(part)) or ""
            if label is None and not text:
                continue  # nothing but white space before the first label
            name = label or _SEGMENTATION
            if name in lines or (label == _SEGMENTATION and not lines):
                found[problems.LABEL] = None
            if name == _SEGMENTATION and lines.keys() == {_GLOSSES}:
                found[problems.WRONG_ORDER] = None
            if sum(map(bool, map(str.strip, part))) > 1:
                found[problems.MORE_LINES] = None
            lines.setdefault(name, text)
        segmentation, glosses = lines.get(_SEGMENTATION, ""), lines.get(_GLOSSES, "")
        label_inside = _INSIDE.search(segmentation)
        if _GLOSSES not in lines and label_inside:
            found[problems.NO_BREAK] = None
            glosses = segmentation[label_inside.end() :].strip()
            segmentation = segmentation[: label_inside.start()].strip()
        if not segmentation:
            found[problems.NO_SEGMENTATION] = None
        if not glosses:
            found[problems.NO_GLOSSES] = None
        return Prediction(segmentation, glosses, tuple(found))


def _parts(output: str) -> Iterator[tuple[str | None, list[str]]]:
    """Each label with the lines after it; what stands before the first label has None."""
    label: str | None = None
    part: list[str] = []
    for line in output.split("\n"):
        match = _LABEL.match(line)
        if match is None:
            part.append(line)
            continue
        yield label, part
        label, part = match[1], [line[match.end() :]]
    yield label, part
