"""Plain interlinear text: telling the lines apart, and laying them out."""

from __future__ import annotations

import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import aligned_lines, aligned_words

from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io import inspect, read, write
from igtkit.io._parts import GUESSES
from igtkit.io._text.labels import take_label
from igtkit.io.text import SUBJECTS


def parse(text: str, **options):
    return read(io.StringIO(text), "text", **options)


def render(*items: IGT) -> tuple[str, dict[str, int]]:
    out = io.StringIO()
    report = write(items, out, "text")
    return out.getvalue(), dict(report.lost)


T, M, G, L = "palasi buro", "pala-si buro", "house-PL burn", "The houses burned."


def test_a_source_after_the_translation_is_kept_and_written_back():
    text = f"{M}\n{G}\n‘{L}’ (Smith 2001: 4)\n"
    corpus = parse(text)
    assert corpus[0].translation == L
    assert corpus[0].metadata == {"citation": "(Smith 2001: 4)"}
    written, lost = render(*corpus)
    assert not lost
    assert parse(written)[0].metadata == corpus[0].metadata


@pytest.mark.parametrize("igt", [IGT(None, "b.", "x"), IGT(None, "pala-si"), IGT(None, None, "x")])
def test_what_cannot_be_told_again_is_said_and_can_be_read_all_the_same(igt):
    written, lost = render(igt)
    assert lost == {"which line is which": 1}
    assert len(parse(written)) == 1


def test_blank_lines_stand_between_examples():
    corpus = parse(f"\n{M}\n{G}\n\n \n{M}\n{G}\n‘{L}’")
    assert [igt.translation for igt in corpus] == [None, L]


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("only this", "an example of 1 line"),
        ("\\t a\n\\g b", "sigmorphon"),
    ],
)
def test_an_example_that_cannot_be_told_is_named(block, what, caplog):
    text = f"{M}\n{G}\n\n{block}\n\n{T}\n{M}\n{G}\n"
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == 4
    corpus = parse(text, errors="skip")
    assert len(corpus) == 2
    assert (corpus.skipped[0].line, corpus.skipped[0].text) == (4, block)
    assert caplog.records


CASES = {
    "txt01_wrapped_single_quotes": [
        (None, "ev-ler gel-di", "house-PL come-PST", "The houses came, and when they were there they left.")
    ],
    "txt02_heading": [(None, "ev-ler-de kim", "house-PL-LOC who", "Who is in the houses?")],
    "txt04_lit": [(None, "ev-ler gel-di", "house-PL come-PST", "The houses came.")],
    "txt06_tabs": [(None, "ev-ler gel-di", "house-PL come_out-PST", "The houses came out.")],
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_known_case_is_read(shared, name):
    corpus = read(shared / "cases" / f"{name}.txt")
    assert [
        (igt.transcription, igt.segmentation, igt.glosses, igt.translation) for igt in corpus
    ] == CASES[name]


SMALL = "ev-ler gel-di\nhouse-PL come-PST\n‘The houses came.’"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"(5') {SMALL}", ["5'"]),
        (f"(2.14) {SMALL}\n(2.15) {SMALL}", ["2.14", "2.15"]),
        (f"[7] {SMALL}\n[8] {SMALL}", ["7", "8"]),
        (f"(iii)\t{SMALL}\n(iv)\t{SMALL}", ["iii", "iv"]),
        (f"(3) a. {SMALL}\n    b. {SMALL}", ["3a", "3b"]),
        (f"(3) Turkish (Smith 2000: 12)\n a. {SMALL}\n b. {SMALL}\n(4) {SMALL}", ["3a", "3b", "4"]),
        (f"{SMALL}\n{SMALL}", [None, None]),
        ("> (1) " + SMALL.replace("\n", "\n> ") + "\n>\n> (2) " + SMALL.replace("\n", "\n> "), ["1", "2"]),
    ],
)  # fmt: skip
def test_examples_are_told_apart_without_blank_lines(text, ids):
    corpus = parse(text)
    assert [igt.id for igt in corpus] == ids
    assert {(igt.segmentation, igt.glosses, igt.translation) for igt in corpus} == {
        ("ev-ler gel-di", "house-PL come-PST", "The houses came.")
    }


def test_what_stands_around_a_quoted_mail_is_no_part_of_its_example():
    text = "On Monday X wrote:\n> " + SMALL.replace("\n", "\n> ") + "\nSo it is."
    corpus = parse(text, errors="skip")
    assert [igt.segmentation for igt in corpus] == ["ev-ler gel-di"]
    assert [(skipped.line, skipped.text) for skipped in corpus.skipped] == [
        (1, "On Monday X wrote:"),
        (5, "So it is."),
    ]


def test_what_an_example_says_beside_its_lines_is_kept_and_written_back():
    text = (
        "(5) *ev-ler gel-di\n     house-PL come-PST\n‘The houses came.’ (Smith 2001: 4)\n"
        "Lit. ‘House-s came.’\n"
    )
    [igt] = parse(text)
    assert igt.metadata == {
        "citation": "(Smith 2001: 4)",
        "notes": ["Lit. ‘House-s came.’"],
        "judgment": "*",
    }
    written, lost = render(igt)
    assert not lost
    [back] = parse(written)
    assert back == igt
    assert back.metadata == igt.metadata


