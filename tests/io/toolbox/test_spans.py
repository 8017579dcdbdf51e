"""Which morphemes make up a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._joining import group_morphemes
from igtkit.io.toolbox.rows import Row
from igtkit.io.toolbox.spans import (
    count_words,
    has_mark_at_edge,
    spans_by_column,
    spans_by_marks,
    spans_of,
)

TOKENS = st.lists(
    st.sampled_from(
        ["ev", "-ler", "o-", "=de", "a~", ".", "x-y", "<um>", "-", "~", "-.", "é", "«"]
    ),
    max_size=6,
)


@given(TOKENS)
def test_boundaries_group_tokens_as_in_every_format(tokens):
    groups = group_morphemes(tokens, free_marks=True)
    assert spans_by_marks(tokens) == [(group[0], group[-1] + 1) for group in groups]


def test_words_are_counted_by_boundaries():
    assert count_words(Row("ev -ler o- na .", "utf-8")) == 3


@pytest.mark.parametrize(
    ("words", "morphemes", "spans", "fit"),
    [
        ("evler o", "ev -ler o", [(0, 2), (2, 3)], True),
        ("evler  o", "ev ler  o", [(0, 1), (1, 2), (2, 3)], False),
        ("evler  o", "ev ler   o", [(0, 1), (1, 2), (2, 3)], False),
        ("ev ler o", "ev -ler  o", [(0, 2), (2, 3)], False),
        ("evler   o", "ev ler  o", [(0, 2), (2, 3)], True),  # by column
        ("ev  ler  o", "ev  -ler o", [(0, 1), (1, 2), (2, 3)], True),  # a clitic
        ("ev  lero", "ev -ler  =o", [(0, 3)], False),
    ],
)
def test_words_by_column_or_by_boundaries(words, morphemes, spans, fit):
    rows = Row(words, "utf-8"), Row(morphemes, "utf-8")
    assert spans_of(*rows, plain=True) == (spans, fit)


def test_without_a_line_of_words_boundaries_decide():
    assert spans_of(None, Row("ev -ler o", "utf-8"), plain=True) == ([(0, 2), (2, 3)], True)


@given(st.text("ab é.-", max_size=10), st.text("ab é-", max_size=10).filter(str.strip))
def test_a_word_that_stands_above_nothing_is_seen_in_the_last_one_or_any(words, morphemes):
    spoken, anchor = Row(words, "utf-8"), Row(morphemes, "utf-8")
    spans = spans_by_column(spoken, anchor, plain=False)
    if spans is not None:
        begun = [start for start in spoken.starts if start in anchor.starts]
        assert [anchor.starts[begin] for begin, _ in spans] == begun


def test_a_boundary_by_itself_at_the_edge_of_a_word():
    assert has_mark_at_edge([(0, 2), (2, 3)], ["ev", "-", "o"])
    assert not has_mark_at_edge([(0, 3)], ["ev", "-", "o"])
