"""Figures are taken along from the pages: what the chart shows, and what the page is about."""

import csv
import io
import zipfile

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import chosen, opened, saved

DAY = "as-of=2026-11-23"


def taken(page: Page, opener: Locator, label: str) -> tuple[str, bytes]:
    """The name and the content of the file behind a button of a popover."""
    opener.click()
    return saved(page, page.get_by_role("button", name=label).filter(visible=True))


def test_above_a_chart_stand_the_figures_that_it_shows(page: Page, server: str) -> None:
    opened(page, f"{server}/indicator?lang=en&{DAY}&indicator=wdi-energy-intensity&compare=DEU&years=2010-2020")
    opener = page.locator(".st-key-chart-controls").get_by_role("button", name="Download figures")
    name, data = taken(page, opener, "CSV · opens in Excel")
    assert name == "wdi-energy-intensity-chart-2026-11-23.csv" and data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {line["area"] for line in lines} == {"CHN", "DEU"}
    assert {line["period"] for line in lines} == {str(year) for year in range(2010, 2021)}
    assert {line["as_of"] for line in lines} == {"2026-11-23"}


def test_in_the_foot_of_a_goal_stand_all_its_figures_in_the_readers_language(page: Page, server: str) -> None:
    opened(page, f"{server}/goal?lang=zh&{DAY}&goal=smes")
    opener = page.locator(".st-key-foot-boxes").get_by_role("button", name="下载数据")
    name, data = taken(page, opener, "XLSX · 含目标值、判断和出版物")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert name == "smes-2026-11-23.xlsx"
    assert book.sheetnames == ["数据", "目标值", "判断", "目标", "出版物", "说明"]
    assert {row[0] for row in book["目标"].iter_rows(min_row=2, values_only=True)} == {"smes"}


def test_a_workbook_of_everything_says_how_far_it_is_and_can_be_cancelled(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&{DAY}")
    page.locator(".st-key-foot-boxes").get_by_role("button", name="Download figures").click()
    box = page.locator('[data-testid="stPopoverBody"]')
    chosen(page, "Format", "XLSX · with targets, verdicts and publications")
    box.get_by_role("button", name="Make it").click()
    expect(box.locator('[data-testid="stProgress"]')).to_contain_text("steps")
    box.get_by_role("button", name="Cancel").click()
    expect(box.locator('[data-testid="stProgress"]')).to_have_count(0)
    box.get_by_role("button", name="Make it").click()
    name, data = saved(page, box.get_by_role("button", name="Save"))
    assert name == "all-2026-11-23.xlsx" and len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 6


def test_the_overview_gives_everything(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&{DAY}")
    opener = page.locator(".st-key-foot-boxes").get_by_role("button", name="Download figures")
    opener.click()
    chosen(page, "Format", "ZIP · every table as CSV, with a description")
    page.get_by_role("button", name="Make it").click()
    name, data = saved(page, page.get_by_role("button", name="Save"))
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        goals = csv.DictReader(io.StringIO(zipped.read("goals.csv").decode("utf-8-sig")))
        assert len({line["goal"] for line in goals}) == 35
        assert "datapackage.json" in zipped.namelist() and name == "all-2026-11-23.zip"
