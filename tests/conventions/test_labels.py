"""Labels in lower case are guessed from how a corpus uses them."""

from __future__ import annotations

import pytest

from igtkit import IGT, load_sample, read
from igtkit.conventions import guess_labels
from igtkit.errors import InputError


def glosses(*lines):
    return [IGT(None, None, line) for line in lines]


def test_a_corpus_in_capitals_has_none():
    assert guess_labels(load_sample()) == frozenset()
    assert guess_labels([]) == frozenset()


def test_a_word_is_a_label_only_where_it_glosses_affixes_alone():
    assert "all" in guess_labels(glosses("house-all", "go-pst", "cat-pl"))
    assert "all" not in guess_labels(glosses("house-all", "all cat-pl", "go-pst"))
    assert "top" not in guess_labels(glosses("roof-top"))  # nothing else is in lower case


def test_glosses_of_its_own_making_have_to_recur_on_different_words():
    words = [f"{stem}-evid" for stem in ("go", "come", "see", "hear", "eat")]
    assert "evid" in guess_labels(glosses(*words, "go-pst"))
    assert "evid" not in guess_labels(glosses(*words[:4], "go-pst"))
    assert "evid" not in guess_labels(glosses(*["go-evid"] * 5, "go-pst"))
    assert "evid" not in guess_labels(glosses(*words, "evid", "go-pst"))
    assert "evid" not in guess_labels(glosses(*words, "go-PST", "see-PST"))


def test_what_stands_beside_a_label():
    assert "nonfut" in guess_labels(glosses("go-3sg.nonfut"))
    assert "well" not in guess_labels(glosses("be.well-3sg"))
    assert "near" not in guess_labels(glosses("dem.near go-pst near"))


def test_glosses_that_cannot_be_taken_apart_are_passed_over():
    assert guess_labels(glosses("go..pst", "???", "cat-pl", ".")) == {"pl"}


def test_only_texts_are_taken():
    with pytest.raises(InputError, match="IGT"):
        guess_labels(["a-pl"])


@pytest.mark.parametrize(
    ("name", "some", "none"),
    [
        ("u", {"3sg", "foc", "nonfut", "neg"}, {"who", "be", "well"}),
        ("quz", {"acc", "nmlz", "euph", "1obj"}, {"house", "man"}),
        ("hun", {"acc", "3sg", "def"}, {"up", "in"}),
    ],
)
def test_real_corpora(shared, name, some, none):
    labels = guess_labels(read(shared / f"data/odin/{name}.txt", "sigmorphon", errors="skip"))
    assert some <= labels
    assert not none & labels
