"""The layout of the GlossLM corpus: two rows of a sentence are one text, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Language
from igtkit.corpus.glosslm import (
    GLOSSLM_COLUMNS,
    from_any_row,
    from_rows,
    is_glosslm,
    join_halves,
    to_glosslm_rows,
)

LINES = st.none() | st.text("ab -", min_size=1, max_size=6)


@given(st.lists(st.tuples(LINES, LINES, LINES), max_size=5))
def test_rows_give_the_texts_back(lines):
    texts = [
        IGT(*line, language=Language("stan1290", "French"), id=str(number), source="field notes")
        for number, line in enumerate(lines)
    ]
    rows = [row for text in texts for row in to_glosslm_rows(text)]
    assert all(tuple(row) == GLOSSLM_COLUMNS for row in rows)
    assert list(from_rows(rows)) == texts


def test_a_table_is_known_by_its_columns():
    assert is_glosslm(GLOSSLM_COLUMNS)
    assert not is_glosslm(["transcription", "segmentation", "is_segmented"])
    assert list(from_rows([])) == []
    assert [text.segmentation for text in from_rows([{"segmentation": "a-b"}])] == ["a-b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (IGT("cats", id="1"), IGT(None, "cat-s", id="2")),
        (IGT("cats"), IGT(None, "cat-s")),
        (IGT("cats", id="1", translation="Cats."), IGT(None, "cat-s", id="1")),
        (IGT("cats", "cat-s", id="1"), IGT(None, "cat-s", id="1")),
        (IGT("cats", id="1"), IGT("cats", "cat-s", id="1")),
    ],
)
def test_other_neighbors_stay_two_texts(one, other):
    assert list(join_halves([one, other])) == [one, other]


def test_halves_join_in_either_order_and_a_third_stays():
    text, parts = IGT("cats", id="1"), IGT(None, "cat-s", id="1")
    whole = IGT("cats", "cat-s", id="1")
    assert list(join_halves([parts, text, text])) == [whole, text]


def test_what_the_segmented_row_alone_says_is_kept():
    rows = [
        {"id": "1", "transcription": "cats", "is_segmented": "no", "page": "7", "note": "a"},
        {"id": "1", "transcription": "cat-s", "is_segmented": "yes", "page": "7", "note": "b"},
    ]
    [text] = from_rows(rows)
    assert text == IGT("cats", "cat-s", id="1")
    assert text.metadata == {"page": "7", "note": "a", "segmented": {"note": "b"}}
    [text] = from_rows([{**row, "note": "a"} for row in rows])
    assert text.metadata == {"page": "7", "note": "a"}


def test_metadata_may_be_json():
    assert from_any_row({"transcription": "a", "metadata": '{"page": 7}'}).metadata == {"page": 7}
