"""Makes igtkit/data/languoids.tsv.gz, the table of languages that ships with igtkit.

The table is Glottolog's (CC-BY 4.0), as the package qwanqwa carries it, with the two-letter and
bibliographic codes of ISO 639-1 and 639-2. A newer release of that package brings a newer table:

    pip install --no-deps qwanqwa
    python build_language_table.py languoids.tsv.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

HEADER = (
    *("glottocode", "level", "name", "iso639_3", "iso639_1", "iso639_2b"),
    *("parent", "latitude", "longitude"),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, help="the file to write")
    arguments = parser.parse_args()
    packed = files("qq").joinpath("data/db.json.gz").read_bytes()
    entities = json.loads(gzip.decompress(packed))["entities"]
    languoids = {key: each for key, each in entities.items() if each["__class__"] == "Languoid"}
    rows = sorted(
        row(languoid, languoids)
        for languoid in languoids.values()
        if languoid["glottocode"] and languoid["level"]
    )
    source = (f"# Glottolog (CC-BY 4.0) as in qwanqwa {version('qwanqwa')}",)
    text = "".join("\t".join(each) + "\n" for each in (source, HEADER, *rows))
    arguments.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(rows)} languoids, {arguments.out.stat().st_size} bytes")


def row(languoid: dict[str, Any], languoids: dict[str, Any]) -> tuple[str, ...]:
    """Dialects get the language they are of, all others the family at the root of their tree."""
    level = languoid["level"]
    if level == "dialect":
        above = climb(languoid, languoids, lambda each: bool(each["level"] == "language"))
    else:
        above = climb(languoid, languoids, lambda _: False)
    place = ("", "")
    if level == "language" and languoid["latitude"] is not None:
        place = (f"{languoid['latitude']:.2f}", f"{languoid['longitude']:.2f}")
    codes = [languoid[name] or "" for name in ("iso_639_3", "iso_639_1", "iso_639_2b")]
    parent = "" if above is languoid else above["glottocode"] or ""
    return (languoid["glottocode"], level[0], languoid["name"], *codes, parent, *place)


def climb(
    languoid: dict[str, Any], languoids: dict[str, Any], stop: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    passed = set()
    while not (stop(languoid) or languoid["id"] in passed):
        passed.add(languoid["id"])
        parents = languoid["relations"].get("parent")
        if not parents:
            break
        languoid = languoids[parents[0]["target_id"]]
    return languoid


if __name__ == "__main__":
    main()
