r"""Scription, on texts of our own after its specification."""

from __future__ import annotations

import io

import pytest

from igtkit.alignment import check
from igtkit.errors import FileFormatError
from igtkit.igt import Language
from igtkit.io import inspect, read, stream


def parse(text, **options):
    return list(read(io.StringIO(text), "scription", **options))


def lines_of(igt):
    return igt.transcription, igt.segmentation, igt.glosses, igt.translation


FOUR = ("evlerde kim", "ev-ler-de kim", "house-PL-LOC who", "who at the houses")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("evlerde kim\nev-ler-de   kim\nhouse-PL-LOC   who\nwho at the houses\n", FOUR),
        ("ev-ler-de kim\nhouse-PL-LOC who\nwho at the houses\n", (None, *FOUR[1:])),
        ("evlerde kim\nwho at the houses\n", (FOUR[0], None, None, FOUR[3])),
        (
            (
                "\\txn  evlerde kim\n\\m\tev-ler-de kim\n\\gl house-PL-LOC who\n"
                "\\tln who at the houses\n"
            ),
            FOUR,
        ),
        ("\\trs Evlerde... kim?\n\\gl\n\\tln who\n", ("Evlerde... kim?", None, None, "who")),
        ("*ev*lerde kim\nwho *at the houses\n", (FOUR[0], None, None, FOUR[3])),
    ],
)
def test_the_schema_is_that_of_the_first_utterance(text, lines):
    [igt] = parse(text)
    assert lines_of(igt) == lines
    assert not check(igt)


def test_later_utterances_follow_the_schema_or_their_own_codes():
    text = (
        "\\txn evde\n\\m ev-de\n\\gl house-LOC\n\\tln at home\n\n"
        "geldi\ngel-di\ncome-PST\ncame\n\n"
        "\\m git-ti\n\\gl go-PST\n\\tln went\n\n"
        "kaldı\nkal-dı\nstay-PST\nstayed\nMM: I think so.\n\\n-en Again.\n"
    )
    found = parse(text)
    assert [igt.segmentation for igt in found] == ["ev-de", "gel-di", "git-ti", "kal-dı"]
    assert [igt.transcription for igt in found] == ["evde", "geldi", None, "kaldı"]
    assert found[3].metadata["notes"] == ["MM: I think so.", "Again."]


def test_a_schema_without_data_is_no_utterance():
    [igt] = parse("\\m\n\\gl\n\\tln\n\ngel-di\ncome-PST\ncame\n")
    assert lines_of(igt) == (None, "gel-di", "come-PST", "came")


def test_a_header_and_all_that_an_utterance_may_have(tmp_path):
    text = (
        "---\ntitle:\n  eng: The house\nabbreviation: EV\nlanguage: tur\nspeakers:\n  - AB\n---\n\n"
        "# Turkish (Turkic)\n\\sp AB\n\\trs Ali [John Smith] geldi?\n\\txn-practical ali [john smith]\n"
        "\\txn-ipa ɑli\n\\m-practical ali [john smith]\n\\gl-en Ali NAME\n\\gl-es Ali NOMBRE\n"
        "\\lit Ali John\n\\tln-en Ali, John\n\\tln-es Ali, Juan\n\\n-tr belki\n"
        "\\s Doe (2001: 7)\n\\t 1.250 - 2.5\n\\xyz odd\n"
    )
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    [igt] = read(path)
    assert lines_of(igt) == ("ali john_smith", "ali john_smith", "Ali NAME", "Ali, John")
    assert (igt.source, igt.language) == ("Doe (2001: 7)", Language(iso639_3="tur"))
    assert igt.metalanguage.iso639_3 == "eng"
    assert igt.metadata == {
        "begin": 1.25,
        "end": 2.5,
        "speaker": "AB",
        "notes": ["belki"],
        "title": "The house",
        "scription": {
            "lines": {
                "trs": "Ali [John Smith] geldi?",
                "txn-ipa": "ɑli",
                "gl-es": "Ali NOMBRE",
                "lit": "Ali John",
                "tln-es": "Ali, Juan",
                "xyz": "odd",
            },
            "about": ["Turkish (Turkic)"],
            "header": {
                "abbreviation": "EV",
                "language": "tur",
                "rest": "speakers:\n  - AB",
            },
        },
    }
    parts = {part.name: part for part in inspect(path).parts}
    assert parts["\\txn-practical"].line == "transcription"
    assert parts["\\xyz"].rule == "code-kept"
    assert inspect(path).format == "scription"


def test_what_a_header_says_in_other_ways_is_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("---\na: b\na: c\n? d\n  e: f\n---\nev\nhouse\n", encoding="utf-8")
    [igt] = read(path, "scription")
    assert igt.metadata["scription"]["header"] == {"a": "b", "rest": "a: c\n? d\n  e: f"}
    path.write_text("---\ntitle: a\n\\m ev\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="the header has no end") as raised:
        read(path, "scription")
    assert raised.value.line == 1
    [skipped] = read(path, "scription", errors="skip").skipped
    assert skipped.text == "title: a\n\\m ev"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\\m ev\nhouse\n", 1),
        ("a\nb\n\n\\m ev\nhouse\n", 4),
        ("a\nb\nc\nd\ne\n", 1),
        ("# nothing\n", 1),
    ],
)
def test_what_is_no_utterance_is_told_with_its_line(text, line):
    with pytest.raises(FileFormatError) as raised:
        parse(text)
    assert raised.value.line == line
    with stream(io.StringIO(text + "\n\\m ev\n\\gl house\n"), "scription", errors="skip") as reader:
        assert [igt.glosses for igt in reader][-1] == "house"
        assert len(reader.skipped) == 1


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("\\txn ev\n\\tln house\n", "scription"),
        ("---\ntitle: Ev\n---\n\nev\nhouse\n", "scription"),
        ("\\t ev\n\\m ev\n\\g house\n\\l house\n", "sigmorphon"),
        ("\\_sh v3.0\n\n\\ref 1\n\\tx ev\n\\ge house\n", "toolbox"),
        ("ev-de\nhouse-LOC\n'at home'\n", "text"),
    ],
)
def test_it_is_told_from_other_texts(tmp_path, text, format_):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert inspect(path).format == format_
