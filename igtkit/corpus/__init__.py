"""Collections of interlinear glossed texts, and what can be done with a whole corpus."""

from __future__ import annotations

from igtkit.corpus.collection import Corpus, Skipped

__all__ = ["Corpus", "Skipped"]
