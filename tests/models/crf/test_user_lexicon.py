"""The lexicon of a user, as entries, from a file, and saved."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.corpus import LexiconEntry
from igtkit.io import read_lexicon, read_lift
from igtkit.models import CrfGlosser


def test_a_lexicon_of_entries(small, texts):
    entries = [
        LexiconEntry("wobu", "great uncle", "stem"),
        LexiconEntry("wobu", "great uncle", "stem", id="again"),
        LexiconEntry("-zzi", "-COM", "suffix"),
        LexiconEntry("pilo-ke", "village-PL"),
        LexiconEntry("nameless"),
        LexiconEntry("two words", "phrase"),
        LexiconEntry("re-do", "redo"),
    ]
    glosser = CrfGlosser(small, lexicon=entries, labels={"COM": "COMIT"}).fit(texts)
    assert [entry.form for entry in glosser.unused] == ["nameless", "two words", "re-do"]
    found = glosser.predict([IGT("Wobuzzi haneta .")], n_best=5)[0].words[0]
    assert ("wobu-zzi", "great.uncle-COMIT") in [(one.form, one.gloss) for one in found]
    found = glosser.predict([IGT("Piloke haneta .")], n_best=5)[0].words[0]
    assert ("pilo-ke", "village-PL") in [(one.form, one.gloss) for one in found]


LIFT = """<lift version="0.13">
<entry id="wobu"><lexical-unit><form lang="xx"><text>wobu</text></form></lexical-unit>
<trait name="morph-type" value="stem"/>
<sense id="a"><gloss lang="en"><text>great uncle</text></gloss></sense></entry>
<entry id="zzi"><lexical-unit><form lang="xx"><text>-zzi</text></form></lexical-unit>
<trait name="morph-type" value="suffix"/>
<sense id="b"><gloss lang="en"><text>COM</text></gloss></sense></entry></lift>"""


TABLE = "Lexeme,Gloss\nwobu,great uncle\n-zzi,COM\n"


@pytest.mark.parametrize("name", ["lexicon.lift", "lexicon.csv"])
def test_a_lexicon_from_a_file(small, texts, tmp_path, name):
    path = tmp_path / name
    if name.endswith(".lift"):
        path.write_text(LIFT, encoding="utf-8")
        entries = read_lift(path)
    else:
        path.write_text(TABLE, encoding="utf-8")
        entries = read_lexicon(path, columns={"form": "Lexeme", "gloss": "Gloss"})
    glosser = CrfGlosser(small, lexicon=entries).fit(texts)
    assert glosser.unused == ()
    found = glosser.predict([IGT("Wobu wobuzzi haneta .")], n_best=5)[0]
    assert found.glosses.split()[0] == "great.uncle"
    assert "great.uncle-COM" in [one.gloss for one in found.words[1]]


def test_a_lexicon_outlives_saving(small, texts, tmp_path):
    entries = [LexiconEntry("wobu", "uncle", "stem", "n", "7"), LexiconEntry("nameless")]
    glosser = CrfGlosser(small, lexicon=entries * 2).fit(texts)
    glosser.save_pretrained(tmp_path)
    again = CrfGlosser.from_pretrained(tmp_path)
    assert (again.lexicon, again.unused) == (glosser.lexicon, glosser.unused)
    found = again.predict([IGT("wobu haneta")], evidence=True)[0]
    assert found == glosser.predict([IGT("wobu haneta")], evidence=True)[0]
    assert found.words[0][0].evidence == ("in your lexicon",)


def test_what_a_lexicon_is_good_for_is_told(small, texts, caplog):
    entries = {"kalo": "village", "wobu": "great uncle", "two words": "phrase", "re-do": "redo"}
    glosser = CrfGlosser(small, lexicon=[*entries.items(), LexiconEntry("nameless")])
    assert glosser.lexicon_use.in_texts is None
    use = glosser.fit(texts).lexicon_use
    assert (use.entries, use.forms) == (5, 2)
    assert use.in_texts == sum(
        any(form in (igt.segmentation or "").replace("-", " ").split() for igt in texts)
        for form in ("kalo", "wobu")
    )
    assert {why: [entry.form for entry in found] for why, found in use.reasons.items()} == {
        "of several words": ["two words"],
        "with other boundaries in the form than in the gloss": ["re-do"],
        "without gloss": ["nameless"],
    }
    assert "2 of 5 entries of the lexicon can be used; not 1 of several words (two" in caplog.text
    assert "forms occur in the texts" in caplog.text


@pytest.mark.parametrize("lexicon", [None, (), {}])
def test_no_lexicon_is_none(lexicon):
    assert CrfGlosser(lexicon=lexicon).lexicon == ()


def test_hyphens_in_the_gloss_of_one_morpheme_are_periods(small, texts):
    glosser = CrfGlosser(small, lexicon={"wobu": "water-melon", "zzuu": "mother-in-law"})
    assert glosser.unused == ()
    found = glosser.fit(texts).predict([IGT("wobu zzuu")])[0]
    assert found.glosses == "water.melon mother.in.law"
