"""The rules of guesses, each with a name."""

from __future__ import annotations

import pytest

from igtkit.errors import InputError
from igtkit.io._parts import GUESSES, tell


def test_a_part_has_the_words_of_its_rule():
    part = tell("tier", "A", "glosses", "tier-type", detail="'gl'", count=3)
    assert (part.rule, part.why, part.count) == ("tier-type", "by its type 'gl'", 3)
    assert tell("marker", "\\gx", None, "marker-kept").why == GUESSES["marker-kept"]


def test_a_rule_that_is_not_on_the_list_is_refused():
    with pytest.raises(InputError, match="no rule 'by-luck'"):
        tell("tier", "A", "glosses", "by-luck")


def test_names_of_rules_are_plain():
    for name, why in GUESSES.items():
        assert name == name.lower()
        assert " " not in name
        assert why.count("{}") == why.count("{") <= 1
