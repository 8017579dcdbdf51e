"""Estimates of the error rate of a model on a language, from its perplexity there.

PolyGloss (section 6.1, Figure 2) finds that the perplexity of a model on a few glossed texts of a
language goes with its morpheme error rate, and recommends to look at it before the model is used.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import attrs
import numpy as np

from igtkit.errors import InputError, NotFittedError
from igtkit.models._manifest import damaged, load_json, save_json
from igtkit.models._schema import number, table_of

__all__ = ["Estimate", "PerformanceEstimator", "read_performance", "t_quantile"]

_FILE = "performance.json"
_POLYGLOSS = ("glottocode", "loss", "ppl", "num_tokens", "num_morphemes", "num_words")
"""The columns of ``lang_perplexities.csv`` beside the released models."""


@attrs.frozen
class Estimate:
    """The error rate to expect of a model on a language.

    Attributes:
        error_rate: The morpheme error rate to expect; None where nobody can tell.
        low: Lower end of the prediction interval.
        high: Upper end of the prediction interval.
        perplexity: What it was told from.
        reason: Where that is from, or why there is no estimate.
    """

    error_rate: float | None
    low: float | None
    high: float | None
    perplexity: float | None
    reason: str


class PerformanceEstimator:
    """An estimator of the morpheme error rate of a model from its perplexity, by a straight line.

    It keeps a table of perplexities by glottocode, so that it can answer for these languages
    without the model.

    Example:
        >>> perplexities = {"dido1241": 1.2, "lezg1247": 1.6, "gitx1241": 2.1, "nyan1302": 1.4}
        >>> errors = {"dido1241": 0.1, "lezg1247": 0.3, "gitx1241": 0.6}
        >>> estimator = PerformanceEstimator().fit(perplexities, errors)
        >>> round(estimator.estimate("nyan1302").error_rate, 2)
        0.2
        >>> estimator.estimate("turk1303").reason
        'no perplexity is known for turk1303'
    """

    def __init__(self) -> None:
        self._xs = np.zeros(0)
        self.perplexities: Mapping[str, float] = {}
        """Perplexity by glottocode."""
        self.error_rates: Mapping[str, float] = {}
        """The error rates that the line was fitted to, by glottocode."""
        self.slope = self.intercept = self.r_squared = math.nan
        """The line; and the share of the variance that it explains, NaN where there is none."""
        self._spread = math.nan

    def fit(
        self,
        perplexities: Mapping[str, float] | str | os.PathLike[str],
        error_rates: Mapping[str, float],
    ) -> Self:
        """Fit a line by least squares to the languages that have both.

        Args:
            perplexities: Of the model, by glottocode, over the examples of a dev split; or a table
                of them, such as the ``lang_perplexities.csv`` of a model of PolyGloss, see
                `read_performance`.
            error_rates: Morpheme error rates of the model, by glottocode.

        Raises:
            InputError: If fewer than three languages have both, a number is none or no number, a
                perplexity is below 1, all perplexities are the same, or a table is malformed.
        """
        if not isinstance(perplexities, Mapping):
            perplexities, _ = read_performance(perplexities)
        for what, values, least in (
            ("perplexity", perplexities, 1.0),
            ("error rate", error_rates, 0.0),
        ):
            for name, value in values.items():
                if not (math.isfinite(value) and value >= least):
                    raise InputError(f"the {what} of {name} cannot be {value!r}")
        both = sorted(perplexities.keys() & error_rates.keys())
        xs = np.array([perplexities[name] for name in both])
        ys = np.array([error_rates[name] for name in both])
        if len(both) < 3 or np.ptp(xs) == 0:
            raise InputError(
                f"a line needs three languages of different perplexity that have an error rate; "
                f"there are {len(both)}: {', '.join(both) or 'none'}"
            )
        self._xs = xs
        self.perplexities, self.error_rates = dict(perplexities), dict(error_rates)
        slope, intercept = np.polyfit(xs, ys, 1)
        self.slope, self.intercept = float(slope), float(intercept)
        residuals = ys - (intercept + slope * xs)
        total = float(((ys - ys.mean()) ** 2).sum())
        self.r_squared = 1 - float((residuals**2).sum()) / total if total else math.nan
        free = len(both) - 2
        self._spread = math.sqrt(float((residuals**2).sum()) / free)
        return self

    def estimate(
        self,
        glottocode: str | None = None,
        *,
        perplexity: float | None = None,
        level: float = 0.95,
    ) -> Estimate:
        """The error rate to expect for a language.

        Args:
            glottocode: A language of the table.
            perplexity: The perplexity, where it is not in the table.
            level: Share of languages of that perplexity that the interval should hold.

        Returns:
            The estimate, not below 0; without figures where the language is not in the table.

        Raises:
            InputError: If neither or both are given, or a number makes no sense.
            NotFittedError: Before `fit`.
        """
        if not len(self._xs):
            raise NotFittedError("this PerformanceEstimator has seen nothing yet; call fit first")
        if (glottocode is None) == (perplexity is None):
            raise InputError("give a glottocode, or a perplexity=")
        if not 0 < level < 1:
            raise InputError(f"level must be between 0 and 1, not {level!r}")
        if glottocode is not None:
            perplexity = self.perplexities.get(glottocode)
            if perplexity is None:
                reason = f"no perplexity is known for {glottocode}"
                return Estimate(None, None, None, None, reason)
            reason = f"from the perplexity of {glottocode}, {perplexity:.2f}"
        else:
            reason = f"from the perplexity {perplexity:.2f}"
        assert perplexity is not None
        if not (math.isfinite(perplexity) and perplexity >= 1):
            raise InputError(f"perplexity must be 1 or more, not {perplexity!r}")
        middle = self.intercept + self.slope * perplexity
        count, center = len(self._xs), float(self._xs.mean())
        distance = (perplexity - center) ** 2 / float(((self._xs - center) ** 2).sum())
        reach = t_quantile((1 + level) / 2, count - 2) * self._spread
        reach *= math.sqrt(1 + 1 / count + distance)
        low, high = max(middle - reach, 0.0), max(middle + reach, 0.0)
        return Estimate(max(middle, 0.0), low, high, perplexity, reason)

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save to ``performance.json`` in a folder, beside the model it is about.

        Raises:
            NotFittedError: Before `fit`.
        """
        if not len(self._xs):
            raise NotFittedError("there is nothing to save yet; call fit first")
        content = {
            "perplexities": dict(self.perplexities),
            "error_rates": dict(self.error_rates),
        }
        save_json(Path(directory) / _FILE, "PerformanceEstimator", content)

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        """Load an estimator from a folder.

        Raises:
            ModelFileError: If the folder holds none, or a damaged one.
        """
        path = Path(directory) / _FILE
        content = load_json(path, "PerformanceEstimator")
        with damaged(path):
            return cls().fit(
                table_of(number(1))(content["perplexities"]),
                table_of(number(0))(content["error_rates"]),
            )


