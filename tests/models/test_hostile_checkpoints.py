"""A checkpoint of another origin whose settings make no sense gives one error, when it is loaded."""

from __future__ import annotations

import json
import shutil
import time

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.causal.tiny_chat import TEXTS  # noqa: E402

from igtkit import formats  # noqa: E402
from igtkit.errors import ModelFileError  # noqa: E402
from igtkit.models import CausalGlosser, load_glosser  # noqa: E402
from igtkit.models.causal import new_chat_model  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")

ASKED = [igt.replace(segmentation=None, glosses=None) for igt in TEXTS[:1]]
IDS = ("pad_token_id", "eos_token_id", "decoder_start_token_id")
ODD = (None, 10**9, "x", [1])


@pytest.fixture(scope="module")
def chat_folder(tmp_path_factory):
    """The folder of a tiny chat model as a glosser."""
    path = tmp_path_factory.mktemp("chat")
    model = new_chat_model((igt.transcription for igt in TEXTS), width=32, layers=1)
    CausalGlosser(*model, formats.get("interleaved")).save_pretrained(path)
    return path


@pytest.fixture
def foreign(folder, tmp_path):
    return stranger(folder, tmp_path / "model")


@pytest.fixture
def foreign_chat(chat_folder, tmp_path):
    return stranger(chat_folder, tmp_path / "model")


def stranger(folder, target):
    """A copy that says nothing of igtkit."""
    return shutil.copytree(folder, target, ignore=shutil.ignore_patterns("igtkit.json"))


def change(folder, name, changes):
    path = folder / name
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content | changes), encoding="utf-8")


def glossed(folder):
    """Whether the glosser of a folder can be loaded, within two seconds; then it glosses, too."""
    begun = time.process_time()
    try:
        glosser = load_glosser(folder, format="interleaved")
    except ModelFileError:
        return False
    finally:
        assert time.process_time() - begun < 2
    glosser.predict(ASKED, max_new_tokens=6, constrained=False)
    return True


def test_whole_ones_are_loaded(foreign, chat_folder, tmp_path):
    assert glossed(foreign)
    assert glossed(stranger(chat_folder, tmp_path / "chat"))


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", [*IDS, "relative_attention_max_distance"])
def test_settings_with_which_the_model_cannot_run(foreign, key, value):
    change(foreign, "config.json", {key: value})
    glossed(foreign)


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", [*IDS, "suppress_tokens", "min_length", "guidance_scale"])
def test_what_generation_is_told(foreign, key, value):
    change(foreign, "generation_config.json", {key: value})
    glossed(foreign)


def test_what_a_checkpoint_says_of_other_tasks_is_passed_over(foreign):
    plain = load_glosser(foreign, format="interleaved").predict(ASKED, max_new_tokens=6)
    change(
        foreign, "generation_config.json", {"num_beams": 4, "repetition_penalty": 9.0, "top_k": 1}
    )
    told = load_glosser(foreign, format="interleaved").predict(ASKED, max_new_tokens=6)
    assert [each.glosses for each in told] == [each.glosses for each in plain]


@pytest.mark.parametrize("value", [-1, "x", ["ForCausalLM", 3], {"a": "ForCausalLM"}], ids=repr)
def test_architectures_that_are_none(foreign, value):
    change(foreign, "config.json", {"architectures": value})
    glossed(foreign)


@pytest.mark.parametrize("value", [5, ["T5Tokenizer"], "NoTokenizer"], ids=repr)
def test_a_tokenizer_that_is_none(foreign, value):
    change(foreign, "tokenizer_config.json", {"tokenizer_class": value})
    assert not glossed(foreign)


def test_a_tokenizer_config_that_nests_without_end(foreign):
    (foreign / "tokenizer_config.json").write_text('{"a":' * 10**5, encoding="utf-8")
    assert not glossed(foreign)


@pytest.mark.parametrize("value", [[1], "x"], ids=repr)
def test_a_tokenizer_that_cannot_run(foreign_chat, value):
    change(foreign_chat, "tokenizer_config.json", {"model_max_length": value})
    assert not glossed(foreign_chat)


def test_a_tokenizer_of_a_larger_model(foreign_chat):
    path = foreign_chat / "tokenizer.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    words = content["model"]["vocab"]
    content["model"]["vocab"] = {word: number + 10**6 for word, number in words.items()}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelFileError, match="not of this model"):
        load_glosser(foreign_chat, format="interleaved").predict(ASKED, constrained=False)
