"""Draw the pictures of the concept pages: ``python docs/images/draw.py`` writes them anew."""

from __future__ import annotations

from drawing import Drawing, write


def data_model() -> Drawing:
    """An IGT, its words, the morphemes of one of them."""
    drawing = Drawing(452)
    drawing.box(4, 4, 552, 152)
    drawing.text(16, 26, "IGT", "bold one", "start")
    drawing.text(548, 26, "four lines, kept exactly as given", "soft", "end")
    rows = (
        ("transcription", ("Evlerde", "kim", "var?")),
        ("segmentation", ("ev-ler-de", "kim", "var ?")),
        ("glosses", ("house-PL-LOC", "who", "exist ?")),
    )
    for row, (name, cells) in enumerate(rows):
        drawing.text(16, 54 + 26 * row, name, "soft", "start")
        for x, cell in zip((150, 310, 420), cells, strict=True):
            drawing.text(x, 54 + 26 * row, cell, "code", "start")
    drawing.text(16, 132, "translation", "soft", "start")
    drawing.text(150, 132, "Who is in the houses?", "", "start")
    drawing.arrow(106, 160, 186)
    drawing.text(120, 179, ".words", "code one", "start")
    drawing.text(548, 179, "derived: tokens that pair up", "soft", "end")
    words = (
        (4, 204, "ev-ler-de", "house-PL-LOC", "Evlerde"),
        (214, 108, "kim", "who", "kim"),
        (328, 116, "var", "exist", "var?"),
        (450, 106, "?", "?", "None"),
    )
    for x, width, form, gloss, surface in words:
        middle = x + width / 2
        drawing.box(x, 192, width, 104)
        drawing.text(middle, 214, "Word", "bold one")
        drawing.text(middle, 238, form, "code")
        drawing.text(middle, 260, gloss, "code")
        drawing.text(middle, 284, surface, "soft" if surface != "None" else "code soft")
    drawing.arrow(106, 300, 326)
    drawing.text(120, 319, ".morphemes", "code one", "start")
    drawing.text(548, 319, "form, gloss and the mark before", "soft", "end")
    for x, form, gloss, boundary in (
        (4, "ev", "house", "''"),
        (194, "ler", "PL", "'-'"),
        (384, "de", "LOC", "'-'"),
    ):
        drawing.box(x, 332, 172, 114)
        drawing.text(x + 86, 354, "Morpheme", "bold one")
        for row, (name, value) in enumerate(
            (("form", form), ("gloss", gloss), ("boundary", boundary))
        ):
            drawing.text(x + 90, 380 + 26 * row, name, "soft", "end")
            drawing.text(x + 102, 380 + 26 * row, value, "code", "start")
    return drawing


def boundaries() -> Drawing:
    """The four marks, each in a word and its gloss."""
    drawing = Drawing(330)
    rows = (
        ("-", "affix", "ev|-|ler|-|de", "house|-|PL|-|LOC", "always"),
        ("=", "clitic", "gel|=|mi", "come|=|Q", "always"),
        ("~", "reduplication", "bi|~|bili", "IPFV|~|buy", "LEIPZIG"),
        ("<>", "infix", "b|<|um|>|ili", "|<|ACTFOC|>|buy", "LEIPZIG"),
    )
    for row, (mark, name, form, gloss, known) in enumerate(rows):
        y = 4 + 82 * row
        drawing.box(4, y, 552, 72)
        drawing.text(44, y + 45, mark, "code two bold")
        drawing.text(84, y + 32, name, "bold", "start")
        drawing.text(84, y + 55, f"separated: {known}", "soft", "start")
        kinds = "|".join("code two bold" if place % 2 else "code" for place in range(5))
        for text, at in ((form, y + 32), (gloss, y + 55)):
            pieces = text.count("|") + 1
            drawing.text(330, at, text, "|".join(kinds.split("|")[:pieces]), "start")
    return drawing


