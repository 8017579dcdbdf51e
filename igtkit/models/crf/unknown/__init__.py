"""Glosses of stems never seen: words of the translation, ranked.

`knowledge` says what is known of a place and of the words of its translation, `rules` makes
glosses of words, and `stems` ranks them.

A gloss that is not known has two names inside the glosser, both below. In a prediction, both become
`igtkit.boundaries.UNKNOWN`.
"""

__all__ = ["OTHER_GLOSS", "UNKNOWN_GLOSS"]

UNKNOWN_GLOSS = "?"
"""The gloss of an unknown stem while the analyses of its word are ranked."""

OTHER_GLOSS = "\0"
"""In a hypothesis: any gloss that is none of the options of its unknown stem."""
