"""Builds one corpus of many sources: cleaned, checked, without duplicates, with splits and figures.

Name each source as NAME=PATH. These names have adapters of their own, which know the layout of that
source; under any other name the path is a file that igtkit reads, or a folder of such files:

    odin        a folder of files in the shared-task format, named by ISO 639-3 codes
    sigmorphon  a folder of <code>/<code>-<split>-..., or one such file
    imtvault, apics, uratyp, cldf
                a CLDF dataset; the text is the analyzed words without "-", and the segmentation is
                kept where there is a "-" in it
    guarani     glossed Guarani with Spanish translations, a file that igtkit reads
    fieldwork   tables with the columns id, transcription, surface, gloss, translation, language,
                translation_language; the split is told by the file's name
    glosslm     tables with the columns of lecslab/glosslm-corpus

Of near-duplicates the first is kept: name the sources with test sets first.

    python build_corpus.py --source sigmorphon=sigmorphon2023 --source odin=odin --out corpus
    python build_corpus.py --source uratyp=cldf/uratyp --source mine=texts.flextext --out corpus
    python build_corpus.py --source odin=odin --out corpus --num-proc 2 --guess-metalanguage

The folder then has train.jsonl (and dev.jsonl, test.jsonl, ...), the corpus card README.md, the
same account for programs in report.json, and everything that was left out, with the reason, in
dropped.jsonl and unreadable.jsonl.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Self, TextIO

import igtkit
from igtkit import IGT, Language
from igtkit.corpus import Dropped, PipelineReport, paper_pipeline, to_row
from igtkit.corpus.languages import find, table_source
from igtkit.errors import IGTError

ENGLISH = Language("stan1293", "English", "eng")
SPANISH = Language("stan1288", "Spanish", "spa")
SPLITS = {"train": "train", "dev": "dev", "valid": "dev", "validation": "dev", "test": "test"}
NO_CORPUS = re.compile(r"(?i)^(licen[cs]e|readme|\.)|\.(md|json|bib|yaml|xsd|prediction)$")


def main() -> None:
    arguments = parse_arguments()
    try:
        build(arguments)
    except (IGTError, OSError) as error:
        sys.exit(f"error: {error}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--source", action="append", required=True, metavar="NAME=PATH", help="may be repeated"
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument("--rules", choices=["igtkit", "polygloss"], default="igtkit")
    parser.add_argument("--num-proc", type=int, default=1, help="number of processes")
    parser.add_argument(
        "--guess-metalanguage",
        action="store_true",
        help="guess the language of translations where no source names it (extra langid)",
    )
    parser.add_argument("--threshold", type=float, default=0.95, help="how sure a guess must be")
    parser.add_argument(
        "--dev-share", type=float, default=0.0, help="share of texts without a designated split"
    )
    parser.add_argument("--test-share", type=float, default=0.0, help="the same for test")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser.parse_args()


def build(arguments: argparse.Namespace) -> None:
    guess = None
    if arguments.guess_metalanguage:
        from igtkit.corpus.metalanguage import guesser  # noqa: PLC0415 -- needs the extra langid

        guess = guesser()
    shares = {"dev": arguments.dev_share, "test": arguments.test_share}
    pipeline = paper_pipeline(
        rules=arguments.rules,
        fixes=["arapaho-comma-period"],
        guess=guess,
        threshold=arguments.threshold,
        shares={name: share for name, share in shares.items() if share},
    )
    unreadable: list[dict[str, Any]] = []
    sources = [parse_source(text) for text in arguments.source]
    items = chain.from_iterable(read_source(name, path, unreadable) for name, path in sources)
    with Folder(arguments.out) as folder:
        run = pipeline.run(
            progress(items, quiet=arguments.quiet),
            num_proc=arguments.num_proc,
            on_drop=folder.drop,
        )
        for igt in run:
            folder.add(igt)
        folder.write_lines("unreadable.jsonl", unreadable)
        folder.write("report.json", report_json(run.report, len(unreadable)))
        text = card(arguments, run.report, len(unreadable), sorted(folder.splits))
        folder.write("README.md", text)
    total = run.report.audit.total
    languages = len(total.languages.keys() - {""})
    print(f"{total.entries:,} entries in {languages:,} languages: {arguments.out}")


# Sources


def parse_source(text: str) -> tuple[str, Path]:
    name, mark, path = text.partition("=")
    if not (name and mark and path):
        sys.exit(f"error: --source takes NAME=PATH, not {text!r}")
    if not Path(path).exists():
        sys.exit(f"error: there is no {path} (--source {text})")
    return name, Path(path)


def read_source(name: str, path: Path, unreadable: list[dict[str, Any]]) -> Iterator[IGT]:
    """The texts of a source, each with the name of the source and an identifier."""
    adapter = ADAPTERS.get(name, read_files)
    for count, igt in enumerate(adapter(path, Skips(name, unreadable)), 1):
        metadata = {**igt.metadata, "text": igt.source} if igt.source else igt.metadata
        yield igt.replace(source=name, id=igt.id or f"{name}-{count}", metadata=metadata)


class Skips:
    """Keeps what could not be read."""

    def __init__(self, name: str, kept: list[dict[str, Any]]) -> None:
        self._name = name
        self._kept = kept

    def read(self, path: Path, format_: str | None = None, **options: Any) -> Iterator[IGT]:
        """The texts of a file, those that cannot be read kept aside."""
        try:
            with igtkit.stream(path, format_, errors="skip", **options) as reader:
                yield from reader
            for skipped in reader.skipped:
                self._keep(path, skipped.line, skipped.message, skipped.text)
        except IGTError as error:
            self._keep(path, None, str(error), "")

    def _keep(self, path: Path, line: int | None, message: str, text: str) -> None:
        self._kept.append(
            {
                "source": self._name,
                "path": str(path),
                "line": line,
                "message": message,
                "text": text,
            }
        )


def read_odin(path: Path, skips: Skips) -> Iterator[IGT]:
    """ODIN: a file for each code, or for several that a document may mean.

    Its codes of two letters are not those of ISO 639-1, so they are no known language; where a file
    has several codes, there is a language only if all of them are one.
    """
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        codes = file.stem.split("-")
        found = {find(code) if len(code) == 3 else None for code in codes}
        language = found.pop() if len(found) == 1 else None
        known = language.to_language() if language is not None else None
        for number, igt in enumerate(skips.read(file, "sigmorphon", language=known), 1):
            yield igt.replace(
                id=f"{file.stem}-{number}", metadata={**igt.metadata, "odin_codes": codes}
            )


def read_sigmorphon(path: Path, skips: Skips) -> Iterator[IGT]:
    """The shared task: the code and the split are in the names of the files.

    What is held out comes first, so that none of it is lost for being in train, too.
    """
    files = []
    for file in list_files(path):
        code, *rest = file.name.split("-")
        split = next((SPLITS[part] for part in rest if part in SPLITS), None)
        if split is not None and find(code) is not None:
            files.append((code, split == "train", split, file))
    for code, _, split, file in sorted(files):
        found = find(code)
        language = found.to_language() if found is not None else None
        metalanguage = SPANISH if code == "usp" else ENGLISH
        for number, igt in enumerate(skips.read(file, "sigmorphon", split=split), 1):
            yield igt.replace(
                id=f"{code}-{split}-{number}",
                language=language,
                metalanguage=metalanguage if igt.translation else None,
            )


def read_cldf(path: Path, skips: Skips) -> Iterator[IGT]:
    """CLDF, as the paper took it: no texts but the analyzed words."""
    yield from skips.read(path, "cldf", transcription="analyzed")


def read_guarani(path: Path, skips: Skips) -> Iterator[IGT]:
    """Glossed Guarani, translated into Spanish."""
    guarani = find("gug")
    assert guarani is not None
    for igt in read_files(path, skips):
        yield igt.replace(
            language=igt.language or guarani.to_language(),
            metalanguage=igt.metalanguage or SPANISH,
        )


def read_fieldwork(path: Path, skips: Skips) -> Iterator[IGT]:
    """Fieldwork: ``surface`` is the segmentation; boundaries have spaces, which are closed."""
    for file in list_files(path):
        split = next((s for part, s in SPLITS.items() if part in file.stem.lower()), None)
        for igt in skips.read(file):
            extra = dict(igt.metadata)
            segmentation, glosses = extra.pop("surface", None), extra.pop("gloss", None)
            metalanguage = extra.pop("translation_language", None)
            yield igt.replace(
                segmentation=close_boundaries(segmentation),
                glosses=close_boundaries(glosses),
                language=as_language(igt.language.name if igt.language else None),
                metalanguage=as_language(metalanguage),
                split=igt.split or split,
                metadata=extra,
            )


def read_files(path: Path, skips: Skips) -> Iterator[IGT]:
    """A file in any format that igtkit reads, or a folder of such files."""
    for file in list_files(path):
        yield from skips.read(file)


ADAPTERS: dict[str, Callable[[Path, Skips], Iterator[IGT]]] = {
    "odin": read_odin,
    "sigmorphon": read_sigmorphon,
    "imtvault": read_cldf,
    "apics": read_cldf,
    "uratyp": read_cldf,
    "cldf": read_cldf,
    "guarani": read_guarani,
    "fieldwork": read_fieldwork,
}


def list_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = (file for file in sorted(path.rglob("*")) if file.is_file())
    return [file for file in files if not NO_CORPUS.search(file.name)]


def close_boundaries(line: str | None) -> str | None:
    """Closes the spaces at ``-`` and ``=``; between two spaces, too, they are boundaries here.

    Example:
        >>> close_boundaries("ev - ler =de")
        'ev-ler=de'
    """
    return re.sub(r"\s*([-=])\s*", r"\1", line) if line else None


def as_language(name: str | None) -> Language | None:
    """The language that a code or a name means; one that is in no table stays a name."""
    if not name:
        return None
    found = find(name)
    return found.to_language() if found is not None else Language(name=name)


# What is written


class Folder:
    """The folder of a corpus, which appears whole when everything is done, or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts: dict[str, TextIO] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._path.mkdir(parents=True, exist_ok=True)
        self._new = Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(dir=self._path, prefix=".new-"))
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, *details: object) -> None:
        for part in self._parts.values():
            part.close()
        if kind is None:
            for file in sorted(self._new.iterdir()):
                file.replace(self._path / file.name)
        self._stack.close()

    @property
    def splits(self) -> list[str]:
        """The splits that there are texts in."""
        return [name.removesuffix(".jsonl") for name in self._parts if name != "dropped.jsonl"]

    def add(self, igt: IGT) -> None:
        """Write a text into the file of its split."""
        self._line(f"{igt.split}.jsonl", to_row(igt))

    def drop(self, dropped: Dropped) -> None:
        """Write down a text that was dropped, and why."""
        row = {"step": dropped.step, "reason": dropped.reason, **to_row(dropped.igt)}
        self._line("dropped.jsonl", row)

    def write_lines(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """Write a file of JSON objects, one a line."""
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
        self.write(name, "".join(lines))

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        (self._new / name).write_text(text, encoding="utf-8")

    def _line(self, name: str, row: dict[str, Any]) -> None:
        if name not in self._parts:
            self._parts[name] = (self._new / name).open("w", encoding="utf-8", newline="\n")
        text = json.dumps({**row, "metadata": row["metadata"] or None}, default=str)
        self._parts[name].write(text + "\n")


def report_json(report: PipelineReport, unreadable: int) -> str:
    account = {
        "igtkit": igtkit.__version__,
        "languages_from": table_source(),
        "unreadable": unreadable,
        **report.to_dict(),
    }
    return json.dumps(account, ensure_ascii=False, indent=1) + "\n"


def card(
    arguments: argparse.Namespace, report: PipelineReport, unreadable: int, splits: list[str]
) -> str:
    """The corpus card, with the header that tells a data set's files on the Hugging Face hub."""
    header = ["---", "configs:", "- config_name: default", "  data_files:"]
    for split in splits:
        header += [f"  - split: {split}", f"    path: {split}.jsonl"]
    total = report.audit.total
    sources = ", ".join(dict.fromkeys(text.partition("=")[0] for text in arguments.source))
    size = f"{total.entries:,} entries in {len(total.languages.keys() - {''}):,} languages"
    lines = [
        *header,
        "---",
        "",
        "# A corpus of interlinear glossed text",
        "",
        f"{size}, from: {sources}.",
        f"Built with igtkit {igtkit.__version__}, rules `{arguments.rules}`; languages by",
        f"{table_source()}. The licence of each entry is that of its source.",
        "",
        f"{unreadable:,} entries could not be read (`unreadable.jsonl`). What was dropped and why",
        "is in `dropped.jsonl`.",
        "",
        report.to_markdown(),
    ]
    return "\n".join(lines) + "\n"


def progress(items: Iterable[IGT], *, quiet: bool) -> Iterable[IGT]:
    if quiet:
        return items
    try:
        from tqdm import tqdm  # noqa: PLC0415 -- without it, nothing is shown
    except ImportError:
        return items
    return tqdm(items, unit=" texts", unit_scale=True)  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
