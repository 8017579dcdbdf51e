"""What every use of transformers needs: devices, types of numbers, silence."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit.errors import InputError  # noqa: E402
from igtkit.models._transformers import number_type, put_on, quiet  # noqa: E402


def test_types_of_numbers_by_name():
    assert number_type(None) is None
    assert number_type("bfloat16") is torch.bfloat16
    with pytest.raises(InputError, match="dtype must be one of 'float32', 'bfloat16', 'float16'"):
        number_type("int8")


def test_a_model_is_ready_to_generate_where_it_was_put():
    model = torch.nn.Dropout()
    assert put_on(model, "cpu") is model
    assert not model.training
    with pytest.raises(InputError, match="there is no device 'moon'"):
        put_on(model, "moon")


def test_what_was_loud_before_is_loud_again():
    logging = transformers.utils.logging
    before = logging.get_verbosity(), logging.is_progress_bar_enabled()
    with quiet():
        assert logging.get_verbosity() == logging.ERROR
        assert not logging.is_progress_bar_enabled()
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == before
