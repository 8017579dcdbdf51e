"""Tables as text, Markdown, LaTeX and HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.metrics import evaluate
from igtkit.metrics.rendering import render_html, render_latex, render_markdown, render_text

CELLS = st.lists(st.text("ab|&%_<\\{", min_size=1, max_size=4), min_size=3, max_size=3)


def test_latex_escapes_what_latex_would_read():
    references = [IGT("a", "a", "a", language="A&B_{~^\\}")]
    table = evaluate(predictions=references, references=references, by="language").to_latex()
    assert r"A\&B\_\{\textasciitilde{}\textasciicircum{}\textbackslash{}\}" in table


@given(CELLS, st.lists(CELLS, max_size=3))
def test_every_cell_stands_in_its_column(header, rows):
    lines = render_markdown(header, rows).split("\n")
    assert len(lines) == len(rows) + 2
    assert all(line.replace(r"\|", "").count("|") == len(header) + 1 for line in lines)
    lines = render_text(header, rows).split("\n")
    assert [line.split() for line in lines] == [header, *rows]
    assert len(set(map(len, lines))) == 1
    assert render_latex(header, rows).count(r" \\") == len(rows) + 1


@given(CELLS, st.lists(CELLS, min_size=1, max_size=3))
def test_html_holds_every_value_as_text(header, rows):
    found = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(render_html(header, rows, note="a <note>"))
    text = "".join(found)
    assert all(cell in text for cell in [*header[1:], *(cell for row in rows for cell in row[1:])])
    assert "a <note>" in text
