"""``igtkit merge``: from a review table back into the file."""

from __future__ import annotations

import csv
import json

import pytest
from cli.story import OPEN_SENTENCES, SENTENCES

from igtkit import read, write


def correct(path, changes):
    """Change cells of a review table: by the text of a word, the column and its new value."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row.update(changes.get((int(row["sentence"]), int(row["word"])), {}))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def review(run, story, fitted):
    """The review table of a story whose sentences from the 51st on are open."""
    path = story.with_name("review.csv")
    status, out, err = run("gloss", story, "--model", fitted, "-o", path)
    assert (status, out) == (0, "")
    assert "review.csv: 61 words to look at. Correct segmentation and glosses" in err
    assert f"then: igtkit merge {path} {story}" in err
    return path


def test_a_table_holds_alternatives_and_is_not_written_over(run, story, review):
    text = review.read_text(encoding="utf-8-sig")
    assert text.count("\n") == 62
    assert "; " in text
    status, _, err = run("gloss", story, "-o", review)
    assert status == 2
    assert "review.csv is there already, perhaps with your corrections" in err
    assert review.read_text(encoding="utf-8-sig") == text


def test_corrections_come_back_into_the_file(run, story, review, model):
    before = read(story)
    correct(
        review,
        {(51, 1): {"segmentation": "x-y", "glosses": "dog-PL"}, (51, 2): {"confirmed": "yes"}},
    )
    status, _, err = run("merge", review, story)
    assert status == 0
    assert err.startswith(
        "2 words laid in, in 1 sentence; 9 sentences in which nothing is confirmed"
    )
    merged = read(story.with_name("story.merged.jsonl"))
    assert [index for index, igt in enumerate(merged) if igt != before[index]] == [50]
    assert merged[50].glosses.startswith("dog-PL ")
    assert "???" in merged[50].glosses
    assert "prediction" not in merged[50].metadata
    assert run("update", model, review)[0] == 0
    status, _, err = run("merge", review, story)
    assert status == 2
    assert "story.merged.jsonl is there already" in err


def test_in_place_keeps_a_copy_and_twice_is_once(run, story, review):
    held = story.read_bytes()
    correct(review, {(51, 1): {"confirmed": "yes"}})
    assert run("merge", review, story, "--in-place")[0] == 0
    assert story.with_name("story.jsonl.bak").read_bytes() == held
    status, _, err = run("merge", review, story, "--in-place")
    assert status == 3
    assert "review.csv: nothing to lay in" in err


def test_a_dry_run_writes_nothing_and_tells_programs(run, story, review):
    correct(review, {(51, 1): {"confirmed": "yes"}})
    status, out, _ = run("merge", review, story, "--dry-run", "--json")
    assert status == 0
    told = json.loads(out)
    assert told | {"output": ""} == {
        "words": 1, "sentences": 1, "kept": 0, "unconfirmed": 9, "unplaced": 0, "output": "",
    }  # fmt: skip
    assert not story.with_name("story.merged.jsonl").exists()


def test_what_stays_and_what_has_no_place_is_said(run, story):
    other = story.with_name("corrected.jsonl")
    changed = SENTENCES[0].replace(glosses=SENTENCES[0].glosses.replace("-PST", "-PFV"))
    write([changed, SENTENCES[0].replace(transcription="Nobody knows", id=None)], other)
    status, _, err = run("merge", other, story)
    assert status == 3
    assert "that stays" in err
    assert "not laid in: 2: there is no such sentence" in err


def test_a_row_that_makes_no_sense_is_one_line(run, story, review):
    correct(review, {(51, 1): {"segmentation": "a-b-c-d", "glosses": "dog"}})
    status, _, err = run("merge", review, story)
    assert (status, err.count("\n")) == (2, 1)
    assert "'a-b-c-d' has 4 morphemes, its gloss 'dog' has 1" in err
    assert run("merge", review, story, "--skip")[0] == 3


def test_a_table_of_a_table_keeps_its_form(run, fitted, tmp_path):
    write([*SENTENCES[:50], *OPEN_SENTENCES[:2]], tmp_path / "story.csv")
    asked = ("gloss", tmp_path / "story.csv", "--model", fitted)
    assert run(*asked, "-o", tmp_path / "other.csv")[0] == 0
    header = (tmp_path / "other.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.endswith(",metadata,probability,alternatives,confirmed")
    assert len(read(tmp_path / "other.csv")) == 52


def test_a_workbook_does_what_a_table_does(run, story):
    openpyxl = pytest.importorskip("openpyxl", reason="Excel workbooks need openpyxl")
    path = story.with_name("review.xlsx")
    _, _, err = run("gloss", story, "-o", path)
    assert "review.xlsx: 61 words to look at" in err
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book.active[1]]
    book.active.cell(2, names.index("segmentation") + 1).value = "x-y"
    book.active.cell(2, names.index("glosses") + 1).value = "dog-PL"
    book.save(path)
    status, _, err = run("merge", path, story)
    assert status == 0
    assert err.startswith("1 word laid in")
    merged = read(story.with_name("story.merged.jsonl"))
    assert merged[50].glosses.startswith("dog-PL ")


def test_a_copy_is_read_as_the_file_is(run, tmp_path):
    done = "".join(
        f"\\nr {n}\n\\lin kün geldi\n\\seg kün gel -di\n\\glo day come -PST\n\n" for n in range(3)
    )
    path, copy = tmp_path / "story.db", tmp_path / "story.suggested.db"
    path.write_text(f"{done}\\nr 9\n\\lin kün\n", encoding="cp1252")
    markers = {"record": "nr", "transcription": "lin", "segmentation": "seg", "glosses": "glo"}
    asked = ["--encoding", "cp1252"]
    for part, marker in markers.items():
        asked += ["--option", f"markers.{part}={marker}"]
    assert run("gloss", path, *asked)[0] == 0
    text = copy.read_text(encoding="cp1252")
    copy.write_text(text.replace('"confirmed": false', '"confirmed": true'), encoding="cp1252")
    assert run("merge", copy, path, *asked)[0] == 0
    merged = (tmp_path / "story.merged.db").read_text(encoding="cp1252")
    assert merged.endswith("\\nr 9\n\\lin kün\n\\seg kün\n\\glo day\n")


def test_a_table_that_comes_second_is_named(run, story, review):
    status, _, err = run("merge", story, review)
    assert (status, err.count("\n")) == (2, 1)
    assert f"comes first: igtkit merge {review} {story}" in err
    assert not review.with_name("review.merged.csv").exists()


def test_what_a_spreadsheet_saved_in_the_code_of_windows_is_to_be_saved_otherwise(
    run, story, review
):
    review.write_bytes(review.read_text(encoding="utf-8-sig").encode("cp1254", errors="replace"))
    status, _, err = run("merge", review, story)
    assert status == 2
    assert "save it as CSV UTF-8 in the spreadsheet" in err
    assert "--encoding cp1252" in err
    assert run("merge", review, story, "--encoding", "cp1254")[0] == 3  # nothing is confirmed


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_table_in_utf_16_is_read_or_its_encoding_asked_for(run, story, review, encoding):
    correct(review, {(51, 2): {"confirmed": "yes"}})
    review.write_bytes(review.read_text(encoding="utf-8").encode(encoding))
    if encoding != "utf-16":
        status, _, err = run("merge", review, story)
        assert (status, "name its encoding, --encoding utf-16-le" in err) == (2, True)
    status, _, err = run("merge", review, story, "--encoding", encoding)
    assert (status, err.startswith("1 word laid in")) == (0, True)


def test_a_yes_in_the_wrong_column_is_told(run, story, review, caplog):
    correct(review, {(51, 2): {"alternatives": "Yes "}, (51, 1): {"confirmed": "x"}})
    status, _, err = run("merge", review, story)
    assert status == 0
    assert err.startswith("1 word laid in, in 1 sentence")
    assert "row 3 says yes under 'alternatives', not under 'confirmed'" in caplog.text


@pytest.mark.parametrize("name", ["story.csv", "story.tsv"])
def test_the_review_table_of_a_table_is_asked_for(run, story, fitted, name):
    path, review = story.with_name(name), story.with_name("review.csv")
    write(read(story), path)
    asked = ("gloss", path, "--model", fitted, "-o", review, "--out-option", "layout=review")
    status, _, err = run(*asked)
    assert status == 0
    assert "61 words to look at. Correct segmentation and glosses" in err
    assert "; " in review.read_text(encoding="utf-8-sig")  # alternatives
    assert run(*asked)[0] == 2  # it may have corrections
    correct(review, {(51, 1): {"segmentation": "x-y", "glosses": "dog-PL"}})
    assert run("merge", review, path)[0] == 0
    merged = read(story.with_name(f"story.merged{path.suffix}"))
    assert merged[50].glosses.startswith("dog-PL ")
