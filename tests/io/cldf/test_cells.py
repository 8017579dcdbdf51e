"""The word cells of an example and the lines they make."""

from __future__ import annotations

import re

import pytest
from documents.cldf import DATASETS, ESCAPED, dataset, examples, rows_of
from hypothesis import given
from strategies import aligned_lines

from igtkit.alignment import check
from igtkit.io import read
from igtkit.io.cldf.cells import cells_of, divide, lines_of


@pytest.mark.parametrize("name", DATASETS)
def test_no_letter_of_a_word_cell_is_lost(shared, name):
    path = examples(shared, name)
    for igt, row in zip(read(path, "cldf"), rows_of(path), strict=True):
        for line, column in ((igt.segmentation, "Analyzed_Word"), (igt.glosses, "Gloss")):
            cells = [cell for cell in re.split(r"\t|\\t", row[column]) if cell]
            given_text = re.sub(r"[-=]", "", "".join(cells).replace(" ", ""))
            assert re.sub(r"[-=\s]", "", line or "") == given_text


@pytest.mark.parametrize("name", DATASETS)
def test_words_and_morphemes_are_as_many_as_in_the_cells(shared, name):
    path = examples(shared, name)
    counts = {"Analyzed_Word": [0, 0], "Gloss": [0, 0]}
    for row in rows_of(path):
        for column, count in counts.items():
            cells = [cell for cell in re.split(r"\t|\\t", row[column]) if cell]
            if name == "palula":  # which of the cells are affixes, only the words say everywhere
                words = re.split(r"\t|\\t", row["Analyzed_Word"])
                count[0] += sum(not {cell[0], cell[-1]} & {"-", "="} for cell in words if cell)
                count[1] += len(cells) + sum(c.strip("-=").count("-") for c in cells)
            else:
                count[0] += len(cells)
                count[1] += len(cells) + sum(c.count("-") + c.count("=") for c in cells if c != "-")
    corpus = read(path, "cldf")
    for line, (words, morphemes) in zip(("segmentation", "glosses"), counts.values(), strict=True):
        tokens = [token for igt in corpus for token in (getattr(igt, line) or "").split()]
        assert len(tokens) == words
        marks = sum(token.count("-") + token.count("=") for token in tokens if token != "-")
        assert len(tokens) + marks == morphemes


def test_a_backslash_and_t_for_a_tab_is_mended_and_told(shared, caplog):
    corpus = read(examples(shared, "lapollaqiang"), "cldf")
    text = examples(shared, "lapollaqiang").read_text(encoding="utf-8")
    mended = [igt for igt in corpus if ESCAPED in igt.metadata["cldf"].get("repairs", [])]
    assert len(mended) == sum("\\t" in line for line in text.splitlines()) == 946
    assert "the word cells of 946 examples were repaired" in caplog.text
    assert not any("\\t" in (igt.segmentation or "") for igt in corpus)
    assert corpus[0].source == "1"
    assert corpus[0].metadata["title"] == "The Creation of the World"


def test_affixes_in_cells_of_their_own_join_their_stems(shared):
    corpus = read(examples(shared, "palula"), "cldf")
    igt = next(igt for igt in corpus if igt.id == "XV000002")
    assert igt.glosses == "3SG.OBL skull talk-CAUS-PFV-F"
    assert [len(word.morphemes) for word in igt.words] == [1, 1, 4]
    assert igt.metadata["cldf"]["cells"]["glosses"] == [
        *("3SG.OBL", "skull", "talk"),
        *("-CAUS", "-PFV", "-F"),
    ]
    assert igt.metadata["cldf"]["repairs"] == [ESCAPED, "3 affixes joined to the stem"]
    marked = next(igt for igt in corpus if igt.id == "XV000051")
    assert marked.glosses.startswith("1SG.NOM=to ")
    assert "1 affix given the boundary of the other line" in marked.metadata["cldf"]["repairs"]
    assert sum(not check(igt) for igt in corpus if igt.segmentation) > 1880


