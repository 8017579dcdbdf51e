"""How well two lines align: the published scores, and the rule done slowly."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.oracle import slow_distance, slow_words
from strategies import aligned_lines

from igtkit import alignment_score
from igtkit.alignment.scoring import shape
from igtkit.errors import InputError


def test_the_score_of_the_papers_example():
    assert alignment_score("the cat-s ru-n", "DET cat-PL run.SG") == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("", "", 1),
        (None, None, 1),
        (", .", "", 1),
        ("a", "", 0),
        ("a", None, 0),
        ("a=b", "a-b", 2 / 3),
    ],
)
def test_scores_at_the_edge(segmentation, glosses, expected):
    assert alignment_score(segmentation, glosses) == pytest.approx(expected)


@given(aligned_lines())
def test_an_aligned_text_scores_one(lines):
    # The score follows the published rule, under which a free dash is a word.
    forms, glosses = (" ".join(t for t in line.split() if t.strip("-=")) for line in lines[1:])
    assert alignment_score(forms, glosses) == 1


@given(st.text("ab-= .,'", max_size=12), st.text("ab-= .,'", max_size=12))
def test_the_score_is_a_symmetric_share(one, other):
    score = alignment_score(one, other)
    assert 0 <= score <= 1
    assert score == alignment_score(other, one)


def test_the_published_scores(shared):
    with (shared / "golden" / "polygloss_interleaved.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert len(rows) == 600
    for row in rows:
        score = alignment_score(row["segmentation"], row["glosses"])
        assert score == pytest.approx(row["alignment_score"], abs=1e-12)


@pytest.mark.parametrize("line", [float("nan"), 3, 0, b"a", ["a"]])
def test_the_score_of_what_is_no_line_is_an_error(line):
    with pytest.raises(InputError, match="glosses must be a string"):
        alignment_score("a", line)
    with pytest.raises(InputError, match="segmentation must be a string"):
        alignment_score(line, "a")


LINE = st.text("ab-= .,'", max_size=12)


@given(LINE, LINE)
def test_the_score_is_the_slow_one(one, other):
    skeletons = [
        "".join(re.sub("[^-=]+", "x", word) + " " for word in slow_words(line)).strip()
        for line in (one, other)
    ]
    longer = max(map(len, skeletons))
    expected = 1 - slow_distance(*skeletons) / longer if longer else 1
    assert alignment_score(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("token", "expected"),
    [("ev-ler=de", "x-x=x"), ("", ""), ("-", "-"), ("=koba", "=x"), ("a--b", "x--x"), ("a~b", "x")],
)
def test_the_shape_of_a_word_is_where_its_boundaries_are(token, expected):
    assert shape(token) == expected
