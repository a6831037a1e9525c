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
        told = page.locator(".pg h1")
        for _ in range(30):  # it is looked for once a second, and a busy machine takes its time to read it
            page.wait_for_timeout(1_000)
            opened(page, f"{address}/goal?lang=zh")
            if "更好" in told.inner_text():
                break
        expect(told).to_contain_text("更好")


def test_a_catalogue_that_is_not_there_is_said_on_the_page(page: Page, folder: Folder) -> None:
    with dashboard("--goals", str(folder.root / "nowhere")) as address:
        page.goto(f"{address}/?lang=en")
        expect(page.get_by_text("nowhere")).to_be_visible(timeout=30_000)


EXAMPLE = ROOT / "examples/eu-digital-decade/goals"


def test_a_reader_goes_to_another_catalogue_by_keyboard_and_every_address_leads_back_to_it(
    page: Page, folder: Folder
) -> None:
    with dashboard("--goals", str(folder.goals), "--goals", str(EXAMPLE)) as address:
        opened(page, f"{address}/goal?lang=en&as-of=2026-11-26")
        expect(page.locator(".wordmark")).to_have_text("Trial")
        page.locator(".catalogues summary").press("Enter")
        page.get_by_role("link", name="EU Digital Decade Tracker").press("Enter")
        expect(page.locator(".pg h1").first).to_contain_text("2 on track")
        page.get_by_role("link", name="secure, resilient").click()
        expect(page.locator(".pg h1[lang=en]")).to_contain_text("secure, resilient, performant")
        assert not re.search(r"[\u3400-\u9fff]", page.locator(".stMain").inner_text().replace("中文", ""))
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_text("安全、有韧性、高性能、可持续的数字基础设施").first).to_be_visible()
        expect(page).to_have_title(re.compile("欧盟数字十年目标追踪$"))
        page.get_by_role("button", name="引用本页").click()
        expect(page.locator("code").first).to_contain_text("catalogue=eu-digital-decade")
        whole = "() => { const b = document.querySelector('[data-testid=stPopoverBody]'); "
        page.wait_for_function(whole + "return b.scrollHeight <= b.clientHeight + 1 && b.clientHeight > 200; }")
        opened(page, page.url)  # as one who was sent the address
        expect(page.locator(".wordmark")).to_have_text("欧盟数字十年目标追踪")
