"""The errors: one root, what each is besides, and what they say."""

from __future__ import annotations

import copy
import pickle

import pytest

from igtkit import IGT, errors
from igtkit.corpus import Pipeline, Step
from igtkit.errors import FileFormatError, IGTError, MissingExtraError

BUILT_IN = {
    "AlignmentError": ValueError,
    "EndpointError": RuntimeError,
    "FileFormatError": ValueError,
    "IGTError": Exception,
    "InputError": ValueError,
    "MissingExtraError": ImportError,
    "ModelFileError": ValueError,
    "NotFittedError": RuntimeError,
}
MADE = (
    *(getattr(errors, name)("what to do") for name in BUILT_IN if name != "MissingExtraError"),
    MissingExtraError("tqdm", "progress"),
    FileFormatError("no marker", path="a.txt", line=3, expected="\\t"),
)


def test_every_error_is_listed_and_can_be_caught_as_the_root_and_as_pythons_own():
    assert BUILT_IN.keys() == set(errors.__all__)
    for name, built_in in BUILT_IN.items():
        assert issubclass(getattr(errors, name), IGTError)
        assert issubclass(getattr(errors, name), built_in)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({}, "no marker"),
        ({"path": "a.txt"}, "a.txt: no marker"),
        ({"path": "a.txt", "line": 3}, "a.txt:3: no marker"),
        ({"line": 0}, "0: no marker"),
        ({"expected": "a line"}, "no marker (expected a line)"),
        (
            {"path": "a.txt", "line": 3, "expected": "a line"},
            "a.txt:3: no marker (expected a line)",
        ),
    ],
)
def test_an_error_in_a_file_names_the_place_and_what_was_expected(place, message):
    error = FileFormatError("no marker", **place)
    assert str(error) == message
    assert (error.path, error.line) == (place.get("path"), place.get("line"))
    assert error.expected == place.get("expected", "")


def test_a_missing_package_is_named_with_the_command_that_brings_it():
    error = MissingExtraError("tqdm", "progress")
    assert (error.package, error.extra) == ("tqdm", "progress")
    assert "'tqdm', which is not installed; run: pip install 'igtkit[progress]'" in str(error)


@pytest.mark.parametrize("error", MADE, ids=lambda error: type(error).__name__)
def test_an_error_comes_whole_from_another_process(error):
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)


def look_up(igt):
    raise MissingExtraError("pandas", "pandas")


def start():
    return look_up


def test_a_pipeline_in_several_processes_says_what_is_missing():
    run = Pipeline([Step("look up", start)]).run([IGT("ev")], n_jobs=2)
    with pytest.raises(MissingExtraError, match=r"igtkit\[pandas\]"):
        list(run)
