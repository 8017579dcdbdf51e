"""What people have confirmed in a project is learned, and kept up to date."""

from __future__ import annotations

import pytest
from plaid_client import testing
from plaid_client.workflows.igt.analyze import read_analysis_request
from serve.plaid.documents import CONTRIBUTED, MACHINE, document, request

from igtkit import IGT
from igtkit.serve.plaid import PlaidService
from igtkit.serve.plaid.learning import ProjectMemory

OPEN = IGT("Zurnamı")


def told(gloss, metadata=None, **options):
    made = [
        ("zurna", gloss, metadata or {}),
        ("mı", "Q", {"morphType": "enclitic", **(metadata or {})}),
    ]
    return document(([("Zurnamı", made), "kim"], ""), name="other", **options)


def ask(memory, *documents):
    client = testing.FakeClient({each["id"]: each for each in documents}, project={"id": "p"})
    asked = request(overwrite=False)
    glosser = memory.glosser(client, read_analysis_request(client, asked, testing.Helper()))
    [found] = glosser.predict([OPEN])
    return found, [read["id"] for read in client.reads]


def test_confirmed_analyses_are_learned_with_their_boundaries(crf):
    found, _ = ask(ProjectMemory(crf), told("shawm"))
    assert (found.segmentation, found.glosses) == ("zurna=mı", "shawm=Q")
    assert crf.predict([OPEN])[0].glosses != "shawm=Q"  # the base stays as it is


@pytest.mark.parametrize("metadata", [MACHINE, CONTRIBUTED])
def test_what_nobody_has_confirmed_teaches_nothing(crf, metadata):
    found, _ = ask(ProjectMemory(crf), told("shawm", metadata))
    assert found.glosses == crf.predict([OPEN])[0].glosses


def test_documents_that_have_not_changed_are_not_read_again(crf):
    memory = ProjectMemory(crf)
    assert ask(memory, told("shawm"))[1] == ["other"]
    assert ask(memory, told("shawm"))[1] == []
    found, read = ask(memory, told("oboe", version="2"))
    assert (found.glosses, read) == ("oboe=Q", ["other"])


def test_nothing_of_an_analysis_taken_back_stays(crf):
    memory = ProjectMemory(crf)
    ask(memory, told("shawm"))
    found, _ = ask(memory, document((["Zurnamı"], ""), name="other", version="2"))
    assert found.glosses == crf.predict([OPEN])[0].glosses


def test_the_service_learns_before_it_answers(crf):
    doc = document((["Zurnamı"], ""))
    service = PlaidService(crf, learn_from_project=True)
    service.client = testing.FakeClient({"d": doc, "other": told("shawm")}, project={"id": "p"})
    helper = testing.run(service, request())
    assert helper.errors == []
    assert [call["args"][2] for call in service.client.payloads("spans.create")] == ["shawm", "Q"]
    patched = [call["kwargs"]["metadata"] for call in service.client.payloads("tokens.create")]
    assert [each.get("morphType") for each in patched] == [None, "enclitic"]
