"""What a linguist is promised, on a small invented language."""

from __future__ import annotations

import random

import pytest

import igtkit
from igtkit import IGT, plots
from igtkit.boundaries import is_word, split_morphemes, split_words
from igtkit.errors import InputError, ModelFileError
from igtkit.models import CrfGlosser, LookupGlosser


def error(glosser, texts, **options):
    report = igtkit.metrics.evaluate(
        predictions=glosser.predict(texts, **options), references=texts, preset="published"
    )
    return report.to_dict()["glossing"]["morpheme"]["error_rate"]


def suggested(predictions):
    """The suggestions for each word, without the punctuation."""
    rows = [row for prediction in predictions for row in prediction.words]
    return [row for row in rows if is_word(row[0].form or row[0].gloss or ".")]


def judged(glosser, texts, **options):
    forms = [word for text in texts for word in split_words(text.segmentation)]
    glosses = [word for text in texts for word in split_words(text.glosses)]
    rows = suggested(glosser.predict(texts, **options))
    return [
        (row[0].probability, (row[0].form, row[0].gloss) == gold)
        for row, gold in zip(rows, zip(forms, glosses, strict=True), strict=True)
    ]


def split_glosses(gloss):
    return [part for _, part in split_morphemes(gloss)]


def lines(predictions):
    return [(p.segmentation, p.glosses) for p in predictions]


@pytest.fixture
def changing(texts, small, tmp_path_factory, glosser):
    """A copy of the trained glosser that may be changed."""
    folder = tmp_path_factory.mktemp("copy")
    glosser.save_pretrained(folder)
    return CrfGlosser.from_pretrained(folder)


@pytest.fixture(scope="module")
def bare(texts):
    """The sentences to train on, without their translations."""
    return [text.replace(translation=None) for text in texts]


@pytest.fixture(scope="module")
def unsure(bare, small):
    """A glosser that has learned from very little."""
    return CrfGlosser(small).fit(bare[:8])


NEW = IGT("Wuzabun kalo haneta .", "wuzabu-n kalo hane-ta", "weasel-ACC house see-PST")


@pytest.mark.parametrize("count", [20, 60])
def test_it_is_no_worse_than_looking_words_up(texts, held_out, small, count):
    train = texts[:count]
    ours = error(CrfGlosser(small).fit(train), held_out)
    assert ours <= error(LookupGlosser().fit(train), held_out)
    assert ours < 0.2


def test_it_learns_without_translations_and_in_another_script(texts, held_out, small):
    letters = str.maketrans("aeioubdfghklmnprstvzwy", "ააეიოუბდფგჰკლმნპრსტვზყ"[1:] + "წ")

    def other(text):
        segmentation, surface = text.segmentation, text.transcription.lower()
        return IGT(surface.translate(letters), segmentation.translate(letters), text.glosses)

    train, test = list(map(other, texts)), list(map(other, held_out))
    assert error(CrfGlosser(small).fit(train), test) < 0.2


def test_lines_always_pair_up(glosser, held_out):
    noise = random.Random(2)
    strange = [IGT("".join(noise.choices("akeu -.,", k=noise.randint(1, 30)))) for _ in range(50)]
    for text in [*held_out, *strange]:
        predicted = glosser.predict([text], n_best=3)[0]
        assert igtkit.alignment_score(predicted.segmentation, predicted.glosses) == 1
        assert len(predicted.words) == len(split_words(text.transcription))


def test_the_same_seed_gives_the_same_glosser(texts, held_out, small, glosser):
    assert CrfGlosser(small).fit(texts).predict(held_out) == glosser.predict(held_out)


