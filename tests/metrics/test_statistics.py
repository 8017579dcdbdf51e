"""Rows of counts, one for each sentence, from which every figure is read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.oracle import LEVELS, PRESETS, corpora

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import (
    accuracy,
    bleu,
    error_rate,
    evaluate,
    segmentation_scores,
    stem_gram_scores,
)
from igtkit.metrics.inputs import ScoredLines
from igtkit.metrics.presets import PAPER_PRESET
from igtkit.metrics.statistics import FAMILIES, compute_statistics, figures, flatten_figures

LINES = ScoredLines(
    ["ev-de", "a", "x", None],
    ["house-LOC", "A", "X", None],
    ["ev-de", None, "x-y", " "],
    ["house-PL", "A B", None, "..."],
)


@given(corpora, corpora, st.sampled_from(PRESETS))
def test_a_report_has_the_same_figures_as_the_functions(glosses, forms, preset):
    size = min(len(glosses[0]), len(forms[0]))
    predictions = [Prediction(forms[0][i], glosses[0][i]) for i in range(size)]
    references = [IGT(None, forms[1][i], glosses[1][i]) for i in range(size)]
    report = evaluate(predictions=predictions, references=references, preset=preset).to_dict()
    pair = (glosses[0][:size], glosses[1][:size])
    for level in LEVELS:
        figures = report["glossing"][level]
        assert figures["error_rate"] == pytest.approx(error_rate(*pair, level=level, preset=preset))
        assert figures["bleu"] == bleu(*pair, level=level)
        for average in ("micro", "macro") if level != "character" else ():
            expected = accuracy(*pair, level=level, average=average, preset=preset)
            assert figures["accuracy"][average] == pytest.approx(expected)
    assert {
        name: report["glossing"]["morpheme"][name] for name in ("stem", "gram")
    } == stem_gram_scores(*pair)
    expected = segmentation_scores(forms[0][:size], forms[1][:size])
    assert report["segmentation"] == pytest.approx(expected)


def test_each_family_has_zeros_where_a_sentence_has_no_gold_line_for_it():
    found = compute_statistics(LINES, PAPER_PRESET, "skip")
    assert found.table.shape == (4, len(found.columns))
    scored = {
        family: found.table[:, found.columns.index(f"{family}.n")].tolist() for family in FAMILIES
    }
    assert scored == {
        "glossing": [1, 1, 0, 0],
        "segmentation": [1, 0, 1, 0],
        "alignment": [1, 0, 0, 1],
    }
    assert found.skipped == {"glossing": (3,), "segmentation": (3,)}
    rows = found.table[:, [name.startswith(("morpheme.", "word.")) for name in found.columns]]
    assert not rows[2:].any()


def test_the_figures_of_some_sentences_are_those_of_them_alone():
    found = compute_statistics(LINES, PAPER_PRESET, "skip")
    for rows in ([0], [1, 2], [3, 0], [0, 0, 1]):
        columns = (
            LINES.predicted_segmentation, LINES.predicted_glosses,
            LINES.gold_segmentation, LINES.gold_glosses,
        )  # fmt: skip
        alone = ScoredLines(*([column[row] for row in rows] for column in columns))
        expected = compute_statistics(alone, PAPER_PRESET, "skip").figures()
        assert flatten_figures(found.figures(rows)) == pytest.approx(flatten_figures(expected))
    assert found.figures() == found.figures(slice(None)) == found.figures([0, 1, 2, 3])
    assert found.figures_of_sums(found.table.sum(axis=0)) == found.figures()


def test_no_figure_is_made_up():
    found = compute_statistics(LINES, PAPER_PRESET, "skip").figures([])
    assert found["n"] == dict.fromkeys(FAMILIES, 0)
    assert {value for name, value in flatten_figures(found).items() if name[:2] != "n."} == {None}


@pytest.mark.parametrize(
    ("gold_glosses", "gold_segmentation", "message"),
    [
        ([None], [None], "no reference has glosses or a segmentation"),
        (["..."], [None], r"references\[0\].*glosses"),
        ([None], [" "], r"references\[0\].*segmentation"),
    ],
)
def test_gold_that_cannot_be_scored_is_an_error(gold_glosses, gold_segmentation, message):
    lines = ScoredLines(["a"], ["A"], gold_segmentation, gold_glosses)
    with pytest.raises(InputError, match=message):
        compute_statistics(lines, PAPER_PRESET)


def test_further_columns_are_averaged_beside_the_others():
    plain = compute_statistics(LINES, PAPER_PRESET, "skip")
    more = plain.extended(
        {"extra.length.n": np.array([1.0, 1, 0, 0]), "extra.length.sum": np.array([2.0, 5, 0, 0])}
    )
    assert more.figures()["extra"] == {"length": 3.5}
    assert more.figures()["n"]["extra.length"] == 2
    assert more.figures([3])["extra"] == {"length": None}
    assert more.figures()["glossing"] == plain.figures()["glossing"]
    assert "extra" not in plain.figures()
    assert figures(dict(zip(more.columns, more.table[0].tolist(), strict=True))) == more.figures(
        [0]
    )


NESTED = st.recursive(
    st.none() | st.integers(),
    lambda inner: st.dictionaries(st.text("ab", min_size=1, max_size=2), inner, max_size=3),
)


@given(st.dictionaries(st.text("ab", min_size=1, max_size=2), NESTED, max_size=3))
def test_each_figure_is_found_by_its_path(nested):
    def count(value):
        return sum(map(count, value.values())) if isinstance(value, dict) else 1

    flat = flatten_figures(nested)
    assert len(flat) == count(nested)
    for path, expected in flat.items():
        value = nested
        for name in path.split("."):
            value = value[name]
        assert value == expected
