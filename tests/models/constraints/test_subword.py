"""Constraints on the subwords of a tokenizer."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.errors import InputError, MissingExtraError

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    DECODING,
    INTERLEAVED,
    is_aligned,
    is_interleaved,
)

from igtkit.models.constraints import (  # noqa: E402
    SubwordConstraint,
)
from igtkit.models.constraints import subword as subword_module  # noqa: E402
from igtkit.models.constraints.automaton import FAR, OVER  # noqa: E402


@pytest.fixture(scope="module")
def tokenizer():
    pytest.importorskip("llguidance", reason="subword constraints need llguidance")
    tokenizers = pytest.importorskip("tokenizers", reason="a tokenizer is trained on the spot")
    pieces = tokenizers.Tokenizer(tokenizers.models.BPE())
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = tokenizers.decoders.ByteLevel()
    lines = ["house(ev)-PL(ler)-LOC(de) who(kim)", "DET(the) cat(kedi)=ACC(yi) şimdi ğ й б я"]
    pieces.train_from_iterator(
        lines * 30,
        tokenizers.trainers.BpeTrainer(
            vocab_size=340,
            special_tokens=["<s>", "</s>", "<pad>"],
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=pieces, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )


@pytest.fixture(scope="module")
def guide(tokenizer):
    return pytest.importorskip(
        "llguidance.hf", reason="the extra llguidance is not installed"
    ).from_tokenizer(tokenizer)


@pytest.fixture(scope="module")
def decoder(tokenizer):
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        vocab_size=len(tokenizer) + 5,
        n_embd=16,
        n_layer=1,
        n_head=2,
        n_positions=128,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=2,
    )
    return transformers.GPT2LMHeadModel(config).eval()


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [5, 7, 40])
def test_subword_outputs_of_a_random_model(tokenizer, guide, decoder, options, limit):
    torch.manual_seed(2)
    prompts = torch.randint(3, 300, (4, 6))
    outputs = decoder.generate(
        input_ids=prompts,
        attention_mask=torch.ones_like(prompts),
        max_new_tokens=limit,
        logits_processor=[SubwordConstraint(guide, limit, num_beams=options["num_beams"])],
        **options,
    )
    for row in outputs[:, prompts.shape[1] :].tolist():
        assert 1 in row
        text = tokenizer.decode(row[: row.index(1)])
        assert is_interleaved(text)
        assert is_aligned(INTERLEAVED.decode(text))


def test_subword_and_byte_constraints_have_one_language(tokenizer, guide):
    """Along random outputs, llguidance allows the tokens that lead on in the automaton."""
    constraint = SubwordConstraint(guide, 40)
    generator = torch.Generator().manual_seed(3)
    ids = torch.zeros((4, 1), dtype=torch.long)
    for _ in range(30):
        scores = constraint(ids, torch.randn((4, len(tokenizer)), generator=generator))
        for row, state in enumerate(constraint._states):
            if state > OVER:
                alive = constraint._tokens.needed(state) < FAR
                assert np.array_equal(torch.isfinite(scores[row]).numpy(), alive)
        chosen = torch.multinomial(scores.softmax(dim=1), 1, generator=generator)
        ids = torch.cat([ids, chosen], dim=1)


def test_a_subword_constraint_serves_one_batch_after_another(guide, tokenizer):
    constraint = SubwordConstraint(guide, 20)
    scores = torch.zeros((1, len(tokenizer)))
    first = constraint(torch.tensor([[0, 7]]), scores)
    constraint(torch.tensor([[0, 7, tokenizer.convert_tokens_to_ids("a")]]), scores)
    assert torch.equal(constraint(torch.tensor([[0, 9, 8, 5]]), scores), first)


def test_a_tokenizer_of_transformers_will_do(tokenizer):
    constraint = SubwordConstraint(tokenizer, 9)
    scores = constraint(torch.zeros((1, 1), dtype=torch.long), torch.zeros((1, len(tokenizer))))
    first = tokenizer.convert_tokens_to_ids("(")
    assert not torch.isfinite(scores[0, first])
    assert torch.isfinite(scores[0, tokenizer.convert_tokens_to_ids("a")])


def test_subword_arguments_that_make_no_sense(guide):
    ids = torch.zeros((3, 1), dtype=torch.long)
    with pytest.raises(InputError, match="at least 5"):
        SubwordConstraint(guide, 4)
    with pytest.raises(InputError, match="the model has 100 tokens"):
        SubwordConstraint(guide, 9)(ids, torch.zeros((3, 100)))
    with pytest.raises(InputError, match="groups of 2 beams"):
        SubwordConstraint(guide, 9, num_beams=2)(ids, torch.zeros((3, 400)))
    with pytest.raises(InputError, match="ByT5Tokenizer"):
        SubwordConstraint(transformers.ByT5Tokenizer(), 9)


def test_subword_without_llguidance(monkeypatch):
    def missing(package, extra):
        raise MissingExtraError(package, extra)

    monkeypatch.setattr(subword_module, "require", missing)
    with pytest.raises(MissingExtraError, match=r"igtkit\[llguidance\]"):
        SubwordConstraint(None, 9)
