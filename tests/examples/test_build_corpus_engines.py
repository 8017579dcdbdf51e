"""The pipeline on other engines: a Dask cluster, and Hugging Face datasets with processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import igtkit
from igtkit import Corpus, Language
from igtkit.corpus import paper_pipeline
from igtkit.corpus.columns import metadata_to_text, to_row
from igtkit.corpus.pipeline import run_steps

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "build_corpus_dask.py"
TURKISH = Language("nucl1301", "Turkish", "tur")


@pytest.fixture
def parts(tmp_path):
    """The sample in three files, with repeated, misaligned and useless texts among them."""
    sample = [igt.replace(split=None) for igt in igtkit.load_sample()]
    odd = [sample[5].replace(glosses="x"), sample[3].replace(transcription="12", glosses="-")]
    files = []
    for name, items in (
        ("tur", sample[:150] + odd),
        ("tr", sample[100:250]),
        ("lez", sample[240:] + sample[240:300]),
    ):
        files.append(tmp_path / f"{name}.txt")
        igtkit.write(items, files[-1], "sigmorphon")
    return files


@pytest.mark.slow
def test_a_cluster_of_two_workers_gives_what_one_process_gives(parts, tmp_path):
    pytest.importorskip("distributed", reason="distributed (of Dask) is not installed")
    out = tmp_path / "out"
    said = subprocess.run(
        [sys.executable, SCRIPT, "--workers", "2", "--out", out, *parts],
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )
    assert said.returncode == 0, said.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))

    def one_by_one():
        for path in parts:
            language = {"tur": TURKISH, "lez": Language("lezg1247", "Lezgian", "lez")}.get(
                path.stem
            )
            yield from igtkit.stream(path, "sigmorphon", language=language, source="odin")

    run = paper_pipeline().run(one_by_one())
    expected = Corpus(run)
    assert report == json.loads(json.dumps(run.report.to_dict()))
    written = [igt for path in parts for igt in igtkit.read(out / f"{path.stem}.jsonl")]
    assert Corpus(written) == expected
    assert {step["step"] for step in report["steps"] if step["dropped"]} == {
        "duplicates",
        "quality",
    }


@pytest.mark.slow
def test_datasets_with_two_processes_give_what_one_process_gives(parts, tmp_path, monkeypatch):
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    datasets.disable_progress_bars()
    items = Corpus(
        igt for path in parts for igt in igtkit.read(path, "sigmorphon", language=TURKISH)
    )
    stages = paper_pipeline().stages

    def run_stage(rows, stage):
        columns = list(rows)
        texts = Corpus.from_dataset(
            [dict(zip(columns, row, strict=True)) for row in zip(*rows.values(), strict=True)]
        )
        kept, _ = run_steps(stage, texts)
        out = [{**row, "metadata": metadata_to_text(row["metadata"])} for row in map(to_row, kept)]
        return {name: [row[name] for row in out] for name in columns}

    data = items.to_dataset()
    for stage in stages:
        whole = stage[0].remembers  # has to see every text
        data = data.map(
            run_stage,
            batched=True,
            batch_size=len(data) if whole else 50,
            num_proc=None if whole else 2,
            fn_kwargs={"stage": stage},
            load_from_cache_file=False,
        )
    assert Corpus.from_dataset(data) == Corpus(paper_pipeline().run(items))
