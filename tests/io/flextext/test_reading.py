"""Phrases, texts and writing systems; files that are not well; large files."""

from __future__ import annotations

import json
import logging
import re
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from documents.flextext import SAMPLE, again, document, item, lines, morph, read, word, write

import igtkit
from igtkit import Language
from igtkit.errors import FileFormatError, InputError


def test_a_phrase_is_read_with_all_that_belongs_to_it():
    (igt,) = read(SAMPLE)
    assert lines(igt) == ("Kediler , evde .", "kedi-ler evde", "house.cat-PL ???")
    assert igt.translation == "Cats, at home."
    assert igt.id == "11111111-2222-3333-4444-000000000001"
    assert (igt.source, igt.metadata["title"]) == ("Kedi", "Kedi")
    assert igt.language == Language("nucl1301", "Turkish", "tur")
    assert igt.metalanguage == Language("stan1293", "English", "eng")
    assert (igt.metadata["begin"], igt.metadata["end"]) == (0.25, 1.9)
    assert igt.metadata["speaker"] == "A. B."
    assert igt.metadata["notes"] == ["Heard twice.", "Check the vowel."]
    assert "prediction" not in igt.metadata
    kept = igt.metadata["flextext"]
    assert (kept["vernacular"], kept["analysis"], kept["translation"]) == ("tr", "en", "en")
    assert 'location="cat.wav"' in kept["text"]["header"]
    assert json.loads(json.dumps(igt.metadata)) == igt.metadata
    assert [w.surface for w in igt.words] == ["Kediler", ",", "evde", "."]
    assert igtkit.check(igt) == ()


def test_writing_systems_are_chosen_and_the_others_kept():
    (igt,) = read(SAMPLE, vernacular="tr-x-ipa", analysis="es")
    assert lines(igt) == ("cediler , evde .", "cedi-ler evde", "gato-PL ???")
    assert igt.translation == "Gatos, en casa."
    assert igt.metalanguage.name == "Spanish"
    (igt,) = read(SAMPLE, analysis="es", translation="en")
    assert (igt.glosses, igt.translation) == ("gato-PL ???", "Cats, at home.")
    assert again([igt])[0].glosses == "house.cat-PL ???"  # both are in the file still


@pytest.mark.parametrize("option", ["vernacular", "analysis", "translation"])
def test_a_writing_system_that_nothing_is_in_is_an_error_that_lists_them(option):
    with pytest.raises(InputError, match=f"nothing is in {option}='fr'; there are: .*(en|tr)"):
        read(SAMPLE, **{option: "fr"})


def test_the_writing_system_used_most_is_chosen_text_by_text():
    words = [word("a", morph("a", "x")), word("b", gloss="y")]
    first = document(*words, more=item("gls", "fr", "fr") + item("gls", "en", "en"))
    assert read(first)[0].translation == "en"  # the language of the glosses
    other = document(*words, more=item("gls", "un", "fr"))
    assert read(other)[0].translation == "un"  # the only one there is
    mixed = document(word("a", morph("a", "x")).replace('"en"', '"es"'), *words)
    assert read(mixed)[0].glosses == "??? x y"


def test_older_files_have_a_word_for_a_phrase():
    (igt,) = read(document(word("a", morph("a", "x")), phrase="word", more=item("segnum", "1.2")))
    assert lines(igt) == ("a", "a", "x")
    assert igt.id == "1.2"


def test_the_text_of_the_phrase_goes_before_that_of_its_words():
    (igt,) = read(document(word("gel"), more=item("txt", "Gel!  Gel") + item("segnum", "3")))
    assert igt.transcription == "Gel!  Gel"


def test_what_stands_between_phrases_is_not_kept():
    (igt,) = read(document(word("a")).replace("</phrase>", "</phrase>\n  \n"))
    assert igt.metadata["flextext"]["phrase"].endswith("</phrase>")


def test_runs_in_an_item_and_white_space_between_elements_do_no_harm():
    runs = '<item type="txt" lang="xx"><run lang="xx">ge</run><run lang="xx">l</run></item>'
    (igt,) = read(document(f"<word>{runs}</word>"))
    assert igt.transcription == "gel"
    assert again([igt])[0].transcription == "gel"


def test_numbers_in_no_language_are_no_translation():
    more = item("gls", "1", "zxx") + item("gls", "Come.", "en")
    assert read(document(word("gel"), more=more))[0].translation == "Come."


