"""Generation with an encoder-decoder model."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    SMALL,
    TEXTS,
    glosser_of,
)

from igtkit import formats  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("layers", [(1, 3), (3, 1)])
@pytest.mark.parametrize("beams", [1, 2])
def test_more_layers_may_write_than_read(layers, beams):
    size = {**SMALL, "encoder_layers": layers[0], "decoder_layers": layers[1]}
    glosser = glosser_of(new_model(**size, seed=1).eval(), "glosslm")
    prediction = glosser.predict(TEXTS[:1], num_beams=beams, max_new_tokens=8)[0]
    prompt = torch.tensor([byt5.encode(formats.get("glosslm").encode(TEXTS[0]).prompt)])
    written = glosser.backend.generate(prompt.tolist(), limit=8, num_beams=1, constraint=None)[0]
    start = torch.tensor([[0]])
    for expected in written:  # the oracle: greedy, step by step, without a cache
        with torch.no_grad():
            logits = glosser.backend.model(
                input_ids=prompt, decoder_input_ids=start, use_cache=False
            ).logits
        assert logits[0, -1].argmax().item() == expected
        start = torch.cat([start, torch.tensor([[expected]])], dim=1)
    assert prediction.glosses is not None
