"""CrfGlosser as its users meet it."""

from __future__ import annotations

import random

import pytest

from igtkit import IGT, alignment_score, check, metrics, normalize, read
from igtkit.boundaries import split_morphemes, split_words
from igtkit.errors import InputError, NotFittedError
from igtkit.models import CrfGlosser, LookupGlosser
from igtkit.models.crf.labels import rename

from .conftest import make_texts


def _error(predictions, references):
    report = metrics.evaluate(predictions=predictions, references=references, preset="paper")
    return report.to_dict()["glossing"]["morpheme"]["error_rate"]


def test_learns_the_language(glosser, held_out):
    predictions = glosser.predict(held_out)
    assert _error(predictions, held_out) < 0.02
    assert [p.segmentation for p in predictions].count(None) == 0
    lookup = LookupGlosser().fit(make_texts(60)).predict(held_out)
    assert _error(predictions, held_out) < _error(lookup, held_out)


def test_same_seed_same_glosser(texts, held_out, small):
    one, other = (CrfGlosser(small, seed=5).fit(texts).predict(held_out) for _ in range(2))
    assert one == other


def test_texts_that_were_learned_are_known_again_however_they_are_typed(small, tmp_path):
    texts = make_texts(20)
    glosser = CrfGlosser(small).fit([*texts[:10], IGT("Mite balu .", "mite", "dog lamp X")])
    glosser.update(IGT("Gufin, balu!", "gufi-n ???", "cup-ACC ???"))
    glosser.save_pretrained(tmp_path)
    loud = [text.replace(transcription=text.transcription.upper()) for text in texts[:10]]
    asked = [*loud, IGT("gufin balu"), IGT("mite balu"), IGT("xyz"), IGT("...")]
    for one in (glosser, CrfGlosser.from_pretrained(tmp_path)):
        assert one.find_seen(asked) == [True] * 11 + [False] * 3


def test_a_stem_never_seen_is_glossed_from_the_translation(texts, small):
    glosser = CrfGlosser(small).fit(make_texts(200))
    found = glosser.predict([IGT("Balun mite haneta .", translation="The lamp did see the dog.")])[
        0
    ]
    assert split_words(found.glosses)[0].startswith("lamp")
    assert split_words(found.glosses)[1:] == ["dog", "see-PST"]


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_few_sentences_are_enough_to_predict(count, small, held_out):
    predictions = CrfGlosser(small).fit(make_texts(count)).predict(held_out[:5])
    for prediction, text in zip(predictions, held_out, strict=False):
        assert len(split_words(prediction.glosses)) == 3
        assert not check(
            text.replace(segmentation=prediction.segmentation, glosses=prediction.glosses)
        )


def test_without_translations(small, held_out):
    glosser = CrfGlosser(small).fit(make_texts(60, translation=False))
    assert _error(glosser.predict(held_out), held_out) < 0.05


def test_words_without_segmentation_teach_too(small, held_out):
    texts = make_texts(80)
    half = [t if i % 2 else t.replace(segmentation=None) for i, t in enumerate(texts)]
    predictions = CrfGlosser(small).fit(half).predict(held_out)
    assert _error(predictions, held_out) < 0.1


def with_filler(text):
    return text.replace(transcription=f"{text.transcription.rstrip(' .')} [um] .")


def test_words_teach_whose_sentence_has_a_filler(small, held_out):
    texts = [with_filler(text) for text in make_texts(60)]
    glosser = CrfGlosser(small).fit(texts)
    assert glosser.left_out == 0
    assert glosser.passed_over == tuple((text, ("[um]",)) for text in texts)
    assert _error(glosser.predict(held_out), held_out) < 0.02


def test_words_of_a_correction_teach_whose_sentence_has_a_filler(small, texts):
    correction = IGT("um Wobun mite", "wobu-n mite", "uncle-ACC see")
    glosser = CrfGlosser(small).fit(texts).update(correction)
    assert glosser.passed_over == ((correction, ("um",)),)
    assert (glosser.left_out, glosser.refused) == (0, ())
    assert glosser.predict([IGT("Wobun .")])[0].glosses == "uncle-ACC"


def test_a_clitic_is_learned_as_the_word_that_the_transcription_makes_of_it(small):
    texts = [
        IGT("Nag bom ikop .", "nag=bom ikop .", "friend=ACC see ."),
        IGT("Baet bom walle .", "baet=bom walle .", "cuscus=ACC water ."),
    ]
    found = CrfGlosser(small).fit(texts).predict([IGT("Baet nag bom .")])[0]
    assert (found.segmentation, found.glosses) == ("baet nag =bom .", "cuscus friend =ACC .")


