"""Which languages and which sentences a model foresees well (PolyGloss, section 6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models.prompted.tokenizer import Vocabulary
from igtkit.models.training.examples import TrainingSet, encode_examples, make_examples
from igtkit.models.training.perplexity import Perplexity, perplexities, pooled

__all__ = ["glottocode_perplexities", "sentence_perplexities"]


def sentence_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str],
    *,
    max_length: int = 1024,
    vocabulary: Vocabulary | None = None,
) -> list[Perplexity | None]:
    """The perplexity of a model on each text, over all examples made of it for training.

    The exponential of the summed negative log-likelihood divided by the number of target tokens,
    the end of each target included.

    Args:
        model: A seq2seq model, or a chat model.
        texts: Texts with glosses.
        names: The prompt formats.
        max_length: Longer examples are left out; see `igtkit.models.training.encode_examples`.
        vocabulary: What the model reads and writes; bytes if None. A glosser has its own
            (``glosser.vocabulary``).

    Returns:
        One for each text; None for a text that gives no example.

    Raises:
        InputError: If no text gives an example.
    """
    rows: list[dict[str, list[int]]] = []
    owners: list[int] = []
    for owner, text in enumerate(texts):
        try:
            encoded = encode_examples(
                make_examples([text], names), max_length=max_length, vocabulary=vocabulary
            )
        except InputError:  # nothing to foresee
            continue
        rows += encoded.rows
        owners += [owner] * len(encoded)
    if not rows:
        raise InputError(f"none of {len(texts)} texts gives an example in {', '.join(names)}")
    parts: list[list[Perplexity]] = [[] for _ in texts]
    for owner, found in zip(owners, perplexities(model, TrainingSet(tuple(rows))), strict=True):
        parts[owner].append(found)
    return [pooled(each) if each else None for each in parts]


def glottocode_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str],
    *,
    max_length: int = 1024,
    vocabulary: Vocabulary | None = None,
) -> dict[str, float]:
    """The perplexity of a model on each language, over all examples made of its texts.

    Args:
        model: As for `sentence_perplexities`.
        texts: Texts with glosses, the dev split most often; those without a glottocode are left
            out.
        names: The prompt formats.
        max_length: As for `sentence_perplexities`.
        vocabulary: As for `sentence_perplexities`.

    Returns:
        For each glottocode its perplexity, as `igtkit.models.PerformanceEstimator.fit` takes it.

    Raises:
        InputError: If no text has a glottocode, or none gives an example.
    """
    known = [text for text in texts if text.language and text.language.glottocode]
    if not known:
        raise InputError(f"none of {len(texts)} texts has a glottocode")
    groups: dict[str, list[Perplexity]] = {}
    found = sentence_perplexities(model, known, names, max_length=max_length, vocabulary=vocabulary)
    for text, part in zip(known, found, strict=True):
        if part is not None and text.language and text.language.glottocode:
            groups.setdefault(text.language.glottocode, []).append(part)
    return {glottocode: pooled(parts).perplexity for glottocode, parts in sorted(groups.items())}
