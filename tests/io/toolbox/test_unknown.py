"""What unknown markers could be."""

from __future__ import annotations

import io

import pytest

from igtkit.io import Source
from igtkit.io.toolbox.records import Records
from igtkit.io.toolbox.unknown import Unknown


def unknown(text):
    records = Records(Source(io.StringIO(text)), {})
    return Unknown(list(records), records.markers, "utf-8"), records.markers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\\ref 1\n\\wl evler\n\\mb ev    -ler\n\\ge house -PL\n\\ft Houses.\n", "\\wl could be the transcription"),
        ("\\ref 1\n\\tx evler\n\\mb ev    -ler\n\\xg house -PL\n\\ft Houses.\n", "\\xg could be the glosses"),
        ("\\ref 1\n\\tx evler\n\\mb ev    -ler\n\\ge house -PL\n\\pt As casas.\n", "\\pt could be the translation"),
    ],
)  # fmt: skip
def test_what_a_missing_line_could_be(text, said):
    found, _ = unknown(text)
    there = [line[1:].split()[0] for line in text.splitlines()]
    assert said in found.said(there)
    assert found.said([*there, "tx", "ge", "ft"]) == ""


@pytest.mark.parametrize(
    "line",
    ["\\dt 12/Mar/2001", "\\src notebook 3", "\\no 17 42", "\\xx word", "\\ft The houses."],
)
def test_what_could_be_nothing(line):
    found, _ = unknown("\\ref 1\n\\tx evler\n\\mb ev    -ler\n\\ge house -PL\n" + line + "\n")
    assert found.said(["ref", "tx", "mb", "ge"]) == ""


def test_the_lines_of_blocks_have_their_rules():
    found, _ = unknown(
        "\\ref 1\n\\tx evler\n\\mb ev     -ler\n\\ge house  -PL\n\\gf maison -PL\n\\nl rumah-rumah\n"
    )
    assert found.rules["gf"] == "marker-line"
    assert found.rules["nl"] == "marker-free"
    assert found.laid_out == {"gf": True, "nl": False}


def test_a_file_under_none_of_whose_markers_a_text_is_found():
    found, _ = unknown("\\ref 1\n\\lin evler\n\\ge house\n")
    assert found.said(["ref", "lin", "ge"]).startswith(
        "no text is found under \\ref, \\lin, \\ge; name"
    )
    assert found.said(["ref", "mb", "ge"]) == ""
