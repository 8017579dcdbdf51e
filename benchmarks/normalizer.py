"""Does `normalize` harm the laptop glosser? Trained on raw against normalized text, paired.

    OMP_NUM_THREADS=1 python benchmarks/normalizer.py [--least N] [--most N] [--only NAME ...]

Every interchange, CLDF and shared-task corpus with enough glossed sentences, as `igtkit.read` reads
it, is shuffled and cut into five blocks. Each block in turn is glossed by a `CrfGlosser` that
learned from the other four as they are, and by one that learned from them normalized, with the
block's transcriptions prepared alike. Both are scored against the same gold glosses, which come
from the raw file: words without the punctuation at their edges, clitics and affixes written apart
joined to their words, so that no convention decides. Error rates are edits divided by the gold
length, over the corpus; the interval of their difference is a paired bootstrap over sentences.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
from glosser_data import arguments, print_head, print_header, print_row
from rapidfuzz.distance import Levenshtein

import igtkit
from igtkit.boundaries import is_word, list_morphemes, split_words
from igtkit.models import CrfGlosser

BLOCKS = 5
_SAMPLES = 10_000
Units = Callable[[str | None], list[str]]
_APART = re.compile(r"\s+(?=[-=])|(?<=[-=])\s+")


@attrs.frozen
class Corpus:
    """Texts of one language from one source.

    Attributes:
        name: What it is called.
        texts: Those with transcription, segmentation and glosses.
        total: How many there are, of which `texts` may be a sample.
    """

    name: str
    texts: list[igtkit.IGT]
    total: int


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--least", type=int, default=150, help="fewest glossed sentences")
    parser.add_argument("--most", type=int, default=1000, help="larger corpora are sampled")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these corpora alone")
    options = parser.parse_args()
    print_head()
    print_header(
        "corpus", "sentences", "changed",
        "WER raw", "normalized", "difference", "95 %",
        "MER raw", "normalized", "difference", "95 %",
    )  # fmt: skip
    means = []
    for name, texts in corpora(options.shared / "data"):
        if len(texts) >= options.least and (not options.only or name in options.only):
            total = len(texts)
            random.Random(options.seed).shuffle(texts)
            means.append(measure(Corpus(name, texts[: options.most], total), options.seed))
    if means:
        words, morphemes = np.mean(means, axis=0)
        print_row("mean", "", "", "", "", f"{words:+.4f}", "", "", "", f"{morphemes:+.4f}", "")


def measure(corpus: Corpus, seed: int) -> tuple[float, float]:
    """Print the row of a corpus; the differences in word and morpheme error rate."""
    raw = corpus.texts
    normalized = [igtkit.normalize(text) for text in raw]
    changed = sum(one != other for one, other in zip(raw, normalized, strict=True))
    lines = [cross(raw, seed), cross(normalized, seed) if changed else []]
    golds = [text.glosses for text in raw]
    cells: list[object] = []
    differences = []
    for units in (words, morphemes):
        one = count_edits(lines[0], golds, units)
        other = count_edits(lines[1], golds, units) if changed else one
        lengths = np.array([len(units(gold)) for gold in golds])
        difference, low, high = bootstrap(other - one, lengths, seed)
        before, after = one.sum() / lengths.sum(), other.sum() / lengths.sum()
        interval = f"{low:+.3f} to {high:+.3f}"
        cells += [float(before), float(after), f"{difference:+.4f}", interval]
        differences.append(difference)
    count = f"{len(raw):,}" + (f" of {corpus.total:,}" if corpus.total > len(raw) else "")
    print_row(corpus.name, count, changed, *cells)
    return differences[0], differences[1]


def cross(texts: Sequence[igtkit.IGT], seed: int) -> list[str | None]:
    """The gloss line predicted for each text by a glosser that has not seen its block."""
    found: dict[int, str | None] = {}
    for block in range(BLOCKS):
        train = [text for at, text in enumerate(texts) if at % BLOCKS != block]
        held_out = range(block, len(texts), BLOCKS)
        glosser = CrfGlosser(seed=seed).fit(train)
        predictions = glosser.predict([texts[at] for at in held_out])
        found |= {at: each.glosses for at, each in zip(held_out, predictions, strict=True)}
    return [found[at] for at in range(len(texts))]


def words(line: str | None) -> list[str]:
    """The words of a gloss line, whatever its convention for punctuation and clitics.

    Example:
        >>> words("« yes », say-3SG =CONT.")
        ['yes', 'say-3SG=CONT']
    """
    bare = [_bare(token) for token in split_words(line)]
    return _APART.sub("", " ".join(token for token in bare if is_word(token))).split()


def morphemes(line: str | None) -> list[str]:
    """The glosses of a line, without the ends of words."""
    return [gloss for gloss in list_morphemes(words(line)) if gloss]


def _bare(token: str) -> str:
    start, end = 0, len(token)
    while start < end and _is_mark(token[start]):
        start += 1
    while end > start and _is_mark(token[end - 1]):
        end -= 1
    return token[start:end] if start < end else token


def _is_mark(character: str) -> bool:
    return character not in "-=" and unicodedata.category(character)[0] == "P"


def count_edits(
    lines: Sequence[str | None], golds: Sequence[str | None], units: Units
) -> np.ndarray:
    """How many words, or morphemes, would have to change in each line."""
    pairs = zip(lines, golds, strict=True)
    return np.array([Levenshtein.distance(units(line), units(gold)) for line, gold in pairs])


def bootstrap(
    differences: np.ndarray, lengths: np.ndarray, seed: int
) -> tuple[float, float, float]:
    """The difference in error rate and its 95 % interval.

    Args:
        differences: For each sentence how many edits more it needs.
        lengths: Length of its gold.
        seed: Seed of the draws.
    """
    draws = np.random.default_rng(seed).integers(len(lengths), size=(_SAMPLES, len(lengths)))
    rates = differences[draws].sum(axis=1) / lengths[draws].sum(axis=1)
    low, high = np.quantile(rates, (0.025, 0.975))
    return float(differences.sum() / lengths.sum()), float(low), float(high)


def corpora(data: Path) -> Iterator[tuple[str, list[igtkit.IGT]]]:
    """The glossed texts of each corpus, those of several languages by language."""
    interchange = data / "interchange"
    files = {
        path.stem: [path]
        for folder in ("eaf", "flextext", "latex", "toolbox", "xigt")
        for path in sorted((interchange / folder).iterdir())
    }
    files["Vamale"] = sorted((interchange / "linggym/Vamale").glob("*.txt"))
    for path in sorted((data / "cldf").glob("*/*-metadata.json")):
        files[path.parent.name] = [path]
    for path in sorted((data / "sigmorphon2023").iterdir()):
        files[path.name] = sorted(path.glob("*-uncovered"))
    for name, paths in files.items():
        texts = [text for path in paths for text in _read(path)]
        by_language: dict[str, list[igtkit.IGT]] = {}
        for text in texts:
            label = text.language.name if text.language else None
            by_language.setdefault(label or "", []).append(text)
        for label, those in sorted(by_language.items()):
            yield (label.replace("_", " ") if len(by_language) > 1 else name), those


def _read(path: Path) -> list[igtkit.IGT]:
    try:
        texts = igtkit.read(path, errors="skip")
    except igtkit.errors.IGTError:  # not a corpus, or in another encoding
        return []
    return [text for text in texts if text.transcription and text.segmentation and text.glosses]


if __name__ == "__main__":
    main()
