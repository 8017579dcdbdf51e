"""Corrections laid back into the texts that they are of."""

from __future__ import annotations

import pytest
from documents.flextext import document, morph, read, word
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit import IGT
from igtkit.boundaries import UNKNOWN
from igtkit.errors import InputError
from igtkit.models import merge_corrections

SUGGESTED = {"prediction": {"system": "crf", "confirmed": False}}
WORDS = st.sampled_from([UNKNOWN, "a", "b", "a-b", "b-a"])
LINES = st.lists(WORDS, min_size=3, max_size=3).map(" ".join) | st.none()


def test_open_words_are_filled_and_others_stay():
    story = [IGT("cats , run", "cat-s , ???", "cat-PL , ???", "Cats run."), IGT("dogs")]
    merged = merge_corrections(story, [IGT("cats , run", "cat-s run", "cat-PL run-3SG", id=None)])
    assert merged.texts == tuple(story)  # run-3SG has no form of two morphemes
    merged = merge_corrections(story, [IGT("cats , run", "cat-s run", "dog-PL run")])
    assert merged.texts[0] == story[0].replace(segmentation="cat-s , run", glosses="cat-PL , run")
    assert (merged.changed, merged.words, merged.kept) == ((0,), 1, 1)


@given(LINES, LINES, LINES, LINES)
def test_nothing_that_a_person_did_changes(forms, glosses, new_forms, new_glosses):
    text = IGT("x y z", forms, glosses)
    merged = merge_corrections([text], [IGT("x y z", new_forms, new_glosses)])
    for name in ("segmentation", "glosses"):
        before, after = getattr(text, name), getattr(merged.texts[0], name)
        old = before.split() if before else [UNKNOWN] * 3
        new = after.split() if after else [UNKNOWN] * 3
        assert all(one in (UNKNOWN, other) for one, other in zip(old, new, strict=True))
    assert (merged.texts[0] != text) == (merged.words > 0) == bool(merged.changed)
    again = merge_corrections(merged.texts, [IGT("x y z", new_forms, new_glosses)])
    assert again.words == 0


def test_who_asks_for_it_replaces_what_is_there():
    story = [IGT("cats , run", "cat-s , run", "cat-PL , ???", "Cats run."), IGT("dogs")]
    said = IGT("cats , run", "cats ???", "cat.PL run")
    merged = merge_corrections(story, [said], overwrite=True)
    assert merged.texts[0] == story[0].replace(segmentation="cats , run", glosses="cat.PL , run")
    assert (merged.changed, merged.words, merged.kept) == ((0,), 2, 0)
    assert merge_corrections(merged.texts, [said], overwrite=True).words == 0


def test_suggestions_that_nobody_confirmed_are_left():
    text = IGT("cats")
    merged = merge_corrections([text], [IGT("cats", "cat-s", "cat-PL", metadata=SUGGESTED)])
    assert (merged.texts, merged.unconfirmed, merged.words) == ((text,), 1, 0)
    merged = merge_corrections([text], [text])
    assert (merged.unconfirmed, merged.unplaced) == (0, ())


def test_a_suggestion_in_the_file_is_a_persons_once_all_of_it_is_confirmed():
    text = IGT("cats run", "cat-s run", "dog-PL jog", metadata=SUGGESTED | {"page": 7})
    part = merge_corrections([text], [IGT("cats run", "cat-s ???", "cat-PL ???")]).texts[0]
    assert part.glosses == "cat-PL jog"
    assert part.metadata == text.metadata
    whole = merge_corrections([text], [IGT("cats run", "cat-s run", "cat-PL run")]).texts[0]
    assert (whole.glosses, whole.metadata) == ("cat-PL run", {"page": 7})


def test_sentences_alike_are_told_apart_by_number_or_else_by_order():
    story = [IGT("yes"), IGT("no", id="1"), IGT("yes"), IGT("no", id="2")]
    third = IGT("yes", "yes", "truly", metadata={"sentence": 3})
    assert merge_corrections(story, [third]).changed == (2,)
    assert merge_corrections(story, [IGT("yes"), third.replace(metadata={})]).changed == (2,)
    assert merge_corrections(story, [IGT("no", "no", "not", id="2")]).changed == (3,)


