"""The common part of glossers that put prompts to a neural model.

`glosser` turns texts into prompts, `decoding` asks for the answers, and `reading` turns them into
predictions. `backend` says what a model must be able to do, `tokenizer` turns text into ids and
back, `confidence` gives words their probabilities, and `windows` cuts long texts. `saving` and
`settings` keep what was learned, and what it was asked.
"""

__all__: tuple[str, ...] = ()
