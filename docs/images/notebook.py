"""The pictures of docs/notebooks.md: a notebook that is run, shown and photographed.

pip install nbconvert ipykernel playwright pillow      # and a chromium
python docs/images/notebook.py
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor
from PIL import Image
from playwright.sync_api import sync_playwright

CELLS = """\
import igtkit
corpus = igtkit.load_sample()
corpus[5]

from igtkit.models import CrfGlosser
glosser = CrfGlosser().fit(corpus.split("train"))
text = igtkit.IGT("Kedimiz pazarda uyudu.", translation="Our cat slept at the market.")
[prediction] = glosser.predict([text], n_best=3, evidence=True)
prediction

corpus[:2]

dev = corpus.split("dev")
igtkit.metrics.evaluate(predictions=glosser.predict(dev), references=dev)
""".strip().split("\n\n")
PICTURES = (
    ("wide", "light", 900, 0, 2),
    ("phone", "dark", 400, 1, 1),
    ("report", "dark", 400, 3, 3),
)
"""Name, theme, width, first and last cell."""


def main() -> None:
    """Write the pictures beside this script, or to the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    ExecutePreprocessor(timeout=300).preprocess(notebook, {})
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, theme, width, first, last in PICTURES:
            path = Path(scratch) / f"{name}.html"
            exporter = HTMLExporter(template_name="lab", theme=theme)
            path.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")
            page = browser.new_page(
                viewport={"width": width, "height": 900}, java_script_enabled=False
            )
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            photograph(page, folder / f"notebook-{name}.png", width, first, last)
        browser.close()


def photograph(page: Any, path: Path, width: int, first: int, last: int) -> None:
    """A picture of some cells; a word is pointed at, or on a phone focused."""
    word = page.locator(".igt-word").nth(1 if width > 600 else 2)
    if width > 600:
        word.hover()
    else:
        word.focus()
    boxes = [page.locator(".jp-CodeCell").nth(n).bounding_box() for n in (first, last)]
    top, end = boxes[0]["y"], boxes[1]["y"] + boxes[1]["height"]
    area = {"x": 0, "y": top, "width": width, "height": end - top}
    taken = page.screenshot(clip=area, full_page=True)
    Image.open(io.BytesIO(taken)).quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main()
