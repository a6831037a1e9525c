"""Which addresses there are, where a browser is sent that asks for another, and the page before any script has run.

An address always names its language, so that a link opens the same for everyone; a bare one is completed here, before
the page is there, so that "back" needs no second click. Light to import.
"""

import html
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from views.command import catalogues

PAGES = ("overview", "goal", "indicator", "documents", "data", "methods")
FOR_EDITORS = ("edit", "draft")  # pages that views/who.py guards; the head shows them to whoever may edit,
FOR_ADMINS = ("changes",)  # and these are a click further
MISSING = "missing-page"  # where an address leads that is none
LANGUAGES = tuple(sorted(p.stem for p in (Path(__file__).parent.parent / "tracking" / "words").glob("*.yaml")))
FILES = ("_stcore", "static", "component", "media", "app", "auth", "oauth2callback")  # Streamlit's own
SHELL = Path(st.__file__).parent / "static" / "index.html"  # what Streamlit's scripts draw into
LONGEST = 60  # of a wrong address that is repeated
# What every page has comes once, with the first, not with each page that a reader goes on to. The style stands after
# Streamlit's, which is in the head, and before what a page adds to it.
STYLE = Path(__file__).with_name("style.css")
SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("links.js", "notice.js", "access.js"))
WITHOUT_SCRIPTS = ".bare{font:1.125rem/1.5 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
# No other site's page may hold ours and lead a hand where it does not mean to go; one that asks with `embed` may, and
# there nobody edits (views/who.py).
UNFRAMED = {"Content-Security-Policy": "frame-ancestors 'self'"}
TITLE: dict[tuple[str, str], str] = {}  # of each catalogue that is served, in each language, once it was read


def guided(app: ASGIApp) -> ASGIApp:
    """The app behind one that sends browsers on, and gives them the page to draw into."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        own = _answer(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        await (own or app)(scope, receive, send)

    return answer


def _answer(scope: Scope) -> ASGIApp | None:
    """What a browser gets that asks for a page; None for all that is Streamlit's own to answer."""
    headers, base = Headers(scope=scope), "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = str(scope["path"])
    is_ours = path.startswith(base) and (path.rstrip("/") == path or path.strip("/") == base.strip("/"))
    if "text/html" not in headers.get("accept", "") or not is_ours or path == base != "/":
        return None  # Streamlit itself mends a slash too many or too few
    page, query = path.removeprefix(base).strip("/"), bytes(scope["query_string"]).decode("latin-1")
    where = elsewhere(page, query, headers.get("accept-language", ""))
    if where is not None:
        return RedirectResponse(where, 307, {"Cache-Control": "no-store", "Vary": "Accept-Language"})
    if not is_page(page):
        return None
    asked = parse_qs(query)
    lang, named = asked["lang"][-1], asked.get("catalogue", [""])[-1]
    title = TITLE.get((named if named in catalogues() else next(iter(catalogues())), lang), "")
    framed = {} if "true" in asked.get("embed", []) else UNFRAMED
    return HTMLResponse(first_page(lang, page or PAGES[0], title), 200, {"Cache-Control": "no-cache"} | framed)


def broken(request: Request, _error: Exception) -> HTMLResponse:
    """What a browser gets where the server itself fails before a page is there; what it was is in the log."""
    from tracking.words import TAGS, words

    named = request.query_params.get("lang", "")
    lang = named if named in LANGUAGES else preferred(request.headers.get("accept-language", ""))
    title, text, again = (html.escape(words(lang).say(f"failure.{key}")) for key in ("title", "server", "again"))
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{TAGS[lang]}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{title}</title>{_paper()}'
        f'<main class="bare"><h1>{title}</h1><p>{text}</p><p><a href="">{again}</a></p></main></html>', 500,
    )  # fmt: skip


@cache
def first_page(lang: str, page: str, catalogue: str) -> str:
    """Streamlit's empty page with our title, language, ground, and words for whom no script runs."""
    from tracking.words import TAGS, words  # not before a reader needs it

    say = words(lang).say
    title = " – ".join(part for part in (say(f"site.{page}"), catalogue) if part)
    ours = {
        "<html[^>]*>": f'<html lang="{TAGS[lang]}">',
        "<title>.*?</title>": f"<title>{html.escape(title)}</title>{_paper()}",
        "<noscript>.*?</noscript>": f'<noscript><p class="bare">{html.escape(say("site.no-script"))}</p></noscript>',
        "<body>": f"<body><style>{_text(STYLE)}</style>",
        "</body>": f"<script>{''.join(map(_text, SCRIPTS))}</script></body>",
    }
    text = _text(SHELL)
    for pattern, new in ours.items():
        text = re.sub(pattern, new.replace("\\", r"\\"), text, count=1, flags=re.DOTALL)
    return text


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _paper() -> str:
    """Ground and ink of either theme, and the type of what is read without scripts."""
    light, dark = (_colours(theme) for theme in ("light", "dark"))
    return f"<style>{light}@media(prefers-color-scheme:dark){{{dark}}}{WITHOUT_SCRIPTS}</style>"


def _colours(theme: str) -> str:
    ground, ink, link = (st.get_option(f"theme.{theme}.{name}Color") for name in ("background", "text", "link"))
    return f"html{{background:{ground};color:{ink}}}.bare a{{color:{link}}}"


def is_page(path: str) -> bool:
    return path in ("", *PAGES[1:], *FOR_EDITORS, *FOR_ADMINS, MISSING)


def elsewhere(path: str, query: str, wanted: str) -> str | None:
    """Where a browser is sent that asks for a page and wants certain languages; None if it is right.

    Relative, so that it holds behind a proxy that serves us under a path of its own.
    """
    given = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != "lang"]
    named = parse_qs(query).get("lang", [""])[-1]
    if path.split("/")[0] in FILES or "." in path:
        return None
    if is_page(path) and named in LANGUAGES:
        return None
    lang = ("lang", named if named in LANGUAGES else preferred(wanted))
    if is_page(path):
        return f"{path or './'}?{urlencode([*given, lang])}"
    return "../" * path.count("/") + f"{MISSING}?{urlencode([('page', path[:LONGEST]), lang])}"


def preferred(wanted: str) -> str:
    """The first language of `Accept-Language` that we have words for, else English."""
    asked = (part.split(";")[0].split("-")[0].strip().lower() for part in wanted.split(","))
    return next((lang for lang in asked if lang in LANGUAGES), "en")
