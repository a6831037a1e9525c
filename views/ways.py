"""Which addresses there are, and where a browser is sent that asks for another. Light to import.

An address always names its language, so that a link opens the same for everyone; a bare one is completed here, before
the page is there, so that "back" needs no second click.
"""

from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PAGES = ("overview", "goal", "indicator", "documents", "data", "methods")
MISSING = "missing-page"  # where an address leads that is none
LANGUAGES = tuple(sorted(p.stem for p in (Path(__file__).parent.parent / "tracking" / "words").glob("*.yaml")))
FILES = ("_stcore", "static", "component", "media", "app")  # Streamlit's own
LONGEST = 60  # of a wrong address that is repeated


def guided(app: ASGIApp) -> ASGIApp:
    """The app behind one that sends browsers on."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        where = _elsewhere(scope) if scope["type"] == "http" else None
        await (app if where is None else _sent(where))(scope, receive, send)

    return answer


def _sent(where: str) -> ASGIApp:
    return RedirectResponse(where, status_code=307, headers={"Cache-Control": "no-store", "Vary": "Accept-Language"})


def _elsewhere(scope: Scope) -> str | None:
    headers, base = Headers(scope=scope), "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = str(scope["path"])
    is_ours = path.startswith(base) and (path.rstrip("/") == path or path.strip("/") == base.strip("/"))
    if "text/html" not in headers.get("accept", "") or not is_ours or path == base != "/":
        return None  # Streamlit itself mends a slash too many or too few
    query = bytes(scope["query_string"]).decode("latin-1")
    return elsewhere(path.removeprefix(base).strip("/"), query, headers.get("accept-language", ""))


def elsewhere(path: str, query: str, wanted: str) -> str | None:
    """Where a browser is sent that asks for a page and wants certain languages; None if it is right.

    Relative, so that it holds behind a proxy that serves us under a path of its own.
    """
    given = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != "lang"]
    named = parse_qs(query).get("lang", [""])[-1]
    if path.split("/")[0] in FILES or "." in path:
        return None
    is_known = path in ("", *PAGES[1:], MISSING)
    if is_known and named in LANGUAGES:
        return None
    lang = ("lang", named if named in LANGUAGES else preferred(wanted))
    if is_known:
        return f"{path or './'}?{urlencode([*given, lang])}"
    return "../" * path.count("/") + f"{MISSING}?{urlencode([('page', path[:LONGEST]), lang])}"


def preferred(wanted: str) -> str:
    """The first language of `Accept-Language` that we have words for, else English."""
    asked = (part.split(";")[0].split("-")[0].strip().lower() for part in wanted.split(","))
    return next((lang for lang in asked if lang in LANGUAGES), "en")
