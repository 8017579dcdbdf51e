"""Score any glosser on any files: every metric, both definitions, by language.

    python evaluate_model.py GLOSSER --data Lezgi=lez-test.txt Tsez=ddo-test.txt --output scores

GLOSSER is a folder that save_pretrained of any igtkit glosser made, or a checkpoint of another
origin with the format it was trained on: a folder, or a name on the Hugging Face hub.

    python evaluate_model.py lecslab/polygloss-byt5-interleaved-2025-12-28 --format interleaved ...
    torchrun --nproc-per-node 4 evaluate_model.py ...   # the texts are shared out

The report of the paper's definitions and that of the scorer behind its tables ("published") are
printed side by side with what each language has; the output folder gets metrics.json with
everything, and predictions.jsonl. A model that gives glosses only is scored on glosses only, and
the report says so.

    python evaluate_model.py GLOSSER --tiny --output tried   # the first sentences of the sample
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import igtkit
from igtkit.models import training
from igtkit.models.loading import load_glosser
from igtkit.models.separate import PipelineGlosser, SeparateGlosser
from igtkit.models.seq2seq import Seq2SeqGlosser

NEURAL = (Seq2SeqGlosser, SeparateGlosser, PipelineGlosser)
FIGURES = ("glossing.morpheme.error_rate", "segmentation.f1", "alignment")


def main() -> None:
    options = parse_arguments()
    texts = training.read_corpora(options.data, rules=options.rules)
    texts = texts[: training.TINY] if options.tiny else texts
    named = {"format": options.format, "device": options.device, "adapter": options.adapter}
    glosser = load_glosser(
        options.glosser, **{name: value for name, value in named.items() if value is not None}
    )
    settings = decoding(options) if isinstance(glosser, NEURAL) else {}
    predictions = training.predict_in_processes(
        glosser, texts, given="segmentation" if options.given_segmentation else None, **settings
    )
    if not training.is_main_process():
        return
    reports = {
        preset: training.score(predictions, texts, preset=preset)
        for preset in ("paper", "published")
    }
    for preset, report in reports.items():
        print_report(preset, report)
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
    parser.add_argument("--num-beams", type=int, help="beams (default: the glosser's)")
    parser.add_argument("--max-new-tokens", type=int, metavar="N",
                        help="the most bytes of an answer (default: by the text)")  # fmt: skip
    parser.add_argument("--free", action="store_true",
                        help="let joint formats write lines that do not align")  # fmt: skip
    parser.add_argument("--given-segmentation", action="store_true",
                        help="gloss the gold segmentation")  # fmt: skip
    parser.add_argument("--tiny", action="store_true",
                        help="score only the first sentences, with short answers")  # fmt: skip
    options = parser.parse_args()
    if options.tiny and options.max_new_tokens is None:
        options.max_new_tokens = 48
    return options


def decoding(options: argparse.Namespace) -> dict[str, int | bool]:
    """How the command line asks a seq2seq glosser to predict."""
    settings: dict[str, int | bool] = {"constrained": not options.free}
    if options.num_beams is not None:
        settings["num_beams"] = options.num_beams
    if options.max_new_tokens is not None:
        settings["max_new_tokens"] = options.max_new_tokens
    return settings


def print_report(preset: str, report: dict[str, Any]) -> None:
    """Print the three figures of the paper's tables, by language, and what was not scored."""
    print(f"{preset}: {report['signature']}")
    rows = {"all": report, **report["groups"]}
    width = max(map(len, rows))
    for name, figures in rows.items():
        cells = []
        for path in FIGURES:
            value = figures
            for step in path.split("."):
                value = value[step]
            cells.append(f"{path} " + ("–" if value is None else f"{value:.3f}"))
        print(f"  {name:<{width}}  {'  '.join(cells)}")
    if report["not_scored"]:
        print(f"  not scored, for want of a predicted line: {', '.join(report['not_scored'])}")
    print()


if __name__ == "__main__":
    main()
