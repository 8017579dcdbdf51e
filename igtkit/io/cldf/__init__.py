"""The CLDF ExampleTable: interlinear examples in a Cross-Linguistic Data Formats dataset.

CLDF (Forkel et al. 2018, `Scientific Data` 5:180205; https://cldf.clld.org) keeps examples in a CSV
table that a metadata file describes. Reading goes by the metadata, through pycldf.
"""

from __future__ import annotations

import attrs

from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io.cldf.dataset import examples_file
from igtkit.io.cldf.reading import read_examples
from igtkit.io.cldf.writing import write_examples

__all__ = ["FORMAT"]

FORMAT = built_in(
    "cldf",
    read=read_examples,
    write=write_examples,
    holds=[field.name for field in attrs.fields(IGT)],
    file_of=examples_file,
)
