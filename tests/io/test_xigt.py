"""Xigt: tiers and expressions, ODIN's lines, and the simple aligned form that is written."""

from __future__ import annotations

import io
import re
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit.alignment import check
from igtkit.boundaries import is_word
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language, Prediction
from igtkit.io import read, stream, write
from igtkit.io.xigt.tiers import Tiers, selections


def folder(shared):
    return shared / "data" / "interchange" / "xigt"


def parse(text, **options):
    return read(io.StringIO(text), "xigt", **options)


def example(tiers, *, metadata="", attributes='id="i1"'):
    return (
        f"<xigt-corpus><igt {attributes}><metadata>{metadata}</metadata>{tiers}</igt></xigt-corpus>"
    )


def written(items):
    out = io.StringIO()
    report = write(items, out, "xigt")
    return out.getvalue(), dict(report.lost)


def without_repairs(igt):
    xigt = {k: v for k, v in igt.metadata.get("xigt", {}).items() if k != "repairs"}
    return {**igt.metadata, "xigt": xigt}


def test_a_real_file_comes_out_as_its_author_has_it_in_the_comment(shared):
    path = folder(shared) / "abkhaz.xml"
    blocks = re.findall(
        r"Judgment: .*\nPhenomena: .*\n(.*)\n(.*)\n(.*)\n(.*)\n", path.read_text("utf-8")
    )
    corpus = read(path)
    assert len(corpus) == len(blocks) == 2
    for igt, (phrase, segmented, _, translation) in zip(corpus, blocks, strict=True):
        assert (igt.transcription, igt.segmentation, igt.translation) == (
            phrase,
            segmented,
            translation,
        )
        assert not check(igt)
        assert igt.language == Language(None, "Abkhaz", "abk")
        assert igt.metalanguage == Language(None, "English", "eng")
    assert corpus[0].glosses == "the-boy the-girl her-he-see-DYN.FIN"
    assert corpus[0].source == "Abkhaz by Viacheslav A. Chirkba"
    assert corpus[1].metadata["notes"][0].startswith("Ex 30 demonstrates negation.")


def test_words_and_morphemes_are_as_many_as_the_items(shared):
    path = folder(shared) / "abkhaz.xml"
    for igt, element in zip(read(path), ET.parse(path).getroot().iter("igt"), strict=True):
        items = {tier.get("type"): len(tier) for tier in element.iter("tier")}
        assert len(igt.words) == items["words"]
        assert sum(len(word.morphemes) for word in igt.words) == items["morphemes"]


@pytest.mark.parametrize("name", ["abkhaz", "odin21_lez"])
def test_every_example_of_a_real_file_is_read_and_comes_back(shared, name):
    path = folder(shared) / f"{name}.xml"
    root = ET.parse(path).getroot()
    corpus = read(path)
    assert [igt.id for igt in corpus] == [igt.get("id") for igt in root.iter("igt")]
    text, lost = written(corpus)
    assert not lost
    back = parse(text)
    assert back == corpus
    assert list(map(without_repairs, back)) == list(map(without_repairs, corpus))


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


def test_values_are_those_of_the_library_of_the_format(shared):
    codec = pytest.importorskip("xigt.codecs.xigtxml", reason="the package xigt is not installed")
    for name in ("abkhaz", "odin21_lez"):
        path = folder(shared) / f"{name}.xml"
        with path.open(encoding="utf-8") as opened:
            theirs = codec.load(opened)
        for mine, igt in zip(ET.parse(path).getroot().iter("igt"), theirs, strict=True):
            tiers = Tiers(mine)
            items = {item.id: tiers.value(item) for tier in tiers.all for item in tier.items}
            assert items == {
                item.id: item.value() or "" for tier in igt.tiers for item in tier.items
            }


