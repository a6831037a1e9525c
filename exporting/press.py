"""One browser that stays open and turns figures into files: started when first needed, ended when idle or stuck."""

import asyncio
import atexit
import importlib.util
import os
import signal
import subprocess
import tempfile
import threading
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from exporting.errors import Hung, NoPress, NotDrawn

START = 60.0  # seconds that a browser may take to start
PATIENCE = 30.0  # seconds for one drawing; an ordinary one takes a fifth of a second
PAGES = 6  # times as long for a whole document: a hundred sheets take ten seconds
IDLE = 60.0  # seconds without work after which the browser, a gigabyte of memory, is ended


def missing() -> NoPress | None:
    """Why nothing can be drawn here, if that can be known without trying."""
    if importlib.util.find_spec("kaleido") is None:
        return NoPress("no-kaleido")
    from choreographer.browsers.chromium import Chromium

    path = os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False)
    return None if path and os.path.isfile(path) else NoPress("no-browser")


class Press:
    """Draws one figure at a time, for whoever asks, from any thread."""

    def __init__(self, patience: float = PATIENCE, idle: float = IDLE, start: float = START) -> None:
        self.patience, self.idle, self.start = patience, idle, start
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._browser: Any = None  # a kaleido.Kaleido, which brings no types
        self._rest: asyncio.TimerHandle | None = None

    def draw(self, figure: go.Figure, kind: str, scale: float = 1.0) -> bytes:
        """The figure, of the size that its layout says, as `png`, `svg` or `pdf`. Raises NoPress, Hung, NotDrawn."""
        layout = figure.layout
        opts = {"format": kind, "width": layout.width, "height": layout.height, "scale": scale}
        return self._made(lambda browser: browser.calc_fig(figure, opts=opts), self.patience)

    def print_page(self, page: str, foot: str) -> bytes:
        """A page of HTML as PDF, with `foot` (HTML too) under each sheet. Raises NoPress, Hung, NotDrawn.

        The page says its own size and margins (`@page`), and is refused what it may not do: it is opened as a file.
        """
        with tempfile.TemporaryDirectory(prefix="brief-") as folder:
            file = Path(folder) / "page.html"
            file.write_text(page, encoding="utf-8")
            return self._made(lambda browser: _printed(browser, file.as_uri(), foot), self.patience * PAGES)

    def _made(self, work: Callable[[Any], Any], patience: float) -> bytes:
        """What the browser makes of one piece of work, if it does so in time."""
        with self._turn:
            if self._browser is None or self._process.poll() is not None:
                self._start()
            try:
                return bytes(self._run(self._watched(work(self._browser)), patience))
            except TooLate:
                self._end()
                raise Hung("hung", seconds=f"{patience:g}") from None
            except _refusals() as error:
                self._end()
                raise NotDrawn("not-drawn", why=str(error)[:200]) from error

    def close(self) -> None:
        """End the browser; the next drawing starts another."""
        with self._turn:
            self._close()

    @property
    def pid(self) -> int | None:
        """The process of the browser, if there is one."""
        return None if self._browser is None else int(self._process.pid)

    @property
    def _process(self) -> "subprocess.Popen[bytes]":
        found: subprocess.Popen[bytes] = self._browser.subprocess
        return found

    def _start(self) -> None:
        if (why := missing()) is not None:
            raise why
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="press", daemon=True).start()
        try:
            self._browser = self._run(_opened(self.start), self.start * 2)
        except (TooLate, RuntimeError, OSError) as error:
            raise NoPress("no-start", why=str(error)[:200] or type(error).__name__) from error
        # What is registered last is done first at exit: now that the browser has its temporary folder, it is ended
        # before that is cleared. The other way round it would go on writing into what is being taken away.
        atexit.unregister(self.close)
        atexit.register(self.close)

    async def _watched(self, drawing: Any) -> Any:
        """The drawing; the time of rest begins when it is done."""
        if self._rest is not None:
            self._rest.cancel()
        found = await drawing
        assert self._loop is not None  # we run on it
        self._rest = self._loop.call_later(self.idle, lambda: threading.Thread(target=self._retire).start())
        return found

    def _retire(self) -> None:
        """End the browser if nobody has asked since."""
        with self._turn:
            if self._rest is not None and not self._rest.cancelled():
                self._close()

    def _run(self, work: Any, seconds: float) -> Any:
        assert self._loop is not None  # started before
        running = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return running.result(seconds)
        except TooLate:
            running.cancel()
            raise

    def _close(self) -> None:
        if self._browser is None:
            return
        try:
            self._run(self._browser.close(), 10.0)
        except (TooLate, RuntimeError, OSError):
            self._end()
        self._browser = None

    def _end(self) -> None:
        """End a browser that does not answer, with all that it started, and clear its folders."""
        browser, self._browser = self._browser, None
        _kill(browser.subprocess)
        self._run(browser.close(), 20.0)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it started, now."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(10)


def _refusals() -> tuple[type[Exception], ...]:
    """What kaleido raises where a browser does not draw, or is gone."""
    from choreographer.errors import DevtoolsProtocolError
    from kaleido.errors import KaleidoError

    return KaleidoError, DevtoolsProtocolError, RuntimeError, ValueError, OSError


async def _opened(seconds: float) -> Any:
    """A browser with one page that draws; nothing is fetched for it, so formulas are not set.

    One that does not get as far in time is ended, with its folders. Raises RuntimeError, OSError.
    """
    import kaleido

    browser = kaleido.Kaleido(n=1, timeout=None, mathjax=False)
    try:
        await asyncio.wait_for(browser.open(), seconds)
    except (RuntimeError, OSError):
        if hasattr(browser, "subprocess"):
            _kill(browser.subprocess)
        await browser.close()
        raise
    return browser


async def _printed(browser: Any, address: str, foot: str) -> bytes:
    """The page at an address, printed in a tab of its own; tagged and with an outline, for who reads by ear."""
    tab = await browser.create_tab()
    try:
        ready = tab.subscribe_once("Page.loadEventFired")
        _demand(await tab.send_command("Page.enable"))
        _demand(await tab.send_command("Page.navigate", params={"url": address}))
        await ready
        said = _demand(await tab.send_command("Page.printToPDF", params={
            "printBackground": True, "preferCSSPageSize": True, "generateTaggedPDF": True,
            "generateDocumentOutline": True, "displayHeaderFooter": True, "headerTemplate": "<span></span>",
            "footerTemplate": foot,
        }))  # fmt: skip
        return b64decode(said["data"])
    finally:
        await browser.close_tab(tab.target_id)


def _demand(answer: Any) -> Any:
    """What the browser answered. Raises RuntimeError with its own words where it refuses."""
    if "error" in answer:
        raise RuntimeError(answer["error"].get("message", "the browser refused"))
    return answer["result"]


PRESS = Press()
