"""Looking languages up by any of their names, offline."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.corpus import languages
from igtkit.corpus.languages import find, find_all, resolve, suggest
from igtkit.errors import InputError
from igtkit.igt import Language

# Codes that were retired or split since the tables we compare with were made.
CHANGED = {"arit1239", "polc1243", "zeem1242"}


def test_codes_agree_with_glottolog(shared):
    with (shared / "data/languages/glottocode2iso.csv").open(encoding="utf-8") as file:
        pairs = [(row["glottocode"], row["isocode"]) for row in csv.DictReader(file)]
    known = [(find(glottocode), iso) for glottocode, iso in pairs if find(glottocode)]
    assert len(known) > 0.997 * len(pairs)
    differing = {each.glottocode for each, iso in known if iso and each.iso639_3 != iso}
    assert differing <= CHANGED


def test_codes_of_odin_lead_to_their_glottocodes(shared):
    codes = json.loads((shared / "data/languages/odin_language_map.json").read_text("utf-8"))
    found = [find(code) for code, glottocode in codes.items()]
    right = sum(
        each is not None and each.glottocode == glottocode
        for each, glottocode in zip(found, codes.values(), strict=True)
    )
    assert right > 0.997 * len(codes)


@pytest.mark.parametrize(
    ("query", "glottocode"),
    [
        ("dido1241", "dido1241"),
        ("ddo", "dido1241"),
        ("Tsez", "dido1241"),
        ("Dido", "dido1241"),
        ("TSEZ LANGUAGE", "dido1241"),
        ("en", "stan1293"),
        ("ger", "stan1295"),
        ("deu", "stan1295"),
        ("de", "stan1295"),
        ("zho", "mand1415"),
        ("Mandarin", "mand1415"),
        ("Uspanteko", "uspa1245"),
        ("Natugu", "natu1246"),
        ("Quechua, Cuzco", "cusc1236"),
        ("Gitksan", "gitx1241"),
        ("hup", "hupa1239"),
        ("Hup", "hupd1244"),
    ],
)
def test_any_name_finds_the_language(query, glottocode):
    assert find(query).glottocode == glottocode


def test_a_code_is_found_without_a_look_at_27_000_names():
    made = (languages._by_name, languages._by_sound)
    for each in (*made, find):
        each.cache_clear()
    assert find("ddo").name == "Tsez"
    assert [each.cache_info().currsize for each in made] == [0, 0]
    assert find("Tsez").iso639_3 == "ddo"
    assert [each.cache_info().currsize for each in made] == [1, 0]


@pytest.mark.parametrize("query", ["", " ", "language", "Atlantean", "abcd1234", "xx", "???"])
def test_what_is_no_language_finds_none(query):
    assert find(query) is None
    assert find_all(query) == ()


def test_an_ambiguous_name_finds_none_but_lists_all():
    assert find("Bari") is None
    assert {each.name for each in find_all("Bari")} == {"Bari", "Barí"}
    assert len(find_all("Bari")) == 2


def test_a_language_stands_before_a_family_of_that_name():
    assert find("Norwegian").level == "language"
    assert find("kur").level == "family"


@pytest.mark.parametrize("query", [None, 5, b"ddo"])
def test_only_strings_are_looked_up(query):
    with pytest.raises(InputError, match="code or a name"):
        find_all(query)


def test_resolve_fills_in_and_keeps_what_is_given():
    assert resolve(Language(iso639_3="git")) == Language("gitx1241", "Gitxsan", "git")
    assert resolve(Language(name="Gitksan")) == Language("gitx1241", "Gitksan", "git")
    unknown = Language(name="Atlantean")
    assert resolve(unknown) == unknown


def test_every_languoid_is_found_by_its_glottocode_and_every_language_by_its_code():
    for each in languages.languoids():
        assert find(each.glottocode) is each
        if each.iso639_3 and each.level == "language":
            assert find(each.iso639_3) is each


def test_every_alias_is_in_the_table():
    for alias, glottocode in languages._ALIASES.items():
        assert find(alias).glottocode == glottocode


def test_parents_are_in_the_table():
    table = {each.glottocode: each for each in languages.languoids()}
    below = [each for each in table.values() if each.parent is not None]
    assert all(table[each.parent].level in ("language", "family") for each in below)
    assert sum(table[each.parent].level == "language" for each in below) > 10_000  # dialects


@given(st.text())
def test_any_text_may_be_asked_for(text):
    found = find(text)
    assert found is None or found in find_all(text)


def test_suggestions_are_alike():
    assert "Lezgian" in {each.name for each in suggest("Lesgian")}
