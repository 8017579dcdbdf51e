"""The service, driven through Plaid's own funnel: what it writes, protects, refuses and reports."""

from __future__ import annotations

import pytest
from plaid_client import testing
from serve.plaid.documents import MACHINE, VERIFIED, document, request

from igtkit import load_sample
from igtkit.boundaries import is_word, split_words
from igtkit.errors import InputError
from igtkit.models import LookupGlosser
from igtkit.serve.plaid import PlaidService

HUMAN = ("kedi", [("kedi", "CAT", {})])


def run(glosser, doc, *, helper=None, client=None, options=None, **asked):
    service = PlaidService(glosser, **(options or {}))
    service.client = client or testing.FakeClient([doc])
    helper = testing.run(service, request(**asked), helper)
    return service.client, helper


def glosses(client):
    return [call["args"][2] for call in client.payloads("spans.create")]


def test_it_is_found_as_a_service_that_analyzes(crf):
    service = PlaidService(crf)
    assert service.extras["tasks"] == ["analyze"]
    assert [each["key"] for each in service.extras["parameters"]] == [
        "gloss_field",
        "translation_field",
        "threshold",
        "overwrite",
    ]
    assert "skip_word_ids" in service.extras["request_fields"]


def test_words_get_analyses_with_probabilities_and_reasons(crf):
    client, helper = run(crf, document((["Evde", "kim", "var", "?"], "Who is at home?")))
    [result] = helper.results
    assert helper.errors == []
    assert (result["words_written"], result["words_replaced"]) == (3, 0)
    assert glosses(client) == ["house", "LOC", "who", "exist"]
    [first, *_] = client.payloads("spans.create")
    stamp = first["args"][3]
    assert stamp["prov"] == "inferred"
    assert stamp["provSource"] == "service:igtkit"
    assert 0 < stamp["provProb"] <= 1
    detail = stamp["provDetail"]
    assert detail["valueProbs"]["house"] == stamp["provProb"]
    assert detail["value"] == "house"
    assert detail["evidence"]
    assert detail["model"].startswith("igtkit ")
    assert detail["requestedBy"] == "asker@example.org"
    assert client.operation_labels[0].startswith("igtkit analysis (3 words), requested by")


def test_evidence_can_be_kept_back(crf):
    client, _ = run(crf, document((["Evde"], "")), options={"evidence": False})
    assert "evidence" not in client.payloads("spans.create")[0]["args"][3]["provDetail"]


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_person_s_words_stay_unless_told_otherwise(crf, overwrite):
    verified = ("evde", [("ev", "HOME", VERIFIED), ("de", "AT", VERIFIED)])
    machine = ("var", [("var", "there.is", MACHINE)])
    doc = document(([HUMAN, verified, machine, "kim"], ""))
    client, helper = run(crf, doc, overwrite=overwrite)
    [result] = helper.results
    assert result["skipped"]["protected"] == (0 if overwrite else 2)
    assert result["words_written"] == (4 if overwrite else 2)
    assert result["words_replaced"] == (3 if overwrite else 1)
    deleted = len(client.payloads("tokens.delete"))
    assert deleted == (4 if overwrite else 1)


def test_words_that_the_request_names_are_left_alone(crf):
    doc = document((["kedi", "var"], ""))
    first = doc["text_layers"][0]["token_layers"][1]["tokens"][0]["id"]
    client, helper = run(crf, doc, skip_word_ids=[first], overwrite=True)
    assert helper.results[0]["skipped"]["precedent"] == 1
    assert glosses(client) == ["exist"]


def test_a_person_s_words_help_with_the_others(crf):
    """They are given to the glosser as they are."""
    asked = []

    class Watching(LookupGlosser):
        def predict(self, items, **options):
            asked.extend(items)
            return crf.predict(items, **options)

    run(Watching(), document(([HUMAN, "geldi"], "")))
    [text] = asked
    assert (text.segmentation, text.glosses) == ("kedi ???", "CAT ???")