def test_what_elan_writes_comes_back_in_the_order_of_the_schema():
    text = (
        "<document><interlinear-text><paragraphs><paragraph><phrases>"
        f'<phrase speaker="">{item("txt", "gel")}{item("gls", "Come.", "en")}</phrase>'
        "</phrases></paragraph></paragraphs>"
        '<media-files offset-type=""><media guid="m" location="a.wav"/></media-files>'
        f'<languages><language lang="xx"/></languages>{item("title", "T")}</interlinear-text></document>'
    )
    (igt,) = read(text)
    assert (igt.transcription, igt.translation, igt.source) == ("gel", "Come.", "T")
    root = ET.fromstring(write([igt])[0])
    assert [child.tag for child in root[0]] == ["item", "paragraphs", "languages", "media-files"]
    assert root.find(".//phrase/words") is not None


def test_notes_that_elan_exports_in_the_plural():
    both = item("txt", "pala") + item("notes", "Whispered.", "en") + item("note", "Twice.", "en")
    text = f"<document><interlinear-text><paragraphs><paragraph><phrases><phrase>{both}</phrase>"
    text += "</phrases></paragraph></paragraphs></interlinear-text></document>"
    igt = read(text)[0]
    assert igt.metadata["notes"] == ["Twice.", "Whispered."]
    assert again([igt])[0] == igt
    changed = igt.replace(metadata={**igt.metadata, "notes": ["Once."]})
    assert again([changed])[0].metadata["notes"] == ["Once."]


def test_a_phrase_without_words_is_an_entry_and_a_text_without_phrases_is_reported(caplog):
    empty = "<interlinear-text><item type='title' lang='en'>T</item></interlinear-text>"
    text = document(more=item("gls", "Only this.")).replace("</document>", empty + "</document>")
    with caplog.at_level(logging.WARNING, "igtkit.io"):
        (igt,) = read(text)
    assert (igt.transcription, igt.translation) == (None, "Only this.")
    assert "a text without phrases" in caplog.text


def test_offsets_that_are_no_numbers_stay_as_they_are():
    text = document(word("a")).replace(
        "<phrase>", '<phrase begin-time-offset="00:01" end-time-offset="2500">'
    )
    (igt,) = read(text)
    assert "begin" not in igt.metadata
    assert igt.metadata["end"] == 2.5
    assert 'begin-time-offset="00:01"' in write([igt])[0]
    assert 'begin-time-offset="00:01"' in write([igt.replace(translation="X")])[0]
    timed = igt.replace(metadata={**igt.metadata, "begin": 1, "end": float("nan")})
    text, report = write([timed])
    assert dict(report.lost) == {"metadata: end": 1}
    assert read(text)[0].metadata["begin"] == 1.0


def test_xml_is_told_by_its_beginning(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(SAMPLE, encoding="utf-8")
    with igtkit.stream(path, language="Turkish") as reader:
        assert reader.format.name == "flextext"
        (igt,) = reader
        assert igt.language == Language(name="Turkish")
        assert reader.line == 10


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + document(word("&b;"))
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + document(word("&a;"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "defines an entity"),
        (OUTSIDE, "defines an entity"),
        (SAMPLE[:1500], "no well-formed XML"),
        ("", "the file is empty"),
        ("<lift version='0.13'/>", "the root is <lift> .expected <document>"),
        (document(phrase="sentence"), "<sentence> in <phrases> .expected <phrase>"),
    ],
)
def test_what_is_no_flextext_gives_one_error_with_its_line(text, message):
    with pytest.raises(FileFormatError, match=message) as raised:
        read(text)
    assert raised.value.line is not None


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "a.flextext"
    path.write_bytes(b"PK\x03\x04\0\0\0\0")
    with pytest.raises(FileFormatError, match="binary"):
        igtkit.read(path)


def test_what_is_no_phrase_can_be_skipped():
    text = document(word("a")).replace("<phrase>", "<sentence>hm</sentence><phrase>")
    corpus = read(text, errors="skip")
    assert [igt.transcription for igt in corpus] == ["a"]
    assert corpus.skipped[0].text == "<sentence>hm</sentence>"


def long_text(count, phrase=None):
    start, end = SAMPLE.index("<paragraph guid"), SAMPLE.index("</paragraphs>")
    return SAMPLE[:start] + (phrase or SAMPLE[start:end]) * count + SAMPLE[end:]


def peak_of_reading(path, count):
    one = (
        "<paragraph><phrases><phrase><words>"
        + word("gel")
        + "</words></phrase></phrases></paragraph>"
    )
    path.write_text(long_text(count, one), encoding="utf-8")
    tracemalloc.start()
    try:
        assert sum(1 for _ in igtkit.stream(path)) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_text_is_read_in_constant_memory(tmp_path):
    path = tmp_path / "long.flextext"
    peak_of_reading(path, 10)  # what is loaded on first use
    assert peak_of_reading(path, 2600) < peak_of_reading(path, 1100) * 1.2