def read_performance(path: str | os.PathLike[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Perplexities and error rates of a model by glottocode, from a CSV file.

    Args:
        path: A file with the columns ``glottocode``, ``perplexity`` (or ``ppl``) and, where it is
            known, ``error_rate``; or one in the layout of the ``lang_perplexities.csv`` of
            PolyGloss, with or without the names of its columns: ``glottocode``, ``loss``, ``ppl``,
            ``num_tokens``, ``num_morphemes``, ``num_words``. What has no glottocode there
            (``<unknown>``) is left out.

    Returns:
        Perplexities, and error rates.

    Raises:
        InputError: If the file is malformed.
        OSError: If it cannot be read.

    Example:
        >>> from pathlib import Path
        >>> _ = Path("lang_perplexities.csv").write_text('"dido1241","0.18","1.2","9","3","2"')
        >>> read_performance("lang_perplexities.csv")
        ({'dido1241': 1.2}, {})
    """
    perplexities, errors = {}, {}
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    named = bool(rows) and "glottocode" in rows[0]
    columns = rows.pop(0) if named else list(_POLYGLOSS)
    for row in rows:
        values = dict(zip(columns, row, strict=False))
        try:
            glottocode = values["glottocode"]
            if glottocode in ("", "<unknown>"):
                continue
            perplexities[glottocode] = float(values.get("perplexity") or values["ppl"])
            if values.get("error_rate"):
                errors[glottocode] = float(values["error_rate"])
        except (KeyError, ValueError) as error:
            raise InputError(
                f"{os.fspath(path)}: {error} in the row {','.join(row):.80} (expected the columns "
                f"glottocode, perplexity, error_rate, or those of PolyGloss: "
                f"{', '.join(_POLYGLOSS)})"
            ) from error
    return perplexities, errors


def t_quantile(share: float, freedom: int) -> float:
    """The value below which a share of Student's t distribution lies.

    Args:
        share: From 0.5 to below 1.
        freedom: Degrees of freedom, 1 or more.

    Example:
        >>> round(t_quantile(0.975, 5), 3)
        2.571
    """
    low, high = 0.0, 1.0
    while _t_share(high, freedom) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_share(middle, freedom) < share else (low, middle)
    return high


def _t_share(value: float, freedom: int) -> float:
    """The share of Student's t distribution below a positive value.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan(value / math.sqrt(freedom))
    cosine = math.cos(angle) ** 2
    odd = freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for step in range(2 + odd, freedom - 1, 2):
        term *= cosine * (step - 1) / step
        total += term
    inside = 2 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total
    return (1 + inside) / 2
