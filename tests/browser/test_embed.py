"""A page of ours inside another site's page, in a real Chromium, by the very markup that the page offers."""

import re
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from pytest_httpserver import HTTPServer

from tests.browser.conftest import opened
from tracking.citation import embed_code
from tracking.words import words
from views.foot import HEIGHTS

ASKED = "lang=zh&as-of=2026-03-31&indicator=wdi-resident-patents&compare=USA,JPN&scale=log&years=2005-2020"


def offered(page: Page) -> str:
    """The markup that the foot offers to copy."""
    page.get_by_role("button", name=re.compile("嵌入|Embed")).click()
    code = page.locator('[data-testid="stPopoverBody"] code')
    expect(code).to_contain_text("<iframe")
    return code.inner_text()


def test_the_offered_markup_shows_the_page_in_another_site_without_head_foot_and_controls(
    page: Page, server: str, httpserver: HTTPServer
) -> None:
    opened(page, f"{server}/indicator?{ASKED}")
    title = page.locator("h1").inner_text()
    article = f"<!doctype html><title>Article</title><h1>News</h1>{offered(page)}"
    httpserver.expect_request("/article").respond_with_data(article, content_type="text/html; charset=utf-8")
    httpserver.expect_request("/favicon.ico").respond_with_data(b"", content_type="image/x-icon")
    page.goto(f"http://localhost:{httpserver.port}/article")  # another site than 127.0.0.1

    expect(page.locator("iframe")).to_have_attribute("title", f"{title} – 政策目标追踪")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text(title)
    expect(frame.locator('[data-testid="stPlotlyChart"] .main-svg').first).to_be_visible()
    for line in ("中国", "美国", "日本"):
        expect(frame.locator(".main-svg text", has_text=line).first).to_be_visible()
    years = frame.locator(".xtick text").all_text_contents()
    assert years and {year for year in years if not "2005" <= year <= "2021"} == set()
    expect(frame.locator('[role="alert"]')).to_have_count(0)
    expect(frame.locator(".foot")).to_contain_text("截至2026年3月31日所知")
    expect(frame.locator(".masthead, .st-key-as-of, .st-key-chart-controls, .st-key-foot-boxes")).to_have_count(0)
    expect(frame.locator('[data-testid="stSlider"], [data-testid="stSelectbox"]')).to_have_count(0)
    frame.get_by_text("数据与出处", exact=True).click()
    expect(frame.locator("details[open] table.figures").first).to_be_visible()

    way_out = frame.get_by_role("link", name="在“政策目标追踪”中打开")
    expect(way_out).to_have_attribute("rel", re.compile("noopener"))
    with page.context.expect_page() as whole:
        way_out.click()
    expect(whole.value.locator(".masthead")).to_be_visible()
    assert sorted(parse_qsl(urlsplit(whole.value.url).query)) == sorted(parse_qsl(ASKED))


def test_links_of_an_embedded_page_open_beside_the_page_that_it_stands_in(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&as-of=2026-11-23&embed=true")
    expect(page.locator(".masthead")).to_have_count(0)
    with page.context.expect_page() as other:
        page.locator(".key a").first.click()
    expect(other.value.locator(".masthead")).to_be_visible()
    assert "embed" not in other.value.url
    expect(page).to_have_url(f"{server}/?lang=en&as-of=2026-11-23&embed=true")


def test_a_visit_is_kept_by_the_page_itself_but_not_by_an_embedded_one(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&embed=true")
    assert "visits=" not in page.evaluate("document.cookie")
    opened(page, f"{server}/?lang=en")
    assert "visits=" in page.evaluate("document.cookie")


# Once its letters have come: the window, what there is to scroll, and where the foot ends, all at one moment.
MEASURED = """async main => {
  await document.fonts.ready;
  return [innerHeight, main.scrollHeight, document.querySelector('.foot').getBoundingClientRect().bottom];
}"""


@pytest.mark.parametrize("width", [390, 600, 800])
@pytest.mark.parametrize(
    "asked",
    ["?", "indicator?indicator=gdp-growth&", "indicator?indicator=wdi-rd-intensity&compare=USA,DEU,JPN,KOR,VNM&"],
)
def test_an_embedded_page_fits_the_height_that_is_offered_and_leaves_little_of_it_empty(
    page: Page, server: str, httpserver: HTTPServer, asked: str, width: int
) -> None:
    address = f"{server}/{asked}lang=en&as-of=2026-11-23"
    article = "<!doctype html><meta name='viewport' content='width=device-width'><body style='margin:0'>" + embed_code(
        address, "", *HEIGHTS["indicator" if "indicator" in asked else "overview"]
    )
    httpserver.expect_request("/article").respond_with_data(article, content_type="text/html; charset=utf-8")
    httpserver.expect_request("/favicon.ico").respond_with_data(b"", content_type="image/x-icon")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"http://localhost:{httpserver.port}/article")
    frame = page.frame_locator("iframe")
    if "indicator" in asked:
        expect(frame.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(frame.locator(".foot")).to_be_visible()  # drawn last; before it there is little to measure
    expect(frame.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()
    height, needed, end = frame.locator(".stMain").evaluate(MEASURED)
    assert needed <= height
    assert end >= height - 150


def test_only_a_page_that_asks_for_it_stands_inside_another_site(server: str) -> None:
    for query, rule in (("lang=en", "frame-ancestors 'self'"), ("lang=en&embed=true", None)):
        answer = urlopen(Request(f"{server}/goal?{query}", headers={"Accept": "text/html"}))
        assert answer.headers["Content-Security-Policy"] == rule


def test_inside_another_sites_page_nobody_edits_not_even_at_the_serving_machine(page: Page, server: str) -> None:
    opened(page, f"{server}/edit?lang=en&embed=true")
    expect(page.get_by_text(words("en").say("who.embedded"))).to_be_visible()
