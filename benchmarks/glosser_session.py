"""A simulated annotation session: gloss a sentence, correct it, take the correction in, go on.

    OMP_NUM_THREADS=1 python benchmarks/glosser_session.py [--images docs/images]

The annotator starts with a few glossed sentences and works through the next ones in the order of
the file. A word has to be corrected if its form or its gloss is wrong. Compared are a `CrfGlosser`
that takes each correction in with `update`, one that is fitted anew after every so many sentences
besides, one that never changes, and a `LookupGlosser`, fitted anew after every sentence or never.
In the end each glosses sentences that nobody has corrected, and so does one fitted anew on all.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
from glosser_data import (
    arguments,
    judge,
    picture_option,
    print_head,
    print_header,
    print_row,
    save_picture,
    score,
    shared_task,
    vamale,
)

from igtkit import IGT, plots
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, Glosser, LookupGlosser

START, LENGTH, HELD_OUT, WINDOW = 50, 300, 80, 50


@attrs.define
class Session:
    """What happened to one annotator.

    Attributes:
        glosser: What made the suggestions; as it is in the end.
        errors: Morpheme error rate of each sentence.
        wrong: Number of words that had to be corrected.
        words: Number of words.
        times: How long it took to take in each correction, in ms of processor time.
    """

    glosser: Glosser
    errors: list[float] = attrs.field(factory=list)
    wrong: int = 0
    words: int = 0
    times: list[float] = attrs.field(factory=list)

    def running(self) -> list[float]:
        """The mean error rate of the last sentences, after each."""
        lasts = [self.errors[max(0, i - WINDOW) : i] for i in range(1, len(self.errors) + 1)]
        return [sum(last) / len(last) for last in lasts]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--refit", type=int, default=100, help="sentences between two trainings")
    picture_option(parser)
    options = parser.parse_args()
    corpora = {
        "lez": shared_task(options.shared, "lez", "train"),
        "Vamale": vamale(options.shared).texts,
    }
    print_head()
    sessions = {}
    for name, texts in corpora.items():
        learned, session, held_out = parts(texts)
        print(f"\n{name}: {len(learned)} sentences to start with, {len(session)} in the session,")
        print(f"{len(held_out)} for the end\n")
        sessions[name] = compare(learned, session, held_out, options.refit, options.seed)
    if options.images:
        draw(options.images, sessions)


def parts(texts: Sequence[IGT]) -> tuple[list[IGT], list[IGT], list[IGT]]:
    """The sentences to start with, those of the session, and those for the end."""
    end = START + LENGTH
    return list(texts[:START]), list(texts[START:end]), list(texts[end : end + HELD_OUT])


def compare(
    learned: list[IGT], session: list[IGT], held_out: list[IGT], every: int, seed: int
) -> dict[str, Session]:
    def refit(glosser: Glosser, done: list[IGT]) -> Glosser:
        again = len(done) % every == 0
        return CrfGlosser(seed=seed).fit(learned + done) if again else take_in(glosser, done[-1])

    ways: dict[str, tuple[Glosser, Callable[[Glosser, list[IGT]], Glosser]]] = {
        "lookup, unchanging": (LookupGlosser().fit(learned), lambda glosser, _: glosser),
        "lookup, fitted after each": (
            LookupGlosser().fit(learned),
            lambda _, done: LookupGlosser().fit(learned + done),
        ),
        "CrfGlosser, unchanging": (CrfGlosser(seed=seed).fit(learned), lambda glosser, _: glosser),
        "CrfGlosser, updated": (
            CrfGlosser(seed=seed).fit(learned),
            lambda glosser, done: take_in(glosser, done[-1]),
        ),
        f"CrfGlosser, updated and refitted every {every}": (
            CrfGlosser(seed=seed).fit(learned),
            refit,
        ),
    }
    print_header(
        "", "words to correct", "of", "MER of the session", f"of its last {WINDOW}",
        "MER in the end", "update ms, mean", "longest",
    )  # fmt: skip
    found = {}
    for name, (glosser, learn) in ways.items():
        found[name] = run(glosser, learn, session)
        show(name, found[name], held_out)
    again = CrfGlosser(seed=seed).fit(learned + session)
    error, _ = score(again.predict(held_out), held_out)
    print_row("CrfGlosser, fitted anew in the end", "", "", "", "", error, "", "")
    return found


def take_in(glosser: CrfGlosser, text: IGT) -> CrfGlosser:
    """Update, but pass over a text whose lines do not pair up, so that it has nothing to teach."""
    with contextlib.suppress(InputError):
        glosser.update(text)
    return glosser


def run(
    glosser: Glosser, learn: Callable[[Glosser, list[IGT]], Glosser], texts: list[IGT]
) -> Session:
    session = Session(glosser)
    for number, text in enumerate(texts, 1):
        predictions = session.glosser.predict([text])
        judged = judge(predictions, [text])
        session.words += len(judged)
        session.wrong += sum(not right for _, right in judged)
        session.errors.append(score(predictions, [text])[0])
        started = time.process_time()
        session.glosser = learn(session.glosser, texts[:number])
        session.times.append(1000 * (time.process_time() - started))
    return session


def show(name: str, session: Session, held_out: list[IGT]) -> None:
    error, _ = score(session.glosser.predict(held_out), held_out)
    mean = sum(session.errors) / len(session.errors)
    only_updates = name == "CrfGlosser, updated"
    times = session.times if only_updates else []
    print_row(
        name, session.wrong, session.words, mean, session.running()[-1], error,
        f"{sum(times) / len(times):.1f}" if times else "", f"{max(times):.0f}" if times else "",
    )  # fmt: skip


def draw(folder: Path, sessions: dict[str, dict[str, Session]]) -> None:
    for name, found in sessions.items():
        axes = None
        for label, session in found.items():
            curve = session.running()
            steps = range(WINDOW, len(curve) + 1)
            axes = plots.learning_curve(steps, curve[WINDOW - 1 :], label=label, ax=axes)
        assert axes is not None
        axes.set(xlabel="sentences corrected", ylabel=f"MER of the last {WINDOW} sentences")
        axes.set_title(f"{name}: a session of {len(curve)} sentences")
        save_picture(axes.figure, folder / f"laptop-session-{name.lower()}.png")


if __name__ == "__main__":
    main()
