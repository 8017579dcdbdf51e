"""HTML for people to read: a page with each word over its morphemes and their glosses.

The page has its style in it, loads nothing and runs nothing. It can be written, not read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from igtkit.igt import IGT
from igtkit.igt.html import document, escape, render_entry
from igtkit.io._catalog import built_in
from igtkit.io._losses import CONTROL_CHARACTERS, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels

__all__ = ["FORMAT"]


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    title: str = "Examples",
    labels: LabelChoice = "guess",
) -> None:
    encoding = codecs.lookup(sink.encoding).name.removesuffix("-sig")
    before, after = document(title, encoding=encoding)
    stream = sink.text()
    stream.write(before)
    entries, in_lower_case = choose_labels(items, labels, sink, {})
    for igt in entries:
        texts = (igt.transcription, igt.segmentation, igt.glosses, igt.translation)
        if any("\ufffd" in escape(text or "") and "\ufffd" not in (text or "") for text in texts):
            sink.lose(CONTROL_CHARACTERS)
        for key in igt.metadata.keys() - {"judgment", "notes", "prediction"}:
            sink.lose(metadata_key(key))
        stream.write(render_entry(igt, labels=in_lower_case))
    stream.write(after)


FORMAT = built_in(
    "html",
    write=_write,
    holds=[
        "id",
        "language",
        "metalanguage",
        "source",
        "metadata",
        "transcription",
        "segmentation",
        "glosses",
        "translation",
    ],
)
