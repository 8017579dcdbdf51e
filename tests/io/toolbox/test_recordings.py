"""Times, and the recordings that ELAN names."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io import Source, read
from igtkit.io.toolbox.recordings import media_in, media_of, seconds_of


@given(st.integers(0, 10**8))
def test_both_forms_of_elan_say_the_same(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    minutes, hours = seconds // 60, seconds // 3600
    written = f"{hours:02}:{minutes % 60:02}:{seconds % 60:02}.{rest:03}"
    assert seconds_of(written) == seconds_of(f"{seconds}.{rest:03}") == milliseconds / 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "-1.000",
        "1:99",
        "1:99:00",
        "1:2:3:4",
        "nan",
        "inf",
        "12 s",
        f"{'9' * 5000}:00:00",
        "9" * 400,
    ],
)
def test_what_is_no_time(text):
    assert seconds_of(text) is None


def test_recordings_are_found_wherever_they_stand(tmp_path):
    record = "\\ref {}\n\\tx ev\n\n"
    media = "\\ELANMediaURL file:///a.wav\n\\ELANMediaMIME audio/x-wav\n"
    for number, text in enumerate(
        [record.format(1) + media + record.format(2), record.format(1) * 80_000 + media]
    ):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        assert media_in(Source(path)) == [{"url": "file:///a.wav", "mime_type": "audio/x-wav"}]


def test_a_file_without_recordings_and_an_open_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\\ref 1\n\\tx ev\n", encoding="utf-8")
    assert media_in(Source(path)) == media_in(Source(io.StringIO("\\tx ev\n"))) == []


def test_in_an_open_file_they_stay_fields():
    [igt] = read(io.StringIO("\\ref 1\n\\tx ev\n\n\\ELANMediaURL a.wav\n"), "toolbox")
    assert igt.metadata == {"toolbox": {"fields": [["ELANMediaURL", "a.wav"]]}}


def test_what_has_no_address_is_no_recording():
    assert media_of([("ELANMediaMIME", "audio/x-wav"), ("ELANMediaOrigin", "x")]) == []
    assert media_of([("ELANMediaURL", "a"), ("ELANMediaOrigin", "x")]) == [{"url": "a"}]


def test_a_time_origin_is_a_whole_number_that_a_recording_can_have():
    for origin in ("--5", "9" * 400, "9" * 5000):
        told = media_of([("ELANMediaURL", "a.wav"), ("ELANMediaOrigin", origin)])
        assert told == [{"url": "a.wav"}]
