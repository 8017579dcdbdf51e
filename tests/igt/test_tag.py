"""Names of languages in markup."""

from __future__ import annotations

import pytest

from igtkit import Language
from igtkit.corpus import languages
from igtkit.igt.tag import language_tag


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        (Language(iso639_3="tur"), "tr"),
        (Language("stan1293", "English", "eng"), "en"),
        (Language(iso639_3="ddo"), "ddo"),
        (Language(iso639_3="zho"), "zh"),
        (Language(iso639_3="TUR"), "und"),
        (Language("dido1241"), "und-x-dido1241"),
        (Language("no code"), "und"),
        (Language(name="Tsez"), "und"),
        (None, "und"),
    ],
)
def test_a_language_is_named_by_its_shortest_code(language, tag):
    assert language_tag(language) == tag


def test_codes_of_two_letters_are_those_of_glottolog():
    known = {each.iso639_3: each.iso639_1 for each in languages.languoids() if each.iso639_1}
    found = {code: language_tag(Language(iso639_3=code)) for code in known if code}
    assert len(found) > 150
    assert found == {code: short for code, short in known.items() if code}
