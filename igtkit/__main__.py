"""``python -m igtkit`` is the command ``igtkit``."""

from __future__ import annotations

import sys

from igtkit.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
