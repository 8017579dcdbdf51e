r"""Train the hard-attention glosser of Girrbach (2023): a segmentation learned from glosses alone.

    python train_hard_attention.py --data Lezgi=lez-train.txt --dev Lezgi=lez-dev.txt \
        --test Lezgi=lez-test.txt --output lezgi-hard-attention

Runs on a laptop: minutes for some hundred sentences, a quarter of an hour for some thousand. It
stops when the word accuracy on dev has not risen for 3 epochs, and keeps the best. In the output
folder are the model and metrics.json: settings, the course of training, CPU seconds, and reports on
the test files, or else on dev, by the paper's definitions and by those behind its tables.

    python train_hard_attention.py --tiny --output tried   # seconds: a small network on the sample
"""

from __future__ import annotations

import inspect
import time
from pathlib import Path
from typing import Any

from igtkit.models import HardAttentionGlosser, training

TINY: dict[str, Any] = {"hidden_size": 32, "layers": 1, "epochs": 2}


def main() -> None:
    parser = training.make_parser(__doc__)
    parser.add_argument("--data", nargs="+", default=["sample:train"], metavar="[LANGUAGE=]FILE",
                        help="what to learn from (default: the sample corpus)")  # fmt: skip
    parser.add_argument("--dev", nargs="+", default=["sample:dev"], metavar="[LANGUAGE=]FILE",
                        help="what tells when to stop (default: the sample corpus)")  # fmt: skip
    parser.add_argument("--test", nargs="+", metavar="[LANGUAGE=]FILE", help="what to report on")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="polygloss",
                        help="how punctuation is set apart (default: polygloss)")  # fmt: skip
    training.add_ungrammatical(parser)
    parser.add_argument("--tiny", action="store_true", help="try everything out in seconds")
    for name, default in defaults().items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default,
                            help="default: %(default)s")  # fmt: skip
    known, _ = parser.parse_known_args()
    if known.tiny:
        parser.set_defaults(**TINY)
    options = parser.parse_args()
    training.require_no_results(options.output)

    train = training.read_corpora(options.data, rules=options.rules)
    dev = training.read_corpora(options.dev, rules=options.rules)
    test = training.read_corpora(options.test, rules=options.rules) if options.test else dev
    if options.tiny:
        train, dev, test = (part[: training.TINY] for part in (train, dev, test))

    glosser = HardAttentionGlosser(**{name: getattr(options, name) for name in defaults()})
    begin = time.process_time()
    glosser.fit(train, dev, ungrammatical=options.ungrammatical)
    trained = time.process_time()
    predictions = glosser.predict(test)
    glosser.save_pretrained(options.output)
    reports = {
        preset: training.score_predictions(predictions, test, preset=preset)
        for preset in ("paper", "published")
    }
    results = {
        "settings": vars(options),
        "training": {
            "texts": len(train),
            "left_out": glosser.left_out,
            "epochs": glosser.history,
            "cpu_seconds": round(trained - begin, 1),
        },
        "prediction_cpu_seconds": round(time.process_time() - trained, 1),
        "test": reports,
    }
    training.write_results(Path(options.output) / "metrics.json", results)
    rate = reports["published"]["glossing"]["morpheme"]["error_rate"]
    print(f"morpheme error rate {rate:.3f}")
    print(f"the model and metrics.json are in {options.output}")


def defaults() -> dict[str, Any]:
    """The settings of the glosser that a number says, with their defaults."""
    parameters = inspect.signature(HardAttentionGlosser).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not None}


if __name__ == "__main__":
    training.run_script(main)
