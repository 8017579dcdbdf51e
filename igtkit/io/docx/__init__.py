"""Word documents: numbered examples, words over morphemes over glosses, labels in small capitals.

The words of a line stand in a table without borders, so that they stay aligned; a long line goes on
in a second table. Numbers are Word's own, fonts and distances are those of paragraph styles whose
names begin with ``IGT``. It can be written, not read. Needs python-docx (extra ``office``).
"""

from __future__ import annotations

from igtkit.io._catalog import built_in
from igtkit.io._printing import PRINTED
from igtkit.io.docx.writing import write_docx

__all__ = ["FORMAT"]

FORMAT = built_in("docx", write=write_docx, holds=PRINTED)
