"""HTML taken apart again, and a text that runs from right to left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from igtkit.igt import IGT, Language

HEBREW = IGT(
    "הילדים קראו",
    "ה-ילד-ים קרא-ו",
    "DEF-child-PL read.PST-3PL",
    "The children read.",
    language=Language("hebr1245", "Hebrew", "heb"),
    metalanguage=Language("stan1293"),
)
VOID = {"br", "meta"}


class Collector(HTMLParser):
    """The text of every element by its class, in order, and every tag with its attributes."""

    def __init__(self, markup):
        super().__init__()
        self.texts, self.tags, self._open = {}, [], []
        self.feed(markup)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            kinds = (dict(attrs).get("class") or tag).split()
            for kind in kinds:
                self.texts.setdefault(kind, []).append("")
            self._open.append((tag, [(kind, len(self.texts[kind]) - 1) for kind in kinds]))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        for _, kinds in self._open:
            for kind, index in kinds:
                self.texts[kind][index] += data

    def get(self, kind):
        return self.texts.get(kind, [])


def expected(text):
    """A text as HTML can hold it."""
    return re.sub("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
