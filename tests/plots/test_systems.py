"""Systems beside each other, and the tables that they come from."""

from __future__ import annotations

import pytest

from igtkit import IGT, Prediction, plots
from igtkit.errors import FileFormatError, InputError
from igtkit.metrics import evaluate


def test_bars_show_averages_over_languages_and_their_standard_errors(axes):
    ax = plots.bars({"one": {"a": 0.1, "b": 0.3}, "other": {"a": 0.5}}, ax=axes)
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


def test_changes_have_an_arrow_for_each_language(axes):
    ax = plots.changes({"a": 0.5, "b": 0.2}, {"b": 0.1, "a": 0.6}, ax=axes)
    before, after = (points.get_offsets()[:, 0].tolist() for points in ax.collections)
    assert (before, after) == (pytest.approx([0.5, 0.2]), pytest.approx([0.6, 0.1]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]


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
