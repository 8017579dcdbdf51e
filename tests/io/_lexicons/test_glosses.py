"""Several glosses in one."""

from __future__ import annotations

import io

import pytest

from igtkit.errors import InputError
from igtkit.io import read_lexicon, read_lift

LIFT = """<lift version="0.13"><entry id="a"><lexical-unit><form lang="x"><text>tali</text></form>
</lexical-unit><sense id="s"><gloss lang="en"><text>pig; wild swine;</text></gloss></sense></entry>
</lift>"""


def test_glosses_are_parted_only_if_asked_for():
    table = "form,gloss\ntali,pig; wild swine;\n"
    for read, text in ((read_lexicon, table), (read_lift, LIFT)):
        one, *more = read(io.StringIO(text))
        assert (one.form, more) == ("tali", [])
        both = read(io.StringIO(text), gloss_separator=";")
        assert [entry.form for entry in both] == ["tali", "tali"]
        assert [entry.gloss.replace(".", " ") for entry in both] == ["pig", "wild swine"]


@pytest.mark.parametrize("separator", ["", " ", 3])
def test_a_separator_says_something(separator):
    with pytest.raises(InputError, match="gloss_separator must be a mark"):
        read_lexicon(io.StringIO("form,gloss\na,b\n"), gloss_separator=separator)
