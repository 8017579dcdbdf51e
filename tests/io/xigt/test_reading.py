"""Real corpora, metadata, and files that are not well."""

from __future__ import annotations

import io
import re
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from documents.xigt import INTENT, MORPHEMES, example, folder, parse, written

from igtkit.alignment import check
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import Language
from igtkit.io import read, stream, write


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


def test_metadata_of_the_file_hold_for_its_examples(shared):
    text = """<xigt-corpus><metadata><meta type="language" name="Tsez"/></metadata>
<igt id="a"><tier type="phrases" id="p"><item id="p1">x</item></tier></igt>
<igt id="b"><metadata><meta type="language" name="Bezhta"/></metadata>
<tier type="phrases" id="p"><item id="p1">y</item></tier></igt></xigt-corpus>"""
    with stream(io.StringIO(text), "xigt") as reader:
        found = [(reader.line, igt.language.name) for igt in reader]
    assert found == [(2, "Tsez"), (3, "Bezhta")]


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
        ("", "the file is empty", 1),
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
    for count in (20, 50, 200):  # the first loads what there is to load
        path.write_text(f"<xigt-corpus>{one * count}</xigt-corpus>", encoding="utf-8")
        tracemalloc.start()
        try:
            assert sum(1 for _ in stream(path)) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def xigt(body, **attributes):
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<xigt-corpus><igt id="i1"{said}>{body}</igt></xigt-corpus>'


WORDS = '<tier type="words" id="w"><item id="w1">cocinas</item></tier>'


@pytest.mark.parametrize(
    ("lg", "expected"),
    [
        ("spa", Language(iso639_3="spa")),
        ("es", Language("stan1288", "Spanish", "spa")),
        ("es-MX", Language("stan1288", "Spanish", "spa")),
        ("und", None),
        ("", None),
        ("Spanglish", Language(name="Spanglish")),
    ],
)
def test_the_language_of_an_example_is_its_lg(lg, expected):
    [igt] = parse(xigt(WORDS, lg=lg))
    assert igt.language == expected


def test_what_an_example_says_goes_before_what_the_file_says():
    of_file = '<metadata><meta type="language" name="Basque" iso-639-3="eus"/></metadata>'
    own = '<metadata><meta type="language" iso-639-3="cat"/></metadata>'
    text = xigt(WORDS, lg="spa").replace("<igt", of_file + "<igt", 1)
    assert parse(text)[0].language == Language(iso639_3="spa")
    assert parse(text.replace(WORDS, own + WORDS))[0].language == Language(iso639_3="cat")
    assert parse(text.replace(' lg="spa"', ""))[0].language.iso639_3 == "eus"


def test_a_corpus_may_say_the_language_of_all():
    text = xigt(WORDS).replace("<xigt-corpus>", '<xigt-corpus lg="eus">')
    assert parse(text)[0].language.iso639_3 == "eus"
    assert parse(text.replace('id="i1"', 'id="i1" lg="spa"'))[0].language.iso639_3 == "spa"


def test_tiers_may_say_their_languages():
    tier = '<tier type="translations" id="t" lg="eng"><item id="t1">you cook</item></tier>'
    [igt] = parse(xigt(WORDS.replace("id=", 'lg="spa" id=', 1) + tier))
    assert (igt.language.iso639_3, igt.metalanguage.iso639_3) == ("spa", "eng")


@pytest.mark.parametrize(
    ("items", "translation", "alternatives"),
    [
        ([("A.", "p1"), ("B.", "p1"), ("C.", "p1")], "A.", ["B.", "C."]),
        ([("A.", ""), ("B.", "")], "A.", ["B."]),
        ([("A", "p1[0:2]"), ("b.", "p1[3:5]")], "A b.", []),
        ([("A.", "p1")], "A.", []),
    ],
)
def test_alternative_translations_are_kept_apart(tmp_path, items, translation, alternatives):
    phrase = '<tier type="phrases" id="p"><item id="p1">ab cd</item></tier>'
    listed = "".join(
        f'<item id="t{n}" alignment="{target}">{text}</item>'
        for n, (text, target) in enumerate(items)
    ).replace(' alignment=""', "")
    [igt] = parse(xigt(f'{phrase}<tier type="translations" id="t">{listed}</tier>'))
    assert igt.translation == translation
    assert igt.metadata.get("xigt", {}).get("alternatives", []) == alternatives
    report = write([igt], tmp_path / "a.xigt")
    assert not report.lost
    [again] = read(tmp_path / "a.xigt")
    assert again.translation == translation
    assert again.metadata.get("xigt", {}).get("alternatives", []) == alternatives


def test_text_beside_items_and_tiers_is_kept():
    text = (
        '<xigt-corpus><igt id="i">a<metadata>b<meta type="x"/>c</metadata><odd>d</odd>'
        '<tier id="p" type="phrases">e<item id="p1">ev gel</item>f<odd>g</odd></tier>'
        '<tier id="w" type="words"><item id="w1" segmentation="p1[0:2]">su</item></tier>'
        '<tier id="m" type="morphemes"><item id="m1" alignment="w1">ev</item></tier></igt></xigt-corpus>'
    )
    [igt] = parse(text)
    assert igt.transcription == "ev gel"
    assert igt.metadata["xigt"]["rest"] == ["a d", "b c", "e f g", "su"]
    assert written([igt])[1] == {"metadata: xigt": 1}


@pytest.mark.parametrize("stray", ["a", "<odd>a</odd>", "<metadata>a</metadata>"])
def test_text_in_no_example_is_refused(stray):
    text = '<xigt-corpus>{}<igt><tier type="phrases"><item>ev</item></tier></igt></xigt-corpus>'
    for place in (f"{stray}<igt>", f"</igt>{stray}"):
        before = "<igt>" if place.endswith("<igt>") else "</igt>"
        with pytest.raises(FileFormatError, match="that is in no"):
            parse(text.format("").replace(before, place))
        corpus = parse(text.format("").replace(before, place), errors="skip")
        assert (len(corpus), [skipped.text for skipped in corpus.skipped]) == (1, ["a"])
