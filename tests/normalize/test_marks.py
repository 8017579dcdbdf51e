"""Which characters are marks of punctuation, and which brackets belong together."""

from __future__ import annotations

from igtkit.boundaries import is_punctuation
from igtkit.normalize.marks import CLOSING, EDGE_MARKS, FAMILY, OPENING, balanced_brackets


def test_every_mark_is_punctuation_by_the_one_definition():
    assert {mark for mark in EDGE_MARKS if not is_punctuation(mark)} == set()
    assert set(".,;:!?…。؟،।።¿¡«»“”„()[]") <= EDGE_MARKS
    assert EDGE_MARKS.isdisjoint("-='ʼʔ~<>/\\*_·′")


def test_a_quotation_mark_that_faces_one_way_has_a_partner_in_its_family():
    families = set(FAMILY.values())
    assert all(OPENING & set(family) for family in families - {'"', "‘’"})
    assert {FAMILY[mark] for mark in OPENING} == {FAMILY[mark] for mark in CLOSING}


def test_brackets_inside_a_token():
    assert balanced_brackets("a(b)c[d(e)]") == {1: 3, 5: 10}
    assert balanced_brackets("a)b(c") == {}
    assert balanced_brackets("[(]") == {0: 2}
