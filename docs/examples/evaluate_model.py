"""Score any glosser on any files: every metric, both definitions, by language.

    python evaluate_model.py GLOSSER --data Lezgi=lez-test.txt Tsez=ddo-test.txt --output scores

GLOSSER is a folder that save_pretrained of any igtkit glosser made, or a checkpoint of another
origin with the format it was trained on: a folder, or a name on the Hugging Face hub.

    python evaluate_model.py lecslab/polygloss-byt5-interleaved-2025-12-28 --format interleaved ...
    torchrun --nproc-per-node 4 evaluate_model.py ...   # the texts are shared out

Two reports are printed, one by the paper's definitions and one by those of the scorer behind its
tables ("published"): every figure, for all texts, on average over languages, and for each language.
The output folder gets metrics.json with all of it, and predictions.jsonl. A model that gives
glosses only is scored on glosses only, and the report says so.

    python evaluate_model.py GLOSSER --tiny --output tried   # the first sentences of the sample
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import igtkit
from igtkit.models import (
    Glosser,
    PipelineGlosser,
    SeparateGlosser,
    Seq2SeqGlosser,
    load_glosser,
    require_options,
    training,
)

NEURAL = (Seq2SeqGlosser, SeparateGlosser, PipelineGlosser)


def main() -> None:
    options = parse_arguments()
    training.require_no_results(options.output)
    training.start_processes()  # each on a GPU of its own, before the glosser is put on one
    line = "segmentation" if options.given_segmentation else "transcription"
    texts = training.read_test(options, options.data, line)
    glosser = load_glosser(options.glosser, **loading(options))
    settings = decoding(options, glosser)
    predictions = training.predict_in_processes(glosser, texts, **settings)
    if not training.is_main_process():
        return
    reports = {}
    for preset in ("paper", "published"):
        report, not_scored = training.compare(predictions, texts, preset=preset)
        reports[preset] = {**report.to_dict(), "not_scored": not_scored}
        print(f"{preset}\n{report.to_text()}")
        if not_scored:
            print(f"not scored, for want of a predicted line: {', '.join(not_scored)}")
        print()
    results = {"settings": vars(options), "predictions": len(predictions), **reports}
    training.write_results(Path(options.output) / "metrics.json", results)
    glossed = [prediction.to_igt(igt) for prediction, igt in zip(predictions, texts, strict=True)]
    igtkit.write(glossed, Path(options.output) / "predictions.jsonl")


def parse_arguments() -> argparse.Namespace:
    parser = training.make_parser(__doc__)
    parser.add_argument("glosser", metavar="GLOSSER", help="folder of the glosser, or hub name")
    parser.add_argument("--data", nargs="+", default=["sample:test"], metavar="[LANGUAGE=]FILE",
                        help="what to score on (default: the test part of the sample)")  # fmt: skip
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument("--format", help="prompt format of a checkpoint that does not say it")
    parser.add_argument("--device", help="such as cpu or cuda:1 (default: a GPU if there is one)")
    parser.add_argument("--adapter", help="LoRA adapter: its folder, or its name in the glosser's")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="polygloss",
                        help="how punctuation is set apart (default: polygloss)")  # fmt: skip
    parser.add_argument("--revision", metavar="NAME", help="branch, tag or commit on the hub")
    parser.add_argument("--eval-batch-size", type=int, metavar="N",
                        help="prompts at a time (default: the glosser's)")  # fmt: skip
    training.add_decoding(parser, num_beams=None, long_input=None)
    parser.add_argument("--given-segmentation", action="store_true",
                        help="gloss the gold segmentation")  # fmt: skip
    parser.add_argument("--tiny", action="store_true",
                        help="score only the first sentences, with short answers")  # fmt: skip
    return parser.parse_args()


def loading(options: argparse.Namespace) -> dict[str, Any]:
    """How the command line asks to load the glosser."""
    named = {
        "format": options.format,
        "device": options.device,
        "adapter": options.adapter,
        "dtype": options.eval_dtype,
        "revision": options.revision,
    }
    return {name: value for name, value in named.items() if value is not None}


def decoding(options: argparse.Namespace, glosser: Glosser) -> dict[str, Any]:
    """How the command line asks the glosser to predict."""
    settings = training.decoding(options)
    require_options(type(glosser), "predict", settings)
    if isinstance(glosser, NEURAL):
        settings = {"long_input": "window", **settings}
    if options.tiny and isinstance(glosser, NEURAL):
        settings = {"max_new_tokens": 48, "num_beams": 1, **settings}
    if options.given_segmentation:
        settings["given"] = "segmentation"
    return settings


if __name__ == "__main__":
    training.run_script(main)
