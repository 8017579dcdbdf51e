"""The table of formats: what tells them, before any is loaded."""

from __future__ import annotations

import importlib

import attrs
import pytest

from igtkit.igt import IGT
from igtkit.io import formats
from igtkit.io._catalog import BUILT_IN, Known, built_in
from igtkit.io._format import looks_like_nothing


def test_the_table_says_of_each_format_what_its_module_says():
    for name, known in BUILT_IN.items():
        found = formats()[name]
        assert (found.name, found.extensions, found.sniff) == (name, known.extensions, known.sniff)
        assert (found.read is not None, found.write is not None) == (
            known.can_read,
            known.can_write,
        )


def test_each_format_has_one_name_and_a_module_of_that_or_the_name_it_says():
    assert {known.name for known in BUILT_IN.values()} == set(BUILT_IN)
    assert Known("x").module == "x"
    for known in BUILT_IN.values():
        assert importlib.import_module(f"igtkit.io.{known.module}").FORMAT.name == known.name


def test_extensions_are_what_files_are_looked_up_by():
    for known in BUILT_IN.values():
        assert known.extensions
        for extension in known.extensions:
            assert extension == extension.lower()
            assert extension.startswith(".")


def test_formats_that_share_an_extension_are_told_apart_by_the_beginning():
    shared = [
        known
        for known in BUILT_IN.values()
        for other in BUILT_IN.values()
        if known is not other and set(known.extensions) & set(other.extensions)
    ]
    assert {"text", "toolbox", "xigt"} <= {known.name for known in shared}
    assert all(known.sniff is not looks_like_nothing for known in shared)


def test_each_format_holds_attributes_that_there_are():
    names = {field.name for field in attrs.fields(IGT)}
    for format_ in formats().values():
        assert format_.holds <= names
        assert format_.holds & {"transcription", "segmentation", "glosses"} or not format_.write


def test_a_format_has_what_its_row_says():
    made = built_in("eaf", write=print, holds=["id", "id"])
    row = BUILT_IN["eaf"]
    assert (made.name, made.extensions, made.sniff) == (row.name, row.extensions, row.sniff)
    assert (made.read, made.write, made.holds) == (None, print, frozenset(["id"]))
    with pytest.raises(KeyError):
        built_in("pdf", holds=())
