"""The laptop glosser: joint segmentation and glossing with a structured log-linear model.

Trained for one language in about a minute on one core, from 20 glossed sentences on, with nothing
but numpy. The steps, one module each:

0. `text`: words, punctuation habits, translation words;
1. `align`: which stretch of a word each morpheme accounts for;
2. `lexicon`: what stretches can be which morphemes;
3. `lattice`, `candidates`: the analyses a word can have;
4. `training`, `targets`: each training sentence analyzed by what the others know;
5. `features`, `translation`, `assemble`, `chain`, `ranker`: which analyses fit together;
6. `unknown`: glosses for stems never seen;
7. `analyze`, `decode`: probabilities, and the choice with the least expected error.
"""

from __future__ import annotations

from igtkit.models.crf.glosser import CrfGlosser
from igtkit.models.crf.model import CrfSettings
from igtkit.models.crf.ranking.ranker import RankerSettings

__all__ = ["CrfGlosser", "CrfSettings", "RankerSettings"]
