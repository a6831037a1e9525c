"""How the server is called and begins: light to import, so that it answers before all else is in memory."""

import argparse
import asyncio
import gc
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from threading import Thread

import streamlit as st

AFTER = 0.1  # seconds: the server is listening by then, and a first answer is not held up
GOALS = Path(__file__).resolve().parent.parent / "goals"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="streamlit run dashboard.py --", allow_abbrev=False)
    parser.add_argument("--goals", type=Path, default=GOALS, metavar="DIR", help="the catalogue's folder (goals/)")
    return parser


def told() -> argparse.Namespace:
    """What the command says after `--`. Ends the process with a sentence where it makes no sense."""
    return _parser().parse_args(sys.argv[1:])


@cache
def goals_folder() -> Path:
    """The folder of the catalogue that is served: the shipped one, unless the command names another.

    Under a command that is not ours, as a test's, what is unknown is not ours to judge.
    """
    known, _ = _parser().parse_known_args(sys.argv[1:])
    return Path(known.goals).resolve()


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

    door.warm()
    shared.make_ready(shared.state())
    gc.collect()
    gc.freeze()  # what is in memory now stays: later collections need not look through it
