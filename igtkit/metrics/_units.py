"""What is drawn again where the certainty of a figure is asked for: texts, or groups of them.

Either way there is a row of numbers for each unit, and figures come from sums of rows, so that
a sample is a multiplication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.metrics._groups import By, group_rows
from igtkit.metrics.custom import SentenceMetric, custom_columns
from igtkit.metrics.inputs import EmptyPolicy, Glossed, as_list, check_items, check_policy
from igtkit.metrics.presets import Preset, PresetName, get_preset
from igtkit.metrics.statistics import Statistics, compute_statistics, flatten_figures

__all__ = ["Groups", "Texts", "Units", "family_of", "pair", "units_of"]

Floats = NDArray[np.float64]


@attrs.frozen
class Texts:
    """Texts, and the figures of all that are drawn together."""

    statistics: Statistics
    noun = "texts"

    @property
    def table(self) -> Floats:
        """The numbers of each text."""
        return self.statistics.table

    def counts(self) -> dict[str, int]:
        """On how many texts the figures of each family rest."""
        counts: dict[str, int] = self.statistics.figures()["n"]
        return counts

    def values(self, sums: Floats) -> dict[str, float]:
        """The figures by path, NaN for what cannot be computed."""
        return _flat(self.statistics.figures_of_sums(sums))


@attrs.frozen
class Groups:
    """Groups of texts, and figures that are averages over groups.

    Attributes:
        names: The figures, by path.
        figures: Shape ``(groups, figures)``: those of each group, NaN where it has none.
    """

    names: tuple[str, ...]
    figures: Floats
    noun = "groups"

    @property
    def table(self) -> Floats:
        """The figures of each group, 0 where it has none, and whether it has them."""
        there = ~np.isnan(self.figures)
        return np.hstack([np.nan_to_num(self.figures), there.astype(np.float64)])

    def counts(self) -> dict[str, int]:
        """On how many groups the figures of each family rest."""
        counts: dict[str, int] = {}
        for name, column in zip(self.names, self.figures.T, strict=True):
            there = int((~np.isnan(column)).sum())
            counts[family_of(name)] = max(counts.get(family_of(name), 0), there)
        return counts

    def values(self, sums: Floats) -> dict[str, float]:
        """The averages over the groups that have a figure, by path; NaN where none has."""
        total, there = np.split(sums, 2)
        averages = np.divide(total, there, out=np.full_like(total, np.nan), where=there > 0)
        return dict(zip(self.names, averages.tolist(), strict=True))


Units = Texts | Groups


def units_of(
    predictions: Iterable[Glossed],
    references: Sequence[Glossed],
    *,
    preset: PresetName | Preset,
    empty: EmptyPolicy,
    extra: Mapping[str, SentenceMetric] | None,
    by: By | None,
) -> Units:
    """The texts that are scored, or the groups of them that `by` tells; see `evaluate`."""
    settings = get_preset(preset)
    check_policy(empty)
    mine = as_list(predictions, "predictions")
    lines, gold = check_items(mine, references)
    statistics = compute_statistics(lines, settings, empty)
    if extra:
        statistics = statistics.extended(custom_columns(mine, gold, extra))
    if by is None:
        return Texts(statistics)
    rows = [_flat(statistics.figures(rows)) for rows in group_rows(gold, by).values()]
    return Groups(tuple(rows[0]), np.array([list(row.values()) for row in rows]))


def pair(one: Units, other: Units) -> tuple[Units, Units]:
    """The units of two systems, without the figures of a group that one of the systems lacks."""
    if not isinstance(one, Groups) or not isinstance(other, Groups):
        return one, other
    missing = np.isnan(one.figures) | np.isnan(other.figures)
    figures = (np.where(missing, np.nan, each.figures) for each in (one, other))
    first, second = (Groups(one.names, of_one) for of_one in figures)
    return first, second


def family_of(name: str) -> str:
    """The family of a figure, all of which rest on the same texts."""
    return name if name.startswith("extra.") else name.partition(".")[0]


def _flat(figures: Mapping[str, object]) -> dict[str, float]:
    nested = {name: value for name, value in figures.items() if name != "n"}
    return {
        name: np.nan if value is None else value for name, value in flatten_figures(nested).items()
    }
