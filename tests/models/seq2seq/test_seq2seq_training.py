"""Training: examples, how a step is made up, going on, perplexity, and the figures at the end."""

from __future__ import annotations

import json
import math

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import IGT, Prediction, load_sample  # noqa: E402
from igtkit.errors import FileFormatError, InputError, ModelFileError  # noqa: E402
from igtkit.formats import Example  # noqa: E402
from igtkit.models import LookupGlosser, training  # noqa: E402
from igtkit.models.byt5 import decode, encode  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model, new_model  # noqa: E402
from igtkit.models.training import TrainingSettings, collate, encode_examples, make_examples  # noqa: E402

SMALL = {"width": 32, "inner_width": 48, "encoder_layers": 1, "decoder_layers": 1, "heads": 2}
TEXTS = list(load_sample().split("train")[:12])
QUICK = TrainingSettings(learning_rate=1e-2, batch_size=4, epochs=2, bf16=False, warmup=0)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def examples():
    return encode_examples(make_examples(TEXTS, ["glosslm"], training=False))


def small_model():
    return new_model(**SMALL, dropout=0, seed=5)


def weights(model):
    return torch.cat([tensor.flatten() for tensor in model.state_dict().values()])


# --- examples -----------------------------------------------------------------------------------


def test_prompts_that_formats_share_are_learned_once():
    alone = [
        (each.prompt, each.target)
        for name in ("multitask", "concatenated", "interleaved")
        for each in make_examples(TEXTS, [name])
    ]
    together = [
        (each.prompt, each.target)
        for each in make_examples(TEXTS, ["multitask", "concatenated", "interleaved"])
    ]
    assert len(alone) == 9 * len(TEXTS)
    assert len(together) == 5 * len(TEXTS)
    assert set(together) == set(alone)


def test_tasks_can_be_chosen():
    assert {each.task for each in make_examples(TEXTS, ["multitask"], tasks=["t2s"])} == {"t2s"}


@pytest.mark.parametrize(
    ("texts", "names", "message"),
    [
        (TEXTS, [], "no format is named; there are: multitask"),
        (TEXTS, ["prose"], "no prompt format 'prose'"),
        ([], ["multitask"], "0 texts give no example"),
        ([IGT("evde", None, "house")], ["multitask", "interleaved"], None),
        ([IGT("evde", "ev-de", "house")], ["interleaved"], None),
        ([IGT("evde")], ["interleaved"], "1 texts give no example in the format interleaved"),
    ],
)
def test_texts_without_examples(texts, names, message):
    if message is None:
        assert all(each.task != "t2sg" for each in make_examples(texts, names))
    else:
        with pytest.raises(InputError, match=message):
            make_examples(texts, names)


def test_long_examples_are_left_out_and_counted():
    made = make_examples([IGT("ev", None, "house"), IGT("ev " * 200, None, "x")], ["glosslm"])
    found = encode_examples(made, max_length=300)
    assert (len(found), found.left_out) == (1, 1)
    assert decode(found[0]["input_ids"]) == made[0].prompt
    with pytest.raises(InputError, match="none of 2 examples is at most 10 bytes long"):
        encode_examples(made, max_length=10)
    with pytest.raises(InputError, match="without target"):
        encode_examples([Example("t2g", "prompt")])


# --- settings -----------------------------------------------------------------------------------


def test_the_defaults_are_the_papers():
    settings = TrainingSettings()
    assert (settings.learning_rate, settings.batch_size, settings.epochs) == (5e-5, 64, 15)
    assert (settings.warmup, settings.clip, settings.bf16) == (0.03, 1.0, True)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"batch_size": 0}, "batch_size must be greater than 0"),
        ({"learning_rate": -1}, "learning_rate must be greater than 0"),
        ({"micro_batch_size": 0}, "micro_batch_size must be greater than 0"),
        ({"warmup": 1}, "warmup must be a share"),
    ],
)
def test_settings_out_of_range(values, message):
    with pytest.raises(InputError, match=message):
        TrainingSettings(**values)


@pytest.mark.parametrize(
    ("micro", "processes", "expected"),
    [(None, 1, (64, 1)), (None, 4, (16, 1)), (8, 1, (8, 8)), (8, 4, (8, 2))],
)
def test_a_step_is_made_up_of_micro_batches(micro, processes, expected):
    assert TrainingSettings(micro_batch_size=micro).split_batch(processes) == expected


@pytest.mark.parametrize(("micro", "processes"), [(7, 1), (8, 3), (128, 1), (None, 3)])
def test_a_batch_that_cannot_be_shared_out(micro, processes):
    with pytest.raises(InputError, match="make batch_size a multiple of"):
        TrainingSettings(micro_batch_size=micro).split_batch(processes)


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


# --- the loop -----------------------------------------------------------------------------------


def run(folder, examples, **options):
    model = small_model()
    settings = TrainingSettings(
        **{"learning_rate": 1e-2, "batch_size": 4, "epochs": 2, "bf16": False, "warmup": 0}
        | {name: value for name, value in options.items() if name not in ("dev", "resume")}
    )
    result = training.train_model(
        model, examples, options.get("dev"), folder, settings, resume=options.get("resume", False)
    )
    return model, result


