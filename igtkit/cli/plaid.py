"""``igtkit plaid``: a glosser as a service of Plaid."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from igtkit.cli._shared import Subparsers, add_command, whole_from
from igtkit.errors import InputError
from igtkit.models import load_glosser

__all__ = ["add"]

_TOKEN = "PLAID_TOKEN"  # noqa: S105 -- the name of a variable

_EXAMPLES = f"""\
  igtkit plaid my-glosser https://plaid.example.org --project ID --token-file ~/.plaid-token
  igtkit plaid my-glosser https://plaid.example.org --project ID --learn-from-project

The token is that of a Plaid user (Profile, API Tokens), in a file or in the variable {_TOKEN}.
People then choose igtkit where they analyze a text. Ctrl-C ends it. It needs the extra `plaid`."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "plaid", "be a service of Plaid", _EXAMPLES, _run)
    parser.add_argument("model", metavar="MODEL", help="the folder of the glosser")
    parser.add_argument("url", metavar="URL", help="the address of Plaid")
    parser.add_argument("--project", nargs="+", action="extend", required=True, metavar="ID",
                        help="the projects to serve")  # fmt: skip
    parser.add_argument("--token-file", metavar="FILE",
                        help=f"the file that has the token (default: the variable "
                        f"{_TOKEN})")  # fmt: skip
    parser.add_argument("--learn-from-project", action="store_true",
                        help="learn first from what people have confirmed in the "
                        "project")  # fmt: skip
    parser.add_argument("--n-best", type=whole_from(1), default=5, metavar="N",
                        help="analyses that are weighed for each word (default: 5)")  # fmt: skip
    parser.add_argument("--no-evidence", action="store_true",
                        help="do not write what an analysis rests on, which quotes the texts that "
                        "the glosser has learned from")  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    from igtkit.serve.plaid import PlaidService  # noqa: PLC0415 -- an extra

    service = PlaidService(
        load_glosser(options.model),
        token=_token(options.token_file),
        learn_from_project=options.learn_from_project,
        n_best=options.n_best,
        evidence=not options.no_evidence,
    )
    service.run([*options.project, "--url", options.url])
    return 0


def _token(path: str | None) -> str:
    if path is not None:
        token = Path(path).expanduser().read_text(encoding="utf-8").strip()
    else:
        token = os.environ.get(_TOKEN, "").strip()
    if not token:
        raise InputError(f"there is no token; name its file with --token-file, or set {_TOKEN}")
    return token
