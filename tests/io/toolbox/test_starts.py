"""Which markers begin a text, and which a record."""

from __future__ import annotations

import pytest

from igtkit.io.toolbox.fields import marker_of
from igtkit.io.toolbox.markers import guess_markers
from igtkit.io.toolbox.starts import Starts


def starts(line, **given):
    """The rules of a file whose markers are these; a blank line stands where there is a bar."""
    head, apart = [], False
    for one in line.split():
        if one == "|":
            apart = True
        else:
            head.append((one, "x", len(head) + 1, apart))
            apart = False
    markers = guess_markers([*map(marker_of, head)], given)
    return Starts(markers, head, given), markers


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("id ref tx ref tx id ref tx", {"id"}),
        ("| id | ref tx | id | ref tx", {"id"}),
        ("| ref id tx | ref id tx", set()),
        ("| ref tx id | ref tx id", set()),
        ("| ref tx | ref tx | id | ref tx", {"id"}),
        ("ref id tx", set()),
        ("itm id ref tx itm ref tx", {"id", "itm"}),
        ("name ref tx name ref tx", {"id", "name"}),
        ("ref name tx ref name tx", {"id"}),
        ("id name ref tx id name ref tx", {"id", "name"}),
    ],
)
def test_which_markers_begin_a_text(line, texts):
    found, _ = starts(line)
    assert found.texts - {"title"} == texts


def test_a_marker_that_the_user_names_begins_texts_wherever_it_stands():
    assert "id" in starts("ref id tx ref id tx", text="id")[0].texts


@pytest.mark.parametrize(
    ("line", "record"),
    [
        ("xy tx ft xy tx ft", "xy"),
        ("id xy tx ft xy tx ft xy tx ft", "xy"),
        ("xy tx tx ft xy tx ft", "xy"),  # one sentence of two blocks
        ("head xy tx ft xy tx ft", "xy"),
        ("xy tx ft", "ref"),  # it stands there once
        ("head | xy ELANBegin tx ft", "xy"),  # and right above the times
        ("xy | ELANBegin tx ft", "ref"),
        ("xy id tx ft xy id tx ft", "xy"),
        ("id au tx ft tx ft tx ft id au tx ft tx ft tx ft", "ref"),  # once for each text
        ("au tx ft tx ft tx ft au tx ft tx ft tx ft", "ref"),
        ("tx xy ft tx xy ft", "ref"),
        ("ref xy tx ft ref xy tx ft", "ref"),
    ],
)
def test_the_marker_above_every_sentence_is_that_of_the_record(line, record):
    found, markers = starts(line)
    assert markers["record"] == record
    assert (found.rules.get(record) == "marker-above-lines") == (record == "xy")


def test_a_part_that_stands_above_every_sentence_stays_what_it_is():
    found, markers = starts("ELANBegin tx ft ELANBegin tx ft")
    assert markers["record"] == "ref"
    assert found.begins_record("ELANBegin", {"tx", "ft"}, ended=True)
    assert not found.begins_record("tx", {"ELANBegin"}, ended=False)


@pytest.mark.parametrize(
    ("line", "marker", "inside", "ended", "begins"),
    [
        ("ref tx ft", "ref", {"tx"}, False, True),
        ("ref tx ft", "tx", None, False, True),
        ("ref tx ft", "tx", {"ref", "tx", "mb"}, False, False),
        ("ref tx ft", "tx", {"ref", "tx", "ft"}, True, True),
        ("ref tx mb ft", "mb", {"ref", "tx", "ft"}, True, False),
        ("tx ft", "tx", {"tx"}, False, False),
        ("tx ge", "tx", {"tx", "ge"}, False, True),
        ("tx", "ELANEnd", {"ELANBegin"}, False, False),
        ("tx", "ELANBegin", {"ELANBegin", "tx"}, False, True),
        ("ref tx", "ELANBegin", None, False, False),
    ],
)
def test_where_a_record_begins(line, marker, inside, ended, begins):
    assert starts(line)[0].begins_record(marker, inside, ended=ended) is begins
