"""Saving, loading, and what is wrong with damaged files."""

from __future__ import annotations

import pytest
from forgery import change_manifest, stored

from igtkit import IGT
from igtkit.errors import ModelFileError, NotFittedError
from igtkit.models import CrfGlosser


def test_a_loaded_glosser_predicts_the_same(glosser, held_out, tmp_path):
    glosser.save_pretrained(tmp_path / "new" / "folder")
    loaded = CrfGlosser.from_pretrained(tmp_path / "new" / "folder")
    options = {"n_best": 3, "evidence": True}
    assert loaded.predict(held_out, **options) == glosser.predict(held_out, **options)
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == [
        "igtkit.json",
        stored(tmp_path / "new" / "folder", "tables.json").name,
        stored(tmp_path / "new" / "folder", "weights.npz").name,
    ]


def test_settings_and_corrections_are_saved_too(small, texts, held_out, tmp_path):
    glosser = CrfGlosser(
        small,
        lexicon={"wobu": "uncle"},
        labels={"PST": "PRET"},
        leave_alone=["ah"],
        closed_labels=["PRET", "PL", "ACC", "DAT"],
        seed=2,
    ).fit(texts)
    glosser.update(IGT("Balun haneta .", "balu-n hane-ta", "lamp-ACC see-PST"))
    glosser.save_pretrained(tmp_path)
    loaded = CrfGlosser.from_pretrained(tmp_path)
    queries = [*held_out, IGT("Balus wobun haneta ah .")]
    assert loaded.predict(queries) == glosser.predict(queries)
    correction = IGT("Gufin .", "gufi-n", "cup-ACC")
    assert loaded.update(correction).predict(queries) == glosser.update(correction).predict(queries)
    assert (loaded.seed, loaded.labels, loaded.settings) == (2, {"PST": "PRET"}, small)


def test_nothing_to_save_before_fit(tmp_path):
    with pytest.raises(NotFittedError):
        CrfGlosser().save_pretrained(tmp_path)


def test_an_empty_folder(tmp_path):
    with pytest.raises(ModelFileError, match=r"igtkit\.json is not there"):
        CrfGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize("name", ["igtkit.json", "tables.json", "weights.npz"])
@pytest.mark.parametrize("damage", ["cut", "missing", "changed", "empty"])
def test_damaged_files_are_refused_by_name(glosser, tmp_path, name, damage):
    glosser.save_pretrained(tmp_path)
    path = tmp_path / name if name == "igtkit.json" else stored(tmp_path, name)
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(
            {
                "cut": content[: len(content) // 2],
                "changed": content[:-40] + b"\\0" + content[-39:],
                "empty": b"",
            }[damage]
        )
    with pytest.raises(ModelFileError):
        CrfGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("kind", "LookupGlosser", "is not of a CrfGlosser"),
        ("model", {"folds": 3}, "damaged"),
        ("seed", "x", "damaged"),
    ],
)
def test_settings_of_another_kind_or_that_make_no_sense(glosser, tmp_path, key, value, message):
    glosser.save_pretrained(tmp_path)
    change_manifest(tmp_path, **{key: value})
    with pytest.raises(ModelFileError, match=message):
        CrfGlosser.from_pretrained(tmp_path)
