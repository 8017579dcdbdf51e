r"""Train a pipeline on one language: a segmenter, then a glosser of segmentations.

    python train_pipeline.py --data Lezgi=lez-train.txt --dev Lezgi=lez-dev.txt \
        --test Lezgi=lez-test.txt --output lezgi-pipeline

Two models are trained, each for at most 30 epochs, stopping after 5 without a better dev loss: one
from transcription to segmentation, one from the gold segmentation to glosses. At prediction the
second is given what the first wrote, so it can only be as good as that. The folder loads as
igtkit.models.PipelineGlosser. metrics.json holds settings, losses and their curves, dev perplexity,
the report of the pipeline, and that of the glosser on gold segmentations: the difference is what
segmentation errors cost.

    python train_pipeline.py --tiny --output tried   # seconds: toy models on the sample corpus
"""

from __future__ import annotations

from igtkit.errors import InputError
from igtkit.formats import Task
from igtkit.models import PipelineGlosser, training

TASKS: dict[str, list[Task]] = {"segmenter": ["t2s"], "glosser": ["s2g"]}


def main() -> None:
    parser = training.make_parser(__doc__)
    training.add_arguments(parser, "monolingual")
    options = training.parse(parser)

    train = training.read_corpora(options.data, rules=options.rules)
    dev = training.read_corpora(options.dev, rules=options.rules)
    test = training.read_test(options, options.test or options.dev)
    test = test.filter(lambda igt: igt.segmentation)
    if not test:
        raise InputError("no text to report on has a segmentation to gloss")
    models, glossers = training.train_parts(
        train,
        dev,
        TASKS,
        options.output,
        training.settings_from(options),
        **training.train_options(options),
    )
    glosser = PipelineGlosser(*glossers)
    if training.is_main_process():
        glosser.save_settings(options.output)
    asked = training.reporting(options)
    results = {
        "training": {part: trained.result for part, trained in models.items()},
        "dev_perplexity": {
            part: trained.perplexities(dev, ["multitask"]) for part, trained in models.items()
        },
        "test": training.report(glosser, test, **asked),
        "test_from_gold_segmentation": training.report(
            glosser, test, given="segmentation", **asked
        ),
    }
    reports = {name: results[name] for name in ("test", "test_from_gold_segmentation")}
    training.finish(options, results, reports, training.card_of_parts(glosser, models))


if __name__ == "__main__":
    training.run_script(main)
