"""The site as its readers meet it: links, pictures, examples, width, light and dark."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from sitetools import DOCS, ROOT, load, served

DRAWN = {script: load(DOCS / "images" / f"{script}.py").DRAWINGS for script in ("draw", "shown")}
GLOSSED = {"shown-elan", "shown-flex", "shown-terminal"}


def test_every_drawing_has_its_script():
    drawn = {name for drawings in DRAWN.values() for name in drawings}
    assert {path.stem for path in (DOCS / "images").glob("*.svg")} == drawn


@pytest.mark.parametrize(
    ("script", "name"),
    [
        pytest.param(script, name, marks=[pytest.mark.slow] if name in GLOSSED else [])
        for script, drawings in DRAWN.items()
        for name in drawings
    ],
)
def test_a_drawing_is_what_its_script_draws(script, name):
    if name == "shown-curve" and not (ROOT / "benchmarks").is_dir():
        pytest.skip("the benchmarks, whose figures it shows, are not part of the built package")
    drawn = (DOCS / "images" / f"{name}.svg").read_text(encoding="utf-8")
    assert drawn == DRAWN[script][name]().markup(), f"{name}.svg: run docs/images/{script}.py"


def test_the_page_of_benchmarks_is_that_of_the_logs():
    script = ROOT / "benchmarks" / "page.py"
    if not script.is_file():
        pytest.skip("the benchmarks are not part of the built package")
    written = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    assert written == load(script).page(), "run benchmarks/page.py"


class Pictures(HTMLParser):
    """What stands for pictures on a page, for whoever does not see them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "img":
            self.found.append((given["src"], given.get("alt")))
        elif tag == "svg" and "drawing" in (given.get("class") or "").split():
            self.found.append(("a drawing", given.get("aria-label")))


def test_every_picture_has_its_alternative_text(site):
    found = []
    for path in site.rglob("*.html"):
        reader = Pictures()
        reader.feed(path.read_text(encoding="utf-8"))
        found += [(str(path), *picture) for picture in reader.found]
    assert len(found) > 12
    assert [each for each in found if not each[2] or len(each[2]) < 12] == []


def test_drawings_stand_in_the_page_itself(site):
    page = (site / "data-model" / "index.html").read_text(encoding="utf-8")
    assert page.count('<svg role="img" aria-label="') == 2
    assert ".svg" not in page.partition("<article")[2].partition("</article>")[0]


def test_examples_are_shown_with_the_html_of_the_library(site):
    page = (site / "data-model" / "index.html").read_text(encoding="utf-8")
    assert '<span class="igt-form" lang="tr"><bdi>ev' in page
    assert '<abbr title="locative">LOC</abbr>' in page
    assert ".igt-words" in (site / "assets" / "igt.css").read_text(encoding="utf-8")


def test_an_example_that_does_not_align_is_refused():
    exceptions = pytest.importorskip("mkdocs.exceptions")
    hooks = load(DOCS / "hooks.py")
    with pytest.raises(exceptions.PluginError, match="'ru-n' has 2 morphemes"):
        hooks.read_example("the cats run\nthe cat-s ru-n\nDET cat-PL run.SG\n")


def test_examples_follow_the_language_that_is_named():
    pytest.importorskip("mkdocs")
    igt = load(DOCS / "hooks.py").read_example("evde\nev-de\nhouse-LOC\n‘at home’\n", "tur")
    assert (igt.language.name, igt.translation) == ("Turkish", "at home")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_have_the_colors_of_the_page(browser, site, scheme):
    with served(site) as address:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(address + "data-model/")
        colors = page.evaluate(
            "[document.body, document.querySelector('svg.drawing text')]"
            ".map((each, i) => getComputedStyle(each)[i ? 'fill' : 'backgroundColor'])"
        )
        background, ink = (sum(map(int, re.findall(r"\d+", each)[:3])) for each in colors)
        assert (background > ink) == (scheme == "light")
        assert abs(background - ink) > 400
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_with_a_white_ground_are_turned_around_in_the_dark(browser, site, scheme):
    with served(site) as address:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(address + "laptop-glosser/")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('article img')]"
                ".map(each => getComputedStyle(each).filter.includes('invert'))"
            )
            == [scheme == "dark"] * page.locator("article img").count()
        )
        context.close()


