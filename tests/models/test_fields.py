"""Numbers that are settings."""

from __future__ import annotations

import attrs
import pytest

from igtkit.errors import InputError
from igtkit.models._fields import check_positive


@attrs.frozen
class Settings:
    rank: float = attrs.field(validator=check_positive)


@pytest.mark.parametrize("value", [1, 0.5, 1e-9])
def test_what_is_greater_than_0_is_taken(value):
    assert Settings(value).rank == value


@pytest.mark.parametrize("value", [0, -1, -0.5, 0.0])
def test_what_is_not_is_refused_by_its_name(value):
    with pytest.raises(InputError, match=f"^rank must be greater than 0, not {value!r}$"):
        Settings(value)