def test_accumulated_gradients_make_the_same_step(examples, tmp_path):
    """12 examples, 4 a step: 3 steps an epoch, however many are taken at a time."""
    whole, result = run(tmp_path / "whole", examples)
    split, accumulated = run(tmp_path / "split", examples, micro_batch_size=1)
    assert result["steps"] == accumulated["steps"] == 6
    assert (result["accumulated"], accumulated["accumulated"]) == (1, 4)
    assert result["train_loss"] == pytest.approx(accumulated["train_loss"], rel=1e-4)
    assert torch.allclose(weights(whole), weights(split), atol=1e-4)
    assert not torch.allclose(weights(whole), weights(small_model()), atol=1e-2)


def test_the_first_step_is_that_of_plain_torch(examples, tmp_path):
    """The oracle: AdamW by hand on one batch of everything."""
    model, _ = run(tmp_path, examples, batch_size=12, steps=1, micro_batch_size=3)
    oracle = small_model()
    optimizer = torch.optim.AdamW(oracle.parameters(), lr=1e-2, weight_decay=0)
    oracle(**collate(examples.rows)).loss.backward()
    torch.nn.utils.clip_grad_norm_(oracle.parameters(), 1)
    optimizer.step()
    assert torch.allclose(weights(model), weights(oracle), atol=2e-4)


def test_training_goes_on_where_it_was_interrupted(examples, tmp_path):
    through, _ = run(tmp_path / "through", examples, dev=examples)

    class Stopped(Exception):  # noqa: N818
        pass

    import transformers

    class StopAfterFirstSave(transformers.TrainerCallback):
        def on_save(self, args, state, control, **kwargs):
            raise Stopped

    with pytest.raises(Stopped):
        training.train_model(
            small_model(), examples, examples, tmp_path / "stopped", QUICK,
            callbacks=[StopAfterFirstSave()],
        )  # fmt: skip
    assert not (tmp_path / "stopped" / "model.safetensors").exists()
    resumed, result = run(tmp_path / "stopped", examples, dev=examples, resume=True)
    assert result["steps"] == 6
    assert torch.allclose(weights(through), weights(resumed), atol=1e-5)


def test_checkpoints_and_the_model_say_that_the_head_is_its_own(examples, tmp_path):
    model, _ = run(tmp_path, examples)
    for folder in (tmp_path, tmp_path / "checkpoint-6"):
        assert (
            json.loads((folder / "config.json").read_text("utf-8"))["tie_word_embeddings"] is False
        )
    assert torch.equal(weights(load_model(tmp_path)), weights(model))


def test_patience_keeps_the_best_model(examples, tmp_path):
    unlike = encode_examples(make_examples([IGT("zz", None, "QQQQ")], ["glosslm"]))
    model, result = run(tmp_path, examples, dev=unlike, epochs=20, patience=1, learning_rate=3e-2)
    assert result["epochs"] < 20
    best = math.log(training.perplexity(model, unlike).perplexity)
    assert best == pytest.approx(result["dev_loss"], abs=1e-4)
    with pytest.raises(InputError, match="patience needs a dev set"):
        run(tmp_path, examples, patience=1)


def test_the_same_seed_gives_the_same_model(examples, tmp_path):
    first, second, other = (
        run(tmp_path / str(at), examples, seed=seed)[0] for at, seed in enumerate((1, 1, 2))
    )
    assert torch.equal(weights(first), weights(second))
    assert not torch.equal(weights(first), weights(other))


def test_training_needs_a_byte_model_to_start_from(tmp_path):
    with pytest.raises(InputError, match="name the checkpoint to start from"):
        training.train_glosser(TEXTS, None, ["glosslm"], tmp_path, QUICK)
    with pytest.raises(ModelFileError, match="there is no folder"):
        training.train_glosser(TEXTS, None, ["glosslm"], tmp_path, QUICK, model=tmp_path / "no")


# --- figures ------------------------------------------------------------------------------------


def test_perplexity_is_that_of_every_byte(examples):
    model = small_model().eval()
    total, count = 0.0, 0
    for row in examples.rows:
        with torch.no_grad():
            loss = model(**collate([row])).loss.item()  # the oracle: one example at a time
        total += loss * len(row["labels"])
        count += len(row["labels"])
    for size in (1, 5, 32):
        found = training.perplexity(model, examples, batch_size=size)
        assert found.tokens == count
        assert found.perplexity == pytest.approx(math.exp(total / count), rel=1e-4)


def test_perplexity_by_language_leaves_out_what_there_is_nothing_of():
    texts = [*TEXTS[:2], IGT("x", None, "Y", language="Lezgi"), IGT("x", language="Tsez")]
    found = training.language_perplexities(small_model(), texts, ["interleaved", "glosslm"])
    assert set(found["Turkish"]) == {"interleaved", "glosslm"}
    assert set(found["Lezgi"]) == {"glosslm"}
    assert found["Tsez"] == {}


def test_what_no_prediction_has_is_not_scored():
    gold = [text.replace(language="A") for text in TEXTS[:3]]
    glosses_only = [Prediction(None, text.glosses) for text in gold]
    report = training.score_predictions(glosses_only, gold)
    assert report["not_scored"] == ["segmentation", "alignment"]
    assert (report["n"]["glossing"], report["n"]["segmentation"]) == (3, 0)
    assert report["groups"]["A"]["glossing"]["morpheme"]["error_rate"] == 0
    both = [Prediction(text.segmentation, text.glosses) for text in gold]
    assert training.score_predictions(both, gold)["not_scored"] == []


def test_one_process_predicts_everything():
    glosser = LookupGlosser().fit(TEXTS)
    assert training.predict_in_processes(glosser, TEXTS) == glosser.predict(TEXTS)
    assert training.report(glosser, TEXTS)["predictions"] == len(TEXTS)


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
