"""What the drawings of the site are made of: words, boxes and lines in the colors of the page.

A drawing is an SVG that is narrow enough to be read on a phone. The site puts it into its page
(docs/hooks.py); as a file it follows the light or dark setting of the system.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["WIDTH", "Drawing", "write"]

WIDTH = 560
LIGHT = """\
--ink:#1b1b1f;--soft:#5b5b66;--line:#b9b9c4;--fill:#f3f3f8;--one:#3c50b4;--two:#b3480b"""
DARK = """\
--ink:#ececf1;--soft:#a9abb8;--line:#5b5e70;--fill:#2a2d3a;--one:#a3b1ff;--two:#ffb081"""
STYLE = f"""\
.drawing{{{LIGHT}}}
@media (prefers-color-scheme:dark){{.drawing{{{DARK}}}}}
"""
STYLE += """\
.drawing text{font-family:system-ui,"Noto Sans",sans-serif;fill:var(--ink);font-size:17px}
.drawing .soft{fill:var(--soft);font-size:15px}
.drawing .bold{font-weight:600}
.drawing .code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:15px}
.drawing .small{font-size:14px}
.drawing .one{fill:var(--one)}.drawing .two{fill:var(--two)}
.drawing .box{fill:var(--fill);stroke:var(--line)}
.drawing .bar{fill:var(--one);stroke:none}.drawing .rest{fill:var(--line);stroke:none}
.drawing .line{stroke:var(--soft);stroke-width:1.5;fill:none}
.drawing .mark{stroke:var(--two);stroke-width:2;fill:none}
.drawing .curve{stroke:var(--one);stroke-width:2.5;fill:none}"""


class Drawing:
    """A picture that grows by shapes."""

    def __init__(self, height: int, width: int = WIDTH) -> None:
        self.height = height
        self.width = width
        self.parts: list[str] = []

    def text(self, x: float, y: float, text: str, kind: str = "", anchor: str = "middle") -> None:
        """Words at a place; pieces between ``|`` take the classes of `kind` in turn."""
        kinds = kind.split("|")
        pieces = text.split("|") if len(kinds) > 1 else [text]
        spans = "".join(
            f'<tspan class="{of}">{html.escape(piece)}</tspan>' if of else html.escape(piece)
            for piece, of in zip(pieces, kinds, strict=True)
        )
        self.parts.append(f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{spans}</text>')

    def box(self, x: float, y: float, width: float, height: float, *, kind: str = "box") -> None:
        """A filled box with round corners."""
        self.parts.append(
            f'<rect class="{kind}" x="{x:g}" y="{y:g}" '
            f'width="{width:g}" height="{height:g}" rx="7"/>'
        )

    def line(self, *points: float, kind: str = "line") -> None:
        """A line through points, given as x, y, x, y."""
        pairs = " ".join(f"{x:g},{y:g}" for x, y in zip(points[::2], points[1::2], strict=True))
        self.parts.append(f'<polyline class="{kind}" points="{pairs}"/>')

    def arrow(self, x: float, top: float, bottom: float) -> None:
        """An arrow downwards."""
        self.line(x, top, x, bottom)
        self.line(x - 5, bottom - 7, x, bottom, x + 5, bottom - 7)

    def markup(self) -> str:
        """The picture as SVG."""
        return (
            f'<svg class="drawing" xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {self.width} {self.height}">\n<style>{STYLE}</style>\n'
            + "\n".join(self.parts)
            + "\n</svg>\n"
        )


def write(drawings: Mapping[str, Callable[[], Drawing]]) -> None:
    """Draw each anew, as a file beside this script."""
    for name, draw in drawings.items():
        path = Path(__file__).with_name(f"{name}.svg")
        path.write_text(draw().markup(), encoding="utf-8", newline="\n")
