"""Take the picture of the home page: ``python docs/images/home.py`` (playwright and chromium).

What is seen is what the first page of the site shows: a glosser has learned from the sample
corpus and glosses a sentence that it has not seen; the browser points at its least sure word.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from igtkit.display import to_html

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import generated

PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 20px 24px 22px; width: 412px;
  font: 17px/1.45 "Noto Serif", Georgia, serif;
  background: light-dark(#fff, #1e2129); color: light-dark(#1b1b1f, #ececf1); }}
h2 {{ font: 600 14px/1.4 system-ui, "Noto Sans", sans-serif; margin: 14px 0 2px;
  color: light-dark(#3c50b4, #a3b1ff); }}
h2:first-child {{ margin-top: 0; }}
p {{ margin: 2px 0; }}
.igt {{ margin: 4px 0 0 !important; }}
.igt-alternatives {{ font-size: 16px; }}
</style><h2>A sentence that nobody has glossed</h2><p><em>{text}</em></p><p>‘{translation}’</p>
<h2>What igtkit suggests after {n} others; point at a word to see what else it may be</h2>
<main>{markup}</main>"""


def main() -> None:
    """Write ``home-light.png`` and ``home-dark.png`` beside this script."""
    igt, prediction, learned, _ = generated.suggestion()
    unsure = min(
        (best for best, *_ in filter(None, prediction.words) if best.probability is not None),
        key=lambda best: best.probability or 0,
    )
    page = PAGE.format(
        text=igt.transcription,
        translation=igt.translation,
        n=learned,
        markup=to_html(prediction),
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for scheme in ("light", "dark"):
            tab = browser.new_page(
                viewport={"width": 460, "height": 300}, color_scheme=scheme, device_scale_factor=2
            )
            tab.set_content(page)
            tab.locator(".igt-word", has_text=unsure.form.split("-")[0]).first.hover()
            path = Path(__file__).with_name(f"home-{scheme}.png")
            tab.screenshot(path=path, full_page=True)
            Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
