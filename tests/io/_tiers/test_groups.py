"""The tiers of a file by speaker, and what is said of those that nobody can tell."""

from __future__ import annotations

import pytest
from documents.tiers import SUBDIVISION, tier

from igtkit.errors import FileFormatError, InputError
from igtkit.io import TierMap
from igtkit.io._tiers.groups import group_tiers


def roles_of(*tiers, **asked):
    groups = group_tiers(tiers, TierMap(**asked), "a.eaf")
    return [{line: one.name for line, one in group.roles.items()} for group in groups]


def test_speakers_of_whom_each_has_one_tier():
    anna = tier("Anna", "a b", kind="default-lt", speaker="Anna")
    bob = tier("Bob", "c", kind="default-lt", speaker="Bob")
    assert roles_of(anna, bob) == [{"transcription": "Anna"}, {"transcription": "Bob"}]
    with pytest.raises(FileFormatError, match="which tier has the text"):
        roles_of(anna, bob, tier("Bob-2", "?", kind="default-lt", speaker="Bob"))


def test_numbers_are_no_text():
    root = tier("phrase-number", "1", "2", kind="phrase")
    words = tier("words", "a", "b", parent=root, constraint=SUBDIVISION)
    (group,) = group_tiers([root, words], TierMap(), "a.eaf")
    assert group.unit is root
    assert "transcription" not in group.roles


def test_tiers_that_are_not_read_are_named(caplog):
    roles_of(tier("tx@A", "a b"), tier("gesture@B", "nod", "nod"))
    assert "not read: gesture@B (2)" in caplog.text


def test_uncertain():
    with pytest.raises(FileFormatError) as raised:
        roles_of(tier("eins", "a b"), tier("zwei", "c d", kind="lt", speaker="Z"), tier("drei"))
    message = str(raised.value)
    assert message.startswith("a.eaf: which tier has the text?")
    assert "tiers={'transcription':" in message


def test_one_tier_alone_is_the_text():
    assert roles_of(tier("default", "a b")) == [{"transcription": "default"}]


def test_a_single_line_goes_with_the_tree_of_the_same_speaker():
    anna, bob = tier("tx@A", "a b"), tier("tx@B", "c")
    below = [tier("mb@A", parent=anna, constraint=SUBDIVISION) for _ in "x"]
    loose = [tier("ft@A", "A B"), tier("ft@B", "C")]
    groups = group_tiers([anna, *below, bob, *loose], TierMap(), "a.eaf")
    assert [[one.name for one in group.tiers] for group in groups] == [
        ["tx@A", "mb@A", "ft@A"],
        ["tx@B", "ft@B"],
    ]
    assert [group.speaker for group in groups] == ["A", "B"]


def test_two_sentences_tiers_of_a_speaker_are_told_apart_by_number():
    groups = roles_of(tier("tx-1@A", "a b"), tier("ft-1@A", "A"), tier("tx-2@A", "c d"))
    assert groups == [
        {"transcription": "tx-1@A", "translation": "ft-1@A"},
        {"transcription": "tx-2@A"},
    ]


def test_every_tier_is_in_one_group_at_most(caplog):
    tiers = [
        tier("tx@A", "a"),
        tier("tx@B", "b"),
        tier("ft@A", "A"),
        tier("noise", "x", "y"),
    ]
    groups = group_tiers(tiers, TierMap(), "a.eaf")
    grouped = [id(one) for group in groups for one in group.tiers]
    assert len(grouped) == len(set(grouped)) == 3
    assert "not read: noise (2)" in caplog.text


def test_who_speaks_is_told_by_the_sentences_or_else_by_another_line():
    root = tier("text", "a b")
    words = tier("word", "a", "b", parent=root, constraint=SUBDIVISION, speaker="Ana")
    (group,) = group_tiers([root, words], TierMap(), "a.eaf")
    assert (group.unit, group.speaker) == (root, "Ana")
    (alone,) = group_tiers([tier("text", "a b")], TierMap(), "a.eaf")
    assert alone.speaker is None


def test_where_words_are_all_there_is_their_parent_has_the_sentences():
    root = tier("blocks", "", "")
    words = tier("word", "a", "b", parent=root, constraint=SUBDIVISION)
    parts = tier("morph", "a", "b", parent=words, constraint=SUBDIVISION)
    (group,) = group_tiers([root, words, parts], TierMap(), "a.eaf")
    assert group.unit is root
    (group,) = group_tiers([tier("word", "a b", "c d", "e")], TierMap(), "a.eaf")
    assert group.unit.name == "word"  # sentences by themselves: most have several words
    with pytest.raises(FileFormatError, match="which tier has the text"):
        group_tiers([tier("word", "a b", "c", "e")], TierMap(), "a.eaf")


def test_words_in_one_annotation_belong_to_the_sentence_above_them():
    root = tier("ref", "AB_001")
    words = tier("word", "ev\tde", parent=root, constraint="Symbolic_Association")
    (group,) = group_tiers([root, words], TierMap(), "a.eaf")
    assert group.unit is root


def test_what_the_user_names_is_read_of_each_speaker_that_has_it():
    tiers = [tier("eins@A", "a b"), tier("eins@B", "c"), tier("tx@C", "d")]
    assert roles_of(*tiers, transcription="eins") == [
        {"transcription": "eins@A"},
        {"transcription": "eins@B"},
    ]
    with pytest.raises(InputError, match="no tier 'zwei' for the transcription"):
        roles_of(*tiers, transcription="zwei")


def test_no_tiers_are_no_groups():
    assert group_tiers([], TierMap(), "a.eaf") == []
    assert group_tiers([tier("tx")], TierMap(), "a.eaf") == []
