"""The shared-task format, in every way that real files write it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.igt import IGT, Language
from igtkit.io import read, write

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SHARED_TASK = sorted(SHARED.glob("sigmorphon2023/*/*-uncovered"))


def parse(text: str, **options):
    return read(io.StringIO(text), "sigmorphon", **options)


def render(items) -> str:
    out = io.StringIO()
    write(items, out, "sigmorphon")
    return out.getvalue()


def test_every_line_goes_to_its_attribute():
    [igt] = parse("\\t palasi\n\\m pala-si\n\\p N-SUFF\n\\g house-PL\n\\l The houses.\n\n")
    assert igt == IGT("palasi", "pala-si", "house-PL", "The houses.", pos="N-SUFF")


@pytest.mark.parametrize(
    "text",
    [
        "\\t a\n\\g b\n\n\\t c\n\\g d\n\n",
        "\\t a\n\\g b\n\n\\t c\n\\g d",
        "\n\n\\t a\n\\g b\n \n\t\n\\t c\n\\g d\n\n\n\n",
        "\\t a\r\n\\g b\r\n\r\n\\t c\r\n\\g d\r\n",
        "\\t a\r\\g b\r\r\\t c\r\\g d\r",
        "\ufeff\\t a\n\\g b\n\n\\t c\n\\g d\n",
        "  \\t a\n \\g b\n\n\\t\tc\n\\g d\n",
        "\\t a\n\\m\n\\g b\n\\l  \n\n\\t c\n\\m \n\\g d\n",
    ],
    ids=["usual", "no end", "blank lines", "CRLF", "CR", "BOM", "indented", "bare markers"],
)
def test_variants_of_a_file_read_alike(text, tmp_path):
    path = tmp_path / "corpus"
    path.write_bytes(text.encode())
    assert list(read(path)) == [IGT("a", glosses="b"), IGT("c", glosses="d")]


def test_lines_are_kept_as_given():
    [igt] = parse("\\t   a   b \n\\m \\x a-\n")
    assert (igt.transcription, igt.segmentation) == ("  a   b ", "\\x a-")


def test_repeated_markers_continue_a_line_as_toolbox_wraps_it():
    [igt] = parse("\\t a b\n\\m a b\n\\g A B\n\\t c\n\\m c\n\\g C\n\\l All of\n\\l it.\n")
    assert igt == IGT("a b c", "a b c", "A B C", "All of it.")


def test_a_line_without_marker_continues_the_one_before():
    [igt] = parse("\\t a b\n   c d\n\\l x\n")
    assert igt == IGT("a b c d", translation="x")


def test_entries_without_blank_line_between_are_told_apart_by_the_translation():
    corpus = parse("\\ref 1\n\\t a\n\\g A\n\\l x\n\\nt n\n\\nt m\n\\ref 2\n\\t b\n\\g B\n\\l y\n")
    assert list(corpus) == [IGT("a", glosses="A", translation="x"), IGT("b", None, "B", "y")]
    assert corpus[0].metadata == {"\\ref": "1", "\\nt": "n\nm"}
    assert len(parse("\\t a\n\\l x\n\\t b\n\\l y\n")) == 2


def test_unknown_markers_are_kept_and_written_back():
    corpus = parse("\\t a\n\\ref 12\n\\nt one\n\\nt two\n")
    assert corpus[0].metadata == {"\\ref": "12", "\\nt": "one\ntwo"}
    assert render(corpus) == "\\ref 12\n\\nt one\n\\nt two\n\\t a\n\n"
    assert parse(render(corpus))[0].metadata == corpus[0].metadata


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\\t a\n\n\nb c\n\\g d\n", 4, "before the first marker"),
        ("b c\n", 1, "before the first marker"),
        ("\\t a\n\\\n", 2, "backslash without marker"),
        ("\\t a\n\n\\_sh v3.0\n\\_Date x\n", 3, r"\\_sh, \\_Date"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(text, line, what):
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == line
    assert "expected" in str(caught.value)


def test_malformed_entries_can_be_skipped_and_are_kept(caplog):
    corpus = parse("\\t a\n\nstray\n\\g d\n\n\\t b\n", errors="skip")
    assert [igt.transcription for igt in corpus] == ["a", "b"]
    [skipped] = corpus.skipped
    assert (skipped.line, skipped.text) == (3, "stray\n\\g d")
    assert "1 entry could not be read" in caplog.text
    assert parse("\\_sh v3.0\n\n\\t a\n", errors="skip").skipped[0].text == "\\_sh v3.0"


def test_an_empty_file_is_an_empty_corpus():
    assert len(parse("")) == 0
    assert len(parse("\n \n")) == 0
    assert render([]) == ""


def test_the_writer_reports_what_the_format_cannot_hold():
    items = [
        IGT("a\nb", "", language="Tsez", id="7", metadata={"page": 1, "\\nt": "x"}),
        IGT(None, glosses=" ", language=Language("dido1241"), source="x"),
    ]
    out = io.StringIO()
    report = write(items, out, "sigmorphon")
    assert dict(report.lost) == {
        "empty glosses": 1,
        "empty segmentation": 1,
        "id": 1,
        "language": 2,
        "metadata: page": 1,
        "source": 1,
        "spacing of transcription": 1,
    }
    assert report.entries == 2
    assert list(parse(out.getvalue())) == [IGT("a b"), IGT(None)]


LINE = st.none() | st.text(
    st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), min_size=1
).filter(lambda text: not text.isspace() and text.lstrip()[0] not in "*?#%(")  # no judgments
FIELDS = st.dictionaries(
    st.from_regex(r"\\[a-zé\\]{2,3}", fullmatch=True),
    st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])),
    max_size=2,
)


@given(
    st.lists(
        st.builds(
            IGT, LINE, segmentation=LINE, glosses=LINE, translation=LINE, pos=LINE, metadata=FIELDS
        )
    )
)
def test_what_is_written_is_read_back(items):
    out = io.StringIO()
    report = write(items, out, "sigmorphon")
    assert not report.lost
    back = parse(out.getvalue())
    assert list(back) == items
    assert [igt.metadata for igt in back] == [igt.metadata for igt in items]


@pytest.mark.skipif(not SHARED_TASK, reason="the real corpora (../shared) are not here")
@pytest.mark.parametrize("path", SHARED_TASK, ids=lambda path: path.name)
def test_shared_task_files_come_back_byte_for_byte(path):
    text = path.read_text(encoding="utf-8")
    corpus = read(path)
    assert len(corpus) == text.count("\\t ")
    assert render(corpus).rstrip() == text.rstrip()
    assert parse(render(corpus)) == corpus


@pytest.mark.parametrize(
    ("every", "least"), [(8, 5_000), pytest.param(1, 83_000, marks=pytest.mark.slow)]
)
def test_odin_comes_back(shared, every, least):
    count = 0
    for path in sorted((shared / "data" / "odin").glob("*.txt"))[::every]:
        corpus = read(path)
        assert not corpus.skipped
        assert parse(render(corpus)) == corpus, path.name
        count += len(corpus)
    assert count > least


@pytest.mark.parametrize("language", ["git", "lez", "nyb"])
def test_predictions_and_their_gold_are_read(shared, language):
    [gold] = (shared / "data" / "tucl").glob(f"{language}-test*")
    [predicted] = (shared / "data" / "tucl").glob(f"{language}_*.prediction")
    assert len(read(gold)) == len(read(predicted)) == gold.read_text("utf-8").count("\\t ")
