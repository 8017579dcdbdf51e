"""Metadata that nobody would write: every format writes them or refuses, and reads what it wrote."""

from __future__ import annotations

import pytest

import igtkit
from igtkit.errors import IGTError
from igtkit.igt import IGT

NEEDS = {"cldf": "pycldf", "docx": "docx", "parquet": "pyarrow", "xlsx": "openpyxl"}
HUGE = 10**400
NAN, INFINITE = float("nan"), float("inf")
ODD = [
    *({"begin": NAN, "end": INFINITE}, {"begin": HUGE, "end": "x"}, {"begin": 0, "end": HUGE}),
    *({"begin": -HUGE, "end": HUGE}, {"begin": 1e308, "end": 1e308}, {"begin": True, "end": []}),
    *({"media": "x"}, {"media": [7]}, {"media": [{"url": 7}]}, {"media": {"url": "a"}}),
    {"media": [{"url": "a", "time_origin": HUGE}]},
    {"media": [{"url": "a", "time_origin": NAN}]},
    *({"toolbox": 7}, {"toolbox": {"text": 7, "lines": {"x": 7}, "fields": [7], "issues": 7}}),
    *({"flextext": []}, {"flextext": {"phrase": "<a"}}),
    {"flextext": {"phrase": "<phrase/>", "text": 7, "paragraph": 7}},
    {"flextext": {"phrase": "<phrase/>", "paragraph": {"attributes": 7}}},
    *({"eaf": {"tiers": 7}}, {"textgrid": {"tiers": {"a": [7]}}}, {"cldf": 7}, {"xigt": [1]}),
    *({"latex": {"heading": 7}}, {"text": {"phonetic": []}}, {"scription": {"header": 7}}),
    *({"notes": [7, None]}, {"notes": "x"}, {"notes": ["a\nb", "\\x"]}, {"speaker": ["a"]}),
    *({"prediction": 7}, {"prediction": {"probabilities": 7, "score": []}}),
    {"prediction": {"probabilities": ["x"], "system": 7, "score": "x", "confirmed": "y"}},
    {"prediction": {"probabilities": [HUGE, NAN], "score": INFINITE}},
    *({"prediction": {"alternatives": 7}}, {"prediction": {"alternatives": [[["a"]]]}}),
    *({"citation": {}}, {"citation": "\n\n"}, {"title": "\n"}, {"": ""}, {"x": object()}),
    *({"judgment": "*\n?"}, {"judgment": "\\"}, {"judgment": "<b>"}, {"judgment": 7}),
]


@pytest.mark.parametrize("name", igtkit.io.format_names("write"))
def test_odd_metadata_are_written_or_refused_and_what_is_written_is_read(name, tmp_path):
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    path = tmp_path / ("cldf-metadata.json" if name == "cldf" else f"a.{name}")
    for metadata in ODD:
        igt = IGT("a b", "a-x b", "c-y d", "e", metadata=metadata)
        try:
            igtkit.write([igt, igt], path, name)
        except IGTError:
            continue
        if name in igtkit.io.format_names("read"):
            assert len(igtkit.read(path, name)) == 2, metadata