def test_doubtful_words_are_left_open(crf):
    doc = document((["Evde", "zzyzx"], ""))
    client, helper = run(crf, doc, threshold=0.9)
    [result] = helper.results
    assert result["words_written"] + result["below_threshold"] == 2
    assert result["below_threshold"] >= 1
    assert len(glosses(client)) <= 2


def test_it_stops_when_it_is_told_and_writes_nothing(crf):
    doc = document(*[(["Evde", "kim", "var"] * 400, "")] * 3)
    helper = testing.Helper(stop_when=lambda percent, _: percent >= 5)
    client, helper = run(crf, doc, helper=helper)
    assert helper.results == [{"stopped": True}]
    assert client.writes == []
    assert client.calls[-1] == ("unlock", "d")


def test_a_sentence_of_a_thousand_words(crf):
    corpus = [
        word for igt in load_sample() for word in split_words(igt.transcription) if is_word(word)
    ]
    client, helper = run(crf, document((corpus[:1000], "")))
    [result] = helper.results
    assert result["words_written"] + result["skipped"]["unaligned"] == 1000
    assert all(len(batch) <= 1000 for batch in client.batches)


def test_a_person_s_edit_meanwhile_is_not_written_over(crf):
    refused = testing.PlaidAPIError("HTTP 409 the document changed", status=409)
    client = testing.FakeClient([document((["kim"], ""))], fails={"spans.create": refused})
    client, helper = run(crf, None, client=client)
    assert helper.results == []
    assert len(helper.errors) == 1
    assert client.calls[0] == ("lock", "d")  # held from the first read to the last write
    assert client.calls[-1] == ("unlock", "d")
    assert all(version == "1" for _, _, version in client.stamps)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"gloss_field": "Glosses"}, "No morpheme-scope field named"),
        ({"gloss_field": " "}, "Choose the gloss field"),
        ({"word_token_layer_id": "other"}, "not fully set up"),
        ({"document_id": None}, "documentId"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(crf, asked, message):
    client, helper = run(crf, document((["kim"], "")), **asked)
    assert client.writes == []
    assert len(helper.errors) == 1
    assert message in helper.errors[0]


def test_a_glosser_that_gives_lines_only(lookup):
    class Lines(LookupGlosser):
        def predict(self, items, **options):
            import attrs

            return [attrs.evolve(one, words=()) for one in lookup.predict(items, **options)]

    client, helper = run(Lines(), document((["Evde", "kim"], "")))
    assert glosses(client) == ["house", "say", "who"]
    assert "provProb" not in client.payloads("spans.create")[0]["args"][3]
    assert helper.errors == []


def test_an_answer_that_does_not_pair_up_fails_its_sentence_only(lookup):
    class Odd(LookupGlosser):
        def predict(self, items, **options):
            texts = list(items)
            if any("kötü" in text.transcription for text in texts):
                raise InputError("that one not")
            import attrs

            return [
                attrs.evolve(one, words=(), glosses="one two three")
                if "iki" in one.segmentation
                else one
                for one in lookup.predict(texts, **options)
            ]

    doc = document((["kötü"], ""), (["iki"], ""), (["kim"], ""))
    client, helper = run(Odd(), doc)
    [result] = helper.results
    assert [each["reason"] for each in result["sentences_failed"]] == [
        "that one not",
        "the glosser's answer has not as many words as the sentence",
    ]
    assert glosses(client) == ["who"]


def test_a_glosser_that_cannot_learn_is_not_asked_to(lookup):
    with pytest.raises(InputError, match="a LookupGlosser takes no corrections"):
        PlaidService(lookup, learn_from_project=True)


def test_the_token_is_the_one_that_was_given(crf, tmp_path, monkeypatch):
    (tmp_path / ".token").write_text("another", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    client = PlaidService(crf, token="mine").get_client("http://localhost:1")
    assert client.token == "mine"
    assert [path.name for path in tmp_path.iterdir()] == [".token"]
