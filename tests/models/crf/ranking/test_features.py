"""Features of candidates: the same for the same analysis, in any company."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.candidates.table import Memory, build
from igtkit.models.crf.ranking.features import ATTRIBUTES, CHAIN, CROSS, Coder, extract

ITEMS = [
    ("kata", (("ka", "go", ""), ("ta", "PST", "-")), ("ka", "ta")),
    ("kas", (("ka", "go", ""), ("s", "3SG", "-")), ("ka", "s")),
    ("mus", (("mu", "mouse", ""), ("s", "PL", "-")), ("mu", "s")),
]
COUNTS = np.ones(len(ITEMS))


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


def table(lexicon, words):
    memory = Memory()
    for number, (word, analysis, _) in enumerate(ITEMS):
        memory.add(number, word, [form for form, _, _ in analysis])
    return build(lexicon, lexicon.weigh(COUNTS), memory, COUNTS, words, spans={})


def test_every_candidate_has_its_columns_and_features(lexicon):
    found = table(lexicon, ["kata", "zzz"])
    features = extract(lexicon, Coder(lexicon), found)
    assert features.attributes.shape == (len(found.size), len(ATTRIBUTES))
    assert features.offset[-1] == len(features.index)
    assert (np.diff(features.offset) > 0).all()
    assert np.isfinite(features.real).all()
    for column in (*CROSS, *(column for pair in CHAIN for column in pair)):
        assert column in ATTRIBUTES


def test_a_word_has_the_same_features_in_any_company(lexicon):
    coder = Coder(lexicon)
    alone_table, company_table = table(lexicon, ["kas"]), table(lexicon, ["kas", "mukata", "x"])
    alone, company = (extract(lexicon, coder, each) for each in (alone_table, company_table))
    rows = int(alone_table.start[1])
    assert np.array_equal(alone.attributes, company.attributes[:rows])
    assert np.array_equal(alone.index, company.index[: alone.offset[rows]])
    assert alone.real == pytest.approx(company.real[:rows])


def test_attributes_tell_what_analyses_share(lexicon):
    found = table(lexicon, ["kata", "kas"])
    attributes = extract(lexicon, Coder(lexicon), found).attributes
    first, second = attributes[found.start[0]], attributes[found.start[1]]  # go-PST, go-3SG
    same = {name for name, a, b in zip(ATTRIBUTES, first, second, strict=True) if a == b}
    assert same == {"stem_gloss", "stem_form", "first_class", "first_morph"}


def test_codes_grow_with_the_lexicon(lexicon):
    before = Coder(lexicon)
    lexicon.extend([("dogs", (("dog", "dog", ""), ("s", "PL", "-")), ("dog", "s"))])
    grown, fresh = Coder(lexicon, before), Coder(lexicon)
    for name in ("chunk", "form", "gloss", "cls", "rule"):
        assert np.array_equal(getattr(grown, name), getattr(fresh, name))
