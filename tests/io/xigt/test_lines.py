"""The tiers of an example as lines."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import pytest
from documents.xigt import INTENT, MORPHEMES, example, folder, parse

from igtkit.igt import IGT
from igtkit.io import read


def test_whole_lines_of_odin_are_its_tiers(shared):
    path = folder(shared) / "odin21_lez.xml"
    corpus = {igt.id: igt for igt in read(path)}
    counts = {"phrases": 0, "glosses": 0, "translations": 0}
    for igt in ET.parse(path).getroot().iter("igt"):
        found = corpus[igt.get("id")]
        values = {item.get("id"): item.text or "" for item in igt.iter("item")}
        for tier in igt.findall("tier"):
            if tier.get("type") not in counts:
                continue
            counts[tier.get("type")] += 1
            pieces = [re.fullmatch(r"(\w+)\[(\d+):(\d+)\]", item.get("content")) for item in tier]
            line = " ".join(values[p[1]][int(p[2]) : int(p[3])] for p in pieces)
            if tier.get("type") == "phrases":
                assert (found.segmentation or found.transcription).split() == line.split()
            elif tier.get("type") == "glosses":
                assert found.glosses.split() == line.split()
            else:
                assert found.translation.split() == line.split()
    assert counts == {"phrases": 142, "glosses": 137, "translations": 139}
    segmented = corpus["i18021"]
    assert segmented.segmentation is None
    assert segmented.source == "1607"
    assert segmented.metadata["xigt"]["tiers"][0]["children"][2]["attributes"]["tag"] == "T"


def test_references_to_nothing_and_lines_with_two_kinds_of_text_are_told(shared, caplog):
    corpus = read(folder(shared) / "odin21_lez.xml")
    repairs = {igt.id: igt.metadata["xigt"].get("repairs", []) for igt in corpus}
    assert repairs["i18020"] == ["g0 refers to 'p1': no such item"]
    [mixed] = repairs["i33316"]
    assert mixed.startswith("one line has several kinds of text (L-T): hinin `where of'")
    assert "not all is as it should be in 154 examples" in caplog.text


def test_enriched_examples_are_read_at_the_finest_level():
    [igt] = parse(example(INTENT + MORPHEMES, attributes='id="i1" doc-id="7"'))
    assert igt.transcription == "evlerde kim var ?"
    assert igt.segmentation == "ev-ler-de kim var"
    assert igt.glosses == "house-PL-LOC who exist"
    assert igt.translation == "Who is in the houses?"
    assert igt.pos == "N PRON V"
    assert igt.source == "7"
    kept = [tier["attributes"]["id"] for tier in igt.metadata["xigt"]["tiers"]]
    assert kept == ["n", "tw", "gw"]


def test_without_morphemes_the_words_tell_whether_they_are_segmented():
    [igt] = parse(example(INTENT))
    assert igt == IGT(
        "evlerde kim var ?",
        "ev-ler-de kim var ?",
        "house-PL-LOC who exist",
        "Who is in the houses?",
        id="i1",
    )


@pytest.mark.parametrize(
    ("tiers", "segmentation", "glosses"),
    [
        # the boundary is what stands between two pieces of a word, or in the morpheme itself
        (
            (
                '<tier type="words" id="w"><item id="w1">gel=di</item></tier>'
                '<tier type="morphemes" id="m"><item id="m1" segmentation="w1[0:3]"/>'
                '<item id="m2" segmentation="w1[4:6]"/></tier>'
                '<tier type="glosses" id="g"><item id="g1" alignment="m1">come</item>'
                '<item id="g2" alignment="m2">=PST</item></tier>'
            ),
            "gel=di",
            "come=PST",
        ),
        # glosses without alignment pair up in order
        (
            (
                '<tier type="words" id="w"><item id="w1">a</item><item id="w2">b</item></tier>'
                '<tier type="morphemes" id="m"><item id="m1" alignment="w1">a x</item>'
                '<item id="m2" alignment="w2">b</item></tier>'
                '<tier type="glosses" id="g"><item id="g1">A B</item><item id="g2">C</item></tier>'
            ),
            "a_x b",
            "A.B C",
        ),
        # a word without gloss is unknown
        (
            (
                '<tier type="words" id="w"><item id="w1">a</item><item id="w2">b-c</item>'
                '<item id="w3">d</item></tier>'
                '<tier type="glosses" id="g"><item id="g1" alignment="w1">A</item>'
                '<item id="g3" alignment="w3">D</item></tier>'
            ),
            "a b-c d",
            "A ??? D",
        ),
        # morphemes without words
        (
            (
                '<tier type="phrases" id="p"><item id="p1">evde kim</item></tier>'
                '<tier type="morphemes" id="m"><item id="m1" segmentation="p1[0:2]"/>'
                '<item id="m2" segmentation="p1[2:4]"/><item id="m3" segmentation="p1[5:8]"/></tier>'
                '<tier type="glosses" id="g"><item id="g1" alignment="m1">house</item>'
                '<item id="g2" alignment="m2">LOC</item><item id="g3" alignment="m3">who</item></tier>'
            ),
            "ev-de kim",
            "house-LOC who",
        ),
        # a gloss of nothing is left out, and said to be
        (
            (
                '<tier type="words" id="w"><item id="w1">a-b</item></tier>'
                '<tier type="glosses" id="g"><item id="g1" alignment="w1">A-B</item>'
                '<item id="g2" alignment="w9">X</item></tier>'
            ),
            "a-b",
            "A-B",
        ),
    ],
)
def test_tiers_become_lines(tiers, segmentation, glosses):
    [igt] = parse(example(tiers))
    assert (igt.segmentation, igt.glosses) == (segmentation, glosses)
    if "w9" in tiers:
        assert igt.metadata["xigt"]["repairs"] == [
            "g2 refers to 'w9': no such item",
            "aligned with no word, and left out: g2 (X)",
        ]


@pytest.mark.parametrize(
    ("tags", "translation"),
    [
        (("T", "T+LT"), "big house"),
        (("T+LT", "T"), "big house house big"),
        (("T", "T"), "big house house big"),
    ],
)
def test_a_literal_translation_of_odin_is_not_run_into_the_free_one(tags, translation):
    rows = [("L", "ev büyük"), ("G", "house big"), (tags[0], "big house"), (tags[1], "house big")]
    items = "".join(
        f'<item id="n{n}" tag="{tag}">{text}</item>' for n, (tag, text) in enumerate(rows)
    )
    text = (
        f'<xigt-corpus><igt id="1"><tier id="n" type="odin" state="normalized">{items}</tier></igt>'
        "</xigt-corpus>"
    )
    [igt] = read(io.StringIO(text), "xigt")
    assert (igt.transcription, igt.glosses, igt.translation) == (
        "ev büyük",
        "house big",
        translation,
    )
    assert "house big" in str(igt.metadata["xigt"]["tiers"])
