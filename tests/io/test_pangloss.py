"""Pangloss XML, on texts of our own in the structure of the collection's DTD."""

from __future__ import annotations

import io

import pytest

from igtkit.alignment import check
from igtkit.errors import FileFormatError
from igtkit.igt import Language
from igtkit.io import inspect, read, stream

TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE TEXT SYSTEM "http://cocoon.huma-num.fr/schemas/Archive.dtd">
<TEXT id="crdo-TUR_EV" xml:lang="tur">
 <HEADER><TITLE xml:lang="en">The house</TITLE><SOUNDFILE href="ev.wav"/></HEADER>
 <S id="s1" who="AB">
  <AUDIO start="0.5" end="2.25"/>
  <FORM kindOf="phono">evlerde kim var?</FORM>
  <FORM kindOf="ortho">Evlerde kim var?</FORM>
  <TRANSL xml:lang="fr">Qui est dans les maisons ?</TRANSL>
  <TRANSL xml:lang="en">Who is in the houses?</TRANSL>
  <NOTE message="elicited" xml:lang="en"/>
  <W id="w1"><FORM kindOf="phono">evlerde</FORM>
   <M><FORM>ev</FORM><TRANSL xml:lang="fr">maison</TRANSL><TRANSL xml:lang="en">house</TRANSL></M>
   <M class="suff"><FORM>-ler</FORM><TRANSL xml:lang="en">PL</TRANSL></M>
   <M><FORM>de</FORM><TRANSL xml:lang="en">-LOC</TRANSL></M></W>
  <W><FORM kindOf="phono">kim</FORM><TRANSL xml:lang="en">who</TRANSL></W>
  <W><FORM kindOf="phono">var</FORM><TRANSL xml:lang="en">there is</TRANSL></W>
  <W><FORM kindOf="phono">?</FORM></W>
 </S>
 <S id="s2"><FORM>Geldi.</FORM></S>
