"""What must hold of any input at all: each check takes bytes, and raises if it does not hold."""

from __future__ import annotations

import functools
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import igtkit
from igtkit import conventions, display, formats
from igtkit.alignment import repair
from igtkit.boundaries import (
    PAPER,
    Boundaries,
    join_morphemes,
    separate_words,
    split_morphemes,
    split_words,
)
from igtkit.errors import AlignmentError, IGTError, InputError
from igtkit.formats.sources import collapse
from igtkit.igt import IGT, Issue, Prediction
from igtkit.io import formats as file_formats
from igtkit.io import read, stream, write
from igtkit.io._losses import LINE_ROLES
from igtkit.normalize import normalize_with_issues

__all__ = [
    "check_alignment",
    "check_boundaries",
    "check_cldf",
    "check_decoder",
    "check_display",
    "check_gloss",
    "check_lexicon",
    "check_lift",
    "check_normalizer",
    "check_reader",
    "lines_of",
]

SEPARATOR = "\x1e"
BUNDLE = b"\n===\n"


@functools.cache
def _folder() -> Path:
    """A folder of this process, in memory where the system has such."""
    memory = Path("/dev/shm")
    holder = tempfile.TemporaryDirectory(
        prefix="igtkit-fuzz-", dir=memory if os.access(memory, os.W_OK) else None
    )
    _folder.holder = holder  # type: ignore[attr-defined]
    return Path(holder.name)


def _saved(data: bytes, name: str) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _entries(path: Path, format_: str, errors: str, **options) -> tuple[list[IGT], int] | None:
    """The entries of a file and how many were rejected; None if the file was."""
    found = []
    try:
        with stream(path, format_, errors=errors, **options) as reader:
            found.extend(reader)
    except IGTError as error:
        assert str(error).strip(), "an error without a message"  # noqa: PT017
        return None
    for skipped in reader.skipped:
        assert skipped.message
    return found, len(reader.skipped)


def check_reader(data: bytes, format_: str, suffix: str, **options) -> None:
    """Entries, rejected entries, or one error; and entries can be used and written."""
    path = _saved(data, f"input{suffix}")
    lenient = _entries(path, format_, "skip", **options)
    strict = _entries(path, format_, "raise", **options)
    if lenient is None or lenient[1]:
        assert strict is None, "what errors='skip' rejects, errors='raise' does not"
    if lenient is None:
        return
    entries, rejected = lenient
    if not rejected:
        assert strict == (entries, 0), "errors='raise' reads otherwise than errors='skip'"
    for igt in entries:
        _use(igt)
    _write_back(entries, format_, suffix)


def _use(igt: IGT) -> None:
    assert isinstance(igt, IGT)
    igt.align(strict=False)
    for issue in igtkit.check(igt, notes=True):
        assert issue.message
    try:
        igt.words  # noqa: B018 -- derived when asked for
    except AlignmentError:
        assert igtkit.check(igt), "no issue, and yet no words"


def _write_back(entries: list[IGT], format_: str, suffix: str) -> None:
    """Nothing is lost in JSON Lines; in its own format a text is written and can be read.

    Plain text that has too few lines to be told apart is for people, and the report says so.
    """
    kept = _folder() / "kept.jsonl"
    try:
        lost = write(entries, kept).lost
    except InputError:  # a lone surrogate, say, has no UTF-8
        return
    back = list(read(kept))
    if not lost:  # what is no JSON, bytes say, is reported
        assert back == entries, "JSON Lines gives back other entries"
        assert [i.metadata for i in back] == [i.metadata for i in entries], "other metadata"
    if file_formats()[format_].write is None:
        return
    again = _folder() / f"again{suffix}"
    again.unlink(missing_ok=True)
    try:
        report = write(entries, again, format_)
    except IGTError:
        return
    if entries:
        read(again, format_, errors="skip" if LINE_ROLES in report.lost else "raise")


def unbundled(data: bytes, names: tuple[str, ...]) -> None:
    """Write the files of a bundle; those that it lacks are not there."""
    folder = _folder()
    for name, part in zip(names, [*data.split(BUNDLE), *[None] * len(names)], strict=False):
        path = folder / name
        if part is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(part)


def check_cldf(data: bytes) -> None:
    """As `check_reader`, for metadata, examples and languages in a bundle."""
    unbundled(data, ("cldf-metadata.json", "examples.csv", "languages.csv"))
    path = _folder() / "cldf-metadata.json"
    for transcription in ("primary", "analyzed"):
        lenient = _entries(path, "cldf", "skip", transcription=transcription)
        strict = _entries(path, "cldf", "raise", transcription=transcription)
        assert (strict is None) == (lenient is None or lenient[1] > 0)
        for igt in lenient[0] if lenient else ():
            _use(igt)


def check_lift(data: bytes) -> None:
    _quiet(lambda: igtkit.io.read_lift(_saved(data, "input.lift")))


