"""Tables as text, Markdown, LaTeX and HTML."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit.igt.html import escape, to_markup

__all__ = ["render_html", "render_latex", "render_markdown", "render_text"]

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}


def render_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in columns: names to the left, numbers to the right.

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
    """Return a table in Markdown.

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
    r"""Return a table as a LaTeX ``tabular`` with the rules of the package booktabs.

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
    body = [" & ".join(map(_escape_latex, row)) + r" \\" for row in rows]
    return "\n".join(
        [
            rf"\begin{{tabular}}{{l{'r' * (len(header) - 1)}}}",
            r"\toprule",
            " & ".join(map(_escape_latex, header)) + r" \\",
            r"\midrule",
            *body,
            r"\bottomrule",
            r"\end{tabular}",
        ]
    )


def render_html(header: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> str:
    """Return a table in HTML, its rows by family; it scrolls where its columns make it wide.

    Args:
        header: The names of the columns, an empty one first.
        rows: The path of a figure, and its value in each column.
        note: What stands beneath the table as code.

    Returns:
        One ``<div>`` with its style.
    """
    columns = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header[1:])
    families: dict[str, list[Sequence[str]]] = {}
    for row in rows:
        families.setdefault(row[0].rpartition(".")[0], []).append(row)
    parts = [_family(name, family, len(header)) for name, family in families.items()]
    table = f"<thead><tr><td></td>{columns}</tr></thead>\n{''.join(parts)}"
    region = '<div class="igt-report" role="region" aria-label="report" tabindex="0">'
    signature = f"<p><code>{escape(note)}</code></p>\n"
    return to_markup([f"{region}\n<table>\n{table}</table>\n</div>\n", signature])


def _family(name: str, rows: Sequence[Sequence[str]], width: int) -> str:
    head = f'<tr><th scope="rowgroup" colspan="{width}">{escape(name)}</th></tr>\n' if name else ""
    body = "".join(
        f'<tr><th scope="row">{escape(path.rpartition(".")[2])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>\n"
        for path, *cells in rows
    )
    start = "<tbody>" if name else '<tbody class="igt-alone">'
    return f"{start}\n{head}{body}</tbody>\n"


def _escape_latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
