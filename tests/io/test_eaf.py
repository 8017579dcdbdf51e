"""ELAN files: real ones against an independent count, new ones, and suggestions in a user's own."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import texts

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language, Prediction

CONSTRAINTS = """\
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="part" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Subdivision"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="of" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Association"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="inside" TIME_ALIGNABLE="true" CONSTRAINTS="Included_In"/>
"""


def ref(name, parent, text, previous=None):
    before = f' PREVIOUS_ANNOTATION="{previous}"' if previous else ""
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{parent}"{before}>'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def timed(name, begin, end, text):
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{begin}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def tier(name, kind, *annotations, parent=None, **attributes):
    told = "".join(f' {key.upper()}="{value}"' for key, value in attributes.items())
    told += f' PARENT_REF="{parent}"' if parent else ""
    rows = "".join(f"\n        {one}" for one in annotations)
    return f'    <TIER LINGUISTIC_TYPE_REF="{kind}" TIER_ID="{name}"{told}>{rows}\n    </TIER>\n'


def document(*tiers, slots=(0, 1000, 2000, None, 4000), types=CONSTRAINTS, extra=""):
    times = "".join(
        f'        <TIME_SLOT TIME_SLOT_ID="ts{at}"'
        + (f' TIME_VALUE="{time}"' if time is not None else "")
        + "/>\n"
        for at, time in enumerate(slots, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2020-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0">\n'
        '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n'
        '        <PROPERTY NAME="lastUsedAnnotationId">30</PROPERTY>\n    </HEADER>\n'
        f"    <TIME_ORDER>\n{times}    </TIME_ORDER>\n{''.join(tiers)}{types}{extra}"
        "</ANNOTATION_DOCUMENT>\n"
    )


SPEECH = tier("tx@A", "default-lt", timed("a1", "ts1", "ts2", "Evlerde kim?"), participant="Ayşe")
SPEECH_2 = tier("tx@B", "default-lt", timed("b1", "ts2", "ts3", "Ben."), participant="Berk")
ANALYSIS = (
    tier("mot@A", "part", ref("a2", "a1", "evlerde"), ref("a3", "a1", "kim", "a2"), parent="tx@A"),
    tier(
        "mb@A",
        "part",
        ref("a6", "a2", "-de", "a5"),  # the file's order is not that of the morphemes
        ref("a4", "a2", "ev"),
        ref("a5", "a2", "-ler", "a4"),
        ref("a7", "a3", "kim"),
        parent="mot@A",
    ),
    tier(
        "ge@A",
        "of",
        ref("a8", "a4", "my house"),
        ref("a9", "a5", "PL"),
        ref("a10", "a7", "who"),
        parent="mb@A",
    ),
    tier("ft@A", "of", ref("a11", "a1", "Who is in the houses?"), parent="tx@A"),
)


def read_text(text, **options):
    return igtkit.read(io.StringIO(text), "eaf", **options)


def write_text(items, **options):
    out = io.StringIO()
    report = igtkit.write(items, out, "eaf", **options)
    return out.getvalue(), report


class TestReading:
    def test_labels_of_sentences_are_no_transcription(self):
        """A tier of references at the root, its words under it, and perhaps the sentence."""
        reference = tier("ref-A", "default-lt", timed("a1", "ts1", "ts2", "AY_001 (001)"))
        words = tier("tx-A", "part", ref("w1", "a1", "Ev"), ref("w2", "a1", "güzel.", "w1"))
        words = words.replace("TIER_ID", 'PARENT_REF="ref-A" TIER_ID')
        below = (
            tier("mb-A", "of", ref("m1", "w1", "ev"), ref("m2", "w2", "güzel"), parent="tx-A"),
            tier("ge-A", "of", ref("g1", "w1", "house"), ref("g2", "w2", "nice"), parent="tx-A"),
        )
        igt = read_text(document(reference, words, *below))[0]
        assert (igt.transcription, igt.glosses) == ("Ev güzel.", "house nice")
        assert igt.metadata["eaf"]["text"] == "AY_001 (001)"
        for name in ("ts-A", "orth-A"):
            spoken = tier(name, "of", ref("t1", "a1", "Ev, güzel."), parent="ref-A")
            igt = read_text(document(reference, words, *below, spoken))[0]
            assert igt.transcription == "Ev, güzel."
            assert igt.metadata["eaf"]["tiers"] == {"ref-A": ["AY_001 (001)"]}

    def test_a_translation_beside_the_only_other_tier_tells_what_that_one_is(self):
        named = tier("Türkçe", "default-lt", timed("a1", "ts1", "ts2", "Ev güzel."))
        other = tier("Español", "default-lt", timed("b1", "ts1", "ts2", "La casa es bonita."))
        igt = read_text(document(named, other))[0]
        assert (igt.transcription, igt.translation) == ("Ev güzel.", "La casa es bonita.")
        gestures = tier("manos", "default-lt", timed("c1", "ts2", "ts3", "arriba"))
        with pytest.raises(FileFormatError, match="which tier has the text"):
            read_text(document(gestures, other))

    def test_segmented_words_right_under_the_sentence(self):
        spoken = tier("Habla", "default-lt", timed("a1", "ts1", "ts2", "evlerde kimdi"))
        forms = tier(
            "Morfema",
            "part",
            ref("m1", "a1", "ev-ler-de"),
            ref("m2", "a1", "kim=di", "m1"),
            parent="Habla",
        )
        glosses = tier(
            "Glosa",
            "of",
            ref("g1", "m1", "casa-PL-LOC"),
            ref("g2", "m2", "qué=PST"),
            parent="Morfema",
        )
        igt = read_text(document(spoken, forms, glosses))[0]
        assert igt.segmentation == "ev-ler-de kim=di"
        assert igt.glosses == "casa-PL-LOC qué=PST"
        assert [len(word.morphemes) for word in igt.words] == [3, 2]

    def test_words_morphemes_and_glosses(self):
        igt = read_text(document(SPEECH, *ANALYSIS))[0]
        assert igt.transcription == "Evlerde kim?"
        assert igt.segmentation == "ev-ler-de kim"
        assert igt.glosses == "my.house-PL-??? who"  # a morpheme without gloss stays aligned
        assert igt.translation == "Who is in the houses?"
        assert igt.id == "a1"
        assert (igt.metadata["begin"], igt.metadata["end"]) == (0.0, 1.0)
        assert igt.metadata["speaker"] == "Ayşe"
        assert igt.metadata["eaf"] == {"annotation": "a1", "tier": "tx@A"}

    def test_every_speaker_in_the_order_of_time(self):
        later = tier("tx@C", "default-lt", timed("c1", "ts1", "ts2", "Önce."), participant="Can")
        corpus = read_text(document(SPEECH_2, later, SPEECH, *ANALYSIS))
        assert [igt.id for igt in corpus] == ["c1", "a1", "b1"]
        assert [igt.metadata["speaker"] for igt in corpus] == ["Can", "Ayşe", "Berk"]
        assert corpus[2].glosses is None

    def test_lines_whose_words_stand_apart_by_tabs(self):
        corpus = read_text(
            document(
                tier("AYA", "default-lt", timed("a1", "ts1", "ts2", "Evde ad hoc.")),
                tier("phon", "of", ref("a2", "a1", "ev–de\tad hoc"), parent="AYA"),
                tier("phonTranslation", "of", ref("a3", "a2", "house–LOC\tat once"), parent="AYA"),
                tier("englishGloss", "of", ref("a4", "a1", "At home, at once."), parent="AYA"),
            )
        )
        igt = corpus[0]
        assert igt.segmentation == "ev-de ad_hoc"
        assert igt.glosses == "house-LOC at.once"
        assert igt.translation == "At home, at once."

    def test_glosses_beside_the_morphemes_pair_up_by_number(self):
        igt = read_text(
            document(
                SPEECH,
                ANALYSIS[0],
                ANALYSIS[1],
                tier(
                    "ge@A",
                    "part",
                    ref("g1", "a2", "house"),
                    ref("g2", "a2", "PL", "g1"),
                    ref("g3", "a2", "LOC", "g2"),
                    ref("g4", "a3", "who"),
                    parent="mot@A",
                ),
            )
        )[0]
        assert igt.glosses == "house-PL-LOC who"

    def test_glosses_associated_with_the_same_morpheme_as_the_forms(self):
        igt = read_text(
            document(
                SPEECH,
                ANALYSIS[0],
                tier(
                    "m@A",
                    "part",
                    ref("a4", "a2", "ev"),
                    ref("a5", "a2", "de", "a4"),
                    parent="mot@A",
                ),
                tier(
                    "morphemes@A", "of", ref("f1", "a4", "ev"), ref("f2", "a5", "=de"), parent="m@A"
                ),
                tier("gloss@A", "of", ref("g2", "a5", "=LOC"), parent="m@A"),
            )
        )[0]
        assert (igt.segmentation, igt.glosses) == ("ev=de kim", "???=LOC ???")

    def test_morphemes_without_words_go_by_spelling_or_by_marks(self):
        def read_as(*forms):
            rows = [ref(f"m{n}", "a1", form) for n, form in enumerate(forms)]
            return read_text(document(SPEECH, tier("mb", "part", *rows, parent="tx@A")))[0]

        assert read_as("ev", "ler", "de", "kim").segmentation == "ev-ler-de kim"
        assert read_as("ev", "-lar", "=ki", "kim").segmentation == "ev-lar=ki kim"

    def test_a_reference_tier_above_the_transcription(self):
        corpus = read_text(
            document(
                tier("ref@A", "default-lt", timed("r1", "ts1", "ts2", "text.001")),
                tier("tx@A", "of", ref("a1", "r1", "Geldim."), parent="ref@A"),
                tier("ft@A", "of", ref("a2", "r1", "I came."), parent="ref@A"),
            )
        )
        assert corpus[0].translation == "I came."
        assert corpus[0].metadata["eaf"]["tiers"] == {"ref@A": ["text.001"]}

    def test_words_in_time_under_a_sentence_without_text(self):
        corpus = read_text(
            document(
                tier(
                    "phrase",
                    "default-lt",
                    timed("p1", "ts1", "ts2", "1"),
                    timed("p2", "ts2", "ts5", "2"),
                ),
                tier(
                    "word",
                    "inside",
                    timed("w1", "ts1", "ts2", "Evde"),
                    timed("w2", "ts2", "ts3", "kim"),
                    timed("w3", "ts3", "ts4", "var"),
                    timed("w4", "ts4", "ts5", "?"),
                    parent="phrase",
                ),
                tier(
                    "gloss",
                    "of",
                    ref("g1", "w1", "at.home"),
                    ref("g3", "w3", "exist"),
                    parent="word",
                ),
            )
        )
        assert [igt.transcription for igt in corpus] == ["Evde", "kim var ?"]
        assert [igt.glosses for igt in corpus] == ["at.home", "??? exist"]
        assert corpus[1].metadata["eaf"]["text"] == "2"

    def test_the_value_of_a_controlled_vocabulary(self):
        note = '<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="n1" ANNOTATION_REF="a1" CVE_REF="c1">'
        note += "<ANNOTATION_VALUE></ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        vocabulary = (
            '<CONTROLLED_VOCABULARY CV_ID="cv"><CV_ENTRY_ML CVE_ID="c1"><CVE_VALUE LANG_REF="und">'
            "check</CVE_VALUE></CV_ENTRY_ML></CONTROLLED_VOCABULARY>"
        )
        text = document(SPEECH, tier("notes", "of", note, parent="tx@A"), extra=vocabulary)
        assert read_text(text)[0].metadata["notes"] == ["check"]

    def test_languages(self):
        languages = '<LANGUAGE LANG_ID="tur" LANG_LABEL="Turkish (tur)"/>'
        speech = tier("tx", "default-lt", timed("a1", "ts1", "ts2", "Gel"), lang_ref="tur")
        igt = read_text(document(speech, extra=languages))[0]
        assert igt.language == Language(name="Turkish", iso639_3="tur")

    def test_tiers_that_the_user_names(self):
        text = document(
            tier("eins", "default-lt", timed("a1", "ts1", "ts2", "gel")),
            tier("zwei", "default-lt", timed("a2", "ts1", "ts2", "come")),
        )
        with pytest.raises(FileFormatError, match=r"(?s)which tier has the text.*'eins'.*'gel'"):
            read_text(text)
        igt = read_text(text, tiers={"transcription": "eins", "glosses": "zwei"})[0]
        assert (igt.transcription, igt.glosses) == ("gel", "come")
        guide = {"speech": "eins", "translation": "zwei", "morphemePacking": "tiers"}
        assert read_text(text, tiers=guide)[0].translation == "come"
        with pytest.raises(InputError, match="no tier 'drei' for the glosses; there are:"):
            read_text(text, tiers={"transcription": "eins", "glosses": "drei"})

    def test_a_line_that_there_is_none_of(self):
        text = document(SPEECH, *ANALYSIS)
        assert read_text(text, tiers={"translation": ""})[0].translation is None

    def test_two_tiers_beside_each_other_meet_in_time(self):
        text = document(
            tier(
                "transcription",
                "default-lt",
                timed("a1", "ts1", "ts2", "Gel"),
                timed("a2", "ts2", "ts3", "Git"),
            ),
            tier("translation", "default-lt", timed("t2", "ts2", "ts3", "Go")),
        )
        assert [igt.translation for igt in read_text(text)] == [None, "Go"]


class TestUsualArrangements:
    """How the tiers of well-known projects and programs are arranged."""

    def test_exported_from_flex(self):
        igt = read_text(
            document(
                tier("A_interlinear-text-title-en", "default-lt", timed("x", "ts1", "ts5", "Home")),
                tier("A_phrase-segnum-en", "inside", timed("p1", "ts1", "ts3", "1.1"),
                     parent="A_interlinear-text-title-en"),
                tier("A_phrase-txt-tr", "of", ref("p2", "p1", "Evde kim"),
                     parent="A_phrase-segnum-en"),
                tier("A_phrase-gls-en", "of", ref("p3", "p1", "Who is at home?"),
                     parent="A_phrase-segnum-en"),
                tier("A_word-txt-tr", "part", ref("w1", "p1", "Evde"), ref("w2", "p1", "kim", "w1"),
                     parent="A_phrase-segnum-en"),
                tier("A_word-gls-en", "of", ref("v1", "w1", "at home"), parent="A_word-txt-tr"),
                tier("A_morph-txt-tr", "part", ref("m1", "w1", "ev"), ref("m2", "w1", "-de", "m1"),
                     ref("m4", "w2", "kim"), parent="A_word-txt-tr"),
                tier("A_morph-gls-en", "of", ref("g1", "m1", "house"), ref("g2", "m2", "LOC"),
                     ref("g4", "m4", "who"), parent="A_morph-txt-tr"),
                tier("A_morph-type", "of", ref("t1", "m1", "stem"), parent="A_morph-txt-tr"),
                tier("A_morph-msa-en", "of", ref("s1", "m1", "n"), parent="A_morph-txt-tr"),
            )
        )[0]  # fmt: skip
        assert igt == IGT("Evde kim", "ev-de kim", "house-LOC who", "Who is at home?",
                          pos="n-??? ???", id="p2", source="Home")  # fmt: skip
        assert igt.metadata["title"] == "Home"
        assert (igt.metadata["begin"], igt.metadata["end"]) == (0.0, 2.0)

    def test_words_in_time_beside_the_transcription(self):
        igt = read_text(
            document(
                tier("ref@AB", "default-lt", timed("r1", "ts1", "ts2", "0001_x")),
                tier("tx@AB", "of", ref("a1", "r1", "evler"), parent="ref@AB"),
                tier("wd@AB", "inside", timed("w1", "ts1", "ts2", "evler"), parent="ref@AB"),
                tier("mb@AB", "part", ref("m1", "w1", "ev"), ref("m2", "w1", "-ler", "m1"),
                     parent="wd@AB"),
                tier("gl@AB", "of", ref("g1", "m1", "house"), ref("g2", "m2", "-PL"),
                     parent="mb@AB"),
            )
        )[0]  # fmt: skip
        assert (igt.segmentation, igt.glosses) == ("ev-ler", "house-PL")

    def test_a_tree_for_each_speaker(self):
        corpus = read_text(
            document(
                tier("Ayşe", "default-lt", timed("r1", "ts1", "ts2", "evde kim")),
                tier("Ayşe-English", "of", ref("f1", "r1", "who"), parent="Ayşe"),
                tier("Berk", "default-lt", timed("r2", "ts2", "ts3", "ben geldim")),
                tier("Berk-English", "of", ref("f2", "r2", "I"), parent="Berk"),
            )
        )
        assert [igt.translation for igt in corpus] == ["who", "I"]

    def test_names_in_spanish(self):
        igt = read_text(
            document(
                tier("Transcripción", "default-lt", timed("r1", "ts1", "ts2", "evde kim")),
                tier("Traducción libre", "of", ref("f1", "r1", "quién"), parent="Transcripción"),
                tier("Análisis morfológico", "of", ref("f2", "r1", "ev-de kim"),
                     parent="Transcripción"),
                tier("Glosas", "of", ref("f3", "r1", "casa-LOC quién"), parent="Transcripción"),
            )
        )[0]  # fmt: skip
        lines = (igt.segmentation, igt.glosses, igt.translation)
        assert lines == ("ev-de kim", "casa-LOC quién", "quién")


class TestMalformed:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("<html/>", "the root element is <html>"),
            ("<ANNOTATION_DOCUMENT><TIER>", "no well-formed XML"),
            ('<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>',
             "defines an entity"),
            (document(tier("tx", "of", parent="gone")), "'tx' hangs on 'gone', which is not there"),
            (document(tier("a", "of", parent="b"), tier("b", "of", parent="a")),
             "tier 'b' hangs on itself, by way of 'a'"),
            (document(tier("a", "of"), tier("a", "of")), "a second tier 'a'"),
            (document(SPEECH, tier("mb", "of", ref("a1", "a1", "x"), parent="tx@A")),
             "a second annotation 'a1'"),
            (document(SPEECH, tier("mb", "of", ref("m", "gone", "x"), parent="tx@A")),
             "annotation 'm' refers to 'gone', which is not there"),
            (document(SPEECH, tier("mb", "of", ref("m", "n", "x"), ref("n", "m", "x"),
                                   parent="tx@A")),
             "refers to itself, by way of"),
            (document(tier("tx", "default-lt", timed("a1", "ts1", "ts99", "x"))),
             "the time slot 'ts99', which is not there"),
            (document(SPEECH).replace('TIME_VALUE="0"', 'TIME_VALUE="soon"'), "a time 'soon'"),
            (document(SPEECH).replace("milliseconds", "fathoms"), "times in 'fathoms'"),
            (document(SPEECH, tier("ft@A", "default-lt", timed("t", "ts3", "ts5", "x"),
                                   participant="Ayşe")),
             "annotation 't' at 2.000 s of tier 'ft@A' belongs to no annotation of 'tx@A'"),
        ],
    )  # fmt: skip
    def test_each_gives_one_clear_error(self, text, message):
        with pytest.raises(FileFormatError, match=re.escape(message)):
            read_text(text)

    def test_the_rest_is_read_on_request(self):
        broken = document(SPEECH, tier("ft@A", "of", ref("m", "gone", "x"), parent="tx@A"))
        corpus = read_text(broken, errors="skip")
        assert [igt.transcription for igt in corpus] == ["Evlerde kim?"]
        assert [one.line for one in corpus.skipped] == [17]

    def test_a_binary_file(self, tmp_path):
        (tmp_path / "a.eaf").write_bytes(b"\0\1\2")
        with pytest.raises(FileFormatError, match="binary"):
            igtkit.read(tmp_path / "a.eaf")

    def test_no_tiers_is_an_empty_corpus(self):
        assert len(read_text(document())) == 0


class TestNewFiles:
    @given(st.lists(texts(), max_size=4))
    @settings(max_examples=60, deadline=None)
    def test_what_does_not_come_back_is_reported(self, items):
        text, report = write_text(items)
        back = read_text(text)
        assert len(back) == len(items)
        for field in ("transcription", "segmentation", "glosses", "translation", "language"):
            lost = sum(
                getattr(igt, field) not in (None, getattr(new, field))
                for igt, new in zip(items, back, strict=True)
            )
            words = (field, f"spacing of {field}", f"empty {field}")
            assert sum(report.lost.get(word, 0) for word in words) == lost

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_everything_comes_back(self, layout):
        notes = {"begin": 0.25, "end": 1.5, "speaker": "Ayşe", "notes": ["a", "b < c"]}
        items = [
            IGT("Evde, kim?", "ev-de , kim ?", "house-LOC , who ?", "“Who?”", pos="N Q", id="s1",
                language=Language("nucl1301", "Turkish", "tur"), metalanguage=Language(name="English"),
                source="a text", metadata=notes),
            IGT("Ben=im", "ben=im", "1SG=COP", id="17", source="a text",
                metadata={"begin": 2.0, "end": 3.0, "speaker": "Berk", "prediction": {
                    "system": "crf", "score": -0.5, "confirmed": False, "probabilities": [0.25]}}),
        ]  # fmt: skip
        text, report = write_text(items, layout=layout)
        assert not report.lost
        back = read_text(text)
        assert list(back) == items
        for old, new in zip(items, back, strict=True):
            assert {key: new.metadata[key] for key in old.metadata} == old.metadata

    def test_times_that_are_made_up_are_reported(self):
        known = {"begin": 4.0, "end": 5.0}
        items = [IGT("a"), IGT("b"), IGT("c", metadata=known), IGT("d")]
        text, report = write_text(items)
        times = [(igt.metadata["begin"], igt.metadata["end"]) for igt in read_text(text)]
        assert times == [(0.0, 2.0), (2.0, 4.0), (4.0, 5.0), (5.0, 7.0)]
        assert report.lost == {"made-up times": 3}

    def test_the_order_of_the_schema(self):
        text, _ = write_text([IGT("a-b", "a-b", "A-B", language="Tsez")])
        tags = [element.tag for element in ET.fromstring(text)]
        order = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "LANGUAGE", "CONSTRAINT"]
        assert list(dict.fromkeys(tags)) == order
        ids = [
            one.get("ANNOTATION_ID")
            for one in ET.fromstring(text).iter()
            if "ANNOTATION_ID" in one.attrib
        ]
        assert len(ids) == len(set(ids))

    def test_lines_that_do_not_pair_up(self):
        items = [IGT("a b", "a b", "A-X B"), IGT("c", None, "C")]
        text, report = write_text(items)
        assert not [name for name in report.lost if "times" not in name]
        assert [igt.glosses for igt in read_text(text)] == ["A-X B", "C"]
        _, report = write_text(items, layout="morphemes")
        assert report.lost["glosses"] == 2

    def test_entries_out_of_time(self):
        items = [IGT("b", metadata={"begin": 2.0, "end": 3.0}, id="x"),
                 IGT("a", metadata={"begin": 0.0, "end": 1.0}, id="y")]  # fmt: skip
        text, report = write_text(items)
        assert report.lost == {"order of entries": 2}
        assert [igt.id for igt in read_text(text)] == ["y", "x"]

    def test_options_that_make_no_sense(self, tmp_path):
        with pytest.raises(InputError, match="layout must be"):
            igtkit.write([], tmp_path / "a.eaf", layout="pages")
        with pytest.raises(InputError, match="give template="):
            igtkit.write([], tmp_path / "a.eaf", tiers={"transcription": "tx"})


def without_insertions(data):
    """The bytes of a file without the elements that were added to it."""
    data = re.sub(rb'\r?\n[ \t]*<TIER TIER_ID="igtkit-[^>]*>.*?</TIER>', b"", data, flags=re.DOTALL)
    return re.sub(
        rb'\r?\n[ \t]*<(LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="igtkit-|CONSTRAINT STEREOTYPE="\w+" D)'
        rb"[^>]*/>", b"", data
    )  # fmt: skip


def suggest(igt, **changes):
    prediction = Prediction("ev-ler-de kim", "house-PL-LOC who", score=-0.5, system="crf")
    return prediction.replace(**changes).to_igt(igt)


class TestSuggestions:
    @pytest.fixture
    def user(self, tmp_path):
        path = tmp_path / "user.eaf"
        path.write_bytes(document(SPEECH, SPEECH_2).replace("\n", "\r\n").encode())
        return path

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_they_are_added_and_nothing_else_changes(self, user, tmp_path, layout):
        new = tmp_path / "new.eaf"
        report = igtkit.write([suggest(igtkit.read(user)[0])], new, template=user, layout=layout)
        assert not report.lost
        assert without_insertions(new.read_bytes()) == user.read_bytes()
        root = ET.parse(new).getroot()
        added = {
            one.get("TIER_ID"): one for one in root.iter("TIER") if "igtkit" in one.get("TIER_ID")
        }
        assert {"igtkit-segmentation@A", "igtkit-glosses@A", "igtkit-status@A"} <= set(added)
        assert {one.get("ANNOTATOR") for one in added.values()} == {"igtkit: crf"}
        igt = igtkit.read(new)[0]
        assert (igt.segmentation, igt.glosses) == ("ev-ler-de kim", "house-PL-LOC who")
        assert igt.metadata["prediction"] == {"system": "crf", "score": -0.5, "confirmed": False}
        assert igtkit.read(new)[1].glosses is None

    def test_a_correction_comes_back(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        igtkit.write([suggest(igtkit.read(user)[0])], new, template=user)
        text = new.read_text(encoding="utf-8")
        assert text.count("suggested") == 1
        corrected = text.replace("house-PL-LOC", "home-PL-LOC").replace("suggested", "confirmed")
        new.write_text(corrected, encoding="utf-8")
        igt = igtkit.read(new, tiers={"glosses": "igtkit-glosses@*"})[0]
        assert igt.glosses == "home-PL-LOC who"
        assert igt.metadata["prediction"]["confirmed"] is True

    def test_a_second_system_gets_tiers_of_its_own(self, user, tmp_path):
        new, newer = tmp_path / "new.eaf", tmp_path / "newer.eaf"
        sentence = igtkit.read(user)[0]
        igtkit.write([suggest(sentence)], new, template=user)
        other = suggest(sentence, glosses="A-B-C D", system="lookup", score=None)
        igtkit.write([other], newer, template=new)
        names = [one.get("TIER_ID") for one in ET.parse(newer).getroot().iter("TIER")]
        assert "igtkit-glosses-2@A" in names
        assert len(names) == len(set(names))
        assert igtkit.read(newer)[0].metadata["prediction"]["system"] == "lookup"
        ids = re.findall(r' ANNOTATION_ID="(\w+)"', newer.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids))

    def test_what_a_person_wrote_stays_the_reading(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        path.write_text(document(SPEECH, *ANALYSIS), encoding="utf-8")
        before = igtkit.read(path)
        igtkit.write([suggest(before[0])], new, template=path)
        assert igtkit.read(new) == before
        assert "prediction" not in igtkit.read(new)[0].metadata
        own = {"segmentation": "igtkit-segmentation@*", "glosses": "igtkit-glosses@*"}
        assert igtkit.read(new, tiers=own)[0].glosses == "house-PL-LOC who"

    def test_entries_that_say_nothing_new_add_nothing(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        igtkit.write(igtkit.read(user), new, template=user)
        assert new.read_bytes() == user.read_bytes()

    def test_a_change_by_a_person_is_confirmed(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        changed = igtkit.read(user)[0].replace(glosses="houses who", translation="Who?")
        report = igtkit.write([changed], new, template=user)
        assert report.lost == {"changes of translation": 1}
        mark = igtkit.read(new)[0].metadata["prediction"]
        assert (mark["system"], mark["confirmed"]) == (None, True)

    def test_entries_from_elsewhere(self, user, tmp_path):
        with pytest.raises(InputError, match="none of the entries is a sentence of"):
            igtkit.write([suggest(IGT("x", id="zz"))], tmp_path / "a.eaf", template=user)
        items = [suggest(igtkit.read(user)[0]), suggest(IGT("x", id="zz"))]
        report = igtkit.write(items, tmp_path / "a.eaf", template=user)
        assert report.lost == {"entries not in the template": 1}

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-9"])
    def test_the_encoding_stays(self, tmp_path, encoding):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        text = document(SPEECH).replace('"UTF-8"', f'"{encoding.removesuffix("-sig")}"')
        path.write_bytes(text.encode(encoding))
        igt = suggest(igtkit.read(path, encoding=encoding)[0])
        igtkit.write([igt], new, template=path)
        added = new.read_bytes().decode(encoding)
        assert without_insertions(added.encode()).decode() == text
        assert added.encode(encoding) == new.read_bytes()
        assert igtkit.read(new, encoding=encoding)[0].glosses == "house-PL-LOC who"

    def test_a_template_that_is_none(self, tmp_path):
        (tmp_path / "a.eaf").write_text("<html/>", encoding="utf-8")
        with pytest.raises(FileFormatError, match="the root element is <html>"):
            igtkit.write([], tmp_path / "b.eaf", template=tmp_path / "a.eaf")
        with pytest.raises(FileNotFoundError):
            igtkit.write([], tmp_path / "b.eaf", template=tmp_path / "none.eaf")
        assert not (tmp_path / "b.eaf").exists()

    def test_a_file_on_one_line_without_types(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        text = document(SPEECH, types="").replace("\n", "")
        path.write_text(text, encoding="utf-8")
        igtkit.write([suggest(igtkit.read(path)[0])], new, template=path)
        assert without_insertions(new.read_bytes()).decode() == text
        tags = [one.tag for one in ET.parse(new).getroot()]
        assert list(dict.fromkeys(tags)) == [
            "HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "CONSTRAINT"
        ]  # fmt: skip

    def test_a_type_of_that_name_with_another_constraint(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        taken = CONSTRAINTS + '    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="igtkit-association"/>\n'
        path.write_text(document(SPEECH, types=taken), encoding="utf-8")
        igtkit.write([suggest(igtkit.read(path)[0])], new, template=path)
        assert 'LINGUISTIC_TYPE_REF="igtkit-association-2"' in new.read_text(encoding="utf-8")


TIER_COUNTS = {
    "ijal_lokono.eaf": ("Orthographic represntation", "Word division-cp", "morpheme", "gloss"),
    "lingview_aingae_kuke_chiste.eaf": ("-", "A'ingae", "Morfema", "Gloss"),
}


class TestRealFiles:
    @pytest.fixture(params=sorted(TIER_COUNTS))
    def path(self, request, shared):
        return shared / "data/interchange/eaf" / request.param

    def test_counts(self, path):
        counts = {
            one.get("TIER_ID"): len(one.findall("ANNOTATION"))
            for one in ET.parse(path).getroot().iter("TIER")
        }
        sentences, words, *_ = TIER_COUNTS[path.name]
        corpus = igtkit.read(path)
        assert len(corpus) == counts[sentences]
        assert sum(len(igt.segmentation.split()) for igt in corpus) == counts[words]

    def test_morphemes_and_glosses_one_by_one(self, shared):
        """Against the annotations themselves, put together by a loop of its own."""
        path = shared / "data/interchange/eaf/lingview_aingae_kuke_chiste.eaf"
        root = ET.parse(path).getroot()
        rows = {
            one.get("TIER_ID"): [
                (ann[0].get("ANNOTATION_REF"), ann[0].findtext("ANNOTATION_VALUE")) for ann in one
            ]
            for one in root.iter("TIER")
        }
        corpus = igtkit.read(path)
        morphemes = [
            one for igt in corpus for word in igt.words for one in word.morphemes if one.form
        ]
        analyzed = {above for above, _ in rows["Ortografía vieja"]}
        words = [one[0] for one in root.iterfind('TIER[@TIER_ID="A\'ingae"]/ANNOTATION')]
        bare = [one for one in words if one.get("ANNOTATION_ID") not in analyzed]
        assert len(morphemes) == len(rows["Morfema"]) + len(bare)
        glossed = sorted(one.gloss for one in morphemes if one.gloss != "???")
        strip = lambda text: re.sub(r"[\s=-]+", ".", text.strip(" =-"))  # noqa: E731
        assert glossed == sorted(strip(text) for _, text in rows["Gloss"] if strip(text))

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_round_trip(self, path, layout, tmp_path):
        corpus = igtkit.read(path)
        report = igtkit.write(corpus, tmp_path / "new.eaf", layout=layout)
        back = igtkit.read(tmp_path / "new.eaf")
        differing = sum(a != b for a, b in zip(corpus, back, strict=True))
        assert differing == report.lost.get("glosses", 0) <= 4
        assert differing == 0 or layout == "morphemes"

    def test_suggestions_leave_every_byte(self, path, tmp_path):
        new = tmp_path / "new.eaf"
        bare = [igt.replace(segmentation=None, glosses=None) for igt in igtkit.read(path)]
        predicted = [
            Prediction(f"x-{n}", f"X-{n}", system="crf", score=n / 7).to_igt(igt)
            for n, igt in enumerate(bare)
        ]
        report = igtkit.write(predicted, new, template=path)
        assert not report.lost
        assert without_insertions(new.read_bytes()) == path.read_bytes()
        back = igtkit.read(
            new, tiers={"segmentation": "igtkit-segmentation*", "glosses": "igtkit-glosses*"}
        )
        assert [igt.glosses for igt in back] == [igt.glosses for igt in predicted]
        assert [igt.metadata["prediction"] for igt in back] == [
            igt.metadata["prediction"] for igt in predicted
        ]

    def test_another_library_reads_what_is_written(self, path, tmp_path):
        elan = pytest.importorskip("pympi.Elan")
        new, added = tmp_path / "new.eaf", tmp_path / "added.eaf"
        corpus = igtkit.read(path)
        igtkit.write(corpus, new)
        read = elan.Eaf(str(new), suppress_version_warning=True)
        name = next(name for name in read.get_tier_names() if name.startswith("transcription"))
        rows = read.get_annotation_data_for_tier(name)
        assert [text for _, _, text in rows] == [igt.transcription for igt in corpus]
        assert [begin / 1000 for begin, *_ in rows] == [igt.metadata["begin"] for igt in corpus]
        predicted = [Prediction("a-b", "A-B", system="crf").to_igt(igt) for igt in corpus]
        igtkit.write(predicted, added, template=path)
        before = elan.Eaf(str(path), suppress_version_warning=True)
        read = elan.Eaf(str(added), suppress_version_warning=True)
        assert read.timeslots == before.timeslots
        for name, rows in before.tiers.items():
            assert read.tiers[name][:3] == rows[:3]
        own = [name for name in read.tiers if name.startswith("igtkit-glosses")]
        _, glosses, about, _ = read.tiers[own[0]]
        assert [value for _, value, *_ in glosses.values()] == ["A-B"] * len(corpus)
        assert about["ANNOTATOR"] == "igtkit: crf"


def test_what_an_aligner_writes_for_a_pause_is_no_word():
    slots = (0, 1000, 2000, 3000, 4000)
    lines = [("w", ["&lt;p:&gt;", "evde", "kim"]), ("m", ["&lt;p:&gt;", "ev-de", "kim"])]
    rows = {
        line: [timed(f"{line}{n}", f"ts{n}", f"ts{n + 1}", text) for n, text in enumerate(texts, 1)]
        for line, texts in lines
    }
    glosses = [ref("g2", "m2", "house-LOC"), ref("g3", "m3", "who")]
    pause = timed("a2", "ts4", "ts5", "&lt;p:&gt;")
    text = document(
        tier("tx@A", "default-lt", timed("a1", "ts1", "ts4", "Evde kim"), pause),
        tier("wd@A", "inside", *rows["w"], parent="tx@A"),
        tier("mb@A", "inside", *rows["m"], parent="wd@A"),
        tier("gl@A", "of", *glosses, parent="mb@A"),
        slots=slots,
    )
    [igt] = read_text(text)
    assert (igt.transcription, igt.segmentation, igt.glosses) == (
        "Evde kim",
        "ev-de kim",
        "house-LOC who",
    )
