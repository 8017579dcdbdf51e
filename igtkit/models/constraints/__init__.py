"""Outputs that are well formed by construction, whatever the weights of the model.

`InterleavedConstraint`, `ConcatenatedConstraint` and `WordConstraint` are logits processors of
transformers for byte vocabularies (ByT5: byte + 3); `SubwordConstraint` is one for decoder models
with subwords. Each follows every row through an automaton and rules out the tokens after which no
complete output fits into the tokens that are left. So an output is complete within the limit, at
any number of beams, greedy or sampled::

    model.generate(
        **batch,
        max_new_tokens=512,
        num_beams=2,
        logits_processor=[InterleavedConstraint(512, num_beams=2)],
    )

Both numbers must be those that ``generate`` is told. Make a new constraint for each batch where it
is told about the single texts (`words`, `spell`).
"""

from __future__ import annotations

from igtkit._optional import require

require("torch", "models")
require("transformers", "models")

from igtkit.models.constraints.concatenated import ConcatenatedConstraint  # noqa: E402
from igtkit.models.constraints.interleaved import InterleavedConstraint  # noqa: E402
from igtkit.models.constraints.subword import SubwordConstraint  # noqa: E402
from igtkit.models.constraints.word import WordConstraint  # noqa: E402

__all__ = [
    "ConcatenatedConstraint",
    "InterleavedConstraint",
    "SubwordConstraint",
    "WordConstraint",
]
