"""The published site in a real browser: from a disk with the network off, and under a path of a plain server."""

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.conftest import FILES, Folder
from tracking.catalogue import Catalogue
from tracking.publish.searching import search_file
from tracking.publish.site import Site
from tracking.publish.whole import publish
from tracking.search import build_index
from tracking.selection import cells, matching
from tracking.status import judge_all

DAY = date(2024, 6, 1)
QUERIES = (
    "5G",
    "基站",
    "基站 目标",
    "數字經濟",
    "digital",
    "gital",
    "「强国」",
    "强国",
    "26 2025",
    "smes",
    "xyzzy",
    "１４",
    "plan",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small catalogue, published two folders below the server's root."""
    root = tmp_path_factory.mktemp("published")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    publish(Folder(root).load(), root / "www" / "under" / "a-path", DAY, ("zh", "en"))
    return root / "www"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test that passes says nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/under/a-path/"
    server.shutdown()
    server.server_close()


@dataclass
class Reader:
    """A page, what it asked for, and what its console complained of: a breach of the policy stands there."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(params=["disk", "server"])
def reader(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[tuple[Reader, str]]:
    """A reader and the address of the site, which must not ask for anything beside it."""
    is_disk = request.param == "disk"
    base = (site / "under" / "a-path").as_uri() + "/" if is_disk else request.getfixturevalue("served")
    context = browser.new_context(offline=is_disk, locale="zh-CN", color_scheme="light")
    mine = Reader(context.new_page())
    mine.page.on("request", lambda r: mine.asked.append(r.url))
    mine.page.on("console", lambda m: mine.complaints.append(m.text) if m.type in ("error", "warning") else None)
    mine.page.on("pageerror", lambda e: mine.complaints.append(str(e)))
    yield mine, base
    assert mine.complaints == []
    assert [a for a in mine.asked if not a.startswith((base, "data:", "blob:"))] == []
    context.close()


def test_the_root_leads_to_the_readers_language_and_a_chart_is_drawn_when_it_comes_near(
    reader: tuple[Reader, str],
) -> None:
    mine, base = reader
    mine.page.goto(f"{base}index.html")
    mine.page.wait_for_url("**/zh/index.html")
    assert not [a for a in mine.asked if "plotly" in a or "/data/" in a]  # the library is loaded late
    mine.page.locator(".ov-row h3 a").click()
    mine.page.locator(".card h3 a").first.click()
    mine.page.wait_for_selector(".chart.large[data-drawn=light] .main-svg .scatterlayer .point")
    box = mine.page.locator(".chart.large .main-svg").first.bounding_box()
    assert box and box["width"] > 300 and box["height"] == 460
    mine.page.emulate_media(color_scheme="dark")
    mine.page.wait_for_selector(".chart.large[data-drawn=dark]")
    lines = mine.page.eval_on_selector_all(
        ".chart.large .js-line", "found => found.map(e => getComputedStyle(e).stroke)"
    )
    assert "rgb(140, 193, 230)" in lines and "rgb(23, 85, 127)" not in lines  # observed, in dark colours
    mine.page.locator(".languages a[hreflang=en]").click()
    mine.page.wait_for_url("**/en/indicators/things.html")
    assert "As known on 1 June 2024" in mine.page.locator("footer").inner_text()


def test_a_chart_can_be_saved_as_a_picture_with_its_words(reader: tuple[Reader, str]) -> None:
    mine, base = reader
    mine.page.emulate_media(color_scheme="dark")
    mine.page.goto(f"{base}en/indicators/things.html")
    mine.page.wait_for_selector(".chart.large[data-drawn=dark]")
    assert not [a for a in mine.asked if "sheet" in a]  # what only a picture needs is loaded when one is asked for
    saved = {kind: _saved(mine.page, kind) for kind in ("png", "svg")}
    with Image.open(io.BytesIO(saved["png"])) as image:
        assert image.width == 2 * 860 and image.height > 2 * 460
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24) or ()}
    assert {(255, 255, 255), (23, 85, 127)} <= colours  # light, as on paper, though the page is dark
    said = " ".join("".join(t.itertext()) for t in fromstring(saved["svg"].decode()).iter() if t.tag.endswith("}text"))
    for text in ("Published figure", "Target 30", "Baseline 10, 2020", "with their source", "As known on 1 June 2024"):
        assert text in said.replace("\u00a0", " ")


def _saved(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-save={kind}]")
    assert download.value.suggested_filename == f"things-2024-06-01-en.{kind}"
    assert f"Saved as things-2024-06-01-en.{kind}." in page.locator(".saves").inner_text()
    return Path(download.value.path()).read_bytes()


def test_a_link_to_a_folded_target_opens_it(reader: tuple[Reader, str]) -> None:
    mine, base = reader
    mine.page.goto(f"{base}en/indicators/things.html")
    mine.page.eval_on_selector("details.laid", "found => { found.open = false; location.hash = found.id }")
    mine.page.wait_for_selector("details.laid[open]")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_is_wider_than_the_screen(reader: tuple[Reader, str], width: int) -> None:
    mine, base = reader
    mine.page.set_viewport_size({"width": width, "height": 900})
    for name in ("index", "goals/more-things", "indicators/things", "methods", "changes", "data", "documents/plan"):
        mine.page.goto(f"{base}en/{name}.html")
        assert mine.page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_without_scripts_every_goal_and_figure_is_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "under/a-path/index.html").as_uri())
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Things").first.click()
    assert "15.5" in page.locator("table.figures").inner_text()
    context.close()


def test_the_search_finds_what_the_dashboard_finds(
    browser: Browser, site: Path, shipped: Catalogue, gathered: date
) -> None:
    """Every query over the shipped catalogue, in a page that is given its words."""
    name, script = search_file(Site(shipped, gathered, ("en",)), "en")
    place = site / "under" / "a-path" / name
    before = place.read_bytes()
    place.write_bytes(script)
    every, index = cells(shipped, judge_all(shipped, gathered)), build_index(shipped)
    page = browser.new_page()
    page.goto((site / "under/a-path/en/index.html").as_uri())
    for query in QUERIES:
        page.fill("#query", query)
        page.wait_for_function("query => document.getElementById('found').dataset.query === query", arg=query)
        found = page.eval_on_selector("#found", "place => place.dataset.goals")
        assert set(found.split()) == {cell.goal_id for cell in matching(every, query, index)}, query
        assert page.is_hidden("#rows")
    page.fill("#query", "數字經濟")
    page.wait_for_function("document.querySelector('#found mark') && document.querySelector('#found mark').textContent")
    assert "数字经济" in page.locator("#found mark").all_inner_texts()
    page.reload()
    assert page.input_value("#query") == "數字經濟"  # the address keeps it
    page.fill("#query", " ")
    page.wait_for_selector("#rows", state="visible")
    page.close()
    place.write_bytes(before)
