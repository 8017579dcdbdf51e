"""Builds one corpus of many sources: cleaned, checked, without duplicates, with splits and figures.

Name each source as NAME=PATH, the path being that of the source as it is published. These names
have adapters of their own, which know the layout of that source; under any other name the path is a
file that igtkit reads, or a folder of such files:

    odin        a folder of files in the shared-task format, named by ISO 639-3 codes
    sigmorphon  the repository of the shared task, or a folder of <code>-<split>-track2-uncovered:
                of each language and split the uncovered file with segmentation, or else the one
                without; covered files have no glosses
    imtvault, apics, uratyp, cldf
                a CLDF dataset; the text is the analyzed words without "-", and the segmentation is
                kept where there is a "-" in it
    guarani     glossed Guarani with English translations: the stories in data-fixed
    fieldwork   <glottocode>/<split>.json, or tables named by their split, with the columns id,
                transcription, surface, gloss, translation, language, translation_language; of a
                recording only the name
    glosslm, polygloss
                tables of these corpora, named by their split

Of near-duplicates the first is kept, with the segmentation that any of them has: name the sources
with test sets first. Within a source what is held out comes first. A source of which nothing can be
read is an error.

    python build_corpus.py --source sigmorphon=sigmorphon2023 --source odin=odin --out corpus
    python build_corpus.py --source uratyp=cldf/uratyp --source mine=texts.flextext --out corpus
    python build_corpus.py --source odin=odin --out corpus --jobs 2 --guess-metalanguage

The folder then has train.jsonl (and dev.jsonl, test.jsonl, ...), the corpus card README.md, the
same account for programs in report.json, which names the files that were passed over and the rule
for it, and every text that was left out, with the reason, in dropped.jsonl and unreadable.jsonl.
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
from igtkit.corpus import Corpus, Dropped, PipelineReport, json_part, paper_pipeline, to_row
from igtkit.corpus.languages import find, table_source
from igtkit.errors import IGTError, InputError

ENGLISH = Language("stan1293", "English", "eng")
SPANISH = Language("stan1288", "Spanish", "spa")
SPLITS = {
    **dict.fromkeys(("train", "pretrain"), "train"),
    **dict.fromkeys(("dev", "val", "valid", "validation", "eval"), "dev"),
    "test": "test",
}
TABLES = (".parquet", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson")

RULES = {
    "no corpus by its name": "licences, documents, settings, predictions, programs, hidden files",
    "covered": "the shared task's files without glosses, and what systems have made of them",
    "segmented elsewhere": "the same sentences stand in a track 2 file, with their segmentation",
    "older release": "the shared task's data_v1, data_v2, where its data is there",
    "before mending": "what was scraped, where the mended files are there",
    "table of a dataset": "a table of a CLDF dataset, which is read by its metadata",
    "recordings": "sound",
    "totals": "ODIN's TOTAL: all of its other files again",
}
"""Why an adapter passes a file over; what it would read and cannot is in unreadable.jsonl."""

NO_CORPUS = re.compile(
    r"(?i)^(licen[cs]e|readme|requirements|makefile|\.)|\.(md|bib|ya?ml|xsd|prediction|py|sh|ipynb|cfg|toml|pdf|html?)$"
)
RECORDING = re.compile(r"(?i)\.(wav|mp3|flac|ogg|mp4|tgz|tar|gz|zip)$")


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
    parser.add_argument("--jobs", type=int, default=1, help="number of processes")
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
    accounts: list[dict[str, Any]] = []
    sources = [parse_source(text) for text in arguments.source]
    items = chain.from_iterable(
        read_source(name, path, unreadable, accounts) for name, path in sources
    )
    with Folder(arguments.out) as folder:
        run = pipeline.run(
            progress(items, quiet=arguments.quiet),
            n_jobs=arguments.jobs,
            on_drop=folder.drop,
        )
        for igt in run:
            folder.add(igt)
        folder.write_lines("unreadable.jsonl", unreadable)
        folder.write("report.json", report_json(run.report, accounts, len(unreadable)))
        text = card(arguments, run.report, accounts, len(unreadable), sorted(folder.splits))
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


def read_source(
    name: str,
    path: Path,
    unreadable: list[dict[str, Any]],
    accounts: list[dict[str, Any]] | None = None,
) -> Iterator[IGT]:
    """The texts of a source, each with the name of the source and an identifier.

    Raises:
        InputError: If nothing was read.
    """
    adapter = ADAPTERS.get(name, read_files)
    skips = Skips(name, unreadable)
    count = 0
    for count, igt in enumerate(adapter(path, skips), 1):
        metadata = {**igt.metadata, "text": igt.source} if igt.source else igt.metadata
        yield igt.replace(source=name, id=igt.id or f"{name}-{count}", metadata=json_part(metadata))
    if not count:
        raise InputError(f"nothing was read of --source {name}={path}{skips.why()}")
    if accounts is not None:
        accounts.append(skips.account(path, count))


class Skips:
    """Reads the files of a source; keeps what could not be read, and what was passed over."""

    def __init__(self, name: str, kept: list[dict[str, Any]]) -> None:
        self._name = name
        self._kept = kept
        self._began = len(kept)
        self._files: list[Path] = []
        self._passed: list[tuple[str, Path]] = []

    def read(self, path: Path, format_: str | None = None, **options: Any) -> Iterator[IGT]:
        """The texts of a file, those that cannot be read kept aside."""
        self._files.append(path)
        try:
            with igtkit.stream(path, format_, errors="skip", **options) as reader:
                yield from reader
            for skipped in reader.skipped:
                self.keep(path, skipped.message, skipped.line, skipped.text)
        except (IGTError, OSError) as error:
            self.keep(path, str(error))

    def keep(self, path: Path, message: str, line: int | None = None, text: str = "") -> None:
        """Write down what could not be read."""
        self._kept.append(
            {
                "source": self._name,
                "path": str(path),
                "line": line,
                "message": message,
                "text": text,
            }
        )

    def pass_over(self, path: Path, rule: str) -> None:
        """Write down a file that was not read, and which of the rules says so."""
        self._passed.append((rule, path))

    def list_files(self, path: Path) -> list[Path]:
        """The files of a source that may be a corpus; the others are passed over."""
        if path.is_file():
            return [path]
        found = []
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if not file.is_file() or hidden:
                continue
            if NO_CORPUS.search(file.name):
                self.pass_over(file, "no corpus by its name")
            elif RECORDING.search(file.name):
                self.pass_over(file, "recordings")
            else:
                found.append(file)
        return found

    def why(self) -> str:
        """Why nothing was read."""
        reasons = [f"{row['path']}: {row['message']}" for row in self._kept[self._began :]]
        reasons += [f"{file}: {rule} ({RULES[rule]})" for rule, file in self._passed]
        more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
        return ": " + "; ".join(reasons[:3]) + more if reasons else ": there is no file in it"

    def account(self, path: Path, entries: int) -> dict[str, Any]:
        """How many files were read, and which were not."""
        return {
            "source": self._name,
            "path": str(path),
            "files": len(self._files),
            "entries": entries,
            "unreadable": len(self._kept) - self._began,
            "passed over": [{"path": str(file), "rule": rule} for rule, file in self._passed],
        }


def read_odin(path: Path, skips: Skips) -> Iterator[IGT]:
    """ODIN: a file for each code, or for several that a document may mean.

    Its codes of two letters are not those of ISO 639-1, so they are no known language; where a file
    has several codes, there is a language only if all of them are one.
    """
    for file in skips.list_files(path):
        if file.stem == "TOTAL":
            skips.pass_over(file, "totals")
            continue
        if file.suffix.lower() not in ("", ".txt") and file != path:
            skips.keep(file, "no file of ODIN in the shared-task format: that is <code>.txt")
            continue
        codes = file.stem.split("-")
        found = {find(code) if len(code) == 3 else None for code in codes}
        language = found.pop() if len(found) == 1 else None
        known = language.to_language() if language is not None else None
        for number, igt in enumerate(skips.read(file, "sigmorphon", language=known), 1):
            yield igt.replace(
                id=f"{file.stem}-{number}", metadata={**igt.metadata, "odin_codes": codes}
            )


def read_sigmorphon(path: Path, skips: Skips) -> Iterator[IGT]:
    """The shared task: the code, the split, the track and the covering are in the names.

    One file for each language and split: the sentences of track 1 are those of track 2 without
    their segmentation. What is held out comes first, so that none of it is lost for being in train,
    too.
    """
    found: dict[tuple[str, str], list[Path]] = {}
    for file in skips.list_files(path):
        code, *rest = file.stem.split("-") if file.suffix == ".txt" else file.name.split("-")
        split = next((SPLITS[part] for part in rest if part in SPLITS), None)
        if split is None or find(code) is None:
            skips.keep(file, "no file of the shared task: that is <ISO 639-3 code>-<split>-...")
        elif "covered" in rest:
            skips.pass_over(file, "covered")
        else:
            found.setdefault((code, split), []).append(file)
    for code, split in sorted(found, key=lambda key: (key[0], key[1] == "train", key[1])):
        language = as_language(code)
        metalanguage = SPANISH if code == "usp" else ENGLISH
        number = 0
        for file in _best(found[code, split], path, skips):
            for igt in skips.read(file, "sigmorphon", split=split):
                number += 1
                yield igt.replace(
                    id=f"{code}-{split}-{number}",
                    language=language,
                    metalanguage=metalanguage if igt.translation else None,
                )


def _best(files: list[Path], root: Path, skips: Skips) -> list[Path]:
    """Of the files of one language and split those to read, the others passed over."""
    folders = {file: file.relative_to(root).parts[:-1] if file != root else () for file in files}
    if any("data" in parts for parts in folders.values()):
        older = [f for f in files if any(re.fullmatch(r"data_v\d+", p) for p in folders[f])]
        for file in older:
            skips.pass_over(file, "older release")
        files = [file for file in files if file not in older]
    segmented = [file for file in files if "track1" not in file.name]
    if not segmented:
        return files
    for file in files:
        if file not in segmented:
            skips.pass_over(file, "segmented elsewhere")
    return segmented


def read_cldf(path: Path, skips: Skips) -> Iterator[IGT]:
    """CLDF, as the paper took it: no texts but the analyzed words."""
    for dataset in _datasets(path) or [path]:
        yield from skips.read(dataset, "cldf", transcription="analyzed")


def _datasets(path: Path) -> list[Path]:
    """The metadata of the datasets in a folder; of one as it is published, those in its cldf."""
    found = [file for file in sorted(path.rglob("*metadata.json")) if _is_dataset(file)]
    within = [file for file in found if file.parent.name == "cldf"]
    return within or found


def _is_dataset(file: Path) -> bool:
    try:
        described = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(described, dict) and "cldf.clld.org" in str(described.get("dc:conformsTo"))


def read_guarani(path: Path, skips: Skips) -> Iterator[IGT]:
    """Glossed Guarani, translated into English."""
    files = skips.list_files(path)
    mended = [file for file in files if file.parent.name == "data-fixed"]
    for file in files:
        if mended and file not in mended:
            skips.pass_over(file, "before mending")
            continue
        story = file.stem.removesuffix("-fixed")
        for number, igt in enumerate(skips.read(file), 1):
            yield igt.replace(
                id=igt.id or f"{story}-{number}",
                language=igt.language or as_language("gug"),
                metalanguage=igt.metalanguage or (ENGLISH if igt.translation else None),
            )


def read_fieldwork(path: Path, skips: Skips) -> Iterator[IGT]:
    """Fieldwork: ``surface`` is the segmentation; boundaries have spaces, which are closed."""
    for split, file in by_split(skips.list_files(path)):
        rows = read_json(file, skips) if file.suffix.lower() == ".json" else skips.read(file)
        for igt in rows:
            extra = dict(igt.metadata)
            segmentation, glosses = extra.pop("surface", None), extra.pop("gloss", None)
            metalanguage = extra.pop("translation_language", None)
            recording = extra.get("audio")
            if isinstance(recording, dict):
                extra["audio"] = recording.get("path")
            if not extra.get("discard"):
                extra.pop("discard", None)
            yield igt.replace(
                segmentation=igt.segmentation or close_boundaries(segmentation),
                glosses=igt.glosses or close_boundaries(glosses),
                language=as_language(igt.language.name if igt.language else None) or igt.language,
                metalanguage=as_language(metalanguage) or igt.metalanguage,
                split=igt.split or split,
                metadata=extra,
            )


def read_json(path: Path, skips: Skips) -> Iterator[IGT]:
    """Objects by the name of their recording, in the folder of a language; or a list of objects."""
    skips._files.append(path)  # noqa: SLF001 -- read here, since it is no format of igtkit
    try:
        with path.open(encoding="utf-8-sig") as file:
            loaded = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        skips.keep(path, f"not JSON: {error}")
        return
    if not isinstance(loaded, (dict, list)):
        skips.keep(path, "JSON, but neither an object nor a list")
        return
    code = find(path.parent.name)
    for name, row in loaded.items() if isinstance(loaded, dict) else enumerate(loaded, 1):
        if not isinstance(row, dict) or "transcription" not in row:
            skips.keep(path, "no object with a transcription", text=f"{name}: {row!r:.200}")
            continue
        whole = {"id": Path(str(name)).stem, "language": code and code.glottocode, **row}
        try:
            yield from Corpus.from_dataset([whole])
        except IGTError as error:
            skips.keep(path, str(error), text=f"{name}: {row!r:.200}")


def read_tables(path: Path, skips: Skips) -> Iterator[IGT]:
    """GlossLM and PolyGloss: tables, whose names tell the split."""
    for split, file in by_split(skips.list_files(path)):
        if file.suffix.lower() not in TABLES:
            skips.keep(file, f"no table: that is {', '.join(TABLES)}")
            continue
        for igt in skips.read(file):
            yield igt if igt.split else igt.replace(split=split)


def by_split(files: Iterable[Path]) -> list[tuple[str | None, Path]]:
    """The files with the split that a part of their name tells, those that are held out first."""
    found = []
    for file in files:
        parts = [*re.split(r"[^a-z]+", file.stem.lower()), file.parent.name.lower()]
        found.append((next((SPLITS[part] for part in parts if part in SPLITS), None), file))
    return sorted(found, key=lambda pair: (pair[0] in (None, "train"), pair[0] or "", pair[1]))


def read_files(path: Path, skips: Skips) -> Iterator[IGT]:
    """A file in any format that igtkit reads, or a folder of such files."""
    files = skips.list_files(path)
    described = {file.parent for file in files if file.suffix == ".json" and _is_dataset(file)}
    for file in files:
        if file.parent in described and file.suffix.lower() in (".csv", ".zip"):
            skips.pass_over(file, "table of a dataset")
        else:
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
    "glosslm": read_tables,
    "polygloss": read_tables,
}


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


def report_json(report: PipelineReport, accounts: list[dict[str, Any]], unreadable: int) -> str:
    account = {
        "igtkit": igtkit.__version__,
        "languages_from": table_source(),
        "sources": accounts,
        "rules": RULES,
        "unreadable": unreadable,
        **report.to_dict(),
    }
    return json.dumps(account, ensure_ascii=False, indent=1) + "\n"


def card(
    arguments: argparse.Namespace,
    report: PipelineReport,
    accounts: list[dict[str, Any]],
    unreadable: int,
    splits: list[str],
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
        "is in `dropped.jsonl`. Files that were passed over are in `report.json`.",
        "",
        "| source | files | entries | unreadable | files passed over |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {each['source']} | {each['files']:,} | {each['entries']:,} "
            f"| {each['unreadable']:,} | {len(each['passed over']):,} |"
            for each in accounts
        ),
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
