"""A guesser of languages that is sure of long texts."""

from __future__ import annotations

from igtkit import Language


def sure(text):
    return Language(iso639_3="eng"), 0.96 if len(text) > 3 else 0.5
