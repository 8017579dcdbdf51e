r"""Toolbox and Shoebox: records of marked lines, interlinear blocks in columns.

::

    \id Houses
    \ref Houses.001
    \tx palasilu       buro
    \mb pala  -si =lu  buro
    \ge house -PL =and burn
    \ps n     -sf =cl  v

    \ft And the houses burned.

What is read how:

- A record begins at ``\ref`` and is one entry. Markers are guessed from the beginning of the file;
  the option ``markers`` names others: ``{"transcription": "txt", "glosses": "gf"}``.
- The interlinear blocks of a record, wrapped as Toolbox wraps them, are put together again. What
  stands under what is told by byte column, in the encoding of the file, then by the number of
  tokens. Where neither fits, each line is put together by its own boundaries, and the entry says
  so in ``metadata["toolbox"]["issues"]``; a warning is logged with the number of such entries.
- ``a- b =c`` is the word ``a-b=c``. Morphemes under one word without a boundary are joined by
  ``-``; words under one morpheme by ``_``.
- ``\id`` begins a text: the entry's source. What stands between it and the first record belongs to
  all of its records.

The way of a file, and where each step is:

- `fields`, `starts`, `records`: its fields, where texts and records begin, and what is in each;
- `markers`, `unknown`: which marker is which line, and what one that nobody knows could be;
- `rows`, `blocks`: the tokens of each line, and the interlinear blocks of a record;
- `spans`, `words`, `columns`: which morphemes make up a word, and what stands under it;
- `usual`, `arrays`, `joining`: the same for many blocks of the usual kind at once;
- `meaning`, `recordings`, `reading`: from records to entries, with their times and media.

`layout` sets an entry in columns, and `writing` writes it. `template` changes a file that is there:
`division` says which words stand in which of its blocks, and `editing` changes tokens of a line.
`losses` says what would not come back.
"""

from __future__ import annotations

from igtkit.igt.text import ALL_LINES
from igtkit.io._catalog import built_in
from igtkit.io.toolbox.reading import read_toolbox
from igtkit.io.toolbox.writing import write_toolbox

__all__ = ["FORMAT"]

FORMAT = built_in(
    "toolbox",
    read=read_toolbox,
    write=write_toolbox,
    holds=[
        *ALL_LINES,
        *("id", "source", "metadata"),
    ],
    judgments_in_text=True,
)
