"""`Corpus`: a sequence that never changes, and its ways to make others."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.corpus import Corpus, Skipped
from igtkit.errors import InputError
from igtkit.igt import IGT, Language

TSEZ, LEZGI = Language("dido1241", "Tsez"), Language("lezg1247", "Lezgi")
CORPUS = Corpus(
    [
        IGT("a", language=TSEZ, split="train"),
        IGT("b", language=LEZGI, split="train"),
        IGT("c", split="dev"),
        IGT("d", language=TSEZ),
    ]
)
LOST = Skipped("x.txt", 3, "x.txt:3: no", "text")


def names(corpus):
    return [igt.transcription for igt in corpus]


def test_it_is_a_sequence():
    assert len(CORPUS) == 4
    assert CORPUS[0].transcription == "a"
    assert CORPUS[-1].transcription == "d"
    assert names(CORPUS[1:3]) == ["b", "c"]
    assert isinstance(CORPUS[1:3], Corpus)
    assert names(reversed(CORPUS)) == ["d", "c", "b", "a"]
    assert CORPUS[2] in CORPUS
    assert CORPUS.index(CORPUS[2]) == 2
    assert not Corpus()
    with pytest.raises(IndexError):
        CORPUS[4]


def test_equality_is_that_of_the_entries_in_order():
    assert Corpus(list(CORPUS)) == CORPUS
    assert CORPUS[::-1] != CORPUS
    assert list(CORPUS) != CORPUS
    assert Corpus(CORPUS, skipped=[LOST]) == CORPUS
    assert pickle.loads(pickle.dumps(CORPUS)) == CORPUS
    with pytest.raises(TypeError, match="unhashable"):
        hash(CORPUS)


def test_it_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        CORPUS[0] = IGT("x")
    with pytest.raises(AttributeError):
        CORPUS.skipped = ()


@pytest.mark.parametrize(
    ("items", "what"),
    [
        ("corpus.txt", r"igtkit\.read"),
        ([IGT("a"), "b"], "item 1 is 'b'"),
        ([None], "NoneType"),
        (IGT("a"), "give a list"),
        (None, "many IGT items, got None"),
    ],
)
def test_it_holds_nothing_but_texts(items, what):
    with pytest.raises(InputError, match=what):
        Corpus(items)


def test_the_short_form_counts():
    assert repr(Corpus()) == "Corpus(0 entries)"
    assert repr(CORPUS) == "Corpus(4 entries: 2 train, 1 dev, 1 without split)"
    assert repr(Corpus([IGT("a")], skipped=[LOST])) == "Corpus(1 entry; 1 skipped)"


def test_filter_and_map_make_new_ones():
    assert names(CORPUS.filter(lambda igt: igt.language == TSEZ)) == ["a", "d"]
    assert names(CORPUS.map(lambda igt: igt.replace(transcription="x"))) == ["x"] * 4
    assert names(CORPUS) == ["a", "b", "c", "d"]
    with pytest.raises(InputError, match="NoneType"):
        CORPUS.map(lambda igt: None)


def test_concatenation_keeps_what_was_skipped():
    both = Corpus([IGT("x")], skipped=[LOST]) + CORPUS + [IGT("y")]
    assert names(both) == ["x", "a", "b", "c", "d", "y"]
    assert both.skipped == (LOST,)
    with pytest.raises(InputError):
        CORPUS.__add__(["x"])


def test_groups_come_in_order_of_first_appearance():
    groups = CORPUS.by_language()
    assert list(groups) == [TSEZ, LEZGI, None]
    assert [names(part) for part in groups.values()] == [["a", "d"], ["b"], ["c"]]
    assert {key: names(part) for key, part in CORPUS.splits.items()} == {
        "train": ["a", "b"],
        "dev": ["c"],
        None: ["d"],
    }


def test_a_split_that_there_is_not_is_an_error_that_says_which_there_are():
    assert names(CORPUS.split("train")) == ["a", "b"]
    with pytest.raises(
        InputError, match=r"'tset'; there are: 'train' \(2\), 'dev' \(1\), None \(1\)"
    ):
        CORPUS.split("tset")
    with pytest.raises(InputError, match="none"):
        Corpus().split("train")


@given(st.integers(10, 60), st.integers(), st.booleans())
def test_a_random_split_is_a_fixed_partition(count, seed, grouped):
    corpus = Corpus(IGT(str(n // 3 if grouped else n), id=str(n)) for n in range(count))
    together = (lambda igt: igt.transcription) if grouped else None
    shares = {"train": 0.6, "dev": 0.2, "test": 0.2}
    parts = corpus.random_split(**shares, seed=seed, together=together)
    assert parts == corpus.random_split(**shares, seed=seed, together=together)
    assert parts.map(lambda igt: igt.replace(split=None)) == corpus
    for name, part in parts.splits.items():
        assert abs(len(part) - shares[name] * count) < (4 if grouped else 1.5)
        if grouped:
            for other, rest in parts.splits.items():
                assert other == name or not set(names(part)) & set(names(rest))


def test_random_splits_differ_by_seed_and_follow_no_order():
    corpus = Corpus(IGT(str(n)) for n in range(200))
    splits = [[igt.split for igt in corpus.random_split(seed=seed)] for seed in range(4)]
    assert len({tuple(split) for split in splits}) == 4
    halves = [split[:100].count("test") for split in splits]
    assert all(3 <= half <= 17 for half in halves)
    assert set(splits[0]) == {"train", "dev", "test"}
    assert splits[0].count("train") == 160


@pytest.mark.parametrize(
    ("shares", "what"),
    [
        ({"train": 0.9}, "add up to 1"),
        ({"train": 1.2, "dev": -0.2, "test": 0}, "between 0 and 1"),
        ({"train": float("nan")}, "between 0 and 1"),
    ],
)
def test_shares_add_up(shares, what):
    with pytest.raises(InputError, match=what):
        CORPUS.random_split(**shares)


def test_too_few_entries_for_every_split():
    with pytest.raises(InputError, match="4 entries are too few to give test any; set"):
        CORPUS.random_split()
    with pytest.raises(InputError, match="groups of entries"):
        CORPUS.random_split(train=0.5, dev=0, test=0.5, together=lambda igt: 1)
    assert set(CORPUS.random_split(train=0.5, dev=0, test=0.5).splits) == {"train", "test"}


def test_pandas_rows_have_the_columns_of_the_published_corpus():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = CORPUS.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["transcription"]) == names(CORPUS)
    assert list(frame["glottocode"])[:2] == ["dido1241", "lezg1247"]
    assert list(Corpus().to_pandas().columns) == list(frame.columns)


def test_pandas_is_loaded_only_when_asked_for():
    code = "import sys, igtkit.corpus, igtkit.io; assert not {'pandas', 'torch', 'sacrebleu'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
