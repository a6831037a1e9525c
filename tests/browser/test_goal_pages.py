"""Every goal page in both languages, in a real Chromium: it opens, and its charts hold the figures of the files."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.catalogue import load_catalogue
from tracking.leading import MOST_CHARTS
from tracking.model import LANGUAGES
from tracking.period import Length

CATALOGUE = load_catalogue()
DAY = "2026-11-23"
READ = """() => [...document.querySelectorAll('.js-plotly-plot')].map(d => {
  const t = d.data.find(t => t.name === 'observed');
  const list = v => v && v._inputArray ? Array.from(v._inputArray) : Array.from(v || []);
  return {id: d.layout.meta[0].indicator, per: d.layout.meta[0].per, periods: list(t.customdata), y: list(t.y)};
})"""

# Names beside and under the axes that reach out of the picture.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(d => {
  const all = d.getBoundingClientRect();
  return [...d.querySelectorAll('.xtick text, .ytick text')].filter(t => t.textContent).filter(t => {
    const r = t.getBoundingClientRect();
    return r.left < all.left - 1 || r.right > all.right + 1 || r.bottom > all.bottom + 1;
  }).map(t => d.layout.meta[0].indicator + ': ' + t.textContent);
})"""


def figures(indicator_id: str) -> tuple[list[str], list[float]]:
    known = CATALOGUE.main_series(indicator_id).as_known_on(date.fromisoformat(DAY))
    shown = [o for o in known if o.period.length is not Length.SPAN]
    return [o.period.text for o in shown], [o.value for o in shown]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("goal_id", CATALOGUE.goals)
def test_a_goal_page_opens_and_its_charts_hold_the_figures(
    page: Page, server: str, goal_id: str, language: str
) -> None:
    opened(page, f"{server}/goal?goal={goal_id}&charts=all&lang={language}&as-of={DAY}")
    assert page.locator('[data-testid="stException"]').count() == 0
    goal = CATALOGUE.goals[goal_id]
    assert goal.statement.strip("“”") in page.locator("h1").first.inner_text()
    expected = {link.id for link in goal.indicators if figures(link.id)[0]}
    page.wait_for_function("n => document.querySelectorAll('.js-plotly-plot').length === n", arg=len(expected))
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]
    drawn = {chart["id"]: chart for chart in page.evaluate(READ)}
    assert set(drawn) == expected
    for indicator_id, chart in drawn.items():
        periods, values = figures(indicator_id)
        assert chart["periods"] == periods
        assert [y / chart["per"] for y in chart["y"]] == pytest.approx(values)
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("goal_id", ["cyber-power", "stable-industrial-growth", "professional-capacity"])
def test_nothing_is_wider_than_a_phone_nor_scrolls_sideways_in_it(page: Page, server: str, goal_id: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, f"{server}/goal?goal={goal_id}&lang=en&as-of={DAY}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    cut = "[...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth).length"
    assert page.evaluate(cut) == 0


def test_a_goal_of_many_indicators_draws_the_leading_ones_and_names_the_others(page: Page, server: str) -> None:
    opened(page, f"{server}/goal?goal=cyber-power&lang=en&as-of={DAY}")
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot').length === {MOST_CHARTS}")
    links = len(CATALOGUE.goals["cyber-power"].indicators)
    assert page.locator("ul.further li").count() == links - MOST_CHARTS
    page.get_by_role("link", name=f"Draw these {links - MOST_CHARTS} as well").click()
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot').length > {MOST_CHARTS}")
    expect(page.locator("ul.further")).to_have_count(0)
    assert "charts=all" in page.url
