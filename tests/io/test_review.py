"""The review table: out to a spreadsheet, and back with what a person did there."""

from __future__ import annotations

import csv
import io

import pytest

from igtkit import IGT
from igtkit.errors import FileFormatError
from igtkit.io import inspect, read, write

MARK = {
    "system": "crf",
    "confirmed": False,
    "probabilities": [0.931, 0.302, 0.25, None],
    "alternatives": [[], [["geldi", "come", 0.2], ["gel=di", "come=COP", 0.11]], [], []],
    "given": [True, False, False, False],
}
DONE = IGT("Ev", "ev", "house")
SUGGESTED = IGT(
    "Kediler geldi , =mi",
    "kedi-ler gel-di , =mi",
    "cat-PL come-PST , =Q",
    "Did the cats come?",
    id="007",
    metadata={"prediction": {**MARK, "probabilities": [0.931, 0.302, None, 0.25]}},
)


@pytest.fixture
def table(tmp_path):
    """The table of a file of two sentences, the second suggested."""
    path = tmp_path / "review.csv"
    write([DONE, SUGGESTED], path, layout="review")
    return path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def change(path, words, *, delimiter=",", encoding="utf-8-sig"):
    """Write the table again, with other cells in the rows of these words."""
    found = rows(path)
    for row in found:
        row.update(words.get(int(row["word"]), {}))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, found[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(reversed(found))


def test_a_row_is_a_word_of_a_suggestion(table):
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    found = rows(table)
    assert [list(row.values())[:10] for row in found] == [
        ["2", "'007", "1", "Kediler", "kedi-ler", "cat-PL", "", "", "yes", "kedi-ler cat-PL"],
        ["2", "'007", "2", "geldi", "gel-di", "come-PST", "30%",
         "geldi come 20%; gel=di come=COP 11%", "", "gel-di come-PST"],
        ["2", "'007", "3", "'=mi", "'=mi", "'=Q", "25%", "", "", "'=mi =Q"],
    ]  # fmt: skip
    assert {row["translation"] for row in found} == {"Did the cats come?"}


def test_what_nobody_has_touched_is_still_a_suggestion(table):
    change(table, {1: {"confirmed": ""}})
    [igt] = read(table)
    assert (igt.id, igt.transcription) == ("007", SUGGESTED.transcription)
    assert (igt.segmentation, igt.glosses) == ("kedi-ler gel-di =mi", "cat-PL come-PST =Q")
    assert igt.metadata == {
        "sentence": 2,
        "prediction": {
            "confirmed": False,
            "probabilities": [None, 0.3, 0.25],
            "alternatives": [[], [["geldi", "come", 0.2], ["gel=di", "come=COP", 0.11]], []],
        },
    }


def test_what_is_confirmed_or_changed_is_a_persons(table):
    change(table, {2: {"glosses": "come-PFV"}})
    [igt] = read(table)
    assert (igt.segmentation, igt.glosses) == ("kedi-ler gel-di ???", "cat-PL come-PFV ???")
    assert "prediction" not in igt.metadata
    change(table, {3: {"confirmed": "x"}})
    [igt] = read(table)
    assert igt.glosses == "cat-PL come-PFV =Q"


def test_a_no_stands_against_a_change(table):
    change(table, {2: {"glosses": "go-PST", "confirmed": "no"}})
    assert read(table)[0].glosses == "cat-PL ??? ???"


def test_a_word_that_is_emptied_is_open(table):
    change(table, {2: {"glosses": "", "segmentation": ""}})
    assert read(table)[0].glosses == "cat-PL ??? ???"


def test_a_table_comes_back_as_other_programs_save_it(table):
    change(table, {2: {"confirmed": "TRUE"}}, delimiter=";", encoding="cp1252")
    [igt] = read(table, encoding="cp1252")
    assert igt.segmentation == "kedi-ler gel-di ???"


def test_rows_that_were_deleted_are_open_words(table):
    kept = [row for row in rows(table) if row["word"] == "1"]
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, kept[0])
        writer.writeheader()
        writer.writerows(kept)
    assert read(table)[0].glosses == "cat-PL ??? ???"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"glosses": "come"}, "review.csv:3: 'gel-di' has 2 morphemes, its gloss 'come' has 1"),
        ({"glosses": "come PST"}, "glosses 'come PST' is more than one word"),
        ({"confirmed": "perhaps"}, "confirmed is 'perhaps'; write yes, or leave it empty"),
        ({"word": "b"}, "word must be a number, not 'b'"),
        ({"sentence": "0"}, "sentence must be a number, not '0'"),
        ({"word": "1"}, "word 1 of sentence 2 stands here twice"),
    ],
)
def test_a_row_that_makes_no_sense_is_named(table, cells, said):
    change(table, {2: cells})
    with pytest.raises(FileFormatError) as error:
        read(table)
    assert said in str(error.value)
    corpus = read(table, errors="skip")
    assert len(corpus.skipped) == 1
    assert corpus[0].glosses.split().count("???") in (1, 2)


