"""New tiers as XML: what any text becomes, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io.eaf.markup import (
    ASSOCIATION,
    SENTENCE,
    SUBDIVISION,
    NewTier,
    Row,
    constraint,
    constraint_element,
    element,
    tier,
    type_,
)

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9)


@given(st.dictionaries(st.sampled_from(["A", "B", "C"]), st.none() | TEXT))
def test_an_element_has_the_attributes_that_are_there(attributes):
    there = {name: value for name, value in attributes.items() if value is not None}
    for made in (element("E", attributes), element("E", attributes, "<F/>")):
        assert ET.fromstring(made).attrib == there
    assert len(ET.fromstring(element("E", attributes, "<F/>"))) == 1


@given(TEXT, TEXT, TEXT)
def test_a_tier_is_read_as_it_was_made(name, speaker, text):
    new = NewTier(name, ASSOCIATION, "tx", participant=speaker, rows=[
        Row("n1", text, parent="a1"),
        Row("n2", text, parent="a1", previous="n1"),
        Row("n3", text, slots=("ts1", "ts2")),
    ])  # fmt: skip
    root = ET.fromstring("\n".join(tier(new, {ASSOCIATION: "igtkit-association-1"})))
    assert root.attrib == {
        "TIER_ID": name, "PARTICIPANT": speaker, "PARENT_REF": "tx",
        "LINGUISTIC_TYPE_REF": "igtkit-association-1",
    }  # fmt: skip
    first, second, third = (each[0] for each in root)
    assert (first.tag, third.tag) == ("REF_ANNOTATION", "ALIGNABLE_ANNOTATION")
    assert first.attrib == {"ANNOTATION_ID": "n1", "ANNOTATION_REF": "a1"}
    assert second.get("PREVIOUS_ANNOTATION") == "n1"
    assert third.attrib == {
        "ANNOTATION_ID": "n3", "TIME_SLOT_REF1": "ts1", "TIME_SLOT_REF2": "ts2"
    }  # fmt: skip
    assert {each.findtext("ANNOTATION_VALUE") for each in (first, second, third)} == {text}


def test_a_type_that_the_file_does_not_call_otherwise_keeps_its_name():
    root = ET.fromstring("".join(tier(NewTier("x", SENTENCE), {})))
    assert root.attrib == {"TIER_ID": "x", "LINGUISTIC_TYPE_REF": SENTENCE}
    assert len(root) == 0


@pytest.mark.parametrize(
    ("kind", "aligned", "named"),
    [
        (SENTENCE, "true", None),
        (SUBDIVISION, "false", "Symbolic_Subdivision"),
        (ASSOCIATION, "false", "Symbolic_Association"),
    ],
)
def test_a_type_has_the_constraint_that_elan_knows(kind, aligned, named):
    root = ET.fromstring(type_(kind, "mine"))
    assert root.get("LINGUISTIC_TYPE_ID") == "mine"
    assert root.get("TIME_ALIGNABLE") == aligned
    assert root.get("CONSTRAINTS") == constraint(kind) == named
    if named:
        declared = ET.fromstring(constraint_element(named))
        assert (declared.tag, declared.get("STEREOTYPE")) == ("CONSTRAINT", named)
        assert declared.get("DESCRIPTION")
