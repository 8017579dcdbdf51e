"""Whatever a model answers is read, and what was wrong is said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit import IGT, Prediction
from igtkit.boundaries import is_word
from igtkit.errors import InputError
from igtkit.formats import FORMATS, get, problems

INTERLEAVED, CONCATENATED, MULTITASK = map(get, ("interleaved", "concatenated", "multitask"))


@pytest.mark.parametrize(
    ("output", "segmentation", "glosses", "found"),
    [
        ("", "", "", ["EMPTY"]),
        (" \n\t", "", "", ["EMPTY"]),
        ("house(ev)-LOC(d", "ev-d", "house-LOC", ["NOT_CLOSED"]),
        ("house(ev)-LOC(", "ev-", "house-LOC", ["NOT_CLOSED"]),
        ("house(ev)-LOC", "ev-???", "house-LOC", ["NO_FORM"]),
        ("house(ev)-", "ev", "house", ["LOOSE_BOUNDARY"]),
        ("house(ev)--LOC(de)", "ev-de", "house-LOC", ["LOOSE_BOUNDARY"]),
        ("house(ev) who", "ev ???", "house who", ["NO_FORM"]),
        ("house(ev) who(", "ev ???", "house who", ["NOT_CLOSED", "NO_FORM"]),
        ("house(ev) who()", "ev ???", "house who", ["NO_FORM"]),
        ("house(ev) (kim)", "ev kim", "house ???", ["NO_GLOSS"]),
        ("house(ev) kim)", "ev kim", "house ???", ["NOT_OPENED", "NO_GLOSS"]),
        ("house(ev) () who(kim)", "ev kim", "house who", ["NO_FORM"]),
        ("house(ev) ( who(kim)", "ev kim", "house who", ["NOT_CLOSED", "NO_FORM"]),
        ("house PL-LOC", "??? ???-???", "house PL-LOC", ["NO_FORM"]),
        ("he(M)(o)", "o", "he(M)", ["NOT_ESCAPED"]),
        ("he((o))", "(o)", "he", ["NOT_ESCAPED"]),
        ("he((o)-PL(lar).)", "(o-lar).", "he-PL", ["NOT_CLOSED", "NOT_OPENED"]),
        ("house(ev)x-LOC(de)", "ev-de", "house-LOC", ["AFTER_FORM"]),
        ("run(ko-ş)", "ko-ş", "run-???", ["NOT_CLOSED", "NOT_OPENED", "NO_GLOSS"]),
        ("house(ev , house(ev)", "ev , ev", "house , house", ["NOT_CLOSED", "PUNCTUATION"]),
        (",(,) house(ev)", ", ev", ", house", ["PUNCTUATION"]),
        (",(ev)", "ev", ",", ["PUNCTUATION"]),
        ("Output: house(ev)", "ev", "house", ["LABEL"]),
        ("house(ev)\nwho(kim)", "ev kim", "house who", ["MORE_LINES"]),
        ("家(いえ)=で(で)", "いえ=で", "家=で", []),
        ("house(ev)\u00a0LOC(de)", "ev de", "house LOC", []),
        ("\\x(\\y)", "\\y", "\\x", []),
        ("\\((\\))", ")", "(", ["PUNCTUATION"]),
    ],
)
def test_interleaved_outputs(output, segmentation, glosses, found):
    expected = Prediction(segmentation, glosses)
    decoded = INTERLEAVED.decode(output)
    assert (decoded.segmentation, decoded.glosses) == (expected.segmentation, expected.glosses)
    assert list(decoded.problems) == [getattr(problems, name) for name in found]


@pytest.mark.parametrize(
    ("output", "line", "found"),
    [
        (" ev-de\t. ", "ev-de .", []),
        ("", "", ["EMPTY"]),
        ("Segmentation: ev-de", "ev-de", ["LABEL"]),
        ("Glosses:\nev-de", "ev-de", ["LABEL"]),
        ("Glosses:", "", ["LABEL", "EMPTY"]),
        ("ev\nde", "ev de", ["MORE_LINES"]),
        ("he(M)(o", "he(M)(o", []),
    ],
)
def test_outputs_of_one_line(output, line, found):
    sentences = tuple(getattr(problems, name) for name in found)
    assert MULTITASK.decode(output, task="t2s") == Prediction(line, None, sentences)
    for name in FORMATS.keys() - {"word"}:  # which asks for both
        assert get(name).decode(output, task="t2g") == Prediction(None, line, sentences)
        assert get(name).decode(output, task="s2g", source="x , x").glosses == line


def test_the_task_is_that_of_the_example():
    igt = IGT("evde", "ev-de", "house-LOC")
    for prompt_format in FORMATS.values():
        for task in prompt_format.tasks:
            example = prompt_format.encode(igt, task)
            decoded = prompt_format.decode(example.target, source=example)
            assert decoded.segmentation == ("ev-de" if task in ("t2s", "t2sg") else None)
            assert decoded.glosses == ("house-LOC" if task != "t2s" else None)
            assert decoded.problems == ()


def test_an_output_with_other_words_than_the_text():
    text = "« Evde , kim - var ? »"
    few = INTERLEAVED.decode("house(ev)", source=text)
    assert (few.segmentation, few.problems) == ("« ev , - ? »", (problems.WORD_COUNT,))
    many = INTERLEAVED.decode("a(a) b(b) c(c) d(d)", source=text)
    assert many.segmentation == "« a , b - c d ? »"
    none = INTERLEAVED.decode("", source=text)
    assert none.segmentation == "« , - ? »"
    assert none.problems == (problems.EMPTY, problems.WORD_COUNT)
    assert INTERLEAVED.decode("", source="Evde .").problems == (problems.EMPTY,)
    assert INTERLEAVED.decode("a(a) b(b)", source="« Ev »").problems == ()


def test_an_output_that_does_not_fit_the_layout():
    example = INTERLEAVED.encode(IGT("Evde , kim ?", "ev=de , kim ?", "house=LOC who"))
    for output in ("house(ev)", "house(ev) who(kim)", "house(ev)=LOC(de) who(kim)-PL(ler)"):
        decoded = INTERLEAVED.decode(output, source=example)
        assert problems.LAYOUT in decoded.problems
        assert decoded.segmentation.endswith(" ?")
        assert decoded.glosses.endswith(" ?")


def test_a_text_of_punctuation_only_has_no_words_to_predict():
    assert INTERLEAVED.decode("", source="... !").glosses == "... !"
    assert INTERLEAVED.decode("", source="... !").problems == ()
    assert INTERLEAVED.decode("", source="").problems == (problems.EMPTY,)


@pytest.mark.parametrize("output", [None, b"house(ev)", 3, ["house(ev)"], Prediction("a", "b")])
def test_an_output_that_is_no_text(output):
    for prompt_format in FORMATS.values():
        with pytest.raises(InputError, match="output of a model must be a string"):
            prompt_format.decode(output)


def test_bad_requests():
    with pytest.raises(InputError, match="'both', 'segmentation', 'none', not 'glosses'"):
        INTERLEAVED.decode("house(ev)", punctuation="glosses")
    with pytest.raises(InputError, match="has no task 't2s'; it has: 't2sg', 't2g', 's2g'"):
        INTERLEAVED.decode("house(ev)", task="t2s")
    with pytest.raises(InputError, match="source must be an IGT, an Example or the text"):
        INTERLEAVED.decode("house(ev)", source=["Evde"])


def is_wordless(source):
    return bool(source and source.split()) and not any(map(is_word, source.split()))


OUTPUT = st.text() | st.text("ab()-=\\ ,\n", max_size=40) | st.text("a(b)-", max_size=30)


@given(OUTPUT, st.none() | OUTPUT, st.sampled_from(["both", "segmentation", "none"]))
def test_anything_is_read(output, source, punctuation):
    for prompt_format in FORMATS.values():
        for task in prompt_format.tasks:
            decoded = prompt_format.decode(
                output, task=task, source=source, punctuation=punctuation
            )
            for line in (decoded.segmentation, decoded.glosses):
                assert line is None or line == " ".join(line.split())
            assert len(set(decoded.problems)) == len(decoded.problems)
            if not output.strip():
                assert problems.EMPTY in decoded.problems or is_wordless(source)


@given(OUTPUT)
def test_whatever_is_read_is_aligned(output):
    decoded = INTERLEAVED.decode(output)
    if problems.PUNCTUATION not in decoded.problems:
        assert len(decoded.segmentation.split()) == len(decoded.glosses.split())
        IGT(None, decoded.segmentation, decoded.glosses).align()


@given(aligned_lines(), st.data())
def test_a_truncated_output_keeps_the_words_it_has(lines, data):
    target = INTERLEAVED.encode(IGT(*lines)).target
    cut = target[: data.draw(st.integers(0, len(target)))]
    whole, part = INTERLEAVED.decode(target), INTERLEAVED.decode(cut)
    complete = len(re.findall(r"\s", cut))
    for line in ("segmentation", "glosses"):
        words = getattr(whole, line).split()[:complete]
        assert getattr(part, line).split()[:complete] == words


UNITS = (
    *"()-=\\a \n,\u0302\x1c字",
    *("a-", "- ", "a(", "()", ")(", "a(b)-", "a(b) , ", "\\("),
    *("Glosses: ", "\nGlosses: ", "\nSegmentation: "),
)


@pytest.mark.parametrize("size", [2**18, pytest.param(2**20, marks=pytest.mark.slow)])
@pytest.mark.parametrize("unit", UNITS)
def test_much_of_anything_is_read(unit, size):
    output = unit * (size // len(unit))
    for prompt_format in FORMATS.values():
        assert isinstance(prompt_format.decode(output), Prediction)
    assert INTERLEAVED.decode(output, source="Evde , kim ?").problems


def test_half_a_megabyte_deep():
    nested = "(" * 2**18 + ")" * 2**18
    assert INTERLEAVED.decode(nested).problems
