"""Examples for Typst, compiled by Typst where its package is installed."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igtkit import IGT, Prediction, write
from igtkit.errors import InputError

CATS = IGT("Evler büyük", "ev-ler büyük", "house-PL.NOM big", "The houses.", id="ex:1")
TEXTS = [
    CATS,
    CATS,
    IGT('a_b *c* "q" #x', "1. a_b *c*", "A.B 2) $", "`code` \\ end // <x> @y", language="Wada"),
    IGT("only words"),
    IGT(None, None, None, "only free"),
    IGT(None),
    IGT(None, "הכלב ישן", "DEF.dog sleep"),
    IGT("a b", "a", None, metadata={"notes": ["lit. so"], "citation": "(Me: 3)"}),
    IGT(None, "uzun-bir-kelime " * 12, "long-ONE-word " * 12, "x"),
    Prediction("gel-di", "come-PST", system="crf").to_igt(IGT("geldi")),
]


def render(items, **options):
    out = io.StringIO()
    return out, write(items, out, "typst", **options)


def compiled(source, tmp_path):
    """The text of the pages."""
    typst = pytest.importorskip("typst", reason="Typst is not installed")
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    command = ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_an_example():
    out, report = render([CATS])
    assert out.getvalue().split("\n\n", 1)[1] == (
        "#example(\n  words: (\n"
        '    (emph("Evler"), "ev-ler", "house-" + label-text("pl") + "." + label-text("nom"),),\n'
        '    (emph("büyük"), "büyük", "big",),\n'
        '  ),\n  translation: "‘The houses.’",\n) <ex:1>\n\n'
        "= Abbreviations\n\n#terms(\n  hanging-indent: 4em,\n"
        '  (label-text("nom"), "nominative"),\n  (label-text("pl"), "plural"),\n)\n'
    )
    assert not report.lost


def test_what_is_not_shown_is_reported():
    _, report = render([CATS, CATS.replace(pos="N", metadata={"page": 3})])
    assert report.lost == {"id": 1, "metadata: page": 1, "pos": 1}


def test_it_is_typeset(tmp_path):
    out, _ = render(TEXTS)
    page = compiled(
        "#set page(width: 14cm)\n" + out.getvalue() + "\nSee #ref(<ex:1-2>).\n", tmp_path
    )
    for text in ("(1)", "(10)", "‘The houses.’", "a_b", "*c*", "`code` \\ end // <x> @y", "(Me: 3)",
                 "lit. so", "See (2).", "(Suggested by crf, not confirmed)"):  # fmt: skip
        assert text in page, text
    assert page.count("uzun-bir-kelime") == 12


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=8))
def test_whatever_a_text_holds_is_typst(words):
    typst = pytest.importorskip("typst", reason="Typst is not installed")
    line = " ".join(words)
    out, _ = render([IGT(line, f"a {line}", f"b {line}", line, metadata={"notes": words})])
    typst.compile(out.getvalue().encode(), format="svg")


def test_for_the_package():
    out, _ = render(TEXTS, style="leipzig-glossing")
    text = out.getvalue()
    assert text.startswith('#import "@preview/leipzig-glossing')
    assert '#numbered-example(label: "ex:1", (\n  source: (emph("Evler"), emph("büyük"),),' in text
    assert (
        '  transliteration: ("ev-ler", "büyük",),\n  morphemes: ("house-" + label-text("pl")'
        in text
    )
    with pytest.raises(InputError, match="style must be 'grid' or 'leipzig-glossing'"):
        render(TEXTS, style="word")
