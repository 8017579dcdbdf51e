"""The choice with the least expected error."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from igtkit.models.crf.hypothesis import Hypothesis, gloss_distance, least_risk
from igtkit.models.crf.unknown import OTHER_GLOSS

_GLOSSES = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple)


@given(_GLOSSES, _GLOSSES)
def test_distance_equals_the_library_s(a, b):
    assert gloss_distance(a, b) == Levenshtein.distance(a, b)


def _hypothesis(glosses, probability):
    return Hypothesis(tuple("x" for _ in glosses), tuple(glosses), probability)


@given(st.lists(st.tuples(_GLOSSES, st.floats(0.01, 1)), min_size=1, max_size=8))
def test_no_hypothesis_has_less_expected_error(rows):
    hypotheses = [_hypothesis(glosses, p) for glosses, p in rows]
    chosen = least_risk(hypotheses)

    def expected(glosses):
        return sum(o.probability * Levenshtein.distance(glosses, o.glosses) for o in hypotheses)

    least = expected(chosen.glosses) - 1e-9
    assert all(expected(one.glosses) >= least for one in hypotheses)


def test_an_analysis_that_shares_its_glosses_may_win_over_the_likeliest():
    rows = [_hypothesis("x", 0.4), _hypothesis("ab", 0.3), _hypothesis("ac", 0.3)]
    assert least_risk(rows).glosses in (("a", "b"), ("a", "c"))


def test_what_cannot_be_met_is_not_chosen_unless_there_is_nothing_else():
    rows = [_hypothesis((OTHER_GLOSS,), 0.9), _hypothesis(("a",), 0.1)]
    assert least_risk(rows).glosses == ("a",)
    assert least_risk(rows[:1]).glosses == (OTHER_GLOSS,)
