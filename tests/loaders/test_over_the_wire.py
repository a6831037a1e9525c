"""Every provider's request goes out and its answer comes back through the one socket, from a mirror on loopback."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer

from loaders import comtrade, worldbank
from loaders.http import Manners, Wires
from loaders.refresh import State, Task, fetch, refresh
from loaders.remote import open_store
from loaders.report import details
from tests.loaders.conftest import QUICK
from tests.loaders.reply import CASES, Case, answer, values
from tracking.model import LANGUAGES
from tracking.words import words


def mirror(server: HTTPServer, case: Case, is_described: bool = True) -> Manners:
    """The server answers for the provider's own host, below its name."""
    host = urlsplit(case.loader.request(case.key).url).hostname
    server.expect_request(f"/{host}{case.path}", method="GET").respond_with_data(
        answer(case.file), content_type=f"{case.media}; charset=utf-8"
    )
    if is_described and hasattr(case.loader, "request_metadata"):
        path = urlsplit(case.loader.request_metadata(case.key).url).path
        server.expect_request(f"/{host}{path}").respond_with_data(
            answer(f"{case.loader.PROVIDER.id}/metadata.json"), content_type="application/json"
        )
    return replace(QUICK, mirror=server.url_for("").rstrip("/"))


# UN Comtrade is asked year by year: its one year's answer is no whole series
WHOLE = [case for case in CASES if case.loader is not comtrade]


@pytest.mark.parametrize("case", WHOLE, ids=lambda c: c.loader.PROVIDER.id)
def test_a_series_is_fetched_and_kept(case: Case, httpserver: HTTPServer, tmp_path: Path) -> None:
    manners, provider = mirror(httpserver, case), case.loader.PROVIDER.id
    with Wires(tmp_path / "cache", manners) as wires:
        assert values(fetch(provider, case.key, wires).reading) == case.values
    store = open_store(str(tmp_path / "store"))
    (outcome,) = refresh([Task(provider, case.key)], store, lambda: Wires(tmp_path / "cache", manners))
    assert outcome.state is State.CHANGED
    assert {o.period.text: o.value for o in store.series(provider, case.key, "CHN").observations} == case.values
    assert store.answers(provider, case.key)[0].address.startswith("https://")


@pytest.mark.parametrize("is_described", [True, False])
def test_unit_and_licence_come_with_the_figures_and_their_lack_is_told(
    httpserver: HTTPServer, tmp_path: Path, is_described: bool
) -> None:
    case = next(c for c in CASES if c.loader is worldbank)
    manners, store = mirror(httpserver, case, is_described), open_store(str(tmp_path / "store"))
    (outcome,) = refresh([Task("worldbank", case.key)], store, lambda: Wires(tmp_path / "cache", manners))
    vintage = store.last_vintage("worldbank", case.key)
    assert vintage is not None and outcome.state is State.CHANGED  # the figures are there in either case
    assert (vintage.unit, vintage.licence) == (("%", "CC BY-4.0") if is_described else ("", ""))
    for language in LANGUAGES:
        reason = words(language).say("refresh.undescribed", why="")
        assert any(line.startswith(reason) for line in details(outcome, language)) is not is_described
