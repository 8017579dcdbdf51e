"""A user's program; it is type-checked, never run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Self

import igtkit
from igtkit.formats import JointFormat, Layout, Punctuation, Source
from igtkit.io import Format, Sink
from igtkit.io import Source as File
from igtkit.metrics import Glossed
from igtkit.models import CrfGlosser, Glosser, LookupGlosser
from igtkit.models.base import Given


def forms(igt: igtkit.IGT) -> list[str | None]:
    return [morpheme.form for word in igt.words for morpheme in word.morphemes]


def messages(corpus: igtkit.Corpus) -> list[str]:
    return [issue.message for igt in corpus for issue in igtkit.check(igt)]


def gloss(glosser: Glosser, texts: list[igtkit.IGT]) -> list[igtkit.IGT]:
    predictions = glosser.predict(texts, given="partial")
    return [p.to_igt(igt) for p, igt in zip(predictions, texts, strict=True)]


def read_lines(source: File, *, upper: bool = False) -> Iterator[igtkit.IGT]:
    for _, line in source.lines():
        yield igtkit.IGT(line.upper() if upper else line)


def write_lines(items: Iterable[igtkit.IGT], sink: Sink) -> None:
    sink.text().writelines(f"{igt.transcription}\n" for igt in items)


class Own(JointFormat):
    name = "own"
    prompts = {"t2sg": "{text}"}  # noqa: RUF012
    training_tasks = scored_tasks = ("t2sg",)

    def joint_target(self, igt: igtkit.IGT) -> tuple[str, Layout | None]:
        return f"{igt.segmentation}/{igt.glosses}", None

    def decode_joint(
        self, output: str, source: Source | None, punctuation: Punctuation
    ) -> igtkit.Prediction:
        segmentation, _, glosses = output.partition("/")
        return igtkit.Prediction(segmentation, glosses)


@igtkit.models.register_glosser
class Silent(Glosser):
    def predict(
        self, items: Iterable[igtkit.IGT], *, given: Given | None = None
    ) -> list[igtkit.Prediction]:
        return [igtkit.Prediction(None, None) for _ in items]

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None: ...

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str]) -> Self:
        return cls()


def answered(prediction: Glossed, reference: Glossed) -> float | None:
    return None if reference.glosses is None else float(bool(prediction.glosses))


def extend(corpus: igtkit.Corpus) -> float | None:
    igtkit.io.register(Format("lines", (".lines",), read=read_lines, write=write_lines))
    igtkit.formats.register(Own())
    predictions = igtkit.models.load_glosser("silent").predict(corpus)
    extra = {"answered": answered}
    report = igtkit.metrics.evaluate(predictions=predictions, references=corpus, extra=extra)
    return report["extra.answered"]


def main() -> None:
    corpus = igtkit.read("corpus.txt", language=igtkit.Language("dido1241", "Tsez"))
    corpus = corpus.map(igtkit.normalize).filter(lambda igt: not igtkit.check(igt))
    line: str = igtkit.normalize("Gel, gidelim.", rules="polygloss")
    lookup: LookupGlosser = LookupGlosser().fit(corpus)
    crf: CrfGlosser = CrfGlosser(seed=1).fit(corpus)
    texts = gloss(lookup, list(corpus)) + gloss(crf, list(corpus))
    report = igtkit.metrics.evaluate(predictions=texts, references=corpus, preset="published")
    print(line, forms(corpus[0]), messages(corpus), report, report.to_dict())
    igtkit.write(texts, "glossed.jsonl")


def misspelled() -> None:
    """Names that there are not: an ignore that nothing needs is an error itself."""
    igtkit.evaluateee  # type: ignore[attr-defined]  # noqa: B018
    igtkit.corpus.Concordanse  # type: ignore[attr-defined]  # noqa: B018
    igtkit.io.raed  # type: ignore[attr-defined]  # noqa: B018
    igtkit.models.LookupGloser  # type: ignore[attr-defined]  # noqa: B018
    from igtkit import raed  # type: ignore[attr-defined]  # noqa: F401
    from igtkit.models import Seq2SeqGloser  # type: ignore[attr-defined]  # noqa: F401
