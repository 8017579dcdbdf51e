"""What must hold of whatever is done with texts: finding, publishing, judging, loading glossers.

As in `checks`, each check takes bytes, and raises if it does not hold.
"""

from __future__ import annotations

import functools
import json
import tempfile
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import forgery

import igtkit
from fuzz import checks
from igtkit.corpus import Concordance
from igtkit.corpus.patterns import format_pattern, parse_pattern
from igtkit.errors import IGTError, InputError, ModelFileError
from igtkit.igt import IGT
from igtkit.io import write
from igtkit.io._judgments import put_judgment, take_judgment
from igtkit.models import load_glosser
from igtkit.models.in_context import Chat

__all__ = [
    "check_docx",
    "check_find",
    "check_judgments",
    "check_publishing",
    "check_saved",
    "saved_parts",
]


def _loaded(data: bytes, first: int) -> tuple[list[str], IGT]:
    """So many texts, then the lines of an entry, then its metadata as JSON."""
    texts = checks.texts(data, first + 5)
    *before, transcription, segmentation, glosses, translation, about = texts
    try:
        metadata = json.loads(about)
    except (ValueError, RecursionError):
        metadata = {}
    lines = (text or None for text in (transcription, segmentation, glosses, translation))
    return before, IGT(*lines, metadata=metadata if isinstance(metadata, dict) else {})


@functools.cache
def _sample() -> igtkit.Corpus:
    return igtkit.load_sample()


def check_find(data: bytes) -> None:
    """A pattern is refused, or what it finds holds it; what is meant instead finds what is said."""
    (pattern,), igt = _loaded(data, 1)
    texts = (*_sample()[:3], igt, igt)
    for ignore_case in (False, True):
        concordance = Concordance(texts, ignore_case=ignore_case)
        try:
            hits = concordance.find(pattern)
        except InputError:
            return
        assert concordance.count(pattern) == len(hits)
        for hit in hits:
            assert hit.words[hit.start : hit.stop], "a hit of no words"
        found = list(dict.fromkeys(hit.index for hit in hits))
        assert list(concordance.texts(pattern)) == [texts[index] for index in found]
        for wider, count in concordance.widen(pattern).items():
            assert concordance.count(wider) == count, "another number than what was said"
    parts = parse_pattern(pattern)
    again = parse_pattern(format_pattern(parts))
    assert concordance.count(again) == concordance.count(parts), "shown, it is another pattern"


def check_publishing(data: bytes) -> None:
    """Anything is published or refused, and no page has an element that a plain one lacks."""
    _, igt = _loaded(data, 0)
    for format_ in ("html", "markdown", "latex", "typst"):
        path = Path(_folder(), f"published.{format_}")
        try:
            write([igt], path, format_)
        except IGTError:
            continue
        if format_ == "html":
            assert _tags(path.read_text(encoding="utf-8")) <= _plain_tags(), "foreign markup"


def _tags(page: str) -> set[tuple[str, ...]]:
    """The elements of a page, each with the names of its attributes."""
    found: set[tuple[str, ...]] = set()

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add((tag, *sorted(name for name, _ in attrs)))

    Parser().feed(page)
    return found


@functools.cache
def _plain_tags() -> set[tuple[str, ...]]:
    path = Path(_folder(), "plain.html")
    marked = _sample()[0].replace(metadata={"judgment": "*", "notes": ["a"]})
    found = set()
    for texts in (_sample(), [marked], [IGT("a", "b", "c"), IGT(None, "1", "PL-pl")]):
        write(texts, path, "html")
        found |= _tags(path.read_text(encoding="utf-8"))
    return found


def check_docx(data: bytes) -> None:
    """Anything is a Word document of which every part is XML, or refused."""
    _, igt = _loaded(data, 0)
    path = Path(_folder(), "published.docx")
    try:
        write([igt], path, "docx")
    except IGTError:
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _require_xml(archive.read(name))


@functools.lru_cache(maxsize=100)  # most parts are the same in every document
def _require_xml(content: bytes) -> None:
    ET.fromstring(content)


def check_judgments(data: bytes) -> None:
    """What is taken off a text is put back as it was, and nothing more is taken off."""
    _, igt = _loaded(data, 0)
    for format_ in ("eaf", "toolbox", "text"):
        taken = take_judgment(igt, format_)
        put_judgment(igt, format_)
        if taken is igt:
            continue
        assert take_judgment(taken, format_) is taken
        back = put_judgment(taken, format_)
        assert back == igt, "another text than it was"


class _Silent(Chat):
    """A model that says nothing."""

    def answer(self, conversations, *, advance=lambda _: None):
        return [""] * len(conversations)

    def settings(self):
        return {"kind": "silent"}


@functools.cache
def _folder() -> str:
    """A folder of this process, whose content does not matter."""
    holder = tempfile.TemporaryDirectory(prefix="igtkit-fuzz-")
    _folder.holder = holder  # type: ignore[attr-defined]
    return holder.name


@functools.cache
def _glosser(kind: str) -> Path:
    """The folder of a glosser that has learned a little."""
    from igtkit import models

    made = {
        "lookup": models.LookupGlosser,
        "crf": lambda: models.CrfGlosser(lexicon={"kavun": "melon"}),
        "in-context": lambda: models.InContextGlosser(_Silent(), examples=1),
    }
    path = Path(_folder(), kind)
    made[kind]().fit(_sample().split("train")[:6]).save_pretrained(path)
    return path


@functools.cache
def saved_parts(kind: str) -> tuple[bytes, ...]:
    """The settings of a saved glosser, and its files of JSON."""
    folder = _glosser(kind)
    manifest = json.loads(Path(folder, "igtkit.json").read_bytes())
    named = [name for name in manifest["files"] if name.endswith((".json", ".jsonl"))]
    files = [forgery.stored(folder, name).read_bytes() for name in named]
    return (json.dumps(manifest["settings"]).encode(), *files)


def check_saved(data: bytes, kind: str) -> None:
    """Settings and tables of a glosser, their checksums right: it is refused, or it glosses."""
    folder = _glosser(kind)
    settings, *files = (*data.split(checks.BUNDLE), *[b"{}"] * 3)
    manifest = json.loads(Path(folder, "igtkit.json").read_bytes())
    named = [name for name in manifest["files"] if name.endswith((".json", ".jsonl"))]
    for name, content in zip(named, files, strict=False):
        forgery.put(folder, name, content)
    try:
        changed = json.loads(settings)
    except (ValueError, RecursionError):
        changed = {}
    if isinstance(changed, dict):
        try:
            forgery.change_manifest(folder, settings=changed)
        except (ValueError, RecursionError):
            return
    try:
        glosser = load_glosser(folder, **({"chat": _Silent()} if kind == "in-context" else {}))
    except ModelFileError:
        return
    texts = [IGT("Evlerde kavun !", "ev-ler-de kavun !", None, "In the houses."), IGT("x y")]
    for predicted in glosser.predict(texts):
        assert predicted.glosses is not None or kind == "in-context"


def saved_seeds(kind: str) -> Iterator[bytes]:
    """What a saved glosser holds, as `check_saved` takes it."""
    yield checks.BUNDLE.join(saved_parts(kind))
