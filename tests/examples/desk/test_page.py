"""The page in a real browser: a whole session by keyboard, and what may come between."""

from __future__ import annotations

import signal

import pytest

import igtkit
from igtkit import IGT
from igtkit.corpus import work_state

expect = pytest.importorskip(
    "playwright.sync_api", reason="a page is looked at with playwright, which is not installed"
).expect
expect.set_options(timeout=60_000)


@pytest.fixture
def show(browser):
    """Opens the page of a desk; nothing may go wrong on it."""
    contexts, wrong = [], []

    def run(desk, **options):
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 700}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
        page.goto(desk.address)
        page.locator("#words :focus").wait_for()
        idle(page)
        return page

    yield run
    for context in contexts:
        context.close()
    assert not wrong


def surfaces(page):
    return page.locator("#words button .surface").all_inner_texts()


def idle(page):
    page.locator("main[aria-busy=false]").wait_for()


def press(page, key):
    """What is pressed while the page is at work does not count."""
    idle(page)
    page.keyboard.press(key)


def said(page, text):
    page.get_by_role("status").filter(has_text=text).first.wait_for()


def counted(page, text):
    page.locator("#count").filter(has_text=text).wait_for()


def test_a_whole_session_by_keyboard(start, story, show):
    desk = start(story)
    page = show(desk)
    keys = page.keyboard
    assert "token" not in page.url
    assert page.title() == "story.flextext · Desk"
    first = surfaces(page)
    assert first == [
        w.surface for w in igtkit.normalize(igtkit.read(story)[20]).words if w.surface.isalpha()
    ]

    # the word beside, and back; the suggestions are those of the word in focus
    press(page, "ArrowRight")
    assert page.locator("#focus h2").inner_text() == first[1]
    press(page, "End")
    assert page.locator("#focus h2").inner_text() == first[-1]
    press(page, "Home")

    # edit: what does not pair up is said while it is typed, and cannot be accepted
    press(page, "e")
    keys.type("zurna-cı")
    said(page, "'zurna-cı' has 2 morphemes")
    press(page, "Enter")
    assert page.locator("#words input").count() == 2
    press(page, "Tab")
    press(page, "Control+a")
    keys.type("shawm-AGT")
    said(page, "pairs up")
    press(page, "Enter")
    page.locator("#words .done").first.wait_for()
    assert "zurna -cı shawm -AGT" in " ".join(
        page.locator("#words .done").inner_text().split()
    ) or (page.locator("#words .done .form").all_inner_texts() == ["zurna", "-cı"])
    journal = story.with_name("story.flextext.desk.jsonl")
    assert "zurna-cı" in journal.read_text(encoding="utf-8")
    assert page.locator("#focus h2").inner_text() == first[1]

    # another suggestion by its digit
    options = page.locator("#focus li")
    while options.count() < 2:
        press(page, "ArrowRight")
    wanted = options.nth(1).locator("bdi").all_inner_texts()
    press(page, "2")
    said(page, " ".join(wanted))
    assert page.locator("#words :focus .share").inner_text().startswith("✎")

    # the sentence, and on to the next ones, until all is done
    press(page, "Shift+Enter")
    counted(page, "1 of 3")
    page.locator("#place").filter(has_text="2 of 3").wait_for()
    press(page, "Escape")  # nothing to leave
    press(page, "p")
    page.locator("#place").filter(has_text="1 of 3").wait_for()
    assert page.locator("#words .done").count() == len(first)
    press(page, "n")
    page.locator("#place").filter(has_text="2 of 3").wait_for()
    for _ in surfaces(page):
        before = page.locator("#words .done").count()
        press(page, "Enter")
        expect(page.locator("#words .done")).not_to_have_count(before)
    counted(page, "2 of 3")
    page.locator("#place").filter(has_text="3 of 3").wait_for()
    press(page, "Shift+Enter")
    counted(page, "3 of 3")
    said(page, "That was the last sentence")
    press(page, "Control+s")
    page.locator("#kept").filter(has_text="all that is accepted is in the file").wait_for()
    found = igtkit.read(story)
    assert [work_state(text) for text in found[20:]] == ["glossed"] * 3
    assert found[20].segmentation.startswith("zurna-cı ")
    assert wanted[0] in found[20].segmentation
    assert story.with_name("story.flextext.bak").exists()


def test_a_reload_and_a_sudden_end(start, story, show):
    desk = start(story)
    page = show(desk)
    press(page, "n")
    page.locator("#place").filter(has_text="2 of 3").wait_for()
    press(page, "Enter")
    page.locator("#words .done").first.wait_for()
    page.reload()  # which writes the file, too
    page.locator("#words .done").first.wait_for()
    assert page.locator("#place").inner_text().startswith("2 of 3")
    press(page, "Enter")
    expect(page.locator("#words .done")).to_have_count(2)
    desk.process.send_signal(signal.SIGKILL)
    desk.process.wait(60)
    press(page, "Enter")
    page.get_by_role("alert").filter(has_text="does not answer").wait_for()
    page = show(start(story))
    press(page, "n")
    expect(page.locator("#words .done")).to_have_count(2)


