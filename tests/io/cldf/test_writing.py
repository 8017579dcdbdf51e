"""Examples written as a dataset that validates."""

from __future__ import annotations

import io
import json
import logging
import tempfile
from pathlib import Path

import pytest
from documents.cldf import DATASETS, ESCAPED, dataset, examples, rows_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit.errors import InputError
from igtkit.igt import IGT, Language, Prediction, Suggestion
from igtkit.igt.language import is_no_language
from igtkit.io import read, write

pycldf = pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")


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


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name == "uratyp")) for name in DATASETS]
)
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


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), max_size=4))
@example([IGT("1", language=Language(name=" "))])
def test_every_entry_validates_and_comes_back_but_for_what_is_reported(items):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x-metadata.json"
        report = write(items, path)
        back = read(path)
        assert is_valid(path)
    assert set(report.lost) <= {
        *("made-up id", "spacing of segmentation", "spacing of glosses"),
        *("segmentation", "glosses"),  # an empty cell beside a word reads as unknown
        *("empty language", "empty metalanguage"),
    }
    assert len(back) == len(items)
    for igt, other in zip(back, items, strict=True):
        for name in ("transcription", "translation", "pos", "source"):
            assert getattr(igt, name) == getattr(other, name)
        for name in ("language", "metalanguage"):
            one = getattr(other, name)
            says = one is not None and not is_no_language(one)
            assert getattr(igt, name) == (one if says else None)
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


APART = [
    IGT("amun koba [ah] tha", "a-mun =koba tha", "1SG-have =PST QUOT", id="1"),
    IGT("evde", "ev-de", "house-LOC", id="2"),
]


def test_a_column_says_where_a_reader_would_join_what_is_apart(tmp_path):
    path = tmp_path / "x-metadata.json"
    assert not write(APART, path).lost
    assert list(read(path)) == APART
    assert [row["Cells_Are_Words"] for row in rows_of(tmp_path / "examples.csv")] == ["true", ""]
    assert is_valid(path)
    again = tmp_path / "again" / "x-metadata.json"
    again.parent.mkdir()
    assert not write(read(path), again).lost
    assert (again.parent / "examples.csv").read_bytes() == path.with_name(
        "examples.csv"
    ).read_bytes()
    write(APART[1:], path)
    assert "Cells_Are_Words" not in rows_of(tmp_path / "examples.csv")[0]


def test_what_is_put_apart_in_a_dataset_of_ours_is_told_in_its_column(tmp_path):
    path, out = tmp_path / "x-metadata.json", tmp_path / "again.csv"
    write(APART, path)
    changed = [
        APART[0].replace(segmentation="a-mun=koba tha", glosses="1SG-have=PST QUOT"),
        APART[1].replace(segmentation="=ev -de", glosses="=house -LOC"),
    ]
    assert not write(changed, out, "cldf", template=path).lost
    assert [row["Cells_Are_Words"] for row in rows_of(out)] == ["", "true"]
    path.with_name("examples.csv").write_bytes(out.read_bytes())
    assert list(read(path)) == changed


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


@pytest.mark.parametrize(
    ("lines", "given", "written", "lost"),
    [
        (("nos os", "we DET"), "WORD_ALIGNED", "WORD_ALIGNED", {}),
        (("nos os", "we DET"), "MORPHEME_ALIGNED", "MORPHEME_ALIGNED", {}),
        (("nos os", "we DET"), None, "MORPHEME_ALIGNED", {}),
        (("nos-a os", "we DET"), "WORD_ALIGNED", "WORD_ALIGNED", {}),
        (("nos-a os", "we DET"), "MORPHEME_ALIGNED", "WORD_ALIGNED", {"metadata: cldf": 1}),
        (("nos-a os", "we DET x"), "WORD_ALIGNED", "", {"metadata: cldf": 1}),
        (("nos os", "we DET"), "PERFECT", "MORPHEME_ALIGNED", {"metadata: cldf": 1}),
    ],
)
def test_a_conformance_that_the_lines_bear_out_is_kept(tmp_path, lines, given, written, lost):
    columns = {"LGR_Conformance": given} if given else {}
    igt = IGT(
        "nos os", *lines, id="1", language="Galician",
        metadata={"cldf": {"columns": columns}},
    )  # fmt: skip
    report = write([igt], tmp_path / "Generic-metadata.json")
    assert dict(report.lost) == lost
    assert rows_of(tmp_path / "examples.csv")[0]["LGR_Conformance"] == written


def test_a_judgment_stands_where_cldf_wants_it_and_comes_back(tmp_path):
    turkish = Language("nucl1301", "Turkish", "tur")
    texts = [
        IGT("Evde geldi", "ev-de gel-di", "house-LOC come-PST", id="1", language=turkish,
            metadata={"judgment": "*"}),
        IGT("Ev geldi", "ev gel-di", "house come-PST", id="2", language=turkish),
    ]  # fmt: skip
    path = tmp_path / "Generic-metadata.json"
    report = write(texts, path)
    assert not report.lost
    assert is_valid(path)
    rows = rows_of(tmp_path / "examples.csv")
    assert [row["Grammaticality_Judgement"] for row in rows] == ["*", ""]
    one, other = read(path)
    assert [igt.language for igt in (one, other)] == [turkish, turkish]
    assert one.metadata["judgment"] == "*"
    assert "judgment" not in other.metadata
    languages = {row["ID"]: row["Glottocode"] for row in rows_of(tmp_path / "languages.csv")}
    assert languages == {"nucl1301": "nucl1301", "nucl1301-ungrammatical": ""}
