"""Inputs of any length, and what is done to them: the table of `fuzz.growth`."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import attrs

import igtkit
from fuzz.long_files import FILES, many
from igtkit import IGT, Language

__all__ = ["KNOWN", "PATTERNS", "Pattern", "known"]


@attrs.frozen
class Pattern:
    """Something that is done to an input of any length.

    Attributes:
        make: Makes the input of so many pieces; its time does not count.
        run: What is done to it.
        start: The number of pieces to begin with.
    """

    make: Callable[[int], Any]
    run: Callable[[Any], object]
    start: int = 16


FOLDER = Path(tempfile.mkdtemp(prefix="igtkit-growth-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


# Readers ---------------------------------------------------------------------------------------


def _saved(name: str, make: Callable[[int], str], size: int) -> Path:
    path = FOLDER / name
    path.write_text(make(size), encoding="utf-8", errors="surrogatepass")
    return path


def _read(path: Path, format_: str) -> object:
    return igtkit.read(path, format_, errors="skip")


def _readers() -> Iterator[tuple[str, Pattern]]:
    for name, (format_, make) in FILES.items():
        saved = partial(_saved, f"read.{format_}", make)
        yield f"read {name}", Pattern(saved, partial(_read, format_=format_))


# Texts -----------------------------------------------------------------------------------------

TEXTS: dict[str, Callable[[int], IGT]] = {
    "words": lambda n: IGT("ev " * n, "ev-de " * n, "ho-L " * n, "x " * n),
    "a word": lambda n: IGT("ev" * n, "ev" + "-de" * n, "ho" + "-L" * n, "x"),
    "words that differ": lambda n: IGT(
        " ".join(f"e{k}" for k in range(n)),
        " ".join(f"e{k}-de" for k in range(n)),
        " ".join(f"h{k}-L" for k in range(n)),
    ),
    "fewer glosses": lambda n: IGT("ev " * n, "ev-de " * n, "ho-L " * (n // 2), "x"),
    "punctuation": lambda n: IGT("* " * n, "* " * n, "* " * (n - 1), "* " * n),
    "punctuation that differs": lambda n: IGT("., " * n, ". , " * n, ", . ! " * (n - 1), "x"),
    "marks": lambda n: IGT("-" * n, "a" + "-" * n, "a" + "=" * n, "-" * n),
    "question marks": lambda n: IGT("a-b.c=d~e<f>(g)? " * n, "a? " * n, "b? " * n, "?" * n),
    "unknown": lambda n: IGT("a " * n, "??? " * n, "?? " * n, "... " * n),
    "brackets": lambda n: IGT("(" * n, "(a " * n, "b) " * n, "[" * n + "]" * n),
    "infixes": lambda n: IGT("a" * n, "<a>" * n, "<b>" * n, "<" * n),
    "quotes": lambda n: IGT("'" * n, "“a " * n, "a” " * n, "'a " * n),
    "colons": lambda n: IGT("a: " * n, "a:b " * n, "c:d " * n, ":" * n),
    "accents": lambda n: IGT("a" + "\u0301" * n, "a" + "\u0301" * n, "a" + "\u0301" * n, "x"),
    "two accents in turn": lambda n: IGT(*["a" + "\u0301\u0323" * n] * 4),
    "translation": lambda n: IGT(
        "ev " * n, "ev " * n, "ho " * n, " ".join(f"ho{k}" for k in range(n))
    ),
    "spaces": lambda n: IGT(" " * n + "a", "a" + " " * n + "-b", "a -" + "\t" * n + "b", " " * n),
    "dots": lambda n: IGT("." * n, "a" + "." * n, "b" + ".c" * n, ". . . " * n),
    "clitics": lambda n: IGT("a =b " * n, "a =b " * n, "a =b " * n, "x"),
    "look-alikes": lambda n: IGT("a‑b " * n, "a‑b⟨c⟩ " * n, "a-b<c> " * n, "x"),
    "hyphens before spaces": lambda n: IGT("nz " * n, "nz- " * n + "a", "b- " * n + "c", "x"),
    "inverted": lambda n: IGT("¿a " * n, "¿ " * n, "¡ " * n, "¿" * n),
}


def _evaluate(igt: IGT) -> object:
    other = igt.replace(segmentation=igt.transcription, glosses=igt.segmentation)
    return igtkit.metrics.evaluate(predictions=[other], references=[igt], empty="skip")


def _find(igt: IGT) -> object:
    from igtkit.corpus import Concordance, kwic

    return kwic(Concordance([igt]).find("*", limit=1000))


def _decode(igt: IGT, format_: str) -> object:
    codec = igtkit.formats.get(format_)
    example = codec.encode(igt, codec.tasks[0])
    return codec.decode(example.target or igt.glosses or "", source=example)


def _conform(igt: IGT) -> object:
    igtkit.conventions.nonstandard_abbreviations(igt)
    return igtkit.conventions.conformance(igt)


ACTIONS: dict[str, Callable[[IGT], object]] = {
    "check": igtkit.check,
    "repair": igtkit.repair,
    "align": lambda igt: igt.align(strict=False),
    "alignment_score": lambda igt: igtkit.alignment_score(igt.segmentation, igt.glosses),
    "normalize": igtkit.normalize,
    "find": _find,
    "conformance": _conform,
    "to_text": igtkit.display.to_text,
    "to_html": igtkit.display.to_html,
    "evaluate": _evaluate,
    "lexicon": lambda igt: igtkit.corpus.extract_lexicon([igt]),
    **{f"decode {name}": partial(_decode, format_=name) for name in igtkit.formats.FORMATS},
}


def _actions() -> Iterator[tuple[str, Pattern]]:
    for action, run in ACTIONS.items():
        for text, make in TEXTS.items():
            yield f"{action}: {text}", Pattern(make, run)


# Corpora ---------------------------------------------------------------------------------------


def _sentences(size: int) -> list[IGT]:
    return [
        IGT(f"ev{n} de", f"ev{n}-ler de", f"house{n}-PL LOC", f"the {n} houses", id=str(n))
        for n in range(size)
    ]


def _of_languages(size: int) -> list[IGT]:
    return [
        IGT(
            "ev",
            "ev",
            "ho",
            "x",
            language=Language(name="я" * (n % 7 + 1) + str(n)),
            source=f"ж{n}",
        )
        for n in range(size)
    ]


def _with_labels(size: int) -> list[IGT]:
    """Labels in capitals, all on one form, that begin with one letter."""
    names = ("".join(chr(ord("A") + int(digit)) for digit in f"{n:08}") for n in range(size))
    return [IGT("ev x", "ev-x", f"ho-{name}") for name in names]


def _in_splits(size: int) -> list[IGT]:
    return [
        IGT("ev", "ev", "ho", split=split) for n in range(size) for split in ("train", f"fold{n}")
    ]


def _alike(size: int) -> tuple[list[IGT], list[IGT]]:
    """One sentence often, and its corrections, the last first."""
    done = [IGT("ev", "ev", "ho", metadata={"sentence": n}) for n in range(size, 0, -1)]
    return [IGT("ev")] * size, done


def _without_ids(size: int) -> list[IGT]:
    return [IGT("ev", "ev", "ho", "x", id="1") for _ in range(size)]


CORPORA: dict[str, Callable[[int], list[IGT]]] = {
    "entries": _sentences,
    "languages": _of_languages,
    "one id": _without_ids,
    "words": lambda n: [TEXTS["words"](n)],
    "a word": lambda n: [TEXTS["a word"](n)],
    "punctuation": lambda n: [TEXTS["punctuation that differs"](n)],
    "question marks": lambda n: [TEXTS["question marks"](n)],
}


def _write(items: Iterable[IGT], format_: str) -> object:
    name = "cldf-metadata.json" if format_ == "cldf" else f"written.{format_}"
    return igtkit.write(items, FOLDER / name, format_)


def _writers() -> Iterator[tuple[str, Pattern]]:
    for name, format_ in igtkit.io.formats().items():
        if format_.write is not None:
            for corpus, make in CORPORA.items():
                yield f"write {name}: {corpus}", Pattern(make, partial(_write, format_=name))


LEXICONS: dict[str, tuple[str, Callable[[int], str]]] = {
    "lift: entries": (
        "lift",
        many(
            "<lift>",
            '<entry id="e{}"><lexical-unit><form lang="x"><text>ev</text></form></lexical-unit>'
            '<sense id="s{}"><gloss lang="en"><text>x</text></gloss></sense></entry>',
            "</lift>",
        ),
    ),
    "lift: variants and senses": (
        "lift",
        lambda n: (
            "<lift><entry>"
            + '<variant><form lang="x"><text>ev</text></form></variant>' * n
            + '<sense><gloss lang="en"><text>x</text></gloss></sense>' * n
            + "</entry></lift>"
        ),
    ),
    "lexicon: rows": ("csv", many("form,gloss\n", "ev{},x\n")),
}


def _lexicon(path: Path) -> object:
    is_lift = path.suffix == ".lift"
    return igtkit.io.read_lift(path) if is_lift else igtkit.io.read_lexicon(path)


def _lexicons() -> Iterator[tuple[str, Pattern]]:
    for name, (suffix, make) in LEXICONS.items():
        yield f"read {name}", Pattern(partial(_saved, f"lexicon.{suffix}", make), _lexicon)


def _predict(glosser: Any, items: list[IGT]) -> object:
    return glosser.predict([igt.replace(segmentation=None, glosses=None) for igt in items])


def _fit(name: str, items: list[IGT]) -> object:
    return getattr(igtkit.models, name)().fit(items)


def _fitted(name: str, make: Callable[[int], list[IGT]], size: int) -> tuple[Any, list[IGT]]:
    return _fit(name, _sentences(30)), make(size)


def _translated(size: int) -> list[IGT]:
    words = " ".join(f"w{n}" for n in range(size))
    return [IGT(words, words, words, words)]


def _letters(size: int) -> list[IGT]:
    return [IGT("ev" * size, translation="house")]


def _corpora() -> Iterator[tuple[str, Pattern]]:
    yield "fit LookupGlosser: entries", Pattern(_sentences, partial(_fit, "LookupGlosser"))
    for name in ("LookupGlosser", "CrfGlosser"):
        for corpus, make in {**CORPORA, "translation": _translated, "letters": _letters}.items():
            yield (
                f"predict {name}: {corpus}",
                Pattern(partial(_fitted, name, make), lambda given: _predict(*given), 2),
            )
    yield (
        "merge: sentences alike",
        Pattern(_alike, lambda both: igtkit.models.merge_corrections(*both)),
    )
    yield "audit: entries", Pattern(_sentences, igtkit.corpus.Audit.of)
    yield "overlap: entries", Pattern(_sentences, lambda items: igtkit.corpus.overlap(items, items))
    for corpus, make in (
        ("entries", _sentences),
        ("labels", _with_labels),
        ("splits", _in_splits),
    ):
        yield f"inconsistencies: {corpus}", Pattern(make, igtkit.corpus.find_inconsistencies)
    yield (
        "evaluate: entries",
        Pattern(
            _sentences,
            lambda items: igtkit.metrics.evaluate(predictions=items[::-1], references=items),
        ),
    )
    yield (
        "find: entries",
        Pattern(_sentences, lambda items: igtkit.corpus.Concordance(items).find("*")),
    )
    yield (
        "retrieval: entries",
        Pattern(
            _sentences, lambda items: igtkit.retrieval.ChrfIndex([i.transcription for i in items])
        ),
    )


# Lines of which one has more words ---------------------------------------------------------------

UNEVEN: dict[str, Callable[[int], IGT]] = {
    "clitics of a word": lambda n: IGT("ev ev", "e" + "=v" * n, "h" + "=x" * n),
    "marks": lambda n: IGT("a" + "\u0301\u0323" * n + " b", "a" + "\u0323\u0301" * n, "x"),
    "letters": lambda n: IGT("e" * n + " b", "e" * n, "x"),
    "words": lambda n: IGT(" ".join(f"e{k}" for k in range(n)), "e1 " * (n // 2), "x " * (n // 2)),
    "a word among many": lambda n: IGT("ev " * n, "ev", "house"),
    "open brackets": lambda n: IGT("[(<ev " * n, "ev", "house"),
    "brackets in each other": lambda n: IGT("(" * n + "ev" + ")" * n + " a", "ev", "house"),
    "words in a bracket": lambda n: IGT("[" + "ev " * n + "]", "ev", "house"),
    "brackets": lambda n: IGT("[ev] de " * n, "de " * n, "LOC " * n),
    "unknown words": lambda n: IGT("ev de " * n, "??? " * n, "??? " * n),
    "punctuation": lambda n: IGT("ev " + "... " * n, "ev de", "house LOC"),
}


def _learn(igt: IGT) -> object:
    from igtkit.alignment.pairing import pair_words
    from igtkit.models.crf.left_out import passed_over, refused_texts
    from igtkit.models.crf.punctuation import Habits
    from igtkit.models.crf.sentences import make_sentence

    pair_words.cache_clear()
    sentences = [make_sentence(igt)]
    refused_texts([igt], sentences)
    passed_over([igt], sentences)
    return Habits.learn([igt]).skips(sentences[0])


def _words_turned(size: int) -> tuple[str, str]:
    parts = [f"e{n}" for n in range(size)]
    return "-".join(parts), "-".join(parts[::-1])


def _shared(words: tuple[str, str]) -> int:
    from igtkit.metrics._segmentation import _Morphemes, _Overlaps

    return _Overlaps(_Morphemes())[words]


def _uneven() -> Iterator[tuple[str, Pattern]]:
    for name, make in UNEVEN.items():
        yield f"learn uneven lines: {name}", Pattern(make, _learn)
    yield "shared morphemes: words turned around", Pattern(_words_turned, _shared)


PATTERNS: dict[str, Pattern] = dict(
    [*_readers(), *_lexicons(), *_actions(), *_writers(), *_corpora(), *_uneven()]
)
"""Every pattern by its name."""

KNOWN = {
    "evaluate: ": "edit distances of lines that are unlike take the square of a line's length, 64 "
    "cells at a time; no exact method is known that does with less (Backurs and Indyk 2015)",
    "alignment_score: ": "an edit distance, as above",
}
"""What grows faster and why, by the beginnings of the patterns' names."""


def known(name: str) -> str | None:
    """Why a pattern grows faster; None where nothing is known to."""
    return next((why for start, why in KNOWN.items() if name.startswith(start)), None)
