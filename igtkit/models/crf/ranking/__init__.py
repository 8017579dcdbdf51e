"""The ranking of candidates: a conditional random field over the words of a sentence.

`features` and `contexts` describe candidates and words, `problem` puts a sentence together,
`batch` numbers the features of a few sentences, `ranker` holds and learns the weights, and `chain`
does the sums over a sentence.
"""

__all__: tuple[str, ...] = ()
