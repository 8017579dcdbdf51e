"""What translations say of labels."""

from __future__ import annotations

import numpy as np

from igtkit.models.crf.opinion.bayes import TOLD, told


def rows(model, *analyses):
    lexicon = model.lexicon
    entry = {lexicon.glosses.all[lexicon.gloss[i]]: i for i in lexicon.seen.tolist()}
    table = np.full((len(analyses), 2), -1)
    for row, glosses in enumerate(analyses):
        table[row, : len(glosses)] = [entry[gloss] if gloss else -1 for gloss in glosses]
    used = np.array([[k < len(glosses) for k in range(2)] for glosses in analyses])
    return table, used


def test_will_speaks_for_the_future_and_the_noun_for_its_stem(glosser):
    model = glosser._model
    entry, used = rows(model, ("take", "FUT"), ("take", "PST"), ("make", "FUT"), ("", "FUT"))
    line = ["will", "take"]
    found = told(model.lexicon, model.translations, [line], np.array([0, 4]), entry, used)
    at = {name: column for column, name in enumerate(TOLD)}
    labels, stems = found[:, at["told labels"]], found[:, at["told stems"]]
    assert labels[0] > 0 > labels[1]
    assert labels[0] == labels[2] == labels[3] == found[0, at["told label"]]
    assert stems[0] > 0 > stems[2]
    assert stems[3] == 0


def test_without_a_translation_nothing_is_said(glosser):
    model = glosser._model
    entry, used = rows(model, ("take", "FUT"), ("take",))
    for line in ([], ["hovercraft"]):
        found = told(model.lexicon, model.translations, [line], np.array([0, 2]), entry, used)
        assert not found.any()
