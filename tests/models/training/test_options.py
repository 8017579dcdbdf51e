"""Options that are made from a class of settings."""

from __future__ import annotations

import argparse

import attrs
import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

from igtkit.models.training import add_settings, read_settings_of


@attrs.frozen
class Shape:
    """A shape.

    Attributes:
        corners: How many; 50 % are `round`,
            more or less.
        round_off: Whether corners are none.
        size: In meters.

    Raises:
        Nothing: At all.
    """

    corners: int = 4
    round_off: bool = False
    size: float | None = None


def parse(*arguments):
    parser = argparse.ArgumentParser()
    add_settings(parser, Shape, "shape")
    return read_settings_of(Shape, parser.parse_args(arguments)), parser.format_help()


def test_what_is_said_is_what_is_set():
    assert parse()[0] == Shape()
    given, _ = parse("--corners", "3", "--round-off", "--size", "2")
    assert given == Shape(3, True, 2.0)
    assert parse("--no-round-off")[0].round_off is False


def test_the_help_is_the_docstring():
    shown = " ".join(parse()[1].split())
    assert "How many; 50 % are round, more or less. (default: 4)" in shown
    assert "--size X In meters. (default: None)" in shown
    assert "Nothing" not in shown