def check_lexicon(data: bytes) -> None:
    _quiet(lambda: igtkit.io.read_lexicon(_saved(data, "input.csv")))


def _quiet(read_it: Callable[[], tuple]) -> None:
    try:
        for entry in read_it():
            assert entry.form
    except IGTError as error:
        assert str(error).strip()  # noqa: PT017


def texts(data: bytes, count: int) -> list[str]:
    """So many strings, any at all: what is no UTF-8 becomes lone surrogates."""
    parts = data.decode("utf-8", "surrogateescape").split(SEPARATOR)
    return [*parts, *[""] * count][:count]


def _igt(data: bytes) -> IGT:
    lines = [text or None for text in texts(data, 4)]
    return IGT(*lines)


def check_decoder(data: bytes, format_: str) -> None:
    """Whatever a model answers is a prediction; whatever is encoded comes back.

    The word format has the punctuation of the transcription only, so of others its words count.
    """
    kept = _words if format_ == "word" else collapse
    codec = formats.get(format_)
    output, *lines = texts(data, 5)
    igt = IGT(*(line or None for line in lines))
    for task in codec.tasks:
        for source in (None, lines[0], igt):
            found = codec.decode(output, task=task, source=source)
            assert isinstance(found, Prediction)
            for line in (found.segmentation, found.glosses):
                assert line is None or line == (collapse(line) or ""), "white space not collapsed"
            if task == "t2sg":
                assert found.segmentation is not None
                assert found.glosses is not None
        try:
            example = codec.encode(igt, task)
        except IGTError:
            continue
        if example.target is None:
            continue
        back = codec.decode(example.target, source=example)
        if task in ("t2s", "t2sg"):
            assert kept(back.segmentation) == kept(igt.segmentation), "another segmentation"
        if task in ("t2g", "s2g", "t2sg"):
            assert kept(back.glosses) == kept(igt.glosses), "other glosses"


def _words(line: str | None) -> list[str]:
    return separate_words(split_words(line))[0]


def check_normalizer(data: bytes) -> None:
    """Only spaces and look-alikes change, all of it at once, and issues say what they mean."""
    igt = _igt(data)
    for item in (igt, *(line for line in texts(data, 4) if line)):
        normalize_with_issues(item, "polygloss")
        for name in (
            ("transcription", "segmentation", "glosses") if isinstance(item, str) else [None]
        ):
            once, issues = normalize_with_issues(item, line=name)
            assert all(isinstance(issue, Issue) and issue.message for issue in issues)
            for before, after in zip(lines_of(item), lines_of(once), strict=True):
                assert _solid(before) == _solid(after), "more than spaces and look-alikes changed"
            assert normalize_with_issues(once, line=name)[0] == once, "not its own normal form"


def lines_of(item: IGT | str) -> tuple[str | None, ...]:
    if isinstance(item, str):
        return (item,)
    return (item.transcription, item.segmentation, item.glosses, item.translation)


_ALIKE = str.maketrans(
    "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d\u00ad\ua78a\uff1d\u223c⟨⟩‹›\u3008\u3009",
    "--------==~<><><>",
)


def _solid(line: str | None) -> str:
    return re.sub(r"\s", "", line or "").translate(_ALIKE)


def check_alignment(data: bytes) -> None:
    """Issues are told, a score is a share, and repair leaves nothing unsegmented."""
    igt = _igt(data)
    _use(igt)
    score = igtkit.alignment_score(igt.segmentation, igt.glosses)
    assert 0 <= score <= 1
    assert score == igtkit.alignment_score(igt.glosses, igt.segmentation)
    assert all(issue.code != "unsegmented" for issue in igtkit.check(repair(igt)))
    conventions.conformance(igt)
    conventions.nonstandard_abbreviations(igt)


def check_gloss(data: bytes) -> None:
    """A gloss taken apart joins again to what it was."""
    (gloss,) = texts(data, 1)
    conventions.is_grammatical(gloss)
    conventions.expand_abbreviation(gloss)
    try:
        elements = conventions.parse_gloss(gloss)
    except InputError:
        return
    assert conventions.join_gloss(elements) == gloss, "joined, it is another gloss"


def check_boundaries(data: bytes) -> None:
    """A word split at its boundaries joins again to what it was."""
    (word,) = texts(data, 1)
    for boundaries in (PAPER, Boundaries("-=~")):
        for token in word.split():
            assert join_morphemes(split_morphemes(token, boundaries)) == token


def check_display(data: bytes) -> None:
    """Anything can be shown, and nothing of it is markup on a page."""
    igt = _igt(data)
    display.to_text(igt)
    page = display.to_html(igt)
    for line in lines_of(igt):
        for tag in re.findall(r"<[a-z!/][^>]*>", line or "", re.IGNORECASE):
            assert tag not in page or not re.match(r"</?script", tag, re.IGNORECASE)
