"""Suggestions into a person's ELAN file and back: of what was there, no byte changes."""

from __future__ import annotations

import re

import pytest

import igtkit
from igtkit.igt import Prediction
from igtkit.models import LookupGlosser

FILES = {
    "ijal_lokono.eaf": 344,
    "lingview_aingae_kuke_chiste.eaf": 161,
}
OWN = re.compile(
    rb"\s*<TIER TIER_ID=\"igtkit-.*?</TIER>|\s*<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"igtkit-[^>]*>",
    re.DOTALL,
)


@pytest.fixture(params=sorted(FILES))
def path(request, shared):
    return shared / "data" / "interchange" / "eaf" / request.param


@pytest.fixture
def corpus(path):
    found = igtkit.read(path)
    assert len(found) == FILES[path.name]
    return found


def suggest(corpus, todo):
    taught = [igt for igt in corpus if igt not in todo]
    predictions = LookupGlosser().fit(taught).predict(todo)
    return [one.to_igt(igt) for one, igt in zip(predictions, todo, strict=True)]


def own(path, suffix=""):
    """What stands in the tiers of suggestions."""
    tiers = {line: f"igtkit-{line}{suffix}" for line in ("segmentation", "glosses")}
    return [igt for igt in igtkit.read(path, tiers=tiers) if "prediction" in igt.metadata]


def test_take_the_new_tiers_out_and_the_file_is_left(path, corpus, tmp_path):
    before = path.read_bytes()
    new = tmp_path / "suggested.eaf"
    report = igtkit.write(suggest(corpus, corpus[-40:]), new, template=path)
    # LookupGlosser says what each word rests on, and no tier has that
    assert (report.entries, dict(report.lost)) == (40, {"metadata: prediction": 40})
    after = new.read_bytes()
    assert len(OWN.findall(after)) >= 4
    assert OWN.sub(b"", after) == before == path.read_bytes()
    again = igtkit.read(new)
    assert again == corpus
    assert [igt.metadata for igt in again] == [igt.metadata for igt in corpus]


def test_another_program_finds_every_annotation_as_it_was(path, corpus, tmp_path):
    pympi = pytest.importorskip("pympi", reason="pympi-ling is not installed")
    new = tmp_path / "suggested.eaf"
    igtkit.write(suggest(corpus, corpus[-40:]), new, template=path)
    old, now = pympi.Eaf(str(path)), pympi.Eaf(str(new))
    added = [name for name in now.get_tier_names() if name not in old.get_tier_names()]
    assert {name.split("-")[0] for name in added} == {"igtkit"}
    for name in old.get_tier_names():
        assert now.tiers[name][:3] == old.tiers[name][:3]
    assert now.timeslots == old.timeslots
    assert now.header == old.header
    glosses = [name for name in added if name.startswith("igtkit-glosses")]  # one per speaker
    assert sum(len(now.tiers[name][1]) for name in glosses) == 40


def test_corrections_come_back_and_a_second_round_leaves_the_first(path, corpus, tmp_path):
    new = tmp_path / "suggested.eaf"
    suggested = suggest(corpus, corpus[-40:])
    igtkit.write(suggested, new, template=path)
    right = corpus[-40]
    text = new.read_text(encoding="utf-8")
    for mine, theirs in (
        (suggested[0].segmentation, right.segmentation),
        (suggested[0].glosses, right.glosses),
        ("suggested<", "confirmed<"),
    ):
        at = text.index(mine, text.index('TIER_ID="igtkit-'))
        text = text[:at] + theirs + text[at + len(mine) :]
    new.write_text(text, encoding="utf-8", newline="")
    back = own(new)
    assert (back[0].segmentation, back[0].glosses) == (right.segmentation, right.glosses)
    assert [igt.metadata["prediction"]["confirmed"] for igt in back] == [True] + [False] * 39
    assert [igt.glosses for igt in back[1:]] == [igt.glosses for igt in suggested[1:]]
    second = tmp_path / "second.eaf"
    igtkit.write([Prediction("a", "b", system="x").to_igt(back[1])], second, template=new)
    assert [igt.glosses for igt in own(second)] == [igt.glosses for igt in back]
    newest = [igt.glosses for igt in own(second, "-2")]
    assert newest == [back[0].glosses, "b", *(igt.glosses for igt in back[2:])]
    assert igtkit.read(second) == corpus


def test_a_file_may_be_its_own_template(path, corpus, tmp_path):
    """Whoever writes over the file loses nothing either."""
    new = tmp_path / path.name
    new.write_bytes(path.read_bytes())
    igtkit.write(suggest(corpus, corpus[-3:]), new, template=new)
    assert OWN.sub(b"", new.read_bytes()) == path.read_bytes()
    assert len(own(new)) == 3
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
