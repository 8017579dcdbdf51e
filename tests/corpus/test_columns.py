"""Entries as flat rows."""

from __future__ import annotations

import pytest

from igtkit.corpus.columns import COLUMNS, from_row, to_row
from igtkit.errors import InputError
from igtkit.igt import IGT, Language


def test_a_row_holds_everything():
    igt = IGT(
        "t",
        "m",
        "g",
        "l",
        language=Language("dido1241", "Tsez", "ddo"),
        metalanguage=Language("stan1293", "English", "eng"),
        pos="N",
        id="1",
        source="s",
        split="dev",
        metadata={"page": 3},
    )
    row = to_row(igt)
    assert tuple(row) == COLUMNS
    assert None not in row.values()
    assert from_row(row) == igt
    assert from_row(row).metadata == igt.metadata


def test_a_row_may_lack_columns():
    assert from_row({}) == IGT(None)
    assert from_row({"metalang_glottocode": "stan1293"}).metalanguage == Language("stan1293")


def test_a_row_with_a_value_of_the_wrong_type():
    with pytest.raises(InputError, match="split must be a string or null, got 3"):
        from_row({"split": 3})