@given(aligned_lines())
def test_what_is_written_is_read_by_the_library_of_the_format(lines):
    codec = pytest.importorskip("xigt.codecs.xigtxml", reason="the package xigt is not installed")
    transcription, segmentation, glosses = lines
    text, _ = written([IGT(transcription, segmentation, glosses, "x")])
    [igt] = codec.loads(text)
    values = {tier.type: [item.value() or "" for item in tier.items] for tier in igt.tiers}
    assert values["phrases"] == [transcription]
    assert "".join(values["words"]) == "".join(transcription.split())
    assert "".join(values["morphemes"]) == "".join(segmentation.split())
    assert "".join(values["glosses"]) == "".join(glosses.split())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a1", "abcdef"),
        ("a1[1:3]", "bc"),
        ("a1[1:3+4:5]", "bce"),
        ("a1[0:1]+a2", "axy"),
        ("a1[0:1,2:3],a2[1:2]", "a c y"),
        ("a1[-2:-1]", "e"),
        ("a1[:2]", "ab"),
        ("a1[4:]", "ef"),
        ("a2 a2", "xyxy"),
        ("", ""),
    ],
)
def test_expressions_select(expression, expected):
    igt = ET.fromstring(
        '<igt><tier id="a"><item id="a1">abcdef</item><item id="a2">xy</item></tier>'
        f'<tier id="b" content="a"><item id="b1" content="{expression}"/></tier></igt>'
    )
    tiers = Tiers(igt)
    assert tiers.value(tiers.item("b1")) == expected


def test_references_in_a_circle_end():
    tiers = (
        '<tier type="phrases" id="p"><item id="p1" content="p2"/><item id="p2" content="p1"/></tier>'
        '<tier type="translations" id="t"><item id="t1">x</item></tier>'
    )
    [igt] = parse(example(tiers))
    assert igt.transcription is None
    assert "lead back to it" in igt.metadata["xigt"]["repairs"][0]


INTENT = """
<tier id="n" type="odin" state="normalized">
  <item id="n1" tag="L">ev-ler-de  kim var ?</item>
  <item id="n2" tag="G">house-PL-LOC who exist</item>
  <item id="n3" tag="T">Who is in the houses?</item>
</tier>
<tier id="p" type="phrases" content="n"><item id="p1" content="n1"/></tier>
<tier id="w" type="words" segmentation="p">
  <item id="w1" segmentation="p1[0:9]"/><item id="w2" segmentation="p1[11:14]"/>
  <item id="w3" segmentation="p1[15:18]"/><item id="w4" segmentation="p1[19:20]"/>
</tier>
<tier id="t" type="translations" alignment="p" content="n">
  <item id="t1" alignment="p1" content="n3"/>
</tier>
<tier id="tw" type="words" segmentation="t"><item id="tw1" segmentation="t1[0:3]"/></tier>
<tier id="gw" type="glosses" alignment="w" content="n">
  <item id="gw1" alignment="w1" content="n2[0:12]"/><item id="gw2" alignment="w2" content="n2[13:16]"/>
  <item id="gw3" alignment="w3" content="n2[17:22]"/>
</tier>
"""
MORPHEMES = """
<tier id="m" type="morphemes" segmentation="w">
  <item id="m1" segmentation="w1[0:2]"/><item id="m2" segmentation="w1[3:6]"/>
  <item id="m3" segmentation="w1[7:9]"/><item id="m4" segmentation="w2"/><item id="m5" segmentation="w3"/>
</tier>
<tier id="g" type="glosses" alignment="m" content="gw">
  <item id="g1" alignment="m1" content="gw1[0:5]"/><item id="g2" alignment="m2" content="gw1[6:8]"/>
  <item id="g3" alignment="m3" content="gw1[9:12]"/><item id="g4" alignment="m4" content="gw2"/>
  <item id="g5" alignment="m5" content="gw3"/>
</tier>
<tier id="pos" type="pos" alignment="w">
  <item id="pos1" alignment="w1">N</item><item id="pos2" alignment="w2">PRON</item>
  <item id="pos3" alignment="w3">V</item>
</tier>
"""


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


