"""Writing texts that have changed into what they came from, so that the rest of it stays."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import attrs

from igtkit.cli._shared import add_in_place, write_texts
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.doubt import is_suggested
from igtkit.io import Format, Source, WriteReport, keep_copy
from igtkit.io._registry import guess_for_writing

__all__ = [
    "add_target",
    "find_target",
    "is_table",
    "same_format",
    "told_anew",
    "toolbox_template",
    "write_after",
]

_TOOLBOX_ONLY = (".db", ".sfm", ".tbt")
"""Extensions that no other format has; ``.txt`` says nothing."""


def is_table(target: Path) -> bool:
    """Whether a file is named as a table for a spreadsheet."""
    return target.suffix.lower() in (".csv", ".tsv", ".tab", ".xlsx")


def add_target(parser: argparse.ArgumentParser, ending: str) -> None:
    """Add the options that say where a command writes; `ending` as for `find_target`."""
    parser.add_argument("-o", dest="output", metavar="OUT",
                        help="the file to write; its name says the format "
                        f"(default: FILE with .{ending} before its extension)")  # fmt: skip
    add_in_place(parser)
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only tell")


def find_target(options: argparse.Namespace, ending: str) -> Path:
    """Return where to write, decided before anything takes time.

    Args:
        options: Those of the command: ``file``, ``output``, ``in_place``, ``dry_run``.
        ending: What stands before the extension of a file that the command names.

    Raises:
        InputError: If it would be written over what was not named, or its name does not tell the
            format.
    """
    path = Path(options.file)
    if options.in_place:
        if options.output:
            raise InputError("-o and --in-place say two different things; give one")
        if path.is_dir() or path.suffix.lower() == ".json":
            raise InputError(f"{path}: a CLDF dataset is several files; write another one")
        return path
    if options.output:
        output = Path(options.output)
        if output.exists() and path.exists() and output.samefile(path):
            raise InputError(f"{path} would be written over; say so with --in-place")
        if (
            options.output != "-"
            and not options.to
            and output.suffix.lower() != path.suffix.lower()
        ):
            guess_for_writing(options.output)
        return output
    if options.file == "-":
        raise InputError("say with -o where to write what came from standard input")
    target = _beside(path, ending)
    if target.exists() and not options.dry_run:
        raise InputError(
            f"{target} is there already, perhaps with your corrections; "
            f"write over it with -o {target}, or give another name"
        )
    return target


def _beside(path: Path, ending: str) -> Path:
    """The file to write; a CLDF dataset, which is several files, gets a folder of its own."""
    if not path.is_dir() and path.suffix.lower() != ".json":
        return path.with_name(f"{path.stem}.{ending}{path.suffix}")
    folder = path if path.is_dir() else path.parent
    folder = folder if folder.name else folder.resolve()
    name = "Generic-metadata.json" if path.is_dir() else path.name
    return folder.with_name(f"{folder.name}.{ending}") / name


def same_format(path: str, target: str, format_: Format) -> str | None:
    """The format of a file that is written under the extension of the one that was read.

    Example:
        >>> from igtkit.io import formats
        >>> same_format("a.txt", "b.txt", formats()["toolbox"])
        'toolbox'
    """
    same = target != "-" and Path(path).suffix.lower() == Path(target).suffix.lower()
    return format_.name if same else None


def toolbox_template(
    path: str, target: str, name: str | None, format_: Format, options: argparse.Namespace
) -> list[str]:
    """Return the options by which a Toolbox file that is written again keeps all else that it has.

    Args:
        path: The file that was read.
        target: The file to write.
        name: The format to write, where that is known.
        format_: The format that was read.
        options: Those of the command.
    """
    written = name or ("toolbox" if Path(target).suffix.lower() in _TOOLBOX_ONLY else None)
    given = [item.partition("=")[0] for item in options.out_option]
    if path == "-" or not written == format_.name == "toolbox" or "template" in given:
        return []
    said = [item for item in options.option if item.startswith(("markers=", "markers."))]
    encoding = [f"encoding={options.encoding}"] if options.encoding else []
    return [f"template={json.dumps(path)}", *said, *encoding]


def _write_dataset(
    changed: Sequence[IGT], folder: Path, options: argparse.Namespace
) -> WriteReport:
    """Write a whole CLDF dataset again, with what has changed in its examples."""
    from igtkit.io.cldf.dataset import open_dataset  # noqa: PLC0415  # not for every command

    source = Source(options.file)
    dataset, table = open_dataset(source)
    own = dataset.path(table)
    source.close()
    path = Path(options.file)
    root = path if path.is_dir() else path.parent
    given = [*options.out_option, f"template={json.dumps(options.file)}"]
    shutil.copytree(root, folder)
    try:
        return write_texts(changed, str(folder / own.relative_to(root)), "cldf", given)
    except BaseException:
        shutil.rmtree(folder)
        raise


def write_after(
    texts: Sequence[IGT],
    changed: Sequence[int],
    target: Path,
    format_: Format,
    options: argparse.Namespace,
) -> WriteReport:
    """Write all texts of a file, of which some have changed.

    Args:
        texts: The texts.
        changed: The positions of those that differ from what the file has.
        target: The file to write.
        format_: The format of the file that was read.
        options: Those of the command: ``file``, ``to``, ``out_option``, ``encoding``, ``in_place``.

    Returns:
        What could not be held.
    """
    given, name, written = list(options.out_option), options.to, list(texts)
    if name is None and format_.name == "cldf" and target.suffix.lower() == ".json":
        done = [texts[index] for index in changed]
        if not target.parent.exists() and not any(map(is_suggested, done)):
            return _write_dataset(done, target.parent, options)
    if name is None and same_format(options.file, str(target), format_):
        name = format_.name
        if options.encoding:
            given.append(f"encoding={options.encoding}")
        if name == "eaf":
            given.append(f"template={json.dumps(options.file)}")
            written = [texts[index] for index in changed]
    given += toolbox_template(options.file, str(target), name, format_, options)
    if name in (None, "cldf") and target.suffix.lower() == ".json":
        target.parent.mkdir(exist_ok=True)
    if options.in_place:
        keep_copy(options.file)
    return write_texts(written, str(target), name, given)


def told_anew(report: WriteReport, format_: Format, more: str | None) -> WriteReport:
    """The report on a file that is written in its own format, which says what is not in it.

    Args:
        report: What could not be held.
        format_: The format of the file that was read.
        more: What that file may hold beside its texts; None for nothing.
    """
    if more is None or report.format != format_.name:
        return report
    return attrs.evolve(report, notes=(*report.notes, f"{more}: it is written anew from its texts"))
