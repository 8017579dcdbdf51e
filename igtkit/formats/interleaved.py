"""The interleaved format: each gloss followed by its form in parentheses."""

from __future__ import annotations

from igtkit.boundaries import is_word, split_words
from igtkit.formats import problems, templates
from igtkit.formats.base import JointFormat
from igtkit.formats.codec import read_line, write_line
from igtkit.formats.example import Example, Layout
from igtkit.formats.lines import Punctuation, lay_out, put_back, restore, without_label
from igtkit.formats.sources import Source, text_of
from igtkit.igt import IGT, Prediction

__all__ = ["Interleaved"]


class Interleaved(JointFormat):
    r"""One line that holds both, ``house(ev)-LOC(de)``: aligned however it is read.

    The target is the published one wherever no gloss or form holds a parenthesis or a backslash
    (those are escaped, see `igtkit.formats.codec`). Read back, it gives in three degrees:

    1. ``decode(target)``: every word, morpheme and gloss, joined as in the gloss line;
    2. ``decode(target, source=text)``: also the punctuation of the text, where the text has it;
    3. ``decode(target, source=example)``: both lines exactly, white space collapsed. The layout it
       takes is that of the gold lines, so to score a model give it the text, not the example.

    Example:
        >>> igt = IGT("Evde , okulda .", "ev=de , okul-da .", "house-LOC , school(N)-LOC .")
        >>> example = Interleaved().encode(igt)
        >>> print(example.target)
        house(ev)-LOC(de) school\(N\)(okul)-LOC(da)
        >>> Interleaved().decode(example.target).segmentation
        'ev-de okul-da'
        >>> Interleaved().decode(example.target, source="Evde , okulda .").segmentation
        'ev-de , okul-da .'
        >>> Interleaved().decode(example.target, source=example).segmentation
        'ev=de , okul-da .'
    """

    name = "interleaved"
    prompts = {  # noqa: RUF012 -- typed as a Mapping where it is declared
        "t2sg": templates.INTERLEAVED,
        "t2g": templates.GLOSSES,
        "s2g": templates.GLOSSES,
    }

    def joint_target(self, igt: IGT) -> tuple[str, Layout]:
        """The target for a text that has both lines; see `JointFormat.joint_target`."""
        tokens, layout = lay_out(igt)
        return write_line(tokens), layout

    def decode_joint(
        self, output: str, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        """Return the prediction that an answer holds; see `JointFormat.decode_joint`."""
        answer, found = without_label(output)
        tokens, wrong = read_line(answer)
        found += wrong
        if "\n" in answer.strip():
            found.append(problems.MORE_LINES)
        layout = source.layout if isinstance(source, Example) else None
        lines = restore(tokens, layout) if layout else None
        if layout and lines is None:
            found.append(problems.LAYOUT)
        if lines is None:
            text = text_of(source)
            if not tokens and not found and not _is_wordless(text):
                found.append(problems.EMPTY)
            lines, guessed = put_back(tokens, text, punctuation)
            if guessed:
                found.append(problems.WORD_COUNT)
        return Prediction(*lines, tuple(found))


def _is_wordless(text: str) -> bool:
    """Whether a text is punctuation only, without a word to gloss."""
    tokens = split_words(text)
    return bool(tokens) and not any(map(is_word, tokens))
