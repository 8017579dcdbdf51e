"""The concordance finds what a slow walk over the corpus finds, and shows it in context."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, PAPER, Corpus, load_sample, read
from igtkit.boundaries import LEIPZIG
from igtkit.corpus import Concordance, MorphemePattern, kwic
from igtkit.errors import InputError

TEXTS = Corpus(
    [
        IGT("Evlerde kim var?", "ev-ler-de kim var ?", "house-PL-LOC who exist ?"),
        IGT("kediler", "kedi-ler", "cat-PL"),
        IGT("ev var", None, "house exist"),
        IGT("bir ev", "bir e-v", "one house"),  # does not align
        IGT("ev"),
        IGT("bi~bili", "bi~bili", "IPFV~buy"),
    ]
)


def found(pattern, texts=TEXTS, **options):
    return [hit.index for hit in Concordance(texts, **options).find(pattern)]


@pytest.mark.parametrize(
    ("pattern", "indices"),
    [
        ("ev", [0, 2, 4]),
        ("ev/house", [0, 2]),
        ("/PL", [0, 1]),
        ("-*/PL", [0, 1]),
        ("=*/PL", []),
        ("~bili", [5]),
        ("*/*PF*", [5]),
        ("*e*i*", [1]),
        ("*", [0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 5, 5]),
        ("* -*/PL -*", [0]),
        ("-de kim", [0]),
        ("kim var", [0]),
        ("ev -ler kim", []),
        ("ev kim", []),
        ("var */cat", []),  # not across texts
        ("EV", []),
        ("e", [3]),
        ("ev.", []),  # no regular expression
    ],
)
def test_patterns(pattern, indices):
    assert found(pattern) == indices
    assert Concordance(TEXTS).count(pattern) == len(indices)


def test_case_can_be_ignored():
    assert found("EV/HOUSE", ignore_case=True) == [0, 2]


def test_other_boundaries():
    assert found("bi~bili", boundaries=PAPER) == [5]


def test_a_pattern_of_regular_expressions():
    pattern = [MorphemePattern(gloss=re.compile("PL|LOC")), MorphemePattern(boundary="-")]
    assert found(pattern) == [0]


def test_a_hit_says_which_words():
    hit = Concordance(TEXTS).find("-de kim")[0]
    assert [word.form for word in hit.words[hit.start : hit.stop]] == ["ev-ler-de", "kim"]
    assert hit.igt is TEXTS[0]


def test_keywords_stand_beneath_each_other():
    lines = kwic(Concordance(TEXTS).find("var"), 40).splitlines()
    assert len({line.index("var") for line in lines}) == 1
    assert "ev-ler-de kim" in lines[0]
    assert kwic([]) == ""
    narrow = kwic(Concordance(TEXTS).find("var"), 12).splitlines()
    assert all(len(line) <= 12 for line in narrow)


@pytest.mark.parametrize("pattern", ["", "  ", ()])
def test_an_empty_pattern_is_refused(pattern):
    with pytest.raises(InputError, match="pattern"):
        Concordance(TEXTS).find(pattern)


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="IGT"):
        Concordance(["ev"])
    with pytest.raises(InputError, match="limit"):
        Concordance(TEXTS).find("ev", limit=-1)


def test_an_empty_corpus_has_no_hits():
    assert Concordance([]).find("ev") == []


def slowly(texts, pattern):
    """Every place where a pattern matches, by trying every place."""
    hits = []
    for index, igt in enumerate(texts):
        row = [
            (number, part.form or "", part.gloss or "", part.boundary)
            for number, word in enumerate(igt.align(LEIPZIG, strict=False))
            if not word.is_punctuation
            for part in word.morphemes
        ]
        for start in range(len(row) - len(pattern) + 1):
            window = row[start : start + len(pattern)]
            if all(
                part.form in (None, form)
                and part.gloss in (None, gloss)
                and part.boundary in (None, mark)
                for part, (_, form, gloss, mark) in zip(pattern, window, strict=True)
            ):
                hits.append((index, window[0][0], window[-1][0] + 1))
    return hits


SAMPLE = load_sample()[:60]
PATTERNS = st.lists(
    st.builds(
        MorphemePattern,
        st.none() | st.sampled_from(["ev", "ler", "de", "m", "git"]),
        st.none() | st.sampled_from(["PL", "LOC", "PST", "1SG", "house"]),
        st.none() | st.sampled_from(["", "-", "="]),
    ),
    min_size=1,
    max_size=3,
)


@given(PATTERNS)
def test_it_finds_what_trying_every_place_finds(pattern):
    hits = INDEX.find(pattern)
    assert [(hit.index, hit.start, hit.stop) for hit in hits] == slowly(SAMPLE, pattern)


INDEX = Concordance(SAMPLE)


def test_what_follows_a_morpheme():
    texts = [
        IGT(None, "lu-ev", "the-house"),
        IGT(None, "lu", "the"),
        IGT(None, "lu= ev", "the= house"),
        IGT(None, "l<um>u-ev", "the<AF>-house"),
        IGT(None, "lu=ev", "the=house"),
    ]
    assert found("lu-", texts) == [0, 3]
    assert found("lu=", texts) == [2, 4]
    assert found("<um>", texts) == [3]
    assert found("lu- ev", texts) == found("lu -ev", texts) == [0]
    assert found([MorphemePattern("lu", following="")], texts) == [1]


@pytest.mark.parametrize("ignore_case", [False, True])
def test_unicode_forms_are_alike(ignore_case):
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    texts = [IGT("x", f"{form}-s", f"{form}-PL") for form in (composed, decomposed)]
    for form in (composed, decomposed):
        for pattern in (form, f"/{form}", f"{form[:3]}*", f"*{form[2:]}"):
            assert found(pattern, texts, ignore_case=ignore_case) == [0, 1]
    assert [igt.segmentation for igt in Concordance(texts).texts(composed)] == [
        f"{composed}-s",
        f"{decomposed}-s",
    ]


def test_the_texts_of_hits_are_a_corpus_each_once():
    concordance = Concordance(TEXTS)
    assert concordance.texts("*") == TEXTS
    assert concordance.texts("/PL", limit=1) == TEXTS[:1]
    assert concordance.texts("nothing") == Corpus([])
    with pytest.raises(InputError, match="limit"):
        concordance.texts("ev", limit=-1)


def test_where_nothing_is_found_wider_patterns_are():
    concordance = Concordance(TEXTS)
    assert concordance.widen("PL") == {"/PL": 2}
    assert concordance.widen("ev-ler") == {"ev -ler": 1}
    assert concordance.widen("bili/come", limit=1) == {"bili": 1}
    assert concordance.widen("qqq") == {}
    assert concordance.widen("ev", limit=0) == {}
    for pattern, count in concordance.widen("e", limit=20).items():
        assert concordance.count(pattern) == count > 0
    with pytest.raises(InputError, match="limit"):
        concordance.widen("ev", limit=-1)


def test_labels_in_lower_case_in_real_texts(shared):
    texts = read(shared / "data/odin/u.txt", "sigmorphon", errors="skip")
    concordance = Concordance(texts)
    assert concordance.count("*.nonfut") == 0
    wider = concordance.widen("*.nonfut")
    assert wider["/*.nonfut"] == concordance.count("/*.nonfut") > 0


@given(
    st.lists(st.text("ab*", max_size=6).filter(bool), min_size=1, max_size=5),
    st.text("ab*", min_size=1, max_size=6).filter(lambda text: "*" in text),
)
def test_a_star_stands_for_anything(forms, pattern):
    texts = [IGT(None, form, "x") for form in forms]
    wanted = re.compile(".*".join(map(re.escape, pattern.split("*"))))
    fits = [at for at, form in enumerate(forms) if wanted.fullmatch(form)]
    assert found([MorphemePattern(pattern)], texts) == fits


def test_many_stars_take_little_time():
    long = Concordance([IGT(None, "a" * 5_000, "x")])
    begun = time.process_time()
    assert long.count("*a" * 30 + "*b") == 0
    assert long.count("*a" * 30 + "*") == 1
    assert time.process_time() - begun < 1


def test_for_a_long_pattern_nothing_else_was_meant():
    texts = Concordance([IGT(None, "a " * 100, "b " * 100)])
    begun = time.process_time()
    assert texts.widen("b/x " * 2_000) == {}
    assert time.process_time() - begun < 1


def test_a_word_longer_than_the_line_is_cut():
    hits = Concordance([IGT(None, "ev" + "-ler" * 100, "x" + "-y" * 100)]).find("ler")
    lines = kwic(hits, 40).splitlines()
    assert len(lines) == 100
    assert {len(line.strip()) for line in lines} == {40}
