"""A language, by any of its names."""

from __future__ import annotations

import pytest

from igtkit import IGT, Language
from igtkit.errors import InputError
from igtkit.igt.language import is_no_language


def test_a_language_is_a_language_or_a_name():
    assert IGT("a", language="Turkish").language == Language(name="Turkish")
    assert IGT("a", language="").language is None
    with pytest.raises(InputError, match="a language must be"):
        IGT("a", language=3)


@pytest.mark.parametrize(
    ("language", "none"),
    [
        (Language(), True),
        (Language(name="Undefined"), True),
        (Language(None, "und", "und"), True),
        (Language("und"), True),
        (Language(None, "Sanapaná", "mis"), False),
        (Language(None, "Unknown", "ddo"), False),
        (Language("dido1241"), False),
    ],
)
def test_the_codes_for_no_language_are_none(language, none):
    assert is_no_language(language) is none
