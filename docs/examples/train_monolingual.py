r"""Train on one language: one model for both lines, or one for each (PolyGloss, section 4.3).

    python train_monolingual.py --data Lezgi=lez-train.txt --dev Lezgi=lez-dev.txt \
        --test Lezgi=lez-test.txt --format interleaved --output lezgi

--strategy joint (the default) trains one model in the format you name. --strategy separate trains
two models, one that segments and one that glosses, neither of which sees what the other does; the
folder then loads as igtkit.models.SeparateGlosser. Training goes on for at most 30 epochs and stops
after 5 without a better dev loss (--patience), not before --min-epochs; the model with the best
loss is kept. --as reference takes the settings of the paper's reference code.

--model may be google/byt5-base, a multilingual model such as one of PolyGloss, or a folder from
train_multilingual.py. In the output folder are the model (or two) and metrics.json: settings,
losses and their curve, dev perplexity, and the report on the test files, or else on dev; the model
has a card, README.md.

    python train_monolingual.py --tiny --output tried   # seconds: a toy model on the sample corpus
"""

from __future__ import annotations

from igtkit.formats import Task
from igtkit.models import Glosser, SeparateGlosser, training

# The glosser also learns from segmentations, so that it can be given one.
TASKS: dict[str, list[Task]] = {"segmenter": ["t2s"], "glosser": ["t2g", "s2g"]}


def main() -> None:
    parser = training.make_parser(__doc__)
    parser.add_argument("--strategy", choices=["joint", "separate"], default="joint",
                        help="one model, or two (default: joint)")  # fmt: skip
    parser.add_argument("--format", default="interleaved", metavar="FORMAT",
                        help="of a joint model: multitask, concatenated, interleaved, glosslm or "
                        "word (default: interleaved)")  # fmt: skip
    training.add_arguments(parser, "monolingual")
    options = training.parse(parser)

    train = training.read_corpora(options.data, rules=options.rules)
    dev = training.read_corpora(options.dev, rules=options.rules)
    test = training.read_test(options, options.test or options.dev)
    settings = training.settings_from(options)
    common = training.train_options(options)
    if options.strategy == "joint":
        trained = training.train_glosser(
            train, dev, [options.format], options.output, settings, **common
        )
        models = {"model": trained}
        glosser: Glosser = trained.glosser(options.format)
        card, name = trained.card, options.format
    else:
        models, glossers = training.train_parts(
            train, dev, TASKS, options.output, settings, **common
        )
        glosser = separate = SeparateGlosser(*glossers)
        if training.is_main_process():
            separate.save_settings(options.output)
        card, name = training.card_of_parts(glosser, models), "multitask"

    results = {
        "training": {part: trained.result for part, trained in models.items()},
        "dev_perplexity": {
            part: trained.perplexities(dev, [name]) for part, trained in models.items()
        },
        "test": training.report(glosser, test, **training.reporting(options)),
    }
    training.finish(options, results, {"test": results["test"]}, card)


if __name__ == "__main__":
    training.run_script(main)
