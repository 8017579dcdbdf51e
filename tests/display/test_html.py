"""Texts, corpora and reports as HTML, in notebooks and on pages: the right way round, in any width."""

from __future__ import annotations

import html

import pytest
from markup import HEBREW, Collector

from igtkit.corpus import Corpus
from igtkit.data import load_sample
from igtkit.display import to_html
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction, Suggestion
from igtkit.io import write
from igtkit.metrics import evaluate


def test_a_corpus_shows_its_first_entries():
    corpus = load_sample()
    found = Collector(to_html(corpus, limit=3))
    assert len(found.get("igt")) == 3
    assert found.get("igt-more") == [repr(corpus), f"… and {len(corpus) - 3} more"]
    assert len(Collector(to_html(corpus, limit=None)).get("igt")) == len(corpus)


def test_a_report_is_a_table():
    gold = [IGT("ran", "ran", "run.PST", language="Tsez")]
    report = evaluate(predictions=gold, references=gold, by="language")
    found = Collector(to_html(report))
    header, rows = report.to_table()
    corner, *cells = found.get("td")
    assert corner == ""
    assert cells == [cell for row in rows for cell in row[1:]]
    assert found.get("code") == [report.signature]
    names, family = [], ""
    headings = iter(found.get("th"))
    for tag, about in found.tags:
        if tag == "th" and about["scope"] == "rowgroup":
            family = next(headings) + "."
            assert about["colspan"] == str(len(header))
        elif tag == "th" and about["scope"] == "row":
            names.append(family + next(headings))
        elif tag == "th":
            assert next(headings) in header
        elif tag == "tbody":
            family = ""
    assert names == [name for name, *_ in rows]
    assert "alignment" in names
    assert next(headings, None) is None
    assert (
        "div",
        {"class": "igt-report", "role": "region", "aria-label": "report", "tabindex": "0"},
    ) in found.tags


def test_notebooks_are_shown_what_to_html_gives():
    gold = [IGT("ran", "ran", "run.PST")]
    report = evaluate(predictions=gold, references=gold)
    for value in (gold[0], Corpus(gold), Prediction("a", "b"), report):
        assert value._repr_html_() == to_html(value)
    with pytest.raises(InputError, match="not 7"):
        to_html(7)


@pytest.mark.parametrize("width", [1200, 400, 320])
def test_a_page_fits_its_window(browser, tmp_path, width):
    path = tmp_path / "page.html"
    long = IGT("x" * 200, "x" * 100 + "-y" * 50, "X" * 100 + "-Y" * 50, "z" * 300)
    write([*load_sample()[:20], long, HEBREW], path)
    page = browser.new_page(viewport={"width": width, "height": 700}, java_script_enabled=False)
    page.goto(path.as_uri())
    boxes = page.evaluate(
        "[...document.querySelectorAll('article *')].map(each => each.getBoundingClientRect())"
        ".map(box => [box.left, box.right])"
    )
    assert len(boxes) > 500
    assert all(left >= 0 and right <= width + 0.5 for left, right in boxes)
    page.close()


def test_hebrew_runs_from_right_to_left(browser, tmp_path):
    path = tmp_path / "page.html"
    write([HEBREW, IGT("a b", "a-x b", "A-X B")], path)
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.goto(path.as_uri())
    lefts = [box.bounding_box()["x"] for box in page.query_selector_all(".igt-form")]
    assert lefts[:5] == sorted(lefts[:5], reverse=True)
    assert lefts[5:] == sorted(lefts[5:])
    tops = {box.bounding_box()["y"] for box in page.query_selector_all(".igt-gloss")[:5]}
    assert len(tops) == 1
    page.close()


def test_suggestions_open_by_mouse_and_by_keyboard(browser, tmp_path):
    path = tmp_path / "page.html"
    words = tuple((Suggestion(word, word, 0.5),) for word in "abc")
    markup = to_html(Prediction("a b c", "A B C", words=words))
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{markup}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 300, "height": 400})
    page.goto(path.as_uri())
    panels = page.query_selector_all(".igt-alternatives")
    assert not any(panel.is_visible() for panel in panels)
    page.hover(".igt-word >> nth=2")
    assert [panel.is_visible() for panel in panels] == [False, False, True]
    assert html.unescape(panels[2].inner_text()) == "c c 50%"
    page.mouse.move(0, 399)
    page.keyboard.press("Tab")
    assert [panel.is_visible() for panel in panels] == [True, False, False]
    page.close()


@pytest.mark.parametrize("width", [900, 320])
def test_suggestions_open_inside_a_cell_that_hides_what_leaves_it(browser, tmp_path, width):
    """As in a notebook: the output is clipped, and its colors are not the system's."""
    others = (
        Suggestion("ev-ler-de", "house-PL-LOC", 0.7, ("seen twice " * 20, "and once")),
        Suggestion("evler-de", "Evler-LOC", 0.2),
    )
    markup = to_html(Prediction("ev-ler-de kim var", "house-PL-LOC who exist", words=[others] * 3))
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><meta charset=utf-8><body style='margin:0'>"
        "<style>.cell ol { list-style: decimal; padding: 2em }</style><div class=cell "
        f"style='overflow: hidden; background: rgb(17, 17, 17); color: rgb(238, 238, 238)'>{markup}",
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page.goto(path.as_uri())
    word, panel = page.locator(".igt-word").nth(1), page.locator(".igt-alternatives").nth(1)
    before = word.bounding_box()
    word.hover()
    assert word.bounding_box() == before, "what one points at moved away"
    box, cell = panel.bounding_box(), page.locator(".cell").bounding_box()
    assert box["y"] >= before["y"] + before["height"]
    assert box["y"] + box["height"] <= cell["y"] + cell["height"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    panel.hover()
    assert panel.is_visible(), "one can go on to the panel, to copy from it"
    look = page.evaluate(
        "[...document.querySelectorAll('.igt-words, .igt-alternatives')].map(each => "
        "[getComputedStyle(each).color, getComputedStyle(each).listStyleType])"
    )
    assert {tuple(one) for one in look} == {("rgb(238, 238, 238)", "none")}
    page.close()


@pytest.mark.parametrize("width", [900, 320])
def test_a_wide_report_scrolls_in_its_place(browser, tmp_path, width):
    gold = [IGT("ran", "ran", "run.PST", language=f"Language {n}") for n in range(20)]
    path = tmp_path / "page.html"
    markup = to_html(evaluate(predictions=gold, references=gold, by="language"))
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{markup}", encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('.igt-report').scrollWidth") > width
    page.keyboard.press("Tab")  # whoever has no mouse can scroll it
    assert page.evaluate("document.activeElement.className") == "igt-report"
    page.close()
