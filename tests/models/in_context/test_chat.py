"""Answers of models that think first."""

from __future__ import annotations

from igtkit.models.in_context.chat import without_thoughts


def test_thoughts_are_left_out():
    assert without_thoughts("a <think>b</think> c <think>d") == "a  c"