</TEXT>
"""


def parse(text, **options):
    return list(read(io.StringIO(text), "pangloss", **options))


def test_a_text_of_sentences_words_and_morphemes(tmp_path):
    (tmp_path / "a.xml").write_text(TEXT, encoding="utf-8")
    one, other = read(tmp_path / "a.xml")
    assert one.transcription == "evlerde kim var?"
    assert one.segmentation == "ev-ler-de kim var ?"
    assert one.glosses == "house-PL-LOC who there.is ?"
    assert one.translation == "Who is in the houses?"
    assert (one.id, one.source, one.language) == ("s1", "crdo-TUR_EV", Language(iso639_3="tur"))
    assert one.metalanguage.iso639_3 == "eng"
    assert one.metadata == {
        "begin": 0.5,
        "end": 2.25,
        "speaker": "AB",
        "notes": ["elicited"],
        "title": "The house",
        "pangloss": {
            "forms": {"ortho": "Evlerde kim var?"},
            "translations": {"fr": "Qui est dans les maisons ?"},
            "glosses": {"fr": "maison-???-??? ??? ??? ???"},
            "sound": "ev.wav",
        },
    }
    assert not check(one)
    assert (other.transcription, other.segmentation, other.glosses) == ("Geldi.", None, None)
    assert other.metadata == {"title": "The house", "pangloss": {"sound": "ev.wav"}}


def test_another_language_of_analysis():
    one, _ = parse(TEXT, analysis="fr")
    assert one.translation == "Qui est dans les maisons ?"
    assert one.glosses == "maison-???-??? ??? ??? ?"
    assert one.metalanguage.iso639_3 == "fra"


def test_what_was_taken_is_told(tmp_path):
    (tmp_path / "a.xml").write_text(TEXT, encoding="utf-8")
    parts = {(part.kind, part.name): part for part in inspect(tmp_path / "a.xml").parts}
    assert parts["S form", "phono"].line == "transcription"
    assert parts["S form", "ortho"].rule == "form-kept"
    assert parts["M translation", "en"].line == "glosses"
    assert parts["M attribute", "class"].rule == "attribute-left-out"
    assert parts["S translation", "fr"].line is None


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        # words alone
        ("<W><FORM>ev</FORM></W><W><FORM>var</FORM></W>", ("ev var", None, None)),
        # boundaries in the words
        (
            "<W><FORM>ev-de</FORM><TRANSL>house-LOC</TRANSL></W>",
            ("evde", "ev-de", "house.LOC"),
        ),
        # morphemes alone, clitics, a space in a form
        (
            (
                "<W><M><FORM>ev</FORM><TRANSL>house</TRANSL></M>"
                "<M><FORM>=mi dir</FORM><TRANSL>=Q be</TRANSL></M></W>"
            ),
            ("evmi_dir", "ev=mi_dir", "house=Q.be"),
        ),
        # a gloss that is missing
        (
            "<W><M><FORM>ev</FORM></M><M><FORM>de</FORM><TRANSL>LOC</TRANSL></M></W>",
            ("evde", "ev-de", "???-LOC"),
        ),
        # the word glossed, its morphemes not
        (
            (
                "<W><FORM>evde</FORM><TRANSL>at home</TRANSL><M><FORM>ev</FORM></M>"
                "<M><FORM>de</FORM></M></W>"
            ),
            ("evde", "ev-de", "at.home"),
        ),
        # punctuation and an empty word
        ("<W><FORM>ev</FORM></W><W><FORM>.</FORM></W><W/>", ("ev .", None, None)),
    ],
)
def test_words_of_many_kinds(words, lines):
    [igt] = parse(f"<TEXT><S>{words}</S></TEXT>")
    assert (igt.transcription, igt.segmentation, igt.glosses) == lines


def test_a_list_of_words_has_an_entry_for_each():
    text = (
        '<WORDLIST xml:lang="x-sil-BAP"><W id="1"><FORM>ev</FORM><TRANSL xml:lang="en">house'
        '</TRANSL></W><W id="2"><FORM>su</FORM></W></WORDLIST>'
    )
    one, other = parse(text)
    assert (one.id, one.transcription, one.glosses) == ("1", "ev", "house")
    assert (other.id, other.transcription, other.glosses) == ("2", "su", None)


def test_an_archive_of_texts():
    texts = "".join(
        f'<TEXT id="{n}" xml:lang="{code}"><S><FORM>a</FORM></S></TEXT>'
        for n, code in ((1, "tur"), (2, "und"))
    )
    one, other = parse(f"<ARCHIVE><HEADER/>{texts}</ARCHIVE>")
    assert (one.source, one.language.iso639_3) == ("1", "tur")
    assert (other.source, other.language) == ("2", None)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<TEXTS/>", "the root is <TEXTS>", 1),
        ("<TEXT>\n<S id='s7'/></TEXT>", "the sentence 's7' has no form", 2),
        ("<TEXT><S>", "no well-formed XML", 1),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, message, line):
    with pytest.raises(FileFormatError, match=message) as raised:
        parse(text)
    assert raised.value.line == line


def test_a_sentence_without_form_can_be_skipped_and_odd_times_are_kept_as_they_are():
    text = '<TEXT><S/><S><AUDIO start="?" end="-1"/><FORM>a</FORM></S></TEXT>'
    with stream(io.StringIO(text), "pangloss", errors="skip") as reader:
        [igt] = reader
        assert igt.metadata == {"pangloss": {"audio": {"start": "?", "end": "-1"}}}
        assert len(reader.skipped) == 1


def in_text(words, sentence="", **options):
    [igt] = parse(f"<TEXT><S>{sentence}{words}</S></TEXT>", **options)
    return igt


def test_what_words_say_in_other_kinds_and_languages_is_kept():
    word = (
        '<W><FORM kindOf="phono">evde</FORM><FORM kindOf="ortho">Evde</FORM>'
        '<TRANSL xml:lang="en">at home</TRANSL>'
        '<M><FORM kindOf="phono">ev</FORM><FORM kindOf="ortho">Ev</FORM>'
        '<TRANSL xml:lang="en">house</TRANSL><TRANSL xml:lang="fr">maison</TRANSL></M>'
        '<M><FORM kindOf="phono">de</FORM><TRANSL xml:lang="en">LOC</TRANSL></M></W>'
    )
    igt = in_text(word)
    assert (igt.segmentation, igt.glosses) == ("ev-de", "house-LOC")
    assert igt.metadata["pangloss"] == {
        "words": {"ortho": "Evde"},
        "morphemes": {"ortho": "Ev-de"},
        "word_glosses": {"en": "at.home"},
        "glosses": {"fr": "maison-???"},
    }


def test_text_in_no_place_for_it_is_kept():
    igt = in_text(
        "<W>a<FORM>ev</FORM><FORM>eve</FORM>b<M><FORM>ev</FORM>c</M></W>"
        "<SONG>d<X>e</X></SONG><W><FORM>ev</FORM></W>",
        "f<FORM>ev ev</FORM><TRANSL>x</TRANSL><TRANSL>y</TRANSL><TRANSL>x</TRANSL>",
    )
    assert igt.metadata["pangloss"] == {"rest": ["f de", "y", "a b", "eve", "c"]}
    assert in_text("<W><FORM>ev</FORM><NOTE message='a'>b</NOTE></W>").metadata["notes"] == [
        "a",
        "b",
    ]


def test_titles_in_several_languages_are_kept():
    header = "<HEADER><TITLE>The house</TITLE><TITLE>La maison</TITLE></HEADER>"
    [igt] = parse(f"<TEXT>{header}<S><FORM>ev</FORM></S></TEXT>")
    assert igt.metadata == {"title": "The house", "pangloss": {"titles": ["La maison"]}}


@pytest.mark.parametrize(
    "inside",
    [
        "ev",
        "<W><FORM>ev</FORM></W>",
        "<SONG>ev</SONG>",
        "<HEADER>ev</HEADER>",
        "<S><FORM>a</FORM></S>ev",
    ],
)
def test_text_that_is_in_no_sentence_is_reported(inside):
    for text in (f"<TEXT>{inside}</TEXT>", f"<ARCHIVE><TEXT/>{inside}</ARCHIVE>"):
        with stream(io.StringIO(text), "pangloss", errors="skip") as reader:
            assert len([*reader]) == inside.count("<S>")
            assert [skipped.text for skipped in reader.skipped] == ["ev"]


def test_the_translation_of_a_whole_text_is_told(caplog):
    text = "<TEXT><TRANSL>a</TRANSL><TRANSL>b</TRANSL><S><FORM>ev</FORM></S></TEXT>"
    with stream(io.StringIO(text), "pangloss") as reader:
        assert len([*reader]) == 1
    [told] = [part for part in reader.parts if part.rule == "of-whole-text"]
    assert (told.kind, told.name, told.count) == ("TEXT part", "TRANSL", 2)
    assert "<TRANSL> of the whole text is left out" in caplog.text


def test_words_of_far_too_many_kinds_are_refused_and_of_some_read():
    for kinds in (5, 100):
        words = "".join(f'<W><FORM kindOf="{n}">ev{n}</FORM></W>' for n in range(kinds))
        text = io.StringIO(f"<TEXT><S>{words}</S><S><FORM>de</FORM></S></TEXT>")
        with stream(text, "pangloss", errors="skip") as reader:
            assert [igt.transcription for igt in reader][-1] == "de"
        assert len(reader.skipped) == (kinds > 5)
        assert all("far too many kinds" in skipped.message for skipped in reader.skipped)
