"""The texts of the real corpora."""

from __future__ import annotations

import csv
import json

import igtkit
from igtkit import IGT

SHARED_TASK = ("ddo", "git", "lez", "ntu", "nyb", "usp")
SOURCES = (
    *(f"sigmorphon2023/{iso}/{iso}-dev-track2-uncovered" for iso in SHARED_TASK),
    *(f"tucl/{iso}-test-track2-uncovered" for iso in ("git", "lez", "nyb")),
    *(f"tucl/{iso}_track1_morph_trial1.prediction" for iso in ("git", "lez", "nyb")),
    *(f"cldf/{name}" for name in ("lgr", "uratyp", "lapollaqiang", "palula")),
    "golden/polygloss_interleaved.jsonl",
    "golden/polygloss_standardize.jsonl",
)
LARGE_SOURCES = (
    *(f"sigmorphon2023/{iso}/{iso}-train-track2-uncovered" for iso in SHARED_TASK),
    *(f"odin/{first}" for first in ("[a-d]", "[e-j]", "[k-m]", "[n-q]", "[r-z]")),
)


def texts(shared, source):
    """The texts of a source, those without segmentation or glosses left out."""
    kind, name = source.split("/", 1)
    if kind == "golden":
        lines = (shared / source).read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        found = [IGT(r.get("transcription", "x"), r["segmentation"], r["glosses"]) for r in rows]
    elif kind == "cldf":
        with (shared / "data" / source / "examples.csv").open(encoding="utf-8", newline="") as file:
            found = [cldf_text(row) for row in csv.DictReader(file)]
    else:
        folder = shared / "data" / kind
        paths = sorted(folder.glob(f"{name}*.txt")) if kind == "odin" else [folder / name]
        assert paths
        found = [igt for path in paths for igt in igtkit.read(path, "sigmorphon")]
    return [
        igt if igt.transcription else igt.replace(transcription="x")
        for igt in found
        if igt.segmentation and igt.segmentation.split() and igt.glosses and igt.glosses.split()
    ]


def cldf_text(row):
    cells = (row["Analyzed_Word"], row["Gloss"])
    segmentation, glosses = (cell.replace("\\t", "\t") or None for cell in cells)
    return IGT(row["Primary_Text"] or None, segmentation, glosses)
