"""The language that a code in a file means."""

from __future__ import annotations

import pytest

from igtkit.igt import Language
from igtkit.io._languages import language_of_code

SPANISH = Language("stan1288", "Spanish", "spa")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("spa", Language(iso639_3="spa")),
        ("es", SPANISH),
        ("es-MX", SPANISH),
        ("Spanish", SPANISH),
        ("Spanglish", Language(name="Spanglish")),
        (" und ", None),
        ("", None),
        (None, None),
    ],
)
def test_codes_tags_and_names(code, language):
    assert language_of_code(code) == language
