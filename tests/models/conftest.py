"""A tiny encoder-decoder model, and one thread for torch, for the tests of several glossers."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def one_thread():
    """Let torch use one thread: tests run on every core already."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def model():
    """A tiny encoder-decoder model with random weights."""
    pytest.importorskip("transformers")
    from models.tiny_seq2seq import SMALL

    from igtkit.models.seq2seq import new_model

    return new_model(**SMALL, seed=3).eval()


@pytest.fixture(scope="module")
def folder(model, tmp_path_factory):
    """The folder of the model as a glosser that answers interleaved."""
    from models.tiny_seq2seq import glosser_of

    path = tmp_path_factory.mktemp("model")
    glosser_of(model, "interleaved").save_pretrained(path)
    return path
