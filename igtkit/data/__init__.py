"""What comes with igtkit: the sample corpus (small Turkish texts, CC0) and published figures."""

from __future__ import annotations

from importlib.resources import as_file, files

from igtkit.corpus.collection import Corpus
from igtkit.data.published import PublishedFigure, load_published
from igtkit.igt import Language
from igtkit.io import read

__all__ = ["PublishedFigure", "load_published", "load_sample"]

_TURKISH = Language("nucl1301", "Turkish", "tur")
_ENGLISH = Language("stan1293", "English", "eng")


def load_sample() -> Corpus:
    """Return the sample corpus: Turkish sentences with segmentation, glosses and translation.

    The parts are fixed, and hold whole texts; dev and test have words that train has not.
    Labels and conventions are described in ``igtkit/data/README.md``.

    Returns:
        The sentences of train, dev and test, each with its `split`.

    Example:
        >>> sorted(load_sample().splits)
        ['dev', 'test', 'train']
    """
    sample = Corpus()
    for split in ("train", "dev", "test"):
        with as_file(files(__package__) / f"turkish-{split}.txt") as path:
            sample += read(
                path,
                "sigmorphon",
                language=_TURKISH,
                metalanguage=_ENGLISH,
                split=split,
                source="igtkit sample",
            )
    return sample
