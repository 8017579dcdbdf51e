"""Faults of real ELAN files, kind by kind: the shared cases, and others of the same kinds."""

from __future__ import annotations

import io

import pytest
from documents.eaf import SPEECH, document, ref, tier, timed

import igtkit
from igtkit.io import inspect, read

TWO = tier(
    "A", "default-lt", timed("a1", "ts1", "ts2", "ben geldim"), timed("a2", "ts2", "ts3", "kim o")
)


def read_text(*tiers, **options):
    return igtkit.read(io.StringIO(document(*tiers, **options)), "eaf")


def child(name, *texts, kind="of"):
    rows = [ref(f"{name}{at}", f"a{at}", text) for at, text in enumerate(texts, 1)]
    return tier(name, kind, *rows, parent="A")


class TestNoLineByItsPlaceAlone:
    @pytest.mark.parametrize(
        ("case", "name", "rule"),
        [
            ("e01", "A-IPA", "tier-sounds"),
            ("e02", "Person1 (Language)", "tier-codes"),
            ("e04", "vcm@CHI", "tier-codes"),
            ("e07", "phone@A", "tier-sounds"),
            ("e08", "lexid", "tier-identifiers"),
        ],
    )
    def test_what_is_something_else_is_kept(self, shared, case, name, rule):
        path = shared / f"cases/{case}.eaf"
        corpus = read(path)
        assert all(igt.translation is None and igt.glosses is None for igt in corpus)
        assert (case == "e08") == any(igt.segmentation is not None for igt in corpus)
        assert name in corpus[0].metadata["eaf"]["tiers"]
        [part] = [part for part in inspect(path).parts if part.name == name]
        assert (part.line, part.rule) == (None, rule)

    @pytest.mark.parametrize(
        ("name", "texts"),
        [
            ("A-ph", ("ban galdim", "kim u")),
            ("A-x", ("bɛn ɟɛldim", "cim o")),
            ("A-x", ("Ben geldim.", "Kim o?")),
            ("A-x", ("tr", "ku")),
            ("A-x", ("Turkish", "Kurdish")),
            ("A-x", ("statement", "question")),
            ("A-x", ("0012", "0013")),
            ("A-x", ("C", "N")),
            ("A-gesture", ("she points to the left", "she nods twice")),
        ],
    )
    def test_what_is_no_translation(self, name, texts):
        corpus = read_text(TWO, child(name, *texts))
        assert [igt.translation for igt in corpus] == [None, None]
        assert corpus[0].metadata["eaf"]["tiers"] == {name: [texts[0]]}

    @pytest.mark.parametrize("texts", [("I came", "who is it"), ("Geldim ben", "Kimdir o acaba")])
    def test_what_may_be_a_translation_is_one(self, texts):
        assert [igt.translation for igt in read_text(TWO, child("A-x", *texts))] == [*texts]

    def test_a_controlled_vocabulary_is_no_translation(self):
        types = document(TWO).partition("</TIER>\n")[2].partition("</ANNOTATION_DOCUMENT>")[0]
        coded = types + (
            '    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="cv" TIME_ALIGNABLE="false" '
            'CONSTRAINTS="Symbolic_Association" CONTROLLED_VOCABULARY_REF="moods"/>\n'
        )
        texts = ("asks for help", "tells a story")
        corpus = read_text(TWO, child("A-x", *texts, kind="cv"), types=coded)
        assert corpus[0].translation is None
        assert corpus[0].metadata["eaf"]["tiers"] == {"A-x": ["asks for help"]}

    @pytest.mark.parametrize(
        ("name", "texts"),
        [
            ("lang", ("tr", "tr", "ku")),
            ("type", ("stem", "stem", "suffix")),
            ("hn", ("1", "2", "1")),
            ("x", ("stem", "stem", "suffix")),
            ("x", ("1", "2", "1")),
            ("x", ("lx017", "lx220", "lx223")),
        ],
    )
    def test_what_is_no_gloss(self, name, texts):
        parts = tier(
            "mb",
            "part",
            ref("m1", "a1", "ben"),
            ref("m2", "a1", "gel", "m1"),
            ref("m3", "a1", "-dim", "m2"),
            parent="A",
        )
        rows = [ref(f"x{at}", f"m{at}", text) for at, text in enumerate(texts, 1)]
        corpus = read_text(TWO, parts, tier(name, "of", *rows, parent="mb"))
        assert (corpus[0].segmentation, corpus[0].glosses) == ("ben gel-dim", None)
        assert corpus[0].metadata["eaf"]["tiers"] == {name: [*texts]}

    @pytest.mark.parametrize("name", ["MAU", "syllable", "Phonem", "phones@A", "x"])
    def test_phones_are_no_morphemes(self, name):
        words = tier(
            "wd", "part", ref("w1", "a1", "ben"), ref("w2", "a1", "geldim", "w1"), parent="A"
        )
        rows, before = [], None
        for at, sound in enumerate("bengeldim"):
            rows.append(ref(f"p{at}", "w1" if at < 3 else "w2", sound, before if at != 3 else None))
            before = f"p{at}"
        corpus = read_text(TWO, words, tier(name, "part", *rows, parent="wd"))
        assert corpus[0].segmentation is None
        assert corpus[0].metadata["eaf"]["tiers"] == {name: list("bengeldim")}

    def test_a_phonetic_transcription_is_read_where_there_is_no_other(self):
        corpus = read_text(tier("IPA", "default-lt", timed("a1", "ts1", "ts2", "bɛn ɟɛldim")))
        assert corpus[0].transcription == "bɛn ɟɛldim"