def test_a_long_text_written_as_it_is_read_keeps_what_stands_at_its_end(tmp_path):
    path = tmp_path / "long.flextext"
    path.write_text(long_text(1100), encoding="utf-8")
    report = igtkit.write(igtkit.stream(path), tmp_path / "copy.flextext")
    assert (report.entries, dict(report.lost)) == (1100, {})
    root = ET.parse(tmp_path / "copy.flextext").getroot()
    assert len(root) == 1
    assert len(list(root.iter("phrase"))) == 1100
    assert [m.get("location") for m in root.iter("media")] == ["cat.wav"]
    assert next(one.get("font") for one in root.iter("language")) == "Charis SIL"


def test_a_writing_system_that_comes_late_is_chosen_when_it_comes(tmp_path):
    early = "<phrase><words><word><item type='txt' lang='xx'>ev</item></word></words></phrase>"
    late = early.replace("</words>", "</words><item type='gls' lang='fr'>maison</item>")
    later = early.replace("</item>", "</item><item type='gls' lang='en'>house</item>")
    head, end = "<document><interlinear-text><paragraphs><paragraph><phrases>", "</phrases>"
    end += "</paragraph></paragraphs></interlinear-text></document>"
    texts = read(head + early * 1001 + late + later + late + end)
    assert [igt.translation for igt in texts[999:]] == [None, None, "maison", None, "maison"]
    assert [igt.glosses for igt in texts[1000:]] == [None, None, "house", None]


STRAY = SAMPLE.replace("<words>", "stray1 <odd>stray2</odd> <words>")


def test_text_beside_the_items_of_a_phrase_is_kept():
    (igt,) = read(STRAY)
    assert lines(igt) == ("Kediler , evde .", "kedi-ler evde", "house.cat-PL ???")
    text = write([igt])[0]
    assert "stray1 <odd>stray2</odd><words>" in text
    assert write(read(text))[0] == text


@pytest.mark.parametrize(
    ("before", "stray"),
    [
        ("</phrases>", "<word><item type='txt' lang='tr'>ev</item></word>"),
        ("</paragraph>", "ev"),
        ("<phrases>", "ev"),
        ("</phrase>", "ev"),
        ("<paragraphs>", "ev"),
        ("</paragraphs>", "<paragraph/>ev"),
        ("</paragraphs>", "<odd>ev</odd>"),
        ("</paragraphs>", "</paragraphs>ev<paragraphs>"),
        ("</document>", "ev"),
        ("</document>", "<odd>ev</odd>"),
        ('<interlinear-text guid="11111111-2222-3333-4444-555555555555">', "ev"),
        ("</interlinear-text>", "<paragraph>ev</paragraph>"),
        ("</interlinear-text>", "<phrase><words><word><item>ev</item></word></words></phrase>"),
    ],
)
def test_text_that_is_in_no_phrase_is_refused(before, stray):
    begins = not before.startswith("</") or before in ("</phrase>", "</phrases>")
    text = SAMPLE.replace(before, before + stray if begins else stray + before)
    with pytest.raises(FileFormatError, match="that is in no phrase"):
        read(text)
    kept = read(text, errors="skip")
    assert len(kept) == 1
    assert "ev" in kept.skipped[0].text
    assert len(again(kept)) == 1


@pytest.mark.parametrize("phrase", ["<phrase>", "<phrase\n>"])  # as text, and as an element
def test_a_phrase_that_is_in_no_text_is_refused(phrase):
    text = document(word("ev")).replace("<phrase>", phrase)
    text = re.sub("</?interlinear-text[^>]*>", "", text)
    with pytest.raises(FileFormatError, match="a phrase that is in no text"):
        read(text)
    assert [">ev<" in skipped.text for skipped in read(text, errors="skip").skipped] == [True]


def test_a_text_in_a_text_is_refused_and_its_phrases_are_not_lost():
    whole = "<interlinear-text>" + "".join(
        re.findall("<paragraphs>.*</paragraphs>", SAMPLE, re.DOTALL)
    )
    text = SAMPLE.replace("</interlinear-text>", f"{whole}</interlinear-text></interlinear-text>")
    with pytest.raises(FileFormatError, match="a text in a text"):
        read(text)
    assert len(read(text, errors="skip")) == 2
