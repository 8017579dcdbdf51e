"""``igtkit update``: corrections taken into a saved glosser."""

from __future__ import annotations

from cli.story import OPEN_SENTENCES, SENTENCES

from igtkit import IGT, write
from igtkit.models import LookupGlosser, load_glosser


def test_corrections_are_taken_in(run, model, tmp_path):
    path = tmp_path / "corrected.jsonl"
    mark = {"prediction": {"system": "x", "score": None, "confirmed": False}}
    write(
        [
            IGT("Kirpi uyudu", "kirpi uyu-du", "hedgehog sleep-PST"),
            IGT("Kirpi nerede", "kirpi nere-de", "where-LOC"),
            SENTENCES[40].replace(metadata=mark),
        ],
        path,
    )
    status, _, err = run("update", model, path)
    assert status == 0
    assert "1 suggestion that nobody has confirmed" in err
    assert "1 sentence taken in\n  left out 1 sentence whose lines do not pair up" in err
    [made] = load_glosser(model).predict([IGT("Kirpi")])
    assert made.glosses == "hedgehog"


def test_what_teaches_nothing_is_said(run, model, tmp_path):
    write(OPEN_SENTENCES, tmp_path / "open.jsonl")
    status, _, err = run("update", model, tmp_path / "open.jsonl")
    assert (status, err.count("\n")) == (3, 1)
    LookupGlosser().fit(SENTENCES).save_pretrained(tmp_path / "lookup")
    status, _, err = run("update", tmp_path / "lookup", tmp_path / "open.jsonl")
    assert status == 2
    assert "a LookupGlosser takes no corrections" in err
