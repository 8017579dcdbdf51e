"""Real ELAN files."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from documents.eaf import without_insertions

import igtkit
from igtkit.igt import Prediction

TIER_COUNTS = {
    "ijal_lokono.eaf": ("Orthographic represntation", "Word division-cp", "morpheme", "gloss"),
    "lingview_aingae_kuke_chiste.eaf": ("-", "A'ingae", "Morfema", "Gloss"),
}


class TestRealFiles:
    @pytest.fixture(params=sorted(TIER_COUNTS))
    def path(self, request, shared):
        return shared / "data/interchange/eaf" / request.param

    def test_counts(self, path):
        counts = {
            one.get("TIER_ID"): len(one.findall("ANNOTATION"))
            for one in ET.parse(path).getroot().iter("TIER")
        }
        sentences, words, *_ = TIER_COUNTS[path.name]
        corpus = igtkit.read(path)
        assert len(corpus) == counts[sentences]
        assert sum(len(igt.segmentation.split()) for igt in corpus) == counts[words]

    def test_morphemes_and_glosses_one_by_one(self, shared):
        """Against the annotations themselves, put together by a loop of its own."""
        path = shared / "data/interchange/eaf/lingview_aingae_kuke_chiste.eaf"
        root = ET.parse(path).getroot()
        rows = {
            one.get("TIER_ID"): [
                (ann[0].get("ANNOTATION_REF"), ann[0].findtext("ANNOTATION_VALUE")) for ann in one
            ]
            for one in root.iter("TIER")
        }
        corpus = igtkit.read(path)
        morphemes = [
            one for igt in corpus for word in igt.words for one in word.morphemes if one.form
        ]
        analyzed = {above for above, _ in rows["Ortografía vieja"]}
        words = [one[0] for one in root.iterfind('TIER[@TIER_ID="A\'ingae"]/ANNOTATION')]
        bare = [one for one in words if one.get("ANNOTATION_ID") not in analyzed]
        assert len(morphemes) == len(rows["Morfema"]) + len(bare)
        glossed = sorted(one.gloss for one in morphemes if one.gloss != "???")
        strip = lambda text: re.sub(r"[\s=-]+", ".", text.strip(" =-"))  # noqa: E731
        assert glossed == sorted(strip(text) for _, text in rows["Gloss"] if strip(text))

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_round_trip(self, path, layout, tmp_path):
        corpus = igtkit.read(path)
        report = igtkit.write(corpus, tmp_path / "new.eaf", layout=layout)
        back = igtkit.read(tmp_path / "new.eaf")
        differing = sum(a != b for a, b in zip(corpus, back, strict=True))
        assert differing == report.lost.get("glosses", 0) <= 4
        assert differing == 0 or layout == "morphemes"

    def test_suggestions_leave_every_byte(self, path, tmp_path):
        new = tmp_path / "new.eaf"
        bare = [igt.replace(segmentation=None, glosses=None) for igt in igtkit.read(path)]
        predicted = [
            Prediction(f"x-{n}", f"X-{n}", system="crf", score=n / 7).to_igt(igt)
            for n, igt in enumerate(bare)
        ]
        report = igtkit.write(predicted, new, template=path)
        assert not report.lost
        assert without_insertions(new.read_bytes()) == path.read_bytes()
        back = igtkit.read(
            new, tiers={"segmentation": "igtkit-segmentation*", "glosses": "igtkit-glosses*"}
        )
        assert [igt.glosses for igt in back] == [igt.glosses for igt in predicted]
        assert [igt.metadata["prediction"] for igt in back] == [
            igt.metadata["prediction"] for igt in predicted
        ]

    def test_another_library_reads_what_is_written(self, path, tmp_path):
        elan = pytest.importorskip("pympi.Elan")
        new, added = tmp_path / "new.eaf", tmp_path / "added.eaf"
        corpus = igtkit.read(path)
        igtkit.write(corpus, new)
        read = elan.Eaf(str(new), suppress_version_warning=True)
        name = next(name for name in read.get_tier_names() if name.startswith("transcription"))
        rows = read.get_annotation_data_for_tier(name)
        assert [text for _, _, text in rows] == [igt.transcription for igt in corpus]
        assert [begin / 1000 for begin, *_ in rows] == [igt.metadata["begin"] for igt in corpus]
        predicted = [Prediction("a-b", "A-B", system="crf").to_igt(igt) for igt in corpus]
        igtkit.write(predicted, added, template=path)
        before = elan.Eaf(str(path), suppress_version_warning=True)
        read = elan.Eaf(str(added), suppress_version_warning=True)
        assert read.timeslots == before.timeslots
        for name, rows in before.tiers.items():
            assert read.tiers[name][:3] == rows[:3]
        own = [name for name in read.tiers if name.startswith("igtkit-glosses")]
        _, glosses, about, _ = read.tiers[own[0]]
        assert [value for _, value, *_ in glosses.values()] == ["A-B"] * len(corpus)
        assert about["ANNOTATOR"] == "igtkit: crf"
