"""Error rates against something that grows."""

from __future__ import annotations

import pytest

from igtkit import plots
from igtkit.errors import InputError


def test_lengths_of_a_learning_curve_must_agree():
    for sizes, errors, spread in (([1], [], None), ([1], [0.5], [])):
        with pytest.raises(InputError, match="one length"):
            plots.learning_curve(sizes, errors, spread=spread)


def test_perplexities_are_drawn_with_the_fitted_line(axes):
    from igtkit.models import PerformanceEstimator

    xs = {"aaaa1111": 1.0, "bbbb2222": 2.0, "cccc3333": 3.0}
    estimator = PerformanceEstimator().fit(xs, {name: x / 10 for name, x in xs.items()})
    ax = plots.perplexity(estimator, ax=axes)
    assert ax.lines[0].get_ydata()[[0, -1]] == pytest.approx([0.1, 0.3])
    assert ax.get_legend().get_texts()[0].get_text() == "r² = 1.00"
    assert {text.get_text() for text in ax.texts} == set(xs)
