r"""What a glossed example says: its words, its translation, and what stands around them."""

from __future__ import annotations

import pytest
from documents.latex import parse

from igtkit.corpus.quality import is_marked_ungrammatical
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.io._tex.markup import Markup
from igtkit.io.latex.entry import join_blocks, parse_example
from igtkit.io.latex.examples import Example


def example(body, *, macro="gll", head="", tail=""):
    return Example(0, macro, head, (), 0, body, tail)


def entry(body, hint=None, **around):
    return parse_example(example(body, **around), Markup(), hint or {})


def test_the_lines_and_the_translation_of_an_example():
    igt = entry(r" kuda-n weli\\ house-\textsc{acc} big\\ \glt `the big house' (A 2001: 3)")
    assert igt == IGT(None, "kuda-n weli", "house-ACC big", "the big house")
    assert igt.metadata == {"citation": "(A 2001: 3)"}


def test_what_stands_before_and_after_it_belongs_to_it():
    igt = entry(
        r" kuda-n\\ house-ACC\\", head=r"\label{ex:a} Tsez (Daghestan)\\", tail=r"`a house'"
    )
    assert (igt.id, igt.language, igt.translation) == ("ex:a", Language(name="Tsez"), "a house")


@pytest.mark.parametrize(
    ("head", "transcription"),
    [
        (r"Kudan weli.\\", "Kudan weli."),
        (r"Kudan weli toro\\", "Kudan weli toro"),  # one word more, and alike
        (r"Some other words here\\", None),
        ("", None),
    ],
)
def test_the_line_above_is_the_text_if_it_is_like_the_forms(head, transcription):
    igt = entry(r"kuda-n weli\\ house-ACC big\\", head=head)
    assert igt.transcription == transcription


@pytest.mark.parametrize(
    ("body", "segmentation", "glosses"),
    [
        (r"a {} b\\ A B C\\", "a ??? b", "A B C"),  # its place is held where words stand
        (r"a {} b\\ A {} C\\", "a b", "A C"),
        (r"a {} b\\ A C\\", "a b", "A C"),  # where the lines have as many words without it
        (r"a \phantom{x} b\\ A B C\\", "a ??? b", "A B C"),
        (r"a {b c}\\ A {B C}\\", "a b_c", "A B_C"),
    ],
)
def test_empty_cells_hold_the_place_of_a_word(body, segmentation, glosses):
    igt = entry(body)
    assert (igt.segmentation, igt.glosses) == (segmentation, glosses)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (r"{} \\ {} \\", r"\\gll without a word"),
        (r"a\\ {} \\", r"a line of \\gll without a word"),
    ],
)
def test_lines_without_a_word_are_refused(body, what):
    with pytest.raises(InputError, match=what):
        entry(body)


def test_a_hint_of_the_library_goes_before_what_would_be_guessed():
    hint = {
        "lines": ["transcription", "glosses"],
        "id": "7",
        "split": "dev",
        "pos": 3,  # of the wrong type, as by hand: passed over
        "language": {"name": "Tsez", "x": 1},
        "metadata": {"page": 1},
    }
    igt = entry(r"*a-b\\ A-B\\", hint, head=r"Lezgian (Daghestan)\\")
    assert igt == IGT("*a-b", None, "A-B", id="7", split="dev", language=Language(name="Tsez"))
    assert igt.metadata == {"page": 1}
    assert entry(r"a-b\\ A-B\\").segmentation == "a-b"  # without it


def test_a_hint_may_leave_a_line_empty():
    hint = {"lines": ["segmentation", "glosses"]}
    igt = entry(r"a\\ {} \\", hint)
    assert (igt.segmentation, igt.glosses) == ("a", "")


def test_a_line_that_is_none_of_the_three_is_kept_and_a_macro_that_nobody_knows_named():
    igt = entry(r"kuda-n\\ house-\foo\\ N\\", macro="glll")
    assert (igt.segmentation, igt.glosses) == ("kuda-n", "house-???")
    assert igt.metadata == {"latex": {"lines": ["N"], "unknown": ["\\foo"]}}


def blocks(*entries):
    return [(line, igt) for line, igt in enumerate(entries, 1)]


def test_blocks_with_the_same_lines_are_joined_and_the_last_has_the_translation():
    first = IGT(None, "a", "A", id="x", metadata={"judgment": "*", "notes": ["n"]})
    last = IGT(None, "b c", "B C", "abc", metadata={"latex": {"jambox": "(z)"}})
    [(line, joined)] = join_blocks(blocks(first, last))
    assert (line, joined) == (1, IGT(None, "a b c", "A B C", "abc", id="x"))
    assert joined.metadata == {
        "judgment": "*",
        "latex": {"jambox": "(z)", "blocks": 2},
        "notes": ["n"],
    }


@pytest.mark.parametrize(
    "apart",
    [
        blocks(IGT(None, "a", "A")),
        blocks(IGT(None, "a", "A"), IGT("b", "b", "B", "x")),
        [],
    ],
)
def test_blocks_that_have_other_lines_stay_apart(apart):
    assert join_blocks(apart) == apart


