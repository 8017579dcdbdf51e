"""How many words somebody touches at the desk until a text is glossed: ``benchmarks/desk.py``.

    OMP_NUM_THREADS=1 python benchmarks/desk.py [--images docs/images]

Fifty sentences are glossed, three hundred are to do. Every sentence is suggested, corrected, taken
in with `update`, and so on to the end. A word is touched if the suggestion for it is not right in
form and gloss; it is a matter of one digit if the right one is among the first five. Compared are

- looking words up, fitted anew after each sentence, in the order of the text;
- `CrfGlosser` in the order of the text;
- the same, the rest of a sentence suggested anew after each word that is corrected, as at the desk;
- this with the sentences first that it is least sure of, asked anew after every ten, as at the
  desk.

Sentences whose lines do not have the same number of words are left out, and counted.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

import attrs
from glosser_data import (
    arguments,
    cldf,
    picture_option,
    print_head,
    print_header,
    print_row,
    save_picture,
    shared_task,
    vamale,
    words,
)

from igtkit import IGT
from igtkit.boundaries import UNKNOWN, is_word, join_words, split_words
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, LookupGlosser, rank_for_annotation

START, LENGTH, AGAIN, SHOWN = 50, 300, 10, 5


@attrs.define
class Session:
    """What somebody had to do.

    Attributes:
        words: Number of words after each sentence.
        touched: Number of words that were touched, after each sentence.
        digits: How many of these had the right suggestion among those that are shown.
    """

    words: list[int] = attrs.field(factory=lambda: [0])
    touched: list[int] = attrs.field(factory=lambda: [0])
    digits: int = 0

    def add(self, count: int, touched: int) -> None:
        """Count one more sentence."""
        self.words.append(self.words[-1] + count)
        self.touched.append(self.touched[-1] + touched)


def usable(text: IGT) -> bool:
    lines = (text.transcription, text.segmentation, text.glosses)
    counts = {len(words(line)) for line in lines}
    return len(counts) == 1 and counts != {0}


def look_up(learned: Sequence[IGT], to_do: Sequence[IGT]) -> Session:
    session = Session()
    for at, text in enumerate(to_do):
        glosser = LookupGlosser().fit([*learned, *to_do[:at]])
        [found] = glosser.predict([text])
        pairs = zip(words(found.segmentation), words(found.glosses), strict=True)
        gold = zip(words(text.segmentation), words(text.glosses), strict=True)
        wrong = [one != other for one, other in zip(pairs, gold, strict=True)]
        session.add(len(wrong), sum(wrong))
    return session


def annotate(learned: Sequence[IGT], to_do: Sequence[IGT], *, again: bool, least: bool) -> Session:
    """A session with `CrfGlosser`.

    Args:
        learned: What is glossed.
        to_do: What is to gloss.
        again: Whether the rest of a sentence is suggested anew after each word.
        least: Whether the sentences come first that the glosser is least sure of.
    """
    glosser, session = CrfGlosser().fit(learned), Session()
    left, order = list(to_do), list[IGT]()
    while left or order:
        if not order:
            ranks = rank_for_annotation(glosser, left) if least else range(len(left))
            order = [left[rank] for rank in ranks[:AGAIN]]
            left = [text for text in left if not any(text is chosen for chosen in order)]
        text = order.pop(0)
        correct(glosser, text, session, again=again)
        with contextlib.suppress(InputError):  # no word of it can be learned from
            glosser.update(text)
    return session


def correct(glosser: CrfGlosser, text: IGT, session: Session, *, again: bool) -> None:
    gold = list(zip(words(text.segmentation), words(text.glosses), strict=True))
    suggested = suggest(glosser, text, [])
    touched = 0
    for at, right in enumerate(gold):
        if suggested[at][0] == right:
            continue
        touched += 1
        session.digits += right in suggested[at]
        if again:
            suggested = suggest(glosser, text, gold[: at + 1])
    session.add(len(gold), touched)


def suggest(
    glosser: CrfGlosser, text: IGT, done: list[tuple[str, str]]
) -> list[list[tuple[str, str]]]:
    """The suggestions for each word, where the first are done."""
    rows = iter([*done, *[(UNKNOWN, UNKNOWN)] * len(words(text.transcription))])
    tokens = [
        next(rows) if is_word(token) else (token, token)
        for token in split_words(text.transcription)
    ]
    begun = IGT(
        text.transcription,
        join_words([form for form, _ in tokens]),
        join_words([gloss for _, gloss in tokens]),
        text.translation,
    )
    [found] = glosser.predict([begun], given="partial", n_best=SHOWN)
    pairs = zip(split_words(text.transcription), found.words, strict=True)
    return [[(each.form, each.gloss) for each in row] for token, row in pairs if is_word(token)]


def main() -> None:
    parser = arguments(__doc__)
    picture_option(parser)
    options = parser.parse_args()
    [palula] = cldf(options.shared, "palula").values()
    corpora = {
        "Lezgi": shared_task(options.shared, "lez", "train"),
        "Vamale": vamale(options.shared).texts,
        "Palula": palula.texts,
    }
    print_head()
    print_header(
        "corpus", "left out", "way", "words", "touched", "of these by a digit", "less than lookup",
        "CPU s",
    )  # fmt: skip
    found: dict[str, dict[str, Session]] = {}
    for name, texts in corpora.items():
        good = [text for text in texts[: START + LENGTH + 100] if usable(text)]
        learned, to_do = good[:START], good[START : START + LENGTH]
        ways = {
            "lookup, refitted after each sentence": look_up,
            "text order": lambda a, b: annotate(a, b, again=False, least=False),
            "text order, the rest anew": lambda a, b: annotate(a, b, again=True, least=False),
            "least sure first, the rest anew": lambda a, b: annotate(a, b, again=True, least=True),
        }
        found[name] = {}
        for way, run in ways.items():
            started = time.process_time()
            session = found[name][way] = run(learned, to_do)
            base = found[name]["lookup, refitted after each sentence"].touched[-1]
            looked_up = run is ways["lookup, refitted after each sentence"]
            print_row(
                name, min(len(texts), START + LENGTH + 100) - len(good), way, session.words[-1],
                session.touched[-1], "" if looked_up else session.digits,
                "" if looked_up else f"{1 - session.touched[-1] / base:.1%}",
                round(time.process_time() - started),
            )  # fmt: skip
    if options.images:
        draw(options.images, found)


def draw(folder: Path, found: dict[str, dict[str, Session]]) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415  # only pictures need it

    figure, all_axes = plt.subplots(1, len(found), figsize=(11, 3.6), layout="constrained")
    styles = ("--", ":", "-", "-")
    for axes, (name, ways) in zip(all_axes, found.items(), strict=True):
        for (way, session), style in zip(ways.items(), styles, strict=True):
            axes.plot(session.words, session.touched, style, label=way)
        axes.set(title=name, xlabel="words glossed")
        axes.grid(alpha=0.3)
    all_axes[0].set_ylabel("words touched")
    figure.legend(*all_axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    save_picture(figure, folder / "desk-session.png")


if __name__ == "__main__":
    main()
