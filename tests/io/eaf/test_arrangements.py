"""The arrangements of tiers that are usual."""

from __future__ import annotations

from documents.eaf import document, read_text, ref, tier, timed

from igtkit.igt import IGT


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
