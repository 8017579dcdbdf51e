"""The rules that mend one known fault each, by name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, normalize
from igtkit.errors import InputError
from igtkit.normalize import FIXES, Fix
from igtkit.normalize.fixes import find_fixes

UPPER = Fix("upper", "shouts", ("glosses",), str.upper)
TEXT = st.text("aé1.,_- \u0301\u00ad\u200b‑꞊⟨⟩", max_size=12) | st.text(max_size=9)


def test_the_arapaho_fix():
    igt = IGT("a,.b", "a,.b", "IC,.be,.there-3S ,. x,. é,.b e\u0301,.b")
    done = normalize(igt, fixes=["arapaho-comma-period"])
    assert done.glosses == "IC.be.there-3S ,. x ,. é.b e\u0301.b"
    assert done.transcription == "a,.b"
    assert normalize("a,.b", line="glosses", fixes="arapaho-comma-period") == "a.b"
    assert normalize("a,.b", "polygloss", line="glosses") == "a,.b"


def test_fixes_are_listed_and_combine_in_order():
    assert all(fix.name == name and fix.description for name, fix in FIXES.items())
    upper = Fix("upper", "shouts", ("glosses",), str.upper)
    tail = Fix("tail", "adds a lower-case letter", ("glosses", "segmentation"), "{}z".format)
    igt = IGT("a,.b", "a,.b", "a,.b")
    done = normalize(igt, fixes=[upper, "arapaho-comma-period", tail])
    assert done == IGT("a,.b", "a,.bz", "A.Bz")


def test_fixes_mend_them_everywhere():
    igt = IGT("ev‑ler\u200b", "ev‑ler kedi\u00ad–de\u200b", "house\ufeff")
    done = normalize(igt, fixes=["look-alike-boundaries"])
    assert done.segmentation == "ev-ler kedi--de\u200b"
    assert done.transcription == igt.transcription
    done = normalize(igt, fixes=["invisible-characters"])
    assert done == IGT("ev‑ler", "ev‑ler kedi–de", "house")


def test_fixes_are_found_by_name_and_one_of_ones_own_is_itself():
    assert find_fixes([]) == ()
    assert find_fixes("arapaho-comma-period") == (FIXES["arapaho-comma-period"],)
    assert find_fixes([UPPER, "invisible-characters", UPPER]) == (
        UPPER, FIXES["invisible-characters"], UPPER,
    )  # fmt: skip
    assert find_fixes(iter(FIXES)) == tuple(FIXES.values())


@pytest.mark.parametrize("fixes", [["nope"], "nope", ["arapaho-comma-period", "nope"], [None]])
def test_there_is_no_fix_of_another_name(fixes):
    with pytest.raises(InputError, match=r"no fix is named .*; there are: arapaho-comma-period, "):
        find_fixes(fixes)
    with pytest.raises(InputError, match="no fix is named"):
        normalize("a", fixes=fixes)


def test_the_list_of_fixes_cannot_be_changed():
    with pytest.raises(TypeError):
        FIXES["upper"] = UPPER


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("IC,.be.there-3S", "IC.be.there-3S"),
        ("a,.b,.c", "a.b.c"),
        (",.b a,. a ,. b", ",.b a,. a ,. b"),  # at the edge of a word it is punctuation
        ("a_,.b a,._b", "a_,.b a,._b"),
        ("a.,b a,b a.b", "a.,b a,b a.b"),
    ],
)
def test_comma_and_period_between_word_characters(line, mended):
    assert FIXES["arapaho-comma-period"].apply(line) == mended


@given(TEXT)
def test_a_comma_before_a_period_goes_only_between_letters(line):
    slow = list(line)
    for match in re.finditer(r"(?=,\.)", line):
        before, after = line[: match.start()][-1:], line[match.start() + 2 :][:1]
        if (before.isalnum() or "\u0300" <= before <= "\u036f") and after.isalnum():
            slow[match.start()] = ""
    assert FIXES["arapaho-comma-period"].apply(line) == "".join(slow)


@pytest.mark.parametrize("name", FIXES)
@given(line=TEXT)
def test_a_fix_mends_once_and_for_all(name, line):
    mended = FIXES[name].apply(line)
    assert FIXES[name].apply(mended) == mended
    assert len(mended.split()) <= len(line.split())
