"""How much a request may ask for."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.serve import Limits
from igtkit.serve.limits import weigh


def test_the_work_is_words_times_words_of_the_translation_and_one():
    assert weigh(IGT("Evde kim var ?")) == 3  # the question mark is no word
    assert weigh(IGT("Evde kim var ?", translation="Who is at home?")) == 3 * 5
    assert weigh(IGT(None, "ev-de kim", translation="Who?")) == 2 * 2


def test_limits_are_positive():
    with pytest.raises(ValueError, match="'seconds' must be > 0"):
        Limits(seconds=0)
