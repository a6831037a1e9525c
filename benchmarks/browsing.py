"""A real Chromium that says when a page was painted: seconds by the browser's own clock."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZE = {"width": 1440, "height": 900}
LONGEST = 30_000  # milliseconds for one page

# Looks at every frame whether all selectors are on the page; the next frame is the one in which they are painted.
_PAINTED = """
(selectors) => {
  const seen = (s) => { const e = document.querySelector(s); return e && e.getBoundingClientRect().height > 0; };
  const look = () => selectors.every(seen)
    ? requestAnimationFrame(() => { window.painted = performance.now(); })
    : requestAnimationFrame(look);
  requestAnimationFrame(look);
}
"""
# From the next click or Enter on: when the heading is another, and when every chart that is expected has been drawn.
CHANGED = """
([heading, signs]) => {
  const sign = (g) => (g._fullData || []).map(t => (t.hovertext && t.hovertext[0]) || t.name || "").join("|");
  const drawn = (g) => g.calcdata && g.querySelector(".main-svg") && g.getBoundingClientRect().height > 0;
  const told = () => (document.querySelector("h1") || {}).innerText || "";
  const was = told();
  window.changed = null;
  const begin = (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    removeEventListener("click", begin, true); removeEventListener("keydown", begin, true);
    const start = performance.now();
    let first = null;
    const look = () => {
      const now = performance.now();
      if (first === null && (heading ? told().includes(heading) : true)) first = now - start;
      const charts = [...document.querySelectorAll(".js-plotly-plot")];
      const all = first !== null && charts.length === signs.length && charts.every((g, k) => drawn(g))
        && charts.map(sign).sort().join() === [...signs].sort().join()
        && !document.querySelector('[data-stale="true"]');
      if (all) requestAnimationFrame(() => { window.changed = [first, performance.now() - start]; });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  addEventListener("click", begin, true); addEventListener("keydown", begin, true);
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def installed() -> str | None:
    """Where the system's own Chromium is; None where there is none."""
    return next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)


@contextmanager
def tab(browser: Browser) -> Iterator[Page]:
    """A tab with nothing in its cache."""
    context = browser.new_context(viewport=SIZE, locale="en-GB")  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()


def painted(browser: Browser, address: str, selectors: Sequence[str]) -> float:
    """Seconds from asking for the address in a cold tab until all selectors are painted."""
    with tab(browser) as page:
        page.add_init_script(f"({_PAINTED})({json.dumps(list(selectors))})")
        page.goto(address, wait_until="commit")
        return float(page.wait_for_function("window.painted", timeout=LONGEST).json_value()) / 1000


def sign(spec: dict[str, Any]) -> str:
    """What tells a chart from the same chart in another language: the first hover text, or name, of each trace."""
    return "|".join((t.get("hovertext") or [None])[0] or t.get("name") or "" for t in spec["data"])
