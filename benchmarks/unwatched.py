"""A Chromium whose traffic nobody records.

Playwright has each message of a websocket copied to it, in the page's own thread, while of a fetch only the length is
told: recorded like that, a page of ours took half as long again, one of Dash a quarter. Here only clicks, keys and
questions pass between us and the browser.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from choreographer import Browser

from benchmarks.browsing import CHANGED, LONGEST, SIZE, installed

PAUSE = 0.02  # seconds between two looks whether something has come


class Tab:
    """One page in a browser of its own, as a tab behind another is not painted."""

    def __init__(self, tab: Any) -> None:
        self._tab = tab

    async def goto(self, address: str) -> None:
        await self._send("Page.navigate", url=address)

    async def evaluate(self, expression: str) -> Any:
        """What an expression comes to in the page. Raises RuntimeError where it fails there."""
        found = await self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(f"{expression[:80]}: {found['exceptionDetails']}")
        return found["result"].get("value")

    async def wait_for(self, expression: str, what: str) -> Any:
        """What the expression comes to once it comes to something. Ends the process where it does not."""
        until = time.monotonic() + LONGEST / 1000
        while time.monotonic() < until:
            if found := await self.evaluate(expression):
                return found
            await asyncio.sleep(PAUSE)
        raise SystemExit(f"not within {LONGEST / 1000:.0f} s: {what}")

    async def click(self, selector: str) -> None:
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = await self.evaluate(f"(b => [b.x + b.width / 2, b.y + b.height / 2])({box})")
        for kind in ("mousePressed", "mouseReleased"):
            await self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def fill(self, selector: str, text: str) -> None:
        """A click into a field and this text in place of what stands there."""
        await self.click(selector)
        await self.evaluate(f"document.querySelector({json.dumps(selector)}).select()")
        await self._send("Input.insertText", text=text)

    async def enter(self) -> None:
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        await self._send("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        await self._send("Input.dispatchKeyEvent", type="keyUp", **key)

    async def expect_change(self, heading: str, signs: Sequence[str]) -> None:
        """From the next click or Enter on, watch for this heading and charts with these signs."""
        await self.evaluate(f"({CHANGED})({json.dumps([heading, list(signs)])})")

    async def change(self, what: str) -> tuple[float, float]:
        """Seconds from that click until the heading was new, and until every chart was drawn."""
        first, everything = await self.wait_for("window.changed", what)
        return first / 1000, everything / 1000

    async def _send(self, command: str, **params: Any) -> Any:
        answer = await self._tab.send_command(command, params=params)
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer["result"]


@asynccontextmanager
async def unwatched() -> AsyncIterator[Tab]:
    """A tab in a Chromium that ends with the block."""
    async with Browser(path=installed(), headless=True, enable_gpu=False) as browser:
        tab = Tab(await browser.create_tab("about:blank"))
        size = {**SIZE, "deviceScaleFactor": 1, "mobile": False}
        await tab._send("Emulation.setDeviceMetricsOverride", **size)
        yield tab
