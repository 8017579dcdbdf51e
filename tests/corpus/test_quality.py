"""Each rule of the quality filter: what it catches, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import texts

import igtkit
from igtkit import IGT
from igtkit.corpus import QUALITY_RULES, QualityRule, StepReport, steps
from igtkit.errors import InputError

CAUGHT = {
    "no-text": [IGT(None, glosses="a"), IGT(" ", glosses="a"), IGT("", "", "a")],
    "no-glosses": [IGT("ev"), IGT("ev", glosses=" "), IGT("ev", glosses=". . .")],
    "no-letters": [IGT("(12)", glosses="a"), IGT("*** 3-4", glosses="a"), IGT("_", glosses="a")],
    "damaged-characters": [
        IGT("e\ufffdv", glosses="house"),
        IGT("ev", glosses="ho\xaduse"),
        IGT("ev", "e\uf0e1v", "house"),
        IGT("ev\x07", glosses="house"),
        IGT("e(cid:31)v", glosses="house"),
    ],
    "letters-apart": [IGT("e v d e d i r", glosses="a"), IGT("ev d e y i z", glosses="a")],
    "glosses-repeat-text": [
        IGT("Bu bir ev", glosses="bu bir ev ."),
        IGT(None, "bu bir ev", "Bu bir ev"),
    ],
    "translation-for-glosses": [
        IGT("evdeyiz", glosses="We are at home", translation="We are at home."),
    ],
    "unequal-lines": [IGT("a b c d", glosses="x"), IGT("ev", glosses="a b c d")],
    "too-long": [IGT("a " * 101, glosses="b " * 101)],
    "ungrammatical": [IGT("*Evi bu", glosses="a b"), IGT("[ * Evi bu ]", glosses="a b")],
}
LEFT = {
    "no-text": [IGT("ev"), IGT(None, "ev")],
    "no-glosses": [IGT("ev", glosses="house"), IGT("ev", glosses="???")],
    "no-letters": [IGT("ʔ", glosses="a"), IGT("家", glosses="a"), IGT(None, "ev", "a")],
    "damaged-characters": [
        IGT("e\tv\u200c", "é-ñ\u0301", "house"),
        IGT("ev", glosses="h", translation="\ufffd"),
    ],
    "letters-apart": [IGT("o e v i", glosses="a"), IGT("ben o ev d i ne ne ne", glosses="a")],
    "glosses-repeat-text": [IGT("mama papa", glosses="mama papa"), IGT("bu ev o", glosses="a b c")],
    "translation-for-glosses": [
        IGT("biz evde iyiyiz", glosses="we home good", translation="we home good"),
        IGT("ev", glosses="the house", translation="the house"),
    ],
    "unequal-lines": [IGT("a b c", glosses="x"), IGT("a b c d", glosses="x y")],
    "too-long": [IGT("a " * 100, glosses="b")],
    "ungrammatical": [IGT("(*bu) ev", glosses="a"), IGT("ev *bu", glosses="a b")],
}


def test_every_rule_has_its_cases():
    assert set(CAUGHT) == set(LEFT) == set(QUALITY_RULES)


@pytest.mark.parametrize("name", QUALITY_RULES)
def test_rules(name):
    rule = QUALITY_RULES[name]
    assert rule.name == name
    assert rule.description
    assert [igt for igt in CAUGHT[name] if not rule.matches(igt)] == []
    assert [igt for igt in LEFT[name] if rule.matches(igt)] == []


@pytest.mark.parametrize("name", QUALITY_RULES)
def test_a_text_is_counted_under_the_first_rule_that_matches(name):
    for igt in CAUGHT[name]:
        report = StepReport("quality")
        assert list(steps.filter_quality()([igt], report)) == []
        first = next(rule.name for rule in QUALITY_RULES.values() if rule.matches(igt))
        assert report.dropped == {first: 1}


@given(texts())
def test_rules_take_any_text(igt):
    for rule in QUALITY_RULES.values():
        assert rule.matches(igt) in (True, False)


def test_the_sample_passes():
    sample = list(igtkit.load_sample())
    assert list(steps.filter_quality()(sample)) == sample


def test_rules_may_be_chosen_and_added():
    short = QualityRule("short", "one word", lambda igt: " " not in igt.transcription)
    items = [IGT("ev", glosses="a"), IGT("bu ev"), IGT("3 4", glosses="a")]
    assert list(steps.filter_quality([short])(items)) == items[1:]
    assert list(steps.filter_quality(["no-glosses"])(items)) == [items[0], items[2]]
    assert list(steps.filter_quality("no-letters")(items)) == items[:2]
    with pytest.raises(InputError, match="no quality rule is named 'nice'"):
        steps.filter_quality(["nice"])


def test_few_entries_of_the_shared_task_are_of_no_use(shared):
    for path in sorted((shared / "data/sigmorphon2023").glob("*/*train*")):
        items = list(igtkit.read(path, "sigmorphon"))
        kept = list(steps.filter_quality()(items))
        assert len(kept) > 0.97 * len(items), path
