from __future__ import annotations

import pytest
from forgery import change_manifest

from igtkit import IGT, Language, Prediction
from igtkit.errors import InputError, ModelFileError
from igtkit.models import FallbackGlosser, LookupGlosser, PerformanceEstimator, expected_error

CATS = [IGT("cats run", "cat-s run", "cat-PL run")] * 4
DOGS = [IGT("dogs run", "dog-s run", "dog-PL RUN")] * 4


class Silent(LookupGlosser):
    """A glosser that does not say how sure it is."""

    def predict(self, items, *, given=None):
        return [Prediction("?", "?") for _ in items]


def test_each_text_goes_to_the_first_glosser_that_is_sure():
    glosser = FallbackGlosser([LookupGlosser().fit(CATS), LookupGlosser().fit(DOGS)], 0.4)
    cats, dogs, both, neither = glosser.predict(
        [IGT("cats run"), IGT("dogs run"), IGT("run"), IGT("whales sing")]
    )
    assert (cats.glosses, cats.problems) == ("cat-PL run", ())
    assert (dogs.glosses, len(dogs.problems)) == ("dog-PL RUN", 1)
    assert both.glosses == "run"
    assert (neither.segmentation, neither.glosses, len(neither.problems)) == (None, None, 2)


def test_a_glosser_that_does_not_say_is_passed_over():
    glosser = FallbackGlosser([Silent(), LookupGlosser().fit(CATS)])
    (prediction,) = glosser.predict([IGT("cats")])
    assert prediction.glosses == "cat-PL"
    assert prediction.problems == ("Silent does not say how sure it is",)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "Odd did not give a list of 1 predictions: None"),
        ([], r"Odd did not give a list of 1 predictions: \[\]"),
        ([None], "Odd gave no Prediction but None"),
    ],
)
def test_a_glosser_that_does_not_answer_is_refused(answer, message):
    class Odd(LookupGlosser):
        def predict(self, items, *, given=None):
            return answer

    with pytest.raises(InputError, match=message):
        FallbackGlosser([Odd(), LookupGlosser().fit(CATS)]).predict([IGT("cats")])


def test_nothing_known_is_no_expectation():
    assert expected_error(Prediction("a", "X")) is None


def test_given_goes_through():
    glosser = FallbackGlosser([LookupGlosser().fit(CATS)])
    started = IGT("cats run", None, "??? RUN")
    assert glosser.predict([started], given="partial")[0].glosses == "cat-PL RUN"


def test_it_comes_back_from_a_folder(tmp_path):
    glosser = FallbackGlosser([LookupGlosser().fit(CATS), LookupGlosser().fit(DOGS)], 0.4)
    glosser.save_pretrained(tmp_path)
    items = [IGT("cats run"), IGT("dogs run"), IGT("whales")]
    assert FallbackGlosser.from_pretrained(tmp_path).predict(items) == glosser.predict(items)


@pytest.mark.parametrize(
    ("glossers", "limit", "message"),
    [([], 0.5, "at least one"), (["lookup"], 0.5, "glosser"), ([LookupGlosser()], 2, "share")],
)
def test_what_it_cannot_work_with(glossers, limit, message):
    with pytest.raises(InputError, match=message):
        FallbackGlosser(glossers, limit)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "LookupGlosser"}, "not of a FallbackGlosser"),
        ({"glossers": None}, "damaged"),
        ({"glossers": ["os"]}, "no glosser of igtkit"),
        ({"glossers": ["Glosser"]}, "names 'Glosser', which is no glosser of igtkit"),
        ({"glossers": []}, "damaged: FallbackGlosser needs a list of at least one"),
        ({"max_error": 2}, "damaged: max_error"),
        ({"estimators": [True]}, "damaged: there is no 'estimator0'"),
        ({"parts": {}}, "damaged: there is no 'glosser0'"),
        ({"parts": {"glosser0": ".."}}, "no file in this folder"),
        ({"parts": {"glosser0": "nowhere"}}, "no folder"),
    ],
)
def test_damaged_folders_are_refused(tmp_path, changes, message):
    FallbackGlosser([LookupGlosser().fit(CATS)]).save_pretrained(tmp_path)
    change_manifest(tmp_path, **changes)
    with pytest.raises(ModelFileError, match=message):
        FallbackGlosser.from_pretrained(tmp_path)


def estimator(**perplexities):
    table = {"aaaa1111": 1.0, "bbbb2222": 2.0, "cccc3333": 3.0}
    errors = {name: (value - 1) / 4 for name, value in table.items()}
    return PerformanceEstimator().fit(table | perplexities, errors)


def test_languages_of_high_perplexity_are_left_to_the_simpler_glosser(tmp_path):
    good, simple = LookupGlosser().fit(DOGS), LookupGlosser().fit(CATS)
    glosser = FallbackGlosser([good, simple], 0.3, estimators=[estimator(dddd4444=1.2)])
    glosser.save_pretrained(tmp_path)
    for each in (glosser, FallbackGlosser.from_pretrained(tmp_path)):
        easy, hard, unknown, nameless = each.predict(
            [
                IGT("dogs run", language=Language("dddd4444")),
                IGT("cats run", language=Language("cccc3333")),
                IGT("cats run", language=Language("eeee5555")),
                IGT("cats run"),
            ]
        )
        assert (easy.glosses, easy.problems) == ("dog-PL RUN", ())
        assert hard.glosses == unknown.glosses == nameless.glosses == "cat-PL run"
        (reason,) = hard.problems
        assert reason == (
            "LookupGlosser was not asked: an error rate of 0.50 is expected, more than 0.30 "
            "(from the perplexity of cccc3333, 3.00)"
        )
        assert unknown.problems[0].endswith("no perplexity is known for eeee5555")
        assert nameless.problems[0].endswith("the glottocode of the text is not known")


def test_there_are_not_more_estimators_than_glossers():
    with pytest.raises(InputError, match="2 estimators for 1 glossers"):
        FallbackGlosser([LookupGlosser()], estimators=[None, None])
