"""Blocks are put together alike, however many there are and whatever is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.joining import Joiner

ROLES = {"words": "tx", "morphemes": "mb", "glosses": "ge"}
USUAL = {"tx": "evler o", "mb": "ev -ler o", "ge": "house -PL that"}
OTHER = {"tx": "ev , o", "mb": "ev o", "ge": "house"}


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize("pays", [0, 100, 1_000])
def test_blocks_are_put_together_as_they_are_one_by_one(pays, encoding):
    lines = [USUAL, OTHER] * 60
    blocks = [{marker: (marker, line, 1, False) for marker, line in one.items()} for one in lines]
    expected = [join_block(one, encoding, **ROLES) for one in lines]
    joiner = Joiner(pays)
    for _ in range(3):
        assert joiner.join(blocks, encoding, **ROLES) == expected
        assert joiner.join(blocks[:3], encoding, **ROLES) == expected[:3]
        assert joiner.join([], encoding, **ROLES) == []


def test_numpy_is_loaded_once_that_is_worth_it():
    code = """if True:
        import sys
        from igtkit.io.toolbox.joining import Joiner

        print("numpy" in sys.modules)
        lines = {"tx": "evler", "mb": "ev -ler"}
        blocks = [{marker: (marker, line, 1, False) for marker, line in lines.items()}] * 50
        joiner = Joiner(100)
        for _ in range(4):
            joiner.join(blocks, "utf-8", words="tx", morphemes="mb", glosses="ge")
            print("numpy" in sys.modules)
        """
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    before, *after = done.stdout.split()
    if before == "True":
        pytest.skip("old versions of rapidfuzz load numpy themselves")
    assert after == ["False", "False", "True", "True"]
