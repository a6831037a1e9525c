"""One indicator in a real browser: what is asked of its chart is in the address, and a link shows the same."""

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.model import LANGUAGES

SHARE = "indicator?indicator=wdi-manufacturing-share&lang=en&as-of=2026-11-23"
PLOT = "document.querySelector('.stPlotlyChart .js-plotly-plot')"


def names(page: Page) -> list[str]:
    """The names of what the chart draws."""
    page.wait_for_function(f"{PLOT} && {PLOT}.data")
    return page.evaluate(f"{PLOT}.data.map(t => t.name)")  # type: ignore[no-any-return]


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_an_area_that_is_compared_is_drawn_and_kept_in_the_address(page: Page, server: str) -> None:
    opened(page, f"{server}/{SHARE}")
    assert "peer" not in names(page)
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("combobox", name="Other areas").click()
    page.get_by_role("option", name="Germany").click()
    page.wait_for_function(f"{PLOT}?.data?.some(t => t.name === 'peer' && t.meta === 'Germany')")
    assert asked(page)["compare"] == ["DEU"]
    page.reload()
    page.wait_for_function(f"{PLOT}?.data?.some(t => t.meta === 'Germany')")
    expect(page.get_by_text("Germany: 25 figures with their publications")).to_be_visible()


def test_a_step_back_through_the_vintages_shows_what_was_known_then(page: Page, server: str) -> None:
    opened(page, f"{server}/{SHARE}")
    page.get_by_role("slider", name="As known on").press("ArrowLeft")
    page.wait_for_url("**as-of=2026-08-31**")
    page.get_by_role("slider", name="As known on").press("ArrowLeft")
    page.wait_for_url("**as-of=2025-12-31**")
    page.wait_for_function(f"{PLOT}?.data?.find(t => t.name === 'observed')?.customdata.at(-1) === '2024'")


def test_a_logarithmic_scale_is_offered_only_where_it_makes_sense(page: Page, server: str) -> None:
    opened(page, f"{server}/{SHARE}")
    page.get_by_role("button", name="Chart options").click()
    expect(page.get_by_text("Show earlier vintages")).to_be_visible()
    assert page.get_by_text("Logarithmic scale").count() == 0
    opened(page, f"{server}/indicator?indicator=wdi-resident-patents&lang=en&as-of=2026-11-23")
    page.get_by_role("button", name="Chart options").click()
    page.get_by_text("Logarithmic scale").click()
    page.wait_for_function(f"{PLOT}?.layout?.yaxis.type === 'log'")
    assert asked(page)["scale"] == ["log"]


def test_what_is_compared_becomes_an_index_and_a_link_shows_it_again(page: Page, server: str) -> None:
    opened(page, f"{server}/{SHARE}&beside=wdi-rd-intensity")
    assert "beside" in names(page)
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("As an index, 2004 = 100").click()
    page.wait_for_function(f"{PLOT}?.layout?.meta?.index === 2004")
    assert asked(page)["index"] == ["on"]
    page.reload()
    page.wait_for_function(f"{PLOT}?.layout?.meta?.index === 2004")


def test_what_the_chart_cannot_show_is_said(page: Page, server: str) -> None:
    opened(page, f"{server}/{SHARE}&scale=log&compare=XXX")
    expect(page.get_by_role("alert").filter(has_text="compare=XXX, scale=log")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "chart",
    ["wdi-manufacturing-share&compare=USA,DEU,JPN,KOR,VNM&beside=manufacturing-pmi", "coal-mine-death-rate",
     "industrial-output-growth", "zero-carbon-factories"],
)  # fmt: skip
def test_on_a_phone_nothing_of_the_chart_is_cut_off(page: Page, server: str, chart: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{server}/indicator?indicator={chart}&lang={language}&as-of=2026-11-23")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    cut = """() => { const plot = document.querySelector('.js-plotly-plot'); if (!plot) return [];
      const edge = plot.getBoundingClientRect();
      return [...plot.querySelectorAll('.annotation-text, .gtitle, .ytick text, .xtick text')].filter(t => {
        const box = t.getBoundingClientRect(); return box.left < edge.left - 1 || box.right > edge.right + 1;
      }).map(t => t.textContent) }"""
    assert page.evaluate(cut) == []
