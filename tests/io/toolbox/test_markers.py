"""Which marker is which part of a text."""

from __future__ import annotations

import pytest
from documents.toolbox import RECORD, parse, render
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io.toolbox.markers import ROLES, guess_markers, tell_markers, written_markers


def test_another_gloss_language_is_chosen_by_its_marker():
    text = "\\ref 1\n\\tx ab\n\\mb a -b\n\\ge go -PST\n\\gf aller -PASSÉ\n"
    assert parse(text)[0].glosses == "go-PST"
    [igt] = parse(text, markers={"glosses": "\\gf"})
    assert igt.glosses == "aller-PASSÉ"
    assert igt.metadata == {"toolbox": {"lines": {"ge": "go-PST"}}}
    written, lost = render([igt], markers={"glosses": "gf"})
    assert not lost
    assert list(parse(written, markers={"glosses": "gf"})) == [igt]


def test_markers_can_be_named():
    text = "\\n 1\n\\ort ab\n\\mrf a -b\n\\int A -B\n\\lib Free.\n"
    names = {
        "record": "n",
        "transcription": "ort",
        "segmentation": "mrf",
        "glosses": "int",
        "translation": "lib",
    }
    assert list(parse(text, markers=names)) == [IGT("ab", "a-b", "A-B", "Free.", id="1")]


@pytest.mark.parametrize(
    ("markers", "what"),
    [
        ({"gloss": "ge"}, "there is no part 'gloss'"),
        ({"glosses": "g e"}, "is no marker"),
        ({"glosses": "x", "pos": "x"}, "one part only"),
    ],
)
def test_markers_that_make_no_sense_are_refused(markers, what):
    with pytest.raises(InputError, match=what):
        parse(RECORD, markers=markers)
    with pytest.raises(InputError, match=what):
        render([IGT("a")], markers=markers)


def test_unusual_markers_are_read_when_named():
    text = "\\utterance_id w.1\n\\utterance Kudan una.\n\\ft A house.\n"
    [igt] = parse(text, markers={"record": "utterance_id", "transcription": "utterance"})
    assert igt == IGT("Kudan una.", translation="A house.", id="w.1")


def test_the_usual_markers_are_taken_where_the_file_has_no_others():
    assert guess_markers([], {}) == {role: markers[0] for role, markers in ROLES.items()}


@pytest.mark.parametrize(("role", "marker"), [(r, m) for r, ms in ROLES.items() for m in ms[1:]])
def test_every_marker_that_projects_use_is_known(role, marker):
    assert guess_markers([marker], {})[role] == marker


@given(st.lists(st.sampled_from([m for ms in ROLES.values() for m in ms] + ["zz"]), max_size=20))
def test_no_marker_stands_for_two_parts(head):
    markers = guess_markers(head, {})
    assert len(set(markers.values())) == len(markers)
    assert ROLES.keys() - markers.keys() <= {"text"}


def test_a_marker_that_the_user_names_is_free_for_nothing_else():
    markers = guess_markers(["tx", "g"], {"pos": "\\tx"})
    assert (markers["pos"], markers["transcription"], markers["glosses"]) == ("tx", "t", "g")


def test_identifiers_number_the_sentences_where_most_have_one():
    assert guess_markers(["id", "tx", "id", "tx"], {})["record"] == "id"
    assert guess_markers(["id", "tx", "tx", "tx", "id", "tx", "tx"], {})["record"] == "ref"
    assert guess_markers(["id", "tx"], {})["record"] == "ref"  # a text of one sentence
    assert guess_markers(["id", "ref", "tx", "id", "ref", "tx"], {})["record"] == "ref"
    assert guess_markers(["id", "tx", "id", "tx"], {"text": "id"})["text"] == "id"
    assert "text" not in guess_markers(["id", "tx", "id", "tx"], {})


@given(st.dictionaries(st.sampled_from(list(ROLES)), st.sampled_from(["tx", "ref", "zz", "q"])))
def test_what_is_written_has_a_marker_for_every_part(given_markers):
    if len(set(given_markers.values())) < len(given_markers):
        with pytest.raises(InputError, match="one part only"):
            written_markers(given_markers)
        return
    markers = written_markers(given_markers)
    assert markers.keys() == ROLES.keys()
    assert len(set(markers.values())) == len(markers)
    assert markers.items() >= given_markers.items()


@pytest.mark.parametrize("marker", ["", "\\", "a b", " a"])
def test_what_is_no_marker_is_refused_as_it_was_given(marker):
    for function in (lambda given: guess_markers([], given), written_markers):
        with pytest.raises(InputError) as raised:
            function({"glosses": marker})
        assert str(raised.value) == f"{marker!r} is no marker (for glosses)"


def test_each_marker_is_told_with_the_reason():
    given_markers = {"glosses": "gf"}
    markers = guess_markers(["ref", "t", "gf", "xy"], given_markers)
    counts = {"ref": 2, "t": 3, "gf": 1, "xy": 4}
    assert [
        (part.name, part.line, part.why, part.count)
        for part in tell_markers(counts, markers, given_markers, {})
    ] == [
        ("\\ref", "record", "the usual marker", 2),
        ("\\t", "transcription", "a marker that projects use for it", 3),
        ("\\gf", "glosses", "as asked", 1),
        ("\\xy", None, "nothing has this marker; kept as it is", 4),
    ]
