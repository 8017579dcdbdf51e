"""The pages stay short enough to be read."""

from __future__ import annotations

import re

from sitetools import DOCS

CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
MOST = 35_000


def words(page):
    """The words of a page that are read as text: what has a letter or a digit, code apart."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    return sum(re.search(r"[^\W_]", token) is not None for token in text.split())


def test_the_pages_have_no_more_words_than_a_reader_can_take():
    """Without the reference, which is made of docstrings, and what igtkit itself writes into pages."""
    pages = [page for page in DOCS.rglob("*.md") if "reference" not in page.parts]
    assert sum(map(words, pages)) <= MOST
