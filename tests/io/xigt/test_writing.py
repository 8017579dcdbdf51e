"""Entries written as Xigt."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from documents.xigt import parse, written
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit.alignment import check
from igtkit.igt import IGT, Language, Prediction
from igtkit.io import read, write

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
@example([IGT("1", translation="0 2~")])  # a mark of a boundary in what is no line of morphemes
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
    if not check(igt) and "~" not in f"{segmentation}{glosses}":  # a letter here, a mark in Xigt
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
