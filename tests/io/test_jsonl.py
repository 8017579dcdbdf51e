"""JSON Lines: the format that holds everything."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.igt import IGT, Language
from igtkit.igt.language import is_no_language
from igtkit.io import read, write


def parse(text: str, **options):
    return read(io.StringIO(text), "jsonl", **options)


TEXT = st.none() | st.text()
LANGUAGE = st.none() | st.builds(Language, TEXT, TEXT, TEXT).filter(
    lambda language: not is_no_language(language)
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=5,
)
NAMES = ("segmentation", "glosses", "translation", "pos", "id", "source", "split")
IGTS = st.builds(
    IGT,
    TEXT,
    **dict.fromkeys(NAMES, TEXT),
    language=LANGUAGE,
    metalanguage=LANGUAGE,
    metadata=st.dictionaries(st.text(), JSON, max_size=3),
)


@given(st.lists(IGTS, max_size=4))
def test_every_attribute_comes_back(items):
    out = io.StringIO()
    report = write(items, out, "jsonl")
    assert not report.lost
    back = parse(out.getvalue())
    assert list(back) == items
    assert [igt.metadata for igt in back] == [igt.metadata for igt in items]


def test_columns_have_the_names_of_the_published_corpus():
    out = io.StringIO()
    igt = IGT("a", language=Language("dido1241", "Tsez", "ddo"), metalanguage=Language("stan1293"))
    write([igt], out, "jsonl")
    row = json.loads(out.getvalue())
    assert list(row)[:10] == [
        *("id", "source", "transcription", "segmentation", "glosses", "translation"),
        *("glottocode", "language", "metalang_glottocode", "metalanguage"),
    ]
    assert (row["glottocode"], row["language"], row["iso639_3"]) == ("dido1241", "Tsez", "ddo")
    assert row["metalang_glottocode"] == "stan1293"


def test_unknown_columns_become_metadata_and_missing_ones_none():
    [igt] = parse('\n{"glosses": "x", "is_segmented": "yes", "metadata": {"page": 3}}\n\n')
    assert igt == IGT(None, glosses="x")
    assert igt.metadata == {"is_segmented": "yes", "page": 3}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"transcription": "a"', "not JSON: .* at column"),
        ("[1, 2]", "a JSON list, not an object"),
        ('"a"', "a JSON string, not an object"),
        ("7", "a JSON number"),
        ("null", "a JSON null"),
        ("true", "a JSON value"),
        ('{"glosses": 7}', r"glosses must be a string or null, got 7 \(int\)"),
        ('{"glosses": NaN}', "glosses must be a string or null, got nan"),
        ('{"language": ["Tsez"]}', "language must be a string or null"),
        ('{"metadata": "x"}', "metadata must be a mapping"),
        ('{"page": 1, "metadata": {"page": 2}}', "column 'page' and metadata"),
        ("[" * 100_000, "cannot be read"),
        ('{"page": ' + "9" * 5000 + "}", "cannot be read"),
    ],
)
def test_a_bad_line_is_named(line, what, caplog):
    text = '{"transcription": "a"}\n' + line + '\n{"transcription": "b"}\n'
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == 2
    corpus = parse(text, errors="skip")
    assert [igt.transcription for igt in corpus] == ["a", "b"]
    assert (corpus.skipped[0].line, corpus.skipped[0].text) == (2, line)
    assert "1 entry could" in caplog.text


def test_what_json_cannot_hold_is_reported():
    metadata = {
        "set": {1},
        "nan": float("nan"),
        "key": {1: 2},
        "deep": [{"x": object()}],
        "ok": (1,),
    }
    items = [IGT("a", metadata=metadata), IGT("b", language=Language()), IGT("c")]
    out = io.StringIO()
    report = write(items, out, "jsonl")
    assert dict(report.lost) == {
        "empty language": 1,
        "metadata: deep": 1,
        "metadata: key": 1,
        "metadata: nan": 1,
        "metadata: set": 1,
    }
    assert parse(out.getvalue())[0].metadata == {"ok": [1]}


def test_characters_that_the_encoding_lacks_are_escaped(tmp_path):
    items = [IGT("\ud800"), IGT("яšé")]
    for encoding in ("utf-8", "latin-1"):
        write(items, tmp_path / "x.jsonl", encoding=encoding)
        assert list(read(tmp_path / "x.jsonl", encoding=encoding)) == items


def test_real_corpora_come_back(shared, tmp_path):
    corpus = read(
        shared / "data/sigmorphon2023/usp/usp-dev-track2-uncovered",
        language="Uspanteko",
        split="dev",
    )
    report = write(corpus, tmp_path / "usp.jsonl")
    assert not report.lost
    assert read(tmp_path / "usp.jsonl") == corpus


def test_what_is_said_twice_is_refused_and_kept():
    text = '{"transcription": "a", "metadata": {"k": 1, "k": 2}}\n{"transcription": "b"}\n'
    corpus = read(io.StringIO(text), "jsonl", errors="skip")
    assert [igt.transcription for igt in corpus] == ["b"]
    [skipped] = corpus.skipped
    assert "'k' stands twice" in skipped.message
    assert skipped.text == text.splitlines()[0]


def test_metadata_that_nest_out_of_reach_are_refused_or_reported():
    deep: list = []
    for _ in range(900):
        deep = [deep]
    text = json.dumps({"transcription": "a", "metadata": {"k": deep}})
    with pytest.raises(FileFormatError, match="nests deeper than 100"):
        read(io.StringIO(text), "jsonl")
    for name in ("jsonl", "csv", "xigt", "latex", "toolbox"):
        report = write([IGT("a", metadata={"k": deep})], io.StringIO(), name)
        assert report.lost["metadata: k"] == 1
