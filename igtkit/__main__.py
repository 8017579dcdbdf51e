"""``python -m igtkit`` is the command ``igtkit``."""

from __future__ import annotations

import sys

__all__ = ["run"]

_STOPPED = 130


def run() -> int:
    """Run the command, and return its exit status; Ctrl-C while it is loaded stops it, too."""
    try:
        from igtkit.cli import main  # noqa: PLC0415 -- it takes a while, and may be stopped

        return main()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("igtkit: stopped\n")
        return _STOPPED


if __name__ == "__main__":
    sys.exit(run())
