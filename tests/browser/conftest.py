"""A real server on loopback and a real Chromium, once for each worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000  # milliseconds: what is to come may come late on a busy machine, and that is no failure
expect.set_options(timeout=PATIENCE)
UNANSWERED = ("net::ERR_", "WebSocket", "No response", "not responding", "disconnected")
SERVERS: dict[str, subprocess.Popen[bytes]] = {}  # by address; of an ended one a page that is still open tells


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def dashboard(
    *arguments: str, port: int | None = None, house: Path = ROOT, log: Path = Path(os.devnull), **environment: str
) -> Iterator[str]:
    """A dashboard of one's own, with arguments and more in its environment; its address. `log` gets what it prints."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port),
               "--server.headless", "true", "--", *arguments]  # fmt: skip
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=house, env=os.environ | environment, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    SERVERS[address] = process
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def broken_copy(house: Path, file: str, old: str, new: str) -> Path:
    """A copy of the code, with one thing in it that is wrong."""
    for part in ("views", "tracking", "editing", "loaders", "exporting", ".streamlit"):
        shutil.copytree(ROOT / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dashboard.py", house)
    text = (house / file).read_text(encoding="utf-8")
    assert old in text
    (house / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return house


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The dashboard's address."""
    with dashboard() as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if the console shows an error that is ours."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(f"{m.text} {m.location['url']}") if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    yield page
    context.close()
    assert [e for e in errors if not _is_expected(e)] == []


def _is_expected(error: str) -> bool:
    """One's own server was ended; or Streamlit looked for its server below the page's path first, and was told 404."""
    is_unanswered = any(said in error for said in UNANSWERED)
    is_of_ended = any(address in error and server.poll() is not None for address, server in SERVERS.items())
    return (is_unanswered and is_of_ended) or ("404" in error and "/_stcore/" in error)


def opened(page: Page, address: str) -> None:
    """Open an address and wait until the page has settled."""
    page.goto(address)
    page.wait_for_selector(".pg h1", timeout=PATIENCE)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)


def chosen(page: Page, label: str, option: str) -> None:
    """Choose from a list once page and list are at rest: one that is open closes when either moves."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name=option).click()


def saved(page: Page, button: Locator) -> tuple[str, bytes]:
    """The name and the content of the file behind a button."""
    with page.expect_download() as coming:
        button.click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
