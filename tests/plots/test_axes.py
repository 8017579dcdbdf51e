"""What all pictures share: curves that can be told apart, and names that can be read."""

from __future__ import annotations

from igtkit import plots


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


def test_a_higher_curve_that_comes_second_is_seen_whole(axes):
    ax = plots.learning_curve([1, 2], [0.2, 0.1], ax=axes)
    plots.learning_curve([1, 2], [0.8, 0.7], spread=[0.1, 0.1], ax=ax)
    assert ax.get_ylim()[0] == 0
    assert 0.9 < ax.get_ylim()[1] < 1


def test_names_of_neighbors_cover_neither_each_other_nor_the_points(axes):
    from igtkit.models import PerformanceEstimator

    xs = [1.15, 1.26, 1.33, 1.38, 1.42, 2.02]
    ys = [0.09, 0.17, 0.21, 0.18, 0.20, 0.61]
    names = [f"abcd123{number}" for number in range(len(xs))]
    estimator = PerformanceEstimator().fit(
        dict(zip(names, xs, strict=True)), dict(zip(names, ys, strict=True))
    )
    ax = plots.perplexity(estimator, ax=axes)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert sorted(text.get_text() for text in ax.texts) == names
    assert all(box.count_overlaps(boxes) == 1 for box in boxes)  # with itself
    for point in ax.transData.transform(list(zip(xs, ys, strict=True))):
        assert not any(box.contains(*point) for box in boxes)
