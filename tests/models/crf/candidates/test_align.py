"""Surface chunks and morphemes."""

from __future__ import annotations

import csv
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.boundaries import split_morphemes
from igtkit.models.crf.candidates.align import _cut, _cut_by_length, _Edits, align

_WORD = st.text("abcd", min_size=1, max_size=6)
_ANALYSIS = st.lists(
    st.tuples(st.text("abcd", max_size=4), st.sampled_from("XYZ"), st.just("-")),
    min_size=1,
    max_size=4,
)


def _analysis(segmented: str, glossed: str):
    return tuple(
        (form, gloss, boundary)
        for (boundary, form), (_, gloss) in zip(
            split_morphemes(segmented), split_morphemes(glossed), strict=True
        )
    )


@given(st.lists(st.tuples(_WORD, _ANALYSIS.map(tuple), st.integers(1, 3)), max_size=5))
def test_chunks_join_to_the_word_one_for_each_morpheme(items):
    for (word, analysis, _), chunks in zip(items, align(items), strict=True):
        assert "".join(chunks) == word
        assert len(chunks) == len(analysis)


@given(_WORD, st.lists(st.text("abcd", max_size=4), min_size=1, max_size=4), st.data())
def test_a_cut_that_is_known_spares_work_and_changes_nothing(word, forms, data):
    costs = [_Edits(form) for form in forms]
    size = len(word)

    def cost(ends):
        rests = [sum(map(len, forms[k + 1 :])) for k in range(len(forms))]
        chunks = [word[a:b] for a, b in pairwise((0, *ends))]
        late = [1e-3 * abs(size - end - rest) for end, rest in zip(ends, rests, strict=True)]
        return sum(one[chunk] for one, chunk in zip(costs, chunks, strict=True)) + sum(late)

    every = [
        (*inner, size) for inner in combinations_with_replacement(range(size + 1), len(forms) - 1)
    ]
    every = [
        ends
        for ends in every
        if all(
            b - a <= len(form) + 4
            for (a, b), form in zip(pairwise((0, *ends[:-1])), forms, strict=False)
        )
    ]
    chosen = data.draw(st.sampled_from(every))
    known = [word[a:b] for a, b in pairwise((0, *chosen))]
    found = _cut(word, forms, costs, known)
    assert found == _cut(word, forms, costs, _cut_by_length(word, forms))
    ends = [sum(map(len, found[: k + 1])) for k in range(len(found))]
    assert cost(ends) == pytest.approx(min(map(cost, every)))


def test_a_plain_concatenation_is_cut_where_the_morphemes_meet():
    assert align([("insulcapari", _analysis("ins-ul-capari", "a-b-c"), 1)]) == [
        ("ins", "ul", "capari")
    ]


@pytest.mark.parametrize(
    ("word", "segmented", "glossed", "expected"),
    [
        ("cities", "city-s", "city-PL", ("citie", "s")),
        ("unhappiest", "un-happy-est", "NEG-happy-SUP", ("un", "happi", "est")),
        ("sheep", "sheep-∅", "sheep-PL", ("sheep", "")),
    ],
)
def test_changed_stems_keep_their_affixes_apart(word, segmented, glossed, expected):
    assert align([(word, _analysis(segmented, glossed), 1)]) == [expected]


@pytest.mark.parametrize("forms", [("x" * 450, "y" * 2000), ("x", "y" * 500)])
def test_what_is_long_and_nothing_like_its_morphemes_is_cut_all_the_same(forms):
    hard = ("ab" * 250, ((forms[0], "poem", ""), (forms[1], "PL", "-")), 1)
    easy = ("kata", (("kat", "cat", ""), ("a", "PL", "-")), 1)
    chunks = align([hard, easy])
    assert "".join(chunks[0]) == hard[0]
    assert len(chunks[0][0]) == pytest.approx(len(forms[0]), abs=5)
    assert chunks[1] == ("kat", "a")


def test_what_other_words_show_decides_where_edit_distance_cannot():
    # is the vowel of "lado" the stem's or the suffix's? The other words have the suffix as "do".
    others = [(f"{stem}do", _analysis(f"{stem}-do", "x-PST"), 3) for stem in ("mi", "pu", "ke")]
    chunks = align([*others, ("lado", _analysis("l-ado", "y-PST"), 1)])
    assert chunks[:3] == [("mi", "do"), ("pu", "do"), ("ke", "do")]
    assert "".join(chunks[3]) == "lado"


def test_leipzig_examples_align(shared):
    with (shared / "data/cldf/lgr/examples.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = []
    for row in rows:
        words, glosses = row["Analyzed_Word"].split("\t"), row["Gloss"].split("\t")
        for word, gloss in zip(words, glosses, strict=False):
            if len(split_morphemes(word)) == len(split_morphemes(gloss)):
                plain = "".join(form for _, form in split_morphemes(word)).lower()
                items.append((plain, _analysis(word, gloss), 1))
    assert len(items) > 60
    for (word, analysis, _), chunks in zip(items, align(items), strict=True):
        assert "".join(chunks) == word
        assert chunks == tuple(form.lower() for form, _, _ in analysis)
