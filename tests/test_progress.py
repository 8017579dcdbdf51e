"""The progress bar: drawn on a terminal, and nothing anywhere else."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest

from igtkit._progress import Progress


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
