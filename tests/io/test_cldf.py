"""CLDF datasets: read by their metadata, repaired aloud, written so that they validate."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit.alignment import check
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language, Prediction, Suggestion
from igtkit.io import read, stream, write
from igtkit.io.cldf.cells import cells_of, lines_of

pycldf = pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")

DATASETS = ["lgr", "uratyp", "lapollaqiang", "palula"]
ESCAPED = "words separated by the two characters \\t"


def examples(shared, name):
    return shared / "data" / "cldf" / name / "examples.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def is_valid(path):
    """What ``cldf validate`` says."""
    return pycldf.Dataset.from_metadata(path).validate(logging.getLogger("cldf"))


def notes_of(igt):
    """The metadata, but for what writing mends and adds."""
    cldf = {
        k: v for k, v in igt.metadata.get("cldf", {}).items() if k not in ("repairs", "columns")
    }
    columns = dict(igt.metadata.get("cldf", {}).get("columns", {}))
    columns.pop("LGR_Conformance", None)
    repairs = [r for r in igt.metadata.get("cldf", {}).get("repairs", []) if r != ESCAPED]
    return {**igt.metadata, "cldf": {**cldf, "columns": columns, "repairs": repairs}}


@pytest.mark.parametrize("name", DATASETS)
def test_every_row_of_a_dataset_is_an_entry(shared, name):
    path = examples(shared, name)
    [metadata] = path.parent.glob("*metadata.json")
    rows = rows_of(path)
    corpus = read(metadata)
    assert [igt.id for igt in corpus] == [row["ID"] for row in rows]
    assert [igt.transcription for igt in corpus] == [row["Primary_Text"] for row in rows]
    assert [igt.translation or "" for igt in corpus] == [row["Translated_Text"] for row in rows]
    assert read(path, "cldf") == corpus
    assert read(path.parent, "cldf") == corpus


@pytest.mark.parametrize("name", DATASETS)
def test_no_letter_of_a_word_cell_is_lost(shared, name):
    path = examples(shared, name)
    for igt, row in zip(read(path, "cldf"), rows_of(path), strict=True):
        for line, column in ((igt.segmentation, "Analyzed_Word"), (igt.glosses, "Gloss")):
            cells = [cell for cell in re.split(r"\t|\\t", row[column]) if cell]
            given_text = re.sub(r"[-=]", "", "".join(cells).replace(" ", ""))
            assert re.sub(r"[-=\s]", "", line or "") == given_text


@pytest.mark.parametrize("name", DATASETS)
def test_words_and_morphemes_are_as_many_as_in_the_cells(shared, name):
    path = examples(shared, name)
    counts = {"Analyzed_Word": [0, 0], "Gloss": [0, 0]}
    for row in rows_of(path):
        for column, count in counts.items():
            cells = [cell for cell in re.split(r"\t|\\t", row[column]) if cell]
            if name == "palula":  # which of the cells are affixes, only the words say everywhere
                words = re.split(r"\t|\\t", row["Analyzed_Word"])
                count[0] += sum(not {cell[0], cell[-1]} & {"-", "="} for cell in words if cell)
                count[1] += len(cells) + sum(c.strip("-=").count("-") for c in cells)
            else:
                count[0] += len(cells)
                count[1] += len(cells) + sum(c.count("-") + c.count("=") for c in cells if c != "-")
    corpus = read(path, "cldf")
    for line, (words, morphemes) in zip(("segmentation", "glosses"), counts.values(), strict=True):
        tokens = [token for igt in corpus for token in (getattr(igt, line) or "").split()]
        assert len(tokens) == words
        marks = sum(token.count("-") + token.count("=") for token in tokens if token != "-")
        assert len(tokens) + marks == morphemes


@pytest.mark.parametrize("name", DATASETS)
def test_what_is_written_validates_and_reads_back_the_same(shared, name, tmp_path):
    corpus = read(examples(shared, name), "cldf")
    path = tmp_path / "Generic-metadata.json"
    report = write(corpus, path)
    assert (report.entries, dict(report.lost)) == (len(corpus), {})
    back = read(path)
    assert back == corpus
    assert list(map(notes_of, back)) == list(map(notes_of, corpus))
    assert is_valid(path)
    assert [row["ID"] for row in rows_of(tmp_path / "examples.csv")] == [igt.id for igt in corpus]


def test_languages_come_from_the_table(shared):
    corpus = read(examples(shared, "uratyp"), "cldf")
    languages = {row["ID"]: row for row in rows_of(shared / "data/cldf/uratyp/languages.csv")}
    for igt, row in zip(corpus, rows_of(examples(shared, "uratyp")), strict=True):
        expected = languages[row["Language_ID"]]
        assert igt.language == Language(
            expected["Glottocode"] or None,
            expected["Name"] or None,
            expected["ISO639P3code"] or None,
        )
    [english] = {igt.metalanguage for igt in read(examples(shared, "lgr"), "cldf")}
    assert english == Language("stan1293", "English")


def test_a_backslash_and_t_for_a_tab_is_mended_and_told(shared, caplog):
    corpus = read(examples(shared, "lapollaqiang"), "cldf")
    text = examples(shared, "lapollaqiang").read_text(encoding="utf-8")
    mended = [igt for igt in corpus if ESCAPED in igt.metadata["cldf"].get("repairs", [])]
    assert len(mended) == sum("\\t" in line for line in text.splitlines()) == 946
    assert "the word cells of 946 examples were repaired" in caplog.text
    assert not any("\\t" in (igt.segmentation or "") for igt in corpus)
    assert corpus[0].source == "1"
    assert corpus[0].metadata["title"] == "The Creation of the World"


def test_affixes_in_cells_of_their_own_join_their_stems(shared):
    corpus = read(examples(shared, "palula"), "cldf")
    igt = next(igt for igt in corpus if igt.id == "XV000002")
    assert igt.glosses == "3SG.OBL skull talk-CAUS-PFV-F"
    assert [len(word.morphemes) for word in igt.words] == [1, 1, 4]
    assert igt.metadata["cldf"]["cells"]["glosses"] == [
        *("3SG.OBL", "skull", "talk"),
        *("-CAUS", "-PFV", "-F"),
    ]
    assert igt.metadata["cldf"]["repairs"] == [ESCAPED, "3 affixes joined to the stem"]
    marked = next(igt for igt in corpus if igt.id == "XV000051")
    assert marked.glosses.startswith("1SG.NOM=to ")
    assert "1 affix given the boundary of the other line" in marked.metadata["cldf"]["repairs"]
    assert sum(not check(igt) for igt in corpus if igt.segmentation) > 1880


def test_the_paper_takes_the_transcription_from_the_analysis(shared):
    plain = read(examples(shared, "uratyp"), "cldf")
    corpus = read(examples(shared, "uratyp"), "cldf", transcription="analyzed")
    for igt, other, row in zip(corpus, plain, rows_of(examples(shared, "uratyp")), strict=True):
        words = row["Analyzed_Word"]
        if not words:
            assert igt == other
            continue
        bare = [cell if cell == "-" else cell.replace("-", "") for cell in words.split("\t")]
        assert igt.transcription.split() == bare
        assert (igt.segmentation is not None) == ("\t".join(bare) != words)
        assert igt.glosses == other.glosses
    with pytest.raises(InputError, match="'primary' or 'analyzed'"):
        read(examples(shared, "uratyp"), "cldf", transcription="both")


@pytest.mark.parametrize(
    ("words", "glosses", "text", "lines", "repairs"),
    [
        (["gel", ","], ["come", ""], "gel,", ("gel ,", "come"), 0),
        (["ev ler", "de"], ["house", "too"], "ev ler de", ("ev_ler de", "house too"), 1),
        (["gel"], ["come here -IMP"], "gel", ("gel", "come.here-IMP"), 1),
        (["ev -ler"], ["house-PL"], "ev ler", ("ev-ler", "house-PL"), 1),
        (["ev", "-ler"], ["house", "-PL"], "evler", ("ev-ler", "house-PL"), 1),
        (["ev", "-ler"], ["house", "PL"], "evler", ("ev-ler", "house-PL"), 2),
        (["ev", "ler"], ["house", "=PL"], "evler", ("ev=ler", "house=PL"), 2),
        (["ev", "-ler"], ["house", ""], "evler", ("ev-ler", "house-???"), 2),
        (["ev", "-ler", "x"], ["house", "", "X"], "evler x", ("ev-ler x", "house-??? X"), 2),
        (["a-", "nii"], ["3SG-", "laugh"], "anii", ("a-nii", "3SG-laugh"), 1),
        (["a-", "nii"], ["3SG-", "laugh"], "a nii", ("a- nii", "3SG- laugh"), 0),
        (["-nii", "a"], ["laugh", "b"], "nii a b", ("-nii a", "laugh b"), 0),
        (["a", "", "c"], ["A", "B", "C"], "a b c", ("a ??? c", "A B C"), 1),
        (["a", "b"], ["A"], "a b", ("a b", "A"), 1),
        (["a", "-", "b"], ["A", "-", "B"], "a - b", ("a - b", "A - B"), 0),
        ([], ["A", "-B"], "ab", (None, "A-B"), 1),
        (["", " "], [], "ab", (None, None), 0),
    ],
)
def test_cells_become_lines(words, glosses, text, lines, repairs):
    found = lines_of(words, glosses, text)
    assert found[:2] == lines
    assert len(found[2]) == repairs


@given(aligned_lines())
def test_lines_become_cells_of_equal_number_and_back(lines):
    _, segmentation, glosses = lines
    words, labels = cells_of(segmentation, glosses)
    assert len(words) == len(labels)
    single = (" ".join(segmentation.split()), " ".join(glosses.split()))
    assert lines_of(words, labels, segmentation)[:2] == single


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
) | st.sampled_from(["a,b", 'say "a"', "x\ty", "x\\ty", "x\ny", "x\ry", " x ", "#x", ";"])
CODE = st.sampled_from(["dido1241", "stan1293"])
LANGUAGE = st.none() | st.builds(
    Language, st.none() | CODE, name=TEXT, iso639_3=st.none() | st.sampled_from(["ddo", "eng"])
)
MARK = st.fixed_dictionaries(
    {
        "system": st.none() | TEXT,
        "score": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "confirmed": st.booleans(),
    },
    optional={"probabilities": st.lists(st.none() | st.floats(0, 1), min_size=1)},
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXT, lambda x: st.lists(x, max_size=2)
)
METADATA = st.fixed_dictionaries(
    {},
    optional={
        "begin": st.floats(0, 9),
        "notes": st.lists(TEXT, max_size=2),
        "prediction": MARK,
        "flextext": st.dictionaries(TEXT, JSON, max_size=2),
        "cldf": st.fixed_dictionaries(
            {
                "columns": st.dictionaries(
                    TEXT | st.just("Source"), TEXT | st.lists(TEXT), max_size=2
                )
            }
        ),
    },
)


@st.composite
def entries(draw):
    transcription, segmentation, glosses = draw(aligned_lines())
    return IGT(
        draw(st.just(transcription) | TEXT),
        draw(st.sampled_from([None, segmentation])),
        draw(st.sampled_from([None, glosses])),
        draw(st.none() | TEXT),
        language=draw(LANGUAGE),
        metalanguage=draw(st.none() | LANGUAGE),
        pos=draw(st.none() | TEXT),
        id=draw(st.none() | TEXT),
        source=draw(st.none() | TEXT),
        split=draw(st.none() | TEXT),
        metadata=draw(METADATA),
    )


def single_spaced(line):
    return " ".join(line.split()) if line else line


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), max_size=4))
def test_every_entry_validates_and_comes_back_but_for_what_is_reported(items):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x-metadata.json"
        report = write(items, path)
        back = read(path)
        assert is_valid(path)
    assert set(report.lost) <= {
        *("made-up id", "spacing of segmentation", "spacing of glosses"),
        *("segmentation", "glosses"),  # a word with a boundary at an edge reads as an affix
    }
    assert len(back) == len(items)
    for igt, other in zip(back, items, strict=True):
        for name in ("transcription", "translation", "language", "metalanguage", "pos", "source"):
            assert getattr(igt, name) == getattr(other, name)
        assert igt.split == other.split
        assert igt.id == other.id or other.id is None
        for name in ("segmentation", "glosses"):
            if name not in report.lost:
                assert getattr(igt, name) == single_spaced(getattr(other, name))
        mine, theirs = dict(igt.metadata), dict(other.metadata)
        mine.pop("cldf", None)
        columns = theirs.pop("cldf", {}).get("columns", {})
        read_columns = igt.metadata.get("cldf", {}).get("columns", {})
        assert {k: v for k, v in read_columns.items() if k != "LGR_Conformance"} == columns
        assert mine == {key: value for key, value in theirs.items() if value not in ([], {})} | {
            key: value for key, value in theirs.items() if key in mine
        }


def test_what_cannot_be_held_is_reported(tmp_path):
    items = [
        IGT(None, "cat-s", "cat-PL", "", metadata={"drawing": object()}),
        IGT("a\0b", language=Language("x", iso639_3="?"), id="a b"),
        IGT("c", language=Language(), id="a b"),
        IGT(
            "c",
            "a-b",
            "A",
            id="7",
            metadata={"cldf": {"columns": {"LGR_Conformance": "MORPHEME_ALIGNED"}}},
        ),
    ]
    path = tmp_path / "x-metadata.json"
    assert dict(write(items, path).lost) == {
        "control characters": 1,
        "empty language": 1,
        "empty translation": 1,
        "language": 1,
        "made-up id": 1,
        "made-up transcription": 1,
        "metadata: cldf": 1,
        "metadata: drawing": 1,
    }
    assert is_valid(path)
    back = read(path)
    assert [igt.transcription for igt in back] == ["cats", "a\ufffdb", "c", "c"]
    assert [igt.id for igt in back] == ["1", "a b", "a b", "7"]
    rows = rows_of(tmp_path / "examples.csv")
    assert [row["LGR_Conformance"] for row in rows] == ["MORPHEME_ALIGNED", "", "", "WORD_ALIGNED"]


def test_a_suggestion_of_a_machine_stays_one(tmp_path):
    guess = Prediction(
        "cat-s",
        "cat-PL",
        score=-1.5,
        system="lookup",
        words=((Suggestion("cat-s", "cat-PL", 0.9),),),
    )
    path = tmp_path / "x-metadata.json"
    write([guess.to_igt(IGT("cats", id="1")), IGT("dogs", "dog-s", "dog-PL", id="2")], path)
    [first, second] = read(path)
    assert first.metadata["prediction"] == {
        "system": "lookup",
        "score": -1.5,
        "confirmed": False,
        "probabilities": [0.9],
    }
    assert "prediction" not in second.metadata
    assert is_valid(path)
    [row, _] = rows_of(tmp_path / "examples.csv")
    assert (row["Prediction_System"], row["Prediction_Confirmed"]) == ("lookup", "false")


def test_misaligned_lines_stay_misaligned(tmp_path):
    items = [IGT("a b c", "a b c", "A B", id="1"), IGT("a b", "a b", "A B C", id="2")]
    path = tmp_path / "x-metadata.json"
    assert not write(items, path).lost
    assert list(read(path)) == items
    assert is_valid(path)


def dataset(folder, *, table=None, rows="1,dido1241,a b,A\tB\n", **changes):
    """A small dataset, written by hand."""
    columns = [
        {"name": name, "propertyUrl": f"http://cldf.clld.org/v1.0/terms.rdf#{term}", **more}
        for name, term, more in [
            ("ID", "id", {}),
            ("Lang", "languageReference", {}),
            ("Text", "primaryText", {}),
            ("Words", "analyzedWord", {"separator": "\t"}),
        ]
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
        "tables": [
            {
                "url": "examples.csv",
                "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ExampleTable",
                "tableSchema": {"columns": columns},
                **(table or {}),
            }
        ],
        **changes,
    }
    path = folder / "cldf-metadata.json"
    path.write_text(json.dumps(metadata), encoding="utf-8")
    if rows is not None:
        (folder / "examples.csv").write_bytes(b"ID,Lang,Text,Words\n" + rows.encode())
    return path


def test_columns_are_known_by_their_terms_not_their_names(tmp_path):
    [igt] = read(dataset(tmp_path))
    assert igt == IGT("a b", "A B", language=Language("dido1241"), id="1")


def test_words_without_a_separator_are_parted_as_they_look(tmp_path):
    path = dataset(tmp_path, rows="1,,a b,A\tB\n2,,a b,A B\n3,,a b,A\\tB\n")
    path.write_text(
        path.read_text("utf-8").replace('"separator": "\\t"', '"required": false'), "utf-8"
    )
    assert [igt.segmentation for igt in read(path)] == ["A B"] * 3


def test_a_repository_with_its_dataset_in_a_folder_can_be_given(tmp_path):
    (tmp_path / "cldf").mkdir()
    (tmp_path / "metadata.json").write_text('{"id": "x"}', encoding="utf-8")
    dataset(tmp_path / "cldf")
    assert len(read(tmp_path, "cldf")) == 1


def test_a_language_without_table_is_a_code_or_a_name(tmp_path):
    corpus = read(dataset(tmp_path, rows="1,ddo,a,a\n2,Tsez,a,a\n3,,a,a\n"))
    assert [igt.language for igt in corpus] == [
        Language(iso639_3="ddo"),
        Language(name="Tsez"),
        None,
    ]


def test_tables_may_be_zipped_in_another_dialect_or_have_a_mark(tmp_path):
    path = dataset(tmp_path, rows=None)
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.writestr("examples.csv", "ID,Lang,Text,Words\n1,,a,\n")
    assert len(read(path)) == 1
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.writestr("other.csv", "")
    with pytest.raises(FileFormatError, match=r"no examples\.csv in the archive"):
        read(path)
    dialect = {"dialect": {"delimiter": ";", "encoding": "latin-1"}}
    (tmp_path / "examples.csv").write_bytes("ID;Lang;Text;Words\r\n1;;é;\r\n\r\n".encode("latin-1"))
    assert read(dataset(tmp_path, rows=None, table=dialect))[0].transcription == "é"
    (tmp_path / "examples.csv").write_bytes("\ufeffID,Lang,Text,Words\n1,,é,\n".encode())
    assert read(dataset(tmp_path, rows=None))[0].id == "1"


def test_rows_come_one_by_one_with_their_lines(tmp_path):
    path = dataset(tmp_path, rows='1,,"a\nb",\n2,,c,\n')
    with stream(path) as reader:
        assert [(reader.line, igt.transcription) for igt in reader] == [(2, "a\nb"), (4, "c")]


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("1,,a,\n2,,b\n3,,c,\n", 3, "a row of 3 cells (expected 4"),
        ("1,,a,\n2,,,\n3,,c,\n", 3, "an example without text"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_or_kept(tmp_path, rows, line, what):
    path = dataset(tmp_path, rows=rows)
    with pytest.raises(FileFormatError) as raised:
        read(path)
    assert raised.value.line == line
    assert what in str(raised.value)
    corpus = read(path, errors="skip")
    assert [igt.id for igt in corpus] == ["1", "3"]
    assert len(corpus.skipped) == 1
    assert "2" in corpus.skipped[0].text


def change(**table):
    return {"table": table}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (change(url="../examples.csv"), "outside of their folder"),
        (change(url="/etc/hostname"), "outside of their folder"),
        (change(url="http://example.org/examples.csv"), "outside of their folder"),
        (change(url="nowhere.csv"), "'nowhere.csv' is missing"),
        (change(url=7), "a table without description"),
        (change(tableSchema="http://example.org/schema.json"), "tableSchema is not in the file"),
        (change(dialect="dialect.json"), "dialect is not in the file"),
        (change(tableSchema={"columns": [7, 8]}), "no table|damaged|without text"),
        (change(**{"dc:conformsTo": None}), "no table of examples"),
        ({"tables": 7}, "without description"),
        ({"tables": []}, "no table of examples"),
        ({"dc:conformsTo": "http://example.org"}, "no metadata of a CLDF dataset"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_damaged_metadata_give_one_error(tmp_path, changes, message):
    with pytest.raises(FileFormatError, match=message):
        read(dataset(tmp_path, **changes))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text("ID,Lang,Text,Words\n1,,secret,\n", encoding="utf-8")
    folder = tmp_path / "dataset"
    folder.mkdir()
    (folder / "examples.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(FileFormatError, match="outside of their folder"):
        read(dataset(folder, rows=None))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"dc:conformsTo": "http://cldf.clld.org/', "not JSON"),
        (b"{}", "no metadata of a CLDF dataset"),
        (b"[1]", "no metadata of a CLDF dataset"),
        (b"\x00\x01", "binary"),
        (b'{"a": "\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_files_that_are_no_metadata(tmp_path, content, message):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ID,Lang\0", "binary"),
        (b"ID,Lang,Text,Words\n1,,\xff,\n", "not in utf-8"),
        (b'ID,Lang,Text,Words\n1,,"' + b"a" * 200_000 + b'",\n', "no readable table"),
    ],
)
def test_damaged_tables_give_one_error(tmp_path, content, message):
    path = dataset(tmp_path, rows=None)
    (tmp_path / "examples.csv").write_bytes(content)
    with pytest.raises(FileFormatError, match=message) as raised:
        read(path)
    assert raised.value.path.endswith("examples.csv")


def test_paths_that_lead_to_no_dataset(tmp_path):
    with pytest.raises(InputError, match="give the path"):
        read(io.StringIO("{}"), "cldf")
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "examples.csv", "cldf")
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "x-metadata.json")
    with pytest.raises(FileFormatError, match="no metadata of a CLDF dataset here"):
        read(tmp_path, "cldf")
    path = dataset(tmp_path)
    path.with_name("b-metadata.json").write_bytes(path.read_bytes())
    with pytest.raises(InputError, match="several datasets are here"):
        read(tmp_path, "cldf")


def test_nothing_of_another_dataset_is_overwritten(tmp_path):
    items = [IGT("a", id="1")]
    path = dataset(tmp_path)
    with pytest.raises(InputError, match=r"examples\.csv"):
        write(items, tmp_path / "other-metadata.json")
    write(items, path)  # the same two tables: it is replaced
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    more = json.loads(before["cldf-metadata.json"])
    more["tables"].append({"url": "values.csv"})
    path.write_text(json.dumps(more), encoding="utf-8")
    with pytest.raises(InputError, match=r"values\.csv here, which would be lost"):
        write(items, path)
    path.write_bytes(before["cldf-metadata.json"])

    def failing():
        yield IGT("b", id="2")
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write(failing(), path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_a_dataset_needs_a_path_to_metadata(tmp_path):
    with pytest.raises(InputError, match="several files"):
        write([], tmp_path / "examples.csv", "cldf")
    with pytest.raises(InputError, match="several files"):
        write([], io.StringIO(), "cldf")
    with pytest.raises(InputError, match="UTF-8"):
        write([], tmp_path / "x-metadata.json", encoding="latin-1")
    path = tmp_path / "x-metadata.json"
    write([], path)
    assert is_valid(path)
    assert len(read(path)) == 0
