"""FLExText: what is read from it, what is written again, and that nothing goes missing unsaid."""

from __future__ import annotations

import io
import json
import logging
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit import IGT, Language, Prediction
from igtkit.boundaries import LEIPZIG, UNKNOWN
from igtkit.errors import FileFormatError, InputError
from igtkit.io import leave_open
from igtkit.io._morphs import GUIDS
from igtkit.models.partial import known_words

REAL = (
    "cldflex_apalai.flextext",
    "flextext2dlx_test.xml",
    "interlinear_r_tuwari.xml",
    "lingview_103.xml",
    "sil_Freeform.flextext",
    "sil_FullyAnalyzed.flextext",
    "sil_Glossed.flextext",
    "sil_Unglossed.flextext",
)
SAMPLE = """<?xml version="1.0" encoding="utf-8"?>
<document version="2">
  <interlinear-text guid="11111111-2222-3333-4444-555555555555">
    <item type="title" lang="en">The cat</item>
    <item type="title" lang="tr">Kedi</item>
    <item type="source" lang="en">told by A. B.</item>
    <paragraphs>
      <paragraph guid="p1">
        <phrases>
          <phrase guid="11111111-2222-3333-4444-000000000001" begin-time-offset="250"
                  end-time-offset="1900" speaker="A. B." media-file="m1">
            <item type="segnum" lang="en">1</item>
            <words>
              <word guid="w1">
                <item type="txt" lang="tr">Kediler</item>
                <item type="txt" lang="tr-x-ipa">cediler</item>
                <morphemes>
                  <morph type="stem" guid="d7f713e8-e8cf-11d3-9764-00c04f186933">
                    <item type="txt" lang="tr">kedi</item>
                    <item type="txt" lang="tr-x-ipa">cedi</item>
                    <item type="cf" lang="tr">kedi</item>
                    <item type="gls" lang="en">house cat</item>
                    <item type="gls" lang="es">gato</item>
                    <item type="msa" lang="en">n</item>
                  </morph>
                  <morph type="suffix" guid="d7f713dd-e8cf-11d3-9764-00c04f186933">
                    <item type="txt" lang="tr">-ler</item>
                    <item type="txt" lang="tr-x-ipa">-ler</item>
                    <item type="gls" lang="en">-PL</item>
                    <item type="gls" lang="es">PL</item>
                  </morph>
                </morphemes>
                <item type="gls" lang="en">cats</item>
              </word>
              <word><item type="punct" lang="tr">,</item></word>
              <word><item type="txt" lang="tr">evde</item></word>
              <word><item type="punct" lang="tr">.</item></word>
            </words>
            <item type="gls" lang="en">Cats, at home.</item>
            <item type="gls" lang="es">Gatos, en casa.</item>
            <item type="lit" lang="en">cats house-at</item>
            <item type="note" lang="en">Heard twice.</item>
            <item type="note" lang="en">Check the vowel.</item>
          </phrase>
        </phrases>
      </paragraph>
    </paragraphs>
    <languages>
      <language lang="tr" font="Charis SIL" vernacular="true"/>
      <language lang="tr-x-ipa" font="Charis SIL" vernacular="true"/>
      <language lang="en" font="Times New Roman"/>
      <language lang="es" font="Times New Roman"/>
    </languages>
    <media-files offset-type="milliseconds"><media guid="m1" location="cat.wav"/></media-files>
  </interlinear-text>
</document>
"""


def read(text, **options):
    return igtkit.read(io.StringIO(text), "flextext", **options)


def write(items, **options):
    stream = io.StringIO()
    report = igtkit.write(items, stream, "flextext", **options)
    return stream.getvalue(), report


def again(items, **options):
    return read(write(items, **options)[0])


def item(kind, text, lang="xx"):
    return f'<item type="{kind}" lang="{lang}">{text}</item>'


def morph(form=None, gloss=None, kind=None, guid=None):
    attributes = "".join(
        f' {name}="{value}"' for name, value in (("type", kind), ("guid", guid)) if value
    )
    texts = (item("txt", form) if form else "") + (item("gls", gloss, "en") if gloss else "")
    return f"<morph{attributes}>{texts}</morph>"


def word(surface, *morphs, gloss=None):
    inner = f"<morphemes>{''.join(morphs)}</morphemes>" if morphs else ""
    return (
        "<word>"
        + item("txt", surface)
        + inner
        + (item("gls", gloss, "en") if gloss else "")
        + "</word>"
    )


def document(*words, phrase="phrase", more=""):
    return (
        "<document><interlinear-text><paragraphs><paragraph><phrases>"
        f"<{phrase}><words>{''.join(words)}</words>{more}</{phrase}>"
        "</phrases></paragraph></paragraphs></interlinear-text></document>"
    )