def test_languages_in_the_way_of_olac():
    metadata = (
        '<meta xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:olac="http://www.language-archives.org/OLAC/1.1/">'
        '<dc:subject olac:code="lez">Lezgian</dc:subject><dc:language olac:code="en">English</dc:language></meta>'
    )
    [igt] = parse(
        example('<tier type="phrases" id="p"><item id="p1">x</item></tier>', metadata=metadata)
    )
    assert igt.language == Language(None, "Lezgian", "lez")
    assert igt.metalanguage == Language(None, "English")


def test_metadata_of_the_file_hold_for_its_examples(shared):
    text = """<xigt-corpus><metadata><meta type="language" name="Tsez"/></metadata>
<igt id="a"><tier type="phrases" id="p"><item id="p1">x</item></tier></igt>
<igt id="b"><metadata><meta type="language" name="Bezhta"/></metadata>
<tier type="phrases" id="p"><item id="p1">y</item></tier></igt></xigt-corpus>"""
    with stream(io.StringIO(text), "xigt") as reader:
        found = [(reader.line, igt.language.name) for igt in reader]
    assert found == [(2, "Tsez"), (3, "Bezhta")]


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
) | st.sampled_from(["a-b c", "<&>", " x ", "]]>", "a\nb"])
NAMED = st.builds(Language, st.none() | TEXT, name=TEXT, iso639_3=st.none() | TEXT)
METADATA = st.fixed_dictionaries(
    {},
    optional={
        "begin": st.floats(0, 9),
        "notes": st.lists(TEXT, min_size=1, max_size=2),
        "flextext": st.dictionaries(TEXT, st.integers() | TEXT, min_size=1, max_size=2),
        "prediction": st.fixed_dictionaries(
            {
                "system": st.none() | TEXT,
                "score": st.none() | st.floats(0, 1),
                "confirmed": st.booleans(),
            }
        ),
    },
)


@st.composite
def entries(draw):
    transcription, segmentation, glosses = draw(aligned_lines())
    return IGT(
        draw(st.just(transcription) | TEXT | st.none()),
        draw(st.sampled_from([None, segmentation])),
        draw(st.sampled_from([None, glosses])),
        draw(st.none() | TEXT),
        language=draw(st.none() | NAMED),
        metalanguage=draw(st.none() | NAMED),
        id=draw(st.none() | TEXT),
        source=draw(st.none() | TEXT),
        split=draw(st.none() | TEXT),
        metadata=draw(METADATA),
    )


def spaced(line):
    return " ".join(line.split()) if line else line


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), max_size=3))
def test_every_entry_comes_back_but_for_runs_of_spaces(items):
    text, lost = written(items)
    back = parse(text)
    assert set(lost) <= {"spacing of segmentation", "spacing of glosses"}
    assert list(back) == [
        igt.replace(segmentation=spaced(igt.segmentation), glosses=spaced(igt.glosses))
        for igt in items
    ]
    assert [igt.metadata for igt in back] == [igt.metadata for igt in items]


LINE = st.none() | st.lists(st.text("ab-=,.~", min_size=1, max_size=5), min_size=1, max_size=5).map(
    " ".join
)


@settings(deadline=None)
@given(LINE, LINE, LINE, LINE)
def test_lines_that_do_not_align_come_back_or_are_reported(
    transcription, segmentation, glosses, pos
):
    igt = IGT(transcription, segmentation, glosses, pos=pos, id="i1")
    text, lost = written([igt])
    [back] = parse(text)
    changed = {
        n
        for n in ("transcription", "segmentation", "glosses", "pos")
        if getattr(back, n) != getattr(igt, n)
    }
    assert changed == set(lost)
    if sum(map(is_word, (segmentation or "").split())) == sum(
        map(is_word, (glosses or "").split())
    ):
        assert changed <= {"pos"}


