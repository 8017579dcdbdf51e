"""Files that are worked on and written back: all that is in them stays."""

from __future__ import annotations

import shutil
import zipfile

import pytest

import igtkit
from igtkit import IGT
from igtkit.corpus import work_state
from igtkit.errors import InputError
from igtkit.io import Original, keep_copy
from igtkit.models import merge_corrections

DONE = IGT("Kedi geldi .", "kedi gel-di .", "cat come-PST .", "The cat came.")
OPEN = IGT("Kedi gitti .", translation="The cat went.")
GLOSSED = OPEN.replace(segmentation="kedi git-ti .", glosses="cat go-PST .")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.flextext", "a.eaf", "a.sfm"])
def test_it_is_written_in_its_own_format(tmp_path, name):
    path = tmp_path / name
    options = {"vernacular": "tr", "analysis": "en"} if name == "a.flextext" else {}
    igtkit.write([DONE, OPEN], path, **options)
    before = path.read_bytes()
    story = Original.open(path)
    corrected = merge_corrections(story.texts, [GLOSSED.replace(id=story.texts[1].id)])
    assert story.copy is None
    later, report = story.write(corrected.texts)
    assert report.lost == {}
    assert later.copy == tmp_path / f"{name}.bak"
    assert later.copy.read_bytes() == before
    again = Original.open(path)
    assert again.format == story.format
    assert again.digest == later.digest != story.digest
    assert [work_state(text) for text in again.texts] == ["glossed", "glossed"]
    assert again.texts[1].glosses.startswith("cat go-PST")


def test_it_is_written_as_often_as_one_likes_and_copied_once(tmp_path):
    path = tmp_path / "a.eaf"
    igtkit.write([OPEN, OPEN], path)
    story = Original.open(path)
    first, second = (GLOSSED.replace(id=text.id) for text in story.texts)
    story, _ = story.write([first, story.texts[1]])
    story, _ = story.write([first.replace(glosses="dog go-PST ."), second])
    found = igtkit.read(path)
    assert [text.glosses for text in found] == ["dog go-PST .", "cat go-PST ."]
    content = path.read_text(encoding="utf-8")
    assert content.count('TIER_ID="igtkit-glosses') == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.eaf", "a.eaf.bak"]


FILES = [
    "interchange/flextext/cldflex_apalai.flextext",
    "interchange/flextext/flextext2dlx_test.xml",
    "interchange/toolbox/kakabe.txt",
    "interchange/eaf/ijal_lokono.eaf",
    "cldf/palula",
]


@pytest.mark.parametrize("name", FILES)
def test_only_what_has_changed_changes_in_real_files(shared, tmp_path, name):
    source, path = shared / "data" / name, tmp_path / name.rpartition("/")[2]
    (shutil.copytree if source.is_dir() else shutil.copy)(source, path)
    story = Original.open(path)
    at = next((k for k, text in enumerate(story.texts) if work_state(text) != "glossed"), None)
    texts = list(story.texts)
    if at is not None:
        count = len(igtkit.boundaries.list_words(texts[at].transcription))
        said = IGT(
            texts[at].transcription,
            None,
            " ".join(["x"] * count),
            id=texts[at].id,
            metadata={"sentence": at + 1},
        )
        texts = list(merge_corrections(texts, [said]).texts)
        assert texts != list(story.texts)
    later, report = story.write(texts)
    assert not report.lost
    assert list(Original.open(path).texts) == texts
    if at is None:
        assert later.digest == story.digest


def test_what_another_program_has_changed_stays(tmp_path):
    path = tmp_path / "a.jsonl"
    igtkit.write([OPEN], path)
    story = Original.open(path)
    assert story.is_current()
    igtkit.write([DONE], path)
    assert not story.is_current()
    with pytest.raises(InputError, match="changed by another program; nothing is written"):
        story.write([GLOSSED])
    path.unlink()
    with pytest.raises(InputError, match="changed by another program"):
        story.write([GLOSSED])
    assert not list(tmp_path.iterdir())


