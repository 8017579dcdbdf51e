"""Take the pictures of what igtkit writes for readers: ``python docs/images/documents.py``.

HTML in a browser, a review table and a Word document as LibreOffice shows them, and Typst. It takes
a chromium, LibreOffice, pdftoppm, and the packages playwright, pillow and typst. The texts are of
the sample corpus; the Hebrew one is made up.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
import typst
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

import igtkit

HERE = Path(__file__).resolve().parent
LABELS = {"AOR": "aorist", "VBLZ": "verbalizer"}
"""What labels mean that are no standard abbreviations."""


def examples() -> list[igtkit.IGT]:
    """A short text, a long one, one that runs from right to left, and a suggestion."""
    sample = [igt.replace(split=None, source=None) for igt in igtkit.load_sample()]
    hebrew = igtkit.IGT(
        "הילדים קראו את הספר", "ה-ילד-ים קרא-ו את ה-ספר", "DEF-child-PL read.PST-3PL ACC DEF-book",
        "The children read the book.", language=igtkit.Language("hebr1245", "Hebrew", "heb"),
    )  # fmt: skip
    short, long, done = sample[1], sample[22], sample[15]
    suggestion = igtkit.Prediction(done.segmentation, done.glosses, system="my-model")
    return [short, long, hebrew, suggestion.to_igt(done.replace(segmentation=None, glosses=None))]


def save(picture: Image.Image, name: str) -> None:
    """Keep what is not white, in few colors, so that the file is small."""
    plain = picture.convert("RGB")
    box = ImageChops.difference(plain, Image.new("RGB", plain.size, "white")).getbbox()
    assert box is not None
    left, top, right, bottom = box
    plain = plain.crop((max(left - 12, 0), max(top - 12, 0), right + 12, bottom + 12))
    plain.quantize(64).save(HERE / f"{name}.png", optimize=True)


def printed(path: Path) -> Image.Image:
    """The first page of a document as LibreOffice prints it."""
    for command in (
        ["soffice", "--headless", "--convert-to", "pdf", path.name],
        ["pdftoppm", "-png", "-r", "110", "-singlefile", f"{path.stem}.pdf", path.stem],
    ):
        subprocess.run(command, cwd=path.parent, check=True, capture_output=True)  # noqa: S603
    return Image.open(path.with_suffix(".png"))


def in_browser(folder: Path) -> None:
    """The examples as HTML, in a wide window, and dark in a narrow one."""
    igtkit.write(examples(), folder / "examples.html", title="Examples")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, width, scheme in (("wide", 1000, "light"), ("phone", 400, "dark")):
            page = browser.new_page(viewport={"width": width, "height": 300}, color_scheme=scheme)
            page.goto((folder / "examples.html").as_uri())
            path = HERE / f"html-{name}.png"
            page.screenshot(path=path, full_page=True)
            Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)
        browser.close()


def review(folder: Path) -> None:
    """The table of suggestions, up to the column to be filled in."""
    sample = [igt.replace(split=None, source=None) for igt in igtkit.load_sample()[:120]]
    open_ones = [igt.replace(segmentation=None, glosses=None) for igt in sample[100:103]]
    glosser = igtkit.models.CrfGlosser().fit(sample[:100])
    done = igtkit.models.complete(glosser, [*sample[:100], *open_ones], n_best=3)
    path = folder / "review.xlsx"
    igtkit.write(done.texts[100:], path, layout="review")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    columns = [cell.column_letter for cell in sheet[1] if cell.value == "confirmed"]
    sheet.print_area = f"A1:{columns[0]}{sheet.max_row}"
    book.save(path)
    save(printed(path), "review")


def word(path: Path) -> None:
    """The examples in Word, in a font as wide as Times: LibreOffice may not have Word's."""
    igtkit.write(examples(), path, abbreviations=LABELS)
    document = docx.Document(str(path))
    document.styles["Normal"].font.name = "Liberation Serif"
    document.save(str(path))
    save(printed(path), "word")


def main() -> None:
    """Write the pictures beside this script."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        in_browser(folder)
        review(folder)
        word(folder / "word.docx")
        igtkit.write(examples(), folder / "examples.typ", abbreviations=LABELS)
        typst.compile(folder / "examples.typ", output=folder / "typst.png", format="png", ppi=96)
        save(Image.open(folder / "typst.png"), "typst")


if __name__ == "__main__":
    main()
