"""Toolbox files as they are written."""

from __future__ import annotations

import pytest
from documents.toolbox import RELAXED, parse, render
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines, aligned_words

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io import read, write


def test_columns_are_written_by_byte():
    igt = IGT("éa xy .", "é-a xy .", "one-two three .", "Free.", id="7", source="T")
    written, lost = render([igt, IGT("b", source="T")])
    assert written == (
        "\\_sh v3.0  400  Text\n\n\\id T\n\n\\ref 7\n"
        "\\tx éa      xy    .\n\\mb é  -a   xy    .\n\\ge one -two three .\n\n\\ft Free.\n\n"
        "\\ref\n\\tx b\n"
    )
    assert not lost


def test_another_encoding_is_written_with_its_own_columns(tmp_path):
    igt = IGT("éé b", "éé b", "one two")
    path = tmp_path / "a.db"
    write([igt], path, "toolbox", encoding="latin-1")
    assert b"\\mb \xe9\xe9  b\n" in path.read_bytes()
    assert list(read(path, encoding="latin-1")) == [igt]
    with pytest.raises(InputError, match="cannot be written in"):
        write([IGT("ə")], path, "toolbox", encoding="latin-1")
    assert list(read(path, encoding="latin-1")) == [igt]  # still there


def test_a_suggestion_stays_recognizable():
    mark = {"system": "CrfGlosser", "score": -1.5, "confirmed": False, "probabilities": [0.5]}
    igt = igtkit.Prediction("a-b", "A-B", system="CrfGlosser").to_igt(IGT("ab"))
    igt = igt.replace(metadata={"prediction": mark})
    written, lost = render([igt])
    assert "\\prediction {" in written
    assert not lost
    assert parse(written)[0].metadata == {"prediction": mark}


def test_the_writer_reports_what_it_cannot_hold():
    items = [
        IGT("a  b", "", "A", "x\ny", language="Tsez", split="dev", metadata={"page": 1}),
        IGT("a", metadata={"notes": "no list", "begin": "soon"}),
        IGT("a", "-a b-", "A B"),
    ]
    _, lost = render(items)
    assert lost == {
        "language": 1,
        "split": 1,
        "empty segmentation": 1,
        "metadata: begin": 1,
        "metadata: notes": 1,
        "metadata: page": 1,
        "spacing of transcription": 1,
        "spacing of translation": 1,
    }


@RELAXED
@given(st.lists(aligned_words(), min_size=1, max_size=6), st.text("ab ’'\"(.", max_size=9))
def test_aligned_words_come_back(words, translation):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT(surface, forms, glosses, f"x{translation}x", pos=glosses, id="1", source="s")
    written, lost = render([igt])
    assert not lost
    assert list(parse(written)) == [igt]


TEXTS = st.none() | st.text("ab1-=.'*(\n \\", max_size=8)


@RELAXED
@given(
    st.builds(IGT, TEXTS, TEXTS, TEXTS, TEXTS, id=TEXTS, pos=TEXTS)
    | st.builds(lambda lines, free: IGT(*lines, free), aligned_lines(), TEXTS)
)
def test_what_does_not_come_back_is_reported(igt):
    written, lost = render([igt, IGT("zz", id="last")])
    try:
        back = list(parse(written))
    except FileFormatError:
        back = []
    assert lost or back == [igt, IGT("zz", id="last")]
