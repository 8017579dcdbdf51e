"""Candidate analyses of a word: the morphemes that are known, and the paths through them.

`align` cuts a word as its analysis says. `lexicon` counts what was learned: its morphemes, the
`classes` that follow each other, `rewrites` of forms on the surface, `skeletons` of spelling
variants and `stem_letters`; `numbers` number them. `spans` tells what fits in a word, `lattice`
finds the best paths through that, and `table` keeps the candidates of every word.
"""

__all__: tuple[str, ...] = ()
