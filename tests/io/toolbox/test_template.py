"""A Toolbox file that is changed: all of it stays, but for what changes."""

from __future__ import annotations

import time

import pytest

import igtkit
from igtkit import IGT
from igtkit.errors import InputError
from igtkit.igt import Prediction

FILE = """\
\\_sh v3.0  400  Text
# kept, too
\\id Houses
\\genre tale

\\ref 001
\\tx palasi        buro ,
\\mb pala  -si     buro
\\ge house -PL     ***
\\gr дом   -МН     гореть
\\ps n     -sf     v

\\tx hana
\\mb hana
\\ge go

\\xx unknown   spacing
\\ft And the houses
  burned.
\\ft

\\ref 002
\\tx buro
\\zz

\\ref 002
\\tx hana
\\mb ???
\\ge ???
\\dt 24/Dec/1998
"""
MARK = {"prediction": {"system": "crf", "score": None, "confirmed": False}}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "story.sfm"
    path.write_text(FILE, encoding="utf-8")
    return path


def rewritten(path, texts, **options):
    """The file that is written, and what the report says is lost."""
    new = path.with_name("new.sfm")
    report = igtkit.write(texts, new, "toolbox", template=path, **options)
    return new.read_bytes().decode(options.get("encoding", "utf-8")), dict(report.lost)


def test_what_is_not_changed_is_the_same_file(path):
    assert rewritten(path, igtkit.read(path)) == (FILE, {})


def test_one_gloss_changes_one_token(path):
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(glosses=texts[0].glosses.replace("???", "burn"))
    assert rewritten(path, texts) == (FILE.replace("     ***", "     burn"), {})


def test_punctuation_is_set_apart_in_its_column(path):
    path.write_text(FILE.replace("buro ,", "buro, hana"), encoding="utf-8")
    texts = [
        igt.replace(transcription=igt.transcription.replace("buro,", "buro ,"))
        for igt in igtkit.read(path)
    ]
    assert rewritten(path, texts)[0] == FILE.replace("buro ,", "buro , hana")


def test_new_lines_stand_where_toolbox_has_them(path):
    texts = list(igtkit.read(path))
    texts[1] = Prediction("bur-o", "burn-3SG", system="crf").to_igt(texts[1])
    new, lost = rewritten(path, texts)
    lines = ["\\tx buro", "\\mb bur  -o", "\\ge burn -3SG"]
    assert new.startswith(FILE[: FILE.index("\\tx buro\n")])
    assert new[FILE.index("\\tx buro\n") :].split("\n")[:4] == [*lines, "\\zz"]
    assert '\n\\prediction {"system": "crf"' in new
    assert lost == {}
    again = igtkit.read(path.with_name("new.sfm"))
    assert list(again) == texts
    assert again[1].metadata["prediction"] == texts[1].metadata["prediction"]


def test_confirming_takes_the_mark_away(path):
    before = list(igtkit.read(path))
    texts = [before[0], before[1].replace(metadata={**before[1].metadata, **MARK}), before[2]]
    rewritten(path, texts)
    new = path.with_name("new.sfm")
    assert "prediction" in new.read_text(encoding="utf-8")
    again = path.with_name("again.sfm")
    igtkit.write(before, again, template=new)
    assert again.read_text(encoding="utf-8") == FILE


def test_a_translation_is_changed_added_and_taken_away(path):
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(translation="They burned.")
    texts[1] = texts[1].replace(translation="Fire.")
    expected = FILE.replace("And the houses\n  burned.", "They burned.")
    assert rewritten(path, texts) == (expected.replace("\\zz\n", "\\zz\n\\ft Fire.\n"), {})
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(translation=None)
    assert rewritten(path, texts) == (FILE.replace("\\ft And the houses\n  burned.\n", ""), {})


def test_a_word_of_other_morphemes_is_laid_out_anew(path):
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(
        segmentation=texts[0].segmentation.replace("pala-si", "pa-la-si"),
        glosses="ho-use-PL burn go",
    )
    new, lost = rewritten(path, texts)
    assert lost == {}
    again = igtkit.read(path.with_name("new.sfm"))[0]
    assert (again.segmentation, again.glosses) == (texts[0].segmentation, texts[0].glosses)
    assert "\\gr дом   -МН" in new
    assert "\\tx hana\n\\mb hana\n\\ge go\n\n\\xx unknown   spacing\n" in new


