"""What is fuzzed: each target with its check, the kind of its data, and the seeds it starts from.

Seeds are the files of ``seeds/<target>``, texts written in the target's own format, and, where the
real corpora are beside the checkout, pieces of these, cut when they are needed.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs

import igtkit
from fuzz import checks, uses
from igtkit.errors import IGTError
from igtkit.igt import IGT

__all__ = ["CRASHES", "SEEDS", "TARGETS", "Target", "seeds"]

HERE = Path(__file__).resolve().parent
SEEDS = HERE / "seeds"
CRASHES = HERE / "crashes"
LARGEST = 12_000


@attrs.frozen
class Target:
    """Something to fuzz.

    Attributes:
        name: What it is called.
        check: Takes data; raises if what must hold of any data does not.
        mutation: One of `mutators.MUTATORS`.
        real: Patterns of real files below the folder of corpora.
        made: Gives texts made for the target.
        needs: A package without which it cannot be fuzzed.
    """

    name: str
    check: Callable[[bytes], None]
    mutation: str
    real: tuple[str, ...] = ()
    made: Callable[[], Iterator[bytes]] | None = None
    needs: str | None = None


SMALL = (
    IGT("ev-ler küçük", "ev-ler küçük", "house-PL small", "The houses are small.", id="1"),
    IGT("Gel, b<um>ili!", "Gel =mi , b<um>i~li !", "come =Q , <PFV>RED~buy !", language="Turkish"),
    IGT("x", None, None, "‘nothing’", metadata={"note": "a\nb", "n": [1, None]}),
)


def written(format_: str, suffix: str) -> Iterator[bytes]:
    """Small texts, and some of the sample corpus, in a format."""
    for items in (SMALL[:1], SMALL[:2], SMALL, igtkit.load_sample()[:4]):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"made{suffix}")
            try:
                igtkit.write(items, path, format_)
            except IGTError:
                continue
            yield path.read_bytes()


def bundle(folder: Path, rows: int = 6) -> bytes:
    """Metadata, examples and languages of a CLDF data set, as `checks.check_cldf` takes them."""
    metadata = next(folder.glob("*-metadata.json"))
    about = json.loads(metadata.read_bytes())
    keep = ("examples.csv", "languages.csv")
    about["tables"] = [table for table in about["tables"] if table.get("url") in keep]
    parts = [json.dumps(about, ensure_ascii=False).encode()]
    for name in keep:
        path = folder / name
        parts.append(b"".join(path.read_bytes().splitlines(keepends=True)[:rows]))
    return checks.BUNDLE.join(parts)


def written_cldf() -> Iterator[bytes]:
    for items in (SMALL, igtkit.load_sample()[:3]):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "cldf-metadata.json")
            igtkit.write(items, path, "cldf")
            yield bundle(Path(folder))


def lines() -> Iterator[bytes]:
    """The lines of texts, for checks of strings."""
    for igt in (*SMALL, *igtkit.load_sample()[:6]):
        yield checks.SEPARATOR.join(line or "" for line in checks.lines_of(igt)).encode()


def entries() -> Iterator[bytes]:
    """The lines of texts and their metadata, as `uses` takes them."""
    about = ({"judgment": "*"}, {"notes": ["a"], "title": "b"}, {"begin": 1.5, "page": "3"})
    for igt in (*SMALL[:2], *igtkit.load_sample()[:4]):
        for metadata in about:
            texts = [*(line or "" for line in checks.lines_of(igt)), json.dumps(metadata)]
            yield checks.SEPARATOR.join(texts).encode()


def patterns() -> Iterator[bytes]:
    """What people type to find morphemes, with a text."""
    typed = ("ev -*/PL", "/PL", "nfut", "a-/3SG", "ev-ler", "<um>", "*/3.*", "=mi ,", "-", "*")
    for pattern, text in itertools.product(typed, itertools.islice(entries(), 0, None, 3)):
        yield pattern.encode() + checks.SEPARATOR.encode() + text


def judged() -> Iterator[bytes]:
    for mark, text in itertools.product(("*", "?", "(*) ", "# ", "%"), entries()):
        yield mark.encode() + text


def glosses() -> Iterator[bytes]:
    for text in ("1SG", "house.PL", "<PFV>b", "that.DAT;SG", "boy[NOM]", "RED~buy", "go:3(SG)>1"):
        yield text.encode()


def words() -> Iterator[bytes]:
    for text in ("ev-ler-de", "b<um>i~bili", "=mi", "a--b", "-", "<a><b>-c", "a<-b>"):
        yield text.encode()


def answers(format_: str) -> Iterator[bytes]:
    """What a model might answer, with the text it answers."""
    codec = igtkit.formats.get(format_)
    for igt in (*SMALL[:2], *igtkit.load_sample()[:4]):
        for example in codec.examples(igt):
            text = [example.target, *(line or "" for line in checks.lines_of(igt))]
            yield checks.SEPARATOR.join(text).encode()


def reader(
    name: str, suffix: str, mutation: str, *real: str, needs: str | None = None, own: bool = True
) -> Target:
    check = partial(checks.check_reader, format_=name, suffix=suffix)
    made = partial(written, name, suffix) if own else None
    return Target(name, check, mutation, real, made, needs)


EXCHANGE = "data/interchange"
TARGETS = {
    target.name: target
    for target in (
        reader("csv", ".csv", "fields"),
        Target("tsv", partial(checks.check_reader, format_="csv", suffix=".tsv"), "fields",
               made=partial(written, "csv", ".tsv")),
        Target("cldf", checks.check_cldf, "bundle", ("data/cldf/*",), written_cldf, "pycldf"),
        reader("eaf", ".eaf", "xml", f"{EXCHANGE}/eaf/*.eaf"),
        reader("flextext", ".flextext", "xml", f"{EXCHANGE}/flextext/*.*t*x*"),
        reader("jsonl", ".jsonl", "json"),
        reader("latex", ".tex", "macros", f"{EXCHANGE}/latex/*.tex"),
        reader("linggym", ".txt", "macros", f"{EXCHANGE}/linggym/Vamale/*.txt", own=False),
        reader("conllu", ".conllu", "fields", own=False, needs="conllu"),
        reader("pangloss", ".xml", "xml", own=False),
        reader("parquet", ".parquet", "bytes", needs="pyarrow"),
        reader("scription", ".txt", "lines", own=False),
        reader("sigmorphon", ".txt", "lines", "data/sigmorphon2023/*/*-dev-*", "data/odin/a*.txt"),
        reader("text", ".txt", "lines"),
        reader("textgrid", ".TextGrid", "lines"),
        reader("toolbox", ".txt", "lines", f"{EXCHANGE}/toolbox/*"),
        reader("xlsx", ".xlsx", "bytes", needs="openpyxl"),
        reader("xigt", ".xml", "xml", f"{EXCHANGE}/xigt/*.xml"),
        Target("lift", checks.check_lift, "xml"),
        Target("lexicon", checks.check_lexicon, "fields"),
        *(
            Target(f"decode-{name}", partial(checks.check_decoder, format_=name), "lines",
                   ("golden/polygloss_interleaved.jsonl",), partial(answers, name))
            for name in igtkit.formats.FORMATS
        ),
        Target("normalize", checks.check_normalizer, "lines",
               ("golden/polygloss_standardize.jsonl",), lines),
        Target("alignment", checks.check_alignment, "lines", made=lines),
        Target("gloss", checks.check_gloss, "lines", made=glosses),
        Target("boundaries", checks.check_boundaries, "lines", made=words),
        Target("display", checks.check_display, "lines", made=lines),
        Target("find", uses.check_find, "lines", made=patterns),
        Target("publishing", uses.check_publishing, "lines", made=entries),
        Target("docx", uses.check_docx, "lines", made=entries, needs="docx"),
        Target("judgments", uses.check_judgments, "lines", made=judged),
        *(
            Target(f"saved-{kind}", partial(uses.check_saved, kind=kind), "bundle",
                   made=partial(uses.saved_seeds, kind))
            for kind in ("lookup", "crf", "in-context")
        ),
    )
}  # fmt: skip
"""The targets, by name."""


def seeds(target: Target, shared: Path | None = None) -> list[bytes]:
    """What a target starts from.

    Args:
        target: The target.
        shared: Folder of the real corpora, if they are to be used.
    """
    found = [b""]
    for folder in (SEEDS / target.name, CRASHES / target.name):
        found += [path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()]
    found += target.made() if target.made is not None else ()
    for pattern in target.real if shared is not None else ():
        for path in sorted(shared.glob(pattern))[:30]:
            found += _cut(path, target)
    return list(dict.fromkeys(found))


def _cut(path: Path, target: Target) -> Iterator[bytes]:
    """Small pieces of a real file."""
    if target.mutation == "bundle":
        yield bundle(path)
    elif path.parent.name == "golden":
        for line in path.read_bytes().splitlines()[:40]:
            texts = [text for text in json.loads(line).values() if isinstance(text, str)]
            yield checks.SEPARATOR.join(texts).encode()
    elif target.mutation == "xml":
        for keep in (1, 2, 3, 6):
            root = ET.parse(path).getroot()
            _prune(root, keep)
            if len(text := ET.tostring(root, encoding="utf-8")) <= LARGEST or keep == 1:
                yield text
    else:
        data = path.read_bytes()
        for at in range(0, len(data), max(4_000, len(data) // 6)):
            start = data.find(b"\n\n", at) + 2 if at else 0
            yield data[start : start + 3_000]


def _prune(element: ET.Element, keep: int) -> None:
    """Leave so many children of a tag."""
    count: dict[str, int] = {}
    for child in list(element):
        count[child.tag] = count.get(child.tag, 0) + 1
        if count[child.tag] > keep:
            element.remove(child)
        else:
            _prune(child, keep)
