"""SDMX 2.1 as offices answer it: `office/FLOW/KEY`, as `bis/WS_TC/Q.CN.P.A.M.770.A`.

The office is a name from OFFICES, never an address; FLOW may carry agency and version, as
`oecd/OECD.STI.STP,DSD_MSTI@DF_MSTI,1.3/CHN.A.G.PT_B1GQ..`. KEY must leave one series.

SDMX-ML (generic or structure-specific) is read by sdmx1, an optional extra (requirements-sdmx.txt) that is
imported only when such an answer is there; without it `request` refuses before anything is asked. A CSV saved
from an office's site (SDMX-CSV 1.0 and 2.0, with or without labels) is read without it. Of several series in a
saved file KEY picks one, by its codes in the order of the dimensions; blank is any.

Contract: SDMX 2.1 REST, `…/data/{flow}/{key}?startPeriod=`. OECD allows 60 downloads an hour and answers 404
"NoRecordsFound" for an empty key; Eurostat announces a later answer in a footer; values are text, "NaN" or
blank where missing. OBS_STATUS is the SDMX list CL_OBS_STATUS; Eurostat's OBS_FLAG are its own letters.
UNIT_MULT is kept in the unit (`USD ×10^6`), values are not scaled. There is no day of publication in SDMX-ML
(the header says when the answer was made): the vintage is the day of retrieval; Eurostat's CSV has LAST UPDATE.
From memory only: the rarer letters of CL_OBS_STATUS (G, H, J, K, S, V, W).
"""

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from threading import Lock
from typing import Any

from loaders.contract import LoaderError, NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Point,
    bad_key,
    csv_of,
    day,
    day_of_retrieval,
    gravest,
    observations,
    something,
    status_of,
    text_of,
)
from tracking.model import Status, Text
from tracking.period import Period

