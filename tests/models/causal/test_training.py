"""Training of a chat model."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.causal.tiny_chat import (  # noqa: E402
    SAMPLE,
)

from igtkit import IGT, Language  # noqa: E402
from igtkit.errors import InputError  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_perplexity_is_that_of_every_target_token(chat, template):
    """Against one example at a time, prompt and target put together by hand."""
    pytest.importorskip("accelerate", reason="needs the extra `train`")
    from igtkit.models import training

    texts = [igt.replace(language=Language("nucl1301")) for igt in SAMPLE.split("train")[:3]]
    totals = []
    for text in texts:
        total, count = 0.0, 0
        for example in training.make_examples([text], ["interleaved"]):
            asked = template.encode_prompt(example.prompt)
            answer = template.encode(example.target)
            with torch.no_grad():
                logits = chat[0](input_ids=torch.tensor([asked + answer])).logits[0].log_softmax(1)
            total -= sum(logits[len(asked) + at - 1, id_].item() for at, id_ in enumerate(answer))
            count += len(answer)
        totals.append((total, count))
    found = training.sentence_perplexities(chat[0], texts, ["interleaved"], tokenizer=template)
    for each, (total, count) in zip(found, totals, strict=True):
        assert each.tokens == count
        assert each.negative_log_likelihood == pytest.approx(total, rel=1e-4)
    whole = training.glottocode_perplexities(chat[0], texts, ["interleaved"], tokenizer=template)
    total, count = (sum(column) for column in zip(*totals, strict=True))
    assert whole == {"nucl1301": pytest.approx(math.exp(total / count), rel=1e-4)}


def test_it_learns_and_the_first_step_is_that_of_plain_torch(chat, template, tmp_path):
    """The oracle: AdamW by hand, on the mean over all target tokens of the step."""
    pytest.importorskip("accelerate", reason="needs the extra `train`")
    import copy

    from igtkit.models import training

    examples = training.make_examples(SAMPLE.split("train")[:4], ["glosslm"])
    encoded = training.encode_examples(examples, tokenizer=template)
    size = len(encoded)
    settings = training.TrainingSettings(
        learning_rate=1e-3, batch_size=size, micro_batch_size=1, steps=1, warmup=0, bf16=False
    )
    trained = copy.deepcopy(chat[0])
    training.train_model(trained, encoded, None, tmp_path, settings)

    oracle = copy.deepcopy(chat[0]).train()
    optimizer = torch.optim.AdamW(oracle.parameters(), lr=1e-3)
    total, count = 0, 0
    for example in examples:
        asked, answer = template.encode_prompt(example.prompt), template.encode(example.target)
        logits = oracle(input_ids=torch.tensor([asked + answer])).logits[0].log_softmax(1)
        total = total - logits[range(len(asked) - 1, len(asked + answer) - 1), answer].sum()
        count += len(answer)
    (total / count).backward()
    torch.nn.utils.clip_grad_norm_(oracle.parameters(), 1)
    optimizer.step()
    for mine, theirs in zip(trained.parameters(), oracle.parameters(), strict=True):
        assert torch.allclose(mine, theirs, atol=2e-4)
    before = training.perplexity(chat[0], encoded).perplexity
    assert training.perplexity(trained, encoded).perplexity < before


def test_long_conversations_are_left_out_and_counted(template):
    from igtkit.models import training

    made = training.make_examples([IGT("ev", None, "x"), IGT("ev " * 99, None, "x")], ["glosslm"])
    found = training.encode_examples(made, max_length=200, tokenizer=template)
    assert (len(found), found.left_out) == (1, 1)
    with pytest.raises(InputError, match="at most 3 tokens long"):
        training.encode_examples(made, max_length=3, tokenizer=template)