def lines(igt):
    return igt.transcription, igt.segmentation, igt.glosses


# --- reading -----------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("morphs", "segmentation", "glosses"),
    [
        ([("un", "NEG", "prefix"), ("do", "do", "stem")], "un-do", "NEG-do"),
        ([("un-", "NEG-", "prefix"), ("do", "do", "stem")], "un-do", "NEG-do"),
        ([("do", "do", "root"), ("s", "3", "suffix")], "do-s", "do-3"),
        ([("do", "do", "root"), ("=s", "=3", "enclitic")], "do=s", "do=3"),
        ([("l=", "DEF=", "proclitic"), ("o", "eye", "root")], "l=o", "DEF=eye"),
        (
            [("l", "DEF", "proclitic"), ("a", "X", "prefix"), ("o", "eye", "root")],
            "l=a-o",
            "DEF=X-eye",
        ),
        ([("tsu", "3", "clitic"), ("o", "eye", "root")], "tsu=o", "3=eye"),
        ([("*mi", "how", "bound stem"), ("=pa", "SS", "enclitic")], "mi=pa", "how=SS"),
        ([("house", "house", "stem"), ("cat", "cat", "stem")], "house-cat", "house-cat"),
        (
            [("a", "x", "stem"), ("o", "LNK", "suffixing interfix"), ("b", "y", "stem")],
            "a-o-b",
            "x-LNK-y",
        ),
        ([("do", "do", None), ("=s", "3", None)], "do=s", "do=3"),
        ([("a-", "x", None), ("do", "do", None)], "a-do", "x-do"),
        ([("do", "do", None), ("s", "3", None)], "do-s", "do-3"),
        ([("bi~", "IPFV", "prefix"), ("bili", "buy", "stem")], "bi~bili", "IPFV~buy"),
    ],
)
def test_the_boundary_is_that_of_the_type_and_else_of_the_marks(morphs, segmentation, glosses):
    (igt,) = read(document(word("x", *[morph(f, g, k) for f, g, k in morphs])))
    assert lines(igt)[1:] == (segmentation, glosses)


def test_a_type_in_another_language_is_known_by_its_identifier():
    guid = "d7f713e1-e8cf-11d3-9764-00c04f186933"
    (igt,) = read(document(word("x", morph("a", "b", "tema"), morph("s", "3", "enclítico", guid))))
    assert igt.segmentation == "a=s"