# CL_OBS_STATUS; those that say only "missing" stand beside no value
STATUS = {
    "": Status.NORMAL, "A": Status.NORMAL, "B": Status.BREAK, "D": Status.NORMAL, "E": Status.ESTIMATED,
    "F": Status.FORECAST, "G": Status.NORMAL, "H": Status.NORMAL, "I": Status.ESTIMATED, "J": Status.NORMAL,
    "K": Status.NORMAL, "L": Status.NORMAL, "M": Status.NORMAL, "N": Status.NORMAL, "O": Status.NORMAL,
    "P": Status.PROVISIONAL, "Q": Status.NORMAL, "S": Status.NORMAL, "U": Status.NORMAL, "V": Status.PROVISIONAL,
    "W": Status.NORMAL,
}  # fmt: skip
FLAGS = {
    "b": Status.BREAK, "c": Status.NORMAL, "d": Status.NORMAL, "e": Status.ESTIMATED, "f": Status.FORECAST,
    "i": Status.ESTIMATED, "m": Status.NORMAL, "n": Status.NORMAL, "p": Status.PROVISIONAL, "r": Status.NORMAL,
    "s": Status.ESTIMATED, "u": Status.NORMAL, "z": Status.NORMAL, ":": Status.NORMAL,
}  # fmt: skip
NOTES = {
    "D": Text(zh="该值的定义与其他值不同", en="its definition differs from that of the others"),
    "G": Text(zh="试验性数据", en="experimental"),
    "K": Text(zh="数据并入其他类别", en="included in another category"),
    "S": Text(zh="受罢工等特殊事件影响", en="a strike or other special event"),
    "U": Text(zh="该值可靠性较低", en="of low reliability"),
    "W": Text(zh="含其他类别的数据", en="includes another category"),
}
EXAMPLE = "bis/WS_TC/Q.CN.P.A.M.770.A"
GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1"
MEDIA = (
    "application/vnd.sdmx.genericdata+xml",
    "application/vnd.sdmx.structurespecificdata+xml",
    "application/xml",
    "text/xml",
    "text/csv",
    "application/vnd.sdmx.data+csv",
)
OFFICES = {
    "oecd": "https://sdmx.oecd.org/public/rest",
    "imf": "https://api.imf.org/external/sdmx/2.1",
    "ilo": "https://sdmx.ilo.org/rest",
    "eurostat": "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1",
    "bis": "https://stats.bis.org/api/v1",
    "unsd": "https://data.un.org/WS/rest",
}
_KEY = re.compile(
    r"([A-Za-z]+)/([A-Za-z0-9][A-Za-z0-9_@.,$-]{0,119})/((?=.*[A-Za-z0-9])[A-Za-z0-9_.+-]{1,300})", re.ASCII
)
# columns of SDMX-CSV before the dimensions
_ABOUT = frozenset({"STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "LAST UPDATE"})
_EUROSTAT_DAY = re.compile(r"(\d\d)/(\d\d)/(\d\d)(?: .*)?", re.ASCII)
_QUIET = Lock()  # one at a time, for standard output is the process's

PROVIDER = Provider(
    id="sdmx",
    name=Text(
        zh="以 SDMX 发布数据的机构（经合组织、国际货币基金组织、国际劳工组织、欧盟统计局、国际清算银行、联合国统计司）",
        en="Offices that publish SDMX (OECD, IMF, ILO, Eurostat, BIS, UNSD)",
    ),
    homepage="https://sdmx.org",
    licence=Text(
        zh="依各机构条款：经合组织、国际劳工组织、欧盟统计局为 CC BY 4.0",
        en="Under each office's terms: CC BY 4.0 for OECD, ILO and Eurostat",
    ),
    attribution=Text(zh="来源：所列机构", en="Source: the office named in the key"),
    hosts=(
        "sdmx.oecd.org",
        "api.imf.org",
        "sdmx.ilo.org",
        "ec.europa.eu",
        "stats.bis.org",
        "data.un.org",
    ),
    pause=2.0,
    per_hour=60,
    limits=Text(zh="经合组织每小时 60 次下载", en="OECD: 60 downloads an hour"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One observation as read, before its codes are translated."""

    series: str
    point: Point
    unit: str
    updated: Period | None = None


def request(key: str, since: date | None = None) -> Request:
    """One series, from the year of `since`. Refused where sdmx1 is not installed."""
    office, flow, series = _parts(key)
    if find_spec("sdmx") is None:
        raise Refused("refused.sdmx1")
    params = {"startPeriod": str(since.year)} if since else {}
    return Request(f"{OFFICES[office]}/data/{flow}/{series}", params, headers={"Accept": GENERIC}, accept=MEDIA)


def parse(response: Response, key: str) -> Reading:
    """One series from SDMX-ML or SDMX-CSV. NotFound if the key names none, or several."""
    _, _, wanted = _parts(key)
    body = text_of(response)
    rows = _from_xml(response.body, body) if body.lstrip().startswith("<") else _from_csv(body)
    rows = _picked(rows, wanted)
    if not rows:
        raise NotFound("not-found.no-values", series=key)
    if len(several := sorted({row.series for row in rows})) > 1:
        raise NotFound("key.several", series=key, dimensions="; ".join(several[:4])[:400])
    if len(units := sorted({row.unit for row in rows})) > 1:
        raise Unreadable("parse.units", found=", ".join(units)[:200])
    published = rows[0].updated or day_of_retrieval(response)
    found = observations((row.point for row in rows), PROVIDER.id, published)
    return Reading(something(found, key), published, name=several[0], unit=units[0])


def _parts(key: str) -> tuple[str, str, str]:
    shape = _KEY.fullmatch(key)
    if shape is None:
        raise bad_key(key, EXAMPLE)
    office = shape[1].lower()
    if office not in OFFICES:
        raise NotFound("key.office", office=shape[1], known=", ".join(OFFICES))
    return office, shape[2], shape[3]


def _picked(rows: list[Row], wanted: str) -> list[Row]:
    """Of several series the one that the key's codes name; all, where its codes name none."""
    if len({row.series for row in rows}) < 2:
        return rows
    return [row for row in rows if _is_named(row.series.split("."), wanted.split("."))] or rows


def _is_named(codes: Sequence[str], wanted: Sequence[str]) -> bool:
    return len(codes) == len(wanted) and all(
        not choice or code in choice.split("+") for code, choice in zip(codes, wanted, strict=True)
    )


# ---- SDMX-ML, through sdmx1


def _from_xml(raw: bytes, body: str) -> list[Row]:
    if "<!DOCTYPE" in body or "<!ENTITY" in body:  # no office sends one; a bomb needs one
        raise Unreadable("parse.doctype")
    try:
        import sdmx
    except ImportError:
        raise Refused("refused.sdmx1") from None
    try:
        with _QUIET, redirect_stdout(io.StringIO()):  # of a broken answer sdmx1 prints what it had understood
            message = sdmx.read_sdmx(io.BytesIO(raw), format="XML")
        found = [o for part in message.data for o in part.obs]  # type: ignore[attr-defined]
        rows = [_xml_row(o, f"Obs[{i}]") for i, o in enumerate(found)]
    except LoaderError:
        raise
    except Exception as error:  # sdmx1 names no errors for broken answers: lxml's, KeyError, ValueError and others
        raise Unreadable("parse.not-sdmx", what=f"{type(error).__name__}: {error}"[:200]) from error
    if not rows and (footer := getattr(message, "footer", None)) is not None:
        raise Refused("refused.message", code=str(footer.code), said="; ".join(map(str, footer.text))[:200])
    return rows


def _xml_row(observation: Any, where: str) -> Row:
    """An sdmx1 Observation; the value is the text that stood in the answer."""
    key = {str(v.id): str(v.value) for v in observation.key.values.values()}
    said = {str(name): str(found) for name, found in observation.attrib.items()}
    time = key.pop("TIME_PERIOD", None)
    if time is None:
        raise Unreadable("parse.key-missing", where=where, name="TIME_PERIOD", found=", ".join(key)[:80])
    value = None if observation.value is None else str(observation.value)
    return Row(".".join(key.values()), _point(where, time, value, said), _unit({**key, **said}))


# ---- SDMX-CSV


def _from_csv(body: str) -> list[Row]:
    header, lines = csv_of(body)
    for name in ("TIME_PERIOD", "OBS_VALUE"):
        if header.count(name) != 1:
            raise Unreadable("parse.columns", found=",".join(header)[:80], expected="…,TIME_PERIOD,OBS_VALUE,…")
    dimensions = [i for i, name in enumerate(header[: header.index("TIME_PERIOD")]) if name not in _ABOUT]
    if "STRUCTURE_NAME" in header:  # with labels: each code is followed by its label
        dimensions = dimensions[::2]
    return [_csv_row(header, dimensions, line, cells) for line, cells in lines]


def _csv_row(header: list[str], dimensions: Sequence[int], line: int, cells: list[str]) -> Row:
    said = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    series = ".".join(cells[i].strip() for i in dimensions)
    updated = _eurostat_day(said["LAST UPDATE"], f"{line}:LAST UPDATE") if said.get("LAST UPDATE") else None
    point = _point(f"{line}:OBS_VALUE", said["TIME_PERIOD"], said["OBS_VALUE"], said)
    return Row(series, point, _unit(said), updated)


def _eurostat_day(printed: str, where: str) -> Period:
    """17/09/26 11:00:00"""
    shape = _EUROSTAT_DAY.fullmatch(printed)
    return day(f"20{shape[3]}-{shape[2]}-{shape[1]}" if shape else printed, where)


# ---- both


def _point(where: str, time: str, value: str | None, said: Mapping[str, str]) -> Point:
    code, flags = said.get("OBS_STATUS", ""), said.get("OBS_FLAG", "")
    status = gravest(flags, FLAGS, f"{where} OBS_FLAG") if flags else status_of(code, STATUS, f"{where} OBS_STATUS")
    return Point(where, time, value, status, NOTES.get(code))


def _unit(said: Mapping[str, str]) -> str:
    """The office's code, with the power of ten in which the values stand."""
    unit = said.get("UNIT_MEASURE") or said.get("unit") or ""
    power = said.get("UNIT_MULT") or "0"
    return unit if power == "0" else f"{unit} ×10^{power}".strip()
