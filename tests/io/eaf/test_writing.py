"""New ELAN files."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from documents.eaf import read_text
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

import igtkit
from igtkit.errors import InputError
from igtkit.igt import IGT, Language


def write_text(items, **options):
    out = io.StringIO()
    report = igtkit.write(items, out, "eaf", **options)
    return out.getvalue(), report


class TestNewFiles:
    @given(st.lists(texts(), max_size=4))
    def test_what_does_not_come_back_is_reported(self, items):
        text, report = write_text(items)
        back = read_text(text)
        assert len(back) == len(items)
        for field in ("transcription", "segmentation", "glosses", "translation", "language"):
            lost = sum(
                getattr(igt, field) not in (None, getattr(new, field))
                for igt, new in zip(items, back, strict=True)
            )
            words = (field, f"spacing of {field}", f"empty {field}")
            told = sum(report.lost.get(word, 0) for word in words)
            assert lost <= told <= 2 * lost  # " *a" loses its space, and a mark of judgment

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_everything_comes_back(self, layout):
        notes = {"begin": 0.25, "end": 1.5, "speaker": "Ayşe", "notes": ["a", "b < c"]}
        items = [
            IGT("Evde, kim?", "ev-de , kim ?", "house-LOC , who ?", "“Who?”", pos="N Q", id="s1",
                language=Language("nucl1301", "Turkish", "tur"), metalanguage=Language(name="English"),
                source="a text", metadata=notes),
            IGT("Ben=im", "ben=im", "1SG=COP", id="17", source="a text",
                metadata={"begin": 2.0, "end": 3.0, "speaker": "Berk", "prediction": {
                    "system": "crf", "score": -0.5, "confirmed": False, "probabilities": [0.25]}}),
        ]  # fmt: skip
        text, report = write_text(items, layout=layout)
        assert not report.lost
        back = read_text(text)
        assert list(back) == items
        for old, new in zip(items, back, strict=True):
            assert {key: new.metadata[key] for key in old.metadata} == old.metadata

    def test_times_that_are_made_up_are_reported(self):
        known = {"begin": 4.0, "end": 5.0}
        items = [IGT("a"), IGT("b"), IGT("c", metadata=known), IGT("d")]
        text, report = write_text(items)
        times = [(igt.metadata["begin"], igt.metadata["end"]) for igt in read_text(text)]
        assert times == [(0.0, 2.0), (2.0, 4.0), (4.0, 5.0), (5.0, 7.0)]
        assert report.lost == {"made-up times": 3}

    def test_the_order_of_the_schema(self):
        text, _ = write_text([IGT("a-b", "a-b", "A-B", language="Tsez")])
        tags = [element.tag for element in ET.fromstring(text)]
        order = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "LANGUAGE", "CONSTRAINT"]
        assert list(dict.fromkeys(tags)) == order
        ids = [
            one.get("ANNOTATION_ID")
            for one in ET.fromstring(text).iter()
            if "ANNOTATION_ID" in one.attrib
        ]
        assert len(ids) == len(set(ids))

    def test_lines_that_do_not_pair_up(self):
        items = [IGT("a b", "a b", "A-X B"), IGT("c", None, "C")]
        text, report = write_text(items)
        assert not [name for name in report.lost if "times" not in name]
        assert [igt.glosses for igt in read_text(text)] == ["A-X B", "C"]
        _, report = write_text(items, layout="morphemes")
        assert report.lost["glosses"] == 2

    def test_entries_out_of_time(self):
        items = [IGT("b", metadata={"begin": 2.0, "end": 3.0}, id="x"),
                 IGT("a", metadata={"begin": 0.0, "end": 1.0}, id="y")]  # fmt: skip
        text, report = write_text(items)
        assert report.lost == {"order of entries": 2}
        assert [igt.id for igt in read_text(text)] == ["y", "x"]

    def test_options_that_make_no_sense(self, tmp_path):
        with pytest.raises(InputError, match="layout must be"):
            igtkit.write([], tmp_path / "a.eaf", layout="pages")
        with pytest.raises(InputError, match="give template="):
            igtkit.write([], tmp_path / "a.eaf", tiers={"transcription": "tx"})
