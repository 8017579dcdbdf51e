"""The numbers behind the pictures, and that the pictures show them."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Prediction, plots
from igtkit.errors import FileFormatError, InputError
from igtkit.metrics import evaluate

WORDS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def invented(count=400, seed=0):
    """Words that are right as often as their probability says."""
    rng = random.Random(seed)
    chances = [rng.random() for _ in range(count)]
    return chances, [rng.random() < chance for chance in chances]


@given(WORDS, st.integers(1, 20))
def test_bins_hold_every_word_once(words, bins):
    chances, right = zip(*words, strict=True)
    found = plots.reliability_bins(chances, right, bins)
    assert sum(b.count for b in found) == len(words)
    assert sum(b.right * b.count for b in found) == pytest.approx(sum(right))
    assert sum(b.probability * b.count for b in found) == pytest.approx(sum(chances))


def test_bins_of_equal_width_take_one_with_the_highest():
    found = plots.reliability_bins([0.0, 0.49, 0.5, 1.0], [False, True, True, True], bins=2)
    assert [(b.count, b.right) for b in found] == [(2, 0.5), (2, 1.0)]


def test_calibration_error_is_small_for_honest_probabilities_and_large_for_others():
    chances, right = invented(5000)
    assert plots.calibration_error(chances, right) < 0.03
    assert plots.calibration_error([1.0] * 4, [True, False, False, False]) == 0.75
    assert plots.calibration_error([1.0, 0.0], [True, False]) == 0


@given(WORDS)
def test_coverage_agrees_with_counting_above_each_threshold(words):
    chances, right = zip(*words, strict=True)
    points = plots.coverage_curve(chances, right)
    assert [p.threshold for p in points] == sorted(set(chances), reverse=True)
    for point in points:
        kept = [hit for chance, hit in words if chance >= point.threshold]
        assert point.coverage == pytest.approx(len(kept) / len(words))
        assert point.precision == pytest.approx(sum(kept) / len(kept))


@pytest.mark.parametrize(
    ("chances", "right", "said"),
    [
        ([], [], "no words"),
        ([0.5], [], "1 probabilities for 0 words"),
        ([1.5], [True], "between 0 and 1"),
        ([math.nan], [True], "between 0 and 1"),
    ],
)
def test_what_cannot_be_counted_is_refused(chances, right, said):
    for count in (plots.reliability_bins, plots.calibration_error, plots.coverage_curve):
        with pytest.raises(InputError, match=said):
            count(chances, right)
    with pytest.raises(InputError, match="bins"):
        plots.reliability_bins([0.5], [True], bins=0)


@pytest.fixture
def pyplot():
    matplotlib = pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    matplotlib.use("agg")
    plt = pytest.importorskip("matplotlib.pyplot", reason="the extra plots is not installed")
    yield plt
    plt.close("all")


def test_reliability_shows_the_bins(pyplot):
    chances, right = invented()
    axes = plots.reliability(chances, right, bins=5, label="invented")
    bins = plots.reliability_bins(chances, right, 5)
    assert list(axes.lines[-1].get_xdata()) == [b.probability for b in bins]
    assert list(axes.lines[-1].get_ydata()) == [b.right for b in bins]
    assert axes.get_legend().get_texts()[0].get_text() == "invented"


def test_coverage_ends_with_all_words_glossed(pyplot):
    chances, right = invented()
    line = plots.coverage(chances, right).lines[-1]
    assert line.get_xdata()[-1] == 1.0
    assert line.get_ydata()[-1] == pytest.approx(sum(right) / len(right))


def test_curves_on_the_same_axes_differ_in_color_marker_and_dashes(pyplot):
    _, axes = pyplot.subplots()
    for number in range(3):
        given = plots.learning_curve(
            [10, 20], [0.5, 0.4 - number / 10], spread=[0.1, 0.1], label=str(number), ax=axes
        )
        assert given is axes
    for look in ("get_color", "get_marker", "get_linestyle"):
        assert len({getattr(line, look)() for line in axes.lines}) == 3
    assert len(axes.collections) == 3
    assert axes.get_ylim()[0] == 0


def test_a_higher_curve_that_comes_second_is_seen_whole():
    ax = plots.learning_curve([1, 2], [0.2, 0.1], ax=axes())
    plots.learning_curve([1, 2], [0.8, 0.7], spread=[0.1, 0.1], ax=ax)
    assert ax.get_ylim()[0] == 0
    assert 0.9 < ax.get_ylim()[1] < 1


def test_lengths_of_a_learning_curve_must_agree():
    for sizes, errors, spread in (([1], [], None), ([1], [0.5], [])):
        with pytest.raises(InputError, match="one length"):
            plots.learning_curve(sizes, errors, spread=spread)


def axes():
    matplotlib = pytest.importorskip("matplotlib", reason="needs matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    plt.close("all")
    return plt.subplots()[1]


def test_bars_show_averages_over_languages_and_their_standard_errors():
    ax = plots.bars({"one": {"a": 0.1, "b": 0.3}, "other": {"a": 0.5}}, ax=axes())
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.2, 0.5])
    ends = ax.collections[0].get_segments()[0][:, 0]
    assert ends == pytest.approx([0.1, 0.3])  # a standard deviation of .141 over the root of two
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "other"]
    assert [text.get_text() for text in ax.texts] == ["0.200", "0.500"]
    assert ax.yaxis.get_inverted()  # the first system is on top


def test_figures_are_taken_from_reports_by_language():
    gold = [
        IGT("cats", "cat-s", "cat-PL", language="English"),
        IGT("evde", None, "house-LOC", language="Turkish"),
    ]
    guess = [Prediction("cats", "cat"), Prediction("ev-de", "house-LOC")]
    report = evaluate(predictions=guess, references=gold, by="language")
    assert plots.report_scores({"a": report}, "glossing.morpheme.error_rate") == {
        "a": {"English": 0.5, "Turkish": 0.0}
    }
    # Turkish has no gold segmentation, so no figure of it
    assert plots.report_scores({"a": report}, "segmentation.recall") == {"a": {"English": 0.0}}
    whole = evaluate(predictions=guess, references=gold)
    for reports, metric in (({"a": report}, "mer"), ({"a": whole}, "alignment")):
        with pytest.raises(InputError, match=r"the report of 'a' has no .* of any group"):
            plots.report_scores(reports, metric)


def test_changes_have_an_arrow_for_each_language():
    ax = plots.changes({"a": 0.5, "b": 0.2}, {"b": 0.1, "a": 0.6}, ax=axes())
    before, after = (points.get_offsets()[:, 0].tolist() for points in ax.collections)
    assert (before, after) == (pytest.approx([0.5, 0.2]), pytest.approx([0.6, 0.1]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]


def test_perplexities_are_drawn_with_the_fitted_line():
    from igtkit.models import PerformanceEstimator

    xs = {"aaaa1111": 1.0, "bbbb2222": 2.0, "cccc3333": 3.0}
    estimator = PerformanceEstimator().fit(xs, {name: x / 10 for name, x in xs.items()})
    ax = plots.perplexity(estimator, ax=axes())
    assert ax.lines[0].get_ydata()[[0, -1]] == pytest.approx([0.1, 0.3])
    assert ax.get_legend().get_texts()[0].get_text() == "r² = 1.00"
    assert {text.get_text() for text in ax.texts} == set(xs)


def test_names_of_neighbors_cover_neither_each_other_nor_the_points():
    from igtkit.models import PerformanceEstimator

    xs = [1.15, 1.26, 1.33, 1.38, 1.42, 2.02]
    ys = [0.09, 0.17, 0.21, 0.18, 0.20, 0.61]
    names = [f"abcd123{number}" for number in range(len(xs))]
    estimator = PerformanceEstimator().fit(
        dict(zip(names, xs, strict=True)), dict(zip(names, ys, strict=True))
    )
    ax = plots.perplexity(estimator, ax=axes())
    boxes = [text.get_window_extent() for text in ax.texts]
    assert sorted(text.get_text() for text in ax.texts) == names
    assert all(box.count_overlaps(boxes) == 1 for box in boxes)  # with itself
    for point in ax.transData.transform(list(zip(xs, ys, strict=True))):
        assert not any(box.contains(*point) for box in boxes)


def test_published_scores_are_read(shared):
    path = shared / "golden" / "paper_tables.csv"
    scores = plots.read_scores(path, "glossing_mer", table="3")
    assert scores["GlossLM"]["ddo"] == 0.095
    assert "avg" not in scores["GlossLM"]
    with pytest.raises(InputError, match=r"no row has the metric 'f1'; there are: .*glossing_mer"):
        plots.read_scores(path, "f1")


def test_a_table_that_holds_no_scores_is_refused(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("system,a\nx,1\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="the columns metric and system"):
        plots.read_scores(path, "mer")
    path.write_text("metric,system,a\nmer,x,high\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"scores.csv:2: .*high"):
        plots.read_scores(path, "mer")


@pytest.mark.parametrize("scores", [{}, {"one": {}}])
def test_bars_need_figures(scores):
    with pytest.raises(InputError, match="at least one language"):
        plots.bars(scores)
    with pytest.raises(InputError, match="the same languages"):
        plots.changes({"a": 1.0}, {"b": 1.0})