class TestWords:
    def words(self, *texts):
        rows = [
            ref(f"w{at}", "a1", text, f"w{at - 1}" if at > 1 else None)
            for at, text in enumerate(texts, 1)
        ]
        return tier("wd@A", "part", *rows, parent="tx@A")

    @pytest.mark.parametrize("texts", [("evde", "kim"), ("evlerde", "kim", "var")])
    def test_words_that_differ_from_the_transcription_are_kept(self, texts):
        [igt] = read_text(SPEECH, self.words(*texts))
        assert igt.transcription == "Evlerde kim?"
        assert igt.metadata["eaf"]["tiers"] == {"wd@A": [*texts]}

    @pytest.mark.parametrize(
        "texts", [("Evlerde", "kim"), ("evlerde", "kim", "?"), ("Evlerde", "kim?")]
    )
    def test_words_of_the_transcription_are_not_kept_twice(self, texts):
        [igt] = read_text(SPEECH, self.words(*texts))
        assert "tiers" not in igt.metadata["eaf"]

    @pytest.mark.parametrize(
        ("mb", "ge", "segmentation", "glosses"),
        [
            ("ev -ler -de kim", "house -PL -LOC who", "ev-ler-de kim", "house-PL-LOC who"),
            ("ev -ler =de\tkim", "house -PL =LOC\twho", "ev-ler=de kim", "house-PL=LOC who"),
            ("ev-ler-de kim", "house-PL-LOC who", "ev-ler-de kim", "house-PL-LOC who"),
            ("evlerde =kim", "in.houses =who", "evlerde =kim", "in.houses =who"),
        ],
    )
    def test_marks_join_morphemes_that_stand_apart(self, mb, ge, segmentation, glosses):
        [igt] = read_text(
            SPEECH,
            tier("mb@A", "of", ref("m1", "a1", mb), parent="tx@A"),
            tier("ge@A", "of", ref("g1", "a1", ge), parent="tx@A"),
        )
        assert (igt.segmentation, igt.glosses) == (segmentation, glosses)


class TestNames:
    @pytest.mark.parametrize("name", ["Перевод", "traducción", "traduction", "Übersetzung", "翻译"])
    def test_the_translation_in_any_language(self, name):
        texts = ("I came", "who is it")
        corpus = read_text(TWO, child("A-x", "yes yes", "no no"), child(name, *texts))
        assert [igt.translation for igt in corpus] == [*texts]

    def test_the_reference_tier_names_the_sentences(self):
        corpus = read_text(TWO, child("ref", "K1.001", "K1.002"))
        assert [igt.id for igt in corpus] == ["K1.001", "K1.002"]
        corpus = read_text(TWO, child("ref", "K1.001", "K1.001"))
        assert [igt.id for igt in corpus] == ["a1", "a2"]

    def test_suggestions_find_their_sentence_by_its_reference(self, tmp_path):
        path = tmp_path / "a.eaf"
        path.write_text(document(TWO, child("ref", "K1.001", "K1.002")), encoding="utf-8")
        texts = [
            igtkit.IGT(i.transcription, "ben gel-di", "I come-PST", id=i.id) for i in read(path)
        ]
        report = igtkit.write(texts[:1], tmp_path / "b.eaf", template=path)
        assert not report.lost
        assert read(tmp_path / "b.eaf")[0].glosses == "I come-PST"


class TestRecordings:
    def test_a_recording_is_kept(self, shared, tmp_path):
        corpus = read(shared / "cases/e05.eaf")
        media = [{"url": "file:///C:/rec/a.wav", "mime_type": "audio/x-wav", "time_origin": 1.0}]
        assert corpus[0].metadata["media"] == media
        report = igtkit.write(corpus, tmp_path / "a.eaf")
        assert not report.lost
        assert read(tmp_path / "a.eaf")[0].metadata["media"] == media
        report = igtkit.write(corpus, tmp_path / "a.flextext")
        assert 'location="file:///C:/rec/a.wav"' in (tmp_path / "a.flextext").read_text()
        assert report.lost["metadata: media"] == 2  # that 0 of the times is at its second 1


def test_labels_that_look_like_the_format_of_praat(shared):
    texts = {
        "g01": ["ben geldim", "kim o"],
        "g02": ["see item [2]: there", "kim o"],
        "g04": ['a text = "b"', "kim o"],
    }
    for case, expected in texts.items():
        corpus = read(shared / f"cases/{case}.TextGrid")
        assert [igt.transcription for igt in corpus] == expected