@pytest.mark.parametrize(
    "about",
    [
        {"citation": "(Smith 2000: 12"},
        {"citation": "Smith 2000"},
        {"notes": ["(see above"]},
        {"notes": ["Lit. ‘x’", "[sic", "Lit. ‘y’"]},
    ],
)
def test_what_would_not_be_told_from_text_is_left_out_and_reported(about):
    igt = IGT("ev gel", "ev gel", "house come", "A house came.", metadata=about)
    written, lost = render(igt)
    assert lost == {f"metadata: {key}": 1 for key in about}
    assert list(parse(written)) == [igt]


@pytest.mark.parametrize(
    "quotes", ["‘’", "“”", '""', "''", "„“", "„”", "‚‘", "«»", "»«", "‹›", "「」"]
)
def test_quotes_are_read_and_never_doubled(quotes):
    text = f"{M}\n{G}\n{quotes[0]}{L}{quotes[1]}\n"
    corpus = parse(text)
    assert corpus[0].translation == L
    written, _ = render(*corpus)
    assert written.split("\n")[2] == f"‘{L}’"
    quoted = IGT(None, M, G, f"{quotes[0]}{L}{quotes[1]}")  # the quotes are the translation's own
    written, lost = render(quoted)
    assert not lost
    assert "‘‘" not in written
    assert list(parse(written)) == [quoted]


def test_every_guess_is_told(tmp_path):
    path = tmp_path / "pasted"
    path.write_text(
        "(1) Turkish\n*ev-ler\tgel-di\nhouse-PL\tcome out-PST\n'The\nhouses came'\nLit. 'x'"
    )
    rules = {part.rule for part in inspect(path, "text").parts}
    assert rules == {
        "text-two-lines",
        "text-quotes-over-lines",
        "text-remark",
        "text-heading",
        "text-tabs",
        "text-judgment",
    }
    assert rules <= set(SUBJECTS)
    assert set(SUBJECTS) <= set(GUESSES)


def test_words_are_written_in_columns_by_display_width():
    written, lost = render(
        IGT("ɛ́tɛ́ 猫です x", "ɛ́-tɛ́ 猫=です x", "1-go cat=COP x", "It’s ‘a’ cat.", id="3b")
    )
    assert written == (
        "(3b) ɛ́tɛ́  猫です  x\n     ɛ́-tɛ́ 猫=です x\n     1-go cat=COP x\n     ‘It’s ‘a’ cat.’\n\n"
    )
    assert not lost


def test_a_transcription_that_does_not_pair_up_stands_above():
    written, lost = render(IGT("l'homme", "le homme-s", "DEF man-PL"))
    assert written == "l'homme\nle  homme-s\nDEF man-PL\n\n"
    assert not lost


@pytest.mark.parametrize(
    "igt",
    [
        IGT("cats run"),
        IGT(None, "cats run", "cat run"),
        IGT("one two", "ein Haus", "a house"),
        IGT("a b", translation="‘x’ (y)"),
        IGT(T, M, G, id="12"),
        IGT(T, M, G, id="c"),
    ],
)
def test_empty_quotes_make_lines_without_translation_readable(igt):
    written, lost = render(igt)
    assert not lost
    assert list(parse(written)) == [igt]


def test_the_writer_reports_what_cannot_be_read_back():
    igts = [
        IGT("a b", None, "x y"),  # reads as a segmentation
        IGT("a  b", "a-b  c", "A-B C", "two\nlines"),
        IGT("(1) a", "a-x b", "A-B C", id="long id", metadata={"page": 1}),
        IGT(None),
        IGT(T, M, G, language="Tsez", pos="N V"),
    ]
    _, lost = render(*igts)
    assert lost == {
        "id": 1,
        "language": 1,
        "metadata: page": 1,
        "pos": 1,
        "spacing of segmentation": 1,
        "spacing of transcription": 1,
        "spacing of translation": 1,
        "which line is which": 3,
    }


@given(st.lists(aligned_words(), min_size=1, max_size=6), st.text("ab ’'\"(.", max_size=9))
def test_aligned_words_come_back(words, translation):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    assume(take_label(surface)[0] is None)  # 1. at the beginning is a number of the example
    igt = IGT(surface, forms, glosses, translation=f"x{translation}x")
    written, lost = render(igt)
    assert not lost
    assert list(parse(written)) == [igt]


TEXTS = st.none() | st.text("ab1-=.'‘’(\n \\", max_size=8)


@given(
    st.builds(IGT, TEXTS, TEXTS, TEXTS, TEXTS, id=TEXTS)
    | st.builds(lambda lines, free: IGT(*lines, free), aligned_lines(), TEXTS)
)
def test_what_does_not_come_back_is_reported(igt):
    written, lost = render(igt)
    back = list(parse(written, errors="skip"))
    assert lost or back == [igt]


def test_shared_task_sentences_come_back(shared):
    for path in sorted((shared / "data" / "sigmorphon2023").glob("*/*-dev-*")):
        corpus = read(path)
        written, lost = render(*corpus)
        assert lost == ({"pos": len(corpus)} if "usp" in path.name else {})
        assert parse(written) == corpus.map(lambda igt: igt.replace(pos=None))
