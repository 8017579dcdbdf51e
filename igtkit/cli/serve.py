"""``igtkit serve``: suggestions for annotation software."""

from __future__ import annotations

import argparse
from pathlib import Path

from igtkit.cli._shared import Subparsers, add_command, whole_from
from igtkit.models import CrfGlosser, load_glosser

__all__ = ["add"]

_EXAMPLES = """\
  igtkit train story.flextext -o my-glosser
  igtkit serve my-glosser
  curl http://localhost:8765/suggest -H 'Content-Type: application/json' \\
       -d '{"texts": [{"transcription": "Kedi pazarda ."}]}'
  igtkit serve my-glosser --journal corrections.jsonl     keeps what it is taught

It answers programs on this computer alone, until Ctrl-C. It needs the extra `serve`."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "serve", "suggest glosses to annotation software", _EXAMPLES, _run
    )
    parser.add_argument("model", metavar="MODEL", help="the folder of the glosser")
    parser.add_argument("--port", type=whole_from(0, 65535), default=8765, metavar="N",
                        help="the port to listen to; 0 for any that is free "
                        "(default: 8765)")  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS",
                        help="the address to listen to (default: 127.0.0.1, this computer "
                        "alone)")  # fmt: skip
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME",
                        help="another name of this server; may be repeated")  # fmt: skip
    parser.add_argument("--allow-origin", action="append", default=[], metavar="URL",
                        help="a web page that may ask, such as https://example.org; may be "
                        "repeated")  # fmt: skip
    parser.add_argument("--journal", metavar="FILE.jsonl",
                        help="keep corrections in this file, and take in what it "
                        "holds")  # fmt: skip
    parser.add_argument("--read-only", action="store_true", help="take no corrections")
    parser.add_argument("--n-best", type=whole_from(1), default=3, metavar="N",
                        help="suggestions for each word (default: 3)")  # fmt: skip
    parser.add_argument("--evidence", action="store_true",
                        help="say what each suggestion rests on; it quotes the texts that the "
                        "glosser has learned from")  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    from igtkit.serve import create_app, serve  # noqa: PLC0415 -- an extra

    glosser = load_glosser(options.model)
    more = (
        {"n_best": options.n_best, "evidence": options.evidence}
        if isinstance(glosser, CrfGlosser)
        else {}
    )
    app = create_app(
        glosser,
        name=Path(options.model).resolve().name,
        read_only=options.read_only,
        journal=options.journal,
        hosts=("127.0.0.1", "localhost", "[::1]", *options.allow_host),
        origins=options.allow_origin,
        **more,
    )
    serve(app, host=options.host, port=options.port)
    return 0
