"""``igtkit find``: a concordance."""

from __future__ import annotations


def test_find(run, corpus):
    status, out, err = run("find", "--", "-*/LOC", corpus)
    assert status == 0
    assert "ev-de" in out
    assert err == "1 hit in 2 entries\n"
    assert run("find", "nothing", corpus)[1] == ""