def levels() -> Drawing:
    """The steps of conformance, each with a word that stands on it."""
    drawing = Drawing(410)
    steps = (
        ("FULL", "each gloss can be taken apart", "that.DAT.SG"),
        ("BOUNDARIES", "the same marks in both lines", "that..SG"),
        ("MORPHEMES", "each morpheme has its gloss", "n=an · CONN-him"),
        ("WORDS", "each word has its gloss", "ape-da-ni · that-SG"),
        ("UNALIGNED", "words and glosses do not pair up", "n=an apedani · CONN=him"),
    )
    for row, (name, holds, example) in enumerate(steps):
        x, y = 4 + 40 * (4 - row), 4 + 80 * row
        drawing.box(x, y, 556 - x, 70)
        drawing.text(x + 14, y + 27, str(4 - row), "code two bold", "start")
        drawing.text(x + 36, y + 27, name, "bold", "start")
        drawing.text(544, y + 27, example, "code one", "end")
        drawing.text(x + 36, y + 53, holds, "soft", "start")
    return drawing


def way() -> Drawing:
    """From a file to figures and back to a file."""
    stages = (
        ("read", "files of FLEx, ELAN, Toolbox, ...", "igtkit.read", "Corpus of IGT"),
        ("normalize", "punctuation apart from words", "igtkit.normalize", "IGT"),
        ("check", "do words and morphemes pair up?", "igtkit.check", "Issue"),
        ("encode", "one prompt and target per task", "igtkit.formats", "Example"),
        ("gloss", "a model answers, in text", "igtkit.models", "str"),
        ("decode", "text to words, whatever it is", "igtkit.formats", "Prediction"),
        ("score", "against references", "igtkit.metrics", "Report"),
        ("write", "to the annotator's own program", "igtkit.write", "files"),
    )
    drawing = Drawing(92 * len(stages) - 18)
    for row, (name, what, where, gives) in enumerate(stages):
        y = 4 + 92 * row
        drawing.box(4, y, 552, 64)
        drawing.text(18, y + 27, name, "bold one", "start")
        drawing.text(18, y + 50, what, "soft", "start")
        drawing.text(542, y + 27, where, "code", "end")
        drawing.text(542, y + 50, f"gives {gives}", "soft", "end")
        if row < len(stages) - 1:
            drawing.arrow(280, y + 66, y + 90)
    return drawing


def morpheme_errors() -> Drawing:
    """Gold and predicted sequence of one sentence, one over the other."""
    drawing = Drawing(206, 400)
    gold = ("cat", "[SEP]", "3PL", "PRS", "sleep")
    predicted = ("cat", "[SEP]", "3PL", "PST", "sleep")
    drawing.text(4, 16, "gold", "soft", "start")
    drawing.text(4, 154, "predicted", "soft", "start")
    for place, (above, below) in enumerate(zip(gold, predicted, strict=True)):
        x = 4 + 79 * place
        drawing.box(x, 26, 74, 40)
        drawing.box(x, 94, 74, 40)
        wrong = above != below
        drawing.text(x + 37, 52, above, "code")
        drawing.text(x + 37, 120, below, "code two bold" if wrong else "code")
        drawing.line(x + 37, 68, x + 37, 92, kind="mark" if wrong else "line")
    drawing.text(4, 192, "1 symbol to change, 5 in the gold:", "soft", "start")
    drawing.text(396, 192, "1 / 5 = 0.2", "bold", "end")
    return drawing


def skeletons() -> Drawing:
    """What the alignment score compares."""
    drawing = Drawing(196)
    drawing.text(4, 30, "segmentation", "soft", "start")
    drawing.text(130, 30, "the cat-s ru-n", "code", "start")
    drawing.text(4, 58, "glosses", "soft", "start")
    drawing.text(130, 58, "DET cat-PL run.SG", "code", "start")
    drawing.text(4, 92, "each run of characters becomes x", "soft", "start")
    for row, text in enumerate(("x␣x-x␣x-x", "x␣x-x␣x")):
        for place, character in enumerate(text):
            x, y = 130 + 38 * place, 104 + 42 * row
            drawing.box(x, y, 34, 36)
            surplus = row == 0 and place >= 7
            drawing.text(x + 17, y + 24, character, "code two bold" if surplus else "code")
    drawing.text(4, 128, "9 symbols", "soft", "start")
    drawing.text(4, 170, "7 symbols", "soft", "start")
    drawing.text(404, 170, "1 - 2 / 9 = 0.78", "bold", "start")
    return drawing


DRAWINGS = {
    "boundaries": boundaries,
    "data-model": data_model,
    "leipzig-levels": levels,
    "morpheme-errors": morpheme_errors,
    "skeletons": skeletons,
    "way": way,
}


if __name__ == "__main__":
    write(DRAWINGS)
