"""The editor for YAML and figures: CodeMirror in a component of Streamlit, served by the dashboard itself.

`make editor` builds `built/editor.js` from `src/`; what is built is committed, so that running needs no Node.
"""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

HERE = Path(__file__).parent
BUILT = HERE / "built"
WAY = "editor"  # the folder's address, below the dashboard's own


def served() -> list[BaseRoute]:
    """What the server gives out of this folder."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return [Mount("/" + "/".join(part for part in (base, WAY) if part), StaticFiles(directory=BUILT))]


def editor(key: str, data: Mapping[str, Any], on_sent: Callable[[], None], on_wish: Callable[[], None]) -> None:
    """Place the editor. What it sends is in the session under `key`: `sent` after a pause, `wish` at a shortcut.

    `data` is what src/editor.js reads of it. It keeps its text and its place in it while `name` and `catalogue` stay
    the same; a text of ours replaces its own where `serial` is another.
    """
    mount = st.components.v2.component("editor", html=_read("editor.html"), css=_read("editor.css"), js=_loader())
    mount(key=key, data=dict(data), on_sent_change=on_sent, on_wish_change=on_wish)


@cache
def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _loader() -> str:
    """Streamlit sends a component's script with every run; this one fetches ours, which the browser then keeps."""
    built = sha256((BUILT / "editor.js").read_bytes()).hexdigest()[:12]
    address = f"new URL('{WAY}/editor.js?v={built}', document.baseURI)"
    # in two lines: a single one would be taken for the name of a file
    return f"export default async (component) =>\n  (await import({address})).default(component);"
