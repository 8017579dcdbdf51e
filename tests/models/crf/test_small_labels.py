"""Labels that are not in capitals are found, and count as labels."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.small_labels import small_labels


def _found(texts):
    return set(small_labels(texts, [make_sentence(text) for text in texts]))


def _with_case(texts, change):
    """The texts with other case of the labels alone."""
    return [
        text.replace(
            glosses=" ".join(
                "-".join(change(part) if part.isupper() else part for part in word.split("-"))
                for word in text.glosses.split(" ")
            )
        )
        for text in texts
    ]


@pytest.mark.parametrize("change", [str.lower, str.title])
def test_the_labels_of_a_corpus_are_found_in_any_case(texts, change):
    labels = {"PL", "ACC", "DAT", "PST", "FUT"}
    assert _found(_with_case(texts, change)) == set(map(change, labels))


def test_where_most_labels_are_in_capitals_no_other_counts(texts):
    assert _found(texts) == set()
    assert _found([*texts, IGT("mi ta", "mi-n ta", "1sg-acc come", "I come")]) == set()


VERBS = ("take", "see", "hear", "make", "burn")


def _sentences(own, translation):
    """Five verbs with a label that is standard and one that is not."""
    return [IGT(f"{verb}tami", f"{verb}-ta-mi", f"{verb}-pst-{own}", translation) for verb in VERBS]


def test_what_glosses_parts_of_many_words_is_a_label_but_for_words_of_the_translations():
    assert _found(_sentences("witn", "so they say")) == {"pst", "witn"}
    assert _found(_sentences("witness", "so a witness says")) == {"pst"}
    assert _found(_sentences("witn", "so they say")[:4]) == {"pst"}  # too seldom


def test_what_stands_alone_as_well_is_no_label():
    texts = _sentences("witness", "so they say")
    assert _found(texts) == {"pst", "witness"}
    assert _found([*texts, IGT("mi mi", "mi mi", "witness witness", "they")]) == {"pst"}


def test_a_label_in_lower_case_is_learned_as_in_capitals(texts, held_out, small, tmp_path):
    in_capitals = CrfGlosser(small).fit(texts).predict(held_out)
    glosser = CrfGlosser(small).fit(_with_case(texts, str.lower))
    predicted = glosser.predict(held_out)
    expected = _with_case([IGT(None, None, one.glosses) for one in in_capitals], str.lower)
    same = [one.glosses == other.glosses for one, other in zip(predicted, expected, strict=True)]
    assert sum(same) >= 0.9 * len(same)
    glosser.save_pretrained(tmp_path)
    assert CrfGlosser.from_pretrained(tmp_path).predict(held_out) == predicted
