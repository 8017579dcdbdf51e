"""The elements of an ELAN file, read one by one."""

from __future__ import annotations

import io

import pytest
from documents.eaf import ANALYSIS, CONSTRAINTS, SPEECH, document, tier, timed

from igtkit.errors import FileFormatError
from igtkit.igt import Language
from igtkit.io._source import Source
from igtkit.io.eaf.elements import GLOTTOLOG, SOURCE, Content


def content(text, **options):
    return Content(Source(io.StringIO(text), **options))


def test_tiers_and_annotations_are_as_they_stand():
    found = content(document(SPEECH, *ANALYSIS))
    assert [attributes["TIER_ID"] for _, attributes, _ in found.tiers] == [
        "tx@A", "mot@A", "mb@A", "ge@A", "ft@A"
    ]  # fmt: skip
    line, attributes, [speech] = found.tiers[0]
    assert attributes["PARTICIPANT"] == "Ayşe"
    assert (speech.text, speech.kind) == ("Evlerde kim?", "ALIGNABLE")
    assert (speech.id, speech.begin, speech.end) == ("a1", "ts1", "ts2")
    assert speech.line > line
    lines = document(SPEECH, *ANALYSIS).split("\n")
    assert 'TIER_ID="tx@A"' in lines[line - 1]
    assert "Evlerde kim?" in lines[speech.line - 1]
    morphemes = found.tiers[2][2]
    assert [raw.text for raw in morphemes] == ["-de", "ev", "-ler", "kim"]  # in the file's order
    assert {raw.kind for raw in morphemes} == {"REF"}
    assert found.types["part"] == "Symbolic_Subdivision"
    assert found.types["default-lt"] == ""


@pytest.mark.parametrize(
    ("unit", "seconds"),
    [("milliseconds", [0.0, 1.0, None]), ("PAL-frames", [0, 40, None]),
     ("NTSC-frames", [0, pytest.approx(1000 * 1001 / 30000), None])],
)  # fmt: skip
def test_times_are_seconds_whatever_they_are_counted_in(unit, seconds):
    text = document(SPEECH, slots=(0, 1000, None)).replace("milliseconds", unit)
    assert [*content(text).slots.values()] == seconds


def test_times_in_another_unit_are_refused():
    with pytest.raises(FileFormatError, match="times in 'days'") as caught:
        content(document(SPEECH).replace("milliseconds", "days"))
    assert caught.value.line == 3
    assert caught.value.expected == "milliseconds or PAL-frames or NTSC-frames"


def test_a_time_that_is_none_is_an_error_or_left_out():
    text = document(SPEECH, slots=(0, "soon", 2000))
    with pytest.raises(FileFormatError, match="a time 'soon'"):
        content(text)
    found = content(text, errors="skip")
    assert found.slots == {"ts1": 0.0, "ts2": None, "ts3": 2.0}


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ('LANG_ID="tur" LANG_LABEL="Turkish (tur)"', Language(None, "Turkish", "tur")),
        ('LANG_ID="tur"', Language(iso639_3="tur")),
        ('LANG_ID="x-1" LANG_LABEL="x-1"', Language()),
        ('LANG_ID="x" LANG_LABEL="Tsez"', Language(name="Tsez")),
        (
            f'LANG_ID="ddo" LANG_DEF="{GLOTTOLOG}dido1241" LANG_LABEL="Tsez"',
            Language("dido1241", "Tsez", "ddo"),
        ),
        ('LANG_ID="ddo" LANG_DEF="http://cdb.iso.org/lg/CDB-1"', Language(iso639_3="ddo")),
    ],
)
def test_languages_are_told_by_label_code_and_definition(attributes, language):
    found = content(document(SPEECH, extra=f"<LANGUAGE {attributes}/>"))
    assert [*found.languages.values()] == [language]


def test_properties_and_controlled_vocabularies():
    extra = (
        '<CONTROLLED_VOCABULARY CV_ID="c"><CV_ENTRY_ML CVE_ID="e1"><CVE_VALUE LANG_REF="und">N'
        '</CVE_VALUE></CV_ENTRY_ML><CV_ENTRY_ML CVE_ID="e2"/></CONTROLLED_VOCABULARY>'
    )
    named = f'<PROPERTY NAME="{SOURCE}">Frog</PROPERTY></HEADER>'
    found = content(document(SPEECH, extra=extra).replace("</HEADER>", named))
    assert found.entries == {"e1": "N", "e2": ""}
    assert found.properties == {"lastUsedAnnotationId": "30", SOURCE: "Frog"}


def test_what_is_missing_is_empty():
    bare = '<TIER TIER_ID="x"><ANNOTATION><REF_ANNOTATION/></ANNOTATION></TIER>'
    found = content(document(bare, slots=(), types=""))
    [(_, attributes, [raw])] = found.tiers
    assert (attributes, raw.id, raw.text) == ({"TIER_ID": "x"}, "", "")
    assert (found.slots, found.types, found.languages) == ({}, {}, {})


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(FileFormatError, match="the root element is <document>") as caught:
        content("\n<document/>")
    assert caught.value.line == 2


def test_a_text_in_an_annotation_is_kept_to_the_letter():
    speech = tier("tx", "default-lt", timed("a1", "ts1", "ts2", " a &lt; b\n&#9;"))
    [(_, _, [raw])] = content(document(speech, types=CONSTRAINTS)).tiers
    assert raw.text == " a < b\n\t"
