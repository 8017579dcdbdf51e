r"""Train a model to align segmentation and glosses, by reward alone (PolyGloss, section 9).

    python train_grpo.py --model FOLDER --data Lezgi=lez-train.txt --test Lezgi=lez-dev.txt \
        --format concatenated --output aligned

For each transcription a group of outputs is sampled and rewarded by its alignment score, 0 where it
is malformed. No gold is needed: the texts may lack glosses, or have glosses and no segmentation, of
a new language say, so that the reward shapes the segmentation. --lora trains adapters only. In the
output folder are the model and metrics.json: the course of training, and the reports on --test
before and after. Measured with free decoding: constrained, every output aligns anyway.

    python train_grpo.py --tiny --output tried   # seconds: a toy model
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import attrs

from igtkit import Corpus
from igtkit.formats import get
from igtkit.models import Seq2SeqGlosser, training
from igtkit.models.checkpoint import load_model, resolve, save_model
from igtkit.models.rewards import alignment_reward
from igtkit.models.training.grpo import GrpoSettings, train_grpo

TINY: dict[str, Any] = {"epochs": 2, "group": 4, "learning_rate": 1e-3, "max_new_tokens": 40}


def main() -> None:
    options = parse_arguments()
    texts = training.read_corpora(options.data, rules=options.rules)
    test = training.read_corpora(options.test, rules=options.rules) if options.test else texts
    if options.tiny:
        options.model = train_toy(texts, options)
        texts = test = texts[:8]
    glosser = Seq2SeqGlosser.from_pretrained(options.model, format=options.format)
    decoding = {"constrained": False, "max_new_tokens": options.max_new_tokens}
    before = training.report(glosser, test, **decoding)

    model = load_model(resolve(options.model), dtype="float32")
    if options.lora:
        model = with_adapters(model)
    prompts = [
        get(options.format).encode(igt.replace(segmentation=None, glosses=None), "t2sg").prompt
        for igt in texts
        if igt.transcription
    ]
    reward = alignment_reward(options.format)
    history = train_grpo(model, prompts, reward, settings_from(options))
    if options.lora:
        model = model.merge_and_unload()
    folder = Path(options.output)
    save_model(model, folder)
    glosser.vocabulary.save(folder)
    glosser.save_settings(folder)

    trained = Seq2SeqGlosser.from_pretrained(folder, format=options.format)
    after = training.report(trained, test, **decoding)
    results = {
        "settings": vars(options),
        "training": {"prompts": len(prompts), "steps": history},
        "before": before,
        "after": after,
    }
    training.finish(options.output, results)
    print(f"alignment {before['alignment']:.3f} before, {after['alignment']:.3f} after")


def parse_arguments() -> argparse.Namespace:
    parser = training.make_parser(__doc__)
    parser.add_argument("--model", metavar="FOLDER", help="the model to train")
    parser.add_argument("--format", default="concatenated", help="default: concatenated")
    parser.add_argument("--data", nargs="+", default=["sample:train"], metavar="[LANGUAGE=]FILE",
                        help="transcriptions to train on (default: the sample corpus)")  # fmt: skip
    parser.add_argument("--test", nargs="+", metavar="[LANGUAGE=]FILE",
                        help="what to report on (default: --data)")  # fmt: skip
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="polygloss",
                        help="how punctuation is set apart (default: polygloss)")  # fmt: skip
    parser.add_argument("--lora", action="store_true", help="train adapters of rank 8 only")
    parser.add_argument("--tiny", action="store_true", help="try everything out in seconds")
    for field in attrs.fields(GrpoSettings):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default),
                            default=field.default, help="default: %(default)s")  # fmt: skip
    known, _ = parser.parse_known_args()
    if known.tiny:
        parser.set_defaults(**TINY)
    options = parser.parse_args()
    if not options.tiny and not options.model:
        parser.error("name the --model to train, or try --tiny")
    return options


def settings_from(options: argparse.Namespace) -> GrpoSettings:
    """The settings that the command line asks for."""
    names = [field.name for field in attrs.fields(GrpoSettings)]
    return GrpoSettings(**{name: getattr(options, name) for name in names})


def with_adapters(model: Any) -> Any:
    """The model with LoRA adapters of rank 8, which alone are trained."""
    from peft import LoraConfig, get_peft_model  # noqa: PLC0415 -- slow to import

    return get_peft_model(model, LoraConfig(r=8, lora_alpha=8, target_modules=["q", "v"]))


def train_toy(texts: Corpus, options: argparse.Namespace) -> str:
    """A toy that has seen a little of the texts."""
    settings = training.Settings(learning_rate=3e-3, epochs=1, batch_size=16, bf16=False)
    folder = Path(options.output) / "toy"
    training.train_glosser(texts, None, [options.format], folder, settings, tiny=True)
    return str(folder)


if __name__ == "__main__":
    main()
