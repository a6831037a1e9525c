"""Editors sign in at a certified provider; what it says wrongly, or of somebody whom nobody named, opens nothing."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from editing.audit import What, read
from tests.browser.conftest import PATIENCE, dashboard, free_port, opened
from tests.conftest import NODE, write_small
from tracking.words import words
from views.back import COOKIE

PROVIDER = Path(__file__).with_name("provider") / "provider.mjs"
SETTINGS = """
[auth]
redirect_uri = "{tracker}/oauth2callback"
cookie_secret = "signs who somebody is in a test; not a secret"
client_id = "tracker"
client_secret = "tracker-secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
client_kwargs = {{prompt = "login"}}

[editing]
issuer = "{issuer}"
editors = ["lin@example.org"]
admins = ["sub:admin"]
contact = "desk@example.org"
"""
NO_ACCESS = words("en").say("who.failed")
PAGE = "methods?lang=zh"  # a page that is soon drawn, in another language than the browser's


@dataclass(frozen=True)
class Place:
    """A dashboard with sign-in, and the file of its settings."""

    address: str
    settings: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    tracker, provider = free_port(), free_port()
    address, issuer = f"http://127.0.0.1:{tracker}", f"http://127.0.0.1:{provider}"
    house = tmp_path_factory.mktemp("house")
    write_small(house)
    settings = house / "secrets.toml"
    settings.write_text(SETTINGS.format(tracker=address, issuer=issuer), encoding="utf-8")
    command = [str(NODE), str(PROVIDER), str(provider), f"{address}/oauth2callback"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        assert any("listening" in line for line in process.stdout)
        with dashboard("--goals", str(house / "goals"), port=tracker, STREAMLIT_SECRETS_FILES=str(settings)) as address:
            yield Place(address, settings)
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, name: str) -> None:
    """By the button in the head of the page, under a name that the provider's own page asks for."""
    page.locator(".st-key-sign-in button").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_selector(".pg h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def test_an_editor_signs_in_and_saves_and_the_log_says_who_it_was_until_the_right_ends(
    place: Place, page: Page
) -> None:
    file = place.settings.parent / "goals/more-things.yaml"
    opened(page, f"{place.address}/edit?file=goals/more-things.yaml&plain=yes&lang=en")
    sign_in(page, "editor")
    area = page.get_by_role("textbox", name=words("en").say("edit.text-of", file="goals/more-things.yaml"))
    area.fill(file.read_text(encoding="utf-8").replace("order: 1", "order: 2"))
    area.press("Control+Enter")
    page.locator(".st-key-edit-save button").click()
    expect(page.locator(".ed-said[role=status]")).to_be_visible()
    assert "order: 2" in file.read_text(encoding="utf-8")
    saves = [entry.who for entry in read(file.parent).entries if entry.what is What.SAVED]
    assert [(who.email, who.subject) for who in saves] == [("Lin@example.org", "editor")]
    before = place.settings.read_text(encoding="utf-8")
    try:
        place.settings.write_text(before.replace('"lin@example.org"', ""), encoding="utf-8")
        area.fill("text of somebody who may no longer edit")
        area.press("Control+Enter")
        expect(page.get_by_text(words("en").say("who.unnamed"))).to_be_visible()
    finally:
        place.settings.write_text(before, encoding="utf-8")


def test_who_is_named_signs_in_and_out_and_comes_back_to_the_same_page(place: Place, page: Page) -> None:
    opened(page, f"{place.address}/{PAGE}")
    sign_in(page, "editor")
    expect(page).to_have_url(f"{place.address}/{PAGE}")
    page.get_by_role("button", name="Lin Editor").click()
    expect(page.get_by_text(words("zh").say("who.role.editor"))).to_be_visible()
    page.locator(".st-key-sign-out button").click()
    page.get_by_role("button", name="Yes, sign me out").click()  # the provider's own question
    page.wait_for_selector(".st-key-sign-in")
    expect(page).to_have_url(f"{place.address}/{PAGE}")
    assert [c["name"] for c in page.context.cookies() if c["name"].startswith(("_streamlit_user", COOKIE))] == []


@pytest.mark.parametrize(
    ("name", "shown", "why"),
    [
        ("reader", "Rea bReader/b", "unnamed"),
        ("unverified", "Lin Again", "unverified"),
        ("other-audience-named-bearer", "Lin Editor", "other-audience"),
    ],
)
def test_who_may_not_edit_is_told_why_and_whom_to_ask(
    place: Place, page: Page, name: str, shown: str, why: str
) -> None:
    opened(page, f"{place.address}/edit?lang=en")
    expect(page.get_by_text(words("en").say("who.signed-out"))).to_be_visible()
    sign_in(page, name)
    expect(page.get_by_role("heading", name=words("en").say("who.closed"))).to_be_visible()
    expect(page.locator(".state")).to_contain_text(words("en").say("who.signed-in", name=shown))
    expect(page.locator(".state")).to_contain_text(words("en").say(f"who.{why}"))
    expect(page.locator(".state")).to_contain_text("desk@example.org")


def test_a_token_that_is_not_right_signs_nobody_in(place: Place, page: Page) -> None:
    for name in ("other-audience", "other-issuer", "other-nonce", "expired", "bad-signature"):
        opened(page, f"{place.address}/methods?lang=en")
        sign_in(page, name)
        expect(page.get_by_role("alert").filter(has_text=NO_ACCESS)).to_be_visible()
        expect(page.locator(".st-key-sign-in")).to_be_visible()


def test_an_answer_that_nobody_asked_for_signs_nobody_in(place: Place, page: Page) -> None:
    opened(page, f"{place.address}/oauth2callback?code=stolen&state=guessed")
    expect(page).to_have_url(re.compile(r"sign-in=failed"))
    expect(page.locator(".st-key-sign-in")).to_be_visible()


def test_a_sign_in_that_has_run_out_no_longer_edits(place: Place, page: Page) -> None:
    opened(page, f"{place.address}/changes?lang=en")
    sign_in(page, "just-expired")
    expect(page.get_by_text(words("en").say("who.expired"))).to_be_visible()
    expect(page.locator(".st-key-sign-in")).to_be_visible()


def test_a_right_that_is_taken_away_ends_at_once(place: Place, page: Page) -> None:
    opened(page, f"{place.address}/changes?lang=en")
    sign_in(page, "admin")
    expect(page.get_by_role("heading", name=words("en").say("site.changes"))).to_be_visible()
    before = place.settings.read_text(encoding="utf-8")
    try:
        place.settings.write_text(before.replace("sub:admin", "sub:another"), encoding="utf-8")
        page.get_by_role("link", name=words("en").say("site.methods")).click()  # in the same session
        expect(page).to_have_url(re.compile("/methods"))
        page.go_back()
        expect(page.get_by_text(words("en").say("who.unnamed"))).to_be_visible()
        place.settings.write_text("broken", encoding="utf-8")
        page.reload()
        expect(page.get_by_text(words("en").say("who.settings"))).to_be_visible()
    finally:
        place.settings.write_text(before, encoding="utf-8")
