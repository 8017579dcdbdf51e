"""Examples in Markdown, plain and as pandoc has them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, load_sample, write

CATS = IGT("Evler büyük", "ev-ler büyük", "house-PL.NOM big", "The houses.", id="ex 1")


def render(items, **options):
    out = io.StringIO()
    report = write(items, out, "markdown", **options)
    return out.getvalue(), report


def test_readable_as_it_stands():
    text, report = render([CATS.replace(language="Turkish")])
    assert text == (
        "**(1)** Turkish\n\n"
        "| *Evler*      | *büyük* |\n"
        "|--------------|---------|\n"
        "| ev-ler       | büyük   |\n"
        "| house-PL.NOM | big     |\n\n"
        "‘The houses.’\n\n"
        "## Abbreviations\n\n- NOM: nominative\n- PL: plural\n"
    )
    assert report.lost == {"id": 1}


def test_for_pandoc():
    text, report = render([CATS, CATS, IGT("only words")], style="pandoc")
    assert text.startswith("(@ex-1) \\ \n\n    -----")
    assert "house-[pl.nom]{.smallcaps}  big" in text
    assert "(@ex-1-2) " in text
    assert "(@) *only words*" in text
    assert "- [pl]{.smallcaps}: plural" in text
    assert report.lost == {"id": 2}


def test_a_long_sentence_goes_on_in_another_table():
    text, _ = render([IGT(None, "uzun-bir-kelime " * 12, "long-ONE-word " * 12)])
    assert text.count("|---") > 2
    assert text.count("uzun-bir-kelime") == 12
    assert max(map(len, text.splitlines())) <= 95


def test_notes_and_suggestions_are_shown():
    mark = {"system": "crf", "confirmed": False}
    igt = IGT("a b c", "a-b", "A-B", metadata={"notes": ["lit. so"], "prediction": mark, "page": 1})
    text, report = render([igt])
    assert "*a b c*" in text
    assert "lit. so\n\n(Suggested by crf, not confirmed)\n" in text
    assert report.lost == {"metadata: page": 1}


def pandoc(text, *options):
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    command = ["pandoc", *options]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def strings(tree):
    """The words of a pandoc tree, code and markup aside."""
    if isinstance(tree, dict):
        if tree.get("t") == "Str":
            yield tree["c"]
        elif tree.get("t") in ("Space", "SoftBreak"):
            yield " "
        else:
            for value in tree.values():
                yield from strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)


WORDS = st.lists(
    st.text("a1.-_*`<>|[](){}#+=~^$&@!\\'\"\u00e9", min_size=1, max_size=4), min_size=1, max_size=3
)


def test_every_character_is_shown_as_it_is():
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")

    @given(WORDS)
    def check(words):
        line = " ".join(words)
        for style, kind in (("table", "gfm"), ("pandoc", "markdown-smart")):
            text, _ = render(
                [IGT(None, f"x{line}", None, f"y {line}")], style=style, labels="capitals"
            )
            shown = "".join(strings(json.loads(pandoc(text, "-f", kind, "-t", "json"))))
            assert f"‘y {line}’".replace(" ", "") in shown.replace(" ", "").replace("\u00a0", "")

    check()


def test_pandoc_numbers_examples_and_refers_to_them():
    text, _ = render([*load_sample()[:3], CATS], style="pandoc")
    page = pandoc(f"{text}\nSee (@ex-1).\n", "-f", "markdown", "-t", "plain")
    assert "See (4)." in page
    assert "(3)" in page
    html = pandoc(text, "-f", "markdown", "-t", "html", "--wrap=none")
    assert '<span class="smallcaps">pl.nom</span>' in html
    assert html.count("<table") >= 4