@pytest.mark.parametrize(
    ("words", "glosses", "text", "lines", "repairs"),
    [
        (["gel", ","], ["come", ""], "gel,", ("gel ,", "come"), 0),
        (["ev ler", "de"], ["house", "too"], "ev ler de", ("ev_ler de", "house too"), 1),
        (["gel"], ["come here -IMP"], "gel", ("gel", "come.here-IMP"), 1),
        (["ev -ler"], ["house-PL"], "ev ler", ("ev-ler", "house-PL"), 1),
        (["ev", "-ler"], ["house", "-PL"], "evler", ("ev-ler", "house-PL"), 1),
        (["ev", "-ler"], ["house", "PL"], "evler", ("ev-ler", "house-PL"), 2),
        (["ev", "ler"], ["house", "=PL"], "evler", ("ev=ler", "house=PL"), 2),
        (["ev", "-ler"], ["house", ""], "evler", ("ev-ler", "house-???"), 2),
        (["ev", "-ler", "x"], ["house", "", "X"], "evler x", ("ev-ler x", "house-??? X"), 2),
        (["a-", "nii"], ["3SG-", "laugh"], "anii", ("a-nii", "3SG-laugh"), 1),
        (["a-", "nii"], ["3SG-", "laugh"], "a nii", ("a- nii", "3SG- laugh"), 0),
        (["-nii", "a"], ["laugh", "b"], "nii a b", ("-nii a", "laugh b"), 0),
        (["a", "", "c"], ["A", "B", "C"], "a b c", ("a ??? c", "A B C"), 1),
        (["a", "b"], ["A"], "a b", ("a b", "A"), 1),
        (["a", "-", "b"], ["A", "-", "B"], "a - b", ("a - b", "A - B"), 0),
        ([], ["A", "-B"], "ab", (None, "A-B"), 1),
        (["", " "], [], "ab", (None, None), 0),
    ],
)
def test_cells_become_lines(words, glosses, text, lines, repairs):
    found = lines_of(words, glosses, text)
    assert found[:2] == lines
    assert len(found[2]) == repairs


@pytest.mark.parametrize(
    ("words", "glosses", "lines"),
    [
        (["a-mun", "=koba", "re=", "ev"], ["X-Y", "=Z", "R=", "H"], ("a-mun =koba re= ev", "X-Y =Z R= H")),
        (["ev", "-ler"], ["house"], ("ev -ler", "house")),
        (["ev", "ler"], [], ("ev ler", None)),
    ],
)  # fmt: skip
def test_cells_that_are_words_stay_apart(words, glosses, lines):
    assert lines_of(words, glosses, "other words in here than there", are_words=True)[:2] == lines


@given(aligned_lines())
def test_lines_become_cells_of_equal_number_and_back(lines):
    _, segmentation, glosses = lines
    words, labels = cells_of(segmentation, glosses)
    assert len(words) == len(labels)
    single = (" ".join(segmentation.split()), " ".join(glosses.split()))
    assert lines_of(words, labels, segmentation)[:2] == single


def test_words_without_a_separator_are_parted_as_they_look(tmp_path):
    path = dataset(tmp_path, rows="1,,a b,A\tB\n2,,a b,A B\n3,,a b,A\\tB\n")
    path.write_text(
        path.read_text("utf-8").replace('"separator": "\\t"', '"required": false'), "utf-8"
    )
    assert [igt.segmentation for igt in read(path)] == ["A B"] * 3


@pytest.mark.parametrize(
    ("kept", "line", "other", "cells"),
    [
        (["hin", "-u", "wíi"], "hin-u wíi", "be-MSG water", ["be", "-MSG", "water"]),
        (["a-", "nii"], "a-nii", "3SG-laugh", ["3SG-", "laugh"]),
        (["a-nii -láay"], "a-nii-láay", "3SG-laugh-FUT", ["3SG-laugh-FUT"]),
        (["a", "=b-c"], "a=b-c", "A=B-C", ["A", "=B-C"]),
        (["a", "-b"], "a-b", "A", None),
        (["a", "b"], "a b", "A", None),
        (["a"], "b", "B", None),
    ],
)
def test_a_line_is_divided_as_the_other_is(kept, line, other, cells):
    assert divide(kept, line, other) == cells
