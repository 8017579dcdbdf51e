"""Small files that ask for much are refused, or read in little time and memory."""

from __future__ import annotations

import sys

import pytest

from fuzz.bombs import BOMBS, MIB, SECONDS, taken

NEEDED = {"cldf": "pycldf", "conllu": "conllu", "parquet": "pyarrow", "xlsx": "openpyxl"}
SLOW = 3  # times as long may a slow or busy machine take; what is no longer refused takes more


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_takes_little(name):
    for beginning, package in NEEDED.items():
        if name.startswith(beginning):
            pytest.importorskip(package)
    found = taken(BOMBS[name]())
    assert found["seconds"] < SLOW * SECONDS
    assert found["MiB"] < MIB
