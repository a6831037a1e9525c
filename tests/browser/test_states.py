"""What a reader sees when our code fails, and while the server cannot be reached."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import broken_copy, dashboard, free_port, opened
from tests.conftest import Folder

SLOW = 60_000  # a server that has just begun, on a busy machine
SECRET = "a secret of the code"


def broken_house(folder: Path) -> Path:
    """A copy of the code in which a page fails half-way, and so does what a control calls."""
    fails = f"    raise RuntimeError({SECRET!r})\n"
    broken_copy(folder, "views/methods.py", "def show() -> None:\n", f"def show() -> None:\n{fails}")
    overview = folder / "views/overview.py"
    overview.write_text(re.sub(r"(def _searched\(.*\n)", rf"\1{fails}", overview.read_text(), count=1))
    assert SECRET in overview.read_text()
    return folder


def number_told(page: Page) -> str:
    expect(page.get_by_role("heading", name="Something went wrong")).to_be_visible(timeout=SLOW)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    assert SECRET not in page.content() and "Traceback" not in page.content()
    assert page.get_by_role("heading").count() == 1  # nothing of the half page
    return page.locator(".st-key-failure code").inner_text()


def test_a_failure_of_ours_is_a_page_with_ways_on_and_a_number_that_is_in_the_log(
    page: Page, folder: Folder, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    house = broken_house(tmp_path / "house")
    with dashboard("--goals", str(folder.goals), house=house, log=log) as address:
        page.goto(f"{address}/methods?lang=en")
        in_a_page = number_told(page)
        page.get_by_role("link", name="Back to the overview").click()
        expect(page.get_by_role("heading", name="The document states")).to_be_visible(timeout=SLOW)
        page.get_by_label("Search").fill("things")
        page.keyboard.press("Enter")
        in_a_control = number_told(page)
        page.get_by_role("link", name="Load the page again").click()
        expect(page.get_by_role("heading", name="The document states")).to_be_visible(timeout=SLOW)
    text = log.read_text()
    for number in (in_a_page, in_a_control):
        assert re.search(rf"failure {number}\nTraceback[\s\S]*?RuntimeError: {SECRET}", text)


def test_a_lost_connection_is_one_sentence_and_the_reader_goes_on_once_the_server_is_back(
    page: Page, folder: Folder
) -> None:
    port, served = free_port(), ("--goals", str(folder.goals))
    with dashboard(*served, port=port) as address:
        opened(page, f"{address}/goal?lang=en&goal=more-things")
    notice = page.get_by_role("status").filter(has_text="No connection to the server")
    expect(notice).to_be_visible()
    expect(page.locator(".pg h1")).to_be_visible()  # what was there stays
    page.wait_for_timeout(6_000)  # in which Streamlit's own dialog would come
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Still no connection")).to_be_visible()
    page.get_by_role("link", name="Methods", exact=True).click()
    expect(page.locator(".pg h1")).to_be_visible()  # an answer that cannot come takes nothing away
    with dashboard(*served, port=port):
        expect(page).to_have_url(re.compile(r"/methods\?lang=en"), timeout=SLOW)
        expect(page).to_have_title(re.compile("^Methods"), timeout=SLOW)
        expect(page.get_by_text("o connection to the server")).to_have_count(0)


def test_a_broken_catalogue_is_shown_once_it_is_mended_without_a_reload(page: Page, folder: Folder) -> None:
    folder.edit("goals/more-things.yaml", "kind: outcome", "kind: outcoma")
    with dashboard("--goals", str(folder.goals)) as address:
        opened(page, f"{address}/goal?lang=zh&goal=more-things")
        expect(page.get_by_role("heading", name="目录中有1处错误")).to_be_visible()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_text("goals/more-things.yaml:5:7")).to_be_visible()
        expect(page.get_by_role("heading", name="The catalogue has mistakes: 1")).to_be_visible(timeout=SLOW)
        folder.edit("goals/more-things.yaml", "kind: outcoma", "kind: outcome")
        expect(page.locator(".pg h1").first).to_contain_text("更多", timeout=SLOW)
        expect(page).to_have_url(re.compile(r"/goal\?.*goal=more-things"))
