"""The common part of glossers that put prompts to a neural model.

`glosser` turns texts into prompts and answers into predictions, `decoding` asks for the answers,
`backend` says what a model must be able to do, `tokenizer` turns text into ids and back,
`confidence` gives words their probabilities, and `windows` cuts long texts.
"""

__all__: tuple[str, ...] = ()
