"""What the laptop glosser costs with many sentences: 5,000, 10,000, 20,000 and 40,000.

    OMP_NUM_THREADS=1 python benchmarks/glosser_scale.py [sentences ...]

No corpus at hand is so large. So languages of ODIN are put together as if they were one, the
largest first, as long as they last, and then again: a worse case than one language would be, with
the words and labels of three languages (5,000 sentences) to a thousand (40,000). A hundred
sentences more are glossed. Times are processor time; every size has a process of its own, so that
its peak memory is its own.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import resource
import time
from pathlib import Path

from crf_field import read_odin
from glosser_data import arguments, print_head, print_header, print_row

from igtkit import IGT
from igtkit.errors import InputError
from igtkit.models import CrfGlosser

SIZES = (5_000, 10_000, 20_000, 40_000)
GLOSSED = 100


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("sentences", nargs="*", type=int, default=SIZES)
    options = parser.parse_args()
    print_head()
    print_header(
        "sentences", "words", "training s", "ms a sentence", "glossing sentences/s",
        "update ms", "peak memory MiB",
    )  # fmt: skip
    spawn = multiprocessing.get_context("spawn")
    for size in options.sentences:
        with spawn.Pool(1) as pool:
            print_row(*pool.apply(measure, (options.shared, size)))


def measure(shared: Path, size: int) -> list[object]:
    texts = one_language(shared, size + GLOSSED)
    train, others = texts[:size], texts[size:]
    started = time.process_time()
    glosser = CrfGlosser().fit(train)
    fitted = time.process_time()
    glosser.predict(others)
    glossed = time.process_time()
    for text in others[:20]:
        with contextlib.suppress(InputError):  # its lines do not pair up
            glosser.update(text)
    updated = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        f"{size:,}", f"{sum(len(text.transcription.split()) for text in train):,}",
        f"{fitted - started:.0f}", f"{1000 * (fitted - started) / size:.1f}",
        f"{GLOSSED / (glossed - fitted):.0f}", f"{50 * (updated - glossed):.0f}", f"{peak:.0f}",
    ]  # fmt: skip


def one_language(shared: Path, size: int) -> list[IGT]:
    """Sentences of ODIN's languages, the largest first, and all again if there are too few."""
    languages = [read_odin(path) for path in sorted((shared / "data/odin").glob("*.txt"))]
    languages.sort(key=len, reverse=True)
    found = [text for texts in languages for text in texts if text.transcription]
    chosen = (found * (size // len(found) + 1))[:size]
    random.Random(0).shuffle(chosen)
    return chosen


if __name__ == "__main__":
    main()
