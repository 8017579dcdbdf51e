"""Small inputs that others' files made us write: tables, CLDF, Xigt, LIFT, lexicons, Unicode forms."""

from __future__ import annotations

import runpy

import pytest

import igtkit
from igtkit import IGT, Language
from igtkit.errors import FileFormatError
from igtkit.io import read_lexicon, read_lift


@pytest.fixture
def cases(shared):
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("the small inputs are not here")
    return folder


def lines_of(path):
    return [(igt.transcription, igt.segmentation, igt.glosses) for igt in igtkit.read(path)]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("csv01_repair_drops_segmentation.csv", [("cats", "cat‑s", "cat-PL")]),
        ("csv02_excel_trailing.csv", [("Geldim", None, "come-PST")]),
        ("csv04_sep_line.csv", [("Geldim", None, "come-PST")]),
        ("corpora/glosslm_jsonl.jsonl", [("Geldim", "gel-di-m", "come-PST-1SG")]),
        (
            "corpora/glosslm_far_halves.csv",
            [
                ("evler", "ev-ler", "house-PL"),
                ("kim", None, "who"),
                ("geldi", "gel-di", "come-PST"),
            ],
        ),
    ],
)
def test_tables(cases, name, lines):
    assert lines_of(cases / name) == lines


def test_a_table_without_a_line(cases):
    with pytest.raises(
        FileFormatError, match="no column of an interlinear text among: text, gloss"
    ):
        igtkit.read(cases / "corpora/jsonl_no_column.jsonl")


def test_repair_keeps_a_segmentation_with_a_look_alike(cases):
    [igt] = igtkit.read(cases / "csv01_repair_drops_segmentation.csv")
    assert igtkit.repair(igt).segmentation == "cat‑s"


def test_und_is_no_language(cases):
    pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    corpus = igtkit.read(cases / "corpora/imtvault_und/Generic-metadata.json")
    languages = {igt.id: igt.language for igt in corpus}
    assert languages["118-2"] is None
    assert languages["118-1"] == Language("molo1266", "Moloko")


def test_the_language_of_a_xigt_example(cases):
    [igt] = igtkit.read(cases / "xigt01_lg.xml")
    assert igt.language == Language(iso639_3="spa")


def test_lexicons(cases, caplog):
    assert [(e.form, e.gloss, e.morph_type) for e in read_lift(cases / "l01.lift")] == [
        ("ge", "PTCP", "prefix"),
        ("t", "PTCP", "suffix"),
    ]
    read_lift(cases / "corpora/lift_gloss_other_language.lift")
    assert "1 of 3 senses have no gloss in 'en' (tpi: 1)" in caplog.text
    words = read_lexicon(cases / "corpora/lexicon_hyphen_gloss.csv")
    train = [IGT("ev-ler geldi", "ev-ler gel-di", "house-PL come-PST")] * 5
    glosser = igtkit.models.CrfGlosser(lexicon=words).fit(train)
    found = glosser.predict([IGT("kavun ana")])[0]
    assert found.glosses == "water.melon mother.in.law"


def test_either_unicode_form(cases, capsys):
    runpy.run_path(str(cases / "corpora/nfc_nfd_glosser.py"))
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "NFC cat-PL come-PST",
        "NFD cat-PL come-PST",
        "NFD lexicon: goat come-PST",
    ]
    runpy.run_path(str(cases / "find01_nfc.py"))
    assert capsys.readouterr().out == "2\n"


def test_a_near_duplicate_with_a_segmentation(cases, capsys):
    runpy.run_path(str(cases / "corpora/dup_segmented.py"))
    assert capsys.readouterr().out == "['gel-di-m']\n"


def test_what_is_no_row_is_told(cases, capsys):
    runpy.run_path(str(cases / "corpora/api_errors.py"))
    said = capsys.readouterr().out.splitlines()
    assert "CrfGlosser" in said[0]
    assert [line.split()[0] for line in said[1:]] == ["InputError", "InputError"]


def test_a_character_that_makes_a_file_binary_is_told(cases, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(cases / "corpora/nul_written.py"))
    said = capsys.readouterr().out
    assert said.count("lost: control characters (1)") == 4
    assert "binary" not in said