def test_windows_line_ends_and_other_encodings_stay(path):
    path.write_bytes(FILE.replace("дом", "ду").replace("\n", "\r\n").encode("cp1251"))
    texts = list(igtkit.read(path, encoding="cp1251"))
    texts[1] = texts[1].replace(segmentation="buro", glosses="burn", translation="Огонь.")
    new, lost = rewritten(path, texts, encoding="cp1251")
    assert lost == {}
    assert new.count("\n") == new.count("\r\n") == FILE.count("\n") + 3
    assert new.endswith("\\dt 24/Dec/1998\r\n")


def test_the_last_line_may_have_no_end(path):
    path.write_text(FILE.rstrip("\n"), encoding="utf-8")
    texts = list(igtkit.read(path))
    texts[2] = texts[2].replace(translation="It went.")
    assert rewritten(path, texts)[0] == FILE + "\\ft It went.\n"


def test_some_entries_are_found_by_name_or_else_by_text(path):
    texts = list(igtkit.read(path))
    changed = [texts[2].replace(translation="It went."), texts[0].replace(pos=None)]
    new, lost = rewritten(path, changed)
    assert new == FILE.replace("\\ps n     -sf     v", "\\ps") + "\\ft It went.\n"
    assert lost == {}
    new, lost = rewritten(path, [texts[0], texts[1].replace(transcription="x"), IGT("y", id="9")])
    assert (new, lost) == (
        FILE,
        {"ids that the template repeats": 1, "entries not in the template": 1},
    )
    with pytest.raises(InputError, match="none of the entries is a record of"):
        rewritten(path, [IGT("nowhere", id="9")])


def test_of_some_entries_a_text_may_have_changed(path):
    first = igtkit.read(path)[0].replace(transcription="palasi, buro")
    report = igtkit.write([first], path, template=path)
    assert (report.entries, dict(report.lost)) == (1, {})
    assert igtkit.read(path)[0].transcription == "palasi, buro"


def test_a_record_without_a_name_is_found_among_many(tmp_path):
    path = tmp_path / "a.sfm"
    path.write_text("".join(f"\\tx w{n}\n\n" for n in range(4_000)))
    texts = igtkit.read(path)
    start = time.process_time()
    report = igtkit.write([*reversed(texts[1:])], path, template=path)
    assert time.process_time() - start < 4
    assert dict(report.lost) == {}


def test_what_a_record_cannot_hold_is_told(path):
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(language="Lokono", metadata=texts[0].metadata | {"page": 7})
    assert rewritten(path, texts)[1] == {"language": 1, "metadata: page": 1}


def test_wide_characters_are_refused(path):
    with pytest.raises(InputError, match="a file in utf-16 cannot be changed; save it as UTF-8"):
        rewritten(path, igtkit.read(path), encoding="utf-16")


def test_records_that_would_begin_elsewhere_are_refused(tmp_path):
    path = tmp_path / "plain.sfm"
    path.write_text("\\tx a\n\\ge A\n\\tx b\n\\ge B\n\\tx c\n", encoding="utf-8")
    texts = list(igtkit.read(path))
    texts[0] = texts[0].replace(translation="x")
    with pytest.raises(InputError, match="would begin elsewhere"):
        rewritten(path, texts)


class TestRealFiles:
    """Files of the field, as they are."""

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [
            ("kakabe.txt", "utf-8"),
            ("pemon_toolbox.txt", "utf-8"),
            ("pemon_shoebox_latin1.db", "latin-1"),
        ],
    )
    def test_unchanged_they_are_the_same_bytes(self, shared, tmp_path, name, encoding):
        path = shared / "data" / "interchange" / "toolbox" / name
        corpus = igtkit.read(path, "toolbox", encoding=encoding)
        report = igtkit.write(corpus, tmp_path / "new", "toolbox", template=path, encoding=encoding)
        assert not report.lost
        assert (tmp_path / "new").read_bytes() == path.read_bytes()

    def test_setting_punctuation_apart_touches_few_lines(self, shared, tmp_path):
        path = shared / "data" / "interchange" / "toolbox" / "kakabe.txt"
        corpus = [igtkit.normalize(igt) for igt in igtkit.read(path, "toolbox")]
        report = igtkit.write(corpus, tmp_path / "new", "toolbox", template=path)
        before, after = (
            each.read_text(encoding="utf-8").split("\n") for each in (path, tmp_path / "new")
        )
        assert len(before) == len(after)
        others = [
            old for old, new in zip(before, after, strict=True) if old != new and old[:3] != "\\tx"
        ]
        assert len(others) < 200
        assert sum(report.lost.values()) < 10
