"""The lexicon that is in a corpus."""

from __future__ import annotations

from collections import Counter

import pytest

from igtkit import IGT, load_sample
from igtkit.boundaries import is_word, split_morphemes, split_words
from igtkit.corpus import LexiconEntry, allomorphs, extract_lexicon
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("segmentation", "glosses", "types"),
    [
        ("ev-ler-de", "house-PL-LOC", ["stem", "suffix", "suffix"]),
        ("ni=la-t=um", "1SG=see-PST=Q", ["proclitic", "stem", "suffix", "enclitic"]),
        ("r-ixoqiil", "E3S-wife", ["prefix", "stem"]),
        ("b<um>ili", "buy<ACTFOC>", ["stem", "infix"]),
        ("ben", "1SG", ["stem"]),
        ("r-e", "E3S-POSS", [None, None]),
        ("=koba", "=PST", ["enclitic"]),  # written as words of their own
        ("re=", "REL=", ["proclitic"]),
        ("-ler", "-PL", ["suffix"]),
        ("a-", "NEG-", ["prefix"]),
    ],
)
def test_types_come_from_the_place_in_the_word(segmentation, glosses, types):
    found = {
        each.gloss: each.morph_type for each in extract_lexicon([IGT("", segmentation, glosses)])
    }
    assert Counter(found.values()) == Counter(types)
    if "stem" in types:
        stem = next(gloss for gloss, kind in found.items() if kind == "stem")
        assert stem in ("house", "see", "wife", "buy", "1SG")


def test_entries_are_counted_and_name_their_texts():
    texts = [
        IGT("evde", "ev-de", "house-LOC"),
        IGT("ev ev", "ev ev", "house home"),
        IGT("evde", "ev-de .", "house-LOC ."),
        IGT("evde su", "ev-de su", "house-LOC ???"),
    ]
    assert extract_lexicon(texts, examples=2) == (
        LexiconEntry("de", "LOC", "suffix", count=3, examples=(0, 2)),
        LexiconEntry("ev", "house", "stem", count=4, examples=(0, 1)),
        LexiconEntry("ev", "home", "stem", count=1, examples=(1,)),
    )


def test_a_text_that_does_not_align_is_taken_as_far_as_it_goes():
    assert [each.form for each in extract_lexicon([IGT("", "ev su", "house")])] == ["ev"]
    assert extract_lexicon([IGT("ev"), IGT(None, None, "house")]) == ()


def test_allomorphs_are_the_forms_of_one_grammatical_gloss():
    texts = [
        IGT("", "ev-ler kız-lar", "house-PL girl-PL"),
        IGT("", "kuş-lar hane-de", "bird-PL house-LOC"),
    ]
    found = allomorphs(extract_lexicon(texts))
    assert {gloss: [each.form for each in forms] for gloss, forms in found.items()} == {
        "PL": ["lar", "ler"]
    }


def test_every_morpheme_of_the_sample_is_counted_once():
    sample = load_sample()
    morphemes = sum(
        len(split_morphemes(token))
        for igt in sample
        for token in split_words(igt.segmentation)
        if is_word(token)
    )
    assert sum(each.count for each in extract_lexicon(sample)) == morphemes


@pytest.mark.parametrize("form", [None, "", 3])
def test_an_entry_has_a_form(form):
    with pytest.raises(InputError, match="must be a string that is not empty"):
        LexiconEntry(form)


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="gloss must be a string or None"):
        LexiconEntry("ev", 3)
    with pytest.raises(InputError, match="IGT"):
        extract_lexicon(["ev"])
