"""A new model begins with what copying takes."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")


from igtkit.models.byt5 import encode  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_new_model_starts_out_looking_at_the_bytes_before():
    """What each position of a stack looks at most in its first layer, in the first heads."""
    model = new_model(width=48, inner_width=48, encoder_layers=1, decoder_layers=1, heads=6)
    length = 9
    for stack, offsets in ((model.encoder, (-1, -2, -3)), (model.decoder, (-1, -2))):
        attention = stack.block[0].layer[0].SelfAttention
        bias = attention.compute_bias(length, length)[0]  # (heads, query, key)
        for head, offset in enumerate(offsets):
            assert bias[head, 5].argmax().item() == 5 + offset
    assert model.shared.weight.std().item() == pytest.approx(1, abs=0.05)


def test_a_new_model_starts_out_copying():
    text = torch.tensor([encode("pzqymbhkwtrnavdlcxgf")])
    for seed in range(3):
        model = new_model(width=192, inner_width=256, encoder_layers=1, decoder_layers=1, seed=seed)
        with torch.inference_mode():
            found = model.eval()(input_ids=text, labels=text).logits.argmax(-1)
        right = (found == text)[0, 1:-1].float().mean().item()  # where it has a byte to go by
        assert right > 0.5


def test_a_new_model_with_two_heads_has_no_room_for_copying():
    model = new_model(width=32, inner_width=32, encoder_layers=1, decoder_layers=1, heads=2)
    bias = model.encoder.block[0].layer[0].SelfAttention.relative_attention_bias.weight
    assert bias.abs().max().item() < 2
