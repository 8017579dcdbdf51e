"""Praat's TextGrids: every form that Praat writes, read, written, and broken."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import texts

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT

LONG = """\
File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 3.5
tiers? <exists>
size = 4
item []:
    item [1]:
        class = "IntervalTier"
        name = "utterance@Ayşe"
        xmin = 0
        xmax = 3.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 2
            text = "Evde ""kim"" var?"
        intervals [3]:
            xmin = 2
            xmax = 3.5
            text = "Ben."
    item [2]:
        class = "IntervalTier"
        name = "morphemes@Ayşe"
        xmin = 0
        xmax = 3.5
        intervals: size = 6
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 0.75
            text = "ev"
        intervals [3]:
            xmin = 0.75
            xmax = 1
            text = "-de"
        intervals [4]:
            xmin = 1
            xmax = 1.5
            text = "kim"
        intervals [5]:
            xmin = 1.5
            xmax = 2
            text = "var"
        intervals [6]:
            xmin = 2
            xmax = 3.5
            text = ""
    item [3]:
        class = "IntervalTier"
        name = "gloss@Ayşe"
        xmin = 0
        xmax = 3.5
        intervals: size = 5
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 0.75
            text = "house"
        intervals [3]:
            xmin = 0.75
            xmax = 1
            text = "LOC"
        intervals [4]:
            xmin = 1
            xmax = 1.5
            text = "who"
        intervals [5]:
            xmin = 1.5
            xmax = 3.5
            text = ""
    item [4]:
        class = "TextTier"
        name = "notes@Ayşe"
        xmin = 0
        xmax = 3.5
        points: size = 1
        points [1]:
            number = 2.25
            mark = "check"
"""


def short_form(text):
    """The short form of a long one, by Praat's rule: what is between the values is left out."""
    header, rest = text.split("\n", 2)[:2], text.split("\n", 2)[2]
    rest = re.sub(r"item \[\d*\]:|(?:intervals|points) \[\d+\]:", "", rest)
    values = re.findall(r'"(?:[^"]|"")*"|<exists>|(?<=[=?] )[\d.]+', rest)
    return "\n".join([*header, "", *values]) + "\n"


def read_text(text, **options):
    return igtkit.read(io.StringIO(text), "textgrid", **options)


def write_text(items, **options):
    out = io.StringIO()
    report = igtkit.write(items, out, "textgrid", **options)
    return out.getvalue(), report


class TestReading:
    def check(self, corpus):
        assert [igt.transcription for igt in corpus] == ['Evde "kim" var?', "Ben."]
        first, second = corpus
        assert (first.segmentation, first.glosses) == ("ev-de kim var", "house-LOC who ???")
        assert (first.metadata["begin"], first.metadata["end"]) == (0.5, 2.0)
        assert first.metadata["speaker"] == "Ayşe"
        assert second.metadata["notes"] == ["check"]
        assert (second.segmentation, second.id) == (None, None)

    def test_long(self):
        self.check(read_text(LONG))

    def test_short(self):
        self.check(read_text(short_form(LONG)))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_what_praat_writes(self, tmp_path, encoding, end):
        path = tmp_path / "a.TextGrid"
        mark = "\ufeff" if encoding == "utf-16-be" else ""
        path.write_bytes((mark + LONG).replace("\n", end).encode(encoding))
        self.check(igtkit.read(path))

    def test_another_encoding_when_named(self, tmp_path):
        path = tmp_path / "a.TextGrid"
        path.write_bytes(LONG.encode("iso-8859-9"))
        with pytest.raises(FileFormatError, match=r"a\.TextGrid:11: not in utf-8"):
            igtkit.read(path)
        self.check(igtkit.read(path, encoding="iso-8859-9"))

    def test_tiers_that_the_user_names(self):
        text = LONG.replace("utterance@Ayşe", "eins").replace("gloss@Ayşe", "zwei")
        text = text.replace("morphemes@Ayşe", "drei")
        with pytest.raises(FileFormatError, match=r"(?s)which tier has the text.*'eins'.*'drei'"):
            read_text(text)
        asked = {"transcription": "eins", "segmentation": "drei", "glosses": "zwei"}
        assert read_text(text, tiers=asked)[0].glosses == "house-LOC who ???"

    def test_counts(self):
        assert len(read_text(LONG)) == len(
            re.findall(r'text = "[^"]', LONG.partition("item [2]")[0])
        )

    def test_told_by_its_beginning(self, tmp_path):
        path = tmp_path / "grid.txt"
        path.write_text(LONG, encoding="utf-8")
        assert len(igtkit.read(path, "textgrid")) == 2


