"""What spelling variants have in common."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.candidates.skeletons import plain_letters, skeleton, skeletons


@given(st.text(st.sampled_from("abá'’ʰü\u0301\u0323가ﬁ") | st.characters(), max_size=9))
def test_skeletons_drop_marks_and_doubled_letters(word):
    found = list(skeletons(plain_letters(word)[1:]))
    assert found == [skeleton(word[1:end]) for end in range(2, len(word) + 1)]
    left = [
        c
        for c in unicodedata.normalize("NFD", word)
        if unicodedata.category(c)[0] not in "MP" and unicodedata.category(c) not in {"Lm", "Sk"}
    ]
    assert skeleton(word) == "".join(c for c, _ in groupby(left))
    assert skeleton("góod'o") == skeleton("godo") != skeleton("gado")