def test_a_corpus_without_any_segmentation_gives_glosses_alone(small, held_out):
    texts = [text.replace(segmentation=None) for text in make_texts(200)]
    predictions = CrfGlosser(small).fit(texts).predict(held_out)
    assert all(p.segmentation is None for p in predictions)
    assert _error(predictions, held_out) < 0.3


@pytest.mark.parametrize(
    ("stem", "suffix"),
    [("кот", "ы"), ("猫", "们"), ("بيت", "ين"), ("𐐨𐐲", "𐑀"), ("İs", "ß"), ("ka'", "ʔa")],
)
def test_any_script(stem, suffix, small):
    texts = [IGT(f"{stem}{suffix} {stem} .", f"{stem}-{suffix} {stem} .", "cat-PL cat .")] * 3
    found = CrfGlosser(small).fit(texts).predict([IGT(f"{stem} {stem}{suffix} .")])[0]
    assert found.glosses == "cat cat-PL ."
    assert found.segmentation == f"{stem} {stem}-{suffix} ."


def test_punctuation_follows_the_corpus_habits(small):
    keeping = [IGT("mi , po .", "mi , po .", "a , b .")] * 3
    dropping = [IGT("mi, po.", "mi po", "a b")] * 3
    assert CrfGlosser(small).fit(keeping).predict([IGT("po , mi .")])[0].glosses == "b , a ."
    found = CrfGlosser(small).fit(dropping).predict([IGT("po, mi .")])[0]
    assert (found.segmentation, found.glosses) == ("po mi", "b a")


def test_clitics_keep_their_boundary(small):
    texts = [IGT("mipo mita", "mi=po mi-ta", "a=B a-C")] * 3
    found = CrfGlosser(small).fit(texts).predict([IGT("mita mipo")])[0]
    assert (found.segmentation, found.glosses) == ("mi-ta mi=po", "a-C a=B")


def test_empty_input_and_empty_lines(glosser):
    assert glosser.predict([]) == []
    empty, marks = glosser.predict([IGT(""), IGT(". ,")])
    assert empty.glosses == ""
    assert len(marks.words) == 2


def test_segmentation_that_is_given_is_kept(glosser, held_out):
    found = glosser.predict(held_out, given="segmentation")
    assert [p.segmentation for p in found] == [t.segmentation for t in held_out]
    assert _error(found, held_out) < 0.02
    odd = glosser.predict(
        [IGT("Bluke", "blu-ke-zzz-n", translation="The lamps")], given="segmentation"
    )
    assert len(split_morphemes(odd[0].glosses)) == 4
    assert split_morphemes(odd[0].glosses)[3][1] == "ACC"


def test_what_a_person_has_done_is_law(glosser):
    text = IGT("Kalo miten haneta .", "??? mit-en ???", "hut ??? ???", "The house did see the dog.")
    found = glosser.predict([text], given="partial")[0]
    assert split_words(found.glosses)[0] == "hut"
    assert split_words(found.segmentation)[1] == "mit-en"
    assert len(split_morphemes(split_words(found.glosses)[1])) == 2
    assert split_words(found.glosses)[2] == "see-PST"


def test_a_gap_inside_a_gloss_is_filled(glosser):
    text = IGT("Kalo miten haneta .", None, "??? ???-ACC ???")
    assert split_words(glosser.predict([text], given="partial")[0].glosses)[1] == "dog-ACC"


@pytest.mark.parametrize("seed", range(5))
def test_partial_changes_no_word_that_is_there(glosser, held_out, seed):
    rng = random.Random(seed)
    known = [
        t.replace(glosses=" ".join(rng.choice((w, "???", "X-Y")) for w in split_words(t.glosses)))
        for t in held_out
    ]
    texts = [t.replace(segmentation=None) for t in known]
    for text, found in zip(texts, glosser.predict(texts, given="partial"), strict=True):
        for mine, predicted in zip(
            split_words(text.glosses), split_words(found.glosses), strict=True
        ):
            assert mine in ("???", predicted)


def test_n_best_probabilities_and_abstention(glosser, held_out):
    for found in glosser.predict(held_out[:10], n_best=4):
        for row in found.words:
            shares = [one.probability for one in row if one.probability is not None]
            assert sum(shares) <= 1 + 1e-6
            assert len({(one.form, one.gloss) for one in row}) == len(row) <= 4
    unsure = glosser.predict([IGT("zzzq mite haneta")], threshold=0.9999999)[0]
    assert "???" in split_words(unsure.glosses)[0]