def test_what_cannot_be_held_is_reported():
    items = [
        IGT("a\0b", "", translation="x\r\ny", metadata={"drawing": object()}, id="i1"),
        IGT(
            "c",
            metadata={
                "xigt": {
                    "tiers": [
                        {
                            "tag": "tier",
                            "attributes": {"type": "syntax", "id": "x"},
                            "children": [
                                {"tag": "item", "attributes": {"id": "x1", "alignment": "w9"}}
                            ],
                        }
                    ]
                }
            },
        ),
        IGT("d", metadata={"xigt": {"metadata": [{"tag": "no name"}], "file": [{"tag": "meta"}]}}),
    ]
    text, lost = written(items)
    assert lost == {
        "control characters": 1,
        "empty segmentation": 1,
        "metadata: drawing": 1,
        "metadata: xigt": 2,
        "spacing of translation": 1,
        "transcription": 1,
    }
    back = parse(text)
    assert [igt.transcription for igt in back] == ["a\ufffdb", "c", "d"]
    assert back[0].translation == "x\ny"


def test_a_suggestion_of_a_machine_stays_one(tmp_path):
    guess = Prediction("gel-di", "come-PST", score=0.75, system="lookup").to_igt(
        IGT("geldi", id="i1")
    )
    path = tmp_path / "a.xml"
    write([guess], path, "xigt")
    [meta] = [m for m in ET.parse(path).getroot().iter("meta") if m.get("type") == "igtkit"]
    assert meta.get("prediction-system") == "lookup"
    assert (meta.get("prediction-score"), meta.get("prediction-confirmed")) == ("0.75", "false")
    assert read(path)[0].metadata == guess.metadata


def test_ids_stay_or_make_way():
    items = [IGT("a", id="x"), IGT("b", id="x"), IGT("c", id="1 a"), IGT("d"), IGT(None, id="e")]
    text, lost = written(items)
    assert [igt.get("id") for igt in ET.fromstring(text)] == ["x", "x-2", "i3", "i4", "e"]
    assert list(parse(text)) == items
    assert not lost


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xigt-corpus>&b;</xigt-corpus>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xigt-corpus>&a;</xigt-corpus>'


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (BOMB, "defines an entity", 1),
        (OUTSIDE, "defines an entity", 1),
        ('<xigt-corpus>\n<igt id="i1">\n', "no well-formed XML", 3),
        ("<text>\n</text>", r"the root element is <text> \(expected <xigt-corpus>\)", 1),
        ("<xigt-corpus>" + "<a>" * 300, "nest deeper", 1),
        ("", "no element found", 1),
    ],
)
def test_what_is_no_xigt_gives_one_error_with_its_line(text, message, line):
    with pytest.raises(FileFormatError, match=message) as raised:
        parse(text)
    assert raised.value.line == line


def test_binary_files_are_refused(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<xigt-corpus>\0")
    with pytest.raises(FileFormatError, match="binary"):
        read(path, "xigt")
    path.write_text("<unknown/>", encoding="utf-8")
    with pytest.raises(InputError, match="none of the known formats"):
        read(path)


def test_an_example_without_text_is_named_or_kept():
    text = example('<tier type="phrases" id="p"/>').replace("<igt", "\n<igt", 1)
    with pytest.raises(FileFormatError, match="'i1' has no line of text") as raised:
        parse(text)
    assert raised.value.line == 2
    corpus = parse(text, errors="skip")
    assert (len(corpus), corpus.skipped[0].line) == (0, 2)
    assert corpus.skipped[0].text.startswith("<igt")


def test_examples_are_let_go_of(tmp_path):
    path = tmp_path / "large.xml"
    one = example(INTENT + MORPHEMES).removeprefix("<xigt-corpus>").removesuffix("</xigt-corpus>")
    peaks = []
    for count in (50, 100, 500):  # the first loads what there is to load
        path.write_text(f"<xigt-corpus>{one * count}</xigt-corpus>", encoding="utf-8")
        tracemalloc.start()
        try:
            assert sum(1 for _ in stream(path)) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def test_selections_of_an_empty_expression_are_none():
    assert list(selections("")) == []


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
