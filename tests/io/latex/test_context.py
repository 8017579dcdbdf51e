"""What stands before an example: label, judgment, language, heading."""

from __future__ import annotations

import pytest
from documents.latex import parse

from igtkit.igt import Language


def test_sub_examples_know_their_own_label_and_that_of_the_group():
    text = """
\\ea\\label{ex:group} Tuatschin (Romansh)\\\\
  \\ea\\label{ex:a} \\gll a\\\\ A\\\\ \\glt `A' \\z
  \\ea[*]{\\label{ex:b} \\gll b\\\\ B\\\\ \\glt `B'} \\z
\\z
\\ea\\label{ex:c} \\gll c\\\\ C\\\\ \\glt `C' \\z
"""
    a, b, c = parse(text)
    assert [igt.id for igt in (a, b, c)] == ["ex:a", "ex:b", "ex:c"]
    assert a.language == b.language == Language(name="Tuatschin")
    assert a.metadata == {"latex": {"heading": "Tuatschin (Romansh)", "group": "ex:group"}}
    assert b.metadata["judgment"] == "*"
    assert (b.translation, c.language, c.metadata) == ("B", None, {})


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{exe}\\ex\\label{g}\\begin{xlist}\\ex\\label{a}\\gll a\\\\A\\\\\\ex\\label{b}\\gll b\\\\B\\\\\\end{xlist}\\end{exe}",
        "\\ea\\label{g}\\ea\\label{a}\\gll a\\\\A\\\\\\ex\\label{b}\\gll b\\\\B\\\\\\z\\z",
        "\\pex\\label{g}\\a\\label{a}\\begingl\\gla a//\\glb A//\\endgl\\a\\label{b}\\begingl\\gla b//\\glb B//\\endgl\\xe",
        "\\ex.\\label{g} \\ag.\\label{a} a\\\\A\\\\\n\\bg.\\label{b} b\\\\B\\\\\n\nText.",
        "\\ex.\\label{g} \\a. \\label{a}\\gll a\\\\A\\\\\n\\b.\\label{b} \\gll b\\\\B\\\\\n\\z.\n\nText.",
    ],
)  # fmt: skip
def test_sub_examples_in_every_style(text):
    corpus = parse(text)
    assert [igt.segmentation for igt in corpus] == ["a", "b"]
    assert all(igt.metadata["latex"]["group"] == "g" for igt in corpus)
    if "\\ag" not in text:
        assert [igt.id for igt in corpus] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "\\ex *\\gll a\\\\ A\\\\ \\xe",
        "\\ex \\ljudge{*}\\begingl \\gla a// \\glb A// \\endgl\\xe",
        "\\ea[*]{\\gll a\\\\ A\\\\}\\z",
    ],
)
def test_a_judgment_is_kept(text):
    assert parse(text)[0].metadata == {"judgment": "*"}


def test_a_number_or_a_late_label_is_the_id():
    assert parse("\\exi{(3$'$)} \\gll a\\\\ A\\\\")[0].id == "3'"
    [a, b] = parse("\\ex \\gll a\\\\ A\\\\ \\trans `A'\\label{x}\n\n\\ea \\gll b\\\\ B\\\\ \\z")
    assert (a.id, b.id, b.metadata) == ("x", None, {})


def test_a_missing_end_does_not_swallow_the_next_example():
    corpus = parse(
        "\\ea\\label{a}\\gll a\\\\A\\\\\\glt `A'\n\nText.\n\n\\ea\\label{b}\\gll b\\\\B\\\\\\z"
    )
    assert [(igt.id, igt.translation, igt.metadata) for igt in corpus] == [
        ("a", "A", {}),
        ("b", None, {}),
    ]


def test_a_reference_within_brackets_does_not_hide_the_language():
    [igt] = parse(
        "\\ea Wada (Coastal; \\citealt[12]{Someone2010})\\\\\n\\gll kudan-a\\\\\nhouse-LOC\\\\\n\\z"
    )
    assert igt.language == Language(name="Wada")


@pytest.mark.parametrize(
    ("head", "language", "metadata"),
    [
        ("German\\\\", "German", {"latex": {"heading": "German"}}),
        ("Old Norse:\\\\", "Old Norse", {"latex": {"heading": "Old Norse:"}}),
        ("Context\\\\", None, {"latex": {"heading": "Context"}}),
        ("German sentence\\\\", None, {"latex": {"heading": "German sentence"}}),
        ("\\langinfobreak{Tsez}{Caucasus}{(x)}\\\\", "Tsez", {"citation": "(x)", "latex": {"family": "Caucasus"}}),
        ("Wada\\jambox*{(Coast)}\\\\", None, {"latex": {"heading": "Wada", "jambox": "(Coast)"}}),
        ("\\settowidth\\jamwidth{(Coast)}", None, {}),
        ("\\parbox[t]{5cm}{%\n", None, {}),
    ],
)  # fmt: skip
def test_what_stands_before_an_example(head, language, metadata):
    [igt] = parse(f"\\ea {head}\\gll pala-si\\\\ house-PL\\\\ \\z")
    assert (igt.language and igt.language.name, igt.metadata) == (language, metadata)


def test_what_many_examples_would_each_have_above_them_is_refused_if_it_is_long():
    for words, entries in ((200, 2), (600, 0)):
        text = (
            "\\begin{exe}\\ex " + "a " * words + "\n\\begin{xlist}"
            "\\ex\\gll b\\\\\nc\\\\\n\\ex\\gll d\\\\\ne\\\\\n\\end{xlist}\\end{exe}"
        )
        corpus = parse(text, errors="skip")
        assert len(corpus) == entries
        assert len(corpus.skipped) == 2 - entries
        assert all("stand above a list" in skipped.message for skipped in corpus.skipped)
