"""A second opinion on the candidates: a small network over clues with a value.

`precedents` asks how a word was analyzed in sentences like this one, `morphotactics` which
morphemes go together, `letters` beside which letters words are cut, `new_stems` where other words
go apart, `bayes` what the words of the translation say of labels; `clues` puts these and the
ranker's own values into a table, `network` learns to choose from it, and `second` says how much the
choice counts beside the ranker's.
"""

__all__: tuple[str, ...] = ()
