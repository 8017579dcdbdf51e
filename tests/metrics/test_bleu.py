"""BLEU by sacrebleu's formula."""

from __future__ import annotations

import subprocess
import sys

import pytest

from igtkit.metrics import (
    bleu,
)


def test_sacrebleu_is_loaded_late():
    code = "import sys, igtkit.metrics; assert 'sacrebleu' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("length", range(1, 40))
def test_bleu_never_passes_1(length):
    line = " ".join("abcdefg"[place % 7] for place in range(length))
    assert all(bleu(line, line, level=level) <= 1 for level in ("morpheme", "word", "character"))
