"""Recordings: as ELAN and FLEx name them, kept and written."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from documents.eaf import SPEECH, document

import igtkit
from igtkit.igt import IGT
from igtkit.io._media import attributes_of, files_of, media_files, media_of, one_for_all

DESCRIPTORS = (
    '<MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/rec/a.mp4" MIME_TYPE="video/mp4" '
    'RELATIVE_MEDIA_URL="./a.mp4" TIME_ORIGIN="1500"/>'
    '<MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/rec/a.wav" MIME_TYPE="audio/x-wav" '
    'EXTRACTED_FROM="file:///C:/rec/a.mp4"/>'
)
MEDIA = [
    {
        "url": "file:///C:/rec/a.mp4",
        "mime_type": "video/mp4",
        "relative_url": "./a.mp4",
        "time_origin": 1.5,
    },
    {
        "url": "file:///C:/rec/a.wav",
        "mime_type": "audio/x-wav",
        "extracted_from": "file:///C:/rec/a.mp4",
    },
]


def elan(descriptors=DESCRIPTORS):
    text = document(SPEECH).replace('<PROPERTY NAME="last', descriptors + '<PROPERTY NAME="last')
    return igtkit.read(io.StringIO(text), "eaf")


def written(items, name):
    out = io.StringIO()
    report = igtkit.write(items, out, name)
    return out.getvalue(), dict(report.lost)


def test_elan_to_elan():
    corpus = elan()
    assert corpus[0].metadata["media"] == MEDIA
    text, lost = written(corpus, "eaf")
    assert "metadata: media" not in lost
    assert igtkit.read(io.StringIO(text), "eaf")[0].metadata["media"] == MEDIA


def test_elan_to_flex_and_back():
    text, lost = written(elan(), "flextext")
    assert lost["metadata: media"] == 1  # where it begins on the time line, and its kind
    root = ET.fromstring(text)
    files = root.findall("interlinear-text/media-files/media")
    assert [one.get("location") for one in files] == [one["url"] for one in MEDIA]
    assert root.find(".//phrase").get("media-file") == files[0].get("guid")
    back = igtkit.read(io.StringIO(text), "flextext")
    assert back[0].metadata["media"] == [{"url": one["url"]} for one in MEDIA]
    again, lost = written(back, "flextext")
    assert (again, lost) == (text, {})
    text, lost = written(back, "eaf")
    assert "metadata: media" not in lost
    assert text.count("<MEDIA_DESCRIPTOR") == 2


def test_a_recording_of_which_no_more_is_known_is_kept_by_flex():
    corpus = elan('<MEDIA_DESCRIPTOR MEDIA_URL="a.wav" MIME_TYPE="unknown"/>')
    assert "metadata: media" not in written(corpus, "flextext")[1]


@pytest.mark.parametrize("name", ["textgrid", "toolbox", "text", "sigmorphon"])
def test_what_has_no_place_for_recordings_says_so(name):
    assert written(elan(), name)[1]["metadata: media"] == 1


def test_recordings_of_several_files_are_told_as_lost():
    items = [IGT("a", metadata={"media": [{"url": name}]}) for name in ("a.wav", "b.wav")]
    text, lost = written(items, "eaf")
    assert lost["metadata: media"] == 2
    assert "MEDIA_DESCRIPTOR" not in text


@pytest.mark.parametrize("media", ["a.wav", [{"url": 7}], [7], {"url": "a"}, [{}]])
def test_what_is_no_list_of_recordings_is_told_as_lost(media):
    for name in ("eaf", "flextext"):
        assert written([IGT("a", metadata={"media": media})], name)[1]["metadata: media"] == 1


def test_a_descriptor_and_its_attributes():
    found = ET.fromstring(f"<HEADER>{DESCRIPTORS}</HEADER>")
    assert [media_of(one.attrib) for one in found] == MEDIA
    assert [attributes_of(one) for one in MEDIA] == [dict(one.attrib) for one in found]
    assert media_of({"MIME_TYPE": "audio/x-wav"}) is None
    assert media_of({"MEDIA_URL": "a", "TIME_ORIGIN": "soon"}) == {"url": "a"}
    assert attributes_of({"relative_url": "./a"})["MEDIA_URL"] == "./a"


def test_the_recording_of_old_files_stands_in_their_header():
    text = document(SPEECH).replace('MEDIA_FILE=""', 'MEDIA_FILE="file:///a.wav"')
    [igt] = igtkit.read(io.StringIO(text), "eaf")
    assert igt.metadata["media"] == [{"url": "file:///a.wav"}]


def test_the_same_recordings_for_all_or_none():
    one, other = (IGT("a", metadata={"media": [{"url": name}]}) for name in "ab")
    assert one_for_all([one, IGT("b"), one]) == [{"url": "a"}]
    assert one_for_all([one, other]) == one_for_all([IGT("b")]) == []


def test_the_files_of_a_text():
    text = ET.Element("interlinear-text")
    assert files_of(text) == []
    text.append(media_files([{"url": "a.wav"}, {"relative_url": "./b.wav"}]))
    assert files_of(text) == [{"url": "a.wav"}, {"url": "./b.wav"}]


@pytest.mark.parametrize("origin", ["--5", "9" * 400, "9" * 5000, "1e3", "٣-"])
def test_a_time_that_is_no_whole_number_or_no_time_at_all_is_left_out(origin):
    assert media_of({"MEDIA_URL": "a.wav", "TIME_ORIGIN": origin}) == {"url": "a.wav"}
