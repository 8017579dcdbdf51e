"""References between items, as the library of the format has them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.xigt import example, folder, parse, written
from hypothesis import given
from strategies import aligned_lines

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io.xigt.tiers import Tiers, selections


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


def test_selections_of_an_empty_expression_are_none():
    assert list(selections("")) == []


def test_references_may_be_as_long_a_chain_as_one_likes():
    items = "".join(f'<item id="p{n}" content="p{n + 1}[1:]"/>' for n in range(500))
    igt = f'<igt><tier id="p">{items}<item id="p500">{"a" * 501}</item></tier></igt>'
    tiers = Tiers(ET.fromstring(igt))
    assert tiers.value(tiers.all[0].items[0]) == "a"
    assert not tiers.problems


@pytest.mark.parametrize("items", [["a"], ["b", "a"], ["b", "c", "b"]])
def test_references_in_a_circle_are_told(items):
    text = "".join(
        f'<item id="{one}" content="{other}"/>' for one, other in zip("abc", items, strict=False)
    )
    tiers = Tiers(ET.fromstring(f'<igt><tier id="p">{text}</tier></igt>'))
    assert tiers.value(tiers.all[0].items[0]) == ""
    assert any("lead back to it" in problem for problem in tiers.problems)


def test_items_that_select_far_more_than_there_is_are_refused():
    items = "".join(f'<item id="p{n}" content="p{n + 1},p{n + 1}"/>' for n in range(40))
    tiers = Tiers(ET.fromstring(f'<igt><tier id="p">{items}<item id="p40">a</item></tier></igt>'))
    with pytest.raises(InputError, match="far more text than there is"):
        tiers.value(tiers.all[0].items[0])


def test_markup_in_an_item_is_text():
    tiers = Tiers(ET.fromstring('<igt><tier id="p"><item id="a">a<b>b</b>c</item></tier></igt>'))
    assert tiers.value(tiers.all[0].items[0]) == "abc"


@pytest.mark.parametrize("run", ["+", " ", "a[", "a[1", "1", "a[ ", "a[1:2+", ","])
def test_long_expressions_are_no_trap(run):
    assert len(list(selections(run * 50_000))) <= 50_000
