"""How a file is understood: format, lines, what each part was taken for, and what went wrong."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, read, write
from igtkit.errors import InputError
from igtkit.io import GUESSES, inspect


def parts_of(path, **options):
    return {part.name: part for part in inspect(path, **options).parts}


def test_every_part_of_a_real_file_names_its_rule(shared):
    data = shared / "data"
    seen = set()
    for name in (
        "interchange/eaf/lingview_aingae_kuke_chiste.eaf",
        "interchange/toolbox/kakabe.txt",
        "interchange/flextext/interlinear_r_tuwari.xml",
        "interchange/latex/langsci_326_chapters_04.tex",
        "interchange/xigt/odin21_lez.xml",
    ):
        parts = inspect(data / name).parts
        assert parts
        for part in parts:
            assert part.why == GUESSES[part.rule].format(part.why.removeprefix("by its type "))
        seen |= {part.rule for part in parts}
    assert {"tier-name", "tier-type", "tier-of-sentences", "marker-known", "system-less"} <= seen
    assert {"macro-example", "xigt-type", "xigt-kept"} <= seen


def test_columns_of_a_dataset_are_told_by_property_or_name(shared):
    pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    found = parts_of(shared / "data/cldf/lapollaqiang/cldf-metadata.json")
    assert (found["Gloss"].line, found["Gloss"].rule) == ("glosses", "column-term")
    assert (found["Text_ID"].line, found["Text_ID"].rule) == ("source", "column-name")
    assert (found["Phrase_Number"].line, found["Phrase_Number"].rule) == (None, "column-kept")


def test_markers_columns_writing_systems_and_macros(tmp_path, shared):
    table = tmp_path / "a.csv"
    table.write_text("Text,glosses,Seite\na,A,7\n", encoding="utf-8")
    found = parts_of(table, columns={"transcription": "Text"})
    assert [(part.line, part.why) for part in found.values()] == [
        ("transcription", "as asked"),
        ("glosses", "by its name"),
        (None, "no column of igtkit has this name; kept in metadata"),
    ]
    toolbox = tmp_path / "a.db"
    toolbox.write_text("\\ref 1\n\\t a\n\\mb a\n\\gx A\n\\xy 7\n", encoding="utf-8")
    found = parts_of(toolbox, markers={"glosses": "gx"})
    assert found["\\t"].why == "a marker that projects use for it"
    assert found["\\gx"].why == "as asked"
    assert (found["\\xy"].line, found["\\xy"].count) == (None, 1)
    paper = tmp_path / "a.tex"
    paper.write_text("\\ea \\gll a \\odd b\\\\ A B\\\\ \\glt `c' \\z\n", encoding="utf-8")
    assert parts_of(paper)["\\odd"].line is None
    found = parts_of(shared / "data/interchange/flextext/interlinear_r_tuwari.xml")
    assert found["en of translation"].why == "used most"
    assert found["tpi of translation"].line is None


@pytest.mark.parametrize("name", ["a.eaf", "a.flextext", "a.db", "a.csv", "a.tex"])
def test_looking_costs_nothing(name, tmp_path):
    texts = [IGT("a b", "a b", "A B", "A.", id=str(number)) for number in range(3)]
    write(texts, tmp_path / name)
    assert inspect(tmp_path / name).entries == len(read(tmp_path / name))


def test_lines_and_metadata_are_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    texts = [IGT("a", "a", metadata={"page": 7}), IGT("b", metadata={"page": 8, "book": "x"})]
    write(texts, path)
    found = inspect(path)
    assert (found.path, found.format, found.problem) == (str(path), "jsonl", "")
    assert found.entries == 2
    assert found.lines == {
        "transcription": 2, "segmentation": 1, "glosses": 0, "translation": 0, "pos": 0,
    }  # fmt: skip
    assert found.metadata == {"page": 2, "book": 1}
    assert json.loads(json.dumps(found.to_dict()))["lines"]["segmentation"] == 1


def test_the_reason_for_the_format_is_the_ending_or_the_user(tmp_path):
    write([IGT("a")], tmp_path / "a.jsonl")
    assert inspect(tmp_path / "a.jsonl").why == "by its extension '.jsonl'"
    assert inspect(tmp_path / "a.jsonl", "jsonl").why == "as asked"


def test_a_folder_with_metadata_is_a_dataset(tmp_path):
    pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    texts = [IGT("a", "a", "A", id="1")]
    for folder in (tmp_path / "one", tmp_path / "two/cldf"):
        folder.mkdir(parents=True)
        write(texts, folder / "Generic-metadata.json", "cldf")
    for folder in (tmp_path / "one", tmp_path / "two"):
        assert [igt.glosses for igt in read(folder)] == ["A"]
        assert inspect(folder).why == "a folder with metadata"
    with pytest.raises(IsADirectoryError, match="no CLDF dataset"):
        read(tmp_path)


def test_entries_that_cannot_be_read_are_kept_apart(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"transcription": "a"}\nno json\n', encoding="utf-8")
    found = inspect(tmp_path / "a.jsonl")
    assert (found.entries, [each.line for each in found.skipped]) == (1, [2])


def test_a_file_that_breaks_off_gives_what_was_seen_until_there(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"\\ref 1\n\\tx a\n\n\\ref 2\n\\tx " + b"k\xfcn\n")
    found = inspect(path)
    assert found.problem.startswith(f"{path}:5: ")
    assert inspect(path, encoding="latin-1").entries == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("nothing",), "nothing"), (("jsonl", "depth"), "depth")],
)
def test_what_is_asked_wrongly_is_an_error(tmp_path, arguments, message):
    write([IGT("a")], tmp_path / "a.jsonl")
    format_name, *options = arguments
    with pytest.raises(InputError, match=message):
        inspect(tmp_path / "a.jsonl", format_name, **dict.fromkeys(options, 1))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match="none"):
        inspect(tmp_path / "none.jsonl")
