"""What is kept of the sentences that were glossed last."""

from __future__ import annotations

import copy

from igtkit import IGT
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.suggested import Suggested

FOUND = [[Hypothesis(("kalo",), ("house",), 0.8)]]


def sentences(count):
    return [
        make_sentence(IGT(f"kalo{number} .", translation="A house.")) for number in range(count)
    ]


def test_it_knows_the_sentences_that_were_glossed_last():
    suggested, (first, second) = Suggested(), sentences(2)
    assert suggested.of(0, first) is None
    suggested.keep(7, [(first, FOUND)])
    assert suggested.of(7, first) is FOUND
    assert suggested.of(7, make_sentence(IGT("kalo0 .", "kalo .", "hut .", "A house."))) is FOUND
    assert suggested.of(7, make_sentence(IGT("kalo0 .", translation="A hut."))) is None
    suggested.keep(7, [(second, FOUND)])
    assert suggested.of(7, first) is suggested.of(7, second) is FOUND


def test_it_forgets_them_when_something_was_learned():
    suggested, (first,) = Suggested(), sentences(1)
    suggested.keep(7, [(first, FOUND)])
    assert suggested.of(8, first) is None
    suggested.keep(8, [])
    assert suggested.of(8, first) is None


def test_it_keeps_few_of_many_and_gives_none_away():
    suggested, many = Suggested(), sentences(100)
    suggested.keep(7, [(one, FOUND) for one in many])
    assert suggested.of(7, many[0]) is FOUND
    assert suggested.of(7, many[99]) is None
    suggested.keep(7, [(many[99], FOUND)])
    assert suggested.of(7, many[0]) is None
    assert suggested.of(7, many[1]) is suggested.of(7, many[99]) is FOUND
    assert copy.deepcopy(suggested).of(7, many[0]) is None
