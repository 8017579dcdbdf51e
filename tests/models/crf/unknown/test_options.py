"""The options of a new stem, and their features."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.unknown.options import BITS, COLUMNS, TEMPLATES, Options, features


def _options() -> Options:
    options = Options(Counter({"dog": 3}), (1,) * 7, lambda gloss: (len(gloss), 0))
    options.offer("dog", "near", 1)
    options.offer("dog", "copy")
    options.offer("", "copy")
    options.offer("", "none")
    return options


def test_a_gloss_is_offered_once_and_none_only_as_none():
    options = _options()
    assert options.glosses == ["dog", ""]
    assert [options.source(i) for i in range(2)] == ["near", "none"]


def test_each_option_has_a_number_for_each_column():
    rows = _options().table()
    assert rows.shape == (2, len(COLUMNS))
    assert rows[0, COLUMNS.index("known")] == 2  # in the second step
    assert rows[0, COLUMNS.index("detail")] == 1
    assert (rows[:, COLUMNS.index("view")] == 1).all()


@pytest.mark.parametrize("field", [True, False])
def test_features_are_places_in_the_table_of_weights(field):
    found = features(_options().table(), field=field)
    assert found.shape[0] == 2
    assert (found.shape[1] == len(TEMPLATES)) is field
    assert found.min() >= 0
    assert found.max() < 1 << BITS


def test_what_the_translation_offers_comes_first_and_once():
    noted = np.zeros((1, len(COLUMNS)), np.uint32)
    options = Options(Counter(), (7,) * 7, lambda gloss: (0, 0), ["go"], noted)
    options.offer("go", "copy")
    options.offer("Go", "copy")
    assert options.glosses == ["go", "Go"]
    assert [options.source(i) for i in range(2)] == ["word", "copy"]
    assert (options.table()[:, -1] == 7).all()


def test_without_the_table_the_other_features_are_the_same():
    rows = _options().table()
    own = features(rows, field=False)
    assert np.array_equal(features(rows, field=True)[:, : own.shape[1]], own)
