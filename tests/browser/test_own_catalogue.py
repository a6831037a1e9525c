"""Any catalogue can be served, and is read again when one of its files changes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, dashboard, opened
from tests.conftest import Folder


def test_a_named_catalogue_is_served_and_its_changes_are_seen_without_a_restart(page: Page, folder: Folder) -> None:
    with dashboard("--goals", str(folder.goals)) as address:
        opened(page, f"{address}/goal?lang=zh")
        expect(page).to_have_title(re.compile("– 试$"))
        expect(page.locator(".pg h1")).to_contain_text("更多")
        folder.edit("goals/more-things.yaml", "statement: 更多", "statement: 更好")
        page.wait_for_timeout(2_500)  # it is looked for once a second
        opened(page, f"{address}/goal?lang=zh")
        expect(page.locator(".pg h1")).to_contain_text("更好")
        page.goto("about:blank")  # else the console tells of the server's end


def test_a_catalogue_that_is_not_there_is_said_on_the_page(page: Page, folder: Folder) -> None:
    with dashboard("--goals", str(folder.root / "nowhere")) as address:
        page.goto(f"{address}/?lang=en")
        expect(page.get_by_text("nowhere")).to_be_visible(timeout=30_000)
        page.goto("about:blank")


EXAMPLE = ROOT / "examples/eu-digital-decade/goals"


def test_the_example_is_read_in_both_languages_in_the_words_of_its_own_document(page: Page) -> None:
    with dashboard("--goals", str(EXAMPLE)) as address:
        opened(page, f"{address}/?lang=zh&as-of=2026-11-26")
        expect(page).to_have_title(re.compile("欧盟数字十年目标追踪$"))
        expect(page.get_by_text("安全、有韧性、高性能、可持续的数字基础设施")).to_be_visible()
        page.get_by_role("link", name="EN", exact=True).click()
        expect(page.locator(".pg h1").first).to_contain_text("2 on track")
        page.get_by_role("link", name="secure, resilient").click()
        expect(page.locator(".pg h1[lang=en]")).to_contain_text("secure, resilient, performant")
        expect(page.get_by_text("94.3% at the end of 2024", exact=False).first).to_be_visible()
        assert not re.search(r"[\u3400-\u9fff]", page.locator(".stMain").inner_text().replace("中文", ""))
        page.goto("about:blank")
