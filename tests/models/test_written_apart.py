"""Glossers learn clitics written as words of their own, and write them so."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

from igtkit import IGT, alignment_score, check
from igtkit.models import LookupGlosser, load_glosser

TRAIN = [
    IGT("bamun koba tha", "b-amun =koba tha", "2SG-have =PST RPRT", "you had it"),
    IGT("kamun koba", "k-amun =koba", "3SG-have =PST", "she had it"),
    IGT("bamun tha", "b-amun tha", "2SG-have RPRT", "you have it"),
    IGT("re ev koba", "re= ev =koba", "REL= house =PST", "which was a house"),
    IGT("re amun", "re= amun", "REL= have", "who has"),
    IGT("kev tha", "k-ev tha", "3SG-house RPRT", "her house"),
] * 4
NEW = IGT("kamun koba re ev", None, None, "she had which house")
GLOSSERS = [LookupGlosser, quick_glosser]


@pytest.fixture(scope="module", params=GLOSSERS)
def glosser(request):
    return request.param().fit(TRAIN)


def test_they_are_learned_and_written_with_their_marks(glosser):
    prediction = glosser.predict([NEW])[0]
    assert prediction.segmentation == "k-amun =koba re= ev"
    assert prediction.glosses == "3SG-have =PST REL= house"
    assert check(prediction.to_igt(NEW)) == ()
    assert alignment_score(prediction.segmentation, prediction.glosses) == 1


def test_a_given_segmentation_keeps_its_marks(glosser):
    given = NEW.replace(segmentation="k-amun =koba re= ev =tha")
    given = given.replace(transcription="kamun koba re ev tha")
    prediction = glosser.predict([given], given="segmentation")[0]
    assert prediction.segmentation == given.segmentation
    assert prediction.glosses.split()[1:3] == ["=PST", "REL="]
    assert check(prediction.to_igt(given)) == ()


def test_what_a_person_has_done_stays(glosser):
    begun = NEW.replace(segmentation="??? =koba ??? ???", glosses="3SG-have ??? REL= ???")
    prediction = glosser.predict([begun], given="partial")[0]
    assert prediction.segmentation.split()[1] == "=koba"
    assert prediction.glosses.split()[1:3] == ["=PST", "REL="]


def test_an_unknown_one_gets_as_many_unknown_glosses(glosser):
    begun = IGT("xyz", "=xyz", "???")
    assert glosser.predict([begun], given="partial")[0].segmentation == "=xyz"
    glosses = LookupGlosser().fit(TRAIN).predict([begun], given="segmentation")[0].glosses
    assert glosses == "=???"


def test_a_saved_glosser_writes_the_same(glosser, tmp_path):
    glosser.save_pretrained(tmp_path)
    assert load_glosser(tmp_path).predict([NEW]) == glosser.predict([NEW])


def test_a_correction_is_taken_in():
    glosser = quick_glosser().fit(TRAIN)
    glosser.update([IGT("kev da", "k-ev =da", "3SG-house =EMPH")] * 3)
    assert glosser.predict([IGT("bev da")])[0].glosses.split()[1] == "=EMPH"
