"""Rules that make glosses of words of the translation."""

from __future__ import annotations

import pytest

from igtkit.models.crf.unknown.rules import GlossRules

SENTENCES = [
    (["dog", "see", "PST"], ["The", "dog", "saw", "it"]),
    (["dog", "be.angry"], ["The", "angry", "dogs"]),
    (["cat", "see"], ["The", "cat", "sees"]),
    (["cat", "be.tired", "PST"], ["The", "cats", "were", "tired"]),
    (["brother"], ["Brothers"]),
    (["fire", "burn"], ["A", "blaze"]),
    (["fire"], ["The", "blaze", "again"]),
]


def test_rules_make_glosses_of_words_they_were_not_seen_with():
    rules = GlossRules()
    for glosses, words in SENTENCES:
        rules.learn(glosses, words)
    assert "horse" in [made.gloss for made in rules.apply("horses", ())]
    assert "be.hungry" in [made.gloss for made in rules.apply("hungry", {"be.hungry"})]
    assert rules.apply("horses", {"horse"})[0].gloss == "horse"


def test_what_a_rule_cuts_off_leaves_a_word():
    rules = GlossRules()
    rules.learn(["walk", "go", "see"], ["walking", "going", "seeing"])
    words = {"cut", "cutting", "settle", "settling", "walk", "oozing"}

    def made(word, known=()):
        return [one.gloss for one in rules.apply(word, known, words.__contains__)]

    assert made("cutting")[0] == "cut"
    assert made("settling")[0] == "settle"
    assert made("oozing")[0] == "ooz"  # nothing better is known
    assert made("oozing", {"ooze"})[0] == "ooze"


def test_the_first_rules_of_a_cut_are_those_of_all():
    rules, alone = GlossRules(), []
    for number in range(40):  # more than are looked at, each seen twice or oftener
        for _ in range(2 + number % 5):
            rules.learn([f"walk.{number:02}"], ["walked"])
        alone.append((-(2 + number % 5), f"walk.{number:02}"))
    best = [gloss for _, gloss in sorted(alone)[:3]]
    known = {f"talk{gloss[4:]}" for _, gloss in alone}
    made = [one.gloss for one in rules.apply("talked", known)]
    assert made == [f"talk{gloss[4:]}" for gloss in best]


@pytest.mark.parametrize(("glosses", "kept"), [(["Ruth", "Noah"], True), (["ruth", "noah"], False)])
def test_a_name_keeps_its_capital_where_the_glosses_of_a_corpus_do(glosses, kept):
    rules = GlossRules()
    rules.learn([glosses[0], "see"], ["I", "see", "Ruth"])
    rules.learn([glosses[1], "come"], ["Then", "Noah", "comes"])
    rules.learn(["dog", "run"], ["Dogs", "run"])
    first = rules.apply("Jason", (), capital=True)[0].gloss
    assert first == ("Jason" if kept else "jason")
    assert rules.apply("Horses", ())[0].gloss.islower()  # the capital is the sentence's


def test_a_capital_may_stay_where_nothing_is_known_of_names():
    rules = GlossRules()
    rules.learn(["dog", "run"], ["Dogs", "run"])
    assert "Jason" in [made.gloss for made in rules.apply("Jason", (), capital=True)]
