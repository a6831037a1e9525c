"""Where a browser is sent that asks for an address."""

import re
import time
from http.client import HTTPResponse
from typing import cast
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.browser.conftest import broken_copy, dashboard
from tests.conftest import Folder
from tests.test_pages import page
from tracking.model import LANGUAGES
from tracking.words import words
from views import ways
from views.back import page_in
from views.door import SHOWN_BY
from views.ways import elsewhere


def test_the_addresses_are_those_of_the_pages_and_the_languages_those_of_the_words() -> None:
    assert set(SHOWN_BY) == {*ways.PAGES, *ways.FOR_EDITORS, *ways.FOR_ADMINS, ways.MISSING}
    assert set(ways.LANGUAGES) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("path", "query", "wanted", "where"),
    [
        ("", "lang=zh", "en", None),
        ("goal", "goal=smes&lang=en&as-of=2025-12-31", "zh-CN", None),
        ("", "", "zh-CN,zh;q=0.9,en;q=0.8", "./?lang=zh"),
        ("goal", "goal=smes", "de,en;q=0.5", "goal?goal=smes&lang=en"),
        ("goal", "goal=smes&lang=fr", "fr", "goal?goal=smes&lang=en"),
        ("", "embed=true&a=1&a=2", "zh", "./?embed=true&a=1&a=2&lang=zh"),
        ("a/b", "", "en", "../missing-page?page=a%2Fb&lang=en"),
        ("_stcore/health", "", "en", None),
        ("favicon.png", "", "en", None),
    ],
)  # fmt: skip
def test_an_address_names_its_language_and_one_that_is_none_leads_to_a_page_that_says_so(
    path: str, query: str, wanted: str, where: str | None
) -> None:
    assert elsewhere(path, query, wanted) == where


@given(path=some.text(max_size=80), query=some.text(max_size=40), wanted=some.text(max_size=40))
def test_a_browser_is_sent_on_at_most_once_whatever_it_asks_for(path: str, query: str, wanted: str) -> None:
    where = elsewhere(path.strip("/"), query, wanted)
    if where is not None:
        asked = urlsplit(where.removeprefix("./"))
        assert not (asked.scheme or asked.netloc)
        assert elsewhere(asked.path.rsplit("/", 1)[-1], asked.query, "") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_server_itself_fails_a_browser_is_told_in_its_language(folder: Folder, language: str) -> None:
    house = broken_copy(folder.root / "house", "views/ways.py", "def elsewhere(", "def elsewhere(*_: str) -> str:\n    "
                        "raise RuntimeError('a secret')\n\n\ndef unused(")  # fmt: skip
    with dashboard("--goals", str(folder.goals), house=house) as address:
        with pytest.raises(HTTPError) as told:
            first_bytes(address, "goal", **{"Accept-Language": language})
        body = told.value.read().decode("utf-8")
    assert told.value.code == 500
    assert words(language).say("failure.title") in body and words(language).say("failure.again") in body
    assert "secret" not in body


def first_bytes(address: str, path: str, **headers: str) -> HTTPResponse:
    """What the server says before any script has run."""
    asked = Request(f"{address}/{path}", headers={"Accept": "text/html", **headers})
    return cast("HTTPResponse", urlopen(asked, timeout=30))


SAYS = re.compile(r'<html lang="([^"]*)">.*<title>([^<]*)</title>.*<noscript><p[^>]*>([^<]*)</p></noscript>', re.DOTALL)


def test_the_page_is_ours_in_the_readers_language_from_its_first_byte(folder: Folder) -> None:
    folder.edit("goals/catalogue.yaml", "en: Trial", r"en: 'A & \\1 <b>'")
    with dashboard("--goals", str(folder.goals)) as address:
        for lang, tag, title in (("zh", "zh-CN", "目标 – 试"), ("en", "en", r"Goals – A &amp; \\1 &lt;b&gt;")):
            for _ in range(120):  # the catalogue's title comes once it was read
                answer = first_bytes(address, f"goal?lang={lang}")
                body = answer.read().decode("utf-8")
                found = SAYS.search(body)
                if found is not None and "–" in found[2]:
                    break
                time.sleep(0.25)
            assert found is not None
            assert found.groups() == (tag, title, words(lang).say("site.no-script"))
            assert "<title>Streamlit" not in body and "You need to enable" not in body
            assert 'type="module"' in body and '<div id="root"></div>' in body
            assert "prefers-color-scheme:dark" in body and "#11171C" in body
            assert answer.headers["Cache-Control"] == "no-cache"
        assert first_bytes(address, "goal", **{"Accept-Language": "zh"}).url.endswith("/goal?lang=zh")
        assert first_bytes(address, "_stcore/health").read() == b"ok"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("http://127.0.0.1:8501/goal?goal=smes&lang=zh", "goal?goal=smes&lang=zh"),
        ("https://goals.example.org/?lang=en&sign-in=failed", "?lang=en"),
        ("/changes?lang=en", "changes?lang=en"),
        ("/nowhere?lang=en", ""),
        ("//elsewhere.example/goal", "goal"),
        ("///elsewhere.example", ""),
        ("/\\elsewhere.example", ""),
        ("/auth/login?provider=x", ""),
        ("http://[", ""),
        (f"/goal?goal={'x' * 3000}", ""),
        ("", ""),
    ],
)
def test_after_signing_in_nobody_is_led_anywhere_but_to_a_page_of_ours(address: str, page: str) -> None:
    assert page_in(address) == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_style_and_the_scripts_come_with_the_first_page_and_with_no_later_one(language: str) -> None:
    """Sent with every page they were a tenth of the server's work for it. What a page adds to the style is placed in
    the root, and has the last word."""
    first = ways.first_page(language, "goal", "")
    style, *scripts = (first.index(file.read_text(encoding="utf-8")) for file in (ways.STYLE, *ways.SCRIPTS))
    assert first.index("</head>") < style < first.index('id="root"') < scripts[0] < scripts[-1]
    later = page("goal", lang=language)
    assert max(len(part.proto.body) for part in later.get("html") if "<style>" in part.proto.body) < 1000
    assert max(len(part.proto.body) for part in later.get("html") if "<script>" in part.proto.body) < 1000
