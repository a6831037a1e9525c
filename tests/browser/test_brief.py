"""A brief is made from the pages when it is asked for: on a goal, on the goals shown; and it can be cancelled."""

import io

import docx
import lxml.html
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import chosen, opened, saved
from tracking.catalogue import Catalogue

DAY = "as-of=2026-11-23"


def opened_box(page: Page, name: str) -> Locator:
    page.locator(".st-key-foot-boxes").get_by_role("button", name=name).click()
    box = page.locator('[data-testid="stPopoverBody"]')
    expect(box.locator(".st-key-make-brief button")).to_be_visible()
    return box


def test_a_goal_is_taken_along_as_a_word_file(page: Page, server: str) -> None:
    opened(page, f"{server}/goal?lang=zh&{DAY}&goal=smes")
    box = opened_box(page, "下载简报")
    box.get_by_role("button", name="生成").click()
    name, data = saved(page, box.get_by_role("button", name="保存"))
    assert name == "brief-smes-2026-11-23-zh.docx"
    texts = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert "“促进中小企业发展”" in texts and "截至2026年11月23日所知" in texts


@pytest.mark.parametrize("name", ["Download figures", "Cite this page", "Embed", "Download a brief"])
def test_what_opens_at_the_end_of_a_page_opens_whole_and_not_as_a_strip(page: Page, server: str, name: str) -> None:
    """An empty box was placed below its button, where there is no room."""
    opened(page, f"{server}/goal?lang=en&{DAY}&goal=smes")
    page.locator(".st-key-foot-boxes").get_by_role("button", name=name).click()
    box = page.locator('[data-testid="stPopoverBody"]')
    expect(box.locator("button, code").first).to_be_visible()
    seen, whole = box.evaluate("box => [box.clientHeight, box.scrollHeight]")
    assert seen == whole > 150


def test_the_overview_gives_a_brief_on_the_goals_that_its_filters_leave(
    page: Page, server: str, shipped: Catalogue
) -> None:
    opened(page, f"{server}/?lang=en&{DAY}&theme=livelihoods")
    box = opened_box(page, "Download a brief")
    chosen(page, "Format", "HTML: a page that stands alone")
    box.get_by_role("button", name="Make it").click()
    name, data = saved(page, box.get_by_role("button", name="Save"))
    tree = lxml.html.document_fromstring(data.decode())
    goals = tree.xpath("//section[@class='goal-section']/@id")
    assert goals == [i for i, goal in shipped.goals.items() if goal.theme == "livelihoods"]
    assert name == f"brief-{'+'.join(goals)}-2026-11-23-en.html"


def test_what_takes_long_says_how_far_it_is_and_can_be_cancelled(page: Page, server: str) -> None:
    opened(page, f"{server}/?lang=en&{DAY}")
    box = opened_box(page, "Download a brief")
    box.get_by_role("button", name="Make it").click()
    expect(box.locator('[data-testid="stProgress"]')).to_contain_text("steps")
    page.wait_for_timeout(1500)
    notice = page.locator(".notice")
    expect(notice).not_to_be_empty()  # for a screen reader: to the eye the bar says more
    assert notice.evaluate("one => getComputedStyle(one).clipPath") == "inset(50%)"
    cancel = box.get_by_role("button", name="Cancel")
    cancel.hover()
    place = cancel.bounding_box()
    page.mouse.down()
    page.wait_for_timeout(150)  # as long as a hand takes
    assert cancel.bounding_box() == place
    page.mouse.up()
    expect(box.locator('[data-testid="stProgress"]')).to_have_count(0)
    expect(box.get_by_role("button", name="Make it")).to_be_visible()
