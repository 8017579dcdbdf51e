"""A word that is glossed anew is glossed as the file writes the same gloss elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from documents.flextext import document, morph, read, texts, word, write

from igtkit import Prediction

AGO = morph("sari", "long ago", "root")


def glosses_of(text):
    """The glosses of the last word of a file, morph by morph."""
    last = list(ET.fromstring(text).iter("word"))[-1]
    return [one.text for found in last.iter("morph") for one in texts(found, "gls")]


def test_a_suggested_gloss_has_the_spaces_of_the_one_it_was_learned_from():
    (igt,) = read(document(word("sari", AGO), word("sari")))
    assert igt.glosses == "long.ago ???"
    suggested = Prediction("sari sari", "long.ago long.ago").to_igt(igt)
    text, report = write([suggested])
    assert not report.lost
    assert glosses_of(text) == ["long ago"]
    assert read(text)[0].glosses == "long.ago long.ago"


def test_marks_at_a_gloss_stay_where_the_form_is_the_same():
    clitic = morph("=me", "=ESS", "enclitic")
    plain = [word("x", morph("x", "x", "stem"), morph("=ma", "ESS", "enclitic"))] * 3
    (igt,) = read(document(word("sarime", AGO, clitic), *plain, word("sarime")))
    done = igt.replace(
        segmentation=igt.segmentation.replace(" sarime", " sari=me"),
        glosses=igt.glosses.replace("???", "long.ago=ESS"),
    )
    assert glosses_of(write([done])[0]) == ["long ago", "=ESS"]


def test_what_is_written_most_often_counts_and_a_guess_never():
    written = [morph("sari", gloss, "root") for gloss in ("long.ago", "long ago", "long ago")]
    (igt,) = read(document(*(word("sari", one) for one in written), word("sari")))
    done = igt.replace(glosses=igt.glosses.replace("???", "long.ago"))
    assert glosses_of(write([done])[0]) == ["long ago"]
    guess = word("sari", AGO).replace("<morphemes>", '<morphemes analysisStatus="guess">')
    (igt,) = read(document(guess, word("sari")))
    done = igt.replace(glosses="long.ago long.ago")
    assert glosses_of(write([done])[0]) == ["long.ago"]


def test_a_gloss_that_is_corrected_is_written_as_others_are():
    wrong = word("sari", morph("sari", "today", "root"))
    (igt,) = read(document(word("sari", AGO), wrong))
    assert glosses_of(write([igt.replace(glosses="long.ago long.ago")])[0]) == ["long ago"]
    assert glosses_of(write([igt.replace(glosses="long.ago just.now")])[0]) == ["just.now"]
