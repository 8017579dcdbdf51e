"""Bombs in Toolbox, LaTeX, plain text, JSON and Praat."""

from __future__ import annotations

from fuzz.bomb import SIZE, Files

__all__ = ["BOMBS"]


def fields_above_many_records() -> Files:
    above, records = SIZE // 2 // 5, SIZE // 2 // 11
    return {"a.txt": b"\\_sh v3.0\n\\id a\n" + b"\\x a\n" * above + b"\\ref\n\\tx a\n" * records}


def recordings_of_many_records() -> Files:
    recordings = b"\\ELANMediaURL a\n" * (SIZE // 2 // 16)
    return {"a.txt": b"\\ref\n\\tx a\n" * (SIZE // 2 // 11) + recordings}


def recording_with_spaces() -> Files:
    return {"a.txt": b"\\ref\n\\tx a\n\\mb a\n\\ELANMediaURL a" + b" " * SIZE + b"b\n"}


def header_of_many_utterances() -> Files:
    above = b"".join(b"k%d: a\n" % n for n in range(SIZE // 20))
    head = b"---\ntitle: a\n" + above + b"---\n\n"
    return {"a.txt": head + b"\\txn a\n\\gl b\n\n" * (SIZE // 30)}


def long_macro() -> Files:
    defined = b"\\newcommand{\\x}{" + b"a" * (SIZE // 2) + b"}\n"
    return {"a.tex": defined + b"\\ex\\gll \\x\\\\\nb\\\\\n\n" * (SIZE // 2 // 20)}


def much_above_many_examples() -> Files:
    above = b"\\begin{exe}\\ex " + b"a " * (SIZE // 4) + b"\n\\begin{xlist}"
    examples = b"\\ex\\gll a\\\\\nb\\\\\n\n" * (SIZE // 40)
    return {"a.tex": above + examples + b"\\end{xlist}\\end{exe}"}


def empty_lines() -> Files:
    return {"a": b"\n" * 60_000 + b"a"}


def json_depth() -> Files:
    return {"a.jsonl": b'{"metadata":{"k":' + b"[" * SIZE + b"]" * SIZE + b"}}"}


def json_number() -> Files:
    return {"a.jsonl": b'{"metadata":{"k":' + b"9" * SIZE + b"}}\n"}


def textgrid_count() -> Files:
    head = b'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 1\n'
    head += b"tiers? <exists>\nsize = 999999999\nitem []:\n    item [1]:\n"
    head += b'        class = "IntervalTier"\n        name = "a"\n        xmin = 0\n'
    return {"a.TextGrid": head + b"        xmax = 1\n        intervals: size = 999999999\n"}


def textgrid_number() -> Files:
    return {"a.TextGrid": b'"ooTextFile" "TextGrid" 0 1 ' + b"1" * SIZE + b"x"}


def conllu_spaces() -> Files:
    return {"a.conllu": b"#" + b" " * SIZE + b"a\n1\ta" + b"\t_" * 8 + b"\n\n"}


BOMBS = (
    *(fields_above_many_records, recordings_of_many_records, recording_with_spaces),
    *(header_of_many_utterances, long_macro, much_above_many_examples, empty_lines),
    *(json_depth, json_number, textgrid_count, textgrid_number, conllu_spaces),
)