def test_a_word_far_beyond_its_sentence_is_refused(table):
    change(table, {2: {"word": "999999999"}})
    with pytest.raises(FileFormatError, match="sentence 2 has no word 999999999"):
        read(table)
    assert len(read(table, errors="skip").skipped) == 1


def test_a_row_whose_word_has_no_number_may_be_the_only_one(table):
    kept = [row | {"word": "?"} for row in rows(table) if row["word"] == "1"]
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, kept[0])
        writer.writeheader()
        writer.writerows(kept)
    [igt] = read(table, errors="skip")
    assert igt.glosses is None


def test_a_yes_beside_its_column_is_told_and_does_not_count(table, caplog):
    found = rows(table)
    for row, (name, cell) in zip(found, BESIDE, strict=True):
        row.update({"confirmed": "", "suggested": row["suggested"], "Kommentar": "", name: cell})
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*found[0]])
        writer.writeheader()
        writer.writerows(found)
    [text] = read(table)
    assert text.metadata["prediction"]["confirmed"] is False
    assert [record.message.partition(": ")[2] for record in caplog.records] == [
        "row 2 says yes under 'Kommentar', not under 'confirmed': that does not count",
        "row 4 says yes under 'probability', not under 'confirmed': that does not count",
    ]
    assert {part.line for part in inspect(table).parts if part.name == "Kommentar"} == {None}


BESIDE = [("Kommentar", "Ja"), ("Kommentar", "1"), ("probability", "yes")]


def test_names_of_columns_may_be_in_capitals_and_not_be_gone(table):
    text, before = table.read_text(encoding="utf-8-sig"), read(table)
    head, _, rest = text.partition("\n")
    table.write_text(f"{head.upper().replace(',', ' ,')}\n{rest}", encoding="utf-8")
    assert read(table) == before
    table.write_text(text.replace("confirmed", "bestätigt"), encoding="utf-8")
    with pytest.raises(FileFormatError, match="no column 'confirmed'; leave the names"):
        read(table)


def test_it_is_told_by_its_columns(table):
    parts = inspect(table).parts
    assert {part.why for part in parts} == {"a review table"}
    out = io.StringIO()
    write([DONE], out, "csv", layout="review")
    assert out.getvalue().startswith("sentence,id,word,")
    assert len(read(io.StringIO(out.getvalue()), "csv")) == 0


def test_a_line_that_the_text_does_not_have_is_none(tmp_path):
    igt = IGT("kediler geldi", None, "cats came", metadata={"prediction": {"confirmed": False}})
    write([igt], tmp_path / "review.csv", layout="review")
    assert rows(tmp_path / "review.csv")[0]["suggested"] == "– cats"
    [back] = read(tmp_path / "review.csv")
    assert (back.segmentation, back.glosses) == (None, "cats came")
    change(tmp_path / "review.csv", {2: {"confirmed": "yes"}})
    [back] = read(tmp_path / "review.csv")
    assert (back.segmentation, back.glosses) == (None, "??? came")
