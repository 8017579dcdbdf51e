r"""Train a model to align segmentation and glosses, by reward alone (PolyGloss, section 9).

    python train_grpo.py --model FOLDER --data Lezgi=lez-train.txt --test Lezgi=lez-dev.txt \
        --format concatenated --output aligned

For each transcription a group of outputs is sampled and rewarded by its alignment score, 0 where it
is malformed. No gold is needed. --lora trains adapters only; --as reference does so, as the code of
the paper. In the output folder are the model and metrics.json: the course of training, and the
reports on --test before and after. Measured with free decoding: constrained, every output aligns
anyway.

--model-type causal trains a chat model, with the trainer of TRL (the extra trl).

--known-glosses is for a language that was glossed but never segmented: a model of the multitask
format is asked for segmentations, and rewarded by how well they align with the glosses of --data,
0 where they do not spell the transcription. So the reward shapes the segmentation.

    python train_grpo.py --tiny --output tried   # seconds: a toy model
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from igtkit import Corpus
from igtkit.boundaries import split_words
from igtkit.models import CausalGlosser, Seq2SeqGlosser, training
from igtkit.models.rewards import alignment_reward, known_glosses_reward
from igtkit.models.training.grpo import GrpoSettings, train_grpo

TINY: dict[str, Any] = {"epochs": 2, "group": 4, "learning_rate": 1e-3, "max_new_tokens": 40}


def main() -> None:
    options = parse_arguments()
    training.require_no_results(options.output)
    texts = training.read_corpora(options.data, rules=options.rules)
    texts = Corpus(
        training.without_ungrammatical(texts, "the model", ungrammatical=options.ungrammatical)
    )
    test = training.read_corpora(options.test or options.data, rules=options.rules)
    test = test.filter(lambda igt: bool(split_words(igt.transcription)))
    training.start_processes()  # each on a GPU of its own, before the model is put on one
    if options.tiny:
        options.model = train_toy(texts, options)
        texts = test = texts[:8]
    kind = CausalGlosser if options.model_type == "causal" else Seq2SeqGlosser
    glosser: Any = kind.from_pretrained(options.model, format=options.format, dtype="float32")
    decoding = {
        "constrained": False,
        "max_new_tokens": options.max_new_tokens,
        "long_input": "window",
    }
    before = training.report(glosser, test, **decoding)

    prompts, columns = ask(texts, glosser, options)
    reward = (
        known_glosses_reward(spelled=True)
        if options.known_glosses
        else alignment_reward(options.format)
    )
    model = with_adapters(glosser) if options.lora else glosser.backend.model
    settings = training.read_settings_of(GrpoSettings, options)
    if options.model_type == "causal":
        from igtkit.models.training.grpo_causal import train_grpo_causal  # noqa: PLC0415 -- an extra

        history = train_grpo_causal(
            model, glosser.tokenizer, prompts, reward, settings, columns=columns
        )
    else:
        history = train_grpo(model, prompts, reward, settings, columns=columns)
    glosser.backend.model = model.merge_and_unload() if options.lora else model
    if training.is_main_process():
        glosser.save_pretrained(options.output)

    after = training.report(glosser, test, **decoding)
    results = {
        "training": {"prompts": len(prompts), "steps": history},
        "before": before,
        "after": after,
    }
    training.finish(options, results, {"before": before, "after": after})


def parse_arguments() -> argparse.Namespace:
    parser = training.make_parser(__doc__)
    parser.add_argument("--model", metavar="FOLDER", help="the model to train")
    parser.add_argument("--model-type", choices=["seq2seq", "causal"], default="seq2seq",
                        help="or a chat model, which only decodes (default: seq2seq)")  # fmt: skip
    parser.add_argument("--format", help="default: concatenated; with --known-glosses, multitask")
    parser.add_argument("--known-glosses", action="store_true",
                        help="reward segmentations by the glosses that the texts have")  # fmt: skip
    parser.add_argument("--data", nargs="+", default=["sample:train"], metavar="[LANGUAGE=]FILE",
                        help="transcriptions to train on (default: the sample corpus)")  # fmt: skip
    parser.add_argument("--test", nargs="+", metavar="[LANGUAGE=]FILE",
                        help="what to report on (default: --data)")  # fmt: skip
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="polygloss",
                        help="how punctuation is set apart (default: polygloss)")  # fmt: skip
    training.add_ungrammatical(parser)
    parser.add_argument("--lora", action="store_true", help="train adapters of rank 8 only")
    parser.add_argument("--tiny", action="store_true", help="try everything out in seconds")
    training.add_preset(parser)
    training.add_settings(parser, GrpoSettings, "training by reward")
    known, _ = parser.parse_known_args()
    parser.set_defaults(**training.preset_defaults("grpo", getattr(known, "as")))
    if known.tiny:
        parser.set_defaults(**TINY)
    options = parser.parse_args()
    options.format = options.format or ("multitask" if options.known_glosses else "concatenated")
    if options.known_glosses and options.format != "multitask":
        parser.error("--known-glosses asks for segmentations, in the multitask format")
    if not options.tiny and not options.model:
        parser.error("name the --model to train, or try --tiny")
    return options


def ask(
    texts: Corpus, glosser: Any, options: argparse.Namespace
) -> tuple[list[str], dict[str, list[Any]]]:
    """The prompts, and what the reward is told besides."""
    texts = texts.filter(lambda igt: bool(split_words(igt.transcription)))
    columns: dict[str, list[Any]] = {}
    if options.known_glosses:
        texts = texts.filter(lambda igt: bool(igt.glosses))
        for line in ("transcription", "glosses"):
            columns[line] = [getattr(igt, line) for igt in texts]
    task = "t2s" if options.known_glosses else "t2sg"
    plain = texts.map(lambda igt: igt.replace(segmentation=None, glosses=None))
    return [glosser.format.encode(igt, task).prompt for igt in plain], columns


def with_adapters(glosser: Any) -> Any:
    """The model of a glosser with LoRA adapters of rank 8, which alone are trained."""
    from peft import LoraConfig, get_peft_model  # noqa: PLC0415 -- slow to import

    weights = ["q_proj", "v_proj"] if isinstance(glosser, CausalGlosser) else ["q", "v"]
    config = LoraConfig(r=8, lora_alpha=8, target_modules=weights)
    return get_peft_model(glosser.backend.model, config)


def train_toy(texts: Corpus, options: argparse.Namespace) -> str:
    """A toy that has seen a little of the texts."""
    settings = training.TrainingSettings(learning_rate=3e-3, epochs=1, batch_size=16, bf16=False)
    folder = Path(options.output) / "toy"
    training.train_glosser(
        texts,
        None,
        [options.format],
        folder,
        settings,
        model_type=options.model_type,
        tiny=True,
    )
    return str(folder)


if __name__ == "__main__":
    training.run_script(main)