def test_the_first_page_shows_alternatives_of_a_word_that_is_pointed_at(browser, site):
    with served(site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        word = page.locator(".igt-suggested").filter(has=page.locator(".igt-doubtful, .igt-unsure"))
        alternatives = word.first.locator(".igt-alternatives")
        assert not alternatives.is_visible()
        word.first.locator(".igt-word").hover()
        assert alternatives.is_visible()
        assert "%" in alternatives.inner_text()
        page.close()


def test_what_is_copied_are_the_commands_alone():
    pytest.importorskip("mkdocs")
    alone = load(DOCS / "hooks.py").commands_alone
    assert alone("$ igtkit check a\na:1: error\n\n$ echo") == "igtkit check a\necho"
    assert alone(">>> for a in b:\n...     print(a)\n...\n1\n... no code\n>>> a\n") == (
        "for a in b:\n    print(a)\n\na"
    )
    assert alone("igtkit gloss story.eaf\n") is None


def test_no_remark_is_copied_since_the_shell_of_macos_takes_it_for_arguments(site):
    blocks = [
        html.unescape(copied)
        for path in site.rglob("index.html")
        for copied in re.findall(
            r'<div class="language-(?:sh|console) highlight" data-copy="([^"]*)"',
            path.read_text(encoding="utf-8"),
        )
    ]
    assert len(blocks) > 50
    assert [block for block in blocks if re.search(r"(^|\s)# ", block)] == []
    assert (
        "igtkit gloss story.flextext -o review.csv\nigtkit merge review.csv story.flextext"
        in blocks
    )


def test_the_button_copies_what_is_typed_in_a_session(browser, site):
    with served(site) as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address + "commands/gloss/")
        page.locator("article .md-clipboard, article .md-code__button").first.click()
        page.wait_for_timeout(200)
        assert page.evaluate("navigator.clipboard.readText()") == "igtkit gloss story.flextext"
        context.close()


def test_nothing_of_the_tests_shows_on_a_page(site):
    shown = [
        str(path) for path in site.rglob("*.html") if "doctest:" in path.read_text(encoding="utf-8")
    ]
    assert shown == []


SOUGHT = {
    "install": "install/",
    "Windows": "install/",
    "uncertainty": "glossary/",
    "probability": "commands/show/",
    "overwrite": "commands/gloss/",
    "alignment_score": "alignment_score",
}


def test_the_search_finds_what_newcomers_ask_for_and_a_function(browser, site):
    with served(site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        field = page.locator("input.md-search__input")
        for word, wanted in SOUGHT.items():
            # typed, as the search looks when a key is let go: a value put in at once may be missed
            field.fill("")
            field.press_sequentially(word)
            of_this_word = f".md-search-result__link[href*='h={word.lower()}']"
            page.locator(of_this_word).first.wait_for(timeout=20_000)
            results = page.locator(".md-search-result__link").all()
            found = [each.get_attribute("href") or "" for each in results]
            assert any(wanted in each for each in found), (word, found)
        page.close()


def test_a_word_of_an_example_stands_over_its_gloss(browser, site):
    with served(site) as address:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(address + "data-model/")
        example = page.locator(".igt-example").first
        tops = [box.bounding_box()["y"] for box in example.locator(".igt-form").all()]
        assert max(tops) - min(tops) < 1
        glosses = [box.bounding_box()["y"] for box in example.locator(".igt-gloss").all()]
        assert min(glosses) > max(tops)
        page.close()


def test_the_links_that_leave_the_site_are_few_and_known():
    links = re.compile(r"\]\((https?://[^)\s]+)\)")
    found = {link for path in DOCS.rglob("*.md") for link in links.findall(path.read_text("utf-8"))}
    assert all(link.startswith("https://") for link in found), found
    assert len(found) < 60


def test_no_script_of_the_site_is_published(site):
    left = {path.name for path in site.rglob("*.py")} & {
        "hooks.py",
        "generated.py",
        "docstrings.py",
        "draw.py",
    }
    assert left == set()
    assert list(site.rglob("__pycache__")) == []


def test_mkdocs_has_nothing_to_warn_of(built):
    """No broken link or anchor, no name without its entry, no page outside the navigation."""
    _, warnings = built
    assert warnings == []


def test_the_site_needs_nothing_from_elsewhere(site):
    """No font, script or picture is loaded from another host."""
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="https?://[^"]*"', page) == []
