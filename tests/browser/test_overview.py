"""The overview in a real Chromium: all goals, search, language, and a way from each row to its goal."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.catalogue import load_catalogue
from views.matrix import INDICATORS_SHOWN

CATALOGUE = load_catalogue()
ROWS, LINES = ".ov-row", ".ov-lines tbody > tr"


def test_every_goal_has_its_row_and_every_figure_leads_to_its_publication(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=zh&as-of=2026-11-23")
    expect(page.locator(ROWS)).to_have_count(len(CATALOGUE.goals))
    figures = page.locator(".lead b")
    assert figures.count() == page.locator(".lead b a[href]").count() > 20


def test_search_narrows_the_rows_and_stays_in_the_address(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    box = page.get_by_label("Search")
    box.fill("中小企")
    box.press("Enter")
    expect(page.locator(ROWS)).not_to_have_count(len(CATALOGUE.goals))
    expect(page.locator('[data-goal="smes"]')).to_be_visible()
    expect(page).to_have_url(re.compile("search="))


def test_the_language_is_one_click_away_and_kept_in_the_address(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    page.get_by_text("中文", exact=True).click()
    expect(page.locator("h1").first).to_contain_text("文件提出")
    expect(page).to_have_url(re.compile("lang=zh"))
    page.get_by_text("EN", exact=True).click()
    expect(page.locator("h1").first).to_contain_text("The document states")
    expect(page).to_have_url(re.compile("lang=en"))


def test_a_row_leads_to_its_goal_and_the_language_comes_along(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=zh&as-of=2026-11-23")
    page.locator('[data-goal="smes"] a').first.click()
    expect(page.locator("h1").first).to_contain_text("促进中小企业发展")
    expect(page).to_have_url(re.compile("goal=smes"))
    expect(page).to_have_url(re.compile("lang=zh"))


def test_a_click_on_a_standing_filters_and_the_address_brings_the_same_view_again(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    page.locator(".key a", has_text="Missed").click()
    expect(page).to_have_url(re.compile("standing=missed"))
    expect(page.locator("h1").first).to_contain_text("of 35 goals")
    page.get_by_role("button", name=re.compile("Filters")).click()
    page.get_by_role("button", name="Industrial growth").click()
    expect(page).to_have_url(re.compile("theme=growth"))
    expect(page.locator(".ov-chip")).to_have_count(2)
    before = page.locator("h1").first.inner_text(), page.locator(".ov-row h3").all_inner_texts()
    address = page.url
    opened(page, address)
    assert (page.locator("h1").first.inner_text(), page.locator(".ov-row h3").all_inner_texts()) == before
    page.locator(".ov-clear").click()
    expect(page.locator(ROWS)).to_have_count(len(CATALOGUE.goals))
    expect(page).not_to_have_url(re.compile("standing=|theme="))
    expect(page).to_have_url(re.compile("as-of=2026-11-23"))


def test_a_chinese_search_marks_what_matched_in_either_script_and_an_empty_page_has_a_way_on(
    page: Page, server: str
) -> None:
    opened(page, f"{server}/?lang=zh&as-of=2026-11-23&theme=livelihoods")
    box = page.get_by_label("搜索")
    box.fill("網絡強國")
    box.press("Enter")
    expect(page.locator("h1").first).to_contain_text("没有符合条件的目标")
    page.get_by_role("link", name=re.compile("去掉“主题”")).click()
    expect(page.locator('[data-goal="cyber-power"] mark').first).to_have_text("网络强国")
    expect(page).not_to_have_url(re.compile("theme="))


def test_changes_since_the_last_visit_are_one_click_away_and_lead_to_the_indicator(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en")
    expect(page.locator(".ov-since")).not_to_contain_text("your last visit")
    (kept,) = [c for c in page.context.cookies() if c["name"] == "visits"]
    assert kept["value"] == date.today().isoformat() and kept["sameSite"] == "Lax"
    long_ago = date.today() - timedelta(days=500)
    page.context.add_cookies([{"name": "visits", "value": long_ago.isoformat(), "url": server}])
    opened(page, f"{server}/?lang=en")
    page.get_by_role("link", name=re.compile("your last visit")).click()
    expect(page).to_have_url(re.compile(f"since={long_ago}"))
    expect(page.locator("h2").first).to_contain_text("What changed since")
    page.locator(".ov-kinds a", has_text="verdict").click()
    page.locator(".ov-day .new-verdict a").first.click()
    expect(page).to_have_url(re.compile("indicator\\?.*target="))
    assert kept["value"] in next(c["value"] for c in page.context.cookies() if c["name"] == "visits")


def test_a_goal_opens_in_its_row_and_back_closes_it(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23")
    page.locator('[data-goal="smes"] .ov-open').click()
    expect(page.locator('[data-goal="smes"] .ov-lines tbody tr').first).to_be_visible()
    expect(page).to_have_url(re.compile("open=smes"))
    page.go_back()
    expect(page.locator(".ov-lines")).to_have_count(0)


def test_the_rest_of_a_long_list_is_one_click_away_and_the_address_keeps_it(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23&view=indicators")
    expect(page.locator(LINES)).to_have_count(INDICATORS_SHOWN)
    expect(page.locator(".ov-more")).to_contain_text(f"first {INDICATORS_SHOWN} of {len(CATALOGUE.indicators)}")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(LINES)).to_have_count(len(CATALOGUE.indicators))
    expect(page.locator(".ov-more")).to_have_count(0)
    page.reload()
    expect(page.locator(LINES)).to_have_count(len(CATALOGUE.indicators))
    page.go_back()
    expect(page.locator(LINES)).to_have_count(INDICATORS_SHOWN)
