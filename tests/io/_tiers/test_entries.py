"""From the tiers of a speaker to interlinear texts, one for each sentence."""

from __future__ import annotations

from documents.tiers import ASSOCIATION, group, source, tier, timed, under

from igtkit import IGT, Language
from igtkit.io._tiers.entries import read_group
from igtkit.io._tiers.suggestions import ANNOTATOR


def read(told, tmp_path):
    return list(read_group(told, source(tmp_path), "eaf"))


def glossed():
    """Two sentences with words, morphemes and glosses."""
    root = timed("tx@A", ("evde kim?", 0.5, 2.0), ("kim", 2.0, 3.0))
    words = under("wd@A", root, ["evde", "kim"], ["kim"])
    parts = under("mb@A", words, ["ev", "-de"], ["kim"], ["kim"])
    glosses = under("ge@A", parts, ["house"], ["LOC"], ["who"], ["who"], constraint=ASSOCIATION)
    roles = {"transcription": root, "words": words, "segmentation": parts, "glosses": glosses}
    return roles, root


def test_words_morphemes_and_glosses_make_the_lines(tmp_path):
    roles, _ = glossed()
    first, second = read(group(roles), tmp_path)
    assert first == IGT("evde kim?", "ev-de kim", "house-LOC who")
    assert second == IGT("kim", "kim", "who")
    assert first.metadata == {
        "begin": 0.5,
        "end": 2.0,
        "speaker": "A",
        "eaf": {"annotation": "0", "tier": "tx@A"},
    }


def test_the_transcription_is_made_of_the_words_where_no_tier_has_it(tmp_path):
    root = tier("block", "12", "13")
    words = under("wd", root, ["ev", " de ", ","], [""])
    first, second = read(group({"words": words, "unit": root}, unit="unit"), tmp_path)
    assert (first.transcription, second.transcription) == ("ev de ,", None)
    assert first.metadata["eaf"]["text"] == "12"


def test_a_pause_is_no_sentence_and_no_word(tmp_path):
    root = tier("tx", "ev", "<p:>", "de")
    words = under("wd", root, ["ev"], ["<p:>"], ["<p:>", "de"])
    glosses = under("ge", words, ["A"], ["<p:>"], ["<p:>"], ["B"], constraint=ASSOCIATION)
    found = read(group({"transcription": root, "words": words, "glosses": glosses}), tmp_path)
    assert [(igt.transcription, igt.glosses) for igt in found] == [("ev", "A"), ("de", "B")]


def test_identifiers_are_those_of_their_tier_or_of_the_annotations(tmp_path):
    root = tier("tx", "ev", "kim")
    root.annotations[1].id = "ann2"
    assert [igt.id for igt in read(group({"transcription": root}), tmp_path)] == [None, "ann2"]
    ids = under("id", root, ["7.1"], ["7.2"], constraint=ASSOCIATION)
    assert [igt.id for igt in read(group({"transcription": root}, ids), tmp_path)] == [
        "7.1",
        "7.2",
    ]


def test_languages_are_those_of_the_tiers(tmp_path):
    roles, root = glossed()
    root.language, roles["glosses"].language = Language(name="Turkish"), Language(name="English")
    found = read(group(roles), tmp_path)
    assert {igt.language for igt in found} == {Language(name="Turkish")}
    assert {igt.metalanguage for igt in found} == {Language(name="English")}


def test_notes_and_the_texts_of_other_tiers_are_kept(tmp_path):
    roles, root = glossed()
    roles["notes"] = under("nt@A", root, ["one", "two"], [" "])
    other = under("gesture", root, ["nod"], [""])
    first, second = read(group(roles, other), tmp_path)
    assert first.metadata["notes"] == ["one", "two"]
    assert first.metadata["eaf"]["tiers"] == {"gesture": ["nod"]}
    assert "notes" not in second.metadata
    assert "tiers" not in second.metadata["eaf"]


def test_glosses_under_no_word_are_told(tmp_path):
    root = timed("tx", ("ev kim", 0.0, 2.0))
    words = under("wd", root, ["ev", "kim"])
    for one, (begin, end) in zip(words.annotations, [(0.0, 0.5), (0.5, 1.0)], strict=True):
        one.begin, one.end = begin, end
    glosses = timed("ge", ("A", 0.0, 0.5), ("B", 0.5, 1.0), ("C", 1.5, 2.0))
    told = group({"transcription": root, "words": words, "glosses": glosses})
    [igt] = read(told, tmp_path)
    assert igt.glosses == "A B"
    assert igt.metadata["eaf"]["issues"] == ["glosses: 1 annotations under no word"]


def test_a_suggestion_is_read_only_where_nobody_has_analyzed(tmp_path):
    root = tier("tx", "ev de", "kim")
    glosses = under("ge", root, ["house LOC"], [""], constraint=ASSOCIATION)
    own = under("igtkit-glosses", root, ["A B"], ["who"], constraint=ASSOCIATION)
    own.annotator = ANNOTATOR + "crf"
    status = under("igtkit-status", root, ["suggested"], ["confirmed"], constraint=ASSOCIATION)
    told = group({"transcription": root, "glosses": glosses}, own, status)
    first, second = read(told, tmp_path)
    assert (first.glosses, "prediction" in first.metadata) == ("house LOC", False)
    assert second.glosses == "who"
    assert second.metadata["prediction"] == {"system": "crf", "score": None, "confirmed": True}


def test_a_suggestion_that_the_user_asks_for_is_read_everywhere_and_marked(tmp_path):
    root = tier("tx", "ev de", "kim")
    glosses = under("ge", root, ["house LOC"], [""], constraint=ASSOCIATION)
    own = under("igtkit-glosses", root, ["A B"], ["who"], constraint=ASSOCIATION)
    told = group({"transcription": root, "glosses": own}, glosses)
    found = read(told, tmp_path)
    assert [igt.glosses for igt in found] == ["A B", "who"]
    assert all("prediction" in igt.metadata for igt in found)


def test_segmented_words_under_the_words_keep_their_boundaries(tmp_path):
    root = tier("tx", "evde kim")
    words = under("wd", root, ["evde", "kim"])
    forms = under("mb", words, ["ev-de"], ["kim"])
    glosses = under("ge", forms, ["house-LOC"], ["who"], constraint=ASSOCIATION)
    roles = {"transcription": root, "words": words, "segmentation": forms, "glosses": glosses}
    [igt] = read(group(roles), tmp_path)
    assert (igt.segmentation, igt.glosses) == ("ev-de kim", "house-LOC who")


def test_segmented_words_right_under_the_sentence_are_words(tmp_path):
    root = tier("tx", "evde kim")
    forms = under("mb", root, ["ev-de", "kim"])
    glosses = under("ge", forms, ["house-LOC"], ["who"], constraint=ASSOCIATION)
    told = group({"transcription": root, "segmentation": forms, "glosses": glosses})
    [igt] = read(told, tmp_path)
    assert (igt.segmentation, igt.glosses) == ("ev-de kim", "house-LOC who")


def test_lines_in_one_annotation_keep_their_spaces_or_lose_their_tabs(tmp_path):
    root = tier("tx", "ev  de", "a")
    free = under("ft", root, ["at  home"], ["A"], constraint=ASSOCIATION)
    forms = under("mb", root, ["ev–de\tad hoc"], ["a\tb"], constraint=ASSOCIATION)
    told = group({"transcription": root, "translation": free, "segmentation": forms})
    first, second = read(told, tmp_path)
    assert first == IGT("ev  de", "ev-de ad_hoc", None, "at  home")
    assert second.segmentation == "a b"
