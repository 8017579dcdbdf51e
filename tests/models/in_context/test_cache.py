"""Answers kept on disk."""

from __future__ import annotations

import pytest

from igtkit.errors import InputError
from igtkit.models.in_context.cache import Cache


def test_a_cache_is_a_cache(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("not a database, " * 100, encoding="utf-8")
    with pytest.raises(InputError, match="no cache of answers"):
        Cache(path)
