"""How many words somebody touches at the desk until a text is glossed: ``benchmarks/desk.py``.

    OMP_NUM_THREADS=1 python benchmarks/desk.py [--images docs/images] [--first 350]

Fifty sentences are glossed, three hundred are to do. Every sentence is suggested, corrected, taken
in with `update`, and so on to the end. A word is touched if the suggestion for it is not right in
form and gloss; it is a matter of one digit if the right one is among the first five. Compared are

- looking words up, fitted anew after each sentence, in the order of the text;
- `CrfGlosser`, which takes in each sentence when it is done;
- word by word: each word is taken in when it is accepted, and the rest of the sentence suggested
  anew;
- the same, all learned anew every 25 sentences, and what is open read without glosses: the desk,
  which does it beside the work;
- this with the sentences first that it is least sure of, asked anew after every ten (``--least``).

Sentences whose lines do not have the same number of words are left out, and counted.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import attrs
from glosser_data import (
    arguments,
    cldf,
    interval,
    picture_option,
    print_head,
    print_header,
    print_row,
    save_picture,
    shared_task,
    vamale,
    words,
)

from igtkit import IGT, Suggestion
from igtkit.boundaries import UNKNOWN, is_word, join_words, split_words
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, LookupGlosser, rank_for_annotation

START, LENGTH, AGAIN, SHOWN, ANEW = 50, 300, 10, 5, 25


@attrs.define
class Session:
    """What somebody had to do.

    Attributes:
        words: Number of words of each sentence.
        touched: Number of words that were touched, of each.
        digits: How many of these had the right suggestion among those that are shown.
        said: Sum of the probabilities of the first suggestions.
    """

    words: list[int] = attrs.field(factory=list)
    touched: list[int] = attrs.field(factory=list)
    digits: int = 0
    said: float = 0.0

    def add(self, count: int, touched: int) -> None:
        """Count one more sentence."""
        self.words.append(count)
        self.touched.append(touched)


@attrs.frozen
class Way:
    """How a session goes.

    Attributes:
        by_word: Whether each word is taken in when it is accepted.
        anew: Whether all is learned anew at times, and what is open read without glosses.
        least: Whether the sentences come first that the glosser is least sure of.
    """

    by_word: bool = False
    anew: bool = False
    least: bool = False


WAYS = {
    "sentence by sentence": Way(),
    "word by word": Way(by_word=True),
    "word by word, learned anew": Way(by_word=True, anew=True),
    "least sure first": Way(by_word=True, anew=True, least=True),
}
TEXT_ORDER, _, _, LEAST = WAYS
LOOKED_UP = "lookup, refitted after each sentence"


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


def annotate(learned: Sequence[IGT], to_do: Sequence[IGT], way: Way) -> Session:
    """A session with `CrfGlosser`.

    Args:
        learned: What is glossed.
        to_do: What is to gloss.
        way: How it goes.
    """
    session, done = Session(), list(learned)
    left, order = list(to_do), list[IGT]()

    def fitted() -> CrfGlosser:
        open_ = [IGT(text.transcription, translation=text.translation) for text in order + left]
        return CrfGlosser().fit(done, unlabeled=open_ if way.anew else ())

    glosser = fitted()
    while left or order:
        if not order:
            ranks = rank_for_annotation(glosser, left) if way.least else range(len(left))
            order = [left[rank] for rank in ranks[:AGAIN]]
            left = [text for text in left if not any(text is chosen for chosen in order)]
        text = order.pop(0)
        correct(glosser, text, session, way)
        done.append(text)
        if way.anew and (len(done) - len(learned)) % ANEW == 0:
            glosser = fitted()
        elif not way.by_word:
            take_in(glosser, text)
    return session


def take_in(glosser: CrfGlosser, text: IGT) -> None:
    with contextlib.suppress(InputError):  # no word of it can be learned from
        glosser.update(text)


def correct(glosser: CrfGlosser, text: IGT, session: Session, way: Way) -> None:
    gold = list(zip(words(text.segmentation), words(text.glosses), strict=True))
    suggested = suggest(glosser, text, {})
    touched = 0
    for at, right in enumerate(gold):
        pairs = [(each.form, each.gloss) for each in suggested[at]]
        session.said += suggested[at][0].probability or 0.0
        if pairs[0] != right:
            touched += 1
            session.digits += right in pairs
        if way.by_word:
            take_in(glosser, begun(text, {at: right}))
            if pairs[0] != right:
                suggested = suggest(glosser, text, dict(enumerate(gold[: at + 1])))
    session.add(len(gold), touched)


def suggest(
    glosser: CrfGlosser, text: IGT, done: dict[int, tuple[str, str]]
) -> list[tuple[Suggestion, ...]]:
    """The suggestions for each word, where some are done."""
    [found] = glosser.predict([begun(text, done)], given="partial", n_best=SHOWN)
    pairs = zip(split_words(text.transcription), found.words, strict=True)
    return [row for token, row in pairs if is_word(token)]


def begun(text: IGT, done: dict[int, tuple[str, str]]) -> IGT:
    """A text of which these words are done."""
    numbers = itertools.count()
    tokens = [
        done.get(next(numbers), (UNKNOWN, UNKNOWN)) if is_word(token) else (token, token)
        for token in split_words(text.transcription)
    ]
    forms, glosses = zip(*tokens, strict=True)
    return IGT(text.transcription, join_words(forms), join_words(glosses), text.translation)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--first", type=int, default=0, help="where in the file to begin")
    parser.add_argument("--least", action="store_true", help="least sure first, too")
    picture_option(parser)
    options = parser.parse_args()
    [palula] = cldf(options.shared, "palula").values()
    corpora = {
        "Lezgi": shared_task(options.shared, "lez", "train"),
        "Vamale": vamale(options.shared).texts,
        "Palula": palula.texts,
        "Natügu": shared_task(options.shared, "ntu", "train"),
    }
    print_head()
    print_header(
        "corpus", "way", "words", "touched", "of these by a digit", "less than lookup",
        f"less than {TEXT_ORDER}", "95 %", "says", "right", "CPU s",
    )  # fmt: skip
    found: dict[str, dict[str, Session]] = {}
    for name, texts in corpora.items():
        good = [text for text in texts if usable(text)][options.first :]
        learned, to_do = good[:START], good[START : START + LENGTH]
        if len(to_do) < LENGTH:
            continue
        started = time.process_time()
        found[name] = {LOOKED_UP: look_up(learned, to_do)}
        show(name, LOOKED_UP, found[name], started)
        for label, way in WAYS.items():
            if way.least and not options.least:
                continue
            started = time.process_time()
            found[name][label] = annotate(learned, to_do, way)
            show(name, label, found[name], started)
    if options.images:
        draw(options.images, found)


def show(name: str, way: str, found: dict[str, Session], started: float) -> None:
    seconds = round(time.process_time() - started)
    session, base = found[way], sum(found[LOOKED_UP].touched)
    words, touched = sum(session.words), sum(session.touched)
    if way == LOOKED_UP:
        print_row(name, way, words, touched, *[""] * 7, seconds)
        return
    saved, between = "", ""
    if way not in {TEXT_ORDER, LEAST}:  # not in the same order
        pairs = zip(found[TEXT_ORDER].touched, session.touched, strict=True)
        differences = [
            (before - now) * len(session.words) / base_of(found) for before, now in pairs
        ]
        low, high = interval(differences)
        saved, between = f"{sum(differences) / len(differences):.1%}", f"{low:.1%} to {high:.1%}"
    print_row(
        name, way, words, touched, session.digits, f"{1 - touched / base:.1%}", saved, between,
        session.said / words, 1 - touched / words, seconds,
    )  # fmt: skip


def base_of(found: dict[str, Session]) -> int:
    return sum(found[TEXT_ORDER].touched)


def draw(folder: Path, found: dict[str, dict[str, Session]]) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415  # only pictures need it

    figure, all_axes = plt.subplots(1, len(found), figsize=(13, 3.6), layout="constrained")
    styles = dict(zip((LOOKED_UP, *WAYS), ("--", ":", "-.", "-", "-"), strict=True))
    for axes, (name, ways) in zip(all_axes, found.items(), strict=True):
        for way, session in ways.items():
            words, touched = (
                [0, *itertools.accumulate(c)] for c in (session.words, session.touched)
            )
            axes.plot(words, touched, styles[way], label=way)
        axes.set(title=name, xlabel="words glossed")
        axes.grid(alpha=0.3)
    all_axes[0].set_ylabel("words touched")
    figure.legend(*all_axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    save_picture(figure, folder / "desk-session.png")


if __name__ == "__main__":
    main()
