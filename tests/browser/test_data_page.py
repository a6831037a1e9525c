"""A refresh from the page, in a real browser, against offices on loopback."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import dashboard, opened
from tests.loaders.offices import Offices, serving
from tracking.catalogue import load_catalogue


def test_a_click_refreshes_with_progress_and_the_page_fits_a_phone(page: Page, tmp_path: Path) -> None:
    offices = Offices(load_catalogue())
    offices.revise("unstats.un.org")
    with (
        serving(offices) as mirror,
        dashboard(
            TRACKER_STORE=str(tmp_path / "store"), TRACKER_CACHE=str(tmp_path / "cache"), TRACKER_MIRROR=mirror,
            TRACKER_ALLOW_LOOPBACK="1",
        ) as address,
    ):  # fmt: skip
        opened(page, f"{address}/data?lang=en")
        assert offices.asked == []
        page.get_by_role("button", name="Refresh now").click()
        expect(page.get_by_text("Asking the providers")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("52 series: 48 changed")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("0 of 4 series kept")).to_be_visible()
        expect(page.get_by_text("unstats.un.org failed with 503").first).to_be_visible()
        asked = len(offices.asked)
        page.set_viewport_size({"width": 390, "height": 844})
        opened(page, f"{address}/data?lang=zh")
        page.locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert len(offices.asked) == asked
