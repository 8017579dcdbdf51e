"""Sentences by language, or by whatever else is asked."""

from __future__ import annotations

import pytest

from igtkit import IGT, Language
from igtkit.errors import InputError
from igtkit.metrics._groups import group_rows

TEXTS = [
    IGT("a", language=Language("nucl1301", "Turkish"), source="x"),
    IGT("b", language=Language(iso639_3="lez"), source="y"),
    IGT("c", source="x"),
]


def test_a_language_is_called_by_its_name_or_a_code():
    assert group_rows(TEXTS, "language") == {"Turkish": [0], "lez": [1], "unknown": [2]}


def test_a_function_may_tell_the_group():
    assert group_rows(TEXTS, lambda text: text.source == "x") == {"True": [0, 2], "False": [1]}


def test_groups_of_one_name_are_kept_apart():
    codes = [("nucl1301", None), ("nucl1302", "tur"), (None, None)]
    texts = [IGT("a", language=Language(code, "T", iso)) for code, iso in codes]
    assert group_rows(texts, "language") == {
        "T": [0], "T (nucl1302, tur)": [1], "T (no code)": [2],
    }  # fmt: skip
    assert set(group_rows(texts[:2], _Named)) == {"named", "named (named)"}


class _Named:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return "named"


@pytest.mark.parametrize("by", [7, "height", lambda text: []])
def test_what_groups_nothing_is_refused(by):
    with pytest.raises(InputError, match=r"by must|has no attribute|not hashable"):
        group_rows(TEXTS, by)
