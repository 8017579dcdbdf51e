"""The figures that others have published for the corpora of the field, with their sources."""

from __future__ import annotations

import csv
from importlib.resources import files

import attrs

__all__ = ["PublishedFigure", "load_published"]


@attrs.frozen
class PublishedFigure:
    """One published figure.

    It may stand beside a figure of yours only where `split`, `metric` and `preset` are the same.

    Attributes:
        system: What was scored.
        task: From what to what: transcription (``t``) or segmentation (``s``), to segmentation,
            glosses (``g``) or both, as in `igtkit.formats`; two where two models share the work.
        split: What it was scored on: ``"official test"`` (the files of the 2023 shared task),
            ``"PolyGloss test"`` (PolyGloss's own division of the same texts, and of two further
            corpora), or ``"PolyGloss Vamale test"``.
        overlap: Whether texts of this test set stood in the training texts: ``"kept"`` as the
            official files have it, ``"removed"``, or ``"not said"``.
        metric: The figure's path in a `igtkit.metrics.Report`.
        preset: ``"published"``, or ``"both"`` where the presets agree.
        language: ISO 639-3 code, ``"vamale"``, or ``"average of 6"``, ``"average of 9"``.
        figure: The figure, with three decimals.
        source: Where it was published.
    """

    system: str
    task: str
    split: str
    overlap: str
    metric: str
    preset: str
    language: str
    figure: float = attrs.field(converter=float)
    source: str


def load_published() -> tuple[PublishedFigure, ...]:
    """Return the published figures: the tables of the PolyGloss paper, and what came after it.

    Returns:
        The figures, source by source; those of GlossLM on the official test files as the CWoMP
        paper reports them.

    Example:
        >>> [each.figure for each in load_published() if each.system == "CWoMP"][:2]
        [0.077, 0.677]
    """
    text = files(__package__).joinpath("published.csv").read_text(encoding="utf-8")
    return tuple(PublishedFigure(**row) for row in csv.DictReader(text.splitlines()))
