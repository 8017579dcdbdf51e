"""Toolbox: records, wrapped blocks, and columns by byte."""

from __future__ import annotations

import io
import re
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import aligned_lines, aligned_words

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io import read, stream, write
from igtkit.io.toolbox.columns import tokenize


def parse(text: str, **options):
    return read(io.StringIO(text), "toolbox", **options)


def render(items, **options) -> tuple[str, dict[str, int]]:
    out = io.StringIO()
    report = write(items, out, "toolbox", **options)
    return out.getvalue(), dict(report.lost)


def issues(igt: IGT) -> list[str]:
    return igt.metadata.get("toolbox", {}).get("issues", [])


RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

RECORD = """\\ref a.1
\\tx palasilu        buro
\\mb pala  -si =lu   buro
\\ge house -PL =and  burn
\\ps n     -sf =cl   v

\\ft And the houses burned.
"""


def test_a_record_is_an_entry():
    [igt] = parse("\\_sh v3.0  400  Text\n\n\\id Houses\n" + RECORD)
    assert igt == IGT(
        "palasilu buro",
        "pala-si=lu buro",
        "house-PL=and burn",
        "And the houses burned.",
        pos="n-sf=cl v",
        id="a.1",
        source="Houses",
    )
    assert igt.metadata == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "\n"),
        lambda text: "\n\n" + text.rstrip("\n"),
        lambda text: text.replace("\\", "  \\"),
    ],
    ids=["CRLF", "BOM", "no blank lines", "no end", "indented"],
)
def test_variants_of_a_file_read_alike(change, tmp_path):
    path = tmp_path / "a.sfm"
    path.write_bytes(change(RECORD + "\n\\ref a.2\n\\tx x\n").encode())
    assert list(read(path)) == [parse(RECORD)[0], IGT("x", id="a.2")]


def test_wrapped_blocks_and_lines_are_put_together():
    [igt] = parse(
        "\\ref 1\n\\tx a  b\n\\mb a  b\n\\ge A  B\n\n\\tx cd\n\\mb c -d\n\\ge C -D\n\n"
        "\\ft All\n of it\n\\ft here.\n"
    )
    assert igt == IGT("a b cd", "a b c-d", "A B C-D", "All of it here.", id="1")


@pytest.mark.parametrize(
    ("tx", "mb", "ge", "segmentation", "glosses"),
    [
        # columns by byte: one column, several words or none of them marked
        ("ab cd", "ab cd", "go.up down", "ab cd", "go.up down"),
        ("áb    cd", "áb    cd", "go up  down", "áb cd", "go_up down"),
        ("blackbird   sings", "black bird  sing -s", "black bird  sing -3SG", "black-bird sing-s", "black-bird sing-3SG"),
        ("ab  .", "ab  .", "X", "ab .", "X"),
        ("ab    .", "ab    .", "X     .", "ab .", "X ."),
        # tokens by number
        ("áb c", "a -b c", "AAA -B  C", "a-b c", "AAA-B C"),
        ("abc", "a- b -c", "A- B -C", "a-b-c", "A-B-C"),
        ("abc", "a- b -c", "A B C", "a-b-c", "A-B-C"),
        ("ab c", "a     - b   c", "A - B C", "a-b c", "A-B C"),
        ("ab c", "a =b c", "A -B C", "a=b c", "A-B C"),
        ("bibili", "bi~ bili", "IPFV~ buy", "bi~bili", "IPFV~buy"),
        ("bumili", "b- <um> -ili", "X <Y> Z", "b<um>-ili", "X<Y>-Z"),
        ("ab c", "a -b c", "*** -B ?", "a-b c", "???-B ???"),
        ("ab c ?", "a -b c ?", "A -? C ?", "a-b c ?", "A-??? C ?"),
        ("ab - c", "ab - c", "X  - Y", "ab - c", "X - Y"),
    ],
)  # fmt: skip
def test_morphemes_and_glosses_find_each_other(tx, mb, ge, segmentation, glosses):
    [igt] = parse(f"\\ref 1\n\\tx {tx}\n\\mb {mb}\n\\ge {ge}\n")
    assert (igt.segmentation, igt.glosses) == (segmentation, glosses)
    assert not [issue for issue in issues(igt) if issue.startswith("tokens")]


