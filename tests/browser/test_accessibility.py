"""For everybody: axe on every kind of page, the keyboard alone, what is said aloud, large type, little motion."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, broken_copy, dashboard, opened
from tests.conftest import Folder

DAY = "as-of=2026-11-23"
OVERVIEW, GOAL = f"?{DAY}", f"goal?goal=smes&{DAY}"
INDICATOR = f"indicator?indicator=wdi-manufacturing-share&{DAY}"
# A page of each kind; languages, themes and widths go round, so that each meets several kinds.
KINDS = [
    (f"{OVERVIEW}&open=smes", "en", "light", 1440),
    (f"{OVERVIEW}&search=5G", "zh", "dark", 390),
    (f"{OVERVIEW}&view=indicators&standing=missed", "zh", "light", 1440),
    (f"{OVERVIEW}&since=2026-06-01", "en", "dark", 390),
    (GOAL, "zh", "dark", 1440),
    (f"{INDICATOR}&compare=USA", "en", "light", 390),
    (f"documents?{DAY}&year=2026", "en", "dark", 1440),
    (f"documents?{DAY}&document=made-in-china-2025", "en", "light", 390),
    (f"documents?{DAY}&view=timeline&year=2026", "zh", "light", 390),
    (f"data?{DAY}", "zh", "dark", 1440),
    (f"methods?{DAY}", "en", "light", 1440),
    ("missing-page?page=nowhere", "zh", "dark", 390),
    (f"edit?{DAY}&file=goals/indicators/rd-intensity.yaml&mode=form", "zh", "dark", 390),
]
GRAVE = ("critical", "serious", "moderate")
# The size of what is touched is of WCAG 2.2: left out unless asked for.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
THEIRS = {("region", "[role=listbox]")}  # what Streamlit causes, rule and place; docs/accessibility.md says of each why
# Chinese words that a screen reader would be made to read as English.
UNTOLD = """() => {
  const found = [], texts = document.createTreeWalker(document.querySelector('.stMain'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const own = texts.currentNode.parentElement;
    const isTold = own.closest('style, script') || own.closest('[lang]').lang.startsWith('zh');
    if (/[一-鿿]/.test(texts.currentNode.data) && !isTold) found.push(texts.currentNode.data);
  }
  return found }"""
# What stands beyond the edge, outside of a table that can be scrolled.
BEYOND = """() => [...document.querySelectorAll('.stMain :is(.pg *, button, input:not([type=range]))')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest('.scroll, .ov-lines, .ov-reasons, .skip');
}).map(one => one.outerHTML.slice(0, 120))"""
VOICE = "document.querySelector('.voice').textContent"


@contextmanager
def reader(browser: Browser, **needs: Any) -> Iterator[Page]:
    """A page for a reader with needs of their own."""
    context = browser.new_context(locale="en-GB", **needs)
    yield context.new_page()
    context.close()


def violations(page: Page) -> set[tuple[str, str]]:
    """The rules that are broken, each with the place; a listed place by its selector."""
    tall = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 1440
    page.set_viewport_size({"width": width, "height": int(tall) + 100})  # axe leaves out what is scrolled away
    found = [v for v in Axe().run(page, options=RULES).response["violations"] if v["impact"] in GRAVE]
    return {(v["id"], _place(page, v["id"], node["target"][0])) for v in found for node in v["nodes"]}


def _place(page: Page, rule: str, target: str) -> str:
    listed = (where for name, where in THEIRS if name == rule)
    return next((where for where in listed if page.locator(target).and_(page.locator(where)).count()), target)


@pytest.mark.parametrize(("kind", "language", "scheme", "width"), KINDS)
def test_axe_finds_nothing_on_a_page_and_every_text_is_in_a_language_that_is_told(
    browser: Browser, server: str, kind: str, language: str, scheme: Any, width: int
) -> None:
    with reader(browser, color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
        opened(page, f"{server}/{kind}&lang={language}")
        if "goal" in kind or "indicator=" in kind:
            page.wait_for_selector(".js-plotly-plot")
        assert violations(page) == set()
        assert language == "zh" or page.evaluate(UNTOLD) == []


def test_axe_finds_nothing_where_the_catalogue_cannot_be_read(page: Page, folder: Folder) -> None:
    folder.edit("goals/more-things.yaml", "kind: outcome", "kind: wish")
    with dashboard("--goals", str(folder.goals)) as address:
        opened(page, f"{address}/?lang=en")
        assert violations(page) == set()


def test_what_is_read_stays_as_legible_while_an_answer_is_long_in_coming(
    page: Page, folder: Folder, tmp_path: Path
) -> None:
    terms = "        place(_terms(c, here))"
    slow = f"        if 'search' in st.query_params: __import__('time').sleep(20)\n{terms}"
    house = broken_copy(tmp_path / "house", "views/foot.py", terms, slow)
    with dashboard("--goals", str(folder.goals), house=house) as address:
        opened(page, f"{address}/?lang=en")
        page.get_by_label("Search").fill("things")
        page.keyboard.press("Enter")
        expect(page.locator('.notice[data-says="busy"]')).to_be_visible()
        page.wait_for_timeout(600)  # Streamlit begins to pale the old parts after 0.5 s, and takes a second
        assert violations(page) == set()
        assert page.locator('.stApp [data-stale="true"]').count() > 0  # else it was looked at too late


def test_what_streamlit_causes_is_what_is_listed(page: Page, server: str) -> None:
    """Open lists stand outside of every landmark. If this fails because none is found, take it off both lists."""
    opened(page, f"{server}/{INDICATOR}&lang=en")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("combobox", name="Other areas").click()
    expect(page.get_by_role("option", name="Germany")).to_be_visible()
    assert violations(page) == THEIRS
    told = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert [part for listed in THEIRS for part in listed if f"`{part}`" not in told] == []


def test_the_overview_is_searched_filtered_and_left_by_keyboard_and_what_changes_is_said(
    page: Page, server: str
) -> None:
    opened(page, f"{server}/{OVERVIEW}&lang=en")
    tab_to(page, "Skip to the content", most=3)
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.locator("#only-met").press("Enter")
    expect(page.locator(".voice")).to_contain_text("24 met")
    expect(page.locator("#only-met")).to_be_focused()
    page.locator("#open-smes").press("Enter")
    expect(page.locator("#open-smes")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#open-smes")).to_be_focused()
    expect(page.locator("#open-smes")).to_be_in_viewport()
    page.get_by_label("Search").focus()
    page.keyboard.type("little giant")
    page.keyboard.press("Enter")
    expect(page.locator(".voice")).to_contain_text("Showing 2 of 35 goals")
    tab_to(page, "Promote small and medium-sized enterprises", most=40)
    page.keyboard.press("Enter")
    expect(page.locator(".voice")).to_contain_text("Promote small and medium-sized enterprises – ")


def test_chart_options_day_and_language_are_changed_by_keyboard(page: Page, server: str) -> None:
    opened(page, f"{server}/{INDICATOR}&lang=en")
    button = page.get_by_role("button", name="Chart options")
    button.press("Enter")
    expect(page.get_by_role("dialog", name="Chart options").locator("input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("events=off"))
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_role("combobox", name="Other areas")).to_be_focused()
    page.keyboard.type("Germ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".voice")).to_contain_text("Germany")
    page.locator(".st-key-as-of button").first.press("Enter")
    expect(page.get_by_role("link", name="Today", exact=True)).to_be_focused()
    tab_to(page, "End of 2024", most=5)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("as-of=2024-12-31"))
    page.get_by_role("link", name="中文").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_url(re.compile("compare=DEU"))


def tab_to(page: Page, name: str, most: int) -> None:
    """Press Tab until the focus is on what has this name, which must show that it has it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == name:
            shown = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{shown}.outlineStyle !== 'none' || {shown}.boxShadow !== 'none'")
            return
    raise AssertionError(f"{name!r} is not within {most} steps")


