"""What the commands that gloss and learn share: a glosser that has learned."""

from __future__ import annotations

import argparse

import pytest
from cli.story import OPEN_SENTENCES, SENTENCES

from igtkit import IGT
from igtkit.cli import _glossing
from igtkit.cli._glossing import add_learning, learn
from igtkit.errors import FileFormatError


def options(*given):
    parser = argparse.ArgumentParser()
    add_learning(parser)
    return parser.parse_args(given)


def test_nothing_glossed_gives_no_glosser(capsys):
    assert learn(OPEN_SENTENCES, options(), quiet=False) is None
    assert learn([], options(), quiet=False) is None
    assert capsys.readouterr().err == ""


def test_a_glosser_learns_from_what_is_glossed_and_says_from_how_much(capsys):
    odd = IGT("Kirpi nerede", "kirpi nere-de", "where-LOC")
    glosser = learn([*SENTENCES[:11], odd, *OPEN_SENTENCES], options(), quiet=False)
    assert capsys.readouterr().err.splitlines() == [
        "learning from 12 glossed sentences …",
        _glossing._EXPECT,
        "  left out 1 sentence whose lines do not pair up; igtkit check --notes says where",
    ]
    [made] = glosser.predict([SENTENCES[0].replace(segmentation=None, glosses=None)])
    assert made.glosses.split()[0] == SENTENCES[0].glosses.split()[0]


def test_words_that_only_the_transcription_has_are_counted_and_one_is_shown(capsys):
    fillers = [
        IGT("[şey] Kirpi uyudu", "kirpi uyu-du", "hedgehog sleep-PST"),
        IGT("Kirpi [şey] [yani] geldi", "kirpi gel-di", "hedgehog come-PST"),
    ]
    glosser = learn([*SENTENCES[:11], *fillers], options(), quiet=False)
    assert capsys.readouterr().err.splitlines()[-1] == (
        "  left out 3 words in 2 sentences whose lines do not pair up, such as '[şey]' in "
        "'[şey] Kirpi uyudu'; igtkit check --notes says where"
    )
    assert glosser.predict([IGT("Kirpi")])[0].glosses == "hedgehog"


def test_a_long_sentence_that_is_shown_is_seen_to_be_cut(capsys):
    long = "Kirpi " + "çok " * 30 + "[şey] uyudu"
    filler = IGT(long, long.replace(" [şey]", ""), long.replace(" [şey]", ""))
    learn([*SENTENCES[:11], filler], options(), quiet=False)
    assert "çok ç…'; igtkit check --notes says where" in capsys.readouterr().err


def test_a_sentence_that_is_begun_teaches_the_words_it_has(capsys):
    begun = IGT("Kirpi uyudu", "kirpi uyu-du", "hedgehog ???")
    glosser = learn([*SENTENCES[:11], begun], options(), quiet=True)
    assert capsys.readouterr().err == ""
    assert glosser.predict([IGT("Kirpi")])[0].glosses == "hedgehog"


def test_where_all_sentences_are_only_begun_their_words_teach(capsys):
    begun = [
        igt.replace(
            segmentation=igt.segmentation.replace(igt.segmentation.split()[0], "???", 1),
            glosses=igt.glosses.replace(igt.glosses.split()[0], "???", 1),
        )
        for igt in SENTENCES[:20]
        if igt.transcription[0].isalpha()
    ]
    glosser = learn(begun, options(), quiet=False)
    assert capsys.readouterr().err.startswith("learning from the words done in 17 sentences …\n")
    word = SENTENCES[0].transcription.split()[1]
    assert glosser.predict([IGT(word)])[0].glosses == SENTENCES[0].glosses.split()[1]


def test_a_sentence_that_is_begun_and_does_not_pair_up_does_no_harm():
    begun = IGT("Kirpi uyudu burada", "kirpi uyu-du burada", "hedgehog ???")
    assert learn([*SENTENCES[:11], begun], options(), quiet=True) is not None


LIFT = """<?xml version="1.0" encoding="UTF-8"?>
<lift version="0.13"><entry id="kirpi">
<lexical-unit><form lang="tr"><text>kirpi</text></form></lexical-unit>
<sense id="s"><gloss lang="en"><text>hedgehog</text></gloss></sense></entry></lift>
"""


@pytest.mark.parametrize(
    ("name", "content"), [("words.csv", "form,gloss\nkirpi,hedgehog\n"), ("words.LIFT", LIFT)]
)
def test_words_that_a_person_knows_come_from_a_table_or_a_dictionary(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    known = options("--lexicon", str(tmp_path / name))
    glosser = learn(SENTENCES[:11], known, quiet=True)
    assert glosser.predict([IGT("Kirpi")])[0].glosses == "hedgehog"


def test_a_lexicon_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "words.lift").write_text("no dictionary", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"words\.lift"):
        learn(SENTENCES[:11], options("--lexicon", str(tmp_path / "words.lift")), quiet=True)


def test_ungrammatical_examples_are_learned_from_only_when_told():
    wrong = IGT("zzz", "zzz", "WRONG", metadata={"judgment": "*"})
    for given, learned in ((), False), (("--ungrammatical",), True):
        glosser = learn([*SENTENCES[:20], wrong], options(*given), quiet=True)
        assert (glosser.predict([IGT("zzz")])[0].glosses == "WRONG") is learned
