"""United Nations Statistics Division, SDG API: `SERIES:M49[;Dimension=CODE…]`, as `NV_IND_MANF:156`.

M49 156 is China. Where a series is broken down, the key says which part is meant:
`SL_TLF_UEM:156;Sex=BOTHSEX;Age=15+`. A key that leaves several parts is refused, with the dimensions to add.

Contract: https://unstats.un.org/SDGAPI/swagger. `GET …/v1/sdg/Series/Data?seriesCode=&areaCode=&pageSize=&page=`
gives `{size, totalElements, data: [{series, seriesDescription, geoAreaCode, timePeriodStart (a number such as
2000.0), value (text), attributes: {Nature, Units}, dimensions: {…}}]}`, the pages counted from 1; narrowing
by period answers 500 at times, so it is not asked. The codes of Nature (C, CA, E, G, M, N) are those of others'
readers of 2026. There is no day of publication in the answer: the vintage is the day of retrieval.
From memory only: that a value may be "NaN" or "<0.1", and the Nature code NA. (A path with `v5` is met in the
wild, but no client of the data endpoint uses it; `v1` answers.)
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from loaders.contract import NotFound, Provider, Reading, Request, Response, Unreadable
from loaders.reading import (
    Point,
    asked,
    bad_key,
    day_of_retrieval,
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

# Nature of the figure: a country's own or adjusted (C, CA), global monitoring (G), estimated, modelled
STATUS = {
    "": Status.NORMAL, "C": Status.NORMAL, "CA": Status.NORMAL, "G": Status.NORMAL, "NA": Status.NORMAL,
    "N": Status.NORMAL, "E": Status.ESTIMATED, "M": Status.ESTIMATED,
}  # fmt: skip
BASE = "https://unstats.un.org/SDGAPI/v1/sdg/Series/Data"
EXAMPLE = "NV_IND_MANF:156"
PAGE_SIZE = 1000
MAX_PAGES = 100
_KEY = re.compile(r"([A-Za-z0-9_]{3,40}):(\d{1,3})((?:;[A-Za-z0-9 _-]{1,60}=[\w.+<>=-]{1,60})*)", re.ASCII)

PROVIDER = Provider(
    id="unsd",
    name=Text(zh="联合国统计司", en="United Nations Statistics Division"),
    homepage="https://unstats.un.org/sdgs/dataportal",
    licence=Text(zh="联合国统计司使用条款，须注明来源", en="Terms of the UN Statistics Division; cite the source"),
    attribution=Text(
        zh="来源：联合国统计司，可持续发展目标全球指标数据库",
        en="Source: United Nations Statistics Division, Global SDG Indicators Database",
    ),
    hosts=("unstats.un.org",),
    limits=Text(zh="无需密钥，未公布限额", en="No key, no published limit"),
)


def request(key: str, since: date | None = None) -> Request:
    """The first page of a series for one area."""
    series, area, _ = _parts(key)
    return Request(BASE, {"seriesCode": series, "areaCode": area, "pageSize": str(PAGE_SIZE), "page": "1"})


def parse(response: Response, key: str) -> Reading:
    """One page; `more` asks for the next. NotFound if the key leaves several parts of a series."""
    series, area, chosen = _parts(key)
    answer = mapping(json_of(response), "answer")
    rows = sequence(member(answer, "data", "answer"), "data")
    page, pages, size = _paging(answer, rows, response)
    if not rows:
        raise NotFound("not-found.unknown", series=key)
    picked = [(f"data[{i}]", row) for i, row in enumerate(rows) if _is_chosen(row, f"data[{i}]", series, area, chosen)]
    _one_part((_dimensions(row, where) for where, row in picked), key)
    published = day_of_retrieval(response)
    found = observations((_point(row, where) for where, row in picked), PROVIDER.id, published)
    if not found and pages <= 1:
        raise NotFound("not-found.no-values", series=key)
    name = text(rows[0].get("seriesDescription") or "", "data[0].seriesDescription")
    return Reading(
        found, published, name=name, unit=_unit(picked), more=_next(key, page, size) if page < pages else None
    )


def _parts(key: str) -> tuple[str, str, dict[str, str]]:
    shape = _KEY.fullmatch(key)
    if shape is None:
        raise bad_key(key, EXAMPLE)
    chosen = dict(part.split("=", 1) for part in shape[3].split(";")[1:])
    return shape[1], str(int(shape[2])), chosen


def _next(key: str, page: int, size: int) -> Request:
    first = request(key)
    return replace(first, params={**first.params, "pageSize": str(size), "page": str(page + 1)})


def _paging(answer: Mapping[str, Any], rows: Sequence[Any], response: Response) -> tuple[int, int, int]:
    """(this page, last page, page size), reckoned from the count and the page size that we asked for."""
    total = whole(member(answer, "totalElements", "answer"), "totalElements")
    page = whole(asked(response, "page") or answer.get("pageNumber", 1), "page")
    # a saved answer comes without its address: then as many pages as it says itself
    given = answer.get("size", PAGE_SIZE) if answer.get("totalPages", 1) != 1 else PAGE_SIZE
    size = whole(asked(response, "pageSize") or given, "pageSize")
    pages = -(-total // size) if size else 0
    if pages > MAX_PAGES or not 1 <= page <= max(pages, 1):
        raise Unreadable("parse.page", asked=f"1–{MAX_PAGES}", found=f"{page} / {pages}")
    if len(rows) != (expected := min(size, total - (page - 1) * size)):
        raise Unreadable("parse.rows-missing", found=len(rows), expected=expected)
    return page, pages, size


def _dimensions(row: object, where: str) -> Mapping[str, Any]:
    return mapping(mapping(row, where).get("dimensions") or {}, f"{where}.dimensions")


def _is_chosen(row: object, where: str, series: str, area: str, chosen: Mapping[str, str]) -> bool:
    found = f"{member(row, 'series', where)}:{member(row, 'geoAreaCode', where)}"
    if found != f"{series}:{area}":
        raise Unreadable("parse.other-series", where=where, found=found, expected=f"{series}:{area}")
    dimensions = _dimensions(row, where)
    return all(dimensions.get(name) == code for name, code in chosen.items())


def _one_part(parts: Iterable[Mapping[str, Any]], key: str) -> None:
    """A figure for men and one for women are not one series."""
    codes: dict[str, set[str]] = {}
    for part in parts:
        for name, code in part.items():
            codes.setdefault(name, set()).add(str(code))
    open_ = {name: sorted(found) for name, found in codes.items() if len(found) > 1}
    if open_:
        shown = "; ".join(f"{name}={'|'.join(found[:8])}" for name, found in sorted(open_.items()))
        raise NotFound("key.several", series=key, dimensions=shown)


def _point(row: Mapping[str, Any], where: str) -> Point:
    attributes = mapping(row.get("attributes") or {}, f"{where}.attributes")
    status = status_of(attributes.get("Nature") or "", STATUS, f"{where}.attributes.Nature")
    year = whole(member(row, "timePeriodStart", where), f"{where}.timePeriodStart")
    return Point(where, str(year), member(row, "value", where), status)


def _unit(picked: Sequence[tuple[str, Any]]) -> str:
    found = [mapping(row.get("attributes") or {}, where).get("Units") for where, row in picked]
    units = sorted({str(unit) for unit in found if unit is not None})
    if len(units) > 1:
        raise Unreadable("parse.units", found=", ".join(units)[:200])
    return units[0] if units else ""
