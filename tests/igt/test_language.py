"""A language, by any of its names."""

from __future__ import annotations

import pytest

from igtkit import IGT, Language
from igtkit.errors import InputError


def test_a_language_is_a_language_or_a_name():
    assert IGT("a", language="Turkish").language == Language(name="Turkish")
    assert IGT("a", language="").language is None
    with pytest.raises(InputError, match="a language must be"):
        IGT("a", language=3)
