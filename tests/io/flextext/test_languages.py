"""The language codes of FLEx, which are BCP 47 tags."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import document, read, word, write

from igtkit import IGT, Language


def test_languages_are_declared_and_can_be_named():
    igt = IGT(
        "a",
        "a",
        "x",
        "X.",
        language=Language(iso639_3="ddo"),
        metalanguage=Language(iso639_3="rus"),
    )
    root = ET.fromstring(write([igt])[0])
    declared = [(one.get("lang"), one.get("vernacular")) for one in root.iter("language")]
    assert declared == [("ddo", "true"), ("ru", None)]
    text, _ = write([igt], vernacular="ddo-Latn", analysis="en", translation="ru")
    langs = {(i.get("type"), i.get("lang")) for i in ET.fromstring(text).iter("item")}
    assert langs >= {("txt", "ddo-Latn"), ("gls", "en"), ("gls", "ru")}


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("tur", ("nucl1301", "Turkish", "tur")),
        ("xyz-x-old", (None, None, "xyz")),
        ("vai", ("vaii1241", "Vai", "vai")),
        ("qaa-x-kal", None),
        ("x-own", None),
        ("und", None),
        ("ZZ", None),
    ],
)
def test_a_code_is_the_language_that_it_names(code, parts):
    (igt,) = read(document(word("a")).replace("xx", code))
    assert igt.language == (Language(*parts) if parts else None)


def test_a_language_that_says_less_than_its_code_is_not_lost():
    language = Language(iso639_3="ddo")
    text, report = write([IGT("a", language=language, source="s")])
    assert not report.lost
    assert read(text)[0].language == Language("dido1241", "Tsez", "ddo")
