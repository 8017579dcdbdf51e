"""How an entry differs from its record."""

from __future__ import annotations

from igtkit import IGT
from igtkit.io.toolbox.losses import losses_of


def test_issues_are_found_anew():
    igt = IGT("a", metadata={"toolbox": {"issues": ["odd"]}})
    assert list(losses_of(igt, IGT("a"))) == []
    assert list(losses_of(igt, IGT("b", id="1"))) == ["transcription", "id"]
    more = IGT("a", metadata={"toolbox": {"fields": [["x", "y"]]}})
    assert list(losses_of(more, igt)) == ["metadata: toolbox"]
