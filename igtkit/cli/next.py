"""``igtkit next``: which sentences to gloss next."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence

from igtkit._characters import display_width, pad
from igtkit.boundaries import is_word, split_words
from igtkit.cli._findings import place_of
from igtkit.cli._glossing import NOTHING_TO_DO, add_learning, learn
from igtkit.cli._languages import add_language, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    note,
    read_texts,
    say,
    whole_from,
)
from igtkit.corpus import work_state
from igtkit.igt import IGT
from igtkit.models import Glosser, load_glosser, rank_for_annotation

__all__ = ["add"]

_EXAMPLES = """\
  igtkit next story.flextext                      learns from what is glossed in the file
  igtkit next story.flextext --model my-glosser --words 300

The sentences that the glosser is least sure of come first. On two corpora they taught it more than
the next ones of the text; no more where it knew next to nothing. Gloss some, and ask again.

exit status: 0; 2 if something could not be done; 3 if there is nothing to learn from or gloss."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "next", "say which sentences to gloss next", _EXAMPLES, _run)
    parser.add_argument("file", metavar="FILE", help="a file of any format, glossed in part")
    parser.add_argument("--model", metavar="FOLDER", help="use a saved glosser")
    parser.add_argument("--words", type=whole_from(1), default=200, metavar="N",
                        help="list sentences of so many words in all (default: 200)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one object a line")
    add_language(parser)
    add_learning(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    every = list(read_texts(options.file, options))
    same = of_one_language(every, options.language)
    to_do = [i for i in same if work_state(every[i]) == "open" and every[i].transcription]
    if not to_do:
        note(f"igtkit: {options.file}: there is no sentence that nobody has begun")
        return NOTHING_TO_DO
    glosser: Glosser | None
    if options.model:
        glosser = load_glosser(options.model)
    else:
        glosser = learn((every[index] for index in same), options, quiet=options.json)
    if glosser is None:
        note(f"igtkit: {options.file}: nothing is glossed yet; begin where you like")
        return NOTHING_TO_DO
    ranked = [to_do[rank] for rank in rank_for_annotation(glosser, [every[i] for i in to_do])]
    chosen = list(_up_to(options.words, ranked, every))
    if options.json:
        for index in chosen:
            igt = every[index]
            said = {"entry": index + 1, "id": igt.id, "transcription": igt.transcription}
            say(json.dumps(said, ensure_ascii=False))
        return 0
    places = [place_of(every[index]) or f"entry {index + 1}" for index in chosen]
    width = max(map(display_width, places))
    for index, place in zip(chosen, places, strict=True):
        say(f"{pad(place, width)}  {every[index].transcription}")
    words = counted_noun(sum(_words(every[index]) for index in chosen), "word")
    note(f"{len(chosen)} of {counted_noun(len(to_do), 'sentence')} to gloss, with {words}")
    return 0


def _up_to(words: int, ranked: Iterable[int], texts: Sequence[IGT]) -> Iterator[int]:
    """The first positions, until their texts have so many words; the first one in any case."""
    for index in ranked:
        yield index
        words -= _words(texts[index])
        if words <= 0:
            return


def _words(igt: IGT) -> int:
    return sum(is_word(token) for token in split_words(igt.transcription))
