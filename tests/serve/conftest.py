"""A laptop glosser, and one that looks up, which several tests serve."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

pytest.importorskip("starlette", reason="starlette is not installed (the extra `serve`)")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (the extra `serve`)")

from igtkit import load_sample
from igtkit.models import CrfGlosser, LookupGlosser


@pytest.fixture(scope="session")
def lookup():
    return LookupGlosser().fit(load_sample())


@pytest.fixture(scope="session")
def crf_folder(tmp_path_factory):
    """The folder of a laptop glosser: it is updated by tests, so each loads its own."""
    folder = tmp_path_factory.mktemp("crf") / "turkish"
    quick_glosser().fit(load_sample()[:120]).save_pretrained(folder)
    return folder


@pytest.fixture
def crf(crf_folder):
    return CrfGlosser.from_pretrained(crf_folder)
