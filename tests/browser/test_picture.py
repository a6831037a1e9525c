"""A chart downloaded from its page: drawn by the reader's browser, with its words in it."""

from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from PIL import Image
from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import chosen, opened

TITLE = {"en": "Download chart", "zh": "下载图表"}
SAID = {
    "en": ("New energy vehicle sales", "Required path", "As known on 23 November 2026"),
    "zh": ("新能源汽车销量", "应有进度", "截至2026年11月23日"),
}


def opening(page: Page, server: str, language: str, query: str = "") -> None:
    opened(page, f"{server}/indicator?indicator=nev-sales&lang={language}&as-of=2026-11-23{query}")
    page.get_by_role("button", name=TITLE[language]).click()
    expect(page.locator("button.save")).to_be_visible()


def saved(page: Page, tmp_path: Path) -> tuple[Download, Path]:
    with page.expect_download() as found:
        page.locator("button.save").click()
    path = tmp_path / found.value.suggested_filename
    found.value.save_as(path)
    return found.value, path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_png_and_svg_are_drawn_by_the_browser_with_their_words(
    page: Page, server: str, language: str, tmp_path: Path
) -> None:
    opening(page, server, language, "&years=2018-2025")
    _, png = saved(page, tmp_path)
    with Image.open(png) as image:
        assert image.size == (2560, 1440)
        assert image.info["dpi"] == pytest.approx((192, 192), abs=0.1)
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 20
    chosen(page, {"en": "Format", "zh": "格式"}[language], "SVG")
    expect(page.locator("button.save[data-kind=svg]")).to_be_visible()
    _, svg = saved(page, tmp_path)
    assert "years-2018-2025" in svg.name
    texts = " ".join("".join(t.itertext()) for t in parse(svg).iter() if t.tag.endswith("}text"))
    assert [part for part in SAID[language] if part not in texts] == []


def test_a_goals_page_gives_any_of_its_charts(page: Page, server: str, tmp_path: Path) -> None:
    opened(page, f"{server}/goal?goal=smes&lang=zh&as-of=2026-11-23")
    page.get_by_role("button", name=TITLE["zh"]).click()
    chosen(page, "图表", "专精特新中小企业数")
    expect(page.locator("button.save[data-name^=specialised-smes]")).to_be_visible()
    chosen(page, "格式", "SVG")
    expect(page.locator("button.save[data-kind=svg]")).to_be_visible()
    _, svg = saved(page, tmp_path)
    assert "专精特新中小企业数" in "".join(parse(svg).getroot().itertext())


def test_a_page_of_its_own_is_made_when_asked_for(page: Page, server: str, tmp_path: Path) -> None:
    opening(page, server, "en")
    chosen(page, "Format", "HTML")
    button = page.get_by_role("button", name="Save", exact=True)
    expect(page.locator("button.save")).to_have_count(0)
    with page.expect_download() as found:
        button.click()
    found.value.save_as(tmp_path / "chart.html")
    assert SAID["en"][0] in (tmp_path / "chart.html").read_text(encoding="utf-8")


def test_where_the_browser_cannot_draw_a_camera_and_a_sentence_take_its_place(page: Page, server: str) -> None:
    opening(page, server, "en")
    expect(page.locator(".modebar-btn").first).to_be_hidden()
    page.evaluate("window.Plotly = undefined")
    page.locator("button.save").click()
    expect(page.locator("button.save ~ [role=status]")).to_contain_text("A camera now stands above the chart")
    expect(page.locator(".modebar-btn").first).to_be_visible()
    expect(page.locator(".modebar-container .modebar-btn")).to_have_count(1)
