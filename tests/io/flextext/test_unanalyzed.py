"""Words that nobody has analyzed are left open."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from documents.flextext import document, item, lines, morph, read, word

import igtkit
from igtkit import IGT, Prediction
from igtkit.io import leave_open
from igtkit.models import merge_corrections
from igtkit.models.partial import known_words


def test_words_that_nobody_has_analyzed_are_left_open():
    (igt,) = read(
        document(
            word("cats", morph("cat", "cat"), morph("-s", "PL", "suffix")),
            word("run"),
            f"<word>{item('punct', ',')}</word>",
            word("fast", morph("fast")),
            word("now", gloss="NOW"),
        )
    )
    assert lines(igt) == ("cats run , fast now", "cat-s run fast now", "cat-PL ??? ??? NOW")
    opened = leave_open(igt)
    assert lines(opened) == ("cats run , fast now", "cat-s ??? fast ???", "cat-PL ??? ??? NOW")
    assert known_words(opened) == [
        ("cat-s", "cat-PL"),
        (None, None),
        ("fast", None),
        (None, "NOW"),
    ]
    mended = igt.replace(segmentation="cat-s ru-n fast now")
    assert leave_open(mended).segmentation == "cat-s ru-n fast ???"


def test_a_phrase_without_analysis_is_left_open_word_by_word():
    text = document(
        word("a b"), word("c"), f"<word>{item('punct', '.')}</word>", more=item("txt", "a b c.")
    )
    (igt,) = read(text)
    assert lines(igt) == ("a b c.", None, None)
    assert lines(leave_open(igt)) == ("a_b c .", "??? ???", "??? ???")
    (empty,) = read(document())
    assert leave_open(empty) == empty
    assert leave_open(IGT("a", metadata={"flextext": 7})) == IGT("a")


def test_an_unanalyzed_phrase_takes_a_prediction(shared, tmp_path):
    (igt,) = igtkit.read(shared / "data" / "interchange" / "flextext" / "sil_Unglossed.flextext")
    prediction = Prediction("lorem ips-um .", "pain self-ACC .", score=-0.25, system="crf")
    suggested = prediction.to_igt(igt)
    report = igtkit.write([suggested], tmp_path / "a.flextext")
    assert not report.lost
    (back,) = igtkit.read(tmp_path / "a.flextext")
    assert back == suggested.replace(metalanguage=back.metalanguage)
    assert back.metadata["prediction"] == suggested.metadata["prediction"]
    root = ET.parse(tmp_path / "a.flextext")
    assert len(root.findall(".//morphemes[@analysisStatus='guessByStatisticalAnalysis']")) == 3
    assert {i.get("lang") for i in root.iter("item") if i.get("type") == "gls"} == {"en"}


def test_what_is_laid_into_one_word_leaves_the_others_open(tmp_path):
    """In memory as after writing: a word that stands for itself is no analysis of a person."""
    path = tmp_path / "a.flextext"
    igtkit.write([IGT("Kedi geldi gitti ,")], path)
    said = IGT("Kedi geldi gitti ,", "??? gel-di gitti", "??? come-PST go")
    [laid] = merge_corrections(igtkit.read(path), [said]).texts
    expected = [(None, None), ("gel-di", "come-PST"), ("gitti", "go")]
    assert known_words(leave_open(laid)) == expected
    igtkit.write([laid], path)
    assert [pair[1] for pair in known_words(leave_open(igtkit.read(path)[0]))] == [
        None,
        "come-PST",
        "go",
    ]
