"""Files of any length, each of one piece that is in it again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

__all__ = ["FILES", "many"]


def many(before: str, piece: str, after: str = "") -> Callable[[int], str]:
    """A text with a piece in it many times; ``{}`` in the piece is its number."""
    if "{}" not in piece:
        return lambda size: before + piece * size + after
    return lambda size: before + "".join(piece.replace("{}", str(n)) for n in range(size)) + after


FLEX = (
    "<document><interlinear-text><paragraphs><paragraph><phrases>",
    "</phrases></paragraph></paragraphs></interlinear-text></document>",
)
PHRASE = ("<phrase><words>", "</words></phrase>")
WORD = (
    '<word><item type="txt" lang="x">ab</item><morphemes>',
    '</morphemes><item type="gls" lang="en">b</item></word>',
)
MORPH = '<morph type="suffix"><item type="txt" lang="x">-a</item><item type="gls" lang="en">b</item></morph>'
EAF = ("<ANNOTATION_DOCUMENT><TIME_ORDER>", "</TIME_ORDER>", "</ANNOTATION_DOCUMENT>")
SLOTS = '<TIME_SLOT TIME_SLOT_ID="s{}" TIME_VALUE="{}"/>'
ALIGNED = (
    '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="%s{}" TIME_SLOT_REF1="s{}" '
    'TIME_SLOT_REF2="s{}"><ANNOTATION_VALUE>ev-ler de</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>'
    "</ANNOTATION>"
)
TYPES = (
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="d"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="w" CONSTRAINTS="Symbolic_Subdivision"/>'
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="a" CONSTRAINTS="Symbolic_Association"/>'
)


def _eaf(slots: str, tiers: str) -> str:
    return EAF[0] + slots + EAF[1] + tiers + TYPES + EAF[2]


def _pieces(piece: str, size: int, first: int = 0) -> str:
    return "".join(piece.replace("{}", str(n)) for n in range(first, first + size))


def eaf_sentences(size: int) -> str:
    rows = "".join(
        (ALIGNED % "a")
        .replace("{}", str(n), 1)
        .replace("{}", str(n), 1)
        .replace("{}", str(n + 1), 1)
        for n in range(size)
    )
    return _eaf(
        _pieces(SLOTS, size + 1), f'<TIER TIER_ID="tx" LINGUISTIC_TYPE_REF="d">{rows}</TIER>'
    )


REFERRING = (
    '<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="%s{}" ANNOTATION_REF="%s"><ANNOTATION_VALUE>a'
    "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
)
ONE = (
    '<TIER TIER_ID="tx" LINGUISTIC_TYPE_REF="d"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a0"'
    ' TIME_SLOT_REF1="s0" TIME_SLOT_REF2="s1"><ANNOTATION_VALUE>ev</ANNOTATION_VALUE>'
    "</ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
)


def eaf_words(size: int) -> str:
    words = _pieces(REFERRING % ("w", "a0"), size)
    glosses = "".join((REFERRING % ("g", f"w{n}")).replace("{}", str(n)) for n in range(size))
    return _eaf(
        _pieces(SLOTS, 2),
        ONE
        + f'<TIER TIER_ID="mb" PARENT_REF="tx" LINGUISTIC_TYPE_REF="w">{words}</TIER>'
        + f'<TIER TIER_ID="ge" PARENT_REF="mb" LINGUISTIC_TYPE_REF="a">{glosses}</TIER>',
    )


def eaf_chain_of_annotations(size: int) -> str:
    rows = "".join((REFERRING % ("a", f"a{n}")).replace("{}", str(n + 1)) for n in range(size))
    return _eaf(
        _pieces(SLOTS, 2),
        ONE + f'<TIER TIER_ID="mb" PARENT_REF="tx" LINGUISTIC_TYPE_REF="w">{rows}</TIER>',
    )


def eaf_chain_backwards(size: int) -> str:
    rows = "".join((REFERRING % ("a", f"a{n + 1}")).replace("{}", str(n)) for n in range(1, size))
    return _eaf(
        _pieces(SLOTS, 2),
        ONE + f'<TIER TIER_ID="mb" PARENT_REF="tx" LINGUISTIC_TYPE_REF="w">{rows}</TIER>',
    )


def eaf_chain_of_tiers(size: int) -> str:
    tiers = "".join(
        f'<TIER TIER_ID="t{n + 1}" PARENT_REF="{f"t{n}" if n else "tx"}" LINGUISTIC_TYPE_REF="a">'
        + (REFERRING % ("a", f"a{n}")).replace("{}", str(n + 1))
        + "</TIER>"
        for n in range(size)
    )
    return _eaf(_pieces(SLOTS, 2), ONE + tiers)


def eaf_many_tiers(name: str, parent: str, size: int) -> str:
    tiers = "".join(
        f'<TIER TIER_ID="{name.replace("{}", str(n))}" {parent} LINGUISTIC_TYPE_REF="a">'
        + (REFERRING % ("b", "a0")).replace("{}", str(n))
        + "</TIER>"
        for n in range(size)
    )
    return _eaf(_pieces(SLOTS, 2), ONE + tiers)


def eaf_suggestions(size: int) -> str:
    """Suggestions of ever more systems for one sentence."""
    return _eaf(
        _pieces(SLOTS, 2),
        ONE
        + "".join(
            f'<TIER TIER_ID="igtkit-{line}-{n + 1}" PARENT_REF="tx" LINGUISTIC_TYPE_REF="a">'
            + (REFERRING % (line, "a0")).replace("{}", str(n))
            + "</TIER>"
            for n in range(size)
            for line in ("segmentation", "glosses", "status")
        ),
    )


def eaf_speakers(size: int) -> str:
    tiers = "".join(
        ONE.replace('"tx"', f'"tx@S{n}"').replace('"a0"', f'"a{n}"') for n in range(size)
    )
    return _eaf(_pieces(SLOTS, 2), tiers)


def eaf_slots_without_time(size: int) -> str:
    slots = _pieces('<TIME_SLOT TIME_SLOT_ID="s{}"/>', size)
    slots = slots.replace("/>", ' TIME_VALUE="0"/>', 1)
    rows = "".join(
        (ALIGNED % "a")
        .replace("{}", str(n), 1)
        .replace("{}", str(n), 1)
        .replace("{}", str(n + 1), 1)
        for n in range(size - 1)
    )
    return _eaf(slots, f'<TIER TIER_ID="tx" LINGUISTIC_TYPE_REF="d">{rows}</TIER>')


def eaf_slots_that_meet(size: int) -> str:
    slots = _pieces('<TIME_SLOT TIME_SLOT_ID="s{}" TIME_VALUE="0"/>', size)
    slots += _pieces('<TIME_SLOT TIME_SLOT_ID="u{}"/>', size)
    rows = "".join(
        (ALIGNED % "a").replace("{}", str(n), 1).replace("s{}", f"s{n}", 1).replace("s{}", "u0", 1)
        for n in range(size)
    )
    rows += "".join(
        (ALIGNED % "b")
        .replace("{}", str(n), 1)
        .replace("s{}", f"u{n}", 1)
        .replace("s{}", f"u{n + 1}")
        for n in range(size - 1)
    )
    return _eaf(slots, f'<TIER TIER_ID="tx" LINGUISTIC_TYPE_REF="d">{rows}</TIER>')


def textgrid(size: int, *, tiers: int = 1) -> str:
    head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    head += f"xmin = 0\nxmax = {size}\ntiers? <exists>\nsize = {tiers}\nitem []:\n"
    parts = []
    for tier in range(1, tiers + 1):
        parts.append(
            f'    item [{tier}]:\n        class = "IntervalTier"\n        name = "t{tier}"\n'
            f"        xmin = 0\n        xmax = {size}\n        intervals: size = {size}\n"
        )
        parts += [
            f"        intervals [{n + 1}]:\n            xmin = {n}\n            xmax = {n + 1}\n"
            f'            text = "ev-ler de"\n'
            for n in range(size)
        ]
    return head + "".join(parts)


XIGT = ('<xigt-corpus><igt id="i">', "</igt></xigt-corpus>")


def xigt_words(size: int) -> str:
    text = "ab " * size
    words = "".join(
        f'<item id="w{n}" segmentation="p0[{3 * n}:{3 * n + 2}]"/>' for n in range(size)
    )
    morphs = "".join(f'<item id="m{n}" segmentation="w{n}[0:2]"/>' for n in range(size))
    glosses = "".join(f'<item id="g{n}" alignment="m{n}">x</item>' for n in range(size))
    return (
        XIGT[0]
        + f'<tier id="p" type="phrases"><item id="p0">{text}</item></tier>'
        + f'<tier id="w" type="words" segmentation="p">{words}</tier>'
        + f'<tier id="m" type="morphemes" segmentation="w">{morphs}</tier>'
        + f'<tier id="g" type="glosses" alignment="m">{glosses}</tier>'
        + XIGT[1]
    )


def xigt_one_word(size: int) -> str:
    morphs = "".join(f'<item id="m{n}" segmentation="w0[{n}:{n + 1}]"/>' for n in range(size))
    glosses = "".join(f'<item id="g{n}" alignment="m{n}">x</item>' for n in range(size))
    return (
        XIGT[0]
        + f'<tier id="w" type="words"><item id="w0">{"a" * size}</item></tier>'
        + f'<tier id="m" type="morphemes" segmentation="w">{morphs}</tier>'
        + f'<tier id="g" type="glosses" alignment="m">{glosses}</tier>'
        + XIGT[1]
    )


COLUMNS = "\tev" + "\t_" * 7 + "\tMSeg=e-v|MGloss=h-PL\n"
XIGT_TEXT = '<tier id="p" type="phrases"><item id="a1">abc de</item></tier>'
ODIN = '<tier id="n" type="odin" state="normalized">'
FILES: dict[str, tuple[str, Callable[[int], str]]] = {
    "jsonl: entries": ("jsonl", many("", '{"transcription": "ev-ler de", "id": "{}"}\n')),
    "jsonl: words": ("jsonl", many('{"transcription": "', "ev ", '"}\n')),
    "jsonl: keys": ("jsonl", many('{"a": "b"', ', "k{}": 1', "}\n")),
    "jsonl: refused": ("jsonl", many("", "{\n")),
    "csv: rows": ("csv", many("transcription,glosses\n", '"ev, de",x\n')),
    "csv: columns": ("csv", many("transcription", ",c{}", "\nx\n")),
    "csv: a long cell": ("csv", many('transcription\n"', 'ev ""de"" \n', '"\n')),
    "csv: halves of one id": (
        "csv",
        many("id,transcription,is_segmented\n", "1,ev-{},yes\n"),
    ),
    "csv: refused": ("csv", many("transcription,glosses\n", "x\n")),
    "sigmorphon: entries": ("sigmorphon", many("", "\\t ev\n\\m ev-ler\n\\g house-PL\n\n")),
    "sigmorphon: words": ("sigmorphon", many("\\t ", "ev ")),
    "sigmorphon: lines": ("sigmorphon", many("", "\\t ev\n")),
    "text: entries": ("text", many("", "ev-ler\nhouse-PL\n'x'\n\n")),
    "text: words": ("text", many("ev\n", "ev-ler ")),
    "text: lines": ("text", many("", "ev-ler\n")),
    "text: quotes": ("text", many("ev-ler\nhouse-PL\n'", "a' '")),
    "text: brackets": ("text", many("ev-ler\nhouse-PL\n'x' ", "(")),
    "text: labels": ("text", many("", "(1) ", "\nev-ler\nhouse-PL\n'x'\n")),
    "text: alternating": ("text", many("", "ev-ler\nhouse-PL\n", "'x'")),
    "text: translations": ("text", many("ev-ler\nhouse-PL\n", "‘x’\n")),
    "text: open quotes": ("text", many("ev-ler\nhouse-PL\n", "‘x\n")),
    "text: remarks": ("text", many("ev-ler\nhouse-PL\n‘x’ ", "Lit. ‘y’ ")),
    "text: mail": ("text", many("", "> ev-ler\n> house-PL\n>\n")),
    "linggym: \\gll on a line": ("linggym", many("", "\\gll ", "a\n\\gls b\n")),
    "linggym: lines": ("linggym", many("\\gll a\n", "b\n", "\\gls c\n")),
    "linggym: a long cell": ("linggym", many("\\gll ", "ev", "\n\\gls c\n")),
    "linggym: entries": ("linggym", many("", "(1) ev-ler\n house-PL\n 'x'\n\n")),
    "linggym: \\gll": ("linggym", many("", "\\gll a b\\\\\n c d\\\\\n")),
    "toolbox: records": (
        "toolbox",
        many("", "\\ref {}\n\\tx evler de\n\\mb ev -ler de\n\\ge house -PL LOC\n\\ft x\n\n"),
    ),
    "toolbox: lines": ("toolbox", many("\\ref 1\n", "\\tx evler\n\\mb ev -ler\n\\ge house -PL\n")),
    "toolbox: continued": ("toolbox", many("\\ref 1\n\\tx ev\n", "evler\n")),
    "toolbox: words": (
        "toolbox",
        lambda n: (
            "\\ref 1\n\\tx " + "ev " * n + "\n\\mb " + "ev " * n + "\n\\ge " + "ho " * n + "\n"
        ),
    ),
    "toolbox: markers": ("toolbox", many("\\ref 1\n", "\\m{} x\n")),
    "flextext: phrases": (
        "flextext",
        many(FLEX[0], PHRASE[0] + WORD[0] + MORPH + WORD[1] + PHRASE[1], FLEX[1]),
    ),
    "flextext: words": (
        "flextext",
        many(FLEX[0] + PHRASE[0], WORD[0] + MORPH + WORD[1], PHRASE[1] + FLEX[1]),
    ),
    "flextext: morphs": (
        "flextext",
        many(FLEX[0] + PHRASE[0] + WORD[0], MORPH, WORD[1] + PHRASE[1] + FLEX[1]),
    ),
    "flextext: texts": (
        "flextext",
        many(
            "<document>",
            FLEX[0].removeprefix("<document>")
            + PHRASE[0]
            + WORD[0]
            + WORD[1]
            + PHRASE[1]
            + FLEX[1].removesuffix("</document>"),
            "</document>",
        ),
    ),
    "flextext: items": (
        "flextext",
        many(
            FLEX[0] + PHRASE[0],
            '<word><item type="txt" lang="l{}">a</item></word>',
            PHRASE[1] + FLEX[1],
        ),
    ),
    "flextext: unknown": ("flextext", many(FLEX[0], "<x/>", FLEX[1])),
    "flextext: texts after others": (
        "flextext",
        lambda n: f"<document>{'<x/>' * n}{'<interlinear-text/>' * n}</document>",
    ),
    "flextext: paragraphs": (
        "flextext",
        lambda n: (
            "<document><interlinear-text><paragraphs>"
            + "<x/>" * n
            + "<paragraph/>" * n
            + "</paragraphs></interlinear-text></document>"
        ),
    ),
    "flextext: runs of an item": (
        "flextext",
        many(
            FLEX[0] + '<phrase><item type="txt" lang="x">',
            "<run>a</run>",
            "</item></phrase>" + FLEX[1],
        ),
    ),
    "eaf: sentences": ("eaf", eaf_sentences),
    "eaf: words": ("eaf", eaf_words),
    "eaf: a chain of annotations": ("eaf", eaf_chain_of_annotations),
    "eaf: a chain, the last first": ("eaf", eaf_chain_backwards),
    "eaf: a chain of tiers": ("eaf", eaf_chain_of_tiers),
    "eaf: tiers of a sentence": ("eaf", partial(eaf_many_tiers, "t{}", 'PARENT_REF="tx"')),
    "eaf: tiers of glosses": ("eaf", partial(eaf_many_tiers, "ge{}", 'PARENT_REF="tx"')),
    "eaf: tiers by themselves": ("eaf", partial(eaf_many_tiers, "t{}", "")),
    "eaf: tiers without parent": ("eaf", partial(eaf_many_tiers, "t{}", 'PARENT_REF="no"')),
    "eaf: suggestions": ("eaf", eaf_suggestions),
    "eaf: speakers": ("eaf", eaf_speakers),
    "eaf: slots without time": ("eaf", eaf_slots_without_time),
    "eaf: slots that meet": ("eaf", eaf_slots_that_meet),
    "textgrid: intervals": ("textgrid", textgrid),
    "textgrid: tiers": ("textgrid", lambda n: textgrid(1, tiers=n)),
    "textgrid: a number": ("textgrid", many('"ooTextFile" "TextGrid" ', "1", "x 1")),
    "conllu: words": ("conllu", lambda n: "".join(f"{k}{COLUMNS}" for k in range(1, n + 1))),
    "conllu: spaces of a comment": ("conllu", many("#", " ", f"x\n1{COLUMNS}")),
    "scription: utterances": (
        "scription",
        many("---\ntitle: x\n---\n\n", "ev-ler\nhouse-PL\nx\n\n"),
    ),
    "pangloss: words": (
        "pangloss",
        many(
            "<TEXT><S>",
            '<W><M><FORM>ev</FORM><TRANSL xml:lang="en">x</TRANSL></M></W>',
            "</S></TEXT>",
        ),
    ),
    "pangloss: kinds": (
        "pangloss",
        many("<TEXT><S>", '<W><M><FORM kindOf="k{}">ev</FORM></M></W>', "</S></TEXT>"),
    ),
    "xigt: words": ("xigt", xigt_words),
    "xigt: a word": ("xigt", xigt_one_word),
    "xigt: examples": (
        "xigt",
        many("<xigt-corpus>", f'<igt id="i{{}}">{XIGT_TEXT}</igt>', "</xigt-corpus>"),
    ),
    "xigt: pieces": (
        "xigt",
        many(
            XIGT[0] + XIGT_TEXT + '<tier id="w" type="words"><item id="w1" content="',
            "a1[0:1],",
            '"/></tier>' + XIGT[1],
        ),
    ),
    "xigt: spans": (
        "xigt",
        many(
            XIGT[0] + XIGT_TEXT + '<tier id="w" type="words"><item id="w1" content="a1[',
            "0:1+",
            '0:1]"/></tier>' + XIGT[1],
        ),
    ),
    "xigt: a run": (
        "xigt",
        many(
            XIGT[0] + XIGT_TEXT + '<tier id="w" type="words"><item id="w1" content="a1',
            "+ ",
            '"/></tier>' + XIGT[1],
        ),
    ),
    "xigt: tiers": (
        "xigt",
        many(
            XIGT[0] + XIGT_TEXT,
            '<tier id="g{}" type="glosses"><item id="g{}" alignment="a1">x</item></tier>',
            XIGT[1],
        ),
    ),
    "xigt: tagged lines": (
        "xigt",
        many(XIGT[0] + ODIN, '<item id="n{}" tag="L">ev-ler de</item>', "</tier>" + XIGT[1]),
    ),
    "latex: examples": (
        "latex",
        many("", "\\begin{exe}\\ex\\gll ev-ler de\\\\\n house-PL x\\\\\n\\trans `x'\\end{exe}\n\n"),
    ),
    "latex: words": (
        "latex",
        lambda n: (
            "\\begin{exe}\\ex\\gll " + "ev " * n + "\\\\\n" + "ho " * n + "\\\\\n\\end{exe}\n"
        ),
    ),
    "latex: a long cell": (
        "latex",
        lambda n: (
            "\\begin{exe}\\ex\\gll {" + "ev " * n + "}\\\\\n{" + "ho " * n + "}\\\\\n\\end{exe}\n"
        ),
    ),
    "latex: braces": ("latex", many("\\begin{exe}\\ex\\gll a\\\\\n", "{", "b\\\\\n\\end{exe}\n")),
    "latex: \\let": ("latex", many("", "\\let\\a{}\\b\n", "\\ex\\gll a\\\\\nb\\\\\n")),
    "latex: \\newcommand": (
        "latex",
        many("", "\\newcommand{\\za}[1]{#1}\n", "\\ex\\gll a\\\\\nb\\\\\n"),
    ),
    "latex: comment": ("latex", many("", "\\begin{comment}\n", "\\ex\\gll a\\\\\nb\\\\\n")),
    "latex: comments": (
        "latex",
        many("", "\\begin{comment}a\\end{comment}\n", "\\ex\\gll a\\\\\nb\\\\\n"),
    ),
    "latex: conditions": ("latex", many("", "\\iffalse x\n", "\\ex\\gll a\\\\\nb\\\\\n")),
    "latex: cells": ("latex", many("\\ex\\gll ", "{a}\\textit{b}", "\\\\\nb\\\\\n")),
    "latex: head": ("latex", many("\\ex ", "{x ", "\\gll a\\\\\nb\\\\\n")),
    "latex: items": ("latex", many("\\ex. x ", "\\item a ", "\\gll a\\\\\nb\\\\\n")),
    "latex: lists": ("latex", many("", "\\ea \\gll a\\\\\nb\\\\\n")),
    "latex: quotes": ("latex", many("\\ex\\gll a\\\\\nb\\\\\n\\glt ‘", "a’ (b ")),
    "latex: \\textipa": ("latex", many("\\ex\\gll \\textipa{", "S\\:t", "}\\\\\nb\\\\\n")),
    "latex: text": ("latex", many("", "Some words in \\emph{a} paper, and % a comment\n")),
    "latex: \\gll": ("latex", many("\\begin{exe}\\ex ", "\\gll a\\\\\n b\\\\\n", "\\end{exe}\n")),
}
"""For each pattern the format, and the text of a file."""
