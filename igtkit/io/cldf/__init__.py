"""The CLDF ExampleTable: interlinear examples in a Cross-Linguistic Data Formats dataset.

CLDF (Forkel et al. 2018, `Scientific Data` 5:180205; https://cldf.clld.org) keeps examples in a CSV
table that a metadata file describes. Reading goes by the metadata, through pycldf.
"""

from __future__ import annotations

import attrs

from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io.cldf.dataset import is_metadata
from igtkit.io.cldf.reading import read_examples
from igtkit.io.cldf.writing import write_examples

__all__ = ["FORMAT"]

FORMAT = Format(
    "cldf",
    extensions=(".json",),
    read=read_examples,
    write=write_examples,
    sniff=is_metadata,
    holds=frozenset(field.name for field in attrs.fields(IGT)),
)
