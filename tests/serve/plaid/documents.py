"""Documents of Plaid, made from words."""

from __future__ import annotations

import itertools

from plaid_client import provenance

LAYERS = {
    "word_token_layer_id": "words",
    "morpheme_token_layer_id": "morphemes",
    "sentence_token_layer_id": "sentences",
}
MACHINE = provenance.stamp_inferred("service:other", prob=0.5)
VERIFIED = {**MACHINE, "provConfirmed": True}
CONTRIBUTED = provenance.stamp_contributed("somebody")


def document(*sentences, name="d", version="1", ignored=True):
    """A document; a sentence is (its words, its translation).

    A word is its surface, or (surface, morphemes), a morpheme being (form, gloss, metadata).
    """
    ids = (f"{name}{number}" for number in itertools.count())
    body, layers = "", {key: [] for key in ("sentences", "words", "morphemes")}
    glosses, translations = [], []
    for words, translation in sentences:
        start = len(body)
        for word in words:
            surface, morphemes = (word, []) if isinstance(word, str) else word
            place = {"begin": len(body), "end": len(body) + len(surface)}
            layers["words"].append({"id": next(ids), **place})
            for number, (form, gloss, metadata) in enumerate(morphemes):
                made = next(ids)
                kept = {key: metadata[key] for key in metadata if key != "form"}
                layers["morphemes"].append(
                    {"id": made, **place, "precedence": number + 1,
                     "metadata": {**kept, **({"form": form} if form else {})}}
                )  # fmt: skip
                if gloss is not None:
                    provenance_only = {k: v for k, v in kept.items() if k.startswith("prov")}
                    glosses.append(
                        {
                            "id": next(ids),
                            "tokens": [made],
                            "value": gloss,
                            "metadata": provenance_only,
                        }
                    )
            body += surface + " "
        sentence = {"id": next(ids), "begin": start, "end": len(body)}
        layers["sentences"].append(sentence)
        if translation:
            translations.append(
                {"id": next(ids), "tokens": [sentence["id"]], "value": translation, "metadata": {}}
            )
    config = {"plaid": {"ignoredTokens": {"type": "unicodePunctuation"}}} if ignored else {}
    return {
        "id": name,
        "version": version,
        "text_layers": [
            {
                "id": "text",
                "text": {"id": "body", "body": body},
                "token_layers": [
                    {"id": "sentences", "tokens": layers["sentences"], "span_layers": [
                        {"id": "ft", "name": "Translation", "config": {"igt": {"scope": "Sentence"}},
                         "spans": translations}]},
                    {"id": "words", "tokens": layers["words"], "config": config, "span_layers": []},
                    {"id": "morphemes", "tokens": layers["morphemes"], "span_layers": [
                        {"id": "gl", "name": "Gloss", "config": {"igt": {"scope": "Morpheme"}},
                         "spans": glosses}]},
                ],
            }
        ],
    }  # fmt: skip


def request(**options):
    return {
        "document_id": "d",
        "project_id": "p",
        "requester_id": "asker@example.org",
        "gloss_field": "Gloss",
        "translation_field": "Translation",
        **LAYERS,
        **options,
    }


def derived(doc):
    """The sentences of a document as the service sees them."""
    from plaid_client.workflows.igt import derive

    sentences, _ = derive(
        doc, *LAYERS.values(), gloss_field="Gloss", translation_field="Translation"
    )
    return sentences
