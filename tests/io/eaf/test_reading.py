"""Tiers of an ELAN file as lines of texts."""

from __future__ import annotations

import pytest
from documents.eaf import ANALYSIS, SPEECH, SPEECH_2, document, read_text, ref, tier, timed

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import Language


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
        assert corpus[0].id == "text.001"
        assert corpus[0].metadata["eaf"] == {"annotation": "a1", "tier": "tx@A"}

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
