"""Evidence: the sentences, morphemes and words that a suggestion rests on."""

from __future__ import annotations

import re

from igtkit import IGT
from igtkit.boundaries import split_words
from igtkit.models import CrfGlosser
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.output.evidence import Witness


def test_evidence_names_sentences_morphemes_and_guesses(small, texts):
    named = [text.replace(id=f"t{number}") for number, text in enumerate(texts)]
    glosser = CrfGlosser(small, lexicon={"wobu": "uncle", "kalo": "house"}).fit(named)

    def why(word, translation=None):
        text = IGT(f"{word} haneta", translation=translation)
        return glosser.predict([text], evidence=True)[0].words[0][0].evidence

    with_luta = [t for t in named if "luta" in split_words(t.segmentation)]
    seen = why("luta")
    assert len(with_luta) == 2
    assert seen[0] == "seen twice with this analysis"
    assert seen[1:] == tuple(f"{t.id}: {t.transcription[:-2]}" for t in with_luta[:3])
    assert why("wobu") == ("in your lexicon",)
    assert why("kalo")[1] == "in your lexicon"
    head, stem, case = why("wobun")
    assert head == "put together from its morphemes"
    assert stem == "'wobu' is 'uncle' in your lexicon"
    assert case.startswith("'n' seen ")
    assert re.search(r"as in '\w+n' \(t\d+\)$", case)
    guess = why("zuvak", "The lamps did see the house.")
    assert any("is guessed from 'lamps' in the translation" in line for line in guess)
    assert "it stands as its own gloss" in why("zuvak")[-1]


def test_evidence_of_a_guess_says_what_else_is_known(glosser):
    witness = Witness(glosser._fitted(), {"dog": "hound"})
    guess = Hypothesis(("mite",), ("mite",), 0.1, ("",), "copy")
    line = "'mite' is known as 'hound', but may be new; it stands as its own gloss"
    assert witness.evidence("mite", guess, ()) == (line,)


def test_evidence_says_what_a_person_has_done_and_what_is_too_unsure(glosser):
    text = IGT("Kalo miten haneta .", "??? mit-en ???", "??? ???-ACC hut")
    done = glosser.predict([text], given="partial", evidence=True)[0]
    assert [word[0].evidence[0] for word in done.words[1:3]] == [
        "done by you, as far as it is known",
        "done by you, as far as it is known",
    ]
    unsure = glosser.predict([IGT("zzzq")], threshold=1.0, evidence=True)[0]
    assert unsure.words[0][0].evidence == ("nothing is probable enough",)


def test_evidence_says_where_the_second_opinion_decided(glosser):
    witness = Witness(glosser._fitted(), {})
    for gain, way in ((0.2, ["made likelier"]), (-0.2, ["made less likely"]), (0.05, [])):
        one = Hypothesis(("mite",), ("mite",), 0.5, ("",), "copy", gain=gain)
        lines = witness.evidence("mite", one, ())[1:]
        assert [line.partition(" by a second opinion: ")[0] for line in lines] == way
