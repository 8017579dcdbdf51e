"""Features of candidates: the same for the same analysis, in any company."""

from __future__ import annotations

import math
import zlib

import numpy as np
import pytest

from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Candidates, Lookups, Memory, build
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
    return build(lexicon, lexicon.weigh(COUNTS), memory, COUNTS, words, lookups=Lookups())


KA, MU, SG, PL, TA, NEW = 0, 1, 2, 3, 4, -1  # entries of the lexicon


def table_of(words, rows):
    """A table of candidates, from the word of each, its morphemes, their ends, score and count."""
    entry, begin, end, kind = (np.full((len(rows), 3), fill) for fill in (-1, 0, 0, -1))
    for row, (_, entries, ends, _, _) in enumerate(rows):
        used = slice(len(entries))
        entry[row, used], end[row, used], begin[row, used] = entries, ends, (0, *ends[:-1])
        kind[row, used] = [Kind.UNKNOWN if each == NEW else Kind.EXACT for each in entries]
    word, score, count = (np.array([row[column] for row in rows]) for column in (0, 3, 4))
    return Candidates(
        start=np.searchsorted(word, np.arange(len(words) + 1)),
        words=words,
        entry=entry,
        begin=begin,
        end=end,
        kind=kind,
        size=(kind >= 0).sum(1),
        score=score,
        count=count,
        identity=np.arange(len(rows)),
    )


@pytest.fixture
def by_hand():
    """Candidates of three words: remembered or not, far behind, of one to three morphemes."""
    rows = [
        (0, (KA, TA), (2, 4), -2.0, 3),
        (0, (KA, NEW), (2, 4), -7.2, 1),
        (0, (NEW,), (4,), -9.0, 0),
        (1, (MU, KA, TA), (2, 4, 6), -9.5, 0),
        (1, (NEW, TA), (4, 6), -99.0, 0),
        (2, (NEW, PL), (2, 3), -20.5, 0),
        (2, (NEW, SG), (2, 3), -20.0, 0),
    ]
    found = table_of(["kata", "mukáta", "zzs"], rows)
    found.kind[3, 1] = Kind.VARIANT
    return found


def checksum(table):
    return zlib.crc32(np.ascontiguousarray(table).tobytes())


def test_the_numbers_are_those_that_saved_glossers_weigh(lexicon, by_hand):
    """A glosser's file holds a weight for each number, and not what the number is of.

    If another number is wanted, files of before must be refused (`igtkit.models.crf.checkpoint`).
    """
    lexicon.kind[TA] = Kind.REWRITE
    features = extract(lexicon, Coder(lexicon), by_hand)
    assert np.diff(features.offset).tolist() == [66, 74, 55, 85, 74, 74, 74]
    assert checksum(features.attributes) == 4088824631
    assert checksum(features.index) == 4089899914


def test_so_are_those_of_candidates_that_are_counted_often_or_lie_far_behind(lexicon):
    gaps = [0.0, 0.2, 0.7, 1.5, 2.5, 3.5, 4.5, 6.5, 8.5, 11.5]
    counts = [[1], [2], [4], [9], [30], [0, 1], [1, 4], [4, 6], [5, 95], [12, 12]]
    rows = [(0, (KA,), (2,), -gap, 0) for gap in gaps]
    rows += [
        (1 + word, (KA,), (2,), -float(place), count)
        for word, each in enumerate(counts)
        for place, count in enumerate(each)
    ]
    found = table_of(["ka"] * (1 + len(counts)), rows)
    assert checksum(extract(lexicon, Coder(lexicon), found).index) == 3699596776


def test_the_values_are_the_lead_in_the_lattice_and_the_share_in_the_memory(lexicon, by_hand):
    values = extract(lexicon, Coder(lexicon), by_hand).real.tolist()
    for word in range(3):
        rows = range(by_hand.start[word], by_hand.start[word + 1])
        best = max(by_hand.score[row] for row in rows)
        seen = sum(by_hand.count[row] for row in rows)
        for row in rows:
            behind = max(by_hand.score[row] - best, -20) / 4
            share = by_hand.count[row] / seen if seen else 0.0
            sure = seen / (seen + 1)
            log = math.log(0.02 + share) / 2
            expected = [behind, 0 if seen else behind, log if seen else 0, log * sure, share * sure]
            assert values[row] == pytest.approx(expected)


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
