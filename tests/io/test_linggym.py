"""LingGym: three lines of stripped LaTeX an example."""

from __future__ import annotations

import io
import re

import pytest

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io import read, write


def parse(text: str, **options):
    return read(io.StringIO(text), "linggym", **options)


def test_the_transcription_is_the_segmentation_without_boundaries_and_brackets():
    [igt] = parse(
        "\\ea \\label{ex:1}\n\\gll {\\ob}pala-si=lu{\\cb} (ca)ma b<um>uro - a=\n"
        "\\gls house-PL=and SUBR <ACT>burn - 3SG=\n\\glt The houses burned.\n"
    )
    assert igt == IGT(
        "palasilu cama bumuro - a",
        "[pala-si=lu] (ca)ma b<um>uro - a=",
        "house-PL=and SUBR <ACT>burn - 3SG=",
        "The houses burned.",
        id="ex:1",
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("e={bwa} \\textbf{xa}-la", "e=bwa xa-la"),
        ("ka\\textsubscriptII{} i", "ka i"),
        ("ka\\textsubscript{i} i", "kaᵢ i"),
        ("ka\\textsuperscript{adv} t\\textsuperscript{h}a", "ka tʰa"),
        ("a~b \\ldots c", "a b … c"),
        ("\\'{a} \\v{c}a", "á ča"),
        ("ka  % a remark", "ka"),
        ("ka 5\\%", "ka 5%"),
    ],
)
def test_markup_is_stripped(written, read_as):
    [igt] = parse(f"\\gll {written}\n\\gls x\n")
    assert igt.segmentation == read_as


@pytest.mark.parametrize(
    ("written", "translation", "metadata"),
    [
        ("He goes.\\\\\\relax [X-1: 00:12]", "He goes.", {"citation": "[X-1: 00:12]"}),
        ("He goes. {[G5:59]}", "He goes.", {"citation": "[G5:59]"}),
        ("He goes.\\\\", "He goes.", {}),
        ("He goes.\\\\ Then he stays.", "He goes. Then he stays.", {}),
        ("`He goes.' {[G5:59]}", "He goes.", {"citation": "[G5:59]"}),
        ("`He's gone.' (lit. `not here')", "He's gone.", {"notes": ["(lit. ‘not here’)"]}),
        ("He goes [away].", "He goes [away].", {}),
        ("He goes. [B2:144]", "He goes.", {"citation": "[B2:144]"}),
        ("He goes. \\citep[71]{a_b}", "He goes.", {"citation": "(a_b: 71)"}),
        ("He goes.}", "He goes.", {}),
        ("", None, {}),
    ],
)
def test_what_follows_the_translation_goes_to_the_metadata(written, translation, metadata):
    [igt] = parse(f"\\gll a\n\\gls x\n\\glt {written}\n")
    assert (igt.translation, igt.metadata) == (translation, metadata)


def test_examples_without_blank_line_between_are_told_apart():
    corpus = parse("\\gll a\n\\gls x\n\\glt X\n\\ea\\label{2}\\gll b\n\\gls y\n\\gll c\n\\gls z\n")
    assert [(igt.id, igt.segmentation) for igt in corpus] == [(None, "a"), ("2", "b"), (None, "c")]


def test_a_judgment_is_kept_and_a_continued_line_joined():
    [igt] = parse("\\ea[*]{\\label{7}\n\\gll a b\n c\n\\gls x y\n z\n")
    assert (igt.id, igt.segmentation, igt.glosses) == ("7", "a b c", "x y z")
    assert igt.metadata == {"judgment": "*"}


def test_what_is_commented_out_is_no_example():
    assert len(parse("% \\gll a\n% \\gls b\n\\gls\n")) == 0


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\\gll a\n\\gls x\n\n\\ea\\label{1}\n\\gls y\n\\glt Y\n", 5, "without \\\\gll"),
        ("\\gll\n\\gls y\n", 1, "without a word"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(text, line, what):
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == line
    assert len(parse(text, errors="skip").skipped) == 1


def test_a_file_in_another_encoding_or_none_is_one_clear_error(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\\gll é\n\\gls x\n".encode("latin-1"))
    with pytest.raises(FileFormatError, match=r"a\.txt:1: not in utf-8"):
        read(path, "linggym")
    assert read(path, "linggym", encoding="latin-1")[0].segmentation == "é"
    path.write_bytes(b"\\gll \0\n")
    with pytest.raises(FileFormatError, match="binary file"):
        read(path)
    path.write_bytes(b"")
    assert len(read(path, "linggym")) == 0


def test_it_is_not_written():
    with pytest.raises(InputError, match="can be read, not written"):
        write([IGT("a")], io.StringIO(), "linggym")


def test_the_vamale_grammar_is_read_whole(shared):
    total, misaligned = 0, 0
    for path in sorted((shared / "data/interchange/linggym/Vamale").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        corpus = read(path)
        uncommented = re.sub(r"(?m)%.*", "", text)
        assert len(corpus) == len(re.findall(r"\\gll\b", uncommented)), path.name
        translations = sum(igt.translation is not None for igt in corpus)
        assert translations == len(re.findall(r"\\glt *\S", uncommented)), path.name
        for igt in corpus:
            assert igt.transcription
            assert not re.search(r"[\\{}]", f"{igt.transcription}{igt.segmentation}{igt.glosses}")
            misaligned += "word-count" in [issue.code for issue in igtkit.check(igt)]
        total += len(corpus)
    assert (total, misaligned) == (475, 0)
