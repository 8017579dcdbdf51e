"""The languages of a dataset: from the identifiers in its rows, and back."""

from __future__ import annotations

import io
import re

import pytest
from documents.cldf import dataset
from hypothesis import given
from hypothesis import strategies as st

from igtkit.igt import Language
from igtkit.io import read
from igtkit.io._sink import Sink
from igtkit.io.cldf.languages import LanguageTable, find_language, language_id, to_id

pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")

TSEZ = Language("dido1241", "Tsez", "ddo")
LANGUAGES = st.none() | st.builds(
    Language,
    st.none() | st.sampled_from(["dido1241", "odd"]),
    st.none() | st.text("aZ- ş", max_size=3),
    st.none() | st.sampled_from(["ddo", "DDO"]),
)


@pytest.fixture
def sink():
    return Sink(io.StringIO())


def test_a_language_without_table_is_a_code_or_a_name(tmp_path):
    corpus = read(dataset(tmp_path, rows="1,ddo,a,a\n2,Tsez,a,a\n3,,a,a\n"))
    assert [igt.language for igt in corpus] == [
        Language(iso639_3="ddo"),
        Language(name="Tsez"),
        None,
    ]


@pytest.mark.parametrize(
    ("identifier", "language"),
    [
        (None, None),
        ("7", TSEZ),
        ("8", None),
        ("dido1241", Language(glottocode="dido1241")),
        ("tur", Language(iso639_3="tur")),
        ("Tsez", Language(name="Tsez")),
        ("dido0241", Language(name="dido0241")),  # no code of Glottolog begins with 0
    ],
)
def test_an_identifier_is_one_of_the_table_or_else_a_code_or_a_name(identifier, language):
    assert find_language({"7": TSEZ, "8": None}, identifier) == language


@pytest.mark.parametrize(
    ("language", "identifier"),
    [
        (TSEZ, "dido1241"),
        (Language(None, "Tsez", "ddo"), "ddo"),
        (Language(None, "West Greenlandic (Kalaallisut)"), "West_Greenlandic_Kalaallisut_"),
        (Language(), "und"),
        (None, "und"),
    ],
)
def test_a_language_gets_its_best_code_as_identifier(language, identifier):
    assert language_id(language) == identifier


@given(st.text())
def test_identifiers_are_what_cldf_allows(text):
    assert re.fullmatch("[a-zA-Z0-9_-]*", to_id(text))
    assert to_id(to_id(text)) == to_id(text)


def test_languages_that_would_share_an_identifier_are_told_apart(sink):
    table = LanguageTable(sink)
    twin = Language(name="Twin")
    assert table.add(twin, "language") == "Twin"
    assert table.add(Language("dido1241", "Tsez"), "language", wanted="Twin") == "Twin-2"
    assert table.add(Language(name="Third"), "language", wanted="Twin") == "Twin-3"
    assert table.add(twin, "language") == "Twin"
    assert table.add(TSEZ, "language", wanted="no id!") == "dido1241"
    assert table.add(None, "language") == "und"
    assert [row["ID"] for row in table.rows()] == ["Twin", "Twin-2", "Twin-3", "dido1241", "und"]


def test_what_is_no_code_is_not_written_and_reported(sink):
    table = LanguageTable(sink)
    table.add(Language("Dido1241", "Tsez", "ddo"), "language")
    table.add(Language(), "metalanguage")
    [row, empty] = table.rows()
    assert row == {
        "ID": "Dido1241", "Name": "Tsez", "Glottocode": None, "ISO639P3code": "ddo",
    }  # fmt: skip
    assert empty == {"ID": "und", "Name": None, "Glottocode": None, "ISO639P3code": None}
    assert sink.lost["language"] == 1
    assert sum(sink.lost.values()) == 2


@given(st.lists(LANGUAGES, max_size=6))
def test_every_language_has_one_identifier_and_one_row(languages):
    table = LanguageTable(Sink(io.StringIO()))
    given_ids = [table.add(language, "language") for language in languages]
    for one, first in zip(languages, given_ids, strict=True):
        for other, second in zip(languages, given_ids, strict=True):
            assert (first == second) == (one == other)
    assert [row["ID"] for row in table.rows()] == list(dict.fromkeys(given_ids))
