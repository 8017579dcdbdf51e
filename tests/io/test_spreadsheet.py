"""Cells that a spreadsheet would change are kept as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._spreadsheet import protect, unprotect


@given(st.text() | st.from_regex(r"'*[-=+@'0-9a-z./]*", fullmatch=True))
def test_what_is_protected_comes_back(text):
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("=COP", "-PL", "+", "@x", "\ta", "=HYPERLINK(1)"),
        *("007", "1-2", "3/4", "1.5", "1 000", "12:30", "2E5", "3 pm", "50%", "(3)"),
        *("SEP-2", "mar-1", "2 Mai", "3-dec-1", "true", "WAHR"),
        *("'=COP", "''7"),
    ],
)
def test_what_a_spreadsheet_would_change_gets_an_apostrophe(text):
    assert protect(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "house-PL", "1SG-go", "mars-PL", "'twas", "a=b", "march", "?"]
)
def test_all_else_stays(text):
    assert protect(text) == unprotect(text) == text
