"""Tables as text, Markdown and LaTeX."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["render_latex", "render_markdown", "render_text"]

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}


def render_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set a table in columns: names to the left, numbers to the right.

    Example:
        >>> print(render_text(["", "all"], [["f1", "0.5"]]))
            all
        f1  0.5
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in (header, *rows)
    )


def render_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set a table in Markdown.

    Example:
        >>> print(render_markdown(["", "all"], [["f1", "0.5"]]))
        |  | all |
        | --- | ---: |
        | f1 | 0.5 |
    """
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines
    )


def render_latex(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""Set a table as a LaTeX ``tabular`` with the rules of the package booktabs.

    Example:
        >>> print(render_latex(["", "all"], [["edit_distance", "0.5"]]))
        \begin{tabular}{lr}
        \toprule
         & all \\
        \midrule
        edit\_distance & 0.5 \\
        \bottomrule
        \end{tabular}
    """
    body = [" & ".join(map(_escape, row)) + r" \\" for row in rows]
    return "\n".join(
        [
            rf"\begin{{tabular}}{{l{'r' * (len(header) - 1)}}}",
            r"\toprule",
            " & ".join(map(_escape, header)) + r" \\",
            r"\midrule",
            *body,
            r"\bottomrule",
            r"\end{tabular}",
        ]
    )


def _escape(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
