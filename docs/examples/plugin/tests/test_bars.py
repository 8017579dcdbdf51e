"""What a format and a glosser that others find should be held to."""

import pytest
from igtkit_bars.glosser import TableGlosser

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.models import load_glosser

TEXT = igtkit.IGT("evde kim var", translation="Who is at home?")


def test_what_is_written_is_read_back(tmp_path):
    texts = [TEXT, igtkit.IGT("ev", "ev", "house")]
    report = igtkit.write(texts, tmp_path / "a.bars")  # found by its extension
    assert not report.lost
    assert list(igtkit.read(tmp_path / "a.bars")) == texts


def test_a_line_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.bars").write_text("evde | ev-de\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="2 cells"):
        igtkit.read(tmp_path / "a.bars")


def test_a_folder_is_loaded_without_saying_what_it_holds(tmp_path):
    TableGlosser({"ev": "house", "kim": "who"}, {"de": "LOC"}).save_pretrained(tmp_path / "m")
    glosser = load_glosser(tmp_path / "m")
    assert glosser.predict([TEXT])[0].glosses == "house-LOC who ???"


def test_a_person_s_words_stay():
    glosser = TableGlosser({"ev": "house"}, {"de": "LOC"})
    begun = TEXT.replace(glosses="HOME ??? be.there")
    assert glosser.predict([begun], given="partial")[0].glosses == "HOME ??? be.there"


def test_what_it_cannot_do_it_says():
    with pytest.raises(InputError, match="segments by itself"):
        TableGlosser({}, {}).predict([TEXT], given="segmentation")
