"""World Bank, Indicators API v2 (JSON): `INDICATOR:AREA`, as `NV.IND.MANF.ZS:CHN`.

AREA is ISO 3166 alpha-3 or one of the bank's own aggregates (`WLD`, `EAS`). Units are not in the answer:
`request_metadata` and `parse_metadata` read unit and licence (a few series are not CC BY 4.0).
The whole series is asked each time, for old years are revised too: `since` does not narrow it.

Contract: https://datahelpdesk.worldbank.org/knowledgebase/articles/889392 and 898581. An answer is
`[{page, pages, per_page, total, lastupdated, …}, [{indicator, country, countryiso3code, date, value,
obs_status, …}, …] | null]`. Errors come with status 200: `[{"message": [{id, key, value}]}]`; id 120 is an
unknown country or indicator code, 175 an indicator deleted or archived (both seen in others' records of
2026). Now and then XML comes though JSON was asked. From memory only: the codes of `obs_status` other than
blank, and that a page beyond the last has null in place of its rows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Metadata,
    Point,
    asked,
    bad_key,
    day,
    json_of,
    mapping,
    member,
    observations,
    sequence,
    status_of,
    text,
    whole,
)
from tracking.model import Status, Text

STATUS = {"": Status.NORMAL, "A": Status.NORMAL, "E": Status.ESTIMATED, "F": Status.FORECAST, "P": Status.PROVISIONAL}
BASE = "https://api.worldbank.org/v2"
EXAMPLE = "NV.IND.MANF.ZS:CHN"
PER_PAGE = 1000
MAX_PAGES = 100
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)*):([A-Z0-9]{2,3})", re.ASCII)

PROVIDER = Provider(
    id="worldbank",
    name=Text(zh="世界银行", en="World Bank"),
    homepage="https://data.worldbank.org",
    licence=Text(zh="一般为 CC BY 4.0，个别序列另有条款", en="CC BY 4.0 for most series; some carry other terms"),
    attribution=Text(zh="来源：世界银行，世界发展指标", en="Source: World Bank, World Development Indicators"),
    hosts=("api.worldbank.org",),
    limits=Text(
        zh="无需密钥，未公布限额；偶有数日的 400 或 502", en="No key, no published limit; 400 or 502 now and then"
    ),
)


def request(key: str, since: date | None = None) -> Request:
    """The first page of a series."""
    indicator, area = _parts(key)
    return Request(f"{BASE}/country/{area}/indicator/{indicator}", {"format": "json", "per_page": str(PER_PAGE)})


def parse(response: Response, key: str) -> Reading:
    """One page; `more` asks for the next. Raises NotFound on the last page of a series without values."""
    indicator, area = _parts(key)
    head, rows = _page(json_of(response), key)
    page, pages = whole(member(head, "page", "[0]"), "[0].page"), whole(member(head, "pages", "[0]"), "[0].pages")
    _check_page(head, rows, page, pages, response)
    published = day(member(head, "lastupdated", "[0]"), "[0].lastupdated")
    mine = _mine(rows, indicator, area)
    found = observations([_point(row, where) for where, row in mine], PROVIDER.id, published)
    if not found and pages <= 1:
        raise NotFound("not-found.no-values", series=key)
    where, first = mine[0]
    name = text(first["indicator"].get("value") or "", f"{where}.indicator.value")
    return Reading(found, published, name=name, more=_next(key, page) if page < pages else None)


def request_metadata(key: str) -> Request:
    """What the bank says of the indicator: unit, licence, name."""
    indicator, _ = _parts(key)
    return Request(f"{BASE}/sources/2/series/{indicator}/metadata", {"format": "json"})


def parse_metadata(response: Response, key: str) -> Metadata:
    """Unit (`Unitofmeasure`), licence (`License_Type`) and name; blank where the bank gives none."""
    source = mapping(json_of(response), "answer")
    where, node = "source", member(source, "source", "answer")
    for step in ("concept", "variable", "metatype"):
        first = _only(node, where)
        where, node = f"{where}[0].{step}", member(first, step, f"{where}[0]")
    said = {text(member(m, "id", where), where): member(m, "value", where) for m in sequence(node, where)}
    name, unit, licence = (said.get(k) or "" for k in ("IndicatorName", "Unitofmeasure", "License_Type"))
    return Metadata(name=text(name, where), unit=text(unit, where), licence=text(licence, where))


def _parts(key: str) -> tuple[str, str]:
    shape = _KEY.fullmatch(key)
    if shape is None or len(key) > 80:
        raise bad_key(key, EXAMPLE)
    return shape[1], shape[2]


def _next(key: str, page: int) -> Request:
    first = request(key)
    return replace(first, params={**first.params, "page": str(page + 1)})


def _page(answer: object, key: str) -> tuple[Mapping[str, Any], Sequence[Any]]:
    parts = sequence(answer, "answer")
    head = mapping(parts[0] if parts else None, "[0]")
    if "message" in head:
        raise _fault(head, key)
    if len(parts) != 2:
        raise Unreadable("parse.parts", where="answer", found=len(parts), expected=2)
    if parts[1] is None or parts[1] == []:
        raise NotFound("not-found.no-values", series=key)
    return head, sequence(parts[1], "[1]")


def _fault(head: Mapping[str, Any], key: str) -> NotFound | Refused:
    message = mapping(_only(head["message"], "[0].message"), "[0].message[0]")
    code, said = str(message.get("id", "")), str(message.get("value", ""))[:200]
    if code == "120":
        return NotFound("not-found.unknown", series=key)
    if code == "175":
        return NotFound("not-found.withdrawn", series=key)
    return Refused("refused.message", code=code, said=said)


def _only(value: object, where: str) -> Any:
    found = sequence(value, where)
    if len(found) != 1:
        raise Unreadable("parse.parts", where=where, found=len(found), expected=1)
    return found[0]


def _check_page(head: Mapping[str, Any], rows: Sequence[Any], page: int, pages: int, response: Response) -> None:
    """The page that was asked, and as many rows as the bank itself counts."""
    if (number := asked(response, "page")) is not None and number != str(page):
        raise Unreadable("parse.page", asked=number, found=page)
    if not 1 <= page <= pages <= MAX_PAGES:
        raise Unreadable("parse.page", asked=f"1–{MAX_PAGES}", found=f"{page} / {pages}")
    total = whole(member(head, "total", "[0]"), "[0].total")
    size = whole(member(head, "per_page", "[0]"), "[0].per_page")
    if len(rows) != (expected := min(size, total - (page - 1) * size)):
        raise Unreadable("parse.rows-missing", found=len(rows), expected=expected)


def _mine(rows: Sequence[Any], indicator: str, area: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The rows of this series: a saved answer may hold several (`country/CHN;DEU`). Unreadable if it holds none."""
    found = [(f"[1][{i}]", row, _codes(row, f"[1][{i}]")) for i, row in enumerate(rows)]
    of_it = [(where, row, areas) for where, row, (code, *areas) in found if code.upper() == indicator.upper()]
    mine = [(where, row) for where, row, areas in of_it if area in areas]
    if not mine and len({tuple(areas) for *_, areas in of_it}) == 1 and of_it[0][2][0] == "":
        mine = [(where, row) for where, row, _ in of_it]  # some aggregates have no code of three letters
    if not mine:
        shown = ", ".join(dict.fromkeys(":".join(codes[:2]) for *_, codes in found))
        raise Unreadable("parse.other-series", where="[1]", found=shown[:80], expected=f"{indicator}:{area}")
    return mine


def _codes(row: object, where: str) -> list[str]:
    """Indicator, and the area's codes of three and of two letters."""
    codes = {
        "indicator.id": member(member(row, "indicator", where), "id", f"{where}.indicator"),
        "countryiso3code": member(row, "countryiso3code", where),
        "country.id": mapping(member(row, "country", where), where).get("id") or "",
    }
    return [text(code, f"{where}.{name}") for name, code in codes.items()]


def _point(row: Mapping[str, Any], where: str) -> Point:
    status = status_of(member(row, "obs_status", where), STATUS, f"{where}.obs_status")
    return Point(where, text(member(row, "date", where), f"{where}.date"), member(row, "value", where), status)