def test_blocks_of_one_sentence_are_one_entry_and_sentences_are_not():
    text = r"""
\ea\label{long}
\gll kuda-n weli\\ house-ACC big\\
\gll toro-n weli\\ tree-ACC big\\
\glt `the house, the tree'
\z
\ea\label{two}
\gll a\\ A\\ \glt `A'
\gll b\\ B\\ \glt `B'
\z
\ea \gll c\\ C\\
\gll d\\ D\\ \z
"""
    corpus = parse(text)
    assert [(igt.segmentation, igt.glosses, igt.translation, igt.id) for igt in corpus] == [
        ("kuda-n weli toro-n weli", "house-ACC big tree-ACC big", "the house, the tree", "long"),
        ("a", "A", "A", "two"),
        ("b", "B", "B", None),
        ("c", "C", None, None),
        ("d", "D", None, None),
    ]


@pytest.mark.parametrize("line", [0, 1])
def test_what_is_pushed_to_the_margin_is_no_word(line):
    lines = ["kuda-n weli", "house-ACC big"]
    lines[line] += r" \hfill [KL:80]"
    [igt] = parse("\\ea \\gll " + "\\\\ ".join(lines) + "\\\\ \\glt `the house' \\z")
    assert (igt.segmentation, igt.glosses) == ("kuda-n weli", "house-ACC big")
    assert igt.metadata == {"notes": ["[KL:80]"]}


@pytest.mark.parametrize(
    ("forms", "glosses", "expected"),
    [
        ("a- b =c d - e", "A- B =C D - E", ("a-b=c d - e", "A-B=C D - E")),
        ("a- b -c", "A B C", ("a-b-c", "A-B-C")),
        ("-a -b", "A B", ("-a -b", "A B")),
        ("a -b", "A", ("a -b", "A")),
    ],
)
def test_morphemes_that_stand_apart_in_expex_are_joined(forms, glosses, expected):
    [igt] = parse(f"\\ex \\begingl \\gla {forms}// \\glb {glosses}// \\endgl \\xe")
    assert (igt.segmentation, igt.glosses) == expected
    [igt] = parse(f"\\ea \\gll {forms}\\\\ {glosses}\\\\ \\z")
    assert (igt.segmentation, igt.glosses) == (forms, glosses)  # there they are the author's words


def test_expex_joins_morphemes_above_a_third_line_and_takes_the_judgment_apart():
    [igt] = parse(
        "\\ex\\begingl \\gla \\ljudge{*}Kudan -a weli// \\glb house -\\textsc{loc} big//"
        "\\glc N -SFX A//\\glft `in it'//\\endgl\\xe"
    )
    assert (igt.segmentation, igt.glosses) == ("Kudan-a weli", "house-LOC big")
    assert igt.metadata["judgment"] == "*"


@pytest.mark.parametrize(
    ("text", "judgment"),
    [
        ("\\exg. *kuda-n weli\\\\ house-ACC big\\\\\n", "*"),
        ("\\exg.[?] kuda-n weli\\\\ house-ACC big\\\\\n", "?"),
        ("\\ex. \\a. \\gll \\#kuda-n weli\\\\ house-ACC big\\\\\n", "#"),
        ("\\ea \\gll ?*kuda-n weli\\\\ house-ACC big\\\\ \\z", "?*"),
        ("\\ea \\gll (*)kuda-n weli\\\\ house-ACC big\\\\ \\z", "(*)"),
        ("\\ea \\gll * kuda-n weli\\\\ {} house-ACC big\\\\ \\z", "*"),
        ("\\ea *Kudan weli\\\\ \\gll *kuda-n weli\\\\ house-ACC big\\\\ \\z", "*"),
        ("\\ex \\begingl \\gla *kuda-n weli// \\glb house-ACC big// \\endgl \\xe", "*"),
        ("\\ex \\begingl \\gla \\nogloss{*}kuda-n weli// \\glb house-ACC big// \\endgl \\xe", "*"),
        (
            "\\pex \\a \\ljudge* \\begingl \\gla kuda-n weli// \\glb house-ACC big// \\endgl \\xe",
            "*",
        ),
    ],
)
def test_a_judgment_is_no_part_of_the_first_word(text, judgment):
    [igt] = parse(text)
    assert (igt.segmentation, igt.glosses) == ("kuda-n weli", "house-ACC big")
    assert igt.transcription in (None, "Kudan weli")
    assert igt.metadata == {"judgment": judgment}
    assert is_marked_ungrammatical(igt) == ("*" in judgment.strip("()") and judgment[0] != "(")


@pytest.mark.parametrize(
    ("forms", "glosses"),
    [
        ("*kudan > *kudn", "house > house"),
        ("? weli", "? big"),
        ("??? weli", "house big"),
        ("?aku ma?i", "1SG go"),
        ("#kuda# weli", "house big"),
    ],
)
def test_words_with_marks_of_their_own_keep_them(forms, glosses):
    [igt] = parse(f"\\ea \\gll {forms}\\\\ {glosses}\\\\ \\z")
    assert (igt.segmentation, igt.glosses, igt.metadata) == (forms, glosses, {})