@pytest.mark.parametrize(
    ("surface", "morphs", "segmentation", "glosses"),
    [
        ("bumili", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("Bumili", ["-um-", "bili"], "b<um>ili", "buy<ACT>"),
        ("nagbumili", ["nag-", "bili", "-um-"], "nag-b<um>ili", "X-buy<ACT>"),
        ("bumíli", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("???", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("um", ["-um-"], "um", "ACT"),
    ],
)
def test_an_infix_stands_where_the_word_has_it(surface, morphs, segmentation, glosses):
    known = {"bili": ("buy", "stem"), "-um-": ("ACT", "infix"), "nag-": ("X", "prefix")}
    (igt,) = read(document(word(surface, *[morph(form, *known[form]) for form in morphs])))
    assert lines(igt)[1:] == (segmentation, glosses)
    assert igtkit.check(igt) == ()


def test_two_infixes_of_one_stem_stand_each_in_its_place():
    parts = [
        morph("sulat", "write", "stem"),
        morph("um", "ACT", "infix"),
        morph("in", "X", "infix"),
    ]
    (igt,) = read(document(word("suminulat", *parts)))
    assert igt.segmentation in ("s<um><in>ulat", "s<um>in<in>ulat")
    assert "".join(c for c in igt.segmentation if c not in "<>") == "suminulat"


def test_what_is_not_analyzed_comes_out_aligned():
    words = [
        word("ab", morph("a", "x"), morph("-b")),
        word("cd"),
        word("ef", gloss="two words"),
        word("gh", morph(None, "z")),
        word("ij", morph("i"), morph("-j"), gloss="whole"),
        word("kl", morph("k"), morph("-l"), gloss="p-q"),
        word("mn", morph("mn"), gloss="a-b"),
        word("op", morph("***", "***")),
    ]
    (igt,) = read(document(*words))
    assert igt.segmentation == "a-b cd ef ??? i-j k-l mn ???"
    assert igt.glosses == "x-??? ??? two.words z ???-??? p-q a.b ???"
    assert len(igt.words) == len(words)
    assert igtkit.check(igt) == ()


def test_word_glosses_alone_make_no_segmentation():
    (igt,) = read(document(word("ab", gloss="x-y z"), word("cd")))
    assert lines(igt) == ("ab cd", None, "x-y.z ???")


def test_what_would_read_as_a_boundary_or_a_space_is_written_otherwise_in_the_lines():
    (igt,) = read(document(word("ad hoc-a", morph("ad hoc-a=b", "for this-one"))))
    assert lines(igt) == ("ad hoc-a", "ad_hoc\u2010a\ua78ab", "for.this.one")
    assert len(igt.words[0].morphemes) == 1


def test_punctuation_is_no_word_however_it_is_typed():
    punctuation = '<word><item type="punct" lang="xx">...</item></word>'
    words = [word("("), word("a", morph("a", "?")), word(")"), punctuation]
    (igt,) = read(document(*words))
    assert lines(igt) == ("( a ) ...", "a", "???")
    igt.align()


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


def test_a_morph_without_its_form_has_that_of_its_entry():
    part = f"<morph>{item('cf', '-im')}{item('gls', '1SG', 'en')}</morph>"
    (igt,) = read(document(word("gelim", morph("gel", "come"), part)))
    assert lines(igt) == ("gelim", "gel-im", "come-1SG")


def test_what_flex_adds_to_the_gloss_of_an_irregular_form_belongs_to_it():
    added = morph("came", "come", "stem").replace(
        "</morph>", item("glsAppend", ".PST", "en") + "</morph>"
    )
    (igt,) = read(document(word("came", added)))
    assert igt.glosses == "come.PST"
    assert write([igt])[0].count("glsAppend") == 1
    changed, report = write([igt.replace(glosses="arrive")])
    assert not report.lost
    assert read(changed)[0].glosses == "arrive"


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


# --- real files ----------------------------------------------------------------------------------


@pytest.fixture(params=REAL)
def real(request, shared):
    return shared / "data" / "interchange" / "flextext" / request.param


def elements(path):
    """Every phrase, counted without the reader: what is in a <phrases>."""
    return [p for phrases in ET.parse(path).iter("phrases") for p in phrases]


def texts(element, kind):
    return [i for i in element.findall("item") if i.get("type") == kind and (i.text or "").strip()]


def test_counts_of_real_files_are_those_of_their_elements(real):
    corpus, phrases = igtkit.read(real), elements(real)
    assert len(corpus) == len(phrases) > 0
    for igt, phrase in zip(corpus, phrases, strict=True):
        words = phrase.findall("words/word")
        morphs = [w.findall("morphemes/morph") for w in words]
        with_text = [(w, m) for w, m in zip(words, morphs, strict=True) if texts(w, "txt")]
        analyzed = [w for w in igt.words if not w.is_punctuation]
        assert len(analyzed) == len(with_text)
        if not texts(phrase, "txt"):
            marks = sum(bool(texts(w, "punct")) for w in words)
            assert sum(w.is_punctuation for w in igt.words) == marks
        if igt.segmentation is not None:
            expected = [max(1, len(m)) for _, m in with_text]
            assert [len(w.morphemes) for w in analyzed] == expected
            glosses = [
                m.gloss for w in analyzed for m in w.morphemes if m.gloss not in (None, UNKNOWN)
            ]
            from_morphs = [m for _, ms in with_text for m in ms if texts(m, "gls")]
            from_words = [
                w for w, m in with_text if len(m) < 2 and not any(texts(x, "gls") for x in m)
            ]
            assert len(glosses) == len(from_morphs) + sum(bool(texts(w, "gls")) for w in from_words)
        else:
            assert not any(morphs)
        assert igtkit.check(igt) == ()


def test_real_files_come_back_with_every_field(real, tmp_path):
    corpus = igtkit.read(real)
    report = igtkit.write(corpus, tmp_path / "b.flextext")
    back = igtkit.read(tmp_path / "b.flextext")
    assert not report.lost
    assert back == corpus
    assert [igt.metadata for igt in back] == [igt.metadata for igt in corpus]


def test_real_files_come_back_without_what_was_kept_of_them(real, tmp_path):
    corpus = [igt.replace(metadata={}) for igt in igtkit.read(real)]
    report = igtkit.write(corpus, tmp_path / "b.flextext")
    assert not report.lost
    assert list(igtkit.read(tmp_path / "b.flextext")) == corpus


def test_every_item_of_a_real_file_is_in_the_file_written_from_it(real, tmp_path):
    igtkit.write(igtkit.read(real), tmp_path / "b.flextext")

    def items(path):
        found = [
            (i.get("type"), i.get("lang"), (i.text or ""), *sorted(i.attrib.items()))
            for i in ET.parse(path).iter("item")
        ]
        return sorted(found)

    def attributes(path, *tags):
        root = ET.parse(path)
        return sorted(v for tag in tags for e in root.iter(tag) for v in e.attrib.values())

    assert items(tmp_path / "b.flextext") == items(real)
    for tag in ("interlinear-text", "paragraph", "morph", "language"):
        assert attributes(tmp_path / "b.flextext", tag) == attributes(real, tag)
    both = ("phrase", "word")  # a phrase is a word in older files
    assert attributes(tmp_path / "b.flextext", *both) == attributes(real, *both)


def test_what_is_written_is_valid_by_the_schema_of_flex(real, shared, tmp_path):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = shared / "data" / "interchange" / "flextext" / "sil_flextext.xsd"
    validator = etree.XMLSchema(etree.parse(schema))
    corpus = list(igtkit.read(real))
    bare = [igt.replace(metadata={}) for igt in corpus]
    mark = {"system": "a model", "score": -1.5, "confirmed": False}
    guessed = [igt.replace(metadata={**igt.metadata, "prediction": mark}) for igt in corpus]
    for items in (corpus, bare, guessed):
        igtkit.write(items, tmp_path / "b.flextext")
        validator.assertValid(etree.parse(tmp_path / "b.flextext"))


# --- writing -------------------------------------------------------------------------------------


def test_what_was_changed_is_written_and_nothing_else():
    (igt,) = read(SAMPLE)
    changed = igt.replace(
        glosses="kitty-PL at.home",
        translation="Cats at home!",
        id="12",
        metadata={**igt.metadata, "notes": ["One note."], "begin": 0.5, "speaker": "C. D."},
    )
    text, report = write([changed])
    assert not report.lost
    (back,) = read(text)
    assert back == changed
    assert back.metadata["notes"] == ["One note."]
    assert (back.metadata["begin"], back.metadata["end"]) == (0.5, 1.9)
    assert back.metadata["speaker"] == "C. D."
    assert item("gls", "gato", "es") in text  # the gloss in the other language
    assert item("cf", "kedi", "tr") in text
    assert item("lit", "cats house-at", "en") in text
    assert 'guid="w1"' in text


def test_a_word_that_is_segmented_otherwise_is_analyzed_anew():
    (igt,) = read(SAMPLE)
    changed = igt.replace(segmentation="ked-iler ev=de", glosses="cat-PL house=at")
    text, report = write([changed])
    assert not report.lost
    assert lines(read(text)[0]) == lines(changed)
    assert item("gls", "gato", "es") not in text
    assert item("txt", "cediler", "tr-x-ipa") in text  # the word is still that word
    types = [m.get("type") for m in ET.fromstring(text).iter("morph")]
    assert types == ["stem", "suffix", "stem", "enclitic"]


def test_a_word_analyzed_anew_keeps_its_category():
    known = word("ab", gloss="x").replace(
        "</word>", item("pos", "a b", "en") + item("pos", "c", "es") + "</word>"
    )
    (igt,) = read(document(known, word("cd", gloss="y")))
    assert igt.pos == "a.b ???"
    text, report = write([igt.replace(segmentation="a-b cd", glosses="p-q y")])
    assert not report.lost
    assert item("pos", "a b", "en") in text
    assert item("pos", "c", "es") in text


def test_words_that_were_put_in_leave_the_others_as_they_were():
    (igt,) = read(SAMPLE)
    changed = igt.replace(
        transcription="Dün kediler , evde .",
        segmentation="dün kedi-ler evde",
        pos="adv n-??? ???",
        glosses="then house.cat-PL ???",
    )
    text, report = write([changed])
    assert not report.lost
    assert lines(read(text)[0]) == lines(changed)
    assert item("txt", "Dün", "tr") in text


def test_lines_that_were_taken_out_are_out():
    (igt,) = read(SAMPLE)
    bare = igt.replace(
        segmentation=None,
        glosses=None,
        translation=None,
        id=None,
        metadata={"flextext": igt.metadata["flextext"], "title": igt.metadata["title"]},
    )
    text, report = write([bare])
    (back,) = read(text)
    assert (back.segmentation, back.glosses, back.id) == (None, None, None)
    assert back.translation == "Gatos, en casa."  # the one in Spanish is still there
    assert not report.lost
    assert not {"begin", "end", "speaker", "notes"} & set(back.metadata)


def test_types_and_marks_are_those_of_flex():
    igt = IGT("x", "un-b<um>ili-s=la", "NEG-buy<ACT>-PL=DEF")
    morphs = [
        (m.get("type"), m.find("item").text) for m in ET.fromstring(write([igt])[0]).iter("morph")
    ]
    assert morphs == [
        ("prefix", "un-"), ("stem", "bili"), ("infix", "-um-"), ("suffix", "-s"), ("enclitic", "=la")
    ]  # fmt: skip


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


def test_the_sample_comes_back_but_for_its_splits():
    sample = [igt.replace(split=None) for igt in igtkit.load_sample()[:50]]
    text, report = write(sample)
    assert not report.lost
    assert list(read(text)) == sample


def test_entries_of_a_text_stand_in_one_text():
    items = [
        IGT("a", source="one"),
        IGT("b", source="one"),
        IGT("c", source="two", metadata={"title": "two"}),
    ]
    text, report = write(items)
    root = ET.fromstring(text)
    assert [len(list(t.iter("phrase"))) for t in root] == [2, 1]
    assert not report.lost
    assert list(read(text)) == items


def test_a_text_that_comes_again_later_is_reported():
    items = [IGT("a", source="one"), IGT("b", source="two"), IGT("c", source="one")]
    text, report = write(items)
    assert dict(report.lost) == {"texts in one piece": 1}
    assert list(read(text)) == items


def test_texts_alike_in_everything_stay_apart():
    twice = SAMPLE.replace("</document>", SAMPLE[SAMPLE.index("<interlinear-text") :])
    corpus = read(twice)
    text, report = write(corpus)
    assert len(ET.fromstring(text)) == 2
    assert not report.lost
    assert [igt.metadata for igt in read(text)] == [igt.metadata for igt in corpus]


def test_a_title_that_was_changed_is_written():
    (igt,) = read(SAMPLE)
    renamed = igt.replace(source="The dog", metadata={**igt.metadata, "title": "The dog"})
    text, report = write([renamed])
    assert not report.lost
    assert item("title", "The cat", "en") in text
    (back,) = read(text)
    assert (back.source, back.metadata["title"]) == ("The dog", "The dog")
    _, report = write([igt.replace(source="a corpus")])
    assert dict(report.lost) == {"source": 1}


def test_what_flextext_cannot_hold_is_reported():
    items = [
        IGT("a", language=Language(name="Tsezian"), split="train"),
        IGT("a b", "a", "x y z"),
        IGT("a", "a-b", "x"),
        IGT("a", metadata={"mood": "good", "begin": 0.12345, "notes": [3]}),
        IGT("a\x01"),
    ]
    _, report = write(items)
    assert dict(report.lost) == {
        "control characters": 1, "glosses": 1, "language": 1, "metadata: begin": 1,
        "metadata: mood": 1, "metadata: notes": 1, "segmentation": 1, "split": 1, "transcription": 1,
    }  # fmt: skip


def test_a_phrase_that_is_no_xml_any_more_is_an_error():
    (igt,) = read(SAMPLE)
    kept = dict(igt.metadata["flextext"])
    broken = igt.replace(metadata={"flextext": {**kept, "phrase": "<phrase>"}})
    with pytest.raises(InputError, match="holds a <phrase> that is"):
        write([broken])
    with pytest.raises(InputError, match="holds <a> where <phrase>"):
        write([igt.replace(metadata={"flextext": {**kept, "phrase": "<a/>"}})])
    _, report = write([igt.replace(metadata={"flextext": "?"})])
    assert report.lost["metadata: flextext"] == 1


def test_what_passes_through_jsonl_is_still_whole(tmp_path):
    corpus = read(SAMPLE)
    igtkit.write(corpus, tmp_path / "a.jsonl")
    text, report = write(igtkit.read(tmp_path / "a.jsonl"))
    assert not report.lost
    assert text == write(corpus)[0]


def test_an_empty_corpus_gives_an_empty_document():
    assert list(read(write([])[0])) == []


# --- suggestions ---------------------------------------------------------------------------------


def test_a_suggestion_is_marked_and_comes_back():
    (igt,) = read(SAMPLE)
    mark = {
        "system": "crf",
        "score": -0.5,
        "confirmed": False,
        "probabilities": [0.9, None, 0.4, None],
    }
    suggested = igt.replace(
        segmentation="kedi-ler ev-de",
        glosses="house.cat-PL house-LOC",
        metadata={**igt.metadata, "prediction": mark},
    )
    text, report = write([suggested])
    assert not report.lost
    words = ET.fromstring(text).findall(".//words/word")
    status = [
        m.get("analysisStatus") if (m := w.find("morphemes")) is not None else None for w in words
    ]
    assert status == [None, None, "guessByStatisticalAnalysis", None]  # a person did the first
    assert read(text)[0].metadata["prediction"] == mark


def test_a_suggestion_that_changes_nothing_makes_no_guess_of_what_a_person_did():
    (igt,) = read(document(word("a", morph("a", "x")), word("b")))
    unchanged = Prediction(igt.segmentation, igt.glosses, system="crf").to_igt(igt)
    text, report = write([unchanged])
    assert not report.lost
    assert "analysisStatus" not in text
    assert read(text)[0].metadata["prediction"] == unchanged.metadata["prediction"]


def test_morphs_for_a_word_leave_its_glosses_in_other_languages():
    spanish = item("gls", "gatos", "es") + "</word>"
    (igt,) = read(document(word("cats", gloss="cats").replace("</word>", spanish)), analysis="en")
    text, _ = write([igt.replace(segmentation="cat-s", glosses="cat-PL")])
    glosses = [(one.get("lang"), one.text) for one in ET.fromstring(text).iterfind(".//word/item")]
    assert glosses == [("xx", "cats"), ("es", "gatos")]
    text, _ = write([igt.replace(segmentation="cats")])
    glosses = [(one.get("lang"), one.text) for one in ET.fromstring(text).iterfind(".//word/item")]
    assert glosses == [("xx", "cats"), ("en", "cats"), ("es", "gatos")]


def test_words_that_nobody_has_analyzed_are_left_open():
    (igt,) = read(
        document(
            word("cats", morph("cat", "cat"), morph("-s", "PL", "suffix")),
            word("run"),
            f"<word>{item('punct', ',')}</word>",
            word("fast", morph("fast")),
            word("now", gloss="NOW"),
        )
    )
    assert lines(igt) == ("cats run , fast now", "cat-s run fast now", "cat-PL ??? ??? NOW")
    opened = leave_open(igt)
    assert lines(opened) == ("cats run , fast now", "cat-s ??? fast ???", "cat-PL ??? ??? NOW")
    assert known_words(opened) == [
        ("cat-s", "cat-PL"),
        (None, None),
        ("fast", None),
        (None, "NOW"),
    ]
    mended = igt.replace(segmentation="cat-s ru-n fast now")
    assert leave_open(mended).segmentation == "cat-s ru-n fast ???"


def test_a_phrase_without_analysis_is_left_open_word_by_word():
    text = document(
        word("a b"), word("c"), f"<word>{item('punct', '.')}</word>", more=item("txt", "a b c.")
    )
    (igt,) = read(text)
    assert lines(igt) == ("a b c.", None, None)
    assert lines(leave_open(igt)) == ("a_b c .", "??? ???", "??? ???")
    (empty,) = read(document())
    assert leave_open(empty) == empty
    assert leave_open(IGT("a", metadata={"flextext": 7})) == IGT("a")


@pytest.mark.parametrize(
    "mark",
    [
        {"confirmed": False},
        {"system": None, "score": None, "confirmed": False},
        {},
        {"system": "crf"},
    ],
)
def test_any_mark_comes_back(mark):
    igt = IGT("a", "a", "x", metadata={"prediction": mark})
    text, report = write([igt])
    assert not report.lost
    assert read(text)[0].metadata["prediction"] == mark
    assert "guessByStatisticalAnalysis" in text


def test_items_without_a_language_are_read_and_changed():
    (igt,) = read(
        document(word("a", morph("a", "x"))).replace(' lang="en"', "").replace(' lang="xx"', "")
    )
    assert lines(igt) == ("a", "a", "x")
    text, report = write([igt.replace(glosses="y")])
    assert not report.lost
    assert lines(read(text)[0]) == ("a", "a", "y")
    assert {item.get("lang") for item in ET.fromstring(text).iter("item")} == {"und"}


def test_forms_without_a_language_get_that_of_the_others():
    text = document(word("a", morph("a", "x")), word("b", morph("b", "y")))
    text = text.replace('<item type="txt" lang="xx">b<', '<item type="txt">b<')
    assert '<item type="txt">b<' in text
    (igt,) = read(text)
    written, _ = write([igt])
    assert read(written)[0] == igt
    forms = [one for one in ET.fromstring(written).iter("item") if one.get("type") == "txt"]
    assert {item.get("lang") for item in forms} == {"xx"}


def test_an_unanalyzed_phrase_takes_a_prediction(shared, tmp_path):
    (igt,) = igtkit.read(shared / "data" / "interchange" / "flextext" / "sil_Unglossed.flextext")
    prediction = Prediction("lorem ips-um .", "pain self-ACC .", score=-0.25, system="crf")
    suggested = prediction.to_igt(igt)
    report = igtkit.write([suggested], tmp_path / "a.flextext")
    assert not report.lost
    (back,) = igtkit.read(tmp_path / "a.flextext")
    assert back == suggested.replace(metalanguage=back.metalanguage)
    assert back.metadata["prediction"] == suggested.metadata["prediction"]
    root = ET.parse(tmp_path / "a.flextext")
    assert len(root.findall(".//morphemes[@analysisStatus='guessByStatisticalAnalysis']")) == 3
    assert {i.get("lang") for i in root.iter("item") if i.get("type") == "gls"} == {"en"}


def test_confirming_a_suggestion_approves_it():
    igt = IGT("a b", "a b", "x y", metadata={"prediction": {"system": "crf", "confirmed": False}})
    (back,) = again([igt])
    mark = {**back.metadata["prediction"], "confirmed": True}
    text, _ = write([back.replace(metadata={**back.metadata, "prediction": mark})])
    statuses = {e.get("analysisStatus") for e in ET.fromstring(text).iter("morphemes")}
    assert statuses == {"humanApproved"}
    assert read(text)[0].metadata["prediction"] == mark


def test_taking_the_mark_away_takes_the_statuses_away():
    igt = IGT("a", "a", "x", metadata={"prediction": {"system": "crf", "confirmed": False}})
    (back,) = again([igt])
    metadata = {name: value for name, value in back.metadata.items() if name != "prediction"}
    text, _ = write([back.replace(metadata=metadata)])
    assert "analysisStatus" not in text
    assert "prediction" not in read(text)[0].metadata


@pytest.mark.parametrize("status", ["guess", "guessByHumanApproved", "guessByStatisticalAnalysis"])
@pytest.mark.parametrize("where", ["<morphemes", '<item type="gls" lang="en"'])
def test_a_guess_of_flex_is_a_suggestion(status, where):
    text = document(word("a", morph("a", "x"), gloss="x"))
    (igt,) = read(text.replace(where, f'{where} analysisStatus="{status}"', 1))
    assert igt.metadata["prediction"] == {"system": None, "score": None, "confirmed": False}
    assert f'analysisStatus="{status}"' in write([igt])[0]


def test_what_a_person_approved_is_none():
    text = document(word("a", morph("a", "x")))
    (igt,) = read(text.replace("<morphemes", '<morphemes analysisStatus="humanApproved"'))
    assert "prediction" not in igt.metadata


# --- files that are not well -----------------------------------------------------------------------

BOMB = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + document(word("&b;"))
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + document(word("&a;"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "defines an entity"),
        (OUTSIDE, "defines an entity"),
        (SAMPLE[:1500], "no well-formed XML"),
        ("", "no well-formed XML"),
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


# --- large files -----------------------------------------------------------------------------------


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


# --- anything at all -------------------------------------------------------------------------------

LETTERS = st.text("abçğıİ'ŋ1", min_size=1, max_size=4)
LABELS = st.sampled_from(["PL", "1SG", "PST.PFV", "3", "cat", "to.go", "NEG"])


@st.composite
def aligned(draw):
    """An entry whose lines pair up, with affixes, clitics and punctuation."""
    forms, glosses, surfaces = [], [], []
    for _ in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 3))
        marks = ["", *[draw(st.sampled_from("-=~")) for _ in range(count - 1)]]
        parts = [draw(LETTERS.filter(lambda text: text.strip("'"))) for _ in range(count)]
        forms.append("".join(map(str.__add__, marks, parts)))
        glosses.append("".join(mark + draw(LABELS) for mark in marks))
        surfaces.append("".join(parts))
        if draw(st.booleans()):
            surfaces.append(draw(st.sampled_from([",", "?", "..."])))
            if draw(st.booleans()):
                forms.append(surfaces[-1])
                glosses.append(surfaces[-1])
    return IGT(
        " ".join(surfaces),
        " ".join(forms),
        " ".join(glosses) if draw(st.booleans()) else None,
        draw(st.none() | st.text("abc .,<&\"'é", min_size=1).filter(str.strip)),
        source=draw(st.none() | st.sampled_from(["one", "two"])),
        metadata={"notes": ["a & b"]} if draw(st.booleans()) else {},
    )


@settings(deadline=None, max_examples=30)
@given(st.lists(aligned(), min_size=1, max_size=4))
def test_any_aligned_entries_are_valid_by_the_schema_of_flex(shared, items):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = shared / "data" / "interchange" / "flextext" / "sil_flextext.xsd"
    validator = etree.XMLSchema(etree.parse(schema))
    validator.assertValid(etree.ElementTree(etree.fromstring(write(items)[0])))


@settings(deadline=None)
@given(st.lists(aligned(), max_size=4))
def test_any_aligned_entries_come_back(items):
    text, report = write(items)
    assert set(report.lost) <= {"texts in one piece"}
    back = read(text)
    assert list(back) == items
    assert [igt.metadata.get("notes") for igt in back] == [i.metadata.get("notes") for i in items]
    again_text, again_report = write(back)
    assert not again_report.lost
    assert list(read(again_text)) == items


PIECES = [
    "a",
    "cat",
    "PL",
    "???",
    ".",
    "-",
    "=",
    "~",
    "<um>",
    "***",
    ",",
    "'",
    "İ",
    "x_y",
    "«",
    "*b",
]
TOKENS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
LINES = st.none() | st.lists(TOKENS, min_size=1, max_size=4).map(" ".join)


@settings(deadline=None)
@given(LINES, LINES, LINES, LINES, LINES)
def test_what_does_not_come_back_is_reported_and_what_does_is_aligned(
    text, forms, glosses, free, pos
):
    igt = IGT(text, forms, glosses, free, pos=pos)
    written, report = write([igt])
    (back,) = read(written)
    for name in ("transcription", "segmentation", "glosses", "translation", "pos"):
        given_, found = getattr(igt, name), getattr(back, name)
        assert given_ is None or given_ == found or name in report.lost
    assert back.words is not None  # raises where the lines do not pair up
    assert back.align(LEIPZIG, strict=False) is not None


ODD = st.sampled_from(
    [
        "a",
        "-a",
        "a-",
        "=b",
        "-um-",
        "*mi",
        "***",
        "",
        " ",
        "x y",
        "x-y",
        "x=y",
        ".",
        "-",
        "~a",
        "3>1",
    ]
)


def odd_items(*kinds):
    """Some items, with texts that make trouble."""
    pairs = st.tuples(st.sampled_from(kinds), ODD)
    return st.lists(pairs, max_size=3).map(lambda found: "".join(map(odd_item, found)))


def odd_item(pair):
    kind, text = pair
    lang = "xx" if kind in ("txt", "cf", "punct") else "en"
    return item(kind, text.replace(">", "&gt;"), lang)


ODD_MORPHS = st.builds(
    "<morph{}>{}</morph>".format,
    st.sampled_from(["", ' type="?"', *[f' type="{kind}"' for kind in GUIDS]]),
    odd_items("txt", "gls", "gls", "msa", "cf", "glsAppend"),
)
ODD_WORDS = st.builds(
    "<word>{}{}{}</word>".format,
    odd_items("txt", "punct"),
    st.just("")
    | st.lists(ODD_MORPHS, max_size=4).map(lambda m: f"<morphemes>{''.join(m)}</morphemes>"),
    odd_items("gls", "pos"),
)


@settings(deadline=None)
@given(st.lists(ODD_WORDS, max_size=4), odd_items("segnum", "txt", "gls", "lit", "note", "foo"))
def test_whatever_a_phrase_holds_it_is_aligned_and_comes_back(words, more):
    (igt,) = read(document(*words, more=more))
    assert igt.words is not None  # raises where the lines do not pair up
    text, report = write([igt])
    assert not report.lost
    (back,) = read(text)
    assert back == igt
    assert back.metadata["flextext"]["phrase"] == igt.metadata["flextext"]["phrase"]
    mark = {"prediction": {"system": "crf", "score": 0.5, "confirmed": False}}
    changed = igt.replace(glosses="x", segmentation="y", metadata={**igt.metadata, **mark})
    text, report = write([changed])
    (back,) = read(text)
    for name in ("transcription", "segmentation", "glosses", "translation"):
        expected = getattr(changed, name)
        assert expected in (None, getattr(back, name)) or name in report.lost


@settings(deadline=None)
@given(aligned(), aligned())
@example(
    IGT("1 , 1 , 1", "1 1 , 1"),
    IGT("1 , 1 , 1", "1 1 , 1", "PL PL , PL"),
)
def test_any_change_to_what_was_read_is_written(first, second):
    (igt,) = again([first.replace(source=None)])
    changed = igt.replace(
        transcription=second.transcription,
        segmentation=second.segmentation,
        glosses=second.glosses,
        translation=second.translation,
    )
    text, report = write([changed])
    assert not report.lost
    assert list(read(text)) == [changed]


@pytest.mark.parametrize(
    ("statuses", "segmentation"),
    [(("guess", "humanApproved"), "evde"), (("guess", "guess"), "ev-de"), ((None, None), "ev-de")],
)
def test_of_several_analyses_of_a_word_one_is_read(statuses, segmentation):
    first, second = (f' analysisStatus="{one}"' if one else "" for one in statuses)
    text = (
        '<document version="2"><interlinear-text><paragraphs><paragraph><phrases><phrase><words>'
        '<word><item type="txt" lang="tr">evde</item>'
        f'<morphemes{first}><morph type="stem"><item type="txt" lang="tr">ev</item></morph>'
        '<morph type="suffix"><item type="txt" lang="tr">-de</item></morph></morphemes>'
        f'<morphemes{second}><morph type="stem"><item type="txt" lang="tr">evde</item></morph>'
        "</morphemes></word></words></phrase></phrases></paragraph></paragraphs>"
        "</interlinear-text></document>"
    )
    assert igtkit.read(io.StringIO(text), "flextext")[0].segmentation == segmentation
