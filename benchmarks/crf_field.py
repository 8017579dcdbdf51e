"""Make the table of the field, `igtkit/data/field.json.gz`: what glosses of other languages teach.

    OMP_NUM_THREADS=1 python benchmarks/crf_field.py [--out FILE]

Read are ODIN 2.1 and those languages of UraTyp on which nothing is measured, as far as their
translations are in English. No language on which the glosser is judged is among them. One command
makes all of the file again, the same on the same machine: the table (`crf_field_table.py`), then,
with tables that have not seen the language in question, the weights that the choice of a new stem's
gloss starts from (`crf_field_start.py`). Run it whenever `Options` or a template of features
changes; `tests/models/crf/unknown/test_field.py` says so.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from crf_field_start import Example, learn, make_examples
from crf_field_table import count_table
from glosser_data import arguments, cldf

import igtkit
from igtkit import IGT
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.sentences import translation_words
from igtkit.models.crf.unknown.field import to_field
from igtkit.models.crf.unknown.stems import fingerprint

JUDGED = {
    "ddo": "Tsez", "git": "Gitksan", "lez": "Lezgi", "ntu": "Natügu", "nyb": "Nyangbo",
    "usp": "Uspanteko", "arp": "Arapaho", "ain": "Ainu", "ruc": "Ruuli",
    "phl": "Palula", "cng": "Northern Qiang", "qxs": "Southern Qiang", "mkt": "Vamale",
    "tur": "Turkish", "sjd": "Kildin Saami", "sia": "Akkala Saami", "udm": "Udmurt",
    "koi": "Komi Permyak", "kpv": "Komi Zyrian", "kom": "Komi", "sjt": "Ter Saami",
    "xas": "Kamas", "myv": "Erzya", "smn": "Inari Saami",
}  # fmt: skip
"""The languages on which the glosser is judged, by ISO 639-3: none of them is read."""

ENGLISH = frozenset(
    "the a of to in is and he she it i you they was his that not my".split()  # noqa: SIM905
)
PARTS = 3
Corpora = dict[str, list[IGT]]


def read(shared: Path) -> Corpora:
    """The texts of each language, standardized as PolyGloss's corpus is."""
    corpora: Corpora = {}
    for path in sorted((shared / "data/odin").glob("*.txt")):
        if JUDGED.keys().isdisjoint(path.stem.split("-")):
            corpora[f"odin {path.stem}"] = read_odin(path)
    judged = set(JUDGED.values())
    for name, found in cldf(shared, "uratyp").items():
        if name not in judged:
            corpora[f"uratyp {name}"] = found.texts
    return {name: texts for name, texts in corpora.items() if texts and english(texts)}


def read_odin(path: Path) -> list[IGT]:
    """The entries whose words and morphemes pair up, each once."""
    texts: dict[tuple[str, str], IGT] = {}
    for block in re.split(r"\n\s*\n", path.read_text("utf-8", "replace")):
        lines = dict(re.findall(r"^\\([mgl])\s?(.*)$", block, re.MULTILINE))
        forms, glosses = lines.get("m", "").split(), lines.get("g", "").split()
        key = (" ".join(glosses), lines.get("l", "").strip())
        if not all(key) or not len(forms) == len(glosses) <= 40 or key in texts:
            continue
        if all(cuts(f) == cuts(g) for f, g in zip(forms, glosses, strict=True)):
            segmentation = " ".join(forms)
            surface = re.sub("[-=]", "", segmentation)
            text = IGT(surface, segmentation, *key)
            texts[key] = igtkit.normalize(text, rules="polygloss")
    return list(texts.values())


def cuts(word: str) -> int:
    return word.count("-") + word.count("=")


def english(texts: Sequence[IGT]) -> bool:
    words = Counter(fold(w) for text in texts for w in translation_words(text.translation))
    return sum(words[w] for w in ENGLISH) >= 0.12 * max(1, sum(words.values()))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--out", type=Path, default=Path("igtkit/data/field.json.gz"))
    parser.add_argument("--examples", type=int, default=36_000)
    options = parser.parse_args()
    corpora = read(options.shared)
    print(len(corpora), "corpora,", sum(map(len, corpora.values())), "texts", flush=True)
    names = sorted(corpora)
    random.Random(7).shuffle(names)
    examples: list[Example] = []
    for part in range(PARTS):
        own = {name: corpora[name] for name in names[part::PARTS]}
        others = count_table({n: texts for n, texts in corpora.items() if n not in own})
        examples += make_examples(own, to_field(others), options.examples // PARTS, part)
        print(len(examples), "stems made unknown", flush=True)
    weights = np.rint(100 * learn(examples)).astype(int)
    at = np.flatnonzero(weights)
    content = count_table(corpora)
    content["start"] = {
        "made_for": fingerprint(),
        "steps": np.diff(at, prepend=0).tolist(),
        "hundredths": weights[at].tolist(),
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    options.out.write_bytes(gzip.compress(written, 9, mtime=0))
    print(len(content["words"]), "words,", len(content["glosses"]), "glosses,", len(at), "weights")
    print(options.out, options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
