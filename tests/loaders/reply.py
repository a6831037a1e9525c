"""Answers as a transport would hand them over: made by hand from the files in answers/, or fetched on loopback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode, urlsplit

import requests
from pytest_httpserver import HTTPServer

from loaders import comtrade, dbnomics, jsonstat, owid, sdmx, unsd, worldbank
from loaders.contract import Reading, Request, Response

ANSWERS = Path(__file__).parent / "answers"
RETRIEVED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def answer(name: str) -> bytes:
    return (ANSWERS / name).read_bytes()


def reply(body: bytes | str, media: str = "application/json", url: str = "https://example.org/") -> Response:
    raw = body.encode() if isinstance(body, str) else body
    return Response(url, 200, media, raw, RETRIEVED)


def asked_as(request: Request) -> str:
    """The whole address of a request."""
    return f"{request.url}?{urlencode(request.params)}"


def ask(server: HTTPServer, request: Request) -> Response:
    """Send a request to the loopback server under the path and query that the provider would see."""
    got = requests.request(
        request.method,
        server.url_for(urlsplit(request.url).path),
        params=dict(request.params),
        headers=dict(request.headers),
        json=request.body,
        timeout=10,
    )
    assert got.status_code == 200, (got.url, got.text)
    media = got.headers.get("Content-Type", "").partition(";")[0]
    assert media in request.accept
    return Response(asked_as(request), got.status_code, media, got.content, RETRIEVED, dict(got.headers))


def values(reading: Reading) -> dict[str, float]:
    return {o.period.text: o.value for o in reading.observations}


def decimals(reading: Reading) -> dict[str, int]:
    return {o.period.text: o.decimals for o in reading.observations}


def statuses(reading: Reading) -> dict[str, str]:
    return {o.period.text: o.status.value for o in reading.observations}


@dataclass(frozen=True)
class Case:
    """A provider, one of its keys, a good answer, and what must be read from it."""

    loader: ModuleType
    key: str
    file: str
    media: str
    values: dict[str, float]
    path: str
    bad_keys: Sequence[str]

    @property
    def id(self) -> str:
        return f"{self.loader.PROVIDER.id}-{Path(self.file).stem}"

    @property
    def body(self) -> bytes:
        return answer(self.file)

    def parse(self, body: bytes | str, media: str | None = None) -> Reading:
        found: Reading = self.loader.parse(reply(body, media or self.media), self.key)
        return found


JSON, CSV, XML = "application/json", "text/csv", "application/vnd.sdmx.genericdata+xml"
CASES = [
    Case(
        worldbank, "NV.IND.MANF.ZS:CHN", "worldbank/good.json", JSON,
        {"2021": 27.25, "2022": 27, "2023": 26, "2024": 25.5},
        "/v2/country/CHN/indicator/NV.IND.MANF.ZS",
        ["NV.IND.MANF.ZS", "NV.IND.MANF.ZS:china", "../../x:CHN", "NV.IND:CHN;USA", "a/b:CHN", ":CHN", "A?x=1:CHN"],
    ),
    Case(
        dbnomics, "NBS/M_A0201/A020101", "dbnomics/good.json", JSON,
        {"2025-10": 4.9, "2025-11": 4.0, "2025-12": 5.2},
        "/v22/series",
        ["NBS", "NBS/M_A0201", "NBS/M_A0201/A,B", "NBS/../A", "a b/c/d", "NBS/M/A/B"],
    ),
    Case(
        unsd, "NV_IND_MANF:156", "unsd/good.json", JSON,
        {"1990": 0.1, "2021": 27, "2022": 26.5, "2024": 26.2},
        "/SDGAPI/v1/sdg/Series/Data",
        ["NV_IND_MANF", "NV_IND_MANF:CHN", "NV IND:156", "NV_IND_MANF:156;Sex", "X&y=1:156"],
    ),
    Case(
        owid, "robots-installed:CHN", "owid/good.csv", CSV,
        {"2021": 268000.5, "2022": 290000},
        "/grapher/robots-installed.csv",
        ["robots-installed", "Robots:CHN", "robots:chn", "../x:CHN", "a:CHN:b c", "a.csv?x:CHN"],
    ),
    Case(
        jsonstat, "eurostat/nama_10_gdp?geo=DE", "jsonstat/eurostat.json", JSON,
        {"2021": 1.5, "2022": 2.25},
        "/eurostat/api/dissemination/statistics/1.0/data/nama_10_gdp",
        ["nowhere/nama_10_gdp", "https://evil.example/x", "eurostat/../x", "eurostat/a?geo=DE&geo=FR",
         "eurostat/a?geo="],
    ),
    Case(
        sdmx, "bis/WS_TC/Q.CN", "sdmx/generic.xml", XML,
        {"2025-Q1": 198, "2025-Q2": 200.5, "2025-Q4": 203.1},
        "/api/v1/data/WS_TC/Q.CN",
        ["bis/WS_TC", "https://evil.example/a/b", "evil/WS_TC/Q", "bis/WS_TC/Q?x=1", "bis/a/../../b", "bis//Q"],
    ),
    Case(
        sdmx, "oecd/OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3/CHN.A.G.PT_B1GQ", "sdmx/labels.csv", CSV,
        {"2022": 2.5, "2023": 2.6},
        "/public/rest/data/OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3/CHN.A.G.PT_B1GQ",
        ["oecd/x"],
    ),
    Case(
        comtrade, "M/8542:156", "comtrade/2023.json", JSON,
        {"2023": 350000000000.5},
        "/public/v1/preview/C/A/HS",
        ["8542:156", "I/8542:156", "M/854:156", "M/8542", "M/8542:CHN", "M/8542:156:0:1"],
    ),
]  # fmt: skip
