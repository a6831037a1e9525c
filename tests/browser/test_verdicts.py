"""A verdict laid open and the methods page in a real Chromium, also on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.model import LANGUAGES

ROBOTS = "indicator?indicator=robot-density&as-of=2024-12-31"
STATIONS = "indicator?indicator=5g-stations-per-10k&as-of=2026-11-23"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [ROBOTS, STATIONS, "methods?as-of=2026-11-23"])
def test_nothing_is_wider_than_a_phone_and_the_methods_are_all_there(
    page: Page, server: str, place: str, language: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, f"{server}/{place}&lang={language}")
    expect(page.locator("table.methods")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    cut = """() => [...document.querySelectorAll('table.methods td, table.methods th[scope=row]')]
        .filter(cell => cell.getBoundingClientRect().right > 390).length"""
    assert page.evaluate(cut) == 0


def test_on_a_phone_the_verdict_comes_before_the_chart(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, f"{server}/{STATIONS}&lang=en")
    panel, chart = page.locator("section.panel").bounding_box(), page.locator(".js-plotly-plot").bounding_box()
    assert panel and chart and panel["y"] < chart["y"]


def test_another_target_is_picked_and_kept_in_the_address(page: Page, server: str) -> None:
    opened(page, f"{server}/{STATIONS}&lang=en")
    page.get_by_role("combobox", name=re.compile("Choose a target")).click()
    page.get_by_role("option", name=re.compile("at least 38")).click()
    expect(page.locator("section.panel")).to_contain_text("Target: at least 38")
    expect(page).to_have_url(re.compile("target=2027"))


def test_an_older_day_is_picked_and_stays_from_page_to_page(page: Page, server: str) -> None:
    opened(page, f"{server}/methods?lang=en")
    page.locator(".st-key-as-of button").first.click()
    year = date.today().year - 2
    page.get_by_text(f"End of {year}").click()
    expect(page.locator(".older")).to_contain_text(f"Shown as known on 31 December {year}")
    expect(page).to_have_url(re.compile(f"as-of={year}-12-31"))
    page.get_by_role("link", name="Documents").click()
    expect(page.locator("h1").first).to_contain_text("All documents")
    expect(page).to_have_url(re.compile(f"as-of={year}-12-31"))
