r"""Tell from its perplexity how well a model will do on a language (PolyGloss, section 6.1).

    python estimate_performance.py MODEL --format interleaved --output trust \
        --dev Tsez=ddo-dev.txt Lezgi=lez-dev.txt Gitksan=git-dev.txt Nyangbo=nyb-dev.txt

For each language the perplexity of the model on dev, over all examples that training would make of
it, and its morpheme error rate on the same texts (or on those of --test); a straight line through
the languages; and what it expects of each, with a prediction interval. A language needs some tens
of glossed texts, and a name or code that igtkit knows. Where the figures are known already:

    python estimate_performance.py --table figures.csv --output trust

with the columns glottocode, perplexity and error_rate, which may be empty where it is not known.
The lang_perplexities.csv beside a released model of PolyGloss has no error rates; --errors names a
file that has them:

    python estimate_performance.py --table lang_perplexities.csv --errors errors.csv --output trust

In the output folder are performance.json, which igtkit.models.PerformanceEstimator loads,
metrics.json, and perplexity.png, if matplotlib is installed.

    python estimate_performance.py --tiny --output tried   # seconds: a toy model, made-up languages
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from igtkit import IGT, Corpus, Language
from igtkit.corpus.languages import resolve
from igtkit.errors import InputError, MissingExtraError
from igtkit.metrics import evaluate
from igtkit.models import PerformanceEstimator, load_glosser, read_performance, training

MADE_UP = ("aaaa1111", "bbbb2222", "cccc3333", "dddd4444")


def main() -> None:
    options = parse_arguments()
    folder = Path(options.output)
    training.require_no_results(folder)
    if options.table:
        perplexities, errors = read_performance(options.table)
        if options.errors:
            errors = read_errors(options.errors)
    else:
        model = train_toy(folder) if options.tiny else options.model
        perplexities, errors = measure(model, options)
    estimator = PerformanceEstimator().fit(perplexities, errors)
    estimator.save_pretrained(folder)
    print_table(estimator)
    try:
        draw(estimator, folder / "perplexity.png")
    except MissingExtraError as error:
        print(error)
    results = {
        "settings": vars(options),
        "perplexity": perplexities,
        "error_rate": errors,
        "slope": estimator.slope,
        "intercept": estimator.intercept,
        "r_squared": estimator.r_squared,
    }
    training.write_results(folder / "metrics.json", results)


def parse_arguments() -> argparse.Namespace:
    parser = training.make_parser(__doc__)
    parser.add_argument("model", nargs="?", metavar="MODEL", help="folder of the model")
    parser.add_argument("--format", default="interleaved", help="default: interleaved")
    parser.add_argument("--dev", nargs="+", metavar="[LANGUAGE=]FILE", help="for the perplexity")
    parser.add_argument("--test", nargs="+", metavar="[LANGUAGE=]FILE",
                        help="for the error rate (default: the files of --dev)")  # fmt: skip
    parser.add_argument("--table", metavar="FILE", help="figures that are known already, as CSV")
    parser.add_argument("--errors", metavar="FILE",
                        help="error rates by glottocode, as CSV, if not in --table")  # fmt: skip
    parser.add_argument("--output", required=True, metavar="FOLDER", help="where the results go")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="polygloss",
                        help="how punctuation is set apart (default: polygloss)")  # fmt: skip
    parser.add_argument("--max-new-tokens", type=int, metavar="N",
                        help="the most bytes of an answer (default: by the text)")  # fmt: skip
    parser.add_argument("--tiny", action="store_true", help="try everything out in seconds")
    options = parser.parse_args()
    if options.tiny:
        options.max_new_tokens = options.max_new_tokens or 24
    elif not options.table and not (options.model and options.dev):
        parser.error("give a MODEL and --dev files, or a --table")
    return options


def measure(model: Any, options: argparse.Namespace) -> tuple[dict[str, float], dict[str, float]]:
    """Perplexity and morpheme error rate of a model, by glottocode."""
    dev = made_up_languages() if options.tiny else with_glottocodes(options.dev, options.rules)
    test = with_glottocodes(options.test, options.rules) if options.test else dev
    glosser: Any = load_glosser(model, format=options.format, dtype="float32")
    perplexities = training.glottocode_perplexities(
        glosser.backend.model, dev, [options.format], tokenizer=glosser.tokenizer
    )
    predictions = glosser.predict(
        test, max_new_tokens=options.max_new_tokens, constrained=glosser.can_constrain
    )
    report = evaluate(
        predictions=predictions,
        references=test,
        by=lambda igt: igt.language.glottocode,
        empty="skip",
    )
    errors = {
        glottocode: figures["glossing"]["morpheme"]["error_rate"]
        for glottocode, figures in report.groups.items()
    }
    return perplexities, errors


def with_glottocodes(names: Sequence[str], rules: str) -> list[IGT]:
    """Texts of files, each with the glottocode of its language."""
    texts = []
    for igt in training.read_corpora(names, rules=rules):
        language = resolve(igt.language) if igt.language else Language()
        if language.glottocode is None:
            known = igt.language.name if igt.language else None
            raise InputError(f"no glottocode is known for the language {known!r}")
        texts.append(igt.replace(language=language))
    return texts


def train_toy(folder: Path) -> Path:
    """A model that has seen a little of the sample corpus."""
    settings = training.TrainingSettings(learning_rate=3e-3, epochs=1, batch_size=16, bf16=False)
    texts = training.read_corpora(["sample:train"])
    training.train_glosser(texts, None, ["interleaved"], folder / "toy", settings, tiny=True)
    return folder / "toy"


def made_up_languages() -> Corpus:
    """Parts of the sample, glossed in unlike ways, as if they were languages of their own."""
    texts = training.read_corpora(["sample:dev"])[: 2 * len(MADE_UP)]
    return Corpus(
        igt.replace(
            language=Language(MADE_UP[index % len(MADE_UP)]),
            glosses=" ".join(
                f"{gloss}{'Q' * (index % len(MADE_UP))}" for gloss in (igt.glosses or "").split()
            ),
        )
        for index, igt in enumerate(texts)
    )


def read_errors(path: str) -> dict[str, float]:
    """Error rates by glottocode, from a CSV file with these columns."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        try:
            return {row["glottocode"]: float(row["error_rate"]) for row in csv.DictReader(file)}
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{path}: {error} (expected the columns glottocode, error_rate)"
            ) from error


def print_table(estimator: PerformanceEstimator) -> None:
    """Print what was measured, and what the line expects."""
    print(f"error rate = {estimator.intercept:.3f} + {estimator.slope:.3f} x perplexity, "
          f"r² {estimator.r_squared:.2f}\n")  # fmt: skip
    print(f"{'language':<10}{'perplexity':>12}{'error rate':>12}{'expected':>10}{'95 %':>16}")
    for glottocode, value in estimator.perplexities.items():
        found = estimator.estimate(glottocode)
        error = estimator.error_rates.get(glottocode)
        shown = "–" if error is None else f"{error:.3f}"
        interval = f"{found.low:.2f} to {found.high:.2f}"
        print(f"{glottocode:<10}{value:>12.3f}{shown:>12}{found.error_rate:>10.3f}{interval:>16}")


def draw(estimator: PerformanceEstimator, path: Path) -> None:
    """Draw Figure 2 of the paper for these languages."""
    from igtkit import plots  # noqa: PLC0415 -- needs matplotlib, the rest does not

    plots.perplexity(estimator).figure.savefig(path, dpi=150)


if __name__ == "__main__":
    training.run_script(main)
