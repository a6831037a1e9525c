"""UN Comtrade, yearly trade in goods: `FLOW/HS:REPORTER[:PARTNER]`, as `M/8542:156` (China's imports of chips).

FLOW is M (imports) or X (exports); HS is a code of the Harmonized System of 2, 4 or 6 digits, or TOTAL;
REPORTER and PARTNER are Comtrade's own area codes (156 China, 0 the world, which is the default). The value is
in US dollars of the year, imports c.i.f. and exports f.o.b.

Contract: the keyless preview `…/public/v1/preview/C/A/HS?reporterCode=&period=&partnerCode=&partner2Code=0&
cmdCode=&flowCode=&customsCode=C00&motCode=0`: one year a request and at most 500 rows, as others' records of
2026 say. So each year is a page: `more` asks for the next until the year before the day of retrieval, and a
year without figures is an empty page. Answer `{count, error, data: [{refYear, period, reporterCode,
partnerCode, partner2Code, cmdCode, flowCode, customsCode, motCode, primaryValue, isReported, …}]}`.
There is no day of publication: the vintage is the day of retrieval. Terms as the World Bank's WITS states them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from loaders.contract import Provider, Reading, Refused, Request, Response, Unreadable
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
    text,
    whole,
)
from tracking.model import Text

BASE = "https://comtradeapi.un.org/public/v1/preview/C/A/HS"
EXAMPLE = "M/8542:156"
FIRST_YEAR = 2010
TOTALS = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}  # all ways of transport, all procedures
_KEY = re.compile(r"([MX])/(TOTAL|\d{2}(?:\d{2}){0,2}):(\d{1,3})(?::(\d{1,3}))?", re.ASCII)

PROVIDER = Provider(
    id="comtrade",
    name=Text(zh="联合国商品贸易统计数据库", en="UN Comtrade"),
    homepage="https://comtradeplus.un.org",
    licence=Text(
        zh="限内部使用，公开转载须经联合国统计司同意",
        en="For internal use; passing the figures on needs the consent of the UN Statistics Division",
    ),
    attribution=Text(zh="来源：联合国商品贸易统计数据库", en="Source: UN Comtrade Database"),
    hosts=("comtradeapi.un.org",),
    pause=2.0,
    limits=Text(
        zh="无需密钥的预览接口：每次一年，至多 500 行", en="Preview without a key: one year a request, 500 rows"
    ),
)


def request(key: str, since: date | None = None) -> Request:
    """The first year: 2010, or that of `since`."""
    chosen = _parts(key)
    year = max(FIRST_YEAR, since.year) if since else FIRST_YEAR
    return Request(BASE, {**chosen, **TOTALS, "period": str(year)})


def parse(response: Response, key: str) -> Reading:
    """One year; empty if there is no figure for it. `more` asks for the next year that can be out."""
    chosen = _parts(key)
    answer = mapping(json_of(response), "answer")
    if answer.get("error"):
        raise Refused("refused.message", code="error", said=str(answer["error"])[:200])
    rows = sequence(member(answer, "data", "answer"), "data")
    if len(rows) != (count := whole(member(answer, "count", "answer"), "count")):
        raise Unreadable("parse.rows-missing", found=len(rows), expected=count)
    year = asked(response, "period")
    points = [_point(mapping(row, f"data[{i}]"), f"data[{i}]", chosen, year) for i, row in enumerate(rows)]
    published = day_of_retrieval(response)
    more = _next(key, year, response.retrieved.year - 1)
    return Reading(observations(points, PROVIDER.id, published), published, unit="USD", more=more)


def _parts(key: str) -> dict[str, str]:
    shape = _KEY.fullmatch(key)
    if shape is None:
        raise bad_key(key, EXAMPLE)
    flow, goods, reporter, partner = shape.groups()
    return {"reporterCode": reporter, "partnerCode": partner or "0", "cmdCode": goods, "flowCode": flow}


def _next(key: str, year: str | None, last: int) -> Request | None:
    if year is None or not re.fullmatch(r"\d{4}", year, re.ASCII) or int(year) >= last:
        return None
    first = request(key)
    return replace(first, params={**first.params, "period": str(int(year) + 1)})


def _point(row: Mapping[str, Any], where: str, chosen: Mapping[str, str], year: str | None) -> Point:
    """A line of another flow, partner or way of transport added to this one would count trade twice."""
    for name, code in {**chosen, **TOTALS}.items():
        if str(member(row, name, where)) != code:
            raise Unreadable("parse.other-series", where=f"{where}.{name}", found=str(row[name])[:40], expected=code)
    period = text(member(row, "period", where), f"{where}.period")
    if year is not None and period != year:
        raise Unreadable("parse.other-series", where=f"{where}.period", found=period[:40], expected=year)
    return Point(where, period, member(row, "primaryValue", where))
