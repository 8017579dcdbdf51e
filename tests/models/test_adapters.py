"""LoRA adapters: saved alone, several on one model, switched, merged, and refused where wrong."""

from __future__ import annotations

import json
import warnings

import pytest

from igtkit.errors import InputError, ModelFileError

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from models.tiny_adapters import (  # noqa: E402
    QUICK,
    TEXTS,
    glosser_of,
    logits,
    small_model,
)

from igtkit.models.adapters import Lora, adapters_beside, bare_model, fingerprints  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model, new_model  # noqa: E402
from igtkit.models.training import train_adapter  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The folder of a model to adapt."""
    folder = tmp_path_factory.mktemp("base")
    glosser_of(small_model()).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def adapted(base, tmp_path_factory):
    """A folder with two adapters for the base."""
    folder = tmp_path_factory.mktemp("adapters")
    for name, texts in (("first", TEXTS[:2]), ("second", TEXTS[1:])):
        glosser = Seq2SeqGlosser.from_pretrained(base)
        train_adapter(glosser, texts, name, folder / name, QUICK)
    return folder


def test_an_adapter_is_saved_alone_and_says_nothing_of_this_machine(base, adapted):
    folder = adapted / "first"
    saved = (folder / "adapter_model.safetensors").stat().st_size
    assert saved < (base / "model.safetensors").stat().st_size / 5
    assert not (folder / "model.safetensors").exists()
    assert str(folder.parent) not in (folder / "README.md").read_text(encoding="utf-8")
    settings = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    assert settings["base_model_name_or_path"] is None
    assert (settings["r"], settings["lora_alpha"], settings["lora_dropout"]) == (8, 8, 0.2)


def test_two_adapters_on_one_model_do_not_disturb_each_other(base, adapted):
    alone = {}
    for name in ("first", "second"):
        glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / name)
        alone[name] = logits(glosser)
    assert not torch.equal(alone["first"], alone["second"])
    both = Seq2SeqGlosser.from_pretrained(base)
    plain = logits(both)
    both.load_adapter(adapted / "first", "first")
    both.load_adapter(adapted / "second", "second")
    assert both.adapters == ("first", "second")
    for name in ("second", "first", None, "second", None, "first"):
        both.use_adapter(name)
        assert torch.equal(logits(both), plain if name is None else alone[name])


def test_a_third_is_trained_beside_the_others(base, adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / "first")
    before = logits(glosser)
    train_adapter(glosser, TEXTS[1:], "again", tmp_path / "again", QUICK)
    apart = (tmp_path / "again" / "adapter_model.safetensors").read_bytes()
    assert apart == (adapted / "second" / "adapter_model.safetensors").read_bytes()
    glosser.use_adapter("first")
    assert torch.equal(logits(glosser), before)


def test_a_merged_model_answers_as_the_model_with_the_adapter(base, adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / "first")
    merged = glosser.merge_adapter("first")
    assert merged.adapters == ()
    assert torch.allclose(logits(merged), logits(glosser), atol=1e-5)
    assert glosser.adapters == ("first",)
    options = {"num_beams": 1, "max_new_tokens": 16}
    wanted = glosser.predict(TEXTS, **options)
    merged.save_pretrained(tmp_path)
    assert not (tmp_path / "adapters").exists()
    for each in (merged, Seq2SeqGlosser.from_pretrained(tmp_path)):
        found = each.predict(TEXTS, **options)
        assert [(p.segmentation, p.glosses) for p in found] == [
            (p.segmentation, p.glosses) for p in wanted
        ]
    plain = Seq2SeqGlosser.from_pretrained(base)
    glosser.use_adapter(None)
    assert torch.equal(logits(glosser), logits(plain))


def test_a_glosser_is_saved_with_its_adapters_and_loads_them_by_name(base, adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / "first")
    glosser.load_adapter(adapted / "second", "second")
    glosser.save_pretrained(tmp_path)
    assert adapters_beside(tmp_path) == ("first", "second")
    for name in ("first", "second"):
        again = Seq2SeqGlosser.from_pretrained(tmp_path, adapter=name)
        glosser.use_adapter(name)
        assert torch.equal(logits(again), logits(glosser))
    plain = Seq2SeqGlosser.from_pretrained(tmp_path)
    assert torch.equal(logits(plain), logits(Seq2SeqGlosser.from_pretrained(base)))
    with pytest.raises(ModelFileError, match=r"none of this name .* there are: 'first', 'second'"):
        Seq2SeqGlosser.from_pretrained(tmp_path, adapter="third")


def test_names_that_are_not_loaded(base, adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / "first")
    for call in (
        glosser.use_adapter,
        glosser.merge_adapter,
        lambda name: glosser.save_adapter(tmp_path, name),
    ):
        with pytest.raises(InputError, match=r"no adapter 'git' is loaded; there are: \['first'\]"):
            call("git")
    with pytest.raises(InputError, match="'first' is loaded already"):
        train_adapter(glosser, TEXTS, "first", tmp_path, QUICK)
    with pytest.raises(InputError, match=r"'a\.b' is no name for an adapter"):
        glosser.load_adapter(adapted / "first", "a.b")


def test_an_adapter_for_another_model_is_refused(base, adapted, tmp_path):
    other = glosser_of(small_model(seed=1))  # of the same shape
    before = logits(other)
    with pytest.raises(ModelFileError, match="was trained for another model"):
        other.load_adapter(adapted / "first", "first")
    assert other.adapters == ()
    assert torch.equal(logits(other), before)

    foreign = tmp_path / "foreign"  # saved by other software: only shapes can tell
    foreign.mkdir()
    for file in ("adapter_config.json", "adapter_model.safetensors"):
        (foreign / file).write_bytes((adapted / "first" / file).read_bytes())
    glosser_of(small_model(seed=1)).load_adapter(foreign, "first")
    deeper = new_model(
        width=48, inner_width=64, encoder_layers=2, decoder_layers=1, heads=3, seed=0
    )
    wider = new_model(width=96, inner_width=64, encoder_layers=1, decoder_layers=1, heads=3, seed=0)
    for model in (deeper, wider):
        glosser = glosser_of(model)
        before = logits(glosser)
        with pytest.raises(ModelFileError, match="does not fit"):
            glosser.load_adapter(foreign, "first")
        assert glosser.adapters == ()
        assert torch.equal(logits(glosser), before)


def test_a_refused_adapter_leaves_the_one_in_use(base, adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(base, adapter=adapted / "first")
    before = logits(glosser)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "adapter_config.json").write_bytes(
        (adapted / "first" / "adapter_config.json").read_bytes()
    )
    (broken / "adapter_model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelFileError, match="damaged"):
        glosser.load_adapter(broken, "broken")
    assert glosser.adapters == ("first",)
    assert torch.equal(logits(glosser), before)


def test_a_model_is_known_by_its_weights_in_any_dtype(base, adapted):
    model = load_model(base)
    full = fingerprints(model)
    assert full != fingerprints(small_model(seed=1))
    for dtype in ("bfloat16", "float16"):
        assert fingerprints(load_model(base, dtype=dtype)) == {dtype: full[dtype]}
    half = Seq2SeqGlosser.from_pretrained(base, dtype="bfloat16", adapter=adapted / "first")
    assert fingerprints(half.backend.model) == {"bfloat16": full["bfloat16"]}
    assert fingerprints(bare_model(half.backend.model)) == {"bfloat16": full["bfloat16"]}


@pytest.mark.parametrize(
    "wrong", [{"rank": 0}, {"alpha": -1}, {"dropout": 1.0}, {"dropout": -0.1}, {"modules": ()}]
)
def test_shapes_that_make_no_sense(wrong):
    with pytest.raises(InputError):
        Lora(**wrong)


@pytest.fixture(scope="module")
def named(base, tmp_path_factory):
    peft = pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")
    path = tmp_path_factory.mktemp("named")
    for file in base.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    for name, seed in (("tsez", 1), ("lezgi", 2)):
        torch.manual_seed(seed)
        settings = peft.LoraConfig(r=2, target_modules=["q", "v"], init_lora_weights=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an old name
            with_adapter = peft.get_peft_model(load_model(base), settings)
        with_adapter.save_pretrained(path / "adapters" / name)
    return path


def test_adapters_by_name_and_by_folder(base, named):
    plain = Seq2SeqGlosser.from_pretrained(base)
    glosser = Seq2SeqGlosser.from_pretrained(named, adapter="tsez")
    by_folder = Seq2SeqGlosser.from_pretrained(base, adapter=named / "adapters" / "tsez")
    there = logits(glosser)
    assert not torch.allclose(there, logits(plain))
    assert torch.equal(there, logits(by_folder))
    glosser.load_adapter(named / "adapters" / "lezgi", "lezgi")
    assert not torch.allclose(logits(glosser), there)
    glosser.use_adapter("tsez")
    assert torch.equal(logits(glosser), there)
    glosser.use_adapter(None)
    assert torch.equal(logits(glosser), logits(plain))
    glosser.use_adapter("tsez")
    assert torch.equal(logits(glosser), there)


def test_adapters_that_are_not_there(named, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(named, adapter="tsez")
    with pytest.raises(InputError, match=r"no adapter 'git' is loaded; there are: .'tsez'"):
        glosser.use_adapter("git")
    with pytest.raises(InputError, match="'tsez' is loaded already"):
        glosser.load_adapter(named / "adapters" / "tsez", "tsez")
    for wrong in ("git", "../adapters/git", tmp_path):
        with pytest.raises(ModelFileError, match="holds no adapter"):
            Seq2SeqGlosser.from_pretrained(named, adapter=wrong)


def test_an_adapter_with_settings_of_another_is_refused(base, adapted, tmp_path):
    for file in (adapted / "first").glob("adapter*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "adapter_config.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | {"r": 4}), encoding="utf-8")
    glosser = Seq2SeqGlosser.from_pretrained(base)
    with pytest.raises(ModelFileError, match="not of the rank 4"):
        glosser.load_adapter(tmp_path, "changed")
    assert glosser.adapters == ()


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("spoil", ["nan", "header", "bit"])
def test_weights_of_an_adapter_that_are_damaged(base, adapted, tmp_path, spoil, own):
    from safetensors.torch import load_file, save_file

    for file in (adapted / "first").iterdir():
        if file.is_file() and (own or file.name != "igtkit.json"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "adapter_model.safetensors"
    if spoil == "nan":
        weights = load_file(path)
        next(iter(weights.values())).view(-1)[0] = float("nan")
        save_file(weights, path, metadata={"format": "pt"})
    else:
        content = bytearray(path.read_bytes())
        if spoil == "header":
            content[:8] = (2**60).to_bytes(8, "little")
        else:
            content[-1] ^= 0x40  # a number that is large, or infinite
        path.write_bytes(content)
    glosser = Seq2SeqGlosser.from_pretrained(base)
    if spoil == "bit" and not own:  # nobody can tell, where there are no checksums
        return
    with pytest.raises(ModelFileError, match="damaged"):
        glosser.load_adapter(tmp_path, "damaged")
    assert glosser.adapters == ()
