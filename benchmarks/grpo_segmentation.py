r"""A language that was glossed but never segmented: can the reward shape its segmentation?

    python benchmarks/lora_base.py train BASE         # the base; its stage "words" will do
    python benchmarks/grpo_segmentation.py BASE/words-1300 FOLDER --output curve.png

PolyGloss (section 9) suggests it. The base is a small byte-level model that has learned to segment
words of six other languages. It is asked for segmentations of single words of Vamale, and rewarded
by how well they align with the glosses that are known, 0 for those that do not spell the word, and
by nothing else. The segmentations that the data have serve to report only, on other words than
those that were rewarded. The figures stand in grpo.md.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
from glosser_data import vamale
from lora_base import cut
from matplotlib import pyplot as plt

import igtkit
from igtkit import IGT, Prediction, alignment_score
from igtkit.formats import get
from igtkit.metrics import evaluate
from igtkit.models.prompted.saving import save_model
from igtkit.models.prompted.tokenizer import ByteTokenizer
from igtkit.models.rewards import known_glosses_reward
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import load_model
from igtkit.models.training.grpo import GrpoSettings, train_grpo

FORMATS = {"t2s": get("multitask"), "t2sg": get("interleaved")}
REPORTED = 150
"""Words that are reported on, and never rewarded."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", type=Path, metavar="BASE", help="folder of the base model")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the model goes")
    parser.add_argument("--output", metavar="FILE", help="draw the curve to this file")
    parser.add_argument("--words", type=int, default=160, help="that are rewarded")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--temperature", type=float, default=GrpoSettings().temperature)
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    options = parser.parse_args()
    torch.set_num_threads(1)
    words = words_of_vamale(options.shared)
    test, rewarded = words[:REPORTED], words[REPORTED:][: options.words]
    gold = sum(igt.segmentation.count("-") for igt in test) / len(test)
    print(f"{len(words)} words, {len(rewarded)} of them rewarded; {gold:.2f} hyphens a word")
    show("unsegmented", [igt.transcription for igt in test], test)
    model = load_model(options.base, dtype="float32")
    report("before", model, test)
    start = time.process_time()
    settings = GrpoSettings(
        learning_rate=options.learning_rate,
        epochs=options.epochs,
        temperature=options.temperature,
        max_new_tokens=32,
    )
    history = train_grpo(
        model,
        [ask(igt) for igt in rewarded],
        known_glosses_reward(spelled=True),
        settings,
        columns={
            "glosses": [igt.glosses for igt in rewarded],
            "transcription": [igt.transcription for igt in rewarded],
        },
    )
    print(f"rewarded in {time.process_time() - start:.0f} CPU seconds", flush=True)
    save_model(model, options.folder)
    ByteTokenizer().save(options.folder)
    report("after", model, test)
    rewards = [round(step["reward"], 3) for step in history]
    print(json.dumps({"reward": rewards, "divergence": round(history[-1]["divergence"], 3)}))
    if options.output:
        draw(rewards, options.output)


def words_of_vamale(shared):
    """The words of the texts whose lines align, each once, as texts of their own."""
    found: dict[str, IGT] = {}
    for igt in vamale(shared).texts:
        if igtkit.check(igt):
            continue
        for word in igt.words:
            if word.surface and word.form and word.gloss:
                one = IGT(word.surface, word.form, word.gloss, language="Vamale")
                found.setdefault(word.surface, one)
    words = sorted(found.values(), key=lambda igt: igt.transcription)
    random.Random(0).shuffle(words)
    return words


def ask(igt, task="t2s"):
    """The prompt for a task, short as in the first stage of the base."""
    return cut(FORMATS[task].encode(igt.replace(segmentation=None, glosses=None), task)).prompt


def answers(model, texts, task):
    tokenizer = ByteTokenizer()
    made = []
    for start in range(0, len(texts), 50):
        prompts = [tokenizer.encode(ask(igt, task)) for igt in texts[start : start + 50]]
        rows = Seq2SeqBackend(model).generate(prompts, limit=40, num_beams=1, constraint=None)
        made += [FORMATS[task].decode(tokenizer.decode(row), task=task) for row in rows]
    return made


def report(name, model, texts):
    """Segmentations, as they are rewarded; and beside them glosses, asked for in another format."""
    made = answers(model, texts, "t2s")
    glossed = evaluate(predictions=answers(model, texts, "t2sg"), references=texts)
    guesses = [each.segmentation or "" for each in made]
    show(name, guesses, texts)
    print(f"{name}: morpheme error rate of interleaved answers "
          f"{glossed['glossing.morpheme.error_rate']:.3f}, their segmentation F1 "
          f"{glossed['segmentation.f1']:.3f}", flush=True)  # fmt: skip


def show(name, guesses, texts):
    made = [Prediction(guess, None) for guess in guesses]
    found = evaluate(predictions=made, references=[igt.replace(glosses=None) for igt in texts])
    fits = [
        alignment_score(*each) for each in zip(guesses, (t.glosses for t in texts), strict=True)
    ]
    rewards = known_glosses_reward(spelled=True)(
        completions=guesses,
        glosses=[igt.glosses for igt in texts],
        transcription=[igt.transcription for igt in texts],
    )
    spelled = sum(each > 0 for each in rewards) / len(texts)
    print(f"{name}: {len(texts)} words, spelled {spelled:.3f}, "
          f"fit to the glosses {sum(fits) / len(fits):.3f}, reward {sum(rewards) / len(fits):.3f}, "
          f"segmentation F1 {found['segmentation.f1']:.3f}, "
          f"words right {found['segmentation.word_accuracy']:.3f}, hyphens a word "
          f"{sum(line.count('-') for line in guesses) / len(texts):.2f}", flush=True)  # fmt: skip


def draw(rewards, path):
    _, ax = plt.subplots(figsize=(6, 3.5), layout="constrained")
    ax.plot(range(1, len(rewards) + 1), rewards, color="0.7", linewidth=0.8, label="step")
    parts = [rewards[at : at + 20] for at in range(0, len(rewards), 20)]
    middles = [20 * at + (len(part) + 1) / 2 for at, part in enumerate(parts)]
    means = [sum(part) / len(part) for part in parts]
    ax.plot(middles, means, "o-", color="#0072B2", label="average of 20 steps")
    ax.legend(frameon=False)
    ax.set(xlabel="step", ylabel="reward of samples", ylim=(0, 1.02))
    ax.grid(visible=True, color="0.9", linewidth=0.8)
    ax.spines[["top", "right"]].set_visible(False)
    ax.figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
