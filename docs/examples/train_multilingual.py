r"""Train one model on several languages, in one prompt format or more (PolyGloss, section 4).

Everything you name with --data is pooled, normalized, and a tenth of it is split off to watch the
loss on. A file whose format does not name its language takes the name before it:

    python train_multilingual.py --data Tsez=ddo-train.txt Lezgi=lez-train.txt corpus.jsonl \
        --test Tsez=ddo-test.txt --model google/byt5-base --output tsez-lezgi

The defaults are the paper's: AdamW with a learning rate of 5e-5 that rises for 3 % of the steps and
falls along a cosine, 64 examples in a step, 15 epochs, gradients clipped at 1, bfloat16; the model
with the best dev loss is kept. --as reference takes the settings of the paper's reference code. If
64 examples do not fit into memory, --micro-batch-size 8 takes 8 at a time and adds their gradients
up, and --gradient-checkpointing takes less for each.

--model-type causal trains a chat model instead (the paper: Qwen): the user says the prompt, the
assistant the answer, in the model's chat template, without thinking; only the answer is learned.
Its defaults are Qwen/Qwen3-0.6B and 18 examples in a step; lengths are in tokens. Well-formed
answers take the extra llguidance.

    python train_multilingual.py --model-type causal --data ... --output chat

Several processes, one a GPU (or two on a CPU), share the batch; --batch-size stays what a step has:

    torchrun --nproc-per-node 4 train_multilingual.py ...

A run that was interrupted goes on from its last checkpoint with --resume; --save-steps 500 keeps
one after every 500 steps besides those after epochs. In the output folder are the model and its
card, ready for igtkit.models.load_glosser, and metrics.json: settings, losses and their curve, dev
perplexity by language, and the report on the test files.

    python train_multilingual.py --tiny --output tried   # seconds: a toy model on the sample corpus
"""

from __future__ import annotations

from igtkit.models import training


def main() -> None:
    parser = training.make_parser(__doc__)
    parser.add_argument("--formats", nargs="+", default=["interleaved"], metavar="FORMAT",
                        help="multitask, concatenated, interleaved, glosslm; with several, the "
                        "prompt tells the model which (default: interleaved)")  # fmt: skip
    parser.add_argument(
        "--model-type",
        choices=["seq2seq", "causal"],
        default="seq2seq",
        help="or a chat model, which only decodes (default: seq2seq)",
    )
    training.add_arguments(parser, "multilingual", data=("sample:train", "sample:dev"), dev=None)
    options = training.parse(parser)

    corpus = training.read_corpora(options.data, rules=options.rules)
    if options.dev:
        train, dev = corpus, training.read_corpora(options.dev, rules=options.rules)
    else:
        train, dev = training.split_off_dev(corpus, seed=options.seed)
    test = training.read_test(options, options.test) if options.test else None

    trained = training.train_glosser(
        train,
        dev,
        options.formats,
        options.output,
        training.settings_from(options),
        model_type=options.model_type,
        **training.train_options(options),
    )
    perplexities = trained.perplexities(dev, options.formats)
    reports = {}
    for name in options.formats if test else []:
        glosser = trained.glosser(name)
        asked = {"constrained": glosser.can_constrain, **training.reporting(options)}
        reports[name] = training.report(glosser, test or [], **asked)
    results = {"training": trained.result, "dev_perplexity": perplexities, "test": reports}
    training.finish(options, results, reports, trained.card)


if __name__ == "__main__":
    training.run_script(main)
