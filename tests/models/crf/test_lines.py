"""What the lines of a text say of each word of its transcription."""

from __future__ import annotations

import pytest

from igtkit.models.crf.lines import pair_lines


def known(transcription: str, segmentation: str, glosses: str) -> tuple[str, ...]:
    rows = pair_lines(transcription.split(), segmentation.split(), glosses.split())
    return tuple("/".join(part or "" for part in row) for row in rows)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("cats run", "cat-s run", "cat-PL run"), ("cat-s/cat-PL", "run/run")),
        (("cats xyz", "cat-s run", "cat-PL run"), ("cat-s/cat-PL", "run/run")),  # as many: in order
        (("cats run", "cat-s run", "cat-PL"), ("cat-s/", "run/")),
        (("cats run", "", "cat-PL run"), ("/cat-PL", "/run")),
        (("er cats run", "cat-s run", "cat-PL run"), ("/", "cat-s/cat-PL", "run/run")),
        (("cats", "cat-s run", "cat-PL run"), ("cat-s/cat-PL",)),
        (("er cats run", "cat-s run", "cat-PL"), ("/", "/", "/")),  # which gloss is whose?
        (("", "cat-s", "cat-PL"), ()),
    ],
)
def test_each_word_has_what_surely_belongs_to_it(lines, expected):
    assert known(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("däräng da bo", "däräng=da=bo", "dog=CL=POSS"), ("däräng/dog", "=da/=CL", "=bo/=POSS")),
        (("nagda bom", "nag=da=bom", "friend=CL=ACC"), ("nag=da/friend=CL", "=bom/=ACC")),
        (("je la mange", "je=la=mange", "1SG=3SG=eat"), ("je=/1SG=", "la=/3SG=", "mange/eat")),
        (("ki tatu me", "ki=tatu=me", "DEM=bathe=LOC"), ("ki=/DEM=", "tatu/bathe", "=me/=LOC")),
        (("la me", "la=me", "DEM=LOC"), ("la/DEM", "=me/=LOC")),  # nobody can tell the stem
        (("kɔ́n len", "kɔ́n-len", "dislike-PTCP"), ("/", "/")),  # an affix is no clitic
        (("da da", "dada", "grandpa"), ("/", "/")),
        (("nag da", "nag=da", "friend-CL"), ("/", "/")),
        (("nag da", "nag=da", "friend"), ("/", "/")),
    ],
)
def test_a_clitic_that_is_a_word_takes_its_boundary_with_it(lines, expected):
    assert known(*lines) == expected


@pytest.mark.parametrize(("clitics", "found"), [(20, True), (21, False)])
def test_a_word_of_very_many_clitics_is_not_cut(clitics, found):
    """Of those that are cut each two are tried."""
    first, *others = parts = [f"{chr(ord('a') + n)}evlerinde" for n in range(clitics + 1)]
    one, other = known(f"{first} {''.join(others)}", "=".join(parts), "=".join("x" * len(parts)))
    assert (one, other.partition("/")[0]) == (
        (f"{first}/x", "=" + "=".join(others)) if found else ("/", "")
    )
