"""Glosses of stems never seen: words of the translation, ranked.

`knowledge` says what is known of a place and of the words of its translation, `rules` makes
glosses of words, and `stems` ranks them.
"""

__all__: tuple[str, ...] = ()
