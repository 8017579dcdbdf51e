"""Real texts of FLEx: counts, round trips, the schema."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import texts

import igtkit
from igtkit.boundaries import UNKNOWN

REAL = (
    "cldflex_apalai.flextext",
    "flextext2dlx_test.xml",
    "interlinear_r_tuwari.xml",
    "lingview_103.xml",
    "sil_Freeform.flextext",
    "sil_FullyAnalyzed.flextext",
    "sil_Glossed.flextext",
    "sil_Unglossed.flextext",
)


@pytest.fixture(params=REAL)
def real(request, shared):
    return shared / "data" / "interchange" / "flextext" / request.param


def elements(path):
    """Every phrase, counted without the reader: what is in a <phrases>."""
    return [p for phrases in ET.parse(path).iter("phrases") for p in phrases]


def test_counts_of_real_files_are_those_of_their_elements(real):
    corpus, phrases = igtkit.read(real), elements(real)
    assert len(corpus) == len(phrases) > 0
    for igt, phrase in zip(corpus, phrases, strict=True):
        words = phrase.findall("words/word")
        morphs = [w.findall("morphemes/morph") for w in words]
        with_text = [(w, m) for w, m in zip(words, morphs, strict=True) if texts(w, "txt")]
        analyzed = [w for w in igt.words if not w.is_punctuation]
        assert len(analyzed) == len(with_text)
        if not texts(phrase, "txt"):
            marks = sum(bool(texts(w, "punct")) for w in words)
            assert sum(w.is_punctuation for w in igt.words) == marks
        if igt.segmentation is not None:
            expected = [max(1, len(m)) for _, m in with_text]
            assert [len(w.morphemes) for w in analyzed] == expected
            glosses = [
                m.gloss for w in analyzed for m in w.morphemes if m.gloss not in (None, UNKNOWN)
            ]
            from_morphs = [m for _, ms in with_text for m in ms if texts(m, "gls")]
            from_words = [
                w for w, m in with_text if len(m) < 2 and not any(texts(x, "gls") for x in m)
            ]
            assert len(glosses) == len(from_morphs) + sum(bool(texts(w, "gls")) for w in from_words)
        else:
            assert not any(morphs)
        assert igtkit.check(igt) == ()


def test_real_files_come_back_with_every_field(real, tmp_path):
    corpus = igtkit.read(real)
    report = igtkit.write(corpus, tmp_path / "b.flextext")
    back = igtkit.read(tmp_path / "b.flextext")
    assert not report.lost
    assert back == corpus
    assert [igt.metadata for igt in back] == [igt.metadata for igt in corpus]


def test_real_files_come_back_without_what_was_kept_of_them(real, tmp_path):
    corpus = [igt.replace(metadata={}) for igt in igtkit.read(real)]
    report = igtkit.write(corpus, tmp_path / "b.flextext")
    assert not report.lost
    assert list(igtkit.read(tmp_path / "b.flextext")) == corpus


def test_every_item_of_a_real_file_is_in_the_file_written_from_it(real, tmp_path):
    igtkit.write(igtkit.read(real), tmp_path / "b.flextext")

    def items(path):
        found = [
            (i.get("type"), i.get("lang"), (i.text or ""), *sorted(i.attrib.items()))
            for i in ET.parse(path).iter("item")
        ]
        return sorted(found)

    def attributes(path, *tags):
        root = ET.parse(path)
        return sorted(v for tag in tags for e in root.iter(tag) for v in e.attrib.values())

    assert items(tmp_path / "b.flextext") == items(real)
    for tag in ("interlinear-text", "paragraph", "morph", "language"):
        assert attributes(tmp_path / "b.flextext", tag) == attributes(real, tag)
    both = ("phrase", "word")  # a phrase is a word in older files
    assert attributes(tmp_path / "b.flextext", *both) == attributes(real, *both)


def test_what_is_written_is_valid_by_the_schema_of_flex(real, shared, tmp_path):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = shared / "data" / "interchange" / "flextext" / "sil_flextext.xsd"
    validator = etree.XMLSchema(etree.parse(schema))
    corpus = list(igtkit.read(real))
    bare = [igt.replace(metadata={}) for igt in corpus]
    mark = {"system": "a model", "score": -1.5, "confirmed": False}
    guessed = [igt.replace(metadata={**igt.metadata, "prediction": mark}) for igt in corpus]
    for items in (corpus, bare, guessed):
        igtkit.write(items, tmp_path / "b.flextext")
        validator.assertValid(etree.parse(tmp_path / "b.flextext"))
