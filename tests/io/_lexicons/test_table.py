"""Lexicons from tables."""

from __future__ import annotations

import io

import pytest

from igtkit.corpus import LexiconEntry
from igtkit.errors import FileFormatError, InputError
from igtkit.io import read_lexicon


def written(folder, content, name="lexicon.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(content, encoding=encoding)
    return path


def test_all_columns_are_read_and_others_passed_over(tmp_path):
    path = written(
        tmp_path, "id,pos,form,gloss,morph_type,note\n7,n,kavun,melon,stem,ripe\n,,kavun,,,\n"
    )
    assert read_lexicon(path) == (
        LexiconEntry("kavun", "melon", "stem", "n", "7"),
        LexiconEntry("kavun"),
    )


@pytest.mark.parametrize(
    ("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", ","), ("a.txt", "\t")]
)
def test_the_mark_between_cells_is_told(tmp_path, name, mark):
    path = written(tmp_path, f'form{mark}gloss\nkavun{mark}"to, go"\n', name)
    assert read_lexicon(path) == (LexiconEntry("kavun", "to, go"),)


def test_columns_of_other_names_and_another_encoding(tmp_path):
    path = written(tmp_path, "Söz;Anlam\ngöz;eye\n", encoding="latin-1")
    found = read_lexicon(path, columns={"form": "Söz", "gloss": "Anlam"}, encoding="latin-1")
    assert found == (LexiconEntry("göz", "eye"),)


@pytest.mark.parametrize(
    ("form", "bare", "morph_type"),
    [
        ("-ler", "ler", "suffix"),
        ("du-", "du", "prefix"),
        ("=de", "de", "enclitic"),
        ("ne=", "ne", "proclitic"),
        ("-in-", "in", "infix"),
        ("pal-palak", "pal-palak", None),
    ],
)
def test_the_edges_of_a_form_say_its_type(tmp_path, form, bare, morph_type):
    (entry,) = read_lexicon(written(tmp_path, f"form,gloss\n{form},-PL\n"))
    assert (entry.form, entry.gloss, entry.morph_type) == (bare, "PL", morph_type)


def test_a_column_of_types_goes_before_the_edges(tmp_path):
    (entry,) = read_lexicon(written(tmp_path, "form,morph_type\n-ler,particle\n"))
    assert (entry.form, entry.morph_type) == ("ler", "particle")


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("form,gloss\nkavun,melon\n-,x\n", 3, "no form"),
        ("form,gloss\n,melon\n", 2, "no form"),
        ("form,gloss\nkavun\n", 2, "1 cells under 2 columns"),
        ("word,gloss\nkavun,melon\n", 1, "no column of forms"),
        ("form,form\na,b\n", 1, "two columns are named"),
        ("", None, "empty"),
    ],
)
def test_what_is_malformed_is_refused_with_its_line(tmp_path, content, line, message):
    with pytest.raises(FileFormatError, match=message) as caught:
        read_lexicon(written(tmp_path, content))
    assert caught.value.line == line


@pytest.mark.parametrize("columns", [{"lemma": "form"}, {"form": "lemma"}])
def test_columns_that_are_not_there_are_refused(tmp_path, columns):
    with pytest.raises(InputError, match=r"there is no|has no"):
        read_lexicon(written(tmp_path, "form,gloss\na,b\n"), columns=columns)


def test_blank_rows_and_empty_columns_of_spreadsheets_are_no_entries():
    text = "Form;Gloss;;\nkavun;melon;;\n;;;\n ;\u00a0;;\n-ler;PL;;\n;;;\n"
    entries = read_lexicon(io.StringIO(text))
    assert [(e.form, e.gloss, e.morph_type) for e in entries] == [
        ("kavun", "melon", None),
        ("ler", "PL", "suffix"),
    ]


def test_a_circumfix_is_two_affixes():
    text = "form,gloss,morph_type\nge- -t,PTCP,\nke...an,NMLZ,circumfix\nge t,PTCP,circumfix\nad hoc,x,\n"
    entries = read_lexicon(io.StringIO(text))
    assert [(e.form, e.morph_type) for e in entries] == [
        ("ge", "prefix"),
        ("t", "suffix"),
        ("ke", "prefix"),
        ("an", "suffix"),
        ("ge", "prefix"),
        ("t", "suffix"),
        ("ad hoc", None),
    ]
