"""The short forms of babel."""

from __future__ import annotations

import pytest

from igtkit.io._tex.shorthands import LANGUAGES, shorthands_of


@pytest.mark.parametrize(
    ("preamble", "language"),
    [
        (r"\usepackage[english,ngerman]{babel}", "ngerman"),
        (r"\usepackage[ngerman,english]{babel}", ""),
        (r"\usepackage[main=ngerman,english]{babel}", "ngerman"),
        (r"\usepackage [dutch] {csquotes, babel}", "dutch"),
        (r"\documentclass[a4paper,german]{article}\usepackage{babel}", "german"),
        (r"\documentclass[german]{article}", ""),
        (r"\setdefaultlanguage[babelshorthands=true]{german}", "german"),
        (r"\setdefaultlanguage{german}", ""),
        ("", ""),
    ],
)
def test_the_language_is_the_one_that_babel_is_loaded_with(preamble, language):
    assert shorthands_of(preamble) == (language, LANGUAGES.get(language, {}))


def test_short_forms_begin_with_the_quote():
    for table in LANGUAGES.values():
        assert all(short[0] == '"' and 2 <= len(short) <= 4 for short in table)
        assert table['"='] == "-"
        assert table['"-'] == table['""'] == ""
