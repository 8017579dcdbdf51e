"""Tables as text, Markdown, LaTeX and HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.metrics import evaluate
from igtkit.metrics.rendering import render_html, render_latex, render_markdown, render_text

HEADER, ROWS = ["", "a|b", "c_d"], [["f.g.h", "1", "<2>"], ["f.g.i", "3", "4"], ["j", "", "5"]]

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


def test_a_table_in_markdown():
    assert render_markdown(HEADER, ROWS).split("\n") == [
        r"|  | a\|b | c_d |",
        "| --- | ---: | ---: |",
        "| f.g.h | 1 | <2> |",
        "| f.g.i | 3 | 4 |",
        "| j |  | 5 |",
    ]


def test_a_table_in_latex():
    assert render_latex(HEADER, ROWS).split("\n") == [
        r"\begin{tabular}{lrr}",
        r"\toprule",
        r" & a|b & c\_d \\",
        r"\midrule",
        r"f.g.h & 1 & <2> \\",
        r"f.g.i & 3 & 4 \\",
        r"j &  & 5 \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_a_table_in_html_goes_by_family():
    markup = render_html(HEADER, ROWS, note="n")
    table = markup[markup.index("<div class=") :].split("\n")
    assert table[table.index("<table>") - 1].endswith(
        '<div class="igt-report" role="region" aria-label="report" tabindex="0">'
    )
    assert table[table.index("<table>") + 1 : table.index("</div>")] == [
        '<thead><tr><td></td><th scope="col">a|b</th><th scope="col">c_d</th></tr></thead>',
        "<tbody>",
        '<tr><th scope="rowgroup" colspan="3">f.g</th></tr>',
        '<tr><th scope="row">h</th><td>1</td><td>&lt;2&gt;</td></tr>',
        '<tr><th scope="row">i</th><td>3</td><td>4</td></tr>',
        "</tbody>",
        '<tbody class="igt-alone">',
        '<tr><th scope="row">j</th><td></td><td>5</td></tr>',
        "</tbody>",
        "</table>",
    ]
