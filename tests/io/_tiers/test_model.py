"""Tiers and annotations: who speaks, what hangs on what, and what overlaps."""

from __future__ import annotations

from documents.tiers import tier
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._tiers.model import Annotation, Forest, overlapping


def test_the_chain_of_a_tier_ends_at_its_root():
    root = tier("tx@A")
    words = tier("word", parent=root)
    parts = tier("morph", "ev", " ", parent=words, speaker="Ana")
    assert [one.name for one in parts.chain()] == ["morph", "word", "tx@A"]
    assert parts.root is words.root is root.root is root
    assert (parts.speaker, words.speaker, root.speaker) == ("Ana", None, "A")
    assert parts.texts() == ["ev"]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 8)), max_size=8),
    st.lists(st.integers(1, 6), max_size=6),
)
def test_overlap_against_a_slow_oracle(pieces, lengths):
    wholes, at = [], 0
    for length in lengths:
        wholes.append(Annotation("", "", float(at), float(at + length)))
        at += length
    spans = [Annotation("", "", float(begin), float(begin + long)) for begin, long in pieces]
    for piece, found in zip(spans, overlapping(spans, wholes), strict=True):
        shares = [min(piece.end, one.end) - max(piece.begin, one.begin) for one in wholes]
        if piece.begin == piece.end:
            touching = [n for n, share in enumerate(shares) if share >= 0]
            assert (found in touching) if touching else found is None
        elif not shares or max(shares) <= 0:
            assert found is None
        elif piece.end - piece.begin <= min(lengths):
            assert shares[found] == max(shares)


def test_nothing_is_hung_on_itself():
    forest = Forest()
    a, b, c, d = nodes = [object() for _ in range(4)]
    assert forest.hang(a, b)
    assert forest.hang(b, c)
    assert not forest.hang(c, a)
    assert not forest.hang(d, d)
    assert forest.hang(c, d)
    assert not forest.hang(d, a)
    assert len(nodes) == 4
