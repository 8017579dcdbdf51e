"""The laptop glosser: joint segmentation and glossing with a structured log-linear model.

Trained for one language in about a minute on one core, from 20 glossed sentences on, with nothing
but numpy. The way of a text, and where each step is:

- `sentences`, `lines`: its words, what its lines say of each, and the words of its translation;
- `punctuation`, `brackets`: the tokens between its words, its capitals, and fillers;
- `small_labels`: which glosses name categories, where labels are in lower case;
- `candidates`: the analyses that each word can have, from aligned and counted morphemes;
- `ranking`, `translation`, `likeness`: which analyses fit together, with each other and with the
  translation;
- `opinion`: what small networks say of them by other clues;
- `unknown`: glosses for stems never seen, by what other languages teach, too;
- `unglossed`: what texts without glosses say of such stems;
- `inference`, `hypothesis`: probabilities, and the choice with the least expected error;
- `calibration`: how often words of such a probability are right;
- `output`: the lines, suggestions and evidence that a user gets.

`learning` makes a model of texts. `training` teaches it, towards `targets`: from `folds`, in which
a sentence is analyzed by what the others teach, and from `rehearsal`, words that training was
spared. `left_out` says what nothing could be learned from. `corrections` takes in what a person
corrects, of which `suggested` keeps what was said before. `model` holds what was learned, and
`checkpoint` saves it. `user_lexicon` and `labels` take in the lexicon and the labels of a user.

`words`, `occurrences` and `pairs` keep and count what is asked for again and again, `arrays` and
`hashing` do so for many at once, and `parallel` shares texts out to processes.
"""

from __future__ import annotations

from igtkit.models.crf.glosser import CrfGlosser
from igtkit.models.crf.model import CrfSettings
from igtkit.models.crf.ranking.settings import RankerSettings

__all__ = ["CrfGlosser", "CrfSettings", "RankerSettings"]