def test_it_has_as_many_texts_as_before(tmp_path):
    path = tmp_path / "a.jsonl"
    igtkit.write([OPEN], path)
    with pytest.raises(InputError, match="has 1 texts, not 2"):
        Original.open(path).write([GLOSSED, DONE])


def test_a_confirmation_is_a_change(tmp_path):
    path = tmp_path / "a.flextext"
    mark = {"system": "CrfGlosser", "confirmed": False}
    suggested = [DONE, GLOSSED.replace(metadata={"prediction": mark})]
    igtkit.write(suggested, path, vernacular="tr", analysis="en")
    story = Original.open(path)
    held = dict(story.texts[1].metadata)
    assert held.pop("prediction")["confirmed"] is False
    story.write([story.texts[0], story.texts[1].replace(metadata=held)])
    assert "prediction" not in Original.open(path).texts[1].metadata


def test_an_encoding_is_kept(tmp_path):
    path = tmp_path / "a.csv"
    igtkit.write([OPEN], path, encoding="iso8859-9")
    Original.open(path, encoding="iso8859-9").write([GLOSSED])
    assert igtkit.read(path, encoding="iso8859-9")[0].glosses == GLOSSED.glosses


def test_options_hold_for_reading_and_for_writing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "\\ref 1\n\\oo Kedi geldi\n\\mm\n\\gg\n\n\\ref 2\n\\oo Kedi\n", encoding="utf-8"
    )
    markers = {"transcription": "oo", "segmentation": "mm", "glosses": "gg"}
    story = Original.open(path, "toolbox", markers=markers)
    done = IGT("Kedi geldi", "kedi gel-di", "cat come-PST", id="1")
    later, _ = story.write(merge_corrections(story.texts, [done]).texts)
    content = path.read_text(encoding="utf-8")
    assert content == (
        "\\ref 1\n\\oo Kedi geldi\n\\mm kedi gel  -di\n\\gg cat  come -PST\n\n\\ref 2\n\\oo Kedi\n"
    )
    assert later.options == {"markers": markers}


def test_a_table_keeps_its_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    igtkit.write([OPEN], path, delimiter=";")
    Original.open(path, delimiter=";").write([GLOSSED])
    assert path.read_text(encoding="utf-8").startswith("id;source;transcription;")


def test_a_table_with_columns_of_its_own_is_not_written_back(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Text,Gloss\nKedi,cat\n", encoding="utf-8")
    with pytest.raises(
        InputError,
        match=r"a.csv: the table has columns .* \('Text', 'Gloss'\), and is not written back",
    ):
        Original.open(path, columns={"transcription": "Text", "glosses": "Gloss"})
    with pytest.raises(InputError, match="written back is read whole"):
        Original.open(path, errors="skip")


def test_a_packed_table_is_not_written(tmp_path):
    cldf = pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    assert cldf
    igtkit.write([OPEN], tmp_path / "Generic-metadata.json", "cldf")
    assert Original.open(tmp_path).file == tmp_path / "examples.csv"
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as packed:
        packed.write(tmp_path / "examples.csv", "examples.csv")
    (tmp_path / "examples.csv").unlink()
    with pytest.raises(InputError, match="is packed; unpack it"):
        Original.open(tmp_path)


def test_documents_are_not_written_back(tmp_path):
    path = tmp_path / "paper.tex"
    igtkit.write([DONE], path)
    with pytest.raises(InputError, match="format latex can hold more than its texts"):
        Original.open(path)


def test_what_would_be_lost_is_told_at_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("evde\nev-de\nhouse-LOC\n‘at home’\n\n", encoding="utf-8")
    try:
        story = Original.open(path, "text")
    except InputError as error:
        assert "cannot be written back as it is" in str(error)  # noqa: PT017
    else:
        story.write(story.texts)
        assert list(igtkit.read(path, "text")) == list(story.texts)


def test_copies_are_never_written_over(tmp_path):
    path = tmp_path / "a"
    for content in ("1", "2", "3"):
        path.write_text(content)
        keep_copy(path)
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == ["a", "a.bak", "a.bak2", "a.bak3"]
    assert (tmp_path / "a.bak2").read_text() == "2"
