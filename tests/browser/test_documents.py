"""The documents in a real Chromium: search, filters, the timeline of targets, and the page of one document."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tracking.catalogue import load_catalogue

CATALOGUE = load_catalogue()
DAY = "as-of=2026-11-23"
ROWS = ".dc-list > li"
CUT = """() => [...document.querySelectorAll('.tl-say')].filter(t => { const r = document.createRange();
    r.selectNodeContents(t); return r.getBoundingClientRect().height > t.getBoundingClientRect().height + 1;
    }).map(t => t.innerText)"""


def test_search_and_filters_narrow_the_list_and_the_address_brings_the_same_view_again(page: Page, server: str) -> None:
    opened(page, f"{server}/documents?lang=en&{DAY}")
    expect(page.locator(ROWS)).to_have_count(len(CATALOGUE.documents))
    kind = page.locator(".dc-kinds a", has_text="targets")
    promised = int(kind.locator("b").inner_text())
    kind.click()
    expect(page.locator(ROWS)).to_have_count(promised)
    box = page.get_by_label("Search")
    box.fill("五年規劃")
    box.press("Enter")
    expect(page.locator(".dc-list mark").first).to_contain_text("五年规划")
    page.get_by_role("combobox", name=re.compile("Year")).click()
    year = page.get_by_role("option", name=re.compile("2021"))
    promised = int(re.findall(r"\((\d+)\)", year.inner_text())[0])
    year.click()
    expect(page.locator(ROWS)).to_have_count(promised)
    expect(page).to_have_url(re.compile("kind=targets.*year=2021|year=2021.*kind=targets"))
    before = page.locator(ROWS).all_inner_texts()
    opened(page, page.url)
    assert page.locator(ROWS).all_inner_texts() == before
    page.locator(".ov-clear").click()
    expect(page.locator(ROWS)).to_have_count(len(CATALOGUE.documents))
    expect(page).not_to_have_url(re.compile("kind=|year=|search="))


def test_an_empty_list_says_so_and_has_a_way_on(page: Page, server: str) -> None:
    opened(page, f"{server}/documents?lang=zh&{DAY}&search=没有这样的文件")
    expect(page.locator(".dc-intro")).to_have_text("没有符合条件的文件。")
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS)).to_have_count(len(CATALOGUE.documents))


def test_the_timeline_draws_every_target_once_and_the_table_says_the_same(page: Page, server: str) -> None:
    opened(page, f"{server}/documents?lang=en&{DAY}")
    page.get_by_text("Timeline of targets", exact=True).click()
    every = sum(1 for _ in CATALOGUE.targets())
    expect(page.locator(".tl-lane")).to_have_count(every)
    expect(page).to_have_url(re.compile("view=timeline"))
    assert page.locator(".tl-table tbody tr").count() == every
    bars = page.eval_on_selector_all(".tl-bar", "all => all.map(b => b.getAttribute('aria-label'))")
    assert all(re.search(r"Adopted .*\d{4}, due .*\d{4}", said) for said in bars)


def test_a_document_leads_to_its_targets_and_on_a_phone_nothing_is_cut_off(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{server}/documents?lang=en&{DAY}&document=ict-plan-14")
    first = page.locator(".dc-targets > li").first
    expect(first.locator("blockquote")).to_contain_text("每万人拥有5G基站数达到26个")
    expect(first.locator(".dc-translation")).to_contain_text("26 5G base stations")
    for address in (page.url, f"{server}/documents?lang=en&{DAY}&view=timeline"):
        opened(page, address)
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
        assert page.evaluate(CUT) == []
    page.locator("a.tl-name").first.click()
    expect(page).to_have_url(re.compile(r"/indicator\?.*indicator="))
