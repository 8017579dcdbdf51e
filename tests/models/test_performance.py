"""Error rates told from perplexities: against least squares by hand, and published quantiles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.models import PerformanceEstimator, read_performance
from igtkit.models.performance import t_quantile

XS = {"aaaa1111": 1.0, "bbbb2222": 2.0, "cccc3333": 3.0, "dddd4444": 4.0}
YS = {"aaaa1111": 0.1, "bbbb2222": 0.3, "cccc3333": 0.3, "dddd4444": 0.5}


def fitted():
    return PerformanceEstimator().fit({**XS, "eeee5555": 2.5}, YS)


def test_the_line_is_that_of_least_squares():
    estimator = fitted()
    assert estimator.slope == pytest.approx(0.12)
    assert estimator.intercept == pytest.approx(0.0)
    assert estimator.r_squared == pytest.approx(1 - 0.008 / 0.08)


def test_the_interval_is_that_of_the_textbook():
    found = fitted().estimate("eeee5555")
    spread = math.sqrt(0.008 / 2)
    reach = 4.3027 * spread * math.sqrt(1 + 1 / 4 + 0)
    assert found.error_rate == pytest.approx(0.3)
    assert (found.low, found.high) == (0.0, pytest.approx(0.3 + reach, abs=1e-4))
    assert found.reason == "from the perplexity of eeee5555, 2.50"


def test_a_perplexity_may_be_given():
    estimator = fitted()
    assert (
        estimator.estimate(perplexity=2.5).error_rate == estimator.estimate("eeee5555").error_rate
    )
    assert estimator.estimate(perplexity=1).error_rate == pytest.approx(0.12)
    narrow, wide = (estimator.estimate(perplexity=2, level=level).high for level in (0.5, 0.9))
    assert narrow < wide


def test_where_nothing_varies_nothing_is_explained():
    same = PerformanceEstimator().fit(XS, dict.fromkeys(XS, 0.5))
    assert math.isnan(same.r_squared)
    assert same.estimate(perplexity=9).error_rate == pytest.approx(0.5)


def test_an_unknown_language_has_no_estimate():
    found = fitted().estimate("zzzz9999")
    assert found.error_rate is found.low is found.high is found.perplexity is None
    assert found.reason == "no perplexity is known for zzzz9999"


@given(st.lists(st.tuples(st.floats(1, 50), st.floats(0, 2)), min_size=3, max_size=9))
def test_it_passes_through_the_middle_and_never_below_zero(points):
    if max(x for x, _ in points) - min(x for x, _ in points) < 0.01:
        return
    xs = {f"l{index}": x for index, (x, _) in enumerate(points)}
    ys = {f"l{index}": y for index, (_, y) in enumerate(points)}
    estimator = PerformanceEstimator().fit(xs, ys)
    middle = estimator.estimate(perplexity=sum(xs.values()) / len(xs))
    assert middle.error_rate == pytest.approx(sum(ys.values()) / len(ys), abs=1e-6)
    for name in xs:
        found = estimator.estimate(name)
        assert 0 <= found.low <= found.error_rate <= found.high


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [
        (0.975, 1, 12.7062),
        (0.975, 2, 4.3027),
        (0.95, 3, 2.3534),
        (0.995, 4, 4.6041),
        (0.975, 30, 2.0423),
        (0.5, 7, 0.0),
    ],
)
def test_quantiles_are_those_of_the_tables(share, freedom, value):
    assert t_quantile(share, freedom) == pytest.approx(value, abs=1e-4)


def test_it_is_saved_and_loaded(tmp_path):
    fitted().save_pretrained(tmp_path)
    loaded = PerformanceEstimator.from_pretrained(tmp_path)
    assert loaded.estimate("eeee5555") == fitted().estimate("eeee5555")
    path = tmp_path / "performance.json"
    path.write_text(path.read_text("utf-8").replace("2.5", '"much"'), encoding="utf-8")
    with pytest.raises(ModelFileError, match="damaged"):
        PerformanceEstimator.from_pretrained(tmp_path)
    with pytest.raises(ModelFileError, match="no saved PerformanceEstimator"):
        PerformanceEstimator.from_pretrained(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("xs", "ys", "message"),
    [
        ({"a": 1.0, "b": 2.0}, {"a": 0.1, "b": 0.2}, "there are 2: a, b"),
        (dict.fromkeys("abc", 2.0), dict.fromkeys("abc", 0.1), "different perplexity"),
        ({"a": 0.5}, {}, "the perplexity of a cannot be 0.5"),
        ({}, {"a": math.nan}, "the error rate of a cannot be nan"),
    ],
)
def test_what_cannot_be_fitted(xs, ys, message):
    with pytest.raises(InputError, match=message):
        PerformanceEstimator().fit(xs, ys)


def test_wrong_use(tmp_path):
    with pytest.raises(NotFittedError):
        PerformanceEstimator().estimate("aaaa1111")
    with pytest.raises(NotFittedError):
        PerformanceEstimator().save_pretrained(tmp_path)
    with pytest.raises(InputError, match="give a glottocode"):
        fitted().estimate()
    with pytest.raises(InputError, match="perplexity must be 1 or more"):
        fitted().estimate(perplexity=0.5)
    with pytest.raises(InputError, match="level"):
        fitted().estimate("aaaa1111", level=95)


@pytest.mark.parametrize("head", ["glottocode,loss,ppl,num_tokens,num_morphemes,num_words\n", ""])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_table_beside_a_model_of_polygloss_is_read_as_it_is(head, quote, tmp_path):
    rows = [("dido1241", 1.2), ("lezg1247", 1.6), ("gitx1241", 2.1), ("<unknown>", 3.0)]
    text = head + "".join(
        ",".join(f"{quote}{cell}{quote}" for cell in (name, 0.2, ppl, 90, 30, 10)) + "\n"
        for name, ppl in rows
    )
    path = tmp_path / "lang_perplexities.csv"
    path.write_text(text, encoding="utf-8")
    known = dict(rows[:3])
    assert read_performance(path) == (known, {})
    errors = {"dido1241": 0.1, "lezg1247": 0.3, "gitx1241": 0.6}
    assert (
        PerformanceEstimator().fit(path, errors).slope
        == PerformanceEstimator().fit(known, errors).slope
    )


@pytest.mark.parametrize(
    "text",
    ["dido1241,1.2\n", "glottocode,perplexity\ndido1241,x\n", "glottocode,figure\ndido1241,1\n"],
)
def test_another_table_is_refused(text, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="expected the columns glottocode, perplexity"):
        read_performance(path)
