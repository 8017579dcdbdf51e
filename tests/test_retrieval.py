"""The index ranks as sacrebleu does when it scores every line: same floats, same ties."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF

from igtkit import retrieval
from igtkit.errors import InputError
from igtkit.io import read
from igtkit.retrieval import ChrfIndex

LANGUAGES = ["ddo", "git", "lez", "ntu", "nyb", "usp"]
CHRF2 = CHRF(char_order=6, word_order=0, beta=2)


def brute_force(lines, query):
    scores = [CHRF2.sentence_score(line, [query]).score for line in lines]
    ranking = sorted(range(len(lines)), key=lambda line: (-scores[line], line))
    return [(line, scores[line]) for line in ranking]


def transcriptions(shared, language, split):
    path = shared / "data" / "sigmorphon2023" / language / f"{language}-{split}-track2-uncovered"
    return [igt.transcription for igt in read(path, "sigmorphon")]


def test_all_of_tsez_ranks_as_by_brute_force(shared):
    lines = transcriptions(shared, "ddo", "train")
    assert len(lines) == 3558
    index = ChrfIndex(lines)
    for query in transcriptions(shared, "ddo", "dev")[::200]:
        expected = brute_force(lines, query)
        assert index.search(query, k=len(lines)) == expected
        assert index.search(query) == expected[:10]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_ranks_as_by_brute_force(shared, language):
    lines = transcriptions(shared, language, "train")[:250]
    index = ChrfIndex(lines)
    for query in transcriptions(shared, language, "dev")[:5]:
        assert index.search(query, k=len(lines)) == brute_force(lines, query)


def test_the_messiest_lines_rank_as_by_brute_force(shared):
    lines = [
        line.removeprefix("\\t ")
        for path in sorted((shared / "data" / "odin").glob("*.txt"))[::12]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("\\t ")
    ][::4]
    assert len(lines) > 500
    index = ChrfIndex(lines)
    for query in lines[:: len(lines) // 5]:
        assert index.search(query, k=len(lines)) == brute_force(lines, query)


# Few characters make n-grams that repeat and scores that tie; any character at all makes the rest.
LINE = st.one_of(
    st.text("ab ", max_size=14),
    st.text("abʔ̠\u3000\U0001f600\n", max_size=14),
    st.text(st.characters(exclude_categories=[]), max_size=8),
)


@given(
    lines=st.lists(LINE, min_size=1, max_size=8), query=LINE, blank=st.sampled_from([0, 20, 150])
)
@example(lines=["ab", "ba", "ab"], query="ab", blank=0)
@example(lines=["a" * 5, "a" * 6, "a" * 7], query="a" * 6, blank=20)
@example(lines=["\ud800a", "a\udfff"], query="\ud800", blank=0)
@example(lines=["a\0b", "ab"], query="a\0b", blank=20)
@example(lines=["\U0010ffff" * 7], query="\U0010ffff" * 6, blank=20)
def test_any_lines_rank_as_by_brute_force(lines, query, blank):
    # Blank lines make every n-gram rare, which takes another way through the index.
    lines += [""] * blank
    assert ChrfIndex(lines).search(query, k=len(lines)) == brute_force(lines, query)


@pytest.mark.parametrize("blank", [0, 200])
@pytest.mark.parametrize("length", [254, 255, 256, 257, 700])
def test_an_ngram_repeated_hundreds_of_times(length, blank):
    lines = ["a" * length, "a" * 300, "a" * length + "b", "ab" * length, *[""] * blank]
    index = ChrfIndex(lines)
    for query in ("a" * 255, "a" * 256, "a" * length, "ab" * length, "a"):
        assert index.search(query, k=len(lines)) == brute_force(lines, query)


def test_the_line_is_the_hypothesis_and_the_query_the_reference():
    ((_, score),) = ChrfIndex(["kim geldi dün"]).search("kim geldi")
    assert score == CHRF2.sentence_score("kim geldi dün", ["kim geldi"]).score
    assert score != CHRF2.sentence_score("kim geldi", ["kim geldi dün"]).score


def test_equal_lines_come_in_their_order():
    index = ChrfIndex(["su", "ev", "ev", "e v", "ev"])
    assert index.search("ev", k=3) == [(1, 100.0), (2, 100.0), (3, 100.0)]


@pytest.mark.parametrize("query", ["", " \t\u3000\n", "xyz"])
def test_nothing_in_common_scores_zero_in_the_order_of_the_lines(query):
    assert ChrfIndex(["ev", "", "su", "  "]).search(query, k=3) == [(0, 0.0), (1, 0.0), (2, 0.0)]


@pytest.mark.parametrize("lines", [[""], [" ", "\n"]])
def test_blank_lines_alone(lines):
    assert ChrfIndex(lines).search("ev") == [(line, 0.0) for line in range(len(lines))]


def test_k_beyond_the_lines_returns_all_of_them():
    index = ChrfIndex(line for line in ("ev", "su"))
    assert len(index) == 2
    assert [line for line, _ in index.search("su", k=1000)] == [1, 0]


def test_results_are_plain_python_numbers():
    ((line, score),) = ChrfIndex(["ev"]).search("ev")
    assert type(line) is int
    assert type(score) is float


def test_an_index_survives_pickling():
    index = ChrfIndex(["ev-ler", "ev-de", "su"])
    assert pickle.loads(pickle.dumps(index)).search("evde") == index.search("evde")


def test_the_index_grows_with_the_text_and_no_faster():
    words = ["ev", "ler", "de", "su", "gel", "iyor", "du", "kim", "dün", "yarın"]
    lines = [f"{a}{b} {b}{c}" for a in words for b in words for c in words]
    size, four_times = (len(pickle.dumps(ChrfIndex(lines * times))) for times in (1, 4))
    assert four_times < 4.1 * size


@pytest.mark.parametrize("k", [0, -1, 1.0, "3", None, True])
def test_k_must_be_a_positive_whole_number(k):
    with pytest.raises(InputError, match=r"k is .*whole number of at least 1"):
        ChrfIndex(["ev"]).search("ev", k=k)


@pytest.mark.parametrize("query", [None, b"ev", 3, ["ev"]])
def test_the_query_must_be_a_string(query):
    with pytest.raises(InputError, match="the query is not a string"):
        ChrfIndex(["ev"]).search(query)


def test_lines_must_be_strings():
    with pytest.raises(InputError, match="line 1 is not a string but None"):
        ChrfIndex(["ev", None])
    with pytest.raises(InputError, match="give a list of strings"):
        ChrfIndex("ev")
    with pytest.raises(InputError, match="no lines to search"):
        ChrfIndex([])


def test_more_text_than_the_index_can_number_is_refused(monkeypatch):
    monkeypatch.setattr(retrieval, "_MOST", 20)
    assert ChrfIndex(["e" * 19]).search("e", k=1)[0][0] == 0
    with pytest.raises(InputError, match="too much text"):
        ChrfIndex(["e" * 20])
    with pytest.raises(InputError, match="too much text"):
        ChrfIndex([""] * 4)
