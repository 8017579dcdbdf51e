"""What corrections say of probabilities."""

from __future__ import annotations

import math

import pytest

import igtkit
from igtkit import IGT
from igtkit.boundaries import is_word, split_words
from igtkit.models import CrfGlosser
from igtkit.models.crf.calibration import Judged, Verdicts

NEW = IGT("Wuzabun kalo haneta .", "wuzabu-n kalo hane-ta", "weasel-ACC house see-PST")
WRONG = Verdicts(tuple(Judged(0.9, False) for _ in range(100)))


@pytest.fixture
def learner(glosser, tmp_path):
    """A glosser that may be changed."""
    glosser.save_pretrained(tmp_path)
    return CrfGlosser.from_pretrained(tmp_path)


def verdicts(glosser):
    return glosser._fitted().verdicts


def said(predictions):
    return [
        [(one.form, one.gloss, one.probability) for one in row if one.probability is not None]
        for prediction in predictions
        for row in prediction.words
    ]


def test_each_word_is_compared_with_what_was_suggested_for_it(learner):
    before = said(learner.predict([NEW]))[:3]
    learner.update(NEW)
    words = verdicts(learner).words
    assert [one.right for one in words] == [False, True, True]
    assert [one.probability for one in words] == [
        pytest.approx(probability) for ((_, _, probability),) in before
    ]


def test_it_is_the_same_whether_or_not_it_was_asked_for_suggestions(learner, held_out, tmp_path):
    learner.save_pretrained(tmp_path / "again")
    other = CrfGlosser.from_pretrained(tmp_path / "again")
    for text in held_out[:5]:
        learner.predict([text, NEW], n_best=2)
        learner.update(text)
        other.update(text)
    assert verdicts(learner) == verdicts(other) != Verdicts()


def test_a_word_tells_once(learner):
    begun = IGT(NEW.transcription, "??? kalo ???", "??? house ???")
    learner.update(begun)
    assert len(verdicts(learner).words) == 1
    learner.update(begun)
    assert len(verdicts(learner).words) == 1
    learner.update(NEW)
    assert len(verdicts(learner).words) == 3
    learner.update(NEW)
    assert len(verdicts(learner).words) == 3


def test_what_was_trained_on_tells_nothing(learner, texts):
    learner.update(texts[:5])
    assert verdicts(learner) == Verdicts()


def test_a_word_whose_form_was_inferred_tells_nothing(learner):
    learner.update(NEW.replace(segmentation=None))
    assert verdicts(learner) == Verdicts()


def test_texts_together_tell_what_they_tell_one_by_one(learner, held_out, tmp_path):
    learner.save_pretrained(tmp_path / "again")
    together = CrfGlosser.from_pretrained(tmp_path / "again").update(held_out[:20])
    for text in held_out[:20]:
        learner.update(text)
    assert verdicts(learner) == verdicts(together)
    assert learner.predict(held_out) == together.predict(held_out)


def test_of_very_many_texts_the_last_tell(learner):
    many = [NEW.replace(transcription=f"{'ba' * number}n kalo haneta .") for number in range(1, 81)]
    learner.update(many)
    assert len(verdicts(learner).words) == 3 * 50


def test_the_oldest_are_forgotten():
    many = Verdicts().and_of([Judged(0.9, False)] * 600).and_of([Judged(0.9, True)] * 1000)
    assert many == Verdicts((Judged(0.9, True),) * 1000)


def test_without_corrections_probabilities_are_as_they_are():
    curve = Verdicts().curve
    assert all(curve.of(p / 10) == p / 10 for p in range(11))


def test_ten_words_move_it_a_little_and_a_hundred_much():
    ten, hundred = (
        Verdicts(tuple(Judged(0.8, i % 2 == 0) for i in range(count))).curve.of(0.8)
        for count in (10, 100)
    )
    assert 0.7 < ten < 0.78
    assert 0.5 < hundred < 0.65


def test_they_change_no_suggestion_and_no_order(learner, held_out):
    before = said(learner.predict(held_out, n_best=5))
    learner._fitted().verdicts = WRONG
    after = said(learner.predict(held_out, n_best=5))
    lower = 0
    for old, new in zip(before, after, strict=True):
        shown = [(form, gloss) for form, gloss, _ in old]
        assert [(form, gloss) for form, gloss, _ in new] == shown[: len(new)]
        chances = [probability for _, _, probability in new]
        assert sum(chances) <= 1 + 1e-6
        assert chances[1:] == sorted(chances[1:], reverse=True)
        lower += bool(new) and new[0][2] < old[0][2]
    assert lower > len(before) / 2


def test_a_sentence_that_was_learned_keeps_its_probabilities(learner, texts):
    before = said(learner.predict(texts[:5]))
    learner._fitted().verdicts = WRONG
    assert said(learner.predict(texts[:5])) == before


def test_they_are_saved_and_a_new_training_begins_anew(learner, held_out, texts, tmp_path):
    learner.update(held_out[:10])
    learner.save_pretrained(tmp_path / "saved")
    again = CrfGlosser.from_pretrained(tmp_path / "saved")
    assert verdicts(again) == verdicts(learner)
    assert said(again.predict(held_out)) == said(learner.predict(held_out))
    assert verdicts(learner.fit(texts[:20])) == Verdicts()


def test_what_comes_true_is_likelier_in_a_session_on_real_texts(shared, small):
    path = shared / "data/sigmorphon2023/lez/lez-train-track2-uncovered"
    texts = [igtkit.normalize(text, rules="polygloss") for text in igtkit.read(path, "sigmorphon")]
    glosser = CrfGlosser(small).fit(texts[:40])
    gain, count = 0.0, 0
    for text in texts[40:140]:
        model = glosser._fitted()
        learned = model.verdicts
        told = said(glosser.predict([text]))
        model.verdicts = Verdicts()
        untold = said(glosser.predict([text]))
        model.verdicts = learned
        lines = [
            [w for w in split_words(line) if is_word(w)]
            for line in (text.segmentation, text.glosses)
        ]
        pairs = list(zip(*lines, strict=False))
        new, old = ([row[0] for row in rows if row] for rows in (told, untold))
        if len(pairs) == len(new):
            for pair, (*one, p), (*_, q) in zip(pairs, new, old, strict=True):
                right = tuple(one) == pair
                gain += math.log(p if right else 1 - p) - math.log(q if right else 1 - q)
                count += 1
        glosser.update(text)
    assert count > 500
    assert gain / count > 0.005
