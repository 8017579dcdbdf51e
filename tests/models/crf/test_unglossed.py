"""Texts without glosses: other forms of a new stem tell its end, two translations its gloss."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models.quick import quick_glosser

from igtkit import IGT
from igtkit.errors import InputError
from igtkit.models import CrfGlosser
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.unglossed import Unglossed
from igtkit.models.crf.unknown import OTHER_GLOSS
from tests.models.crf.conftest import make_texts

Text = list[list[Hypothesis]]


def _words(texts: Sequence[Text]) -> list[list[str]]:
    return [["".join(word[0].forms) for word in text] for text in texts]


def _together(texts: Sequence[Text]) -> list[Text]:
    """Texts as they are read with what they say themselves."""
    lines = _words(texts)
    known = Unglossed().with_texts(lines, texts)
    return [known.read(*both) for both in zip(lines, texts, strict=True)]


def _guesses(shares: dict[str, float], source: str = "word") -> Text:
    """One word, a stem with a plural, with these guesses for its stem."""
    return [
        [
            Hypothesis(("kora", "t"), (gloss, "PL"), share, ("", "-"), source, stem=0)
            for gloss, share in shares.items()
        ]
    ]


def _cuts(word: str, shares: dict[int, float]) -> Text:
    """One word, with the chances that its new stem has so many letters, the rest an affix."""
    return [
        [
            Hypothesis((word[:end], word[end:]), ("X", "Y"), share, ("", "-"), "copy", stem=0)
            for end, share in shares.items()
        ]
    ]


def _read(words: Text) -> dict[str, float]:
    return {one.glosses[0]: pytest.approx(one.probability) for one in words[0]}


def test_the_gloss_that_two_translations_offer_wins_everywhere() -> None:
    texts = [
        _guesses({"river": 0.5, "cold": 0.3, OTHER_GLOSS: 0.2}),
        _guesses({"big": 0.5, "river": 0.4, OTHER_GLOSS: 0.1}),
        _guesses({"kora": 0.8, OTHER_GLOSS: 0.2}, "copy"),
    ]
    # the last one has no translation, and tells nothing of the gloss
    shares = {"river": 0.45, "cold": 0.15, "big": 0.25, OTHER_GLOSS: 0.15}
    for words in _together(texts):
        assert _read(words) == shares
        assert words[0][0].glosses == ("river", "PL")
        assert words[0][0].boundaries == ("", "-")


def test_without_agreement_nothing_changes() -> None:
    texts = [_guesses({"river": 0.6, OTHER_GLOSS: 0.4}), _guesses({"big": 0.6, OTHER_GLOSS: 0.4})]
    assert _together(texts) == texts


def test_two_words_of_one_text_do_not_agree() -> None:
    twice = _guesses({"river": 0.6, OTHER_GLOSS: 0.4}) * 2
    assert _together([twice]) == [twice]


def test_known_analyses_keep_their_probability() -> None:
    known = Hypothesis(("korat",), ("winter",), 0.5, ("",), "", 2.0)
    half = [_guesses({"river": 0.3, OTHER_GLOSS: 0.2})[0], [known]]
    texts = [[[*half[0], known]], [[*half[0], known]]]
    for words in _together(texts):
        assert known in words[0]
        assert sum(one.probability for one in words[0]) == pytest.approx(1.0)


def test_another_form_of_a_new_stem_tells_where_it_ends() -> None:
    texts = [_cuts("kirpiler", {6: 0.6, 5: 0.4}), _cuts("kirpide", {5: 0.5, 3: 0.5})]
    first, second = _together(texts)
    # one word more, of which half has the stem, and one with .4 of it; five letters
    times = 1 + 0.5 * 2**5 / 4
    assert first[0][0].forms == ("kirpi", "ler")
    assert first[0][0].probability == pytest.approx(0.4 * times / (0.4 * times + 0.6))
    assert first[0][0].kin == 0.5
    assert second[0][0].forms == ("kirpi", "de")
    assert second[0][0].probability > texts[1][0][0].probability


def test_a_word_is_no_evidence_for_itself_however_often_it_is_met() -> None:
    texts = [_cuts("kirpiler", {6: 0.6, 5: 0.4})] * 3
    assert _together(texts) == texts


def test_a_short_stem_that_is_shared_says_less_than_a_long_one() -> None:
    def gained(word: str, other: str) -> float:
        texts = [_cuts(word, {len(word) - 2: 0.5, len(word) - 1: 0.5}), _cuts(other, {-2: 1.0})]
        return _together(texts)[0][0][0].probability

    assert gained("kade", "kano") < gained("kiradade", "kiradano")


shares = st.dictionaries(st.integers(1, 4), st.floats(0.01, 1), min_size=1, max_size=4)
cut_words = st.tuples(st.text("ab", min_size=5, max_size=6), shares)


@given(st.lists(st.lists(cut_words, max_size=3), max_size=4))
def test_what_is_read_keeps_each_words_mass_and_cuts(drawn: list[list[tuple[str, dict]]]) -> None:
    texts = [[_cuts(word, row)[0] for word, row in text] for text in drawn]
    for before, after in zip(texts, _together(texts), strict=True):
        for old, new in zip(before, after, strict=True):
            assert {one.forms for one in old} == {one.forms for one in new}
            mass = sum(one.probability for one in old)
            assert sum(one.probability for one in new) == pytest.approx(mass)
            assert [one.probability for one in new] == sorted(
                (one.probability for one in new), reverse=True
            ) or new == old


@given(st.lists(st.lists(cut_words, max_size=3), max_size=4), st.integers(0, 4))
def test_texts_taken_in_one_after_another_are_as_all_at_once(
    drawn: list[list[tuple[str, dict]]], parted: int
) -> None:
    texts = [[_cuts(word, row)[0] for word, row in text] for text in drawn]
    lines = _words(texts)
    whole = Unglossed().with_texts(lines, texts)
    parts = Unglossed().with_texts(lines[:parted], texts[:parted])
    before = (dict(parts.words), {w: dict(s) for w, s in parts.stems.items()})
    both = parts.with_texts(lines[parted:], texts[parted:])
    assert both.words == whole.words
    assert {w: pytest.approx(dict(s)) for w, s in whole.stems.items()} == both.stems
    assert (parts.words, parts.stems) == before


@pytest.fixture(scope="module")
def new_texts() -> list[IGT]:
    """Texts without glosses, with forms of stems that training has not."""
    return [
        IGT("kirpin mite haneta .", translation="The hedgehog did see the dog."),
        IGT("kirpike suna dokiru .", translation="The hedgehogs will take the river."),
        IGT("kirpis felun sibuta .", translation="The hedgehog did hear the mouse."),
        IGT("felu kalon zemoru .", translation="The mouse will make the house."),
    ]


@pytest.fixture(scope="module")
def taught(small, new_texts: list[IGT]) -> CrfGlosser:
    return CrfGlosser(small).fit(make_texts(40), unlabeled=new_texts)


def test_unlabeled_texts_are_as_texts_glossed_together(taught, small, new_texts) -> None:
    together = CrfGlosser(small).fit(make_texts(40)).predict(new_texts, transductive=True)
    alone = [taught.predict([text])[0] for text in new_texts]
    for own, other in zip(alone, together, strict=True):
        assert (own.segmentation, own.glosses) == (other.segmentation, other.glosses)
    assert {one.system for one in alone} == {"CrfGlosser"}


def test_what_is_said_of_a_new_stem_stands_in_the_evidence(taught, new_texts) -> None:
    found = taught.predict(new_texts, evidence=True)
    said = " ".join(line for text in found for row in text.words for line in row[0].evidence)
    assert "'kirpi' is not known, but is in 2 other words without a gloss" in said


def test_it_is_saved_to_the_last_bit(taught, new_texts, tmp_path) -> None:
    taught.save_pretrained(tmp_path / "glosser")
    loaded = CrfGlosser.from_pretrained(tmp_path / "glosser")
    assert loaded.predict(new_texts, n_best=3) == taught.predict(new_texts, n_best=3)


def test_another_process_can_take_it(taught, new_texts) -> None:
    moved = pickle.loads(pickle.dumps(taught))
    assert moved.predict(new_texts, n_best=3) == taught.predict(new_texts, n_best=3)


def test_glosses_of_unlabeled_texts_are_not_looked_at(taught, small, new_texts) -> None:
    glossed = [text.replace(segmentation="x", glosses="y z") for text in new_texts]
    other = CrfGlosser(small).fit(iter(make_texts(40)), unlabeled=iter(glossed))
    assert other.predict(new_texts, n_best=3) == taught.predict(new_texts, n_best=3)


def test_unlabeled_texts_need_a_transcription(small) -> None:
    with pytest.raises(InputError, match="without transcription"):
        CrfGlosser(small).fit(make_texts(5), unlabeled=[IGT(None, "a", "b")])
    with pytest.raises(InputError, match="expected many texts"):
        CrfGlosser(small).fit(make_texts(5), unlabeled=IGT("a"))


def test_a_prediction_says_that_texts_were_glossed_together() -> None:
    train = [
        IGT("kato ven", "kat-o ven", "cat-N come", "The cat comes."),
        IGT("hundo dir", "hund-o dir", "dog-N say", "The dog says it."),
    ] * 5
    glosser = quick_glosser().fit(train)
    texts = [
        IGT("muso ven", translation="The mouse comes."),
        IGT("muso dir", translation="Says the mouse."),
        IGT("kato ven", translation="The cat comes."),
    ]
    together = glosser.predict(texts, transductive=True)
    glossed_together = "CrfGlosser (texts glossed together)"
    # the last one's words are known: others can tell nothing of them
    assert [one.system for one in together] == [glossed_together, glossed_together, "CrfGlosser"]
    assert {one.system for one in glosser.predict(texts)} == {"CrfGlosser"}
    assert len({(one.glosses or "").split()[0] for one in together[:2]}) == 1
