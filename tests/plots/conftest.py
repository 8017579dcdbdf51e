"""Matplotlib without a screen."""

from __future__ import annotations

import pytest


@pytest.fixture
def pyplot():
    """``matplotlib.pyplot``, its figures closed afterwards."""
    matplotlib = pytest.importorskip("matplotlib", reason="the extra plots is not installed")
    matplotlib.use("agg")
    plt = pytest.importorskip("matplotlib.pyplot", reason="the extra plots is not installed")
    yield plt
    plt.close("all")


@pytest.fixture
def axes(pyplot):
    """New axes to draw on."""
    return pyplot.subplots()[1]
