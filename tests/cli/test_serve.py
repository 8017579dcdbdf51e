"""``igtkit serve`` up to where the server starts; tests/serve asks the server."""

from __future__ import annotations

import pytest

from igtkit import load_sample, write
from igtkit.models import LookupGlosser


def test_a_folder_without_a_glosser_is_an_error_of_one_line(run, tmp_path):
    status, _, said = run("serve", tmp_path)
    assert status == 2
    assert said.startswith("igtkit: ")
    assert said.count("\n") == 1


def test_a_file_is_no_glosser(run, tmp_path):
    pytest.importorskip("starlette", reason="starlette is not installed (the extra `serve`)")
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (the extra `serve`)")
    path = tmp_path / "paper.tex"
    path.write_text("No example is here.\n", encoding="utf-8")
    status, _, said = run("serve", path)
    assert status == 2
    assert "is a file, no folder; igtkit train makes one" in said


@pytest.mark.parametrize(("port", "said"), [("http", "from 0"), ("65536", "up to 65535")])
def test_a_port_that_there_is_not(run, tmp_path, capsys, port, said):
    with pytest.raises(SystemExit, match="2"):
        run("serve", tmp_path, "--port", port)
    assert f"a whole number {said}, not {port!r}" in capsys.readouterr().err


def test_a_journal_that_cannot_be_learned_from(run, tmp_path):
    pytest.importorskip("starlette", reason="starlette is not installed (the extra `serve`)")
    pytest.importorskip("uvicorn", reason="uvicorn is not installed (the extra `serve`)")
    LookupGlosser().fit(load_sample()[:9]).save_pretrained(tmp_path / "model")
    journal = tmp_path / "corrections.jsonl"
    write(load_sample()[:1], journal)
    status, _, said = run("serve", tmp_path / "model", "--journal", journal)
    assert (status, said) == (2, "igtkit: a LookupGlosser takes no corrections\n")
