"""Make every picture of the site anew, as before a release: ``python docs/images`` (some minutes).

It takes a chromium, LibreOffice, pdftoppm, and the packages playwright, pillow, typst, nbconvert,
ipykernel and matplotlib. The plots of measured figures (``laptop-*``, ``lora-*``, ``reward-*``,
``perplexity-*``) are written by their benchmarks.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = (
    *(HERE / f"{name}.py" for name in ("draw", "shown", "home", "desk", "documents", "notebook")),
    HERE.parent / "examples" / "figures.py",
)

if __name__ == "__main__":
    for script in SCRIPTS:
        subprocess.run([sys.executable, script], check=True)  # noqa: S603 -- this program's own