def test_corrections_count_at_once(small, texts):
    glosser = CrfGlosser(small).fit(texts)
    sentence = IGT("Wobu balun haneta .", "wobu balu-n hane-ta", "uncle lamp-ACC see-PST")
    assert glosser.predict([IGT("Wobu balun haneta .")])[0].glosses != sentence.glosses
    glosser.update(sentence)
    assert glosser.predict([IGT("Wobu balun haneta .")])[0].glosses == sentence.glosses
    assert split_words(glosser.predict([IGT("Balus haneta .")])[0].glosses)[0] == "lamp-DAT"
    glosser.update([IGT("Balun haneta .", "balu-n hane-ta", "lantern-NEWCASE see-PST")] * 6)
    assert split_words(glosser.predict([IGT("Balun haneta .")])[0].glosses)[0] == "lantern-NEWCASE"
    with pytest.raises(InputError, match="no word to learn from: none of the texts has glosses"):
        glosser.update(IGT("a b c"))


def test_labels_on_the_way_in_and_out(small, texts, held_out):
    renamed = CrfGlosser(small, labels={"PST": "PRET"}).fit(texts)
    found = renamed.predict(held_out, labels={"ACC": "OBJ"})
    lines = " ".join(p.glosses for p in found)
    assert "PRET" in lines
    assert "OBJ" in lines
    assert "PST" not in lines
    assert "ACC" not in lines
    assert rename("he.ERG-PFV=Q go.PFV", {"PFV": "PERF"}) == "he.ERG-PERF=Q go.PERF"


def test_the_user_s_lexicon_labels_and_words(small, texts):
    glosser = CrfGlosser(
        small,
        lexicon={"wobu": "uncle"},
        closed_labels={"PL", "ACC", "DAT", "PST"},
        leave_alone={"Haneru"},
    ).fit(texts)
    found = glosser.predict([IGT("Wobun haneru ."), IGT("Wobu Haneru .")])
    assert split_words(found[0].glosses)[0] == "uncle-ACC"
    assert "FUT" not in found[0].glosses
    assert split_words(found[1].glosses)[1] == split_words(found[1].segmentation)[1] == "Haneru"


def test_improbable_suggestions_are_left_out(glosser, held_out):
    for found in glosser.predict(held_out[:20], n_best=50):
        for word in found.words:
            assert all(one.probability >= 0.01 for one in word[1:])


def test_clear_errors(glosser):
    with pytest.raises(NotFittedError, match="call fit"):
        CrfGlosser().predict([IGT("a")])
    with pytest.raises(InputError, match="none of 2 texts"):
        CrfGlosser().fit([IGT("a b", "c", "x"), IGT("a")])
    with pytest.raises(InputError, match="given must be"):
        glosser.predict([IGT("a")], given="glosses")
    with pytest.raises(InputError, match="no segmentation"):
        glosser.predict([IGT("a")], given="segmentation")
    with pytest.raises(InputError, match="without transcription"):
        glosser.predict([IGT(None, "a", "x")])
    with pytest.raises(InputError, match="pairs of a stem"):
        CrfGlosser(lexicon=[("a",)])


@pytest.mark.slow
@pytest.mark.parametrize(("language", "most"), [("git", 0.56), ("lez", 0.21), ("nyb", 0.105)])
def test_reaches_its_figures_on_dev(shared, language, most):
    folder = shared / f"data/sigmorphon2023/{language}"
    train, dev = (
        [
            normalize(text, rules="polygloss")
            for text in read(folder / f"{language}-{part}-track2-uncovered", "sigmorphon")
        ]
        for part in ("train", "dev")
    )
    predictions = CrfGlosser().fit(train).predict(dev)
    report = metrics.evaluate(predictions=predictions, references=dev, preset="published").to_dict()
    assert report["glossing"]["morpheme"]["error_rate"] <= most
    for prediction in predictions:
        assert alignment_score(prediction.segmentation, prediction.glosses) == 1


def test_punctuation_that_a_person_has_written_stays(glosser, texts):
    done = texts[0]
    begun = done.replace(
        transcription=done.transcription.replace(" .", "."), glosses="« ??? » , ??? ??? !"
    )
    (found,) = glosser.predict([begun], given="partial")
    first, second, third = (word.gloss for word in done.words if not word.is_punctuation)
    assert found.glosses == f"« {first} » , {second} {third} !"
    assert found.segmentation == done.segmentation
