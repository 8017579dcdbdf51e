"""A user's program; it is type-checked, never run."""

from __future__ import annotations

import igtkit
from igtkit.models import CrfGlosser, Glosser, LookupGlosser


def forms(igt: igtkit.IGT) -> list[str | None]:
    return [morpheme.form for word in igt.words for morpheme in word.morphemes]


def messages(corpus: igtkit.Corpus) -> list[str]:
    return [issue.message for igt in corpus for issue in igtkit.check(igt)]


def gloss(glosser: Glosser, texts: list[igtkit.IGT]) -> list[igtkit.IGT]:
    predictions = glosser.predict(texts, given="partial")
    return [p.to_igt(igt) for p, igt in zip(predictions, texts, strict=True)]


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
