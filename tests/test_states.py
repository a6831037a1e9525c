"""Where there is nothing to show, or the address asks for nonsense, every page has a sentence and a way on."""

import re
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from tests.conftest import Folder
from tracking import documents, selection
from tracking.charts import options
from tracking.model import LANGUAGES
from tracking.words import words
from views.command import catalogues
from views.frame import short

RUN = """
from tracking.problems import CatalogueError
from views import door, frame, shared
shared.pin()
frame.page_head()
try:
    door.show_page(frame.catalogue(), {page!r}, door.SHOWN_BY[{page!r}])
except CatalogueError as error:
    door.show_problems(error)
"""
DAY = "2026-01-05"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples/eu-digital-decade/goals"
PAGES = ("overview", "goal", "indicator", "documents", "data", "methods", "missing-page")


@pytest.fixture
def small(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """The small catalogue is what the command asks to serve."""
    monkeypatch.setattr(sys, "argv", ["streamlit", "--goals", str(folder.goals)])
    catalogues.cache_clear()
    yield folder
    catalogues.cache_clear()


def opened(page: str, address: dict[str, str]) -> AppTest:
    """A page as the door opens it."""
    app = AppTest.from_string(RUN.format(page=page), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def markup(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def read(app: AppTest) -> str:
    """What a reader reads, on one line."""
    text = re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", markup(app), flags=re.S)
    return re.sub(r"\s+", " ", unescape(text))


def ways_on(app: AppTest) -> list[str]:
    """The links of the page itself, beside those of its head."""
    return re.findall(r'<a[^>]*href="([^"]*)"', re.sub(r'<div class="masthead">.*?</div>', "", markup(app), flags=re.S))


def without_goals(folder: Folder) -> None:
    (folder.goals / "more-things.yaml").unlink()


def without_figures(folder: Folder) -> None:
    file = folder.root / "figures/things.csv"
    file.write_text(file.read_text().splitlines()[0] + "\n")


def with_one_figure(folder: Folder) -> None:
    file = folder.root / "figures/things.csv"
    file.write_text("\n".join(file.read_text().splitlines()[:2]) + "\n")


def with_recalled_figures(folder: Folder) -> None:
    file = folder.root / "figures/things.csv"
    file.write_text(file.read_text().replace(",read,", ",recalled,"))


def without_targets(folder: Folder) -> None:
    file = folder.goals / "indicators/things.yaml"
    file.write_text(file.read_text().split("targets:")[0] + "targets: []\nbreaks: []\n")


EMPTY = (without_goals, without_figures, with_one_figure, with_recalled_figures, without_targets)


@pytest.mark.parametrize("empty", EMPTY, ids=lambda make: make.__name__)
def test_every_page_of_a_catalogue_that_has_little_has_a_heading_and_a_way_on(
    small: Folder, empty: Callable[[Folder], None]
) -> None:
    empty(small)
    for page in PAGES:
        app = opened(page, {"lang": "en", "as-of": DAY})
        assert not app.exception, (page, app.exception)
        assert "<h1" in markup(app) and ways_on(app), page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["overview", "goal", "indicator"])
def test_a_catalogue_without_goals_says_so_and_how_the_first_comes_in(small: Folder, page: str, language: str) -> None:
    without_goals(small)
    app = opened(page, {"lang": language})
    assert words(language).say("nothing.no-goals") in read(app)
    assert any("documents" in way for way in ways_on(app))


@pytest.mark.parametrize(
    ("page", "name", "asked", "meant"),
    [("goal", "goal", "more-thing", "more-things"), ("indicator", "indicator", "thing", "things"),
     ("documents", "document", "plans", "plan")],
)  # fmt: skip
def test_a_name_that_is_none_gets_the_nearest_as_a_way_on(
    small: Folder, page: str, name: str, asked: str, meant: str
) -> None:
    app = opened(page, {"lang": "en", name: asked})
    assert f"“{asked}”" in read(app)
    assert any(way.endswith(f"{name}={meant}") for way in ways_on(app))


def test_a_name_that_is_near_to_none_is_cut_and_leads_back(small: Folder) -> None:
    app = opened("goal", {"lang": "en", "goal": "9" * 5000})
    assert "9" * 100 not in read(app)
    assert "Back to the overview" in read(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_catalogue_is_every_mistake_with_its_place_in_the_catalogue(small: Folder, language: str) -> None:
    small.edit("goals/more-things.yaml", "kind: outcome", "kind: outcoma")
    small.edit("goals/indicators/things.yaml", "unit: things", "unit: thongs")
    app = opened("overview", {"lang": language})
    text = read(app)
    assert words(language).say("problems.title", n=2) in text
    assert "goals/more-things.yaml:5:7" in text and "goals/indicators/things.yaml:3:7" in text
    assert str(small.root) not in markup(app)


@pytest.fixture
def both(small: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The small catalogue, and the example beside it."""
    monkeypatch.setattr(sys, "argv", ["streamlit", "--goals", str(small.goals), "--goals", str(EXAMPLE)])
    catalogues.cache_clear()
    return small


@pytest.mark.parametrize("page", ["overview", "goal", "documents", "methods"])
def test_every_link_of_a_page_stays_in_its_catalogue(both: Folder, page: str) -> None:
    own = opened(page, {"lang": "en", "catalogue": "eu-digital-decade", "as-of": DAY})
    inside = [way for way in ways_on(own) if not way.startswith(("http", "#"))]
    assert inside and all("catalogue=eu-digital-decade" in way for way in inside)
    assert not any("catalogue=" in way for way in ways_on(opened(page, {"lang": "en", "as-of": DAY})))


def test_one_catalogue_offers_no_other(small: Folder) -> None:
    assert 'class="catalogues"' not in markup(opened("overview", {"lang": "en"}))


def test_a_catalogue_that_is_not_served_is_said_and_no_path_is_taken_from_an_address(both: Folder) -> None:
    for asked in ("eu-digital-decades", str(EXAMPLE), "../../etc"):
        app = opened("overview", {"lang": "en", "catalogue": asked})
        assert words("en").say("site.no-such-catalogue", given=short(asked)) in read(app)
        assert re.search(r'class="wordmark"[^>]*>Trial<', markup(app))


def test_a_broken_catalogue_leads_to_those_that_are_whole(both: Folder) -> None:
    both.edit("goals/more-things.yaml", "kind: outcome", "kind: outcoma")
    app = opened("overview", {"lang": "en"})
    assert any("catalogue=eu-digital-decade" in way for way in ways_on(app))
    assert "1 on track" in read(opened("overview", {"lang": "en", "catalogue": "eu-digital-decade", "as-of": DAY}))


def test_what_is_wrong_is_looked_for_in_the_catalogue_that_is_asked_for(
    small: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["streamlit", "--goals", str(EXAMPLE), "--goals", f"mine={small.goals}"])
    catalogues.cache_clear()
    small.edit("goals/more-things.yaml", "kind: outcome", "kind: outcoma")
    app = opened("overview", {"lang": "en", "catalogue": "mine"})
    assert "goals/more-things.yaml:5:7" in read(app) and str(small.root) not in markup(app)


@pytest.fixture
def unusable(small: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The small catalogue with a series that is fetched, and a file where the store should be."""
    fetched = "series: [{provider: worldbank, key: 'NY.GDP:CHN', document: plan}]"
    small.edit("goals/indicators/growth.yaml", "series: []", fetched)
    (small.root / "store").write_text("no folder")
    monkeypatch.setenv("TRACKER_STORE", str(small.root / "store"))
    return small


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_store_that_cannot_be_read_is_said_on_every_page_and_nothing_else_of_what_it_holds(
    unusable: Folder, language: str
) -> None:
    w = words(language)
    for page in PAGES:
        app = opened(page, {"lang": language, "as-of": DAY})
        assert w.say("data.no-store", why="").strip() in read(app), page
        assert str(unusable.root) not in markup(app), page  # where it lies is for who runs the server
        assert any("data?" in way for way in ways_on(app)) is (page != "data"), page
    assert w.say("data.never") not in read(app) and w.say("data.never") not in read(opened("data", {"lang": language}))


NAMES = ("lang", "as-of", "goal", "indicator", "document", "target", "charts", "page", "embed",
         *selection.NAMES, *documents.NAMES, *options.QUERY)  # fmt: skip
VALUES = some.one_of(
    some.text(max_size=12),
    some.sampled_from(["", "things", "growth", "more-things", "plan", "all", "off", "on", "log", "worst", "missed",
                       "timeline", "indicators", "2020", "2020-2022", "2022-2020", "0-9999", "1e9", "-1", "2025-12-31",
                       "2025-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "now", "things,things", ",", "%", "{}",
                       "<script>alert(1)</script>", "\x00", "../../etc/passwd"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=some.sampled_from(PAGES), address=some.dictionaries(some.sampled_from(NAMES), VALUES, max_size=5))
def test_no_address_brings_a_page_down(small: Folder, page: str, address: dict[str, str]) -> None:
    app = opened(page, address)
    assert not app.exception, app.exception
    assert "<h1" in markup(app) and "<script>alert" not in markup(app)
