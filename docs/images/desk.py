"""Take the pictures of *A day at the desk*: ``python docs/images/desk.py`` (playwright, chromium).

The file on the desk is made of the sample corpus: a hundred sentences that are glossed, and twenty
that are not. The sentence that runs from right to left is made up.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import igtkit

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
HEBREW = [
    igtkit.IGT("הילד רץ", "ה-ילד רץ", "DEF-boy run.PST", "The boy ran."),
    igtkit.IGT("הילדה אכלה תפוח", "ה-ילד-ה אכל-ה תפוח", "DEF-boy-F eat.PST-F apple", "She ate."),
    igtkit.IGT("הילדה רצה", translation="The girl ran."),
]  # fmt: skip


def story(path: Path) -> None:
    """Write the file."""
    sample = [text.replace(split=None, source="Pazar") for text in igtkit.load_sample()[:120]]
    texts = sample[:100] + [
        text.replace(segmentation=None, glosses=None, pos=None) for text in sample[100:]
    ]
    igtkit.write(texts, path, vernacular="tr", analysis="en")


@contextlib.contextmanager
def running(path: Path) -> Iterator[str]:
    """A desk, and the address of its page."""
    desk = subprocess.Popen(  # noqa: S603 -- this program's own
        [sys.executable, "-m", "desk", str(path), "--no-browser"],
        cwd=EXAMPLES, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": f"{HERE.parents[1]}"},
    )  # fmt: skip
    try:
        assert desk.stdout is not None
        yield next(line.strip() for line in desk.stdout if re.match("http://", line))
    finally:
        desk.terminate()
        desk.communicate(timeout=60)


def take(page: Page, name: str, folder: Path) -> None:
    """Save a picture in few colors, so that the file is small."""
    path = folder / f"desk-{name}.png"
    page.screenshot(path=path, full_page=True)
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


def open_page(page: Page, address: str) -> None:
    """Show the page, and wait until a word has the focus."""
    page.goto(address)
    page.locator("#words :focus").wait_for()


def main(folder: Path) -> None:
    """Take the pictures into a folder."""
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as scratch:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        path = Path(scratch) / "story.flextext"
        story(path)
        with running(path) as address:
            page = browser.new_page(viewport={"width": 900, "height": 600})
            open_page(page, address)
            page.keyboard.press("Enter")
            page.locator("#words .done").first.wait_for()
            page.locator("#words .doubtful").first.focus()
            take(page, "open", folder)
            page.locator("#words button").first.focus()
            page.keyboard.press("e")
            page.keyboard.press("Tab")
            page.keyboard.press("Control+a")
            page.keyboard.type("woman-PLU")
            page.locator("#problem").filter(has_text="PLU").wait_for()
            take(page, "edit", folder)
            phone = browser.new_page(viewport={"width": 390, "height": 780}, color_scheme="dark")
            open_page(phone, address)
            take(phone, "phone", folder)
        path = Path(scratch) / "sipur.jsonl"
        igtkit.write(HEBREW, path)
        with running(path) as address:
            page = browser.new_page(viewport={"width": 900, "height": 500})
            open_page(page, address)
            take(page, "rtl", folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
