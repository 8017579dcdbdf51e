"""From a file of interlinear text to checked, segmented, glossed and scored text.

Reads a corpus (the Turkish sample that comes with igtkit, or your own file), sets punctuation
apart, reports what does not align, learns from the training part, and segments and glosses the
held-out sentences from their transcription (and translation, where there is one) alone.

    python quickstart.py
    python quickstart.py --data my-corpus.txt
    python quickstart.py --data train.txt --test dev.txt --glosser lookup --rules polygloss
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

import igtkit
from igtkit.display import compare_text
from igtkit.models import CrfGlosser, LookupGlosser

GLOSSERS = {"crf": CrfGlosser, "lookup": LookupGlosser}


def main() -> None:
    arguments = parse_arguments()
    train, test = load(arguments)
    train, test = (
        part.map(lambda igt: igtkit.normalize(igt, arguments.rules)) for part in (train, test)
    )
    print(f"{len(train)} sentences to learn from, {len(test)} held out\n")

    report_issues(train + test)

    start = time.perf_counter()
    glosser = GLOSSERS[arguments.glosser]().fit(train)
    learned = time.perf_counter()
    plain = [igt.replace(segmentation=None, glosses=None) for igt in test]
    predictions = glosser.predict(plain)
    done = time.perf_counter()
    print(
        f"{arguments.glosser}: learned in {learned - start:.1f} s, "
        f"glossed {len(test) / (done - learned):.0f} sentences/s\n"
    )

    for igt, prediction in list(zip(test, predictions, strict=True))[: arguments.show]:
        print(compare_text(igt, prediction), "\n")

    print(
        igtkit.metrics.evaluate(
            predictions=predictions, references=test, preset=arguments.preset, empty="skip"
        )
    )


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", metavar="FILE", help="corpus to learn from (default: the sample)")
    parser.add_argument(
        "--test", metavar="FILE", help="held-out corpus (default: a tenth of --data)"
    )
    parser.add_argument("--glosser", choices=GLOSSERS, default="crf", help="default: crf")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="igtkit",
                        help="how punctuation is set apart (default: igtkit)")  # fmt: skip
    parser.add_argument("--preset", choices=["paper", "published"], default="paper",
                        help="definitions of the metrics (default: paper)")  # fmt: skip
    parser.add_argument("--show", type=int, default=5, metavar="N", help="sentences to print")
    return parser.parse_args()


def load(arguments: argparse.Namespace) -> tuple[igtkit.Corpus, igtkit.Corpus]:
    """The part to learn from, and the part to gloss: sentences with glosses to compare with."""
    if arguments.test and not arguments.data:
        sys.exit("--test needs --data: the file to learn from")
    if arguments.data is None:
        sample = igtkit.load_sample()
        return sample.split("train"), sample.split("test")
    data = igtkit.read(arguments.data)
    if arguments.test:
        return data, igtkit.read(arguments.test)
    data = data.random_split(train=0.9, dev=0, test=0.1)
    return data.split("train"), data.split("test")


def report_issues(corpus: igtkit.Corpus) -> None:
    """Print how many issues of each kind there are, and where the first of them stand."""
    found = [(igt, issue) for igt in corpus for issue in igtkit.check(igt, notes=True)]
    counts = Counter((issue.severity, issue.code) for _, issue in found)
    print("What the checker found:")
    for (severity, code), count in sorted(counts.items()):
        print(f"  {severity:<6}{code:<24}{count:>7}")
    errors = {igt: issue for igt, issue in reversed(found) if issue.severity == "error"}
    for igt, issue in list(errors.items())[:-4:-1]:
        print(f"  e.g. in {igt.transcription!r}: {issue.message}")
    if not errors:
        print("  every morpheme has its gloss")
    print()


if __name__ == "__main__":
    try:
        main()
    except (igtkit.errors.IGTError, OSError) as error:
        sys.exit(str(error))
