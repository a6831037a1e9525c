"""The overview in a real Chromium: all goals, search, language, and a way from each row to its goal."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.catalogue import load_catalogue

CATALOGUE = load_catalogue()
ROWS = ".ov-row"


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
