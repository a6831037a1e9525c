"""How long who edits waits, in a real Chromium on the shipped catalogue: from the last key of a pause to the errors, to
the preview, and to what verdicts change.

    python benchmarks/keystrokes.py [EDITS]

The editor waits 250 ms after a key before it sends the text; the times are from then on. Nothing is saved.
"""

import os
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page  # noqa: E402

from benchmarks.browsing import SIZE, chromium  # noqa: E402
from benchmarks.serving import serving, streamlit  # noqa: E402

PAUSE = 250  # milliseconds, as in views/editor/src/editor.js
FILE = "goals/indicators/nev-sales-share.yaml"
# From the last key on: when the words stand on the page, or in the editor's own list of problems.
WAIT = """
([wanted, isInEditor]) => new Promise((found) => {
  const editor = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".cm-editor"));
  const place = isInEditor ? editor.shadowRoot.querySelector("ol") : document.querySelector(".stMain");
  const look = () => requestAnimationFrame(place.textContent.includes(wanted) ? told : look);
  const told = () => found(performance.now() - window.lastKey);
  look();
})
"""
NOTE_KEYS = "addEventListener('keydown', () => { window.lastKey = performance.now(); }, true)"


def begun(browser: Browser, address: str, beside: str, line: str) -> Page:
    """The editor with the cursor after the first of these words that it finds, in a browser that has kept nothing."""
    page = browser.new_context(viewport=SIZE).new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(NOTE_KEYS)
    page.goto(f"{address}/edit?lang=en&file={FILE}&beside={beside}")
    text = page.locator(".cm-content")
    text.wait_for()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(2000)
    text.focus()
    page.keyboard.press("Control+f")
    page.keyboard.type(line)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.wait_for_timeout(1000)
    return page


def waited(page: Page, typed: str, wanted: str, *, in_editor: bool = False) -> float:
    """Milliseconds from the last of these keys until the words were painted."""
    page.keyboard.type(typed)
    told = float(page.evaluate(WAIT, [wanted, in_editor]))
    page.wait_for_timeout(500)
    return told


def tell(what: str, times: list[float]) -> None:
    middle, worst = statistics.median(times), max(times)
    print(f"{what}: median {middle - PAUSE:.0f} ms, worst of {len(times)} {worst - PAUSE:.0f} ms", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    numbers = ["".join(str(k % 10) for k in range(1, n + 2)) for n in range(count)]
    with serving(streamlit("dashboard.py")) as server, chromium() as browser:
        overview = browser.new_page()  # it comes once the server has made everything ready
        overview.goto(f"{server.address}/?lang=en", timeout=120_000)
        overview.wait_for_selector(".ov-row", timeout=120_000)
        overview.close()
        page = begun(browser, server.address, "preview", "sales, year to date")
        tell("preview", [waited(page, n[-1], f"year to date{n}") for n in numbers])
        page = begun(browser, server.address, "preview", "direction: higher")
        tell("errors", [waited(page, n[-1], f'cannot be "higher{n}"', in_editor=True) for n in numbers])
        page = begun(browser, server.address, "changes", "value: 20")
        tell("lines and verdicts", [waited(page, n[-1], f"value: 20{n}") for n in numbers[:3]])
    print(f"load average {os.getloadavg()[0]:.1f}; the editor's own pause of {PAUSE} ms is left out")


if __name__ == "__main__":
    main()
