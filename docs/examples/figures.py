r"""Draws the pictures of docs/figures.md, by running the examples on that page.

    python docs/examples/figures.py                  # into docs/images
    python docs/examples/figures.py --output FOLDER

The page is the only place that says what is drawn, so text and pictures cannot part. The same
examples with the same release of matplotlib draw the same pictures.
"""

from __future__ import annotations

import argparse
import contextlib
import doctest
import re
import shutil
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=DOCS / "images", metavar="FOLDER",
                        help="where the pictures go (default: docs/images)")  # fmt: skip
    output = parser.parse_args().output.resolve()
    output.mkdir(parents=True, exist_ok=True)

    import matplotlib as mpl  # noqa: PLC0415 -- so that --help works without it

    mpl.use("agg")
    page = DOCS / "figures.md"
    examples = "\n".join(FENCE.findall(page.read_text(encoding="utf-8")))
    test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.chdir(folder):
            failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed
        for picture in sorted(Path(folder).glob("*.png")):
            shutil.copy(picture, output)
            print(output / picture.name)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
