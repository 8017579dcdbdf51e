"""``python -m desk FILE``: gloss what is open in a file, in the browser."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import signal
import sys
import webbrowser
from pathlib import Path
from typing import Any

if not __package__:  # python docs/examples/desk FILE
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from desk.app import make_app
from desk.session import Session
from igtkit import read
from igtkit.errors import IGTError
from igtkit.io import Original, parse_options
from igtkit.serve import Journal, serve

_ABOUT = """\
It learns from what is glossed in FILE, and opens a page in your browser that suggests the rest.
Ctrl-C here, or Save and leave there, ends it; then FILE is written, and a copy kept as FILE.bak."""

_SAID_ELSEWHERE = {name: f"is said with --{name}" for name in ("format", "encoding")}


def main(arguments: list[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(
        "desk", description="Gloss what is open in a file, in the browser.", epilog=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="FLExText, ELAN, Toolbox, CLDF, CSV and more")
    parser.add_argument("--learn", nargs="+", default=[], metavar="FILE", help="to learn from, too")
    parser.add_argument("--format", metavar="NAME", help="format of FILE, where it does not tell")
    parser.add_argument("--encoding", metavar="NAME", help="encoding of FILE (default: UTF-8)")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE",
                        help="an option of FILE's format, as for igtkit gloss; also for files to "
                        "learn from whose names end alike; may be repeated")  # fmt: skip
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: any free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    options = parser.parse_args(arguments)
    for name in ("SIGTERM", "SIGHUP"):  # a terminal that is closed is no reason to lose anything
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        own = parse_options(options.option, _SAID_ELSEWHERE)

        def own_of(path: str) -> dict[str, Any]:
            return own if Path(path).suffix == Path(options.file).suffix else {}

        original = Original.open(options.file, options.format, encoding=options.encoding, **own)
        journal = Journal(f"{original.file}.desk.jsonl")
        with journal.held():
            print(f"learning from {options.file} …", flush=True)
            more = [text for path in options.learn for text in read(path, **own_of(path))]
            return _run(Session(original, journal, more), options)
    except (IGTError, OSError) as error:
        print(f"desk: {error}", file=sys.stderr)
        return 2


def _run(session: Session, options: argparse.Namespace) -> int:
    token = secrets.token_urlsafe(24)

    def show(address: str) -> None:
        page = f"{address}/?token={token}"
        print(f"{len(session.to_do)} sentences to do; Ctrl-C ends it\n{page}", flush=True)
        if not options.no_browser:
            webbrowser.open(page)

    with contextlib.suppress(KeyboardInterrupt):
        serve(make_app(session, token), port=options.port, when_ready=show)
    journal = session.journal.path
    try:
        print(session.save(), flush=True)
    except (IGTError, OSError) as error:
        print(f"desk: {error}\nWhat you have accepted is in {journal}; lay it in with:\n"
              f"igtkit merge {journal} {session.original.path}", file=sys.stderr)  # fmt: skip
        return 1
    if not journal.stat().st_size:
        journal.unlink()
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # what is being learned beside the work is not waited for
