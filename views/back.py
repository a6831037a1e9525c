"""After signing in or out a reader is back on the page where it began. Light to import.

Streamlit always leads to the first page, and says nothing where signing in came to nothing.
"""

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.ways import is_page

BEGIN = ("auth/login", "auth/logout")  # Streamlit's own ways out to the provider,
RETURN = "oauth2callback"  # and back from it
SIGNED = "_streamlit_user"  # its cookie of who somebody is
SIGN_IN, FAILED = "sign-in", "failed"  # what the address then says
COOKIE = "came-from"
KEPT = 900  # seconds for which a page is remembered: long enough for a second factor
LONGEST = 2000  # of an address that is remembered


def brought_back(app: ASGIApp) -> ASGIApp:
    """The app behind one that remembers the page, and leads back to it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        way = str(scope.get("path", "")).removeprefix(_base()) if scope["type"] == "http" else ""
        if way not in (*BEGIN, RETURN):
            return await app(scope, receive, send)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _lead(way, scope, MutableHeaders(scope=message))
            await send(message)

        return await app(scope, receive, sent)

    return answer


def _lead(way: str, scope: Scope, answer: MutableHeaders) -> None:
    """Where the answer leads to the first page, let it lead to the one that is remembered; else remember it."""
    asked = Headers(scope=scope)
    page = _remembered(asked) if way == RETURN else page_in(asked.get("referer", ""))
    if answer.get("location") == _base():
        answer["location"] = _base() + (_failed(page) if way == RETURN and _came_to_nothing(scope, answer) else page)
        answer.append("set-cookie", f"{COOKIE}=; Path={_base()}; Max-Age=0")
    elif way in BEGIN:
        kept = f"{COOKIE}={quote(page, safe='')}; Path={_base()}; Max-Age={KEPT}; HttpOnly; SameSite=Lax"
        answer.append("set-cookie", kept)


def page_in(address: str) -> str:
    """A page of ours with its query, relative; nothing for any other address, so that nobody is led elsewhere."""
    try:
        _, _, path, query, _ = urlsplit(address)
    except ValueError:
        return ""
    page = path.removeprefix(_base())
    if not path.startswith(_base()) or not is_page(page) or len(query) > LONGEST:
        return ""
    kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != SIGN_IN]
    return f"{page}?{urlencode(kept)}" if kept else page


def _remembered(asked: Headers) -> str:
    try:
        kept = SimpleCookie(asked.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return page_in(_base() + unquote(kept.value)) if kept else ""


def _came_to_nothing(scope: Scope, answer: MutableHeaders) -> bool:
    """Whether somebody came back from the provider's sign-in, and is not signed in."""
    came = parse_qs(bytes(scope["query_string"]).decode("latin-1"))
    is_in = any(c.startswith(f"{SIGNED}=") and not c.startswith(f'{SIGNED}=""') for c in answer.getlist("set-cookie"))
    return bool(came.keys() & {"code", "error"}) and not is_in


def _failed(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}{SIGN_IN}={FAILED}"


def _base() -> str:
    """The path under which the server stands, from slash to slash."""
    inner = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{inner}/" if inner else "/"
