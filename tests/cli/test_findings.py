"""What ``igtkit check`` found, for people and for other programs: lines, JSON, SARIF, GitHub."""

from __future__ import annotations

import json
import os
from urllib.parse import unquote, urlsplit

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, read, write
from igtkit.cli._findings import STYLES, Located, place_of, render
from igtkit.cli._shared import version
from igtkit.igt import Issue

ERROR = Issue("morpheme-count", "error", "glosses", 0, None, "'ev-de' has 2 morphemes")
NOTE = Issue("surface-form", "note", "transcription", 1, None, "the segments do not spell it")
FOUND = Located("a.txt", 6, "7", "7", ERROR)


def lines(*found, style="text", every=False):
    return list(render(found, style, every=every))


def test_a_place_in_a_recording_is_a_time(tmp_path):
    times = {"begin": 61.5, "end": 63}
    write([IGT("a", "a", "A", id="a1", source="Frog", metadata=times)], tmp_path / "a.eaf")
    [igt] = read(tmp_path / "a.eaf")
    assert place_of(igt) == "a1 at 1:01.500"
    assert place_of(igt.replace(id=None)) == "at 1:01.500"
    assert place_of(IGT("a", metadata={"begin": 3600})) == "at 60:00.000"


def test_a_place_in_a_flex_text_is_its_sentence(shared):
    texts = read(shared / "data/interchange/flextext/sil_Unglossed.flextext")
    places = [place_of(igt) for igt in texts]
    assert len(set(places)) == len(texts)
    for place, igt in zip(places, texts, strict=True):
        name, number = place.split(", sentence ")
        assert (name, number[0].isdigit()) == (igt.source or "text", True)


@pytest.mark.parametrize(
    ("igt", "place"),
    [
        (IGT("a"), ""),
        (IGT("a", id="7"), "7"),
        (IGT("a", id="7", metadata={"begin": "1:02"}), "7"),
        (IGT("a", id="7", metadata={"flextext": "x"}), "7"),
        (IGT("a", id="7", metadata={"flextext": {"phrase": 3}}), "7"),
        (IGT("a", id="7", metadata={"flextext": {"phrase": "<phrase/>"}}), "7"),
    ],
)
def test_any_other_place_is_the_identifier(igt, place):
    assert place_of(igt) == place


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "a.txt:6: 7: error: 'ev-de' has 2 morphemes [morpheme-count]"),
        ({"place": ""}, "a.txt:6: error: 'ev-de' has 2 morphemes [morpheme-count]"),
        ({"line": None}, "a.txt: 7: error: 'ev-de' has 2 morphemes [morpheme-count]"),
        ({"issue": NOTE}, "a.txt:6: 7: note: the segments do not spell it [surface-form]"),
        ({"path": "a\x1b[8m"}, r"a\u001b[8m:6: 7: error: 'ev-de' has 2 morphemes [morpheme-count]"),
    ],
)
def test_a_finding_is_a_line(changes, line):
    assert lines(attrs.evolve(FOUND, **changes)) == [line]


def again(*places, issue=NOTE):
    return [Located("a.txt", line, None, place, issue) for line, place in places]


@pytest.mark.parametrize(
    ("places", "count"),
    [
        ([(1, "")], ""),
        ([(1, ""), (2, "")], " (2 times: also line 2)"),
        ([(1, ""), (1, ""), (2, ""), (2, "")], " (4 times: also line 2)"),
        ([(1, ""), (1, "")], " (2 times)"),
        ([(1, ""), (2, ""), (3, ""), (4, "")], " (4 times: also line 2, line 3, line 4)"),
        ([(1, ""), *((n, "") for n in range(2, 9))], " (8 times: also line 2, line 3, line 4, …)"),
        ([(None, "s1"), (None, "s2"), (None, "s3")], " (3 times: also s2, s3)"),
    ],
)
def test_what_comes_again_is_counted_and_its_first_places_are_named(places, count):
    [line] = lines(*again(*places))
    assert line.removeprefix(lines(again(*places)[0])[0]) == count
    assert lines(*again(*places), every=True) == [lines(each)[0] for each in again(*places)]


def test_only_what_is_the_same_word_by_word_comes_again():
    others = [
        FOUND,
        attrs.evolve(FOUND, path="b.txt"),
        attrs.evolve(FOUND, issue=attrs.evolve(ERROR, message="another")),
        attrs.evolve(FOUND, issue=attrs.evolve(ERROR, line="segmentation")),
        attrs.evolve(FOUND, issue=attrs.evolve(ERROR, code="word-count")),
    ]
    assert lines(*others) == lines(*others, every=True)
    assert lines(FOUND, attrs.evolve(FOUND, issue=attrs.evolve(ERROR, word=3)))[0].endswith(")")


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.sampled_from([ERROR, NOTE])))
)
def test_no_finding_is_lost(found):
    located = [Located(path, line, None, "", issue) for path, line, issue in found]
    for style in STYLES:
        assert len("\n".join(lines(*located, style=style))) or not located
    assert len(lines(*located, every=True)) == len(lines(*located, style="json")) == len(located)
    firsts = {(each.path, each.issue.code): lines(each)[0] for each in reversed(located)}
    grouped = lines(*located)
    assert len(grouped) == len(firsts)
    assert all(any(line.startswith(first) for line in grouped) for first in firsts.values())


def test_json_has_all_there_is_to_know_on_one_line_each():
    odd = Located("ş.txt", None, None, "", attrs.evolve(NOTE, message="one\ntwo ş"))
    first, second = lines(FOUND, odd, style="json")
    assert json.loads(first) == {
        "file": "a.txt", "file_line": 6, "id": "7", "place": "7", "code": "morpheme-count",
        "severity": "error", "line": "glosses", "word": 0, "morpheme": None,
        "message": "'ev-de' has 2 morphemes",
    }  # fmt: skip
    assert "ş.txt" in second
    assert json.loads(second)["message"] == "one\ntwo ş"


def test_github_is_given_what_its_commands_can_hold():
    hostile = Located(
        "a,b:c%.txt", None, None, "", attrs.evolve(NOTE, message="1% of\r\n::error::")
    )
    assert lines(FOUND, hostile, style="github") == [
        "::error file=a.txt,line=6,title=morpheme-count::'ev-de' has 2 morphemes",
        "::notice file=a%2Cb%3Ac%25.txt,title=surface-form::1%25 of%0D%0A::error::",
    ]


def sarif(*found):
    return json.loads("\n".join(lines(*found, style="sarif")))


def test_sarif_names_each_rule_once_and_has_a_place_for_each_result():
    log = sarif(FOUND, Located("b.txt", None, None, "", NOTE), FOUND)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("igtkit", version())
    assert driver["rules"] == [{"id": "morpheme-count"}, {"id": "surface-form"}]
    first, second, third = run["results"]
    assert first == third
    assert (first["level"], first["message"]) == ("error", {"text": ERROR.message})
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.txt"}, "region": {"startLine": 6}}
    assert second["level"] == "note"
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert sarif()["runs"][0]["results"] == []


@pytest.mark.parametrize(
    "name", ["my corpus.txt", "50%.txt", "a#b.txt", "ş.txt", "a:b.txt", "d/a?b.txt"]
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_sarif_has_paths_as_uris(tmp_path, name):
    for path in (name, str(tmp_path / name)):
        (result,) = sarif(attrs.evolve(FOUND, path=path))["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert parts.scheme == ("file" if path != name else "")
        assert not parts.query
        assert not parts.fragment
        assert unquote(parts.path).removeprefix("./") == path
