"""From ranked analyses to what a user gets.

`backoff` looks words up where that was better, `prediction` writes the lines and suggestions, and
`evidence` says what a suggestion rests on.
"""

__all__: tuple[str, ...] = ()
