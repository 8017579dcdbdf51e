"""Measure reading and copying large files: entries and MiB a second, and the peak of memory.

    python benchmarks/io.py [FORMAT ...] [--sizes 5 500] [--folder FOLDER] [--copy] [--beside]
    python benchmarks/io.py [FORMAT ...] --real [--least]

Each file is made by repeating the entries of a real one (of the sample corpus, where the real ones
are not beside the checkout) up to a size in MiB, read with `stream` in a process of its own, and
deleted. Time is the processor's. Reading in constant memory shows as one peak for every size. With
--copy it is also written again as it is read. With --beside it is read once more by something
plain in the same process (BESIDE), and the last column says how many times its time reading takes,
of the best of nine. With --real this is done with every real file as it is, and with --least not
reading is measured but what no reader can save (LEAST). A format is added with one row of SAMPLES.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import igtkit
from igtkit.io import Source
from igtkit.io.toolbox.records import Records

MIB = 1 << 20
INTERCHANGE = Path("data", "interchange")
Parts = tuple[str, str, str]


def by_paragraph(text: str) -> Parts:
    """One text of FLEx with ever more paragraphs."""
    start, end = text.index("<paragraph "), text.index("</paragraphs>")
    rest = text.index("</interlinear-text>")
    return text[:start], text[start:end], text[end:rest] + "</interlinear-text></document>\n"


def by_text(text: str) -> Parts:
    """Ever more texts of FLEx."""
    start, end = text.index("<interlinear-text"), text.index("</document>")
    return text[:start], text[start:end], text[end:]


def by_line(text: str) -> Parts:
    """A file whose entries follow each other, after the lines that only its beginning has."""
    header = re.match(r"(\\_.*\n\s*)*", text)
    start = header.end() if header is not None else 0
    return text[:start], text[start:].rstrip("\n") + "\n\n", ""


def by_row(text: str) -> Parts:
    """A file with an entry a line."""
    return "", text, ""


def as_it_is(text: str) -> Parts:
    """A file that is one whole, whatever size is asked for."""
    return text, "", ""


SAMPLES: dict[str, tuple[str, Path | None, Callable[[str], Parts]]] = {
    "flextext": ("flextext", INTERCHANGE / "flextext" / "cldflex_apalai.flextext", by_paragraph),
    "flextext, texts": ("flextext", INTERCHANGE / "flextext" / "cldflex_apalai.flextext", by_text),
    "eaf": ("eaf", INTERCHANGE / "eaf" / "lingview_aingae_kuke_chiste.eaf", as_it_is),
    "toolbox": ("toolbox", INTERCHANGE / "toolbox" / "kakabe.txt", by_line),
    "sigmorphon": (
        "sigmorphon",
        Path("data", "sigmorphon2023", "ddo", "ddo-train-track2-uncovered"),
        by_line,
    ),
    "jsonl": ("jsonl", None, by_row),
}
"""For each row its format, a real file, and how the file divides into what is repeated."""


def split_lines(path: Path) -> int:
    """Split every line into its marker and its tokens."""
    with path.open(encoding="utf-8-sig") as stream:
        return sum(len(line.partition(" ")[2].split()) for line in stream)


def parse_elements(path: Path) -> None:
    """Give every element of an XML file, as the standard library does."""
    for _ in ET.iterparse(path):
        pass


def parse_with_pympi(path: Path) -> None:
    """Read an ELAN file with the library that is used most for it (pip install pympi-ling)."""
    from pympi import Eaf  # noqa: PLC0415  # which not everybody has

    Eaf(str(path))


def read_unpaired(path: Path) -> None:
    """Read a Toolbox file without finding what stands under what: what no reader of it can save."""
    for record in Records(Source(path), {}):
        lines = [" ".join(text.split()) for _, text, _, _ in record.fields]
        igtkit.IGT("\n".join(lines[1:2]), lines[-1], metadata={"fields": lines})


BESIDE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "flextext": ("`xml.etree.ElementTree.iterparse`", parse_elements),
    "eaf": ("pympi", parse_with_pympi),
    "toolbox": ("splitting its lines", split_lines),
}
"""For a format what reading is compared with."""

LEAST: dict[str, Callable[[Path], object]] = {"toolbox": read_unpaired}
"""For a format the least that its reader has to do."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("formats", nargs="*", help=f"of {', '.join(SAMPLES)}; by default all")
    parser.add_argument("--sizes", nargs="+", type=int, default=[5, 500], help="in MiB")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--copy", action="store_true", help="write the file again as it is read")
    parser.add_argument("--beside", action="store_true", help="compare with something plain")
    parser.add_argument("--real", action="store_true", help="compare the real files as they are")
    parser.add_argument("--least", action="store_true",
                        help="with --real: compare the least of it")  # fmt: skip
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        path, name = options.measure
        found = measure(Path(path), name, copy=options.copy)
        if options.beside:
            found["times"] = compare(Path(path), name, least=options.least)
        print(json.dumps(found))
        return
    if options.real:
        print("| file | KiB | times |\n| --- | ---: | ---: |")
        for name in options.formats or (LEAST if options.least else BESIDE):
            for path in sorted((options.shared / INTERCHANGE / name).iterdir()):
                if path.suffix not in (".xsd", ".yaml", ".db"):  # a schema, a guide, no UTF-8
                    print(real_row(path, name, least=options.least), flush=True)
        return
    print(
        "| format | MiB | entries | MiB/s | entries/s | peak RSS, MiB |"
        + " times |" * options.beside
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |" + " ---: |" * options.beside)
    for name in options.formats or SAMPLES:
        for size in options.sizes:
            print(row(name, size, options), flush=True)


def row(name: str, size: int, options: argparse.Namespace) -> str:
    format_, real, divide = SAMPLES[name]
    path = options.folder / f"igtkit-benchmark.{format_}"
    try:
        make(path, size * MIB, divide(sample(format_, real, options.shared)))
        flags = ["--copy"] if options.copy else []
        flags += ["--beside"] if options.beside and format_ in BESIDE else []
        found = measured(path, format_, *flags)
        mib = path.stat().st_size / MIB
    finally:
        path.unlink(missing_ok=True)
    seconds = found["seconds"]
    times = f" {found['times']:.1f} {BESIDE[format_][0]} |" if "times" in found else ""
    return (
        f"| {name} | {mib:.0f} | {found['entries']:,} | {mib / seconds:.1f} "
        f"| {found['entries'] / seconds:,.0f} | {found['peak'] / 1024:.0f} |{times}"
    )


def real_row(path: Path, format_: str, *, least: bool) -> str:
    times = measured(path, format_, "--beside", *(["--least"] if least else []))["times"]
    size = path.stat().st_size / 1024
    return f"| {path.name} | {size:,.0f} | {times:.1f} {BESIDE[format_][0]} |"


def measured(path: Path, format_: str, *flags: str) -> dict[str, float]:
    """What `measure` says of a file, in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(path), format_, *flags]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def sample(format_: str, real: Path | None, shared: Path) -> str:
    """The text of a real file, or of what stands in for it."""
    if real is not None and (shared / real).is_file():
        return (shared / real).read_text(encoding="utf-8-sig")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sample")
        igtkit.write(igtkit.load_sample(), path, format_)
        return path.read_text(encoding="utf-8")


def make(path: Path, size: int, parts: Parts) -> None:
    """Write a file of about a size."""
    head, body, tail = (part.encode() for part in parts)
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(max(1, size // len(body)) if body else 0):
            stream.write(body)
        stream.write(tail)


def measure(path: Path, format_: str, *, copy: bool) -> dict[str, float]:
    """Read a file, or copy it, and say what that took."""
    start = time.process_time()
    with igtkit.stream(path, format_, errors="skip") as reader:
        if copy:
            copied = path.with_suffix(".copy")
            try:
                entries = igtkit.write(reader, copied, format_).entries
            finally:
                copied.unlink(missing_ok=True)
        else:
            entries = sum(1 for _ in reader)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"entries": entries, "seconds": seconds, "peak": peak}


def compare(path: Path, format_: str, *, least: bool = False) -> float:
    """How many times what stands beside a format reading a file takes, or the `least` of it.

    Each is the best of nine, and of more where the file is small: chance tells less then.
    """

    def read() -> None:
        with igtkit.stream(path, format_, errors="skip") as reader:
            for _ in reader:
                pass

    def seconds(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    plain = BESIDE[format_][1]
    count = max(9, min(100, 5 * MIB // path.stat().st_size))
    work = partial(LEAST[format_], path) if least else read
    rounds = [(seconds(work), seconds(lambda: plain(path))) for _ in range(count)]
    return min(one for one, _ in rounds) / min(other for _, other in rounds)


if __name__ == "__main__":
    main()
