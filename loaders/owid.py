"""Our World in Data, grapher charts: `slug:AREA[:column]`, as `annual-industrial-robots-installed:CHN`.

AREA is the chart's own code (ISO alpha-3, or `OWID_WRL` and the like). A chart with several columns needs the
short name of one. Renamed charts answer 301 to the new name; the transport follows it within the host.
The figures carry no day: `request_metadata` and `parse_metadata` read `lastUpdated`, unit and citation, and
`loaders.reading.described` joins the two. Without them the vintage is the day of retrieval.

Contract: https://docs.owid.io/projects/etl/api/chart-api. `{slug}.csv?csvType=filtered&country=~CHN&
useColumnShortNames=true` gives `entity,code,year|day,<columns>` (`Entity,Code,Year` before 2026, both read);
`{slug}.metadata.json` gives `{chart, columns: {short name: {unit, lastUpdated, citationLong, …}}}`. A chart
that may not be passed on answers 403 with `{"error": …}`. There are no status codes.
"""

import re
from collections.abc import Sequence
from datetime import date

from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Metadata,
    Point,
    bad_key,
    csv_of,
    day,
    day_of_retrieval,
    json_of,
    mapping,
    member,
    observations,
    something,
    text,
    text_of,
)
from tracking.model import Text

BASE = "https://ourworldindata.org/grapher"
EXAMPLE = "annual-industrial-robots-installed:CHN"
TIMES = ("year", "day")
_KEY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):([A-Z][A-Z0-9_]{1,20})(?::([A-Za-z0-9_]{1,200}))?", re.ASCII)

PROVIDER = Provider(
    id="owid",
    name=Text(zh="用数据看世界", en="Our World in Data"),
    homepage="https://ourworldindata.org",
    licence=Text(
        zh="该站自己的工作为 CC BY 4.0，原始数据依各来源的条款",
        en="CC BY 4.0 for its own work; original data under the terms of their source",
    ),
    attribution=Text(
        zh="经 Our World in Data 整理，原始来源见图表的引用说明",
        en="Processed by Our World in Data; the chart's citation names the original source",
    ),
    hosts=("ourworldindata.org",),
    limits=Text(zh="无需密钥；请求须注明程序名称", en="No key; the request must name the program"),
)


def request(key: str, since: date | None = None) -> Request:
    """The chart's figures for one area."""
    slug, area, _ = _parts(key)
    params = {"v": "1", "csvType": "filtered", "country": f"~{area}", "useColumnShortNames": "true"}
    if since is not None:
        params["time"] = f"{since.year}..latest"
    return Request(f"{BASE}/{slug}.csv", params, accept=("text/csv",))


def parse(response: Response, key: str) -> Reading:
    """The figures of one area and column. NotFound if there are none, or the column is not named."""
    _, area, wanted = _parts(key)
    body = text_of(response)
    if body.lstrip().startswith("{"):
        raise _refusal(response)
    header, lines = csv_of(body)
    time, column = _columns(header, wanted, key)
    points = [
        Point(f"{line}:{header[column]}", row[time], row[column]) for line, row in lines if row[1].strip() == area
    ]
    published = day_of_retrieval(response)
    found = observations(points, PROVIDER.id, published)
    return Reading(something(found, key), published, name=header[column])


def request_metadata(key: str) -> Request:
    """What the chart says of its columns."""
    slug, _, _ = _parts(key)
    return Request(f"{BASE}/{slug}.metadata.json", {"v": "1", "csvType": "full", "useColumnShortNames": "true"})


def parse_metadata(response: Response, key: str) -> Metadata:
    """Title, unit, citation and day of update of the key's column."""
    _, _, wanted = _parts(key)
    columns = mapping(member(json_of(response), "columns", "answer"), "columns")
    name = _one_column(list(columns), wanted, key)
    about, where = mapping(columns[name], f"columns.{name}"), f"columns.{name}"
    updated = about.get("lastUpdated")
    return Metadata(
        name=text(about.get("titleLong") or name, f"{where}.titleLong"),
        unit=text(about.get("unit") or "", f"{where}.unit"),
        citation=text(about.get("citationLong") or "", f"{where}.citationLong"),
        published=day(updated, f"{where}.lastUpdated") if updated else None,
    )


def _parts(key: str) -> tuple[str, str, str]:
    shape = _KEY.fullmatch(key)
    if shape is None or len(shape[1]) > 200:
        raise bad_key(key, EXAMPLE)
    return shape[1], shape[2], shape[3] or ""


def _refusal(response: Response) -> Refused:
    said = member(json_of(response), "error", "answer")
    return Refused("refused.message", code="403", said=text(said, "error")[:200])


def _columns(header: Sequence[str], wanted: str, key: str) -> tuple[int, int]:
    """The places of the time and of the value."""
    small = [name.lower() for name in header]
    if small[:2] != ["entity", "code"] or len(small) < 4 or small[2] not in TIMES:
        raise Unreadable("parse.columns", found=",".join(header)[:80], expected="entity,code,year|day,…")
    return 2, list(header).index(_one_column(header[3:], wanted, key), 3)


def _one_column(names: Sequence[str], wanted: str, key: str) -> str:
    if wanted in names:
        return wanted
    if wanted or len(names) != 1:
        raise NotFound("key.column", series=key, columns=", ".join(names)[:300])
    return names[0]
