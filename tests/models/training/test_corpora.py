"""The corpora that a model is trained and scored on."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")


from igtkit import load_sample  # noqa: E402
from igtkit.errors import FileFormatError, InputError  # noqa: E402
from igtkit.models import training  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_corpora_are_named_with_their_language(tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("\\t Evde, ev\n\\m ev-de , ev\n\\g house-LOC , house\n\n", encoding="utf-8")
    corpus = training.read_corpora([f"Turkish={file}", "sample:dev"])
    assert corpus[0].language.name == "Turkish"
    assert corpus[0].transcription == "Evde , ev"  # normalized
    assert len(corpus) == 1 + len(load_sample().split("dev"))
    with pytest.raises(InputError, match="name a file"):
        training.read_corpora([])
    with pytest.raises((FileFormatError, FileNotFoundError)):
        training.read_corpora([str(tmp_path / "missing.txt")])


def test_dev_is_split_off_without_what_is_in_train():
    corpus = load_sample() + load_sample()
    train, dev = training.split_off_dev(corpus, seed=3)
    assert len(train) + len(dev) == len(corpus)
    assert {text.transcription for text in train}.isdisjoint(text.transcription for text in dev)
    assert 0.05 < len(dev) / len(corpus) < 0.15
    assert training.split_off_dev(corpus, seed=3) == (train, dev)
