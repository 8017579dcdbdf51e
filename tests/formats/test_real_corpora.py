"""Every aligned text of the real corpora comes back, and the targets are the published ones."""

from __future__ import annotations

import json

import pytest
from formats import corpora
from formats.round_trip import INTERLEAVED, assert_comes_back, split, words

from igtkit import IGT
from igtkit.errors import AlignmentError

RESERVED = set("()\\")


def obvious_target(segmentation, glosses):
    """The target of lines without reserved character, written down slowly."""
    target = []
    for form, gloss in zip(words_and_dashes(segmentation), words_and_dashes(glosses), strict=True):
        (forms,), (texts,) = ([[*line]] for line in (parts(form), parts(gloss)))
        joiners = [*(character for character in gloss if character in "-="), ""]
        zipped = zip(texts, forms, joiners, strict=True)
        target.append("".join(f"{text}({form}){joiner}" for text, form, joiner in zipped))
    return " ".join(target)


def parts(word):
    return word.replace("=", "-").split("-")


def words_and_dashes(line):
    return [token for token in line.split() if words(token) or not token.strip("-=")]


@pytest.mark.parametrize(
    "source",
    [
        *corpora.SOURCES,
        *(pytest.param(source, marks=pytest.mark.slow) for source in corpora.LARGE_SOURCES),
    ],
)
def test_every_aligned_text_of_the_real_corpora_comes_back(shared, source):
    targets = [(igt, assert_comes_back(igt)) for igt in corpora.texts(shared, source)]
    aligned = [(igt, target) for igt, target in targets if target is not None]
    assert len(aligned) > len(targets) / 3
    for igt, target in aligned:
        if RESERVED.isdisjoint(igt.segmentation + igt.glosses):
            assert target == obvious_target(igt.segmentation, igt.glosses)


def test_targets_are_the_published_ones(shared):
    path = shared / "golden" / "polygloss_interleaved.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    accepted = 0
    for row in rows:
        igt = IGT("x", row["segmentation"], row["glosses"])
        if row["interleaved"] is None:
            with pytest.raises(AlignmentError):
                INTERLEAVED.encode(igt)
        elif set("()").isdisjoint("".join(words(row["segmentation"] + " " + row["glosses"]))):
            assert INTERLEAVED.encode(igt).target == row["interleaved"]
            accepted += 1
        else:
            assert_comes_back(igt)
    assert accepted > 350


def test_most_published_targets_with_parentheses_are_read_right(shared):
    path = shared / "golden" / "polygloss_interleaved.jsonl"
    found = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["interleaved"] and "((" in row["interleaved"].replace(")(", "(("):
            decoded = INTERLEAVED.decode(row["interleaved"])
            assert decoded.problems
            found.append(split(decoded.segmentation) == split(row["segmentation"]))
    assert len(found) > 10
    assert sum(found) > 0.8 * len(found)
