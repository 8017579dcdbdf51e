"""The files that several of these tests read."""

from __future__ import annotations

import pytest
from documents.files import ENTRY


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "corpus"
    file.write_text(ENTRY, encoding="utf-8")
    return file
