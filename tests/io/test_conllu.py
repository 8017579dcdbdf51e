"""CoNLL-U with MSeg and MGloss, on sentences of our own after the documentation of UD."""

from __future__ import annotations

import io

import pytest

from igtkit.alignment import check
from igtkit.errors import FileFormatError, MissingExtraError
from igtkit.io import inspect, read, stream

pytest.importorskip("conllu", reason="conllu is not installed (the extra `conllu`)")


def row(place, form, upos="_", misc="_"):
    return "\t".join([str(place), form, "_", upos, "_", "_", "0", "_", "_", misc])


def sentence(*rows, **comments):
    lines = [f"# {name} = {value}" for name, value in comments.items()]
    return "\n".join([*lines, *rows]) + "\n\n"


HOUSES = sentence(
    row(1, "Evlerde", "NOUN", "Gloss=in-houses|MSeg=Ev-ler-de|MGloss=house-PL-LOC"),
    row(2, "kim", "PRON", "Gloss=who"),
    row(3, "var", "VERB", "Gloss=there-is|SpaceAfter=No"),
    row(4, "?", "PUNCT", "Gloss=?"),
    sent_id="s1",
    text="Evlerde kim var?",
    text_fr="Qui est dans les maisons ?",
    text_en="Who is in the houses?",
    genre="spoken",
)


def parse(text, **options):
    return list(read(io.StringIO(text), "conllu", **options))


def test_a_sentence_with_morphemes():
    [igt] = parse("# newdoc id = ev\n" + HOUSES)
    assert igt.transcription == "Evlerde kim var?"
    assert igt.segmentation == "Ev-ler-de kim var ?"
    assert igt.glosses == "house-PL-LOC who there.is ?"
    assert igt.pos == "NOUN PRON VERB PUNCT"
    assert igt.translation == "Who is in the houses?"
    assert igt.metalanguage.iso639_3 == "eng"
    assert (igt.id, igt.source) == ("s1", "ev")
    known = igt.metadata["conllu"]
    assert known["comments"] == {"genre": "spoken"}
    assert known["translations"] == {"fr": "Qui est dans les maisons ?"}
    assert known["lines"] == [line for line in HOUSES.split("\n") if line and line[0] != "#"]
    assert not check(igt)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([row(1, "ev"), row(2, "var")], ("ev var", None, None)),
        ([row(1, "ev", misc="MSeg=e-v")], ("ev", "e-v", None)),
        ([row(1, "ev", misc="Gloss=old-house"), row(2, "x")], ("ev x", None, "old.house ???")),
        ([row(1, "un gros", misc="MGloss=a big"), row(2, ".", "PUNCT")],
         ("un_gros .", None, "a.big .")),
        # one token of two words
        ([row("1-2", "evim", misc="SpaceAfter=No"), row(1, "ev", "NOUN", "MGloss=house"),
          row(2, "im", "AUX", "MGloss=COP"), row(3, ".", "PUNCT")],
         ("evim.", "ev-im .", "house-COP .")),
        ([row("1-2", "evim", misc="MSeg=ev-im|MGloss=house-1SG.POSS"), row(1, "ev"), row(2, "im")],
         ("evim", "ev-im", "house-1SG.POSS")),
        # an empty node
        ([row(1, "ev"), row("1.1", "var"), row(2, "ki", misc="Gloss=that")],
         ("ev ki", None, "??? that")),
    ],
)  # fmt: skip
def test_tokens_of_many_kinds(rows, lines):
    [igt] = parse(sentence(*rows))
    assert (igt.transcription, igt.segmentation, igt.glosses) == lines


def test_the_name_of_a_treebank_s_file_says_language_and_split(tmp_path):
    path = tmp_path / "tr_own-ud-dev.conllu"
    path.write_text(HOUSES + HOUSES.replace("s1", "s2"), encoding="utf-8")
    corpus = read(path)
    assert {(igt.language.name, igt.split) for igt in corpus} == {("Turkish", "dev")}
    parts = {part.name: part for part in inspect(path).parts}
    assert (parts["MSeg"].line, parts["MSeg"].count) == ("segmentation", 2)
    assert parts["MGloss"].line == "glosses"
    assert parts["SpaceAfter"].rule == "misc-kept"
    path = path.rename(tmp_path / "texts.conllu")
    assert {(igt.language, igt.split) for igt in read(path)} == {(None, None)}


@pytest.mark.parametrize("bad", ["1\tev\n\n", "x\tev" + "\t_" * 8 + "\n\n", "no columns\n\n"])
def test_what_is_no_sentence_is_told_with_its_line(bad):
    with pytest.raises(FileFormatError, match="no sentence of CoNLL-U") as raised:
        parse(HOUSES + bad)
    assert raised.value.line == HOUSES.count("\n") + 1
    with stream(io.StringIO(bad + HOUSES), "conllu", errors="skip") as reader:
        assert len(list(reader)) == 1
        assert len(reader.skipped) == 1


def test_comments_that_stand_twice_are_kept_or_refused():
    (igt,) = parse("# note = a\n# note = b\n# note = a\n" + HOUSES)
    assert igt.metadata["conllu"]["comments"] == {"genre": "spoken", "note": ["a", "b"]}
    with pytest.raises(FileFormatError, match="two comments 'text'"):
        parse("# text = Another?\n" + HOUSES)


def test_comments_without_a_value_are_kept_and_those_above_no_sentence_told(caplog):
    (igt,) = parse("# newpar\n# doubtful\n" + HOUSES)
    assert igt.metadata["conllu"]["comments"] == {
        "newpar": None,
        "doubtful": None,
        "genre": "spoken",
    }
    (igt,) = parse("# newdoc id = a\n# doubtful\n\n" + HOUSES)
    assert igt.source == "a"
    assert "they stand above no sentence: 1" in caplog.text


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "conllu", None)
    with pytest.raises(MissingExtraError, match="conllu"):
        parse(HOUSES)
