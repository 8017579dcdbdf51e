"""The options of a format: which there are, and what each may be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Optional

import pytest

from igtkit.errors import InputError
from igtkit.io import formats
from igtkit.io._options import check_options, parse_options


def read(
    source,
    *,
    title: str = "",
    closed: bool = False,
    depth: int = 1,
    share: float = 0.5,
    columns: Mapping[str, str] | None = None,
    mode: Literal["a", "b", "c"] = "a",
    only: Literal["x"] = "x",
    folder: str | Path | None = None,
    old: Optional[int] = None,  # noqa: UP045 -- as annotations of others may be
    anything: Any = None,
    items: list[str] | None = None,
):
    yield from ()


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("title", ["", "ş"]),
        ("closed", [True, False]),
        ("depth", [0, -3]),
        ("share", [1, 0.5]),
        ("columns", [None, {}, {"a": "b"}]),
        ("mode", ["a", "c"]),
        ("folder", [None, "x", Path("x")]),
        ("old", [None, 3]),
        ("anything", [None, 3, object(), []]),
        ("items", [None, [], ["a"]]),
    ],
)
def test_what_an_option_may_be_is_taken(option, values):
    for value in values:
        check_options(read, {option: value}, "own")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("title", 2024, "title must be a string, not 2024"),
        ("title", None, "title must be a string, not None"),
        ("closed", 1, "closed must be true or false, not 1"),
        ("depth", True, "depth must be a whole number, not True"),
        ("depth", 1.0, r"depth must be a whole number, not 1\.0"),
        ("share", True, "share must be a number, not True"),
        ("share", "1", "share must be a number, not '1'"),
        ("columns", "Text", "columns must be a mapping of strings, such as {.*}, not 'Text'"),
        ("columns", {"a": 3}, "columns must be a mapping of strings"),
        ("columns", {3: "a"}, "columns must be a mapping of strings"),
        ("mode", "d", "mode must be 'a', 'b' or 'c', not 'd'"),
        ("only", "y", "only must be 'x', not 'y'"),
        ("folder", 3, "folder must be a string or a Path, not 3"),
        ("old", "x", "old must be a whole number, not 'x'"),
        ("items", "abc", "items must be a list of strings, not 'abc'"),
        ("items", [3], r"items must be a list of strings, not \[3\]"),
        ("title", "a\0", "title has a null character"),
        ("anything", "a\0", "anything has a null character"),
    ],
)
def test_what_it_may_not_be_is_refused_in_words(option, value, message):
    with pytest.raises(InputError, match=f"^format 'own': {message}"):
        check_options(read, {option: value}, "own")


def test_an_option_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(
        InputError, match="format 'own' has no option 'titel'; it has: title, closed"
    ):
        check_options(read, {"titel": "x"}, "own")
    with pytest.raises(InputError, match="has no option 'source'"):
        check_options(read, {"source": "x"}, "own")  # an argument, and no option
    with pytest.raises(InputError, match="has no option 'a'; it has: none"):
        check_options(lambda source: source, {"a": 1}, "own")


def test_a_long_value_is_cut():
    with pytest.raises(InputError) as caught:
        check_options(read, {"depth": "x" * 10_000}, "own")
    assert len(str(caught.value)) < 200


def test_a_format_of_the_users_own_may_be_annotated_for_a_type_checker_alone():
    def read(source, *, depth: Missing = 1, width: int = 2):  # noqa: F821
        yield from ()

    read.__annotations__ = {"depth": "Missing", "width": "int"}
    check_options(read, json.loads('{"depth": "deep", "width": 3}'), "own")


def test_no_option_is_what_every_format_takes():
    for name, each in formats().items():
        for function in (each.read, each.write):
            if function is not None:
                check_options(function, {}, name)


def test_options_of_a_command_are_json_or_text_and_parts_of_a_mapping():
    given = ["excel=true", "sheet=Blatt 1", "markers.text=tx", "markers.glosses=ge", "out-of=[1]"]
    assert parse_options(given) == {
        "excel": True,
        "sheet": "Blatt 1",
        "markers": {"text": "tx", "glosses": "ge"},
        "out_of": [1],
    }
    with pytest.raises(InputError, match="write an option as NAME=VALUE, not 'excel'"):
        parse_options(["excel"])
    with pytest.raises(InputError, match="format=csv: format is said with --format"):
        parse_options(["format=csv"], {"format": "is said with --format"})