def test_suggestions_are_ranked_and_their_probabilities_add_up_to_one_at_most(unsure, held_out):
    predictions = unsure.predict(held_out, n_best=50)
    rows = suggested(predictions)
    assert any(len(row) > 2 for row in rows)
    for row in rows:
        chances = [one.probability for one in row]
        assert all(0 <= chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-6
        assert chances[1:] == sorted(chances[1:], reverse=True)
        assert len({(one.form, one.gloss) for one in row}) == len(row)
    assert lines(predictions) == lines(unsure.predict(held_out))


def test_probabilities_are_about_right(glosser, held_out):
    chances, right = zip(*judged(glosser, held_out), strict=True)
    assert plots.calibration_error(chances, right) < 0.15


def test_sure_words_are_right_more_often(unsure, held_out):
    rows = judged(unsure, held_out)
    threshold = sorted(chance for chance, _ in rows)[len(rows) // 2]
    kept = [hit for chance, hit in rows if chance >= threshold]
    assert sum(kept) / len(kept) > sum(hit for _, hit in rows) / len(rows)


def test_only_words_below_the_threshold_are_left_open(unsure, held_out):
    every = suggested(unsure.predict(held_out))
    threshold = sorted(row[0].probability for row in every)[len(every) // 3]
    kept = suggested(unsure.predict(held_out, threshold=threshold))
    for before, after in zip(every, kept, strict=True):
        assert after[0].form == before[0].form
        is_open = set(split_glosses(after[0].gloss)) == {"???"}
        assert is_open == (before[0].probability < threshold)
        assert is_open or after[0].gloss == before[0].gloss


def test_a_correction_is_known_at_once(changing):
    assert changing.predict([NEW])[0].glosses.split()[0] != "weasel-ACC"
    changing.update(NEW)
    assert changing.predict([NEW])[0].glosses == "weasel-ACC house see-PST"
    other = IGT("Mite wuzabu doki .")
    found = changing.predict([other], evidence=True)[0]
    assert found.glosses.split()[1] == "weasel"
    assert any("weasel" in line for line in found.words[1][0].evidence)


def test_corrections_help_and_training_again_is_no_worse(bare, held_out, small, unsure):
    test = [text.replace(translation=None) for text in held_out]
    after = CrfGlosser(small).fit(bare[:8]).update(bare[8:])
    assert error(after, test) < error(unsure, test)
    assert error(CrfGlosser(small).fit(bare), test) <= error(after, test)


def test_corrections_one_by_one_are_corrections_together(texts, held_out, small):
    one_by_one = CrfGlosser(small).fit(texts[:30])
    for text in texts[30:]:
        one_by_one.update(text)
    together = CrfGlosser(small).fit(texts[:30]).update(texts[30:])
    assert lines(one_by_one.predict(held_out)) == lines(together.predict(held_out))


def test_a_refused_correction_changes_nothing(changing, held_out):
    before = changing.predict(held_out)
    with pytest.raises(InputError, match="no word to learn from"):
        changing.update([IGT("kalo mite", "kalo mite", "house"), IGT("kalo")])
    assert changing.predict(held_out) == before


def test_usable_corrections_are_taken_in_and_the_others_reported(changing):
    bad = IGT("kalo mite", "kalo mite", "house")
    changing.update([bad, NEW])
    assert changing.predict([NEW])[0].glosses == NEW.glosses
    assert (changing.refused, changing.left_out) == ((bad,), 1)
    assert changing.update(NEW).refused == ()
    assert changing.left_out == 1


def test_words_left_open_are_not_learned(changing):
    half = IGT("Wuzabun kalon .", "wuzabu-n ???", "??? house-ACC")
    changing.update(half)
    assert "???" not in changing.predict([half], threshold=0)[0].glosses
    with pytest.raises(InputError, match="no word to learn from"):
        changing.update(IGT("wuzabu", "wuzabu", "???"))


def test_a_corrected_gloss_line_is_enough(changing):
    changing.update(IGT("Wuzabun kalo haneta .", None, "weasel-ACC house see-PST"))
    found = changing.predict([NEW])[0]
    assert (found.segmentation, found.glosses) == (NEW.segmentation, NEW.glosses)


def test_new_labels_are_learned_from_corrections(changing):
    texts = [
        IGT(f"{stem}lu haneta", f"{stem}-lu hane-ta", f"{gloss}-COM see-PST")
        for stem, gloss in (("kalo", "house"), ("mite", "dog"), ("suna", "river"))
    ]
    changing.update(texts)
    assert changing.predict([IGT("toluku haneta"), IGT("Kalolu doki .")])[1].glosses.startswith(
        "house-COM"
    )


def test_corrections_in_labels_of_the_way_out_are_learned_in_the_model_s_own(changing):
    names = {"PST": "PRET", "ACC": "OBJ"}
    changing.update(NEW.replace(glosses="weasel-OBJ house see-PRET"), labels=names)
    assert changing.predict([NEW])[0].glosses == NEW.glosses
    assert changing.predict([NEW], labels=names)[0].glosses == "weasel-OBJ house see-PRET"
    with pytest.raises(InputError, match="both renamed 'OBJ'"):
        changing.update(NEW, labels={"ACC": "OBJ", "DAT": "OBJ"})


def test_labels_are_renamed_throughout(texts, held_out, small, glosser):
    names = {"PST": "PRET", "ACC": "OBJ"}
    inward = CrfGlosser(small, labels=names).fit(texts)
    for glosses in (
        [p.glosses for p in inward.predict(held_out)],
        [p.glosses for p in glosser.predict(held_out, labels=names)],
    ):
        parts = {p for line in glosses for word in line.split() for p in split_glosses(word)}
        assert {"PRET", "OBJ"} <= parts
        assert not {"PST", "ACC"} & parts


def test_confirmed_words_are_never_changed(glosser, held_out):
    rng = random.Random(3)
    for text in held_out[:20]:
        words = text.glosses.split()
        done = [f"mine{i}" if rng.random() < 0.5 else "???" for i in range(len(words))]
        started = IGT(text.transcription, None, " ".join(done), text.translation)
        glosses = glosser.predict([started], given="partial", threshold=0.0)[0].glosses.split()
        for mine, word in zip(done, glosses, strict=True):
            assert mine in (word, "???")
            assert word != "???"


def test_a_lexicon_glosses_stems_that_the_texts_lack(texts, small):
    taught = CrfGlosser(small, lexicon={"zibuno": "anvil"}).fit(texts)
    assert taught.predict([IGT("Zibunon kalo haneta .")])[0].glosses.split()[0] == "anvil-ACC"


def test_no_other_than_the_closed_labels_is_predicted(texts, held_out, small):
    strict = CrfGlosser(small, closed_labels={"PST", "ACC"}).fit(texts)
    rows = suggested(strict.predict(held_out, n_best=5))
    found = {part for row in rows for one in row for part in split_glosses(one.gloss)}
    assert found & {"PST", "ACC"}
    assert not found & {"PL", "DAT", "FUT"}


def test_words_are_left_alone_if_asked(texts, small):
    careful = CrfGlosser(small, leave_alone={"Kalon"}).fit(texts)
    found = careful.predict([IGT("Kalon kalon haneta .")])[0]
    assert found.glosses == "Kalon house-ACC see-PST"


def test_what_is_saved_comes_back(changing, held_out, tmp_path):
    changing.update(NEW)
    changing.save_pretrained(tmp_path / "saved")
    again = CrfGlosser.from_pretrained(tmp_path / "saved")
    ours, theirs = changing.predict(held_out, n_best=3), again.predict(held_out, n_best=3)
    assert lines(ours) == lines(theirs)
    for mine, other in zip(suggested(ours), suggested(theirs), strict=True):
        assert mine[0].probability == pytest.approx(other[0].probability, abs=1e-3)
    assert again.predict([NEW])[0].glosses == NEW.glosses


def test_tables_made_on_first_use_change_nothing(changing, held_out, tmp_path):
    for step, correction in enumerate((NEW, held_out[0], held_out[1])):
        warm = changing.predict(held_out, n_best=3)
        changing.save_pretrained(tmp_path / str(step))
        cold = CrfGlosser.from_pretrained(tmp_path / str(step))
        assert [cold.predict([text], n_best=3)[0] for text in held_out] == warm
        assert changing.predict(held_out, n_best=3) == warm
        changing.update(correction)


def test_nothing_saved_can_run_code_and_damage_is_noticed(glosser, tmp_path):
    glosser.save_pretrained(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert {path.suffix for path in files} == {".json", ".npz"}
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        with pytest.raises(ModelFileError, match=path.name):
            CrfGlosser.from_pretrained(tmp_path)
        path.write_bytes(content)
    CrfGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize("options", [{"n_best": 0}, {"threshold": 2}, {"threshold": float("nan")}])
def test_settings_that_make_no_sense_are_refused(glosser, held_out, options):
    with pytest.raises(InputError, match=next(iter(options))):
        glosser.predict(held_out, **options)
