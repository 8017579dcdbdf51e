"""What is said of a model in its folder."""

from __future__ import annotations

import ast

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")

import attrs
import yaml

from igtkit import IGT, Language
from igtkit._characters import shown
from igtkit.models.training import ModelCard, TrainingSettings

TEXTS = [
    *(IGT("a", language=Language("dido1241", "Tsez", "ddo")) for _ in range(3)),
    IGT("b", language="Lezgi"),
    IGT("c"),
]


def card(**facts):
    return ModelCard.of(
        TEXTS,
        TEXTS[:2],
        data=["Tsez=/home/me/ddo-train.txt", "sample:dev"],
        kind="Seq2SeqGlosser",
        base="google/byt5-base",
        formats=("interleaved",),
        **facts,
    )


def test_languages_are_counted_and_files_named_without_their_folders():
    text = card().to_markdown()
    assert "base_model: google/byt5-base\nlanguage:\n- ddo\n" in text
    assert "5 texts, and 2 texts to watch the loss on." in text
    assert "| Tsez | 3 |\n| Lezgi | 1 |\n| unknown | 1 |" in text
    assert "Files: `ddo-train.txt`, `sample:dev`." in text
    assert "/home/me" not in text


def test_a_long_list_of_languages_is_cut_and_counted():
    many = attrs.evolve(card(), languages={f"L{n}": 100 - n for n in range(50)})
    text = many.to_markdown()
    assert "| L39 | 61 |\n| 10 more | 555 |" in text


def test_settings_losses_and_use(tmp_path):
    curve = [{"step": 3, "epoch": 1.0, "train_loss": 0.5, "dev_loss": 0.75}]
    made = card(settings=TrainingSettings(), preset="reference", course={"curve": curve})
    made.write(tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    assert "Preset `reference`: learning_rate 5e-05" in text
    assert "| 3 | 1.000 | 0.500 | 0.750 |" in text
    assert "load_glosser" in text
    assert 'language="Tsez"' in text
    assert "## Figures" not in text


def test_names_are_names_and_nothing_else():
    name = 'x") or print("y\n| <b>`z` é'
    texts = [IGT("a", language=Language(None, name, "abc\nlicense: mit"))]
    made = ModelCard.of(
        texts,
        None,
        data=[f"{name}.txt"],
        kind="Seq2SeqGlosser",
        base=f"a/{name}",
        formats=("word",),
    )
    text = made.to_markdown()
    front = yaml.safe_load(text.split("---\n")[1])
    assert front.keys() == {"library_name", "base_model", "tags"}
    assert front["base_model"] == f"a/{name}"
    row = next(line for line in text.splitlines() if line.endswith("| 1 |"))
    assert row.count("|") - row.count(r"\|") == 3
    assert r"\<b\>\`z\`" in row
    code = ast.parse(text.split("```python\n")[1].split("```")[0])
    told = [node.value for node in ast.walk(code) if isinstance(node, ast.keyword)]
    assert shown(name) in [value.value for value in told if isinstance(value, ast.Constant)]
    assert text.count("```") == 2
