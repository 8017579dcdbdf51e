"""Fields that hold text or nothing."""

from __future__ import annotations

import pytest

from igtkit import IGT, Language, Prediction
from igtkit.errors import InputError
from igtkit.igt import require_text


@pytest.mark.parametrize("value", [float("nan"), 7, b"a", ["a"]])
def test_what_is_no_text_is_refused_by_its_name(value):
    with pytest.raises(InputError, match="the line must be a string or None"):
        require_text(value, "the line")
    with pytest.raises(InputError, match=r"Language\.name"):
        Language(name=value)
    with pytest.raises(InputError, match=r"Prediction\.glosses"):
        Prediction(glosses=value)


def test_text_and_nothing_pass():
    for value in ("", "a", None):
        require_text(value, "the line")
        assert IGT(value).transcription is value


def test_what_is_known_of_a_text_is_given_by_name():
    with pytest.raises(TypeError):
        IGT("a", "a", "A", "A.", "N")
