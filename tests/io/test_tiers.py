"""The tier map: what users say, what is guessed, and what the errors tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError, InputError
from igtkit.io import TierMap
from igtkit.io._tiers.groups import group_tiers
from igtkit.io._tiers.model import Annotation, Tier, overlapping
from igtkit.io._tiers.words import Word, group_by_marks, plain_dashes, read_word, tab_line


def tier(name, *texts, parent=None, constraint="", kind="", speaker=None):
    made = Tier(name, type=kind, constraint=constraint, parent=parent, participant=speaker)
    made.annotations = [Annotation(str(n), text, tier=made) for n, text in enumerate(texts)]
    return made


class TestTierMap:
    def test_a_tier_guide(self, shared):
        lines = (shared / "data/interchange/eaf/ijal_lokono.tierGuide.yaml").read_text("utf-8")
        guide = dict(line.split(":", maxsplit=1) for line in lines.splitlines() if line.strip())
        asked = TierMap.of({key: value.strip() for key, value in guide.items()})
        assert asked == TierMap(
            transcription="Orthographic represntation",
            translation="English translation",
            segmentation="morpheme",
            glosses="gloss",
        )

    def test_names_patterns_and_names_without_speaker(self):
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
    def test_what_is_none(self, value, message):
        with pytest.raises(InputError, match=message.replace("(", r"\(")):
            TierMap.of(value)


class TestGuess:
    def roles(self, *tiers, **asked):
        groups = group_tiers(tiers, TierMap(**asked), "a.eaf")
        return [{line: one.name for line, one in group.roles.items()} for group in groups]

    def test_names_win_over_types(self):
        root = tier("Utterance", "a b", kind="default-lt")
        child = tier(
            "English", "A B", parent=root, constraint="Symbolic_Association", kind="phrase"
        )
        assert self.roles(root, child) == [{"transcription": "Utterance", "translation": "English"}]

    @pytest.mark.parametrize(
        ("names", "chosen"),
        [
            (("glosses", "Traducción español", "Traducción inglés"), "Traducción español"),
            (("Glosas inglés", "Traducción español", "Traducción inglés"), "Traducción inglés"),
            (("Glosas español", "Traducción inglés", "Traducción español"), "Traducción español"),
            (("gloss_de", "ft_en", "ft_xx"), "ft_en"),
            (("A_morph-gls-tpi", "A_phrase-gls-en", "A_phrase-gls-tpi"), "A_phrase-gls-tpi"),
        ],
    )
    def test_the_translation_is_in_the_language_of_the_glosses(self, names, chosen):
        root = tier("A_phrase-txt-wad" if "phrase" in names[1] else "tx", "a b")
        parts = tier("A_morph-txt-wad", "a", "b", parent=root, constraint="Symbolic_Subdivision")
        kind = "Symbolic_Association"
        glosses = tier(names[0], "A", "B", parent=parts, constraint=kind)
        free = [tier(name, "A B", parent=root, constraint=kind) for name in names[1:]]
        [roles] = self.roles(root, parts, glosses, *free)
        assert (roles["glosses"], roles["translation"]) == (names[0], chosen)

    @pytest.mark.parametrize(
        ("words", "glosses", "line"),
        [
            (("ev-de", "kim"), ("house-LOC", "who"), "segmentation"),
            (("evde", "kim"), ("house-LOC", "who"), "words"),
            (("git-gel", "kim"), ("traffic", "who"), "words"),
        ],
    )
    def test_a_tier_of_words_that_is_segmented(self, words, glosses, line):
        root = tier("utterance", "evde kim")
        kind = "Symbolic_Subdivision"
        word = tier("word", *words, parent=root, constraint=kind)
        gloss = tier("gloss", *glosses, parent=word, constraint="Symbolic_Association")
        [roles] = self.roles(root, word, gloss)
        assert roles == {"transcription": "utterance", line: "word", "glosses": "gloss"}

    def test_speakers_of_whom_each_has_one_tier(self):
        anna = tier("Anna", "a b", kind="default-lt", speaker="Anna")
        bob = tier("Bob", "c", kind="default-lt", speaker="Bob")
        assert self.roles(anna, bob) == [{"transcription": "Anna"}, {"transcription": "Bob"}]
        with pytest.raises(FileFormatError, match="which tier has the text"):
            self.roles(anna, bob, tier("Bob-2", "?", kind="default-lt", speaker="Bob"))

    def test_types_where_names_tell_nothing(self):
        root = tier("K-Spch", "a b", kind="utterance")
        words = tier("K-1", "a", "b", parent=root, constraint="Symbolic_Subdivision", kind="word")
        assert self.roles(root, words) == [{"transcription": "K-Spch", "words": "K-1"}]

    def test_structure_where_nothing_tells(self):
        root = tier("1", "ev de kim")
        words = tier("2", "evde", "kim", parent=root, constraint="Symbolic_Subdivision")
        parts = tier("3", "ev", "de", "kim", parent=words, constraint="Symbolic_Subdivision")
        below = tier("4", "house", "LOC", "who", parent=parts, constraint="Symbolic_Association")
        beside = tier("5", "Who is it?", parent=root, constraint="Symbolic_Association")
        assert self.roles(root, words, parts, below, beside) == [
            {
                "transcription": "1",
                "words": "2",
                "segmentation": "3",
                "glosses": "4",
                "translation": "5",
            }
        ]

    def test_numbers_are_no_text(self):
        root = tier("phrase-number", "1", "2", kind="phrase")
        words = tier("words", "a", "b", parent=root, constraint="Symbolic_Subdivision")
        (group,) = group_tiers([root, words], TierMap(), "a.eaf")
        assert group.unit is root
        assert "transcription" not in group.roles

    def test_tiers_that_are_not_read_are_named(self, caplog):
        self.roles(tier("tx@A", "a b"), tier("gesture@B", "nod", "nod"))
        assert "not read: gesture@B (2)" in caplog.text

    def test_uncertain(self):
        with pytest.raises(FileFormatError) as raised:
            self.roles(
                tier("eins", "a b"), tier("zwei", "c d", kind="lt", speaker="Z"), tier("drei")
            )
        message = str(raised.value)
        assert message.startswith("a.eaf: which tier has the text?")
        assert "tiers={'transcription':" in message

    def test_one_tier_alone_is_the_text(self):
        assert self.roles(tier("default", "a b")) == [{"transcription": "default"}]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8)), max_size=8),
    st.lists(st.integers(1, 6), max_size=6),
)
def test_overlap_against_a_slow_oracle(pieces, lengths):
    wholes, at = [], 0
    for length in lengths:
        wholes.append(Annotation("", "", float(at), float(at + length)))
        at += length
    spans = [Annotation("", "", float(begin), float(begin + long)) for begin, long in pieces]
    for piece, found in zip(spans, overlapping(spans, wholes), strict=True):
        shares = [min(piece.end, one.end) - max(piece.begin, one.begin) for one in wholes]
        if piece.begin == piece.end:
            touching = [n for n, share in enumerate(shares) if share >= 0]
            assert (found in touching) if touching else found is None
        elif not shares or max(shares) <= 0:
            assert found is None
        elif piece.end - piece.begin <= min(lengths):
            assert shares[found] == max(shares)


def whole(word, **changes):
    options = {"whole": False, "segmented": True, "glossed": True, "tagged": False, **changes}
    cell = read_word(word, **options)
    return cell.form, cell.gloss


class TestWords:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            (Word("evlerde", ("ev", "ler", "de"), ("house", "PL", "LOC")),
             ("ev-ler-de", "house-PL-LOC")),
            (Word("benim", ("ben", "=im"), ("1SG", "COP")), ("ben=im", "1SG=COP")),
            (Word("benim", ("ben", "im"), ("1SG", "=COP")), ("ben=im", "1SG=COP")),
            (Word("evde", ("ev", "de"), ("house",)), ("ev-de", "???-???")),
            (Word("evde", ("ev", "de"), ("house-LOC",)), ("ev-de", "house-LOC")),
            (Word("evde", ("ev", "de"), ("house", "")), ("ev-de", "house-???")),
            (Word("ad-hoc", (), ()), ("ad‐hoc", "???")),
            (Word("evde", (), ("at home",)), ("evde", "at.home")),
            (Word(",", (), ()), (None, None)),
            (Word(",", (",",), ()), (",", None)),
            (Word(None, ("=ki",), ("=REL",)), ("=ki", "=REL")),
            (Word(None, ("=ki",), ("REL",)), ("ki", "REL")),
        ],
    )  # fmt: skip
    def test_morphemes(self, word, expected):
        assert whole(word) == expected

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            (Word("evde", ("ev–de",), ("house–LOC",)), ("ev-de", "house-LOC")),
            (Word("evde", ("ev-de",), ()), ("ev-de", "???-???")),
            (Word("evde", ("ev-de",), ("house", "LOC")), ("ev-de", "house-LOC")),
        ],
    )
    def test_words_with_their_boundaries(self, word, expected):
        assert whole(word, whole=True) == expected

    def test_dashes_and_tabs(self):
        assert plain_dashes("a–b – c") == "a-b – c"
        assert tab_line("a b\t\tc", gloss=True) == "a.b ??? c"

    def test_morphemes_that_spell_the_words(self):
        assert group_by_marks(["Ev", "de", "kim"], ["evde", "kim"]) == [0, 0, 1]
        assert group_by_marks(["un-", "do", "=s", "it"], ["xyz"]) == [0, 0, 0, 1]
        assert group_by_marks([], []) == []
