"""The progress bar: drawn on a terminal, and nothing anywhere else."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest
from models.quick import quick_glosser

from igtkit import load_sample
from igtkit._progress import Progress
from igtkit.models import CrfGlosser, LookupGlosser, cross_validate


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(counts, total=None, stream=None, shown=None):
    """What is drawn while texts are counted; pytest sets standard error anew for each test."""
    stream = Terminal() if stream is None else stream
    with contextlib.redirect_stderr(stream), Progress(total, shown) as bar:
        for count in counts:
            bar.advance(count)
    return stream.getvalue()


@pytest.mark.parametrize("shown", [None, True])
def test_on_a_terminal_texts_are_counted_up_to_the_last(shown):
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    bar = drawn([1] * 5, 5, shown=shown)
    assert "0/5" in bar
    assert "5/5" in bar
    assert "texts/s" in bar
    assert bar.endswith("\n")  # closed, so that what comes next has a line of its own


def test_several_at_once_and_without_a_total():
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    assert "7texts" in drawn([3, 4])


def test_it_is_closed_when_something_fails_which_is_not_hidden():
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    terminal = Terminal()
    with pytest.raises(TypeError, match="no number"):
        drawn(numbers(), 2, terminal)
    assert "1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")


def numbers():
    yield 1
    raise TypeError("no number")


def test_nothing_is_drawn_where_it_is_not_wanted():
    assert drawn([1, 1], 2, shown=False) == ""


def test_nothing_is_drawn_without_tqdm(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert drawn([1, 1], 2, shown=True) == ""


@pytest.mark.parametrize("shown", [None, True])
def test_nothing_is_drawn_into_a_file(shown):
    assert drawn([1, 1], 2, io.StringIO(), shown) == ""


def test_a_program_without_standard_error_runs(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with Progress(2, shown=True) as bar:
        bar.advance(2)


def test_work_that_is_a_part_of_other_work_has_no_bar_of_its_own():
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    stream = Terminal()
    with contextlib.redirect_stderr(stream):
        with Progress(2, what="outer") as outer:
            with Progress(9, what="inner") as inner:
                inner.advance(9)
            outer.advance(2)
        with Progress(3, what="later") as later:
            later.advance(3)
    assert "outer: 100%" in stream.getvalue()
    assert "later: 100%" in stream.getvalue()
    assert "inner" not in stream.getvalue()


def test_the_laptop_glosser_shows_how_far_it_is():
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    texts = load_sample()[:25]
    stream = Terminal()
    with contextlib.redirect_stderr(stream):
        CrfGlosser().fit(texts).predict(texts[:2])
    assert "learning: 100%" in stream.getvalue()  # every pass over every sentence was counted
    assert "glossing: 100%" in stream.getvalue()
    stream = Terminal()
    with contextlib.redirect_stderr(stream):
        quick_glosser().fit(texts, progress=False).predict(texts[:2], progress=False)
    assert stream.getvalue() == ""


def test_a_glosser_that_is_judged_counts_the_texts_that_were_judged():
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    stream = Terminal()
    with contextlib.redirect_stderr(stream):
        cross_validate(load_sample()[:20], LookupGlosser, folds=2)
        cross_validate(load_sample()[:20], CrfGlosser, folds=2, at_most=1)
    assert "judging: 100%" in stream.getvalue()
    assert "learning" not in stream.getvalue()
