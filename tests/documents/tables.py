"""What several tests of tables write."""

from __future__ import annotations

from igtkit.igt import IGT, Language

CATS = IGT(
    "cats run",
    "cat-s run",
    "cat-PL run",
    'The "cats", run.',
    id="1",
    source="made up",
    language=Language("stan1293", "English"),
    metalanguage=Language("stan1293", "English"),
)
