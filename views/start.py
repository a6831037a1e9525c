"""How the server begins: light to import, so that it answers before all else is in memory."""

import asyncio
import gc
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import streamlit as st

AFTER = 0.1  # seconds: the server is listening by then, and a first answer is not held up


def failed(error: Exception) -> bool:
    """The one place where every error ends that nobody foresaw, in a page or in what a control calls.

    Streamlit calls it, never with its own signals to stop or to run again; True keeps its English box away.
    """
    from views import failure

    failure.show(error)
    return True


@asynccontextmanager
async def warmed(_app: st.App) -> AsyncIterator[None]:
    """The server answers at once; soon after a thread makes ready what the first reader would wait for."""
    beginning = asyncio.get_running_loop().call_later(AFTER, Thread(target=_begin, name="warm", daemon=True).start)
    yield
    beginning.cancel()


def _begin() -> None:
    if not st.get_option("server.headless"):
        webbrowser.open(f"http://localhost:{st.get_option('server.port')}/{st.get_option('server.baseUrlPath')}")
    from views import door, shared
    from views.command import catalogues

    door.warm()
    for name in catalogues():
        shared.make_ready(name, shared.watch_of(name).now())
    gc.collect()
    gc.freeze()  # what is in memory now stays: later collections need not look through it
