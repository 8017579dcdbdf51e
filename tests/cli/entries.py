"""An entry that aligns and one that does not, in the shared-task format."""

from __future__ import annotations

GOOD = (
    "\\t Evde kedi var.\n\\m ev-de kedi var .\n\\g house-LOC cat exist .\n\\l The cat is at home.\n"
)
BAD = "\\t Evde\n\\m ev-de\n\\g house\n"
