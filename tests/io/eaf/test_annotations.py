"""The lines of an entry as annotations of tiers."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from strategies import aligned_lines

from igtkit import IGT
from igtkit.boundaries import split_words
from igtkit.io._losses import EntryLosses
from igtkit.io._sink import Sink
from igtkit.io.eaf.annotations import Place, Tiers, pairs_up
from igtkit.io.eaf.markup import ASSOCIATION, SUBDIVISION


@pytest.fixture
def tiers():
    return made()


def made():
    counter = itertools.count(1)
    return Tiers(lambda: f"n{next(counter)}")


def place(**changes):
    sink = changes.pop("sink", None)
    losses = EntryLosses(sink) if sink is not None else EntryLosses(Sink("unused.eaf"))
    return Place(
        **{"tier": "tx@A", "annotation": "a1", "ending": "@A", "losses": losses, **changes}
    )


def rows(tiers, name):
    return [(row.id, row.text, row.parent, row.previous) for row in tiers.made[name].rows]


def texts(tiers):
    return {name: [row.text for row in tier.rows] for name, tier in tiers.made.items()}


def test_an_annotation_hangs_on_its_sentence(tiers):
    assert tiers.add(place(participant="Ana"), "ft", "at home") == "n1"
    [tier] = tiers.made.values()
    assert (tier.name, tier.type, tier.parent, tier.participant) == (
        *("ft@A", ASSOCIATION, "tx@A", "Ana"),
    )
    assert rows(tiers, "ft@A") == [("n1", "at home", "a1", None)]


def test_divisions_of_one_parent_follow_each_other(tiers):
    for parent, text in [("a1", "ev"), ("a1", "de"), ("a2", "kim")]:
        tiers.add(place(annotation=parent), "wd", text, SUBDIVISION)
    assert rows(tiers, "wd@A") == [
        ("n1", "ev", "a1", None),
        ("n2", "de", "a1", "n1"),
        ("n3", "kim", "a2", None),
    ]


def test_characters_that_xml_forbids_are_counted(tiers, tmp_path):
    sink = Sink(tmp_path / "a.eaf")
    told = place(sink=sink)
    tiers.add(told, "ft", "a\0b")
    tiers.add(told, "nt", "\x01")
    assert texts(tiers) == {"ft@A": ["a\ufffdb"], "nt@A": ["\ufffd"]}
    assert dict(sink.lost) == {"control characters": 1}


IGT_ = IGT("evde kim", "ev-de kim", "house-LOC who", pos="n-case q")


def test_lines_stand_each_in_one_annotation(tiers):
    assert tiers.analyze(place(), IGT_, "lines")
    assert texts(tiers) == {
        "segmentation@A": ["ev-de kim"],
        "glosses@A": ["house-LOC who"],
        "pos@A": ["n-case q"],
    }
    assert tiers.analyze(place(), IGT("a", None, ""), "lines")
    assert texts(tiers)["glosses@A"][1:] == [""]  # a line that is empty is there


def test_morphemes_stand_under_their_words_and_glosses_under_them(tiers):
    assert tiers.analyze(place(), IGT_, "morphemes")
    assert rows(tiers, "words@A") == [("n1", "evde", "a1", None), ("n6", "kim", "a1", "n1")]
    assert rows(tiers, "segmentation@A") == [
        ("n2", "ev", "n1", None),
        ("n4", "-de", "n1", "n2"),
        ("n7", "kim", "n6", None),
    ]
    assert rows(tiers, "glosses@A") == [
        ("n3", "house", "n2", None),
        ("n5", "LOC", "n4", None),
        ("n8", "who", "n7", None),
    ]
    assert [tier.parent for tier in tiers.made.values()] == [
        *("tx@A", "words@A", "segmentation@A", "tx@A"),
    ]


def test_glosses_without_forms_stand_under_the_words(tiers):
    assert tiers.analyze(place(), IGT("evde", "evde", "house"), "morphemes")
    bare = made()
    assert not bare.analyze(place(), IGT("evde", None, "house"), "morphemes")
    assert bare.made == {}  # what cannot be held adds nothing


@pytest.mark.parametrize(
    ("igt", "held"),
    [
        (IGT("a b", "a-b", "A-B"), True),
        (IGT("a"), True),
        (IGT("a", None, "A"), False),
        (IGT("a", "a-b", "A"), False),
        (IGT("a", "a b", "A"), False),
        (IGT("a b", "a -b", "A -B"), True),
        (IGT("a", "a--b", "A--B"), False),  # a morpheme without a form
    ],
)
def test_what_pairs_up_stands_morpheme_by_morpheme(igt, held):
    assert pairs_up(igt) is held
    assert made().analyze(place(), igt, "morphemes") is held


def test_a_mark_that_only_the_glosses_have_hangs_where_all_glosses_do(tiers):
    assert tiers.analyze(place(), IGT("ev", "ev", ", house"), "morphemes")
    assert texts(tiers)["segmentation@A"] == ["", "ev"]
    assert tiers.made["glosses@A"].parent == "segmentation@A"
    assert [row.parent for row in tiers.made["glosses@A"].rows] == ["n2", "n5"]


def test_a_clitic_written_apart_keeps_its_mark(tiers):
    tiers.analyze(place(), IGT("ev =ki re= ev", "ev =ki re= ev", "A =B C= D"), "morphemes")
    assert texts(tiers)["segmentation@A"] == ["ev", "=ki", "re=", "ev"]
    assert texts(tiers)["glosses@A"] == ["A", "=B", "C=", "D"]


def test_a_suggestion_has_tiers_of_its_own_and_says_whose_it_is(tiers):
    mark = {"system": "crf", "score": -0.5, "probabilities": [0.254, None, 1], "confirmed": False}
    assert tiers.suggest(place(), IGT_, mark, "lines")
    assert texts(tiers) == {
        "igtkit-segmentation@A": ["ev-de kim"],
        "igtkit-glosses@A": ["house-LOC who"],
        "igtkit-status@A": ["suggested"],
        "igtkit-score@A": ["-0.5"],
        "igtkit-probability@A": ["0.25 ? 1.00"],
    }
    assert {tier.annotator for tier in tiers.made.values()} == {"igtkit: crf"}


def test_of_a_suggestion_only_what_is_known_is_said(tiers):
    tiers.suggest(place(), IGT("a", None, "A"), {"score": 0.0, "confirmed": True}, "lines")
    assert texts(tiers) == {
        "igtkit-glosses@A": ["A"],
        "igtkit-status@A": ["confirmed"],
        "igtkit-score@A": ["0.0"],
    }
    assert {tier.annotator for tier in tiers.made.values()} == {"igtkit"}


@given(aligned_lines())
def test_every_morpheme_of_aligned_lines_is_there(lines):
    igt = IGT(*lines)
    tiers = made()
    assert tiers.analyze(place(), igt, "morphemes")
    for line in ("segmentation", "glosses"):
        written = "".join(row.text for row in tiers.made[f"{line}@A"].rows)
        given_line = "".join(split_words(getattr(igt, line)))
        assert _letters(written) == _letters(given_line)
    for tier in tiers.made.values():  # what hangs on something hangs on what is there
        above = tiers.made.get(tier.parent)
        known = {row.id for row in above.rows} if above else {"a1"}
        assert {row.parent for row in tier.rows} <= known


def _letters(text):
    return [character for character in text if character.isalnum()]
