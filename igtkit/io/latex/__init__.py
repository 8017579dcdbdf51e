r"""Glossed examples in LaTeX: gb4e, expex, linguex, covington.

::

    \ea\label{ex:houses}
    \gll palasi-lu buro\\
         house-\textsc{pl} burn\\
    \glt `The houses burned.' (field notes)
    \z

All are read, in one paper if need be: ``\gll`` and its longer kin, linguex's ``\exg.``, expex's
``\begingl``, covington's ``\digloss``, sub-examples of each. Markup becomes text by rule: small
capitals become capitals, which they stand for; other fonts, footnotes, index entries and comments
go; accents and TIPA's letters become Unicode; braces hold a word together, its spaces become ``_``.
Macros that the paper defines are expanded, as are those of files that it loads from its folder, and
of those that the option ``macros`` names. One without definition keeps its arguments, and is named
in ``metadata["latex"]["unknown"]``.

What looks like a glossed example and cannot be read is reported, never left out in silence.
"""

from __future__ import annotations

from igtkit.igt.text import ALL_LINES
from igtkit.io._catalog import built_in
from igtkit.io.latex.reading import read_latex
from igtkit.io.latex.writing import write_latex

__all__ = ["FORMAT"]

FORMAT = built_in(
    "latex",
    read=read_latex,
    write=write_latex,
    holds=[
        *ALL_LINES,
        *("id", "source", "split", "language", "metalanguage", "metadata"),
    ],
)
