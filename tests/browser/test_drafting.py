"""From a document to saved targets in a real Chromium."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.conftest import PATIENCE, SERVERS, dashboard, opened
from tests.browser.test_accessibility import BEYOND, violations
from tests.conftest import Folder

TEXT = """一、回顾
2019年，各项工作同比增长3%。
二、主要目标
到2025年，更多的个数達到40個，綠色出行(xíng)的比例達到60%。
"""


@pytest.fixture
def own(folder: Folder) -> Iterator[tuple[Folder, str]]:
    """A dashboard of a small catalogue that may be changed."""
    with dashboard("--goals", str(folder.goals)) as address:
        yield folder, address


def chosen_draft(page: Page, number: int, choice: str) -> None:
    at_rest(page)
    page.locator(f".st-key-dr-card-{number}").get_by_role("radio", name=choice).click()
    at_rest(page)


def given(page: Page, file: Path) -> None:
    """Choose a file, and look for goals once it has arrived."""
    with page.expect_response(lambda answer: "/upload_file/" in answer.url and answer.request.method == "PUT"):
        page.locator('.st-key-draft-file input[type="file"]').set_input_files(file)
    expect(page.get_by_text(file.name)).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name="查找目标").click()


def pressed(page: Page, name: str, comes: Locator) -> None:
    """Press a button until what it brings has come: a press goes lost where the page is drawn anew under the hand."""
    for _ in range(3):
        at_rest(page)
        page.get_by_role("button", name=name).click()
        with suppress(TimeoutError):
            comes.wait_for(timeout=PATIENCE / 3)
            return
    raise AssertionError(f"{name} brought nothing")


@contextmanager
def stalled(address: str) -> Iterator[None]:
    """The server stands still, as a busy one seems to: what it is sent meanwhile waits for it."""
    SERVERS[address].send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        SERVERS[address].send_signal(signal.SIGCONT)  # or it could not be ended either


def at_rest(page: Page) -> None:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def test_a_pasted_text_becomes_a_target_of_the_catalogue_once_its_blanks_are_filled(
    own: tuple[Folder, str], page: Page
) -> None:
    folder, address = own
    file = folder.goals / "indicators" / "things.yaml"
    before = file.read_text("utf-8")
    opened(page, f"{address}/draft?lang=en")
    page.get_by_label("Text of the document").fill(TEXT)
    page.get_by_role("combobox", name=re.compile("Which document")).click()
    page.get_by_role("option", name="Plan").click()
    page.get_by_role("button", name="Find the goals").click()
    expect(page.locator(".dr-head")).to_have_count(2)
    expect(page.locator(".dr-text mark").all()[0]).to_have_text("更多的个数達到")
    expect(page.locator(".dr-text mark b")).to_have_text(["40個", "60%"])
    expect(page.get_by_text("Notes of pronunciation")).to_contain_text("1.")
    expect(page.locator(".dr-nearest")).to_have_text("Things")

    assert violations(page) == set()
    expect(page.locator(".dr-text")).to_have_attribute("lang", "zh-CN")

    chosen_draft(page, 2, "Drop")
    chosen_draft(page, 1, "Accept")
    pressed(page, "Save 1 draft", page.get_by_role("alert").filter(has_text="1 mistake"))
    assert file.read_text("utf-8") == before

    area = page.get_by_label("YAML of draft 1")
    area.fill(area.input_value().replace("{en: }", "{en: forty things}"))
    area.press("Control+Enter")
    page.locator(".masthead").get_by_role("link", name="Documents").click()
    expect(page.locator(".dc-list")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("YAML of draft 1")).to_have_value(re.compile("forty things"))
    told = "1 draft is saved: goals/indicators/things.yaml"
    pressed(page, "Save 1 draft", page.locator(".dr-said").filter(has_text=told))
    assert [target.value for _, _, target in folder.load().targets()] == [30, 40]
    assert file.read_text("utf-8").startswith(before.split("breaks:")[0])

    chosen_draft(page, 2, "Accept")
    told = "1 draft lies on the Edit page, not saved yet"
    pressed(page, "Go on in the editor", page.locator(".dr-said").filter(has_text=told))
    page.get_by_role("link", name="goals/indicators/plan-2.yaml").click()
    expect(page.locator(".cm-content")).to_contain_text("綠色出行(xíng)的比例達到60%")
    assert not (folder.goals / "indicators" / "plan-2.yaml").exists()


def test_what_is_typed_is_not_forgotten_when_its_page_is_left_before_a_busy_server_knew_of_it(
    own: tuple[Folder, str], page: Page
) -> None:
    opened(page, f"{own[1]}/draft?lang=en")
    page.get_by_label("Text of the document").fill(TEXT)
    page.get_by_role("button", name="Find the goals").click()
    expect(page.locator(".dr-head")).to_have_count(2)
    chosen_draft(page, 1, "Accept")
    area = page.get_by_label("YAML of draft 1")
    expect(area).to_be_visible()
    at_rest(page)
    with stalled(own[1]):
        area.fill("typed: last")
        page.locator(".masthead").get_by_role("link", name="Documents").click()
    expect(page.locator(".dc-list")).to_be_visible()
    page.go_back()
    expect(area).to_have_value("typed: last")


def test_a_file_is_read_by_what_it_is_and_one_that_cannot_be_is_refused_in_a_sentence(
    own: tuple[Folder, str], page: Page, tmp_path: Path
) -> None:
    _, address = own
    picture, plan = tmp_path / "scan.pdf", tmp_path / "plan.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    plan.write_bytes(TEXT.encode("gb18030"))
    opened(page, f"{address}/draft?lang=zh")
    given(page, picture)
    expect(page.get_by_role("alert")).to_contain_text("这是图片")
    given(page, plan)
    expect(page.locator(".dr-head")).to_have_count(2)
    expect(page.get_by_text("GB18030")).to_be_visible()
    expect(page.get_by_text("内容是TXT")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(BEYOND) == []
