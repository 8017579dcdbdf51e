"""What a checkpoint says of itself, before transformers builds anything of it."""

from __future__ import annotations

import json
import shutil
import tracemalloc

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")

from igtkit.errors import ModelFileError
from igtkit.models._trust import check_checkpoint, check_config, read_settings

AUTO = "AutoModelForSeq2SeqLM"


@pytest.fixture
def foreign(folder, tmp_path):
    """A whole checkpoint that says nothing of igtkit."""
    shutil.copytree(folder, tmp_path / "foreign", ignore=shutil.ignore_patterns("igtkit.json"))
    return tmp_path / "foreign"


def change(path, **changes):
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | changes), encoding="utf-8")


def require_refused(folder, match=None, memory=200 * 2**20):
    tracemalloc.start()
    try:
        with pytest.raises(ModelFileError, match=match):
            check_checkpoint(folder, AUTO)
        assert tracemalloc.get_traced_memory()[1] < memory
    finally:
        tracemalloc.stop()


def test_a_whole_checkpoint_is_let_through(foreign):
    check_checkpoint(foreign, AUTO)
    change(foreign / "config.json", attn_implementation="eager", num_labels=3)
    check_checkpoint(foreign, AUTO)


@pytest.mark.parametrize(
    "changes",
    [
        {"num_layers": 10**9}, {"num_decoder_layers": 10**9}, {"num_layers": -1},
        {"num_layers": "1"}, {"vocab_size": 10**9}, {"d_model": 10**9}, {"d_ff": 10**9},
        {"num_heads": 10**9}, {"num_labels": 10**9}, {"relative_attention_num_buckets": 10**12},
        {"d_model": None}, {"d_kv": [1]}, {"attn_implementation": "somebody/kernel"},
        {"_attn_implementation": {"": "somebody/kernel"}}, {"feed_forward_proj": 3},
        {"dropout_rate": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_settings_of_a_foreign_model_that_ask_for_too_much(foreign, changes):
    path = foreign / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(config | changes), encoding="utf-8")
    require_refused(foreign)


@pytest.mark.parametrize(
    "content", ["[" * 10**6, '{"a":' * 10**6, "[]", '"x"', "{" + " " * 2**25 + "}", "\x00"]
)
def test_settings_that_are_no_settings(foreign, content):
    (foreign / "config.json").write_text(content, encoding="utf-8")
    require_refused(foreign, "config.json|damaged")


@pytest.mark.parametrize("name", ["../other/model.safetensors", "/etc/passwd", "..", "a/b"])
def test_an_index_names_files_in_its_folder(foreign, name):
    (foreign / "model.safetensors").unlink()
    index = {"metadata": {}, "weight_map": {"shared.weight": name}}
    (foreign / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    require_refused(foreign, "the name of a file")


def test_an_adapter_beside_a_model_does_not_choose_the_model(foreign):
    config = {"peft_type": "LORA", "base_model_name_or_path": "/somewhere/else"}
    (foreign / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    require_refused(foreign, "holds an adapter beside a model")


def test_weights_in_parts_are_looked_through_like_whole_ones(foreign):
    from safetensors.torch import load_file, save_file

    weights = load_file(foreign / "model.safetensors")
    (foreign / "model.safetensors").unlink()
    names = sorted(weights)
    parts = {"a.safetensors": names[:5], "b.safetensors": names[5:]}
    for part, own in parts.items():
        save_file({name: weights[name].clone() for name in own}, foreign / part)
    index = {"weight_map": {name: part for part, own in parts.items() for name in own}}
    path = foreign / "model.safetensors.index.json"
    path.write_text(json.dumps(index), encoding="utf-8")
    check_checkpoint(foreign, AUTO)
    (foreign / "b.safetensors").write_bytes(b"")
    require_refused(foreign, r"b\.safetensors is damaged")
    (foreign / "b.safetensors").unlink()
    require_refused(foreign, r"b\.safetensors")
    path.write_text("{}", encoding="utf-8")
    require_refused(foreign, "there is no 'weight_map'")


def test_weights_that_could_run_code_are_not_read(foreign):
    (foreign / "model.safetensors").rename(foreign / "pytorch_model.bin")
    require_refused(foreign, r"no weights in safetensors .*can run code when they are opened")


def test_a_tokenizer_has_its_files_in_the_folder(foreign):
    path = foreign / "tokenizer_config.json"
    path.write_text(json.dumps({"vocab_file": "spiece.model", "size": 3}), encoding="utf-8")
    check_checkpoint(foreign, AUTO)
    change(path, vocab_file="/etc/passwd")
    require_refused(foreign, "expected the name of a file")


def test_a_model_of_another_kind_is_refused(foreign):
    with pytest.raises(ModelFileError, match="holds no model that can be loaded"):
        check_checkpoint(foreign, "AutoModelForCausalLM")
    change(foreign / "config.json", model_type="nothing known")
    require_refused(foreign, "holds no model that can be loaded")


def test_settings_that_ask_for_more_numbers_than_there_are_give_both_counts(foreign):
    with pytest.raises(ModelFileError, match=r"asks for [\d,]+ numbers, and the weights have 7"):
        check_config(foreign, AUTO, tensors=99, values=7)


def test_settings_are_what_transformers_takes_for_json(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('{"a": NaN, "b": [1, {"c": "\\ud800"}]}', encoding="utf-8")
    found = read_settings(path)
    assert found["a"] != found["a"]
    assert found["b"] == [1, {"c": "\ud800"}]
    for content in ("[]", "3", '"a"', "{", ""):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(ModelFileError, match="is damaged"):
            read_settings(path)
    with pytest.raises(ModelFileError, match=r"none\.json"):
        read_settings(tmp_path / "none.json")
