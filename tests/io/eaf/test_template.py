"""Suggestions in an ELAN file that is there."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from documents.eaf import ANALYSIS, CONSTRAINTS, SPEECH, SPEECH_2, document, without_insertions

import igtkit
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Prediction


def suggest(igt, **changes):
    prediction = Prediction("ev-ler-de kim", "house-PL-LOC who", score=-0.5, system="crf")
    return prediction.replace(**changes).to_igt(igt)


class TestSuggestions:
    @pytest.fixture
    def user(self, tmp_path):
        path = tmp_path / "user.eaf"
        path.write_bytes(document(SPEECH, SPEECH_2).replace("\n", "\r\n").encode())
        return path

    @pytest.mark.parametrize("layout", ["lines", "morphemes"])
    def test_they_are_added_and_nothing_else_changes(self, user, tmp_path, layout):
        new = tmp_path / "new.eaf"
        report = igtkit.write([suggest(igtkit.read(user)[0])], new, template=user, layout=layout)
        assert not report.lost
        assert without_insertions(new.read_bytes()) == user.read_bytes()
        root = ET.parse(new).getroot()
        added = {
            one.get("TIER_ID"): one for one in root.iter("TIER") if "igtkit" in one.get("TIER_ID")
        }
        assert {"igtkit-segmentation@A", "igtkit-glosses@A", "igtkit-status@A"} <= set(added)
        assert {one.get("ANNOTATOR") for one in added.values()} == {"igtkit: crf"}
        igt = igtkit.read(new)[0]
        assert (igt.segmentation, igt.glosses) == ("ev-ler-de kim", "house-PL-LOC who")
        assert igt.metadata["prediction"] == {"system": "crf", "score": -0.5, "confirmed": False}
        assert igtkit.read(new)[1].glosses is None

    def test_a_correction_comes_back(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        igtkit.write([suggest(igtkit.read(user)[0])], new, template=user)
        text = new.read_text(encoding="utf-8")
        assert text.count("suggested") == 1
        corrected = text.replace("house-PL-LOC", "home-PL-LOC").replace("suggested", "confirmed")
        new.write_text(corrected, encoding="utf-8")
        igt = igtkit.read(new, tiers={"glosses": "igtkit-glosses@*"})[0]
        assert igt.glosses == "home-PL-LOC who"
        assert igt.metadata["prediction"]["confirmed"] is True

    def test_a_second_system_gets_tiers_of_its_own(self, user, tmp_path):
        new, newer = tmp_path / "new.eaf", tmp_path / "newer.eaf"
        sentence = igtkit.read(user)[0]
        igtkit.write([suggest(sentence)], new, template=user)
        other = suggest(sentence, glosses="A-B-C D", system="lookup", score=None)
        igtkit.write([other], newer, template=new)
        names = [one.get("TIER_ID") for one in ET.parse(newer).getroot().iter("TIER")]
        assert "igtkit-glosses-2@A" in names
        assert len(names) == len(set(names))
        assert igtkit.read(newer)[0].metadata["prediction"]["system"] == "lookup"
        ids = re.findall(r' ANNOTATION_ID="(\w+)"', newer.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids))

    def test_how_each_came_about_stands_in_a_tier_and_makes_no_tiers_of_its_own(self, tmp_path):
        path, new, made = (tmp_path / name for name in ("a.eaf", "new.eaf", "made.eaf"))
        igtkit.write([IGT("ev"), IGT("kim"), IGT("ne")], path)
        systems = ["crf", "crf (texts glossed together)", "lookup"]
        suggested = [
            suggest(text, segmentation="x", glosses="X", system=system)
            for text, system in zip(igtkit.read(path), systems, strict=True)
        ]
        for target, options in ((new, {"template": path}), (made, {})):
            assert not igtkit.write(suggested, target, **options).lost.keys() & {"system"}
            marks = [igt.metadata["prediction"] for igt in igtkit.read(target)]
            assert [mark["system"] for mark in marks] == systems
        names = {one.get("TIER_ID") for one in ET.parse(new).getroot().iter("TIER")}
        assert {"igtkit-system", "igtkit-glosses", "igtkit-glosses-2"} <= names
        assert "igtkit-glosses-3" not in names

    def test_what_a_person_wrote_stays_the_reading(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        path.write_text(document(SPEECH, *ANALYSIS), encoding="utf-8")
        before = igtkit.read(path)
        igtkit.write([suggest(before[0])], new, template=path)
        assert igtkit.read(new) == before
        assert "prediction" not in igtkit.read(new)[0].metadata
        own = {"segmentation": "igtkit-segmentation@*", "glosses": "igtkit-glosses@*"}
        assert igtkit.read(new, tiers=own)[0].glosses == "house-PL-LOC who"

    def test_entries_that_say_nothing_new_add_nothing(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        igtkit.write(igtkit.read(user), new, template=user)
        assert new.read_bytes() == user.read_bytes()

    def test_a_change_by_a_person_is_confirmed(self, user, tmp_path):
        new = tmp_path / "new.eaf"
        changed = igtkit.read(user)[0].replace(glosses="houses who", translation="Who?")
        report = igtkit.write([changed], new, template=user)
        assert report.lost == {"changes of translation": 1}
        mark = igtkit.read(new)[0].metadata["prediction"]
        assert (mark["system"], mark["confirmed"]) == (None, True)

    def test_entries_from_elsewhere(self, user, tmp_path):
        with pytest.raises(InputError, match="none of the entries is a sentence of"):
            igtkit.write([suggest(IGT("x", id="zz"))], tmp_path / "a.eaf", template=user)
        items = [suggest(igtkit.read(user)[0]), suggest(IGT("x", id="zz"))]
        report = igtkit.write(items, tmp_path / "a.eaf", template=user)
        assert report.lost == {"entries not in the template": 1}

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-9"])
    def test_the_encoding_stays(self, tmp_path, encoding):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        text = document(SPEECH).replace('"UTF-8"', f'"{encoding.removesuffix("-sig")}"')
        path.write_bytes(text.encode(encoding))
        igt = suggest(igtkit.read(path, encoding=encoding)[0])
        igtkit.write([igt], new, template=path)
        added = new.read_bytes().decode(encoding)
        assert without_insertions(added.encode()).decode() == text
        assert added.encode(encoding) == new.read_bytes()
        assert igtkit.read(new, encoding=encoding)[0].glosses == "house-PL-LOC who"

    def test_a_template_that_is_none(self, tmp_path):
        (tmp_path / "a.eaf").write_text("<html/>", encoding="utf-8")
        with pytest.raises(FileFormatError, match="the root element is <html>"):
            igtkit.write([], tmp_path / "b.eaf", template=tmp_path / "a.eaf")
        with pytest.raises(FileNotFoundError):
            igtkit.write([], tmp_path / "b.eaf", template=tmp_path / "none.eaf")
        assert not (tmp_path / "b.eaf").exists()

    def test_a_file_on_one_line_without_types(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        text = document(SPEECH, types="").replace("\n", "")
        path.write_text(text, encoding="utf-8")
        igtkit.write([suggest(igtkit.read(path)[0])], new, template=path)
        assert without_insertions(new.read_bytes()).decode() == text
        tags = [one.tag for one in ET.parse(new).getroot()]
        assert list(dict.fromkeys(tags)) == [
            "HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "CONSTRAINT"
        ]  # fmt: skip

    def test_a_type_of_that_name_with_another_constraint(self, tmp_path):
        path, new = tmp_path / "user.eaf", tmp_path / "new.eaf"
        taken = CONSTRAINTS + '    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="igtkit-association"/>\n'
        path.write_text(document(SPEECH, types=taken), encoding="utf-8")
        igtkit.write([suggest(igtkit.read(path)[0])], new, template=path)
        assert 'LINGUISTIC_TYPE_REF="igtkit-association-2"' in new.read_text(encoding="utf-8")


def test_probabilities_have_two_decimals_and_alternatives_no_tier(shared, tmp_path):
    path = shared / "data" / "interchange" / "eaf" / "lingview_aingae_kuke_chiste.eaf"
    story = igtkit.read(path)
    mark = {"system": "crf", "score": None, "confirmed": False}
    marks = [
        mark | {"probabilities": [1 / (n + 1) for n in range(len((igt.glosses or "").split()))]}
        for igt in story
    ]
    marks[0] = marks[0] | {"alternatives": [[]]}
    texts = [
        igt.replace(metadata={**igt.metadata, "prediction": each})
        for igt, each in zip(story, marks, strict=True)
    ]
    report = igtkit.write(texts, tmp_path / "b.eaf", template=path)
    assert dict(report.lost) == {"metadata: prediction": 1}
    tree = ET.parse(tmp_path / "b.eaf")
    tiers = [
        tier for tier in tree.iter("TIER") if tier.get("TIER_ID").startswith("igtkit-probability")
    ]
    numbers = [value.text for tier in tiers for value in tier.iter("ANNOTATION_VALUE")]
    assert len(numbers) == sum(bool(each["probabilities"]) for each in marks)
    assert all(re.fullmatch(r"[01]\.\d\d( [01]\.\d\d)*", text) for text in numbers)
    told = [" ".join(f"{number:.2f}" for number in each["probabilities"]) for each in marks]
    assert sorted(numbers) == sorted(filter(None, told))
