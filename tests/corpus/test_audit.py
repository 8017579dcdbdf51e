"""The audit: figures against slow counts, and parts that add up to the whole."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

import igtkit
from igtkit import IGT, Language
from igtkit.boundaries import is_word
from igtkit.corpus import Audit, Figures

many = st.lists(texts(), max_size=6)


@given(many, many, many)
def test_parts_add_up_to_the_whole(one, two, three):
    audits = [Audit.of(part) for part in (one, two, three)]
    whole = Audit.of(one + two + three)
    assert audits[0] + audits[1] + audits[2] == whole
    assert audits[0] + (audits[1] + audits[2]) == whole
    assert audits[2] + audits[1] + audits[0] == whole
    assert Audit() + whole == whole + Audit() == whole
    assert audits[0] == Audit.of(one), "adding changes no part"


@given(many)
def test_groups_add_up_to_the_total(items):
    audit = Audit.of(items)
    for groups in (audit.by_split, audit.by_source):
        assert sum(groups.values(), Figures()) == audit.total
    assert audit.total.entries == len(items)


@given(many)
def test_figures_agree_with_a_slow_count(items):
    figures = Audit.of(items).total
    counted = [
        igt.segmentation if (igt.segmentation or "").strip() else igt.transcription for igt in items
    ]
    tokens = [token for line in counted for token in (line or "").split()]
    assert figures.tokens == len(tokens)
    assert figures.words == sum(map(is_word, tokens))
    assert figures.lines["translation"] == sum(
        bool((igt.translation or "").strip()) for igt in items
    )
    checked = [igtkit.check(igt, notes=True) for igt in items]
    known = {"infix-count", "reduplication-count"}
    assert figures.misaligned == sum(
        any(issue.code not in known for issue in igtkit.check(igt)) for igt in items
    )
    assert figures.issues.total() == sum(map(len, checked))
    for code, n in figures.texts_with.items():
        assert n == sum(any(issue.code == code for issue in issues) for issues in checked)


def test_the_figures_of_two_sentences():
    tsez = Language("dido1241", "Tsez", "ddo")
    audit = Audit.of(
        [
            IGT("kid yesi", "kid yes-i .", "girl be-PRS", "There is a girl.", language=tsez,
                metalanguage="English", split="train", source="one"),
            IGT("kidbi", "kid-bi", "girl", language=tsez, split="dev", source="two"),
            IGT("ev", glosses="house", language="Turkish", split="dev", source="two"),
        ]
    )  # fmt: skip
    total = audit.total
    assert total.to_dict() | {
        "entries": 3, "languages": 2, "metalanguages": 1,
        "with_transcription": 3, "with_segmentation": 2, "with_glosses": 3, "with_translation": 1,
        "misaligned": 1, "tokens": 5, "words": 4, "segmented_words": 3, "morphemes": 5,
        "gloss_count": 5, "compared_words": 3, "spelled_words": 3,
        "word_types": 4, "morpheme_types": 4, "gloss_types": 4,
        "morphemes_per_word": 5 / 3, "spelled_share": 1.0,
    } == total.to_dict()  # fmt: skip
    assert total.texts_with["morpheme-count"] == 1
    assert {name: each.entries for name, each in audit.by_split.items()} == {"dev": 2, "train": 1}
    assert {name: each.words for name, each in audit.by_source.items()} == {"one": 2, "two": 2}
    assert total.languages == {"dido1241": 2, "Turkish": 1}


def test_segments_that_do_not_spell_the_word_are_counted():
    figures = Audit.of([IGT("went home", "go-PST home", "go-PST home"), IGT("a b", "a", "x")]).total
    assert (figures.compared_words, figures.spelled_words) == (2, 1)
    assert figures.spelled_share == 0.5
    assert Audit().total.spelled_share is None


def test_texts_of_two_splits_are_counted_whatever_the_order():
    texts = [
        *(IGT(line, split="dev") for line in ("Gel!", "gel", "git", "?")),
        IGT("git", split="test", source="one"),
        *(IGT(line, split="train", source="two") for line in ("gel", "dur", "!")),
        IGT("gel"),
    ]
    for order in (texts, texts[::-1]):
        audit = Audit.of(order)
        assert audit.overlap == audit.to_dict()["overlap"] == {"dev": 2, "test": 0}
        assert "| dev | 4 | 2 |" in audit.to_markdown()
    assert Audit.of(texts[:5]).overlap == {}, "there is no train"
    assert "in train too" not in Audit.of(texts[5:]).to_markdown()


def test_the_audit_shows_itself():
    audit = Audit.of(igtkit.load_sample())
    text = audit.to_markdown()
    assert "| entries | 48 | 49 | 323 | 420 |" in text
    assert "| `surface-form` |" not in text, "segments of the sample spell its words"
    assert json.loads(json.dumps(audit.to_dict())) == audit.to_dict()
    assert set(audit.to_dict()["by_split"]) == {"train", "dev", "test"}