def test_what_has_no_place_is_told():
    story = [IGT("cats run", "cat-s", "cat-PL"), IGT("dogs run")]
    given = [
        IGT("birds", "bird-s", "bird-PL"),
        IGT("cats run", "a b", "a b"),
        IGT("dogs run", None, "dog-PL"),
    ]
    merged = merge_corrections(story, given)
    assert merged.texts == tuple(story)
    assert [index for index, _ in merged.unplaced] == [0, 1, 2]
    assert [why.split(":")[0] for _, why in merged.unplaced] == [
        "there is no such sentence",
        "the transcription has 2 words, the segmentation 1",
        "the text has 2 words, the correction 1",
    ]
    with pytest.raises(InputError, match="item 0 is no IGT"):
        merge_corrections(story, ["cats"])


def test_a_real_flex_text_gets_what_a_review_table_has(shared, tmp_path):
    story = igtkit.read(shared / "data" / "interchange" / "flextext" / "cldflex_apalai.flextext")
    at = next(index for index, igt in enumerate(story) if "???" in (igt.glosses or ""))
    glosses = story[at].glosses.replace("???", "follow")
    forms = " ".join(
        form if "-" in gloss or gloss != "follow" else "ekahma"
        for form, gloss in zip(story[at].segmentation.split(), glosses.split(), strict=False)
    )
    merged = merge_corrections(story, [story[at].replace(segmentation=forms, glosses=glosses)])
    assert (merged.changed, merged.words, merged.unplaced) == ((at,), 1, ())
    igtkit.write(merged.texts, tmp_path / "merged.flextext")
    assert "follow" in igtkit.read(tmp_path / "merged.flextext")[at].glosses


def test_a_flex_phrase_of_which_nothing_was_done_gets_no_more_than_what_is_done(tmp_path):
    path, new = tmp_path / "a.flextext", tmp_path / "b.flextext"
    igtkit.write([IGT("Kedi , geldi .")], path)
    [text] = igtkit.read(path)
    merged = merge_corrections(
        [text], [text.replace(segmentation="??? gel-di", glosses="??? come-PST")]
    )
    assert (merged.words, merged.texts[0].glosses) == (1, "??? come-PST")
    assert not igtkit.write(merged.texts, new).lost
    assert new.read_text(encoding="utf-8").count("<morph ") == 2
    assert new.read_text(encoding="utf-8").count("<morphemes>") == 1
    merged = merge_corrections([text], [text.replace(glosses="cat come")])
    assert (merged.texts[0].segmentation, merged.texts[0].glosses) == (None, "cat come")
    igtkit.write(merged.texts, new)
    assert "<morph" not in new.read_text(encoding="utf-8")


def test_what_is_laid_into_a_begun_flex_phrase_is_there_the_next_time(tmp_path):
    path, new = tmp_path / "a.flextext", tmp_path / "b.flextext"
    igtkit.write([IGT("Kedi geldi", "kedi ???", "cat ???")], path)
    [begun] = igtkit.read(path)
    corrected = [begun.replace(segmentation="kedi geldi", glosses="cat came")]
    merged = merge_corrections([begun], corrected)
    assert merged.words == 1
    igtkit.write(merged.texts, new)
    assert new.read_text(encoding="utf-8").count("<morph ") == 2
    assert merge_corrections(igtkit.read(new), corrected).words == 0


def test_a_gloss_of_a_flex_word_as_a_whole_is_not_laid_in_again():
    [text] = read(document(word("kedi", morph("kedi", "cat")), word("geldi", gloss="came")))
    assert (text.segmentation, text.glosses) == ("kedi geldi", "cat came")
    assert merge_corrections([text], [text]).words == 0


def test_what_is_laid_into_a_begun_sentence_of_elan_is_read_from_then_on(tmp_path):
    path, new = tmp_path / "a.eaf", tmp_path / "b.eaf"
    begun = IGT("kedi evde uyur", "kedi ev-de ???", "cat ???-LOC ???")
    igtkit.write([begun, IGT("kedi", "kedi", "cat")], path)
    corrected = begun.replace(
        segmentation="kedi ev-de uyu-r", glosses="dog house-LOC sleep-AOR", id="a1"
    )
    [text, _] = texts = igtkit.read(path)
    assert (text.id, text.glosses) == ("a1", "cat ???-LOC ???")
    merged = merge_corrections(texts, [corrected])
    assert merged.words == 2
    igtkit.write(merged.texts, new, template=path)
    texts = igtkit.read(new)
    assert (texts[0].segmentation, texts[0].glosses) == (
        "kedi ev-de uyu-r",
        "cat house-LOC sleep-AOR",
    )
    assert "prediction" not in texts[0].metadata
    assert merge_corrections(texts, [corrected]).words == 0
    unsure = new.read_text(encoding="utf-8").replace("confirmed<", "suggested<")
    new.write_text(unsure, encoding="utf-8")
    assert igtkit.read(new)[0].glosses == "cat ???-LOC ???"
