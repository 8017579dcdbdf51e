"""``igtkit update``: take corrections into a saved glosser."""

from __future__ import annotations

import argparse

from igtkit.cli._glossing import NOTHING_TO_DO, tell_left_out
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    note,
    read_texts,
)
from igtkit.corpus import work_state
from igtkit.errors import InputError
from igtkit.models import CrfGlosser, load_glosser

__all__ = ["add"]

_EXAMPLES = """\
  igtkit update my-glosser corrected.eaf
  igtkit update my-glosser review.csv

Words and labels are known from then on. How the glosser weighs its evidence is learned by igtkit
train alone, so train again at times. Suggestions that nobody has confirmed teach nothing.

exit status: 0; 2 if something could not be done; 3 if nothing is glossed or confirmed."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "update", "take corrections into a saved glosser", _EXAMPLES, _run
    )
    parser.add_argument("model", metavar="MODEL", help="the folder of the glosser")
    parser.add_argument("files", nargs="+", metavar="CORRECTED", help="corrected files")
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    glosser = load_glosser(options.model)
    if not isinstance(glosser, CrfGlosser):
        raise InputError(f"a {type(glosser).__name__} takes no corrections; train it anew")
    held = [igt for path in options.files for igt in read_texts(path, options)]
    texts = [igt for igt in held if work_state(igt) in ("glossed", "begun")]
    suggested = sum(work_state(igt) == "suggested" for igt in held)
    if suggested:
        what = counted_noun(suggested, "suggestion")
        note(f"{what} that nobody has confirmed: not learned from")
    if not texts:
        note("igtkit: there is nothing in these files that a person has glossed or confirmed")
        return NOTHING_TO_DO
    glosser.update(texts)
    glosser.save_pretrained(options.model)
    learned = len(texts) - len(glosser.refused)
    note(f"{options.model}: {counted_noun(learned, 'sentence')} taken in")
    tell_left_out(glosser, len(glosser.refused))
    return 0