@pytest.mark.parametrize(
    ("tx", "mb", "ge", "glosses", "issue"),
    [
        ("ab c", "a -b c", "A -B", "A-B", "tokens: 3 in \\mb, 2 in \\ge"),
        ("ab c", "a -b c", "A   B  -C", "A B-C", "tokens: 3 in \\mb, 3 in \\ge, and their boundaries differ"),
        ("a b c", "a -b c", "A -B C", "A-B C", "words: 2 by \\mb, 3 by \\tx"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_issue(tx, mb, ge, glosses, issue):
    [igt] = parse(f"\\ref 1\n\\tx {tx}\n\\mb {mb}\n\\ge {ge}\n")
    assert igt.segmentation == "a-b c"
    assert igt.glosses == glosses
    assert issues(igt) == [issue]


def test_how_many_entries_do_not_fit_is_logged(caplog):
    parse("\\ref 1\n\\mb a -b\n\\ge A\n")
    assert "1 entry has lines that do not fit" in caplog.text


def test_columns_are_bytes_of_the_encoding_of_the_file(tmp_path):
    lines = "\\ref 1\n\\tx éé   b\n\\mb éé   b\n\\ge a c  d\n"
    for encoding, glosses in [("utf-8", "a c d"), ("latin-1", "a_c d")]:
        path = tmp_path / "a.db"
        path.write_bytes(lines.encode(encoding))
        assert read(path, encoding=encoding)[0].glosses == glosses
    assert [token.start for token in tokenize("éé  b", "latin-1")] == [0, 4]
    assert [token.start for token in tokenize("éé  b", "utf-8")] == [0, 6]


def test_other_fields_are_kept_where_they_belong():
    [first, second] = parse(
        "\\id T1\n\\name The fox\n\\au Ana\n\\ref 1\n\\tx ab\n\\mb a -b\n\\ge A -B\n\\gf X -Y\n\n"
        "\\nt one\n\\nt two\n\\sp Ana\n\\ELANBegin 1.5\n\\ELANEnd 2\n\\src book\n\\src map\n"
        "\\ref 2\n\\tx c\n"
    )
    assert first.metadata == {
        "title": "The fox",
        "notes": ["one", "two"],
        "speaker": "Ana",
        "begin": 1.5,
        "end": 2.0,
        "toolbox": {
            "text": [["au", "Ana"]],
            "lines": {"gf": "X-Y"},
            "fields": [["src", "book"], ["src", "map"]],
        },
    }
    assert second.metadata == {"title": "The fox", "toolbox": {"text": [["au", "Ana"]]}}
    assert (first.source, second.source) == ("T1", "T1")
    written, lost = render([first, second])
    assert not lost
    assert [igt.metadata for igt in parse(written)] == [first.metadata, second.metadata]


def test_another_gloss_language_is_chosen_by_its_marker():
    text = "\\ref 1\n\\tx ab\n\\mb a -b\n\\ge go -PST\n\\gf aller -PASSÉ\n"
    assert parse(text)[0].glosses == "go-PST"
    [igt] = parse(text, markers={"glosses": "\\gf"})
    assert igt.glosses == "aller-PASSÉ"
    assert igt.metadata == {"toolbox": {"lines": {"ge": "go-PST"}}}
    written, lost = render([igt], markers={"glosses": "gf"})
    assert not lost
    assert list(parse(written, markers={"glosses": "gf"})) == [igt]


def test_markers_can_be_named():
    text = "\\n 1\n\\ort ab\n\\mrf a -b\n\\int A -B\n\\lib Free.\n"
    names = {
        "record": "n",
        "transcription": "ort",
        "segmentation": "mrf",
        "glosses": "int",
        "translation": "lib",
    }
    assert list(parse(text, markers=names)) == [IGT("ab", "a-b", "A-B", "Free.", id="1")]


@pytest.mark.parametrize(
    ("markers", "what"),
    [
        ({"gloss": "ge"}, "there is no part 'gloss'"),
        ({"glosses": "g e"}, "is no marker"),
        ({"glosses": "x", "pos": "x"}, "one part only"),
    ],
)
def test_markers_that_make_no_sense_are_refused(markers, what):
    with pytest.raises(InputError, match=what):
        parse(RECORD, markers=markers)
    with pytest.raises(InputError, match=what):
        render([IGT("a")], markers=markers)


def test_records_without_number_are_told_apart():
    assert [igt.id for igt in parse("\\id 1\n\\tx a\n\\ft A\n\n\\id 2\n\\tx b\n\\ft B\n")] == [
        "1",
        "2",
    ]
    assert [igt.transcription for igt in parse("\\tx a\n\\ft A\n\\tx b\n\\ft B\n")] == ["a", "b"]
    assert [igt.transcription for igt in parse("\\tx a\n\\ge A\n\\tx b\n\\ge B\n")] == ["a", "b"]
    assert [igt.id for igt in parse("\\id T\n\\tx a\n\\ref 2\n\\tx b\n")] == [None, "2"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("stray\n\\ref 1\n\\tx a\n", 1, "text before the first marker"),
        ("\\lx dog\n\\de animal\n\\ref 1\n\n", None, "no record has a line"),
    ],
)
def test_what_is_malformed_is_named(text, line, what):
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == line
    assert "expected" in str(caught.value)


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "long.sfm"
    peaks = []
    for count in (10, 200, 600):  # the first loads what there is to load
        path.write_text(
            "\\id T\n" + (RECORD + "\\nt " + "x" * 900 + "\n") * count, encoding="utf-8"
        )
        tracemalloc.start()
        with stream(path) as entries:
            assert sum(1 for _ in entries) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def test_stray_text_can_be_skipped():
    corpus = parse("stray\n\\ref 1\n\\tx a\n", errors="skip")
    assert [igt.id for igt in corpus] == ["1"]
    assert corpus.skipped[0].text == "stray"


def test_damaged_files_give_one_clear_error(tmp_path, shared):
    path = tmp_path / "a.sfm"
    whole = (shared / "data/interchange/toolbox/kakabe.txt").read_bytes()
    path.write_bytes(whole[: whole.index("ɛ".encode()) + 1])
    with pytest.raises(FileFormatError, match="not in utf-8"):
        read(path)  # it ends in the middle of a character
    path.write_bytes(whole[:100_000].decode(errors="ignore").encode())
    assert len(read(path)) > 50
    path.write_bytes(whole[:5000] + b"\xff" + whole[5000:])
    with pytest.raises(
        FileFormatError, match=r"a\.sfm:\d+: not in utf-8.*name the file's encoding"
    ):
        read(path)
    path.write_bytes(whole[:5000] + b"\0")
    with pytest.raises(FileFormatError, match="binary file"):
        read(path)
    path.write_bytes(b"")
    assert len(read(path, "toolbox")) == 0


def test_columns_are_written_by_byte():
    igt = IGT("éa xy .", "é-a xy .", "one-two three .", "Free.", id="7", source="T")
    written, lost = render([igt, IGT("b", source="T")])
    assert written == (
        "\\_sh v3.0  400  Text\n\n\\id T\n\n\\ref 7\n"
        "\\tx éa      xy    .\n\\mb é  -a   xy    .\n\\ge one -two three .\n\n\\ft Free.\n\n"
        "\\ref\n\\tx b\n"
    )
    assert not lost


def test_another_encoding_is_written_with_its_own_columns(tmp_path):
    igt = IGT("éé b", "éé b", "one two")
    path = tmp_path / "a.db"
    write([igt], path, "toolbox", encoding="latin-1")
    assert b"\\mb \xe9\xe9  b\n" in path.read_bytes()
    assert list(read(path, encoding="latin-1")) == [igt]
    with pytest.raises(InputError, match="cannot be written in"):
        write([IGT("ə")], path, "toolbox", encoding="latin-1")
    assert list(read(path, encoding="latin-1")) == [igt]  # still there


def test_a_suggestion_stays_recognizable():
    mark = {"system": "CrfGlosser", "score": -1.5, "confirmed": False, "probabilities": [0.5]}
    igt = igtkit.Prediction("a-b", "A-B", system="CrfGlosser").to_igt(IGT("ab"))
    igt = igt.replace(metadata={"prediction": mark})
    written, lost = render([igt])
    assert "\\prediction {" in written
    assert not lost
    assert parse(written)[0].metadata == {"prediction": mark}


def test_the_writer_reports_what_it_cannot_hold():
    items = [
        IGT("a  b", "", "A", "x\ny", language="Tsez", split="dev", metadata={"page": 1}),
        IGT("a", metadata={"notes": "no list", "begin": "soon"}),
        IGT("a", "-a b-", "A B"),
    ]
    _, lost = render(items)
    assert lost == {
        "language": 1,
        "split": 1,
        "empty segmentation": 1,
        "metadata: begin": 1,
        "metadata: notes": 1,
        "metadata: page": 1,
        "spacing of transcription": 1,
        "spacing of translation": 1,
    }


@RELAXED
@given(st.lists(aligned_words(), min_size=1, max_size=6), st.text("ab ’'\"(.", max_size=9))
def test_aligned_words_come_back(words, translation):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT(surface, forms, glosses, f"x{translation}x", pos=glosses, id="1", source="s")
    written, lost = render([igt])
    assert not lost
    assert list(parse(written)) == [igt]


TEXTS = st.none() | st.text("ab1-=.'*(\n \\", max_size=8)


@RELAXED
@given(
    st.builds(IGT, TEXTS, TEXTS, TEXTS, TEXTS, id=TEXTS, pos=TEXTS)
    | st.builds(lambda lines, free: IGT(*lines, free), aligned_lines(), TEXTS)
)
def test_what_does_not_come_back_is_reported(igt):
    written, lost = render([igt, IGT("zz", id="last")])
    try:
        back = list(parse(written))
    except FileFormatError:
        back = []
    assert lost or back == [igt, IGT("zz", id="last")]


def test_every_block_of_a_real_file_is_read(shared):
    path = shared / "data/interchange/toolbox/kakabe.txt"
    corpus = read(path)
    text = path.read_text(encoding="utf-8-sig")
    blocks = list(
        zip(re.findall(r"(?m)^\\mb (.*)", text), re.findall(r"(?m)^\\ge (.*)", text), strict=True)
    )
    assert len(blocks) == 808
    fit = sum(len(mb.split()) == len(ge.split()) for mb, ge in blocks)
    assert fit == 793
    reported = [issue for igt in corpus for issue in issues(igt) if "tokens" in issue]
    by_number = [issue for issue in reported if "boundaries differ" not in issue]
    assert len(by_number) <= 808 - fit
    assert len(reported) >= 808 - fit - 2  # columns can fit where numbers do not
    # Records: one a \\ref, and one text whose sentence has none.
    assert len(corpus) == len(re.findall(r"(?m)^\\ref", text)) + 1
    # Every word of the word lines is there, wrapped lines and all.
    words = [line.split() for line in re.findall(r"(?m)^\\tx[ \t]+(.*(?:\n(?![\\\n]).*)*)", text)]
    assert sum(map(len, words)) == sum(len((igt.transcription or "").split()) for igt in corpus)
    # And every morpheme, where a hyphen by itself is no morpheme but joins two.
    morphemes = [token for mb, _ in blocks for token in mb.split() if token.strip("-")]
    found = sum(
        len(re.split(r"[-\s]+", igt.segmentation.strip("-"))) for igt in corpus if igt.segmentation
    )
    assert abs(found - len(morphemes)) < 60  # some forms have a hyphen inside
    assert found >= len(morphemes)


@pytest.mark.parametrize(
    ("name", "options", "records"),
    [("pemon_toolbox.txt", {}, 2), ("pemon_shoebox_latin1.db", {"encoding": "latin-1"}, 7)],
)
def test_real_files_come_back_whole(shared, name, options, records):
    path = shared / "data/interchange/toolbox" / name
    corpus = read(path, **options)
    assert len(corpus) == records
    assert not any(map(issues, corpus))
    assert not any(igtkit.check(igt) for igt in corpus)
    text = path.read_text(encoding=options.get("encoding", "utf-8"))
    morphemes = sum(len(line.split()) for line in re.findall(r"(?m)^\\(?:mb|m) (.*)", text))
    assert morphemes == sum(len(word.morphemes) for igt in corpus for word in igt.words)
    written, lost = render(corpus)
    assert not lost
    assert list(parse(written)) == list(corpus)
    assert [igt.metadata for igt in parse(written)] == [igt.metadata for igt in corpus]


def test_the_encoding_has_to_be_named(shared):
    with pytest.raises(FileFormatError, match=r"not in utf-8.*encoding='latin-1'"):
        read(shared / "data/interchange/toolbox/pemon_shoebox_latin1.db")


def test_kakabe_comes_back(shared):
    corpus = read(shared / "data/interchange/toolbox/kakabe.txt")[:200]
    written, lost = render(corpus)
    assert sum(lost.values()) < 15
    back = parse(written)
    same = sum(one == other for one, other in zip(corpus, back, strict=True))
    assert len(corpus) - same <= sum(lost.values())


def test_files_of_all_formats_with_the_same_extension_are_told_apart(shared):
    data = shared / "data"
    for path in (data / "interchange/toolbox").glob("*.txt"):
        assert stream(path).format.name == "toolbox"
    for path in (data / "interchange/linggym").rglob("*.txt"):
        assert stream(path).format.name == "linggym"
    for path in [*(data / "sigmorphon2023").glob("*/*-uncovered"), *(data / "odin").glob("*.txt")]:
        assert stream(path).format.name == "sigmorphon", path.name


def test_a_file_without_the_sh_line_is_told_from_sigmorphon(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(
        "\\ref w.001\n\\ELANBegin 9.371\n\\t kudanama\n\\m kudan -ama\n\\g house -LOC\n"
        "\\f In the house.\n",
        encoding="utf-8",
    )
    [igt] = read(path)
    assert (igt.id, igt.segmentation, igt.translation) == ("w.001", "kudan-ama", "In the house.")
    path.write_text("\\t kudanama\n\\m kudan-ama\n\\g house-LOC\n\\l In it.\n", encoding="utf-8")
    [igt] = read(path)
    assert (igt.segmentation, igt.translation) == ("kudan-ama", "In it.")


DICTIONARY = "\\lx kudan\n\\ps n\n\\ge house\n\\xv Kudan una.\n\n\\lx weli\n\\ps v\n\\ge give\n"


@pytest.mark.parametrize("mode", ["raise", "skip"])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        (DICTIONARY, "dictionary"),
        ("\\_sh v3.0  269  MDF 4.0\n\n" + DICTIONARY, "dictionary"),
        ("\\lx kudan\n\\g_Eng house\n", "dictionary"),
        ("\\utterance_id w.1\n\\utterance Kudan una.\n\\ft A house.\n", r"\\utterance_id, "),
    ],
)
def test_a_file_of_which_no_text_can_be_read_is_refused(text, what, mode):
    with pytest.raises(FileFormatError, match=what):
        parse(text, errors=mode)


def test_unusual_markers_are_read_when_named():
    text = "\\utterance_id w.1\n\\utterance Kudan una.\n\\ft A house.\n"
    [igt] = parse(text, markers={"record": "utterance_id", "transcription": "utterance"})
    assert igt == IGT("Kudan una.", translation="A house.", id="w.1")


def test_a_dictionary_of_which_the_lines_are_named_is_read():
    [first, _] = parse(DICTIONARY, markers={"record": "lx", "transcription": "xv"})
    assert (first.id, first.transcription) == ("kudan", "Kudan una.")


def test_comments_above_the_first_marker_are_passed_over(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(
        "# A corpus of stories\n# by someone\n\n\\ref 1\n\\tx evde\n\\mor ev-de\n\\gls house-LOC\n"
        "\\fe At home\n",
        encoding="utf-8",
    )
    assert list(read(path)) == [IGT("evde", "ev-de", "house-LOC", "At home", id="1")]


def test_lines_that_wrap_at_different_words_fit_as_a_whole():
    record = "\\ref 1\n\\tx evde büyük kedi\n\\mb ev -de\n\\ge house -LOC\n\\mb büyük kedi{}\n\\ge big cat\n"
    [igt] = parse(record.format(""))
    assert (igt.segmentation, igt.glosses) == ("ev-de büyük kedi", "house-LOC big cat")
    assert igt.metadata == {}
    [igt] = parse(record.format(" o"))
    assert issues(igt) == [
        "block 1: words: 1 by \\mb, 3 by \\tx",
        "block 2: tokens: 3 in \\mb, 2 in \\ge",
    ]
