"""``igtkit next``: which sentences to gloss next."""

from __future__ import annotations

import argparse
import json

from igtkit.boundaries import is_word, split_words
from igtkit.cli._glossing import NOTHING_TO_DO, add_learning, learn
from igtkit.cli._languages import add_language, of_one_language
from igtkit.cli._shared import Subparsers, add_command, add_reading, note, read_texts, say
from igtkit.corpus import work_state
from igtkit.models import Glosser, load_glosser, rank_for_annotation

__all__ = ["add"]

_EXAMPLES = """\
  igtkit next story.flextext                      learns from what is glossed in the file
  igtkit next story.flextext --model my-glosser --words 300

The sentences that the glosser is least sure of come first: they teach it most.

exit status: 0; 2 if something could not be done; 3 if there is nothing to learn from or gloss."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "next", "say which sentences to gloss next", _EXAMPLES, _run)
    parser.add_argument("file", metavar="FILE", help="a file of any format, glossed in part")
    parser.add_argument("--model", metavar="FOLDER", help="use a saved glosser")
    parser.add_argument("--words", type=int, default=200, metavar="N",
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
    left = options.words
    for rank in rank_for_annotation(glosser, [every[index] for index in to_do]):
        index = to_do[rank]
        igt = every[index]
        if options.json:
            said = {"entry": index + 1, "id": igt.id, "transcription": igt.transcription}
            say(json.dumps(said, ensure_ascii=False))
        else:
            say(f"{index + 1}\t{igt.id or ''}\t{igt.transcription}")
        left -= sum(is_word(token) for token in split_words(igt.transcription))
        if left <= 0:
            break
    return 0
