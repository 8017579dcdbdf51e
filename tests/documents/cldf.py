"""CLDF datasets for tests, real and small."""

from __future__ import annotations

import csv
import json

DATASETS = ["lgr", "uratyp", "lapollaqiang", "palula"]
ESCAPED = "words separated by the two characters \\t"


def examples(shared, name):
    return shared / "data" / "cldf" / name / "examples.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def dataset(folder, *, table=None, rows="1,dido1241,a b,A\tB\n", **changes):
    """A small dataset, written by hand."""
    columns = [
        {"name": name, "propertyUrl": f"http://cldf.clld.org/v1.0/terms.rdf#{term}", **more}
        for name, term, more in [
            ("ID", "id", {}),
            ("Lang", "languageReference", {}),
            ("Text", "primaryText", {}),
            ("Words", "analyzedWord", {"separator": "\t"}),
        ]
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
        "tables": [
            {
                "url": "examples.csv",
                "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ExampleTable",
                "tableSchema": {"columns": columns},
                **(table or {}),
            }
        ],
        **changes,
    }
    path = folder / "cldf-metadata.json"
    path.write_text(json.dumps(metadata), encoding="utf-8")
    if rows is not None:
        (folder / "examples.csv").write_bytes(b"ID,Lang,Text,Words\n" + rows.encode())
    return path
