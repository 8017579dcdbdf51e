"""The places of analyses and morphemes, found at once or sentence by sentence."""

from __future__ import annotations

from igtkit.models.crf.occurrences import Occurrences

GO, GOES, MICE = (("ka", "go", ""),), (("Ka", "go", ""), ("s", "3SG", "-")), (("s", "mouse", ""),)
ANALYSES = dict(enumerate((GO, GOES, MICE)))
SENTENCES = [[0, -1, 1], [], [2, 0]]


def test_every_place_in_the_order_of_the_sentences():
    found = Occurrences(SENTENCES, ANALYSES)
    assert found.items == {0: [(0, 0), (2, 1)], 1: [(0, 2)], 2: [(2, 0)]}
    assert found.morphs["ka", "go"] == [(0, 0), (2, 1)]
    assert found.morphs["Ka", "go"] == [(0, 2)]
    assert found.glosses == {"ka": {"go": 3}, "s": {"3SG": 1, "mouse": 1}}


def test_a_sentence_more_is_as_if_it_had_been_there():
    whole, grown = Occurrences(SENTENCES, ANALYSES), Occurrences(SENTENCES[:1], ANALYSES)
    for items in SENTENCES[1:]:
        grown.add(items, ANALYSES)
    assert (whole.items, whole.morphs, whole.glosses) == (grown.items, grown.morphs, grown.glosses)
