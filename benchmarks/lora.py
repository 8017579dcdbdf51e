"""Write the Vamale examples as `docs/examples/adapt_lora.py` takes them, in two files.

    python benchmarks/lora.py FOLDER

The split is the first of glosser_curve.py (seed 0): the last 79 sentences in random order are for
testing, the others to learn from. How the figures of lora.md were made with it stands there.
"""

from __future__ import annotations

import random
from pathlib import Path

from glosser_curve import SIZES
from glosser_data import arguments, vamale

import igtkit
from igtkit import Language


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the files go")
    options = parser.parse_args()
    corpus = vamale(options.shared)
    language, english = Language("vama1243", "Vamale", "mkt"), Language("stan1293", "English")
    texts = [
        text.replace(language=language, metalanguage=english if text.translation else None)
        for text in corpus.texts
    ]
    random.Random(options.seed).shuffle(texts)
    options.folder.mkdir(parents=True, exist_ok=True)
    igtkit.write(texts[: max(SIZES)], options.folder / "train.jsonl")
    igtkit.write(texts[max(SIZES) :], options.folder / "test.jsonl")
    print(f"{max(SIZES)} and {len(texts) - max(SIZES)} texts; left out: {corpus.reasons()}")


if __name__ == "__main__":
    main()