class TestMalformed:
    @pytest.mark.parametrize("form", [LONG, short_form(LONG)])
    @pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.97])
    def test_truncated(self, form, part):
        with pytest.raises(FileFormatError):
            read_text(form[: int(len(form) * part)])

    def test_something_else(self, tmp_path):
        with pytest.raises(FileFormatError, match="no TextGrid"):
            read_text("<html/>")
        (tmp_path / "a.TextGrid").write_bytes(b"RIFF\0\0\1")
        with pytest.raises(FileFormatError, match="binary"):
            igtkit.read(tmp_path / "a.TextGrid")

    def test_a_label_that_looks_like_the_format(self):
        for label in (
            "intervals [2]:",
            "see item [2]: there",
            "xmin = 7",
            "<exists>",
            "! no comment",
        ):
            for form in (LONG, short_form(LONG)):
                corpus = read_text(form.replace('"Ben."', f'"{label}"'))
                assert corpus[1].transcription == label
                text, report = write_text(corpus)
                assert read_text(text)[1].transcription == label
                assert "transcription" not in report.lost

    def test_a_word_outside_every_sentence(self):
        text = LONG.replace('text = "ev"', 'text = ""').replace(
            'xmax = 0.5\n            text = ""', 'xmax = 0.5\n            text = "ah"'
        )
        text = text.replace('text = "ah"', 'text = ""', 1)
        with pytest.raises(FileFormatError, match="belongs to no annotation of 'utterance@Ayşe'"):
            read_text(text)
        assert len(read_text(text, errors="skip").skipped) > 0

    def test_no_tiers(self):
        assert len(read_text(LONG.split("tiers?", maxsplit=1)[0] + "tiers? <absent>\n")) == 0


class TestWriting:
    @pytest.mark.parametrize("form", ["long", "short"])
    def test_everything_comes_back(self, form):
        items = [
            IGT('Evde "kim"?', "ev-de kim", "house-LOC who", "Who?", pos="N Q", id="17",
                metadata={"begin": 0.25, "end": 1.5, "speaker": "Ayşe", "notes": ["a"]}),
            IGT("Ben", "ben", "1SG", metadata={
                "begin": 1.0, "end": 3.125, "speaker": "Berk", "prediction": {
                    "system": "crf", "score": -0.5, "confirmed": True, "probabilities": [0.5]}}),
            IGT("Gel", metadata={"begin": 2.0, "end": 3.0, "speaker": "Berk"}),
        ]  # fmt: skip
        text, report = write_text(items, form=form)
        assert not report.lost
        back = read_text(text)
        assert list(back) == items
        for old, new in zip(items, back, strict=True):
            assert {key: new.metadata[key] for key in old.metadata} == old.metadata

    def test_what_it_cannot_hold(self):
        items = [IGT("a", language="Tsez", source="s", split="dev"), IGT(None, "b-c", "B-C")]
        text, report = write_text(items)
        assert dict(report.lost) == {
            "language": 1,
            "source": 1,
            "split": 1,
            "made-up times": 2,
            "made-up transcription": 1,
        }
        assert read_text(text)[1].glosses == "B-C"

    @given(st.lists(texts(), max_size=4))
    @example([IGT(None, "*1- 1")])
    def test_what_does_not_come_back_is_reported(self, items):
        text, report = write_text(items)
        back = read_text(text)
        assert len(back) == len(items)
        for field in ("transcription", "segmentation", "glosses", "translation"):
            lost = sum(
                getattr(igt, field) not in (None, getattr(new, field))
                for igt, new in zip(items, back, strict=True)
            )
            words = (field, f"spacing of {field}", f"empty {field}")
            told = sum(report.lost.get(word, 0) for word in words)
            # a mark that would be read as a judgment is told by itself
            marked = sum((getattr(igt, field) or "").lstrip()[:1] in (*"*?#%(",) for igt in items)
            assert lost <= told <= lost + marked

    def test_no_entries(self):
        text, _ = write_text([])
        assert len(read_text(text)) == 0

    def test_the_form_is_long_or_short(self):
        with pytest.raises(InputError, match="form must be"):
            write_text([], form="json")


def test_what_webmaus_calls_a_pause_is_no_text(tmp_path):
    rows = [(0, 1, "<p:>"), (1, 2, "Kudana weli."), (2, 3, "<p:>")]
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "3", "<exists>", "2"]
    for name in ("tx@A", "ft@A"):
        lines += ['"IntervalTier"', f'"{name}"', "0", "3", "3"]
        for begin, end, text in rows:
            lines += [str(begin), str(end), f'"{text}"']
    path = tmp_path / "pauses.TextGrid"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [igt] = igtkit.read(path)
    assert (igt.transcription, igt.metadata["begin"]) == ("Kudana weli.", 1.0)


def test_a_text_that_reads_as_a_pause_is_reported_when_written(tmp_path):
    report = igtkit.write([IGT("<p:>")], tmp_path / "pause.TextGrid")
    assert report.lost
