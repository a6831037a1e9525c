"""Links of ours in a real Chromium: followed without a reload, under any path, and back step by step."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import dashboard, opened

NAMED = '.lead a[href^="indicator"]'
HERE = "window.here"  # gone after a reload
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"


def test_a_link_is_followed_without_a_reload_and_back_leads_to_where_the_reader_was(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    page.evaluate(f"{HERE} = true")
    link = page.locator(NAMED).nth(12)
    name = link.inner_text()
    link.scroll_into_view_if_needed()
    before = page.evaluate(TOP)
    link.click()
    expect(page.locator("h1").first).to_have_text(name)
    expect(page).to_have_title(f"{name} – Policy Goal Tracker")
    expect(page).to_have_url(re.compile(r"/indicator\?lang=en&as-of=2026-11-23&indicator="))
    assert page.evaluate(TOP) == 0
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1").first).to_have_text(name)
    page.go_back()
    expect(page).to_have_title("Overview – Policy Goal Tracker")
    page.wait_for_function(f"Math.abs({TOP} - {before}) < 2")
    page.go_forward()
    expect(page.locator("h1").first).to_have_text(name)
    assert page.evaluate(HERE)


def test_for_another_tab_a_link_is_the_plain_link_that_it_is(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    with page.context.expect_page() as other:
        page.locator(NAMED).first.click(modifiers=["ControlOrMeta"])
    expect(other.value).to_have_url(re.compile("indicator="))
    expect(page).to_have_url(f"{server}/?lang=en&as-of=2026-11-23")


def test_the_keyboard_reaches_the_content_first_and_follows_links(page: Page, server: str) -> None:
    opened(page, f"{server}/methods?lang=en&as-of=2026-11-23")
    page.evaluate(f"{HERE} = true")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.className") != "skip":
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Overview – Policy Goal Tracker")
    assert page.evaluate(HERE)


def test_all_of_it_holds_under_a_path_of_ones_own(page: Page) -> None:
    with dashboard(STREAMLIT_SERVER_BASE_URL_PATH="tracker/cn") as address:
        opened(page, f"{address}/tracker/cn/goal?goal=smes&lang=en&as-of=2026-11-23")
        page.evaluate(f"{HERE} = true")
        page.get_by_role("link", name="Overview", exact=True).click()
        expect(page).to_have_url(f"{address}/tracker/cn/?lang=en&as-of=2026-11-23")
        expect(page).to_have_title("Overview – Policy Goal Tracker")
        page.go_back()
        expect(page).to_have_title(re.compile("^Promote small"))
        assert page.evaluate(HERE)
        opened(page, f"{address}/tracker/cn/nowhere")
        expect(page.locator("h1")).to_have_text("No such page")
        expect(page.get_by_text("There is no page “nowhere” here.")).to_be_visible()


def test_a_bare_address_gets_the_browsers_language_and_back_leaves_at_once(page: Page, server: str) -> None:
    page.goto("about:blank")
    opened(page, server)
    expect(page).to_have_url(f"{server}/?lang=en")
    page.go_back()
    expect(page).to_have_url("about:blank")
