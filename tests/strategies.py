"""Interlinear texts for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from igtkit.igt import IGT, Language

LETTERS = "abcdšɬяб'ʔ̠ε.:1P"
MORPHEME = st.text(LETTERS, min_size=1, max_size=4).filter(
    lambda text: any(c.isalnum() for c in text)
)
PUNCTUATION = st.sampled_from([",", ".", "?!", "...", "«", "»", "。", "-", "="])


@st.composite
def aligned_words(draw):
    """``(form, gloss, surface)`` of a word with as many morphemes in form and gloss."""
    count = draw(st.integers(1, 4))
    joiners = draw(st.lists(st.sampled_from("-="), min_size=count - 1, max_size=count - 1))
    forms, glosses = (draw(st.lists(MORPHEME, min_size=count, max_size=count)) for _ in range(2))
    weave = lambda parts: "".join(a + b for a, b in zip(["", *joiners], parts, strict=True))  # noqa: E731
    return weave(forms), weave(glosses), "".join(forms)


@st.composite
def aligned_lines(draw):
    """``(transcription, segmentation, glosses)``: aligned, with punctuation in any of the lines."""
    lines: tuple[list[str], list[str], list[str]] = ([], [], [])
    for _ in range(draw(st.integers(1, 6))):
        for line in lines:
            line.extend(draw(st.lists(PUNCTUATION, max_size=2)))
        for line, token in zip(lines, draw(aligned_words()), strict=True):
            line.append(token)
    for line in lines:
        line.extend(draw(st.lists(PUNCTUATION, max_size=2)))
    space = draw(st.sampled_from([" ", "  ", "\t"]))
    forms, glosses, surface = (space.join(line) for line in lines)
    return surface, forms, glosses


LINE = st.none() | st.lists(st.text(LETTERS + "-=~<>* ()\n\ufffd", max_size=6), max_size=6).map(
    " ".join
)


def texts():
    """Texts with anything on their lines, aligned or not."""
    languages = st.sampled_from([None, Language(name="Tsez"), Language("dido1241", "Tsez", "ddo")])
    names = st.sampled_from([None, "train", "dev", "field"])
    lines = aligned_lines() | st.tuples(LINE, LINE, LINE)
    return st.builds(
        lambda lines, translation, **more: IGT(*lines, translation, **more),
        lines,
        LINE,
        language=languages,
        metalanguage=languages,
        split=names,
        source=names,
    )
