"""Texts, corpora, predictions and reports as HTML, for pages and notebooks."""

from __future__ import annotations

from igtkit._html import escape, render_entry, to_markup
from igtkit.corpus import Corpus
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.metrics import Report

__all__ = ["to_html"]


def to_html(value: IGT | Corpus | Prediction | Report, *, limit: int | None = 10) -> str:
    """Show something as a fragment of HTML, with its style and without script.

    A text is a list of words, each over its morphemes and their glosses; it wraps to the width
    there is, runs from right to left where its script does, and has grammatical labels in small
    capitals, the standard ones spelt out on hover. In a `Prediction`, the suggestions for a word
    and how likely each is show where one points at it.

    Notebooks show these objects so by themselves.

    Args:
        value: What to show.
        limit: How many entries of a corpus to show; None for all.

    Returns:
        One ``<div>``. (``igtkit.write(corpus, "corpus.html")`` writes a whole page.)

    Raises:
        InputError: If it is nothing that can be shown.

    Example:
        >>> markup = to_html(IGT("cats", "cat-s", "cat-PL", "Cats."))
        >>> '<abbr title="plural">PL</abbr>' in markup
        True
    """
    if isinstance(value, IGT):
        return to_markup([render_entry(value)])
    if isinstance(value, Corpus):
        return to_markup(_corpus(value, limit))
    if isinstance(value, Prediction):
        return to_markup([_prediction(value)])
    if isinstance(value, Report):
        return _report(value)
    raise InputError(f"to_html shows an IGT, a Corpus, a Prediction or a Report, not {value!r:.80}")


def _corpus(corpus: Corpus, limit: int | None) -> list[str]:
    shown = [render_entry(igt) for igt in corpus[:limit]]
    rest = len(corpus) - len(shown)
    title = f'<p class="igt-more">{escape(repr(corpus))}</p>\n'
    return [title, *shown, f'<p class="igt-more">… and {rest} more</p>\n' if rest else ""]


def _prediction(prediction: Prediction) -> str:
    """A prediction has no transcription: its words are what the glosser made of each token."""
    mark = {"prediction": {"system": prediction.system, "confirmed": False}}
    igt = IGT(None, prediction.segmentation, prediction.glosses, metadata=mark)
    problems = "".join(f"<li>{escape(problem)}</li>" for problem in prediction.problems)
    markup = render_entry(igt, prediction.words)
    return markup + (f'<ul class="igt-problems">{problems}</ul>\n' if problems else "")


def _report(report: Report) -> str:
    """A table with the figures by family, which scrolls where groups make it wide."""
    header, rows = report.to_table()
    columns = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header[1:])
    families: dict[str, list[list[str]]] = {}
    for row in rows:
        families.setdefault(row[0].rpartition(".")[0], []).append(row)
    parts = [_family(name, family, len(header)) for name, family in families.items()]
    table = f"<thead><tr><td></td>{columns}</tr></thead>\n{''.join(parts)}"
    region = '<div class="igt-report" role="region" aria-label="report" tabindex="0">'
    signature = f"<p><code>{escape(report.signature)}</code></p>\n"
    return to_markup([f"{region}\n<table>\n{table}</table>\n</div>\n", signature])


def _family(name: str, rows: list[list[str]], width: int) -> str:
    head = f'<tr><th scope="rowgroup" colspan="{width}">{escape(name)}</th></tr>\n' if name else ""
    body = "".join(
        f'<tr><th scope="row">{escape(path.rpartition(".")[2])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>\n"
        for path, *cells in rows
    )
    start = "<tbody>" if name else '<tbody class="igt-alone">'
    return f"{start}\n{head}{body}</tbody>\n"
