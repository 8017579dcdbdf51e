"""A page of texts: all in one file, and an account of what it cannot hold."""

from __future__ import annotations

import io
import re

import pytest
from markup import Collector

from igtkit import IGT, Corpus, load_sample, read, write
from igtkit.errors import InputError


def test_a_page_holds_what_it_says(tmp_path):
    path = tmp_path / "page.html"
    items = [*load_sample()[:5], IGT("a\0", pos="N", split="dev", metadata={"page": 7})]
    report = write(items, path, title="Fünf & mehr")
    assert dict(report.lost) == {"control characters": 1, "metadata: page": 1, "pos": 1, "split": 6}
    found = Collector(path.read_text(encoding="utf-8"))
    assert found.get("h1") == found.get("title") == ["Fünf & mehr"]
    assert len(found.get("igt")) == 6
    assert ("html", {"lang": "en"}) in found.tags
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in found.tags}
    assert not re.search(r"url\(|@import|https?:", path.read_text(encoding="utf-8"))
    with pytest.raises(InputError, match="written, not read"):
        read(path, "html")


def test_a_page_in_another_encoding_says_so(tmp_path):
    path = tmp_path / "page.html"
    write([IGT("é")], path, encoding="latin-1")
    assert '<meta charset="iso8859-1">' in path.read_text(encoding="latin-1")
    with pytest.raises(InputError, match="cannot be written in latin-1"):
        write([IGT("ŋ")], path, encoding="latin-1")


def test_notes_and_who_suggested_it_are_not_lost(tmp_path):
    mark = {"system": "crf", "confirmed": False}
    igt = IGT("a", metadata={"notes": ["heard & seen"], "prediction": mark, "page": 7})
    report = write([igt], tmp_path / "a.html")
    assert dict(report.lost) == {"metadata: page": 1}
    found = Collector((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert found.get("igt-note") == ["heard & seen", "Suggested by crf, not confirmed"]


def test_what_html_has_another_character_for_is_counted_once_for_each_text(tmp_path):
    texts = [IGT("a\x01", "a\x07", "\x9f", "b"), IGT("\ufffd"), IGT("a")]
    report = write(texts, tmp_path / "a.html")
    assert dict(report.lost) == {"control characters": 1}


def test_no_texts_are_an_empty_page():
    stream = io.StringIO()
    write([], stream, "html", title="Nothing yet")
    found = Collector(stream.getvalue())
    assert found.get("h1") == ["Nothing yet"]
    assert found.get("igt") == []


def test_labels_in_lower_case_are_guessed_or_given():
    igt = IGT(None, "gel-di", "come-pst")
    for options, is_label in (({}, True), ({"labels": ["pst"]}, True), ({"labels": []}, False)):
        out = io.StringIO()
        report = write([igt], out, "html", **options)
        assert ('<abbr title="past">pst</abbr>' in out.getvalue()) is is_label
        assert ("guessed to be labels: pst" in str(report)) is not bool(options)
    assert '<abbr title="past">pst</abbr>' in Corpus([igt])._repr_html_()
