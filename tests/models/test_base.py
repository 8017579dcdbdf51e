"""What every glosser refuses."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, LookupGlosser
from igtkit.models.base import require_given, require_texts


@pytest.mark.parametrize("given", [None, "segmentation", "partial"])
def test_what_may_be_given(given):
    require_given(given)


@pytest.mark.parametrize("given", ["glosses", "", True])
def test_what_may_not(given):
    with pytest.raises(InputError, match="given must be None, 'segmentation' or 'partial'"):
        require_given(given)


def test_texts_from_anything_that_gives_them():
    assert require_texts(iter([IGT("a")])) == [IGT("a")]
    assert require_texts(()) == []


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (IGT("a"), "expected many texts, got one IGT; put it into a list"),
        ("a b", "got one str"),
        (3, "expected many texts, got 3"),
        ([IGT("a"), "b"], "item 1 is no IGT but 'b'"),
    ],
)
def test_what_is_no_list_of_texts(items, message):
    with pytest.raises(InputError, match=message):
        require_texts(items)


@pytest.mark.parametrize("make", [CrfGlosser, LookupGlosser])
def test_a_corpus_that_nobody_has_glossed_says_so(make):
    open_texts = [IGT("kedi", "kedi", None), IGT("ev"), IGT("su", "su", "")]
    with pytest.raises(InputError, match="nothing is glossed yet: none of 3 texts has glosses"):
        make().fit(open_texts)
    with pytest.raises(InputError, match=r"none of 1 texts has a .* pair up"):
        make().fit([IGT("kedi", "kedi", "the cat")])
