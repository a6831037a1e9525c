"""DBnomics, API v22: `PROVIDER/DATASET/SERIES`, as `NBS/M_A0201/A020101`.

A mirror of many offices. Each series belongs to its office and stands under the office's terms; the vintage
is `indexed_at`, when the mirror took it over. Look at the last observation: the mirror of the National
Bureau of Statistics of China has stood still since early 2026.

Contract: https://api.db.nomics.world/v22/apidocs. `{_meta, errors?, series: {docs: [{provider_code,
dataset_code, series_code, series_name, indexed_at, period[], value[], observations_attributes?}], num_found,
limit, offset}}`; "NA" is a missing value; 404 and 400 come with `{_meta, message}`. The observation
attributes are pairs `[code, [value per period]]`, as the project's own client reads them; from memory only:
that OBS_STATUS holds SDMX codes.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Point,
    bad_key,
    day,
    json_of,
    mapping,
    member,
    observations,
    sequence,
    something,
    status_of,
    text,
    whole,
)
from tracking.model import Status, Text

STATUS = {
    "": Status.NORMAL, "A": Status.NORMAL, "NA": Status.NORMAL, "P": Status.PROVISIONAL, "p": Status.PROVISIONAL,
    "E": Status.ESTIMATED, "e": Status.ESTIMATED, "I": Status.ESTIMATED, "F": Status.FORECAST,
    "f": Status.FORECAST, "B": Status.BREAK, "b": Status.BREAK, "M": Status.NORMAL, "O": Status.NORMAL,
}  # fmt: skip
BASE = "https://api.db.nomics.world/v22/series"
EXAMPLE = "NBS/M_A0201/A020101"
_CODE = r"[A-Za-z0-9_][A-Za-z0-9_@.:$-]{0,199}"
_KEY = re.compile(f"[A-Za-z0-9_-]{{1,40}}/{_CODE}/{_CODE}", re.ASCII)

PROVIDER = Provider(
    id="dbnomics",
    name=Text(zh="DBnomics（各国统计机构的镜像）", en="DBnomics (a mirror of statistical offices)"),
    homepage="https://db.nomics.world",
    licence=Text(zh="各序列依其原发布机构的条款", en="Each series under the terms of the office that published it"),
    attribution=Text(zh="经 DBnomics 取自原发布机构", en="The publishing office, by way of DBnomics"),
    hosts=("api.db.nomics.world",),
    limits=Text(zh="无需密钥，未公布限额", en="No key, no published limit"),
)


def request(key: str, since: date | None = None) -> Request:
    """The whole series; the interface cannot narrow the periods."""
    _check(key)
    return Request(BASE, {"series_ids": key, "observations": "1", "metadata": "0", "limit": "1", "offset": "0"})


def parse(response: Response, key: str) -> Reading:
    """One series in one answer. Raises NotFound if the mirror has none of this name."""
    _check(key)
    answer = mapping(json_of(response), "answer")
    if "series" not in answer and "message" in answer:
        raise Refused("refused.message", code="—", said=str(answer["message"])[:200])
    found = member(answer, "series", "answer")
    docs = sequence(member(found, "docs", "series"), "series.docs")
    if not docs and whole(member(found, "num_found", "series"), "series.num_found") == 0:
        raise NotFound("not-found.unknown", series=key)
    if len(docs) != 1:
        raise Unreadable("parse.parts", where="series.docs", found=len(docs), expected=1)
    series = docs[0]
    _is_the_one(series, key)
    published = day(member(series, "indexed_at", "series.docs[0]"), "series.docs[0].indexed_at")
    points = observations(_points(series), PROVIDER.id, published)
    name = text(member(series, "series_name", "series.docs[0]"), "series.docs[0].series_name")
    return Reading(something(points, key), published, name=name)


def _check(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise bad_key(key, EXAMPLE)


def _is_the_one(series: object, key: str) -> None:
    where = "series.docs[0]"
    codes = [text(member(series, f"{c}_code", where), f"{where}.{c}_code") for c in ("provider", "dataset", "series")]
    if "/".join(codes) != key:
        raise Unreadable("parse.other-series", where=where, found="/".join(codes), expected=key)


def _points(series: Mapping[str, Any]) -> list[Point]:
    periods = sequence(member(series, "period", "series.docs[0]"), "period")
    values = sequence(member(series, "value", "series.docs[0]"), "value")
    statuses = _statuses(series, len(periods))
    if len(periods) != len(values):
        raise Unreadable("parse.rows-missing", found=len(values), expected=len(periods))
    return [
        Point(f"value[{i}]", text(when, f"period[{i}]"), value, status_of(code or "", STATUS, f"OBS_STATUS[{i}]"))
        for i, (when, value, code) in enumerate(zip(periods, values, statuses, strict=True))
    ]


def _statuses(series: Mapping[str, Any], size: int) -> Sequence[Any]:
    """The codes of OBS_STATUS in the order of the periods; blanks where the series has no such attribute."""
    for i, pair in enumerate(sequence(series.get("observations_attributes") or [], "observations_attributes")):
        where = f"observations_attributes[{i}]"
        if len(sequence(pair, where)) != 2:
            raise Unreadable("parse.parts", where=where, found=len(pair), expected=2)
        if pair[0] == "OBS_STATUS":
            codes = sequence(pair[1], f"{where}[1]")
            if len(codes) != size:
                raise Unreadable("parse.rows-missing", found=len(codes), expected=size)
            return codes
    return [""] * size
