"""Every page in a real browser: wide and narrow, light and dark, its links, its weight, its access."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlparse

import pytest
from sitetools import served

BEYOND = """
width => [...document.querySelectorAll(
    'article p, article img, article svg.drawing, article h1, article h2, article h3, article .igt'
)].filter(each => each.getBoundingClientRect().right > width + 0.5)
  .map(each => each.outerHTML.slice(0, 80))
"""
TOO_WIDE = """
() => {
    const style = document.createElement('style');  // output may wrap, as in a terminal; code may not
    style.textContent = '.md-typeset pre > code { white-space: pre; }'
        + ' .highlight :is(.go, .gr, .gt) { display: none; }';
    document.head.append(style);
    return [...document.querySelectorAll('article .highlight:not(.doc-signature) > pre > code')]
        .filter(each => each.scrollWidth > each.clientWidth + 1)
        .map(each => each.innerText.slice(0, 80));
}
"""


@pytest.fixture(scope="module")
def address(site):
    with served(site) as found:
        yield found


# drawings and examples, a command, a page with tables and pictures, the reference
MAIN = ("", "data-model/", "commands/gloss/", "laptop-glosser/", "reference/checking/")


@pytest.fixture(scope="module")
def every(site):
    """The address of each page below the root."""
    found = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("" if name == "." else f"{name}/" for name in found)


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(params=["main", pytest.param("every", marks=pytest.mark.slow)])
def pages(request, every, scheme):
    """A page of each kind, in the dark the first two alone; or every page."""
    if request.param == "every":
        return every
    return MAIN if scheme == "light" else MAIN[:2]


@pytest.fixture
def page(browser, scheme):
    """A page of a browser, wide at first."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def luminance(color):
    return sum(map(int, re.findall(r"\d+", color)[:3]))


def test_every_page_fits_its_window_in_either_scheme(page, scheme, address, pages):
    wrong = {}
    for name in pages:
        page.goto(address + name)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        found = [] if (luminance(ground) > 384) == (scheme == "light") else [ground]
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found += page.evaluate(BEYOND, width)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"it scrolls at {width}")
        found += page.evaluate(TOO_WIDE)
        if found:
            wrong[name] = found
    assert wrong == {}


def test_every_link_within_the_site_has_its_page_and_its_anchor(site, every):
    pattern = re.compile(r'<a [^>]*?href="([^"]+)"')
    assert len(every) > 100
    address = "http://site/"
    anchors = {}
    for name in every:
        text = (site / name / "index.html").read_text(encoding="utf-8")
        anchors[name] = set(re.findall(r' (?:id|name)="?([^" >]+)', text))
    broken = []
    for name in every:
        text = (site / name / "index.html").read_text(encoding="utf-8")
        for link in pattern.findall(text):
            target = urlparse(urljoin(address + name, link.replace("&amp;", "&")))
            if target.netloc != "site" or not target.path:
                continue
            path, anchor = unquote(target.path).lstrip("/"), unquote(target.fragment)
            if path in anchors:
                if anchor and anchor not in anchors[path] and not anchor.startswith("__"):
                    broken.append((name, link))
            elif not (site / path).is_file():
                broken.append((name, link))
    assert broken == []


def test_no_page_weighs_more_than_a_megabyte_without_its_pictures(site):
    heavy = {
        str(path): size for path in site.rglob("*.html") if (size := path.stat().st_size) > 1e6
    }
    assert heavy == {}


def test_nothing_serious_hinders_access(page, scheme, address, pages, axe):
    """Checked by axe-core, as the Web Content Accessibility Guidelines 2.1, level AA, have it."""
    found = {}
    for name in pages if scheme == "light" else pages[: max(2, len(pages) // 4)]:
        page.goto(address + name)
        page.evaluate(axe)
        result = page.evaluate(
            "axe.run('article', {resultTypes: ['violations'],"
            " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
        )
        for each in result["violations"]:
            if each["impact"] in {"serious", "critical"}:
                found.setdefault(each["id"], []).append((name, each["nodes"][0]["html"][:100]))
    assert found == {}
