"""Draw the pictures of docs/screenshots/: every page in both languages, wide and phone. Run by `make screenshots`."""

import io
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PORT = 8597
PAGES = {
    "overview": "",
    "overview-indicators": "?view=indicators",
    "overview-changes": "?since=2025-11-23",
    "goal-cyber-power": "goal?goal=cyber-power",
    "goal-stable-industrial-growth": "goal?goal=stable-industrial-growth",
    "indicator-5g-stations": "indicator?indicator=5g-stations-per-10k",
    "documents": "documents",
    "documents-timeline": "documents?view=timeline",
    "document-ict-plan": "documents?document=ict-plan-14",
    "data": "data",
    "methods": "methods",
    "edit": "edit?file=goals/indicators/5g-stations-per-10k.yaml&beside=preview",
    "draft": "draft",
    "missing-page": "nowhere",
}
LOOKS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]
TALLEST = 2400
TONES = 128  # enough for a page of few colours, none of them lost, at a third of the size


def main() -> None:
    """Start the server, photograph every page, stop it."""
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(PORT)]
    server = subprocess.Popen([*command, "--server.headless", "true"], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait()
        found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
            for scheme, width in LOOKS:
                for name, address in PAGES.items():
                    for language in ("zh", "en"):
                        glue = "&" if "?" in address else "?"
                        place = f"http://127.0.0.1:{PORT}/{address}{glue}lang={language}&as-of=2026-11-23"
                        _photograph(browser, place, scheme, width, folder / f"{name}-{language}-{scheme}-{width}.png")
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"The dashboard did not start on port {PORT}.")


def _photograph(browser: Browser, address: str, scheme: str, width: int, file: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"] .pg h1')
    page.wait_for_timeout(1500)
    tall = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(TALLEST, int(tall) + 40)})
    page.wait_for_timeout(1200)
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn.quantize(TONES, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
    context.close()
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
