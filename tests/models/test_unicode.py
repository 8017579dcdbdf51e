"""A glosser knows a word in whichever Unicode form it is typed, and keeps the text's."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models.quick import quick_glosser

from igtkit import IGT
from igtkit.models import LookupGlosser, load_glosser
from igtkit.models._unicode import form_of, learn_form, normalized

FORMS = ("NFC", "NFD")
ROWS = [
    ("évdé kim", "év-dé kim", "house-LOC who"),
    ("kédiler géldi", "kédi-ler gél-di", "cat-PL come-PST"),
    ("kédidé", "kédi-dé", "cat-LOC"),
] * 6


def in_form(form, igt):
    lines = ("transcription", "segmentation")
    return igt.replace(**{name: normalized(getattr(igt, name), form) for name in lines})


@cache
def fitted(kind, form):
    return kind().fit(corpus(form))


def corpus(form):
    return [in_form(form, IGT(*row)) for row in ROWS]


@pytest.mark.parametrize("learned", FORMS)
@pytest.mark.parametrize("typed", FORMS)
@pytest.mark.parametrize("kind", [quick_glosser, LookupGlosser])
def test_a_text_is_glossed_alike_in_either_form(tmp_path, learned, typed, kind):
    glosser = fitted(kind, learned)
    glosser.save_pretrained(tmp_path / "glosser")
    for each in (glosser, load_glosser(tmp_path / "glosser")):
        found = each.predict([in_form(typed, IGT("kédiler géldi"))])[0]
        assert found.glosses == "cat-PL come-PST"
        assert found.segmentation == normalized("kédi-ler gél-di", typed)
        assert found.words[0][0].form == normalized("kédi-ler", typed)
        [text] = [in_form(typed, IGT("kédi géldi", "kédi gél-di", "??? ???"))]
        found = each.predict([text], given="segmentation")[0]
        assert (found.segmentation, found.glosses) == (text.segmentation, "cat come-PST")
        found = each.predict([text], given="partial")[0]
        assert (found.segmentation, found.glosses) == (text.segmentation, "cat come-PST")


@pytest.mark.parametrize("kind", [quick_glosser, LookupGlosser])
def test_a_corpus_that_composes_one_letter_and_not_another_keeps_its_letters(kind):
    mixed = [  # as Palula is written: ṇ is one character, í two
        IGT("teeṇi\u0301i kim", "teeṇ-i\u0301i kim", "table-LOC who"),
        IGT("kúṇ teeṇi\u0301i", "kúṇ teeṇ-i\u0301i", "wood table-LOC"),
    ] * 5
    glosser = kind().fit(mixed)
    for igt in (mixed[0], mixed[1]):
        asked = igt.replace(segmentation=None, glosses=None)
        [made] = glosser.predict([asked])
        assert (made.segmentation, made.glosses) == (igt.segmentation, igt.glosses)
        assert made.words[0][0].form == igt.segmentation.split()[0]


@pytest.mark.parametrize("learned", FORMS)
@pytest.mark.parametrize("entered", FORMS)
def test_a_lexicon_is_known_in_either_form(learned, entered):
    lexicon = {normalized("ézo", entered): "goat"}
    glosser = quick_glosser(lexicon=lexicon).fit(corpus(learned))
    for typed in FORMS:
        found = glosser.predict([in_form(typed, IGT("ézo géldi"))])[0]
        assert found.glosses == "goat come-PST"
        assert found.segmentation == normalized("ézo gél-di", typed)


@pytest.mark.parametrize("typed", FORMS)
def test_corrections_are_taken_in_either_form(typed):
    glosser = quick_glosser().fit(corpus("NFC"))
    glosser.update(in_form(typed, IGT("ézo géldi", "ézo gél-di", "goat come-PST")))
    for form in FORMS:
        assert glosser.predict([in_form(form, IGT("ézo"))])[0].glosses == "goat"


def test_the_hard_attention_glosser_does_as_well():
    pytest.importorskip("torch", reason="torch is not installed")
    from igtkit.models.hard_attention import HardAttentionGlosser

    glosser = HardAttentionGlosser(hidden_size=8, layers=1, epochs=2, device="cpu")
    glosser.fit(corpus("NFC"), progress=False)
    one, other = (
        glosser.predict([in_form(form, IGT("kédiler géldi"))], progress=False)[0] for form in FORMS
    )
    assert one.glosses == other.glosses
    assert form_of(one.segmentation) == "NFC"
    assert other.segmentation == normalized(one.segmentation, "NFD")


@given(st.text(alphabet="aé\u0301e ḵ\u0331"))
def test_the_form_of_a_line_is_the_one_that_leaves_it_as_it_is(line):
    same = [form for form in FORMS if unicodedata.normalize(form, line) == line]
    assert form_of(line) == (same[0] if len(same) == 1 else None)


def test_most_lines_tell():
    assert learn_form([None, "", "a", "é"]) == "NFC"
    assert learn_form(["e\u0301", "e\u0301", "é"]) == "NFD"


@pytest.mark.parametrize("typed", FORMS)
def test_words_that_are_left_alone_are_known_in_either_form(typed):
    glosser = quick_glosser(leave_alone={"Ézra"}).fit(corpus("NFD"))
    found = glosser.predict([in_form(typed, IGT("Ézra géldi"))])[0]
    assert found.segmentation == normalized("Ézra gél-di", typed)
    assert found.glosses.split()[1] == "come-PST"
    assert unicodedata.normalize("NFC", found.glosses.split()[0]) == "Ézra"
