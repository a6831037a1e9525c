"""JSON-stat 2.0 as several offices publish it: `office/DATASET[:AREA][?dimension=CODE&…]`.

`eurostat/nama_10_gdp:DE?freq=A&unit=CP_MEUR&na_item=B1GQ`. The office is a name from OFFICES, never an address;
without one it is Eurostat. AREA is a code of the dimension that is the area's (`geo=DE` says the same). The key
gives a code for every dimension but time that has more than one category; a key that leaves one open is refused
with the dimensions to add.

Contract: https://json-stat.org/full/. A dataset has `id` (dimensions in order), `size`, `dimension.{d}.category
{index, label}`, `role.time` (may be absent: then the dimension named time, TIME_PERIOD or Tid, or CSO's
TLIST(…)), `value` and `status` as a list or as an object of flat positions (row-major) that leaves out what is
missing, and `updated`. Eurostat: `…/statistics/1.0/data/{dataset}?lang=en&sinceTimePeriod=`; errors
`{"error": [{status, id, label}]}`, and 200 with `{"warning": {status: 413}}` for an answer made later.
Statistics Norway and Statistics Sweden: PxWebApi v2, `…/tables/{table}/data?valueCodes[Dim]=…&
outputFormat=json-stat2`. Ireland: PxStat, the whole table in one answer. From memory only: the flags of
offices other than Eurostat, and the licences of Norway, Sweden and Ireland.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Point,
    bad_key,
    day,
    day_of_retrieval,
    gravest,
    json_of,
    mapping,
    member,
    observations,
    sequence,
    something,
    text,
    whole,
)
from tracking.model import Status, Text

# Eurostat's flags (several may stand together, as "bp") and the marks of PxWeb for missing values
STATUS = {
    "b": Status.BREAK, "f": Status.FORECAST, "e": Status.ESTIMATED, "s": Status.ESTIMATED, "i": Status.ESTIMATED,
    "p": Status.PROVISIONAL, "c": Status.NORMAL, "d": Status.NORMAL, "m": Status.NORMAL, "n": Status.NORMAL,
    "r": Status.NORMAL, "u": Status.NORMAL, "z": Status.NORMAL, "o": Status.NORMAL, ":": Status.NORMAL,
    ".": Status.NORMAL, "-": Status.NORMAL, "*": Status.PROVISIONAL,
}  # fmt: skip
NOTES = {
    "d": Text(zh="该值的定义与其他值不同", en="its definition differs from that of the others"),
    "u": Text(zh="该值可靠性较低", en="of low reliability"),
    "r": Text(zh="该值为修订值", en="revised"),
}
EXAMPLE = "eurostat/nama_10_gdp:DE?freq=A&unit=CP_MEUR&na_item=B1GQ"
MAX_CELLS = 2_000_000
_KEY = re.compile(r"(?:([a-z]+)/)?([A-Za-z0-9_$-]{1,80})(?::([\w-]{1,40}))?(?:\?([^#\s]{0,600}))?", re.ASCII)
_CODE = re.compile(r"[\w.() +<>-]{1,80}")
_TIME_NAMES = ("time", "TIME_PERIOD", "Tid", "Tiden")


@dataclass(frozen=True, slots=True)
class Office:
    """Where an office answers, and how it wants to be asked for parts of a dataset."""

    name: Text
    address: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    ask: Callable[[str], str] | None = str  # None: the whole table comes and is narrowed here
    since: str | None = None
    area: str = "geo"  # the dimension of areas, where the answer does not name it


def _pxweb(dimension: str) -> str:
    return f"valueCodes[{dimension}]"


_PXWEB = {"lang": "en", "outputFormat": "json-stat2", "valueCodes[Tid]": "*"}
OFFICES = {
    "eurostat": Office(
        Text(zh="欧盟统计局", en="Eurostat"),
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/{}",
        {"format": "JSON", "lang": "en"},
        since="sinceTimePeriod",
    ),
    "ssb": Office(
        Text(zh="挪威统计局", en="Statistics Norway"),
        "https://data.ssb.no/api/pxwebapi/v2/tables/{}/data",
        _PXWEB,
        _pxweb,
        area="Region",
    ),
    "scb": Office(
        Text(zh="瑞典统计局", en="Statistics Sweden"),
        "https://statistikdatabasen.scb.se/api/v2/tables/{}/data",
        _PXWEB,
        _pxweb,
        area="Region",
    ),
    "cso": Office(
        Text(zh="爱尔兰中央统计局", en="Central Statistics Office, Ireland"),
        "https://ws.cso.ie/public/api.restful/PxStat.Data.Cube_API.ReadDataset/{}/JSON-stat/2.0/en",
        ask=None,
    ),
}

PROVIDER = Provider(
    id="jsonstat",
    name=Text(
        zh="以 JSON-stat 发布数据的统计机构（欧盟、挪威、瑞典、爱尔兰）",
        en="Offices that publish JSON-stat (Eurostat, Norway, Sweden, Ireland)",
    ),
    homepage="https://json-stat.org",
    licence=Text(
        zh="欧盟、挪威、爱尔兰为 CC BY 4.0，瑞典为 CC0",
        en="CC BY 4.0 for Eurostat, Norway and Ireland; CC0 for Sweden",
    ),
    attribution=Text(zh="来源：所列统计机构", en="Source: the statistical office named in the key"),
    hosts=("ec.europa.eu", "data.ssb.no", "statistikdatabasen.scb.se", "ws.cso.ie"),
    pause=2.0,  # Norway: 30 requests a minute
    limits=Text(zh="挪威每分钟 30 次；瑞典每 10 秒 30 次", en="Norway 30 requests a minute; Sweden 30 in 10 seconds"),
)


def request(key: str, since: date | None = None) -> Request:
    """The part of the dataset that the key names; Eurostat also narrows by period."""
    name, dataset, area, chosen = _parts(key)
    office = OFFICES[name]
    params = dict(office.fixed)
    if area:
        chosen = {office.area: area, **chosen}
    if office.ask is not None:
        params |= {office.ask(dimension): code for dimension, code in chosen.items()}
    if since is not None and office.since:
        params[office.since] = str(since.year)
    return Request(office.address.format(dataset), params)


def parse(response: Response, key: str) -> Reading:
    """One dataset narrowed to one series. NotFound if the key names none, or several."""
    name, _, area, chosen = _parts(key)
    answer = mapping(json_of(response), "answer")
    _refuse_fault(answer, key)
    ids = [text(d, "id") for d in sequence(member(answer, "id", "answer"), "id")]
    sizes = [whole(s, "size") for s in sequence(member(answer, "size", "answer"), "size")]
    if len(ids) != len(sizes) or len(set(ids)) != len(ids) or math.prod(sizes) > MAX_CELLS:
        raise Unreadable("parse.cube", ids=", ".join(ids)[:80], sizes=str(sizes)[:80])
    time = _time(answer, ids)
    if area:
        chosen = {_area_dimension(answer, OFFICES[name]): area, **chosen}
    codes = {d: _codes(answer, d, size) for d, size in zip(ids, sizes, strict=True)}
    places = _places(codes, chosen, time, key)
    updated = answer.get("updated")
    published = day(updated, "updated") if updated else day_of_retrieval(response)
    points = _points(answer, codes, sizes, places, time)
    found = observations(points, PROVIDER.id, published)
    return Reading(
        something(found, key), published, name=_label(answer.get("label")), unit=_unit(answer, codes, chosen)
    )


def _parts(key: str) -> tuple[str, str, str, dict[str, str]]:
    """Office, dataset, area (blank if none is named), and the codes chosen by dimension."""
    shape = _KEY.fullmatch(key)
    if shape is None:
        raise bad_key(key, EXAMPLE)
    office = shape[1] or "eurostat"
    if office not in OFFICES:
        raise NotFound("key.office", office=office, known=", ".join(OFFICES))
    pairs = parse_qsl(shape[4] or "", keep_blank_values=True)
    if len(dict(pairs)) != len(pairs) or not all(_CODE.fullmatch(part) for pair in pairs for part in pair):
        raise bad_key(key, EXAMPLE)
    return office, shape[2], shape[3] or "", dict(pairs)


def _area_dimension(answer: Mapping[str, Any], office: Office) -> str:
    named = mapping(answer.get("role") or {}, "role").get("geo") or []
    return text(named[0], "role.geo[0]") if len(sequence(named, "role.geo")) == 1 else office.area


def _refuse_fault(answer: Mapping[str, Any], key: str) -> None:
    """Faults that come with status 200."""
    if "warning" in answer:
        warning = mapping(_first(answer["warning"]), "warning")
        raise Refused("refused.later", said=str(warning.get("label", ""))[:200])
    if "error" in answer:
        fault = mapping(_first(answer["error"]), "error")
        if str(fault.get("status")) == "404":
            raise NotFound("not-found.unknown", series=key)
        raise Refused("refused.message", code=str(fault.get("id", ""))[:40], said=str(fault.get("label", ""))[:200])
    if answer.get("class", "dataset") != "dataset":
        raise Unreadable("parse.not-dataset", found=str(answer["class"])[:40])


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _time(answer: Mapping[str, Any], ids: Sequence[str]) -> str:
    role = mapping(answer.get("role") or {}, "role").get("time") or []
    named = [text(d, "role.time") for d in sequence(role, "role.time")]
    found = named or [d for d in ids if d in _TIME_NAMES or d.startswith("TLIST(")]
    if len(found) != 1 or found[0] not in ids:
        raise Unreadable("parse.no-time", ids=", ".join(ids)[:200])
    return found[0]


def _codes(answer: Mapping[str, Any], dimension: str, size: int) -> list[str]:
    """The codes of a dimension in their order; `index` is a list, an object, or absent where there is one code."""
    where = f"dimension.{dimension}.category"
    about = member(member(answer, "dimension", "answer"), dimension, "dimension")
    category = mapping(member(about, "category", f"dimension.{dimension}"), where)
    index = category.get("index")
    if index is None:
        index = list(mapping(category.get("label"), f"{where}.label"))
    if isinstance(index, dict):
        order = {code: whole(place, f"{where}.index") for code, place in index.items()}
        index = sorted(order, key=order.__getitem__)
    codes = [text(code, f"{where}.index") for code in sequence(index, f"{where}.index")]
    if len(codes) != size:
        raise Unreadable("parse.rows-missing", found=len(codes), expected=size)
    return codes


def _places(codes: Mapping[str, Sequence[str]], chosen: Mapping[str, str], time: str, key: str) -> dict[str, int]:
    """The place of the chosen category in each dimension but time."""
    unknown = [f"{d}={code}" for d, code in chosen.items() if code not in codes.get(d, ())]
    if unknown:
        raise NotFound("not-found.code", series=key, code=", ".join(unknown)[:200])
    open_ = [d for d, found in codes.items() if d != time and d not in chosen and len(found) != 1]
    if open_:
        shown = "; ".join(f"{d}={'|'.join(codes[d][:8])}" for d in open_)
        raise NotFound("key.several", series=key, dimensions=shown[:400])
    return {d: codes[d].index(chosen[d]) if d in chosen else 0 for d in codes if d != time}


def _points(
    answer: Mapping[str, Any],
    codes: Mapping[str, Sequence[str]],
    sizes: Sequence[int],
    places: Mapping[str, int],
    time: str,
) -> list[Point]:
    cells = math.prod(sizes)
    values, flags = _cells(member(answer, "value", "answer"), "value", cells), _flags(answer.get("status"), cells)
    points = []
    for i, code in enumerate(codes[time]):
        flat = 0
        for dimension, size in zip(codes, sizes, strict=True):
            flat = flat * size + (i if dimension == time else places[dimension])
        where = f"value[{flat}]"
        if flat in values:
            status, note = _status(flags.get(flat, ""), f"status[{flat}]")
            points.append(Point(where, _period_code(code, time), values[flat], status, note))
    return points


def _cells(found: object, where: str, cells: int) -> dict[int, object]:
    """Values by flat position, whether they came as a list or as an object."""
    if isinstance(found, list):
        if len(found) != cells:
            raise Unreadable("parse.rows-missing", found=len(found), expected=cells)
        return dict(enumerate(found))
    by_place = {whole(place, where): value for place, value in mapping(found, where).items()}
    if by_place and max(by_place) >= cells:
        raise Unreadable("parse.rows-missing", found=max(by_place) + 1, expected=cells)
    return by_place


def _flags(found: object, cells: int) -> dict[int, object]:
    """One flag for all, or one for each cell; the legend that Eurostat adds under `label` is none."""
    if found is None:
        return {}
    if isinstance(found, str):
        return dict.fromkeys(range(cells), found)
    if isinstance(found, dict):
        found = {place: flag for place, flag in found.items() if place != "label"}
    return _cells(found, "status", cells)


def _status(flags: object, where: str) -> tuple[Status, Text | None]:
    """Flags stand together, as "bp": the gravest is the status, the first with a caveat the note."""
    letters = "" if flags is None else text(flags, where).replace(",", "").replace(" ", "")
    return gravest(letters, STATUS, where), next((NOTES[c] for c in letters if c in NOTES), None)


def _period_code(code: str, time: str) -> str:
    """CSO writes 20211 for a quarter and 202108 for a month, and says which in the dimension's name."""
    if time.startswith("TLIST(Q") and re.fullmatch(r"\d{4}[1-4]", code, re.ASCII):
        return f"{code[:4]}-Q{code[4]}"
    if time.startswith("TLIST(M") and re.fullmatch(r"\d{6}", code, re.ASCII):
        return f"{code[:4]}-{code[4:]}"
    return code


def _label(found: object) -> str:
    return found if isinstance(found, str) else ""


def _unit(answer: Mapping[str, Any], codes: Mapping[str, Sequence[str]], chosen: Mapping[str, str]) -> str:
    """The label of the unit dimension's category, where there is such a dimension."""
    if "unit" not in codes:
        return ""
    code = chosen.get("unit", codes["unit"][0])
    labels = answer["dimension"]["unit"]["category"].get("label")
    return _label(labels.get(code)) if isinstance(labels, dict) else ""
