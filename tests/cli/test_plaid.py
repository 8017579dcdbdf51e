"""``igtkit plaid`` up to where the service registers; tests/serve/plaid drives the service."""

from __future__ import annotations

import pytest

from igtkit import load_sample
from igtkit.models import LookupGlosser


@pytest.fixture
def model(tmp_path):
    pytest.importorskip(
        "plaid_client", reason="larc-plaid-client is not installed (the extra `plaid`)"
    )
    LookupGlosser().fit(load_sample()[:9]).save_pretrained(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def calls(monkeypatch):
    """What the service was called with, where it would ask the network."""
    from igtkit.serve.plaid import PlaidService

    seen = []
    monkeypatch.setattr(
        PlaidService,
        "run",
        lambda self, arguments: seen.append((self.get_client("http://x").token, arguments)),
    )
    return seen


def test_the_token_comes_from_a_file_or_the_environment(run, model, calls, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAID_TOKEN", "of the environment")
    (tmp_path / "token").write_text("of a file\n", encoding="utf-8")
    asked = ("plaid", model, "http://localhost:1", "--project", "p", "q")
    assert run(*asked)[0] == 0
    assert run(*asked, "--token-file", tmp_path / "token")[0] == 0
    arguments = ["p", "q", "--url", "http://localhost:1"]
    assert calls == [("of the environment", arguments), ("of a file", arguments)]


def test_without_a_token_it_says_where_one_is_looked_for(run, model, calls, monkeypatch, tmp_path):
    monkeypatch.delenv("PLAID_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".token").write_text("of the folder", encoding="utf-8")
    status, _, said = run("plaid", model, "http://localhost:1", "--project", "p")
    assert status == 2
    assert "--token-file" in said
    assert calls == []


def test_learning_needs_a_glosser_that_can(run, model, calls, monkeypatch):
    monkeypatch.setenv("PLAID_TOKEN", "t")
    status, _, said = run("plaid", model, "http://x", "--project", "p", "--learn-from-project")
    assert (status, said) == (2, "igtkit: a LookupGlosser takes no corrections\n")


def test_a_project_must_be_named(run, tmp_path):
    with pytest.raises(SystemExit, match="2"):
        run("plaid", tmp_path, "http://localhost:1")
