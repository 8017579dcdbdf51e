"""What words of English translations are glossed as in other languages."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files

import numpy as np
import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.unknown.field import (
    NO_FIELD,
    Field,
    Sighted,
    load_field,
    plain,
    so_glossed,
    to_field,
)
from igtkit.models.crf.unknown.options import BITS
from igtkit.models.crf.unknown.stems import fingerprint


@pytest.fixture(scope="module")
def field() -> Field:
    return load_field()


def test_weights_and_features_belong_together(field):
    assert field.made_for == fingerprint(), (
        "features of new stems were changed: run python benchmarks/crf_field.py"
    )
    assert np.count_nonzero(field.start) > 1000


def test_the_file_is_small():
    assert (files("igtkit") / "data" / "field.json.gz").stat().st_size < 500_000


def test_it_is_packed_without_a_date():
    packed = (files("igtkit") / "data" / "field.json.gz").read_bytes()
    content = gzip.decompress(packed)
    assert packed[4:8] == bytes(4)  # the time
    assert json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode() == (
        content
    )


@pytest.mark.parametrize(
    ("word", "gloss"), [("went", "go"), ("children", "child"), ("said", "say"), ("not", "NEG")]
)
def test_irregular_words_have_the_gloss_they_have_nearly_everywhere(field, word, gloss):
    entry = field.words[word]
    assert next(iter(entry.glosses)) == gloss
    assert entry.languages[gloss] > 30
    assert gloss in entry.offers


def test_content_words_are_glossed_and_function_words_hardly_ever(field):
    assert field.words["house"].rate > 0.6
    assert field.words["the"].rate < 0.5 * field.words["house"].rate


def test_widespread_glosses_are_told_from_rare_ones(field):
    assert field.spread("go.PL") == field.spread("go") > field.spread("hovercraft") == 0


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("the man did not want to go home to his brother", True),
        ("el hombre no quiere ir a la casa de su hermano", False),
        ("l' homme ne veut pas aller chez son frère", False),
        ("", False),
    ],
)
def test_only_english_is_taken_for_english(field, line, english):
    assert field.english(line.split()) is english


def test_a_word_is_explained_by_its_gloss_elsewhere_in_the_sentence(field):
    sighted = Sighted(field, ["he", "went", "home", "zzyzx"], ["3SG", "go", "?"])
    assert sighted.has("go.PST")
    assert not sighted.has("?")
    assert sighted.standing(1, but=2)[1] > 0
    assert sighted.standing(1, but=1)[1] == 0
    assert sighted.standing(3, but=0) == (0, 0)
    so, together = so_glossed(sighted.entries[1], "go"), sighted.glossed_here("go")
    assert so > so_glossed(sighted.entries[2], "go") > so_glossed(None, "go")
    assert together > 0


def test_a_label_that_few_languages_have_is_not_offered():
    raw = {
        "glosses": ["go", "XYZ"],
        "languages": [50, 3],
        "words": {"went": [90, 0, 700, 40, 1, 200, 3]},
    }
    field = to_field(raw)
    assert field.words["went"].offers == ("go",)
    assert field.words["went"].glosses == {"go": 0.7, "XYZ": 0.2}
    assert field.made_for == 0
    assert not field.start.any()


def test_nothing_is_known_where_there_is_no_table():
    assert NO_FIELD.start.shape == (1 << BITS,)
    assert NO_FIELD.spread("go") == 0
    assert Sighted(NO_FIELD, ["went"], ["go"]).standing(0, but=1) == (0, 0)


def test_a_gloss_is_compared_without_its_labels():
    assert plain("1SG.POSS") == "1SG.POSS"
    assert plain("Brother.PL") == "brother"


def _texts(*, english: bool) -> list[IGT]:
    words = {"ma": "man", "ki": "dog", "ta": "woman", "po": "house", "lu": "child"}
    return [
        IGT(
            f"{a} {b}na",
            f"{a} {b}-na",
            f"{words[a]} {words[b]}-ACC",
            f"the {words[a]} saw a {words[b]}" if english else f"{a}x vyo {b}x",
        )
        for a in words
        for b in words
    ]


def test_an_irregular_word_is_glossed_by_what_other_languages_have(small):
    glosser = CrfGlosser(small).fit(_texts(english=True))
    text = IGT("ma zuvo", translation="the man went")
    prediction = glosser.predict([text], evidence=True, n_best=4)[0]
    went = {one.gloss: " ".join(one.evidence) for one in prediction.words[1]}
    assert "languages gloss where the translation has 'went'" in went["go"]


def test_translations_in_other_languages_are_left_alone(small):
    glosser = CrfGlosser(small).fit(_texts(english=False))
    assert glosser._model.unknowns.field is NO_FIELD
    prediction = glosser.predict([IGT("ma zuvo", translation="max went")], n_best=4)[0]
    assert "go" not in {one.gloss for one in prediction.words[1]}
