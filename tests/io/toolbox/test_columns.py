"""Morphemes and glosses find each other by columns of bytes, or else by number."""

from __future__ import annotations

import pytest
from documents.toolbox import issues, parse

from igtkit.igt import IGT
from igtkit.io import read
from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.rows import Row


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
        # a clitic or an affix that begins where a word does, and is one
        ("amunkoba     tha", "a -mun =koba tha", "A -B   =C    D", "a-mun=koba tha", "A-B=C D"),
        ("amun   koba  tha", "a -mun =koba tha", "A -B   =C    D", "a-mun =koba tha", "A-B =C D"),
        ("re   ev", "re=  ev", "REL= house", "re= ev", "REL= house"),
        ("ev koda", "ev =ko =da", "X  =Y  =Z", "ev =ko=da", "X =Y=Z"),
        ("ab  c", "a - c", "A - C", "a-c", "A-C"),  # a mark by itself is between morphemes
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


def test_columns_are_bytes_of_the_encoding_of_the_file(tmp_path):
    lines = "\\ref 1\n\\tx éé   b\n\\mb éé   b\n\\ge a c  d\n"
    for encoding, glosses in [("utf-8", "a c d"), ("latin-1", "a_c d")]:
        path = tmp_path / "a.db"
        path.write_bytes(lines.encode(encoding))
        assert read(path, encoding=encoding)[0].glosses == glosses
    assert Row("éé  b", "latin-1").starts == [0, 4]
    assert Row("éé  b", "utf-8").starts == [0, 6]


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


def test_a_line_of_words_may_be_empty():
    lines = {"tx": "", "mb": "ev -de kedi", "ge": "house -LOC cat"}
    joined = join_block(lines, "utf-8", words="tx", morphemes="mb", glosses="ge")
    assert joined.lines == {"tx": "", "mb": "ev-de kedi", "ge": "house-LOC cat"}
