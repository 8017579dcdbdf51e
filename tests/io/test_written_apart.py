"""Clitics and affixes written as words of their own come back from every format as they were."""

from __future__ import annotations

import pytest

import igtkit
from igtkit import IGT
from igtkit.boundaries import list_words

APART = [
    IGT("bamun koba re ev", "b-amun =koba re= ev", "2SG-have =PST REL= house", "x", id="1"),
    IGT("ev koda", "ev =ko=da", "house =NEG=EMPH", "y", id="2"),
    IGT("in ler ev", "in -ler a- ev", "in -PL a- house", "z", id="3").replace(
        transcription="in ler a ev"
    ),
    IGT("a - b", "a - b", "x - y", "w", id="4"),  # a dash
    IGT("ia ev", "i=a= ev", "it=of= house", "v", id="5"),
]
FORMATS = {
    "sigmorphon": "txt",
    "jsonl": "jsonl",
    "text": "txt",
    "csv": "csv",
    "flextext": "flextext",
    "eaf": "eaf",
    "textgrid": "TextGrid",
    "xigt": "xml",
    "latex": "tex",
    "toolbox": "sfm",
    "cldf": "json",
}


def lines(texts):
    return [
        [" ".join((line or "").split()) for line in (igt.segmentation, igt.glosses)]
        for igt in texts
    ]


def written(texts, folder, name):
    path = folder / f"apart-metadata.{FORMATS[name]}"
    igtkit.write(texts, path, name)
    return igtkit.read(path, name)


@pytest.mark.parametrize("name", FORMATS)
def test_they_come_back(name, tmp_path):
    assert lines(written(APART, tmp_path, name)) == lines(APART)


@pytest.mark.parametrize("name", FORMATS)
def test_those_of_a_real_file_come_back(name, tmp_path, shared):
    path = shared / "data" / "interchange" / "eaf" / "ijal_lokono.eaf"
    texts = [
        igt.replace(id=str(at), source=None, pos=None)
        for at, igt in enumerate(igtkit.read(path))
        if igt.segmentation and " =" in igt.segmentation
    ]
    if name == "toolbox":  # by columns, for which there must be as many words in the transcription
        texts = [
            igt
            for igt in texts
            if len(list_words(igt.transcription)) == len(list_words(igt.segmentation))
        ]
    texts = [igt for igt in texts if not igtkit.check(igt.replace(transcription=None))]
    assert len(texts) >= (80 if name == "toolbox" else 100)
    assert lines(written(texts, tmp_path, name)) == lines(texts)


def test_where_one_does_not_come_back_that_is_told(tmp_path):
    path = tmp_path / "apart.sfm"
    # Of what stands in brackets there is no analysis, so the words cannot be counted.
    texts = [APART[0].replace(transcription="bamun koba [ah] re ev")]
    report = igtkit.write(texts, path, "toolbox")
    assert lines(igtkit.read(path, "toolbox")) != lines(texts)
    assert report.lost


@pytest.mark.parametrize("name", ["sigmorphon", "text", "csv"])
def test_lines_of_text_are_read_as_they_are(name, tmp_path):
    contents = {
        "sigmorphon": "\\t bamun koba\n\\m b-amun =koba\n\\g 2SG-have =PST\n\\l x\n\n",
        "text": "bamun koba\nb-amun =koba\n2SG-have =PST\n'x'\n",
        "csv": "transcription,segmentation,glosses\nbamun koba,b-amun =koba,2SG-have =PST\n",
    }
    path = tmp_path / f"apart.{FORMATS[name]}"
    path.write_text(contents[name], encoding="utf-8")
    (igt,) = igtkit.read(path, name)
    assert igt.segmentation == "b-amun =koba"
    assert igt.glosses == "2SG-have =PST"
    assert igtkit.check(igt) == ()
