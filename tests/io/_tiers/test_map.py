"""The tier map: what users say of tiers, and what the errors tell them."""

from __future__ import annotations

import pytest
from documents.tiers import tier

from igtkit.errors import InputError
from igtkit.io import TierMap
from igtkit.io._tiers.map import LINES, describe
from igtkit.io._tiers.model import Tier


def test_a_tier_guide(shared):
    lines = (shared / "data/interchange/eaf/ijal_lokono.tierGuide.yaml").read_text("utf-8")
    guide = dict(line.split(":", maxsplit=1) for line in lines.splitlines() if line.strip())
    asked = TierMap.of({key: value.strip() for key, value in guide.items()})
    assert asked == TierMap(
        transcription="Orthographic represntation",
        translation="English translation",
        segmentation="morpheme",
        glosses="gloss",
    )


def test_names_patterns_and_names_without_speaker():
    tiers = [tier("tx@A"), tier("tx@B"), tier("tx")]
    found = {
        name: [one.name for one in TierMap(transcription=name).find("transcription", tiers)]
        for name in ("tx", "tx@*", "tx@B")
    }
    assert found == {"tx": ["tx"], "tx@*": ["tx@A", "tx@B"], "tx@B": ["tx@B"]}
    without = TierMap(transcription="tx").find("transcription", tiers[:2])
    assert [one.name for one in without] == ["tx@A", "tx@B"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"gloses": "ge"}, "no line 'gloses' to give a tier for; there are: transcription,"),
        ({"glosses": 3}, "a tier is given by its name: glosses=3"),
        ("tx", "tiers must be a TierMap or a dict, not 'tx'"),
    ],
)
def test_what_is_none(value, message):
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        TierMap.of(value)


def test_a_map_is_taken_as_it_is_and_none_says_nothing():
    asked = TierMap(glosses="ge")
    assert TierMap.of(asked) is asked
    assert TierMap.of(None) == TierMap()


def test_what_only_a_tier_guide_has_is_passed_over():
    assert TierMap.of({"morphemePacking": "packed", "speech": "tx"}) == TierMap(transcription="tx")


def test_a_line_that_nobody_asks_for_is_looked_for_nowhere():
    for asked in (TierMap(), TierMap(glosses="")):
        assert asked.find("glosses", [tier("ge")]) == []


def test_a_name_is_taken_before_a_pattern_and_upper_case_is_another_name():
    odd = [tier("tx*"), tier("tx1")]
    assert TierMap(words="tx*").find("words", odd) == [odd[0]]
    with pytest.raises(InputError, match="no tier 'TX' for the words"):
        TierMap(words="TX").find("words", [tier("tx")])


def test_a_tier_that_is_not_there_is_told_with_those_that_are():
    root = tier("utterance", "ev de kim", "a" * 40, " ", kind="lt")
    parts = tier("word", parent=root, constraint="Symbolic_Subdivision")
    with pytest.raises(InputError) as raised:
        TierMap(glosses="gloss").find("glosses", [root, parts])
    message = str(raised.value)
    assert message.startswith("no tier 'gloss' for the glosses; there are:\n")
    assert message.endswith(describe([root, parts]))
    assert describe([root, parts]) == (
        f"  'utterance': type 'lt', 3 annotations: 'ev de kim', '{'a' * 30}'\n"
        "  'word': Symbolic_Subdivision, under 'utterance', 0 annotations"
    )


def test_of_suggestions_the_annotator_is_told_and_no_tiers_are_none():
    made = Tier("igtkit-glosses", annotator="igtkit: crf")
    assert describe([made]) == "  'igtkit-glosses': by igtkit: crf, 0 annotations"
    assert describe([Tier("glosses", annotator="Ana")]) == "  'glosses': 0 annotations"
    assert describe([]) == "  none"


def test_there_is_a_tier_for_each_line_that_tiers_hold():
    assert set(LINES) >= {"transcription", "segmentation", "glosses", "translation", "pos"}
    for line in LINES:
        found = TierMap.of({line: "x"}).find(line, [tier("x"), tier("y")])
        assert [one.name for one in found] == ["x"]