def test_a_foreign_change(start, story, show):
    page = show(start(story))
    press(page, "Shift+Enter")
    counted(page, "1 of 3")
    texts = list(igtkit.read(story))
    texts[22] = texts[22].replace(translation="Written in FLEx meanwhile.")
    igtkit.write(texts, story)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").filter(has_text="has been changed by another program").wait_for()
    assert igtkit.read(story)[22].translation == "Written in FLEx meanwhile."
    page.get_by_role("button", name="Read the file again").click()
    idle(page)
    counted(page, "1 of 3")
    press(page, "Control+s")
    page.locator("#kept").filter(has_text="is in the file").wait_for()
    found = igtkit.read(story)
    assert found[22].translation == "Written in FLEx meanwhile."
    assert work_state(found[20]) == "glossed"


def test_doubt_is_seen_without_color(start, story, show):
    page = show(start(story))
    for button in page.locator("#words button").all():
        share = button.locator(".share").inner_text()
        kind = button.get_attribute("class")
        assert "suggested" in share
        assert ("?" in share) == (kind == "doubtful")
        assert button.evaluate("e => getComputedStyle(e).borderBottomStyle") == {
            "doubtful": "dashed",
            "unsure": "dotted",
        }.get(kind, "solid")


def test_least_sure_first(start, story, show):
    page = show(start(story))
    page.get_by_role("combobox", name="Sentences").select_option("doubt")
    idle(page)
    assert page.locator("#place").inner_text().startswith("1 of 3")
    press(page, "Shift+Enter")
    counted(page, "1 of 3")


RIGHT_TO_LEFT = [
    IGT("הילד רץ", "ה-ילד רץ", "DEF-boy run", "The boy runs.", language="Hebrew"),
    IGT("הילד בא", translation="The boy comes.", language="Hebrew"),
    IGT("ə́bá kè̤", "ə́-bá kè̤", "1-go DIST", "I went.", language="Test"),
    IGT("ə́bá", language="Test"),
]


def test_right_to_left_and_combining_marks(start, tmp_path, show):
    path = tmp_path / "a.jsonl"
    igtkit.write(RIGHT_TO_LEFT, path)
    page = show(start(path))
    boxes = [each.bounding_box()["x"] for each in page.locator("#words button").all()]
    assert boxes == sorted(boxes, reverse=True)
    press(page, "ArrowLeft")
    assert page.locator("#focus h2").inner_text() == "בא"
    press(page, "ArrowRight")
    press(page, "Shift+Enter")
    page.locator("#place").filter(has_text="2 of 2").wait_for()
    press(page, "e")
    press(page, "Control+a")
    page.keyboard.insert_text("ə́-bá")
    press(page, "Tab")
    press(page, "Control+a")
    page.keyboard.insert_text("1-go")
    said(page, "pairs up")
    press(page, "Enter")
    counted(page, "2 of 2")
    press(page, "Control+s")
    page.locator("#kept").filter(has_text="is in the file").wait_for()
    found = igtkit.read(path)
    assert (found[3].segmentation, found[3].glosses) == ("ə́-bá", "1-go")
    assert work_state(found[1]) == "glossed"


def test_on_a_phone_nothing_is_cut_off(start, story, show):
    page = show(
        start(story), viewport={"width": 360, "height": 640}, color_scheme="light", has_touch=True
    )
    press(page, "e")
    page.locator("#problem").filter(has_text="pairs up").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Accept sentence").tap()
    counted(page, "1 of 3")
    for scheme, color in (("light", "rgb(253, 253, 251)"), ("dark", "rgb(22, 24, 28)")):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == color


def test_axe_finds_nothing_serious_in_either_scheme(start, story, show, axe):
    page = show(start(story), reduced_motion="reduce", bypass_csp=True)
    page.evaluate(axe)

    def look():
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [
                (scheme, each["id"], node["html"])
                for each in page.evaluate("axe.run()")["violations"]
                if each["impact"] in ("serious", "critical")
                for node in each["nodes"]
            ]
        return found

    assert look() == []
    page.locator("summary").click()
    press(page, "Tab")
    page.locator("#words button").first.focus()
    press(page, "Enter")
    page.locator("#words .done").first.wait_for()
    press(page, "e")
    page.keyboard.type("a-b")
    page.locator("#problem.wrong").wait_for()
    assert look() == []