@pytest.mark.parametrize("path", [OVERVIEW, GOAL, INDICATOR])
def test_every_picture_is_told_in_words_and_has_its_figures_in_a_table(page: Page, server: str, path: str) -> None:
    opened(page, f"{server}/{path}&lang=en")
    for chart in page.locator(".stPlotlyChart").all():
        assert re.search(r"\. .*\d", chart.get_attribute("aria-label") or "")
        name = (chart.get_attribute("aria-label") or "").split(". ")[0]
        card = page.locator(".stMain" if path == INDICATOR else '[class*="st-key-card-"]', has_text=name).first
        assert card.locator("table.figures").count()
    for picture in page.locator(".lead img, .further img:not(.icon)").all():
        assert re.fullmatch(r"(Rising|Falling|Level)(, .+)?|too few figures", picture.get_attribute("alt") or "")


@pytest.mark.parametrize(("width", "sharp"), [(720, 2), (320, 4)])
@pytest.mark.parametrize("path", [OVERVIEW, GOAL, INDICATOR, f"methods?{DAY}"])
def test_enlarged_two_and_four_times_nothing_lies_beyond_the_edge(
    browser: Browser, server: str, path: str, width: int, sharp: float
) -> None:
    """A window of 1440 (1280) pixels at 200 % (400 %)."""
    with reader(browser, device_scale_factor=sharp, viewport={"width": width, "height": 450}) as page:
        opened(page, f"{server}/{path}&lang=en")
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        assert page.evaluate(BEYOND) == []


def test_who_asks_for_little_motion_gets_none(browser: Browser, server: str) -> None:
    with reader(browser, reduced_motion="reduce") as page:
        opened(page, f"{server}/{INDICATOR}&lang=en")
        page.get_by_role("button", name="Chart options").click()
        moves = "one => parseFloat(getComputedStyle(one).transitionDuration) > 0"
        assert page.evaluate(f"[...document.querySelectorAll('*')].filter({moves}).length") == 0
        assert page.evaluate("document.getAnimations().length") == 0
