"""Which labels in lower case writers set in small capitals."""

from __future__ import annotations

import io

import pytest

from igtkit import IGT, write
from igtkit.errors import InputError
from igtkit.io import Sink
from igtkit.io._small_caps import choose_labels, meaning_of

TEXTS = [IGT(None, None, "go-pst.3sg")]


@pytest.mark.parametrize(
    ("choice", "meanings", "labels", "told"),
    [
        ("guess", {}, {"pst", "3sg"}, "3sg, pst"),
        ("guess", {"pst": "past"}, {"pst", "3sg"}, "3sg"),
        ("guess", {"pst": "past", "3sg": "x"}, {"pst", "3sg"}, None),
        ("capitals", {"pst": "past"}, set(), None),
        (["go"], {"pst": "past", "PL": "plural"}, {"go", "pst"}, None),
    ],
)
def test_labels_are_guessed_or_given(choice, meanings, labels, told):
    sink = Sink(io.StringIO())
    entries, found = choose_labels(iter(TEXTS), choice, sink, meanings)
    assert list(entries) == TEXTS
    assert found == labels
    assert sink.notes == (
        [f"guessed to be labels: {told} (labels= says which are)"] if told else []
    )


def test_many_labels_are_counted():
    sink = Sink(io.StringIO())
    words = ["acc", "dat", "gen", "loc", "abl", "nom", "erg", "abs", "ben"]
    choose_labels([IGT(None, None, " ".join(f"cat-{word}" for word in words))], "guess", sink, {})
    assert "and 1 more" in sink.notes[0]


def test_what_labels_mean():
    assert meaning_of("pl", {}) == "plural"
    assert meaning_of("PL", {"pl": "many"}) == meaning_of("pl", {"PL": "many"}) == "many"
    assert meaning_of("foo", {}) is None


def test_another_choice_is_refused():
    with pytest.raises(InputError, match="labels must be"):
        write(TEXTS, io.StringIO(), "latex", labels="lower")
