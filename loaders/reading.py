"""From the bytes of an answer to observations: the steps that every provider's `parse` shares.

bytes -> text_of / json_of / csv_of -> the provider's own shape -> Point -> observations
Every step raises Unreadable with the place and what stands there; none guesses.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from loaders.contract import LoaderError, NotFound, Reading, Response, Unreadable
from tracking.model import Bound, Check, Observation, Status, Text
from tracking.period import Period, parse_period

# what the offices write where they have no value
MISSING = frozenset({"", "na", "n/a", ".", "..", "...", ":", "nan", "null", "none"})
BOUNDS = {"<": Bound.BELOW, "<=": Bound.AT_MOST, "≤": Bound.AT_MOST,
          ">": Bound.ABOVE, ">=": Bound.AT_LEAST, "≥": Bound.AT_LEAST}  # fmt: skip
LONG_DECIMALS = 4  # more were printed by a computer, which drops trailing zeros
GRAVEST = (Status.FORECAST, Status.BREAK, Status.ESTIMATED, Status.PROVISIONAL, Status.NORMAL)
CHARSETS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "ascii", "ascii": "ascii", "utf-16": "utf-16",
            "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252",
            "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030"}  # fmt: skip
_NUMBER = re.compile(r"(<=|>=|[<>≤≥])?\s*([-+]?\d{1,40})(?:\.(\d{0,40}))?(?:[eE]([-+]?\d{1,4}))?", re.ASCII)
_WEEK = re.compile(r"\d{4}-?W\d{1,2}", re.ASCII)
_OTHER_PERIOD = re.compile(r"(\d{4})-?(?:M(\d{2})|([KQ])([1-4])|([SH])([12]))", re.ASCII)


class Printed(str):
    """A JSON number as it was printed: 27.0 keeps its decimal."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One value as the provider gives it; `where` is its place in the answer."""

    where: str
    period: str
    value: object
    status: Status = Status.NORMAL
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a provider says of a series apart from its values; blank where it says nothing."""

    name: str = ""
    unit: str = ""
    licence: str = ""
    citation: str = ""
    published: Period | None = None


def described(reading: Reading, metadata: Metadata) -> Reading:
    """The reading with what the metadata knows better: name, unit, licence, and the vintage."""
    published = metadata.published or reading.published
    return replace(
        reading,
        name=metadata.name or reading.name,
        unit=metadata.unit or reading.unit,
        licence=metadata.licence or reading.licence,
        published=published,
        observations=tuple(replace(o, published=published) for o in reading.observations),
    )


# ---- bytes


def text_of(response: Response) -> str:
    """The answer as text: declared charset, else UTF-8, without BOM. Refuses empty bodies and web pages."""
    if not response.body.strip():
        raise Unreadable("parse.empty", url=response.url)
    name = _charset(response)
    if name not in CHARSETS:
        raise Unreadable("parse.charset-unknown", charset=name)
    try:
        text = response.body.decode(CHARSETS[name])
    except UnicodeDecodeError as error:
        raise Unreadable("parse.charset", charset=name, place=error.start) from None
    _refuse_page(text)
    return text


def _charset(response: Response) -> str:
    header = next((v for k, v in response.headers.items() if k.lower() == "content-type"), response.media_type)
    found = re.search(r"charset=[\"']?([\w.:-]+)", header, re.IGNORECASE)
    return found[1].lower() if found else "utf-8"


def _refuse_page(text: str) -> None:
    """Portals answer 200 with a page when they are down or want a browser."""
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")):
        title = re.search(r"<title[^>]*>([^<]{0,200})", text, re.IGNORECASE)
        raise Unreadable("parse.html", title=title[1].strip() if title else "—")


def json_of(response: Response) -> Any:
    """The answer as JSON whose numbers with a point are Printed; NaN and Infinity become that text."""
    text = text_of(response)
    if text.lstrip().startswith("<"):
        raise Unreadable("parse.xml", start=text.strip()[:60])
    try:
        return json.loads(text, parse_float=Printed, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable("parse.not-json", line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; thousands of brackets
        raise Unreadable("parse.not-json", line=1, column=1) from None


def csv_of(text: str, delimiter: str = ",") -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and numbered lines of a CSV text; every line has as many cells as the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for row in reader:
            if len(row) not in (0, len(header)):
                raise Unreadable("parse.cells", line=reader.line_num, found=len(row), expected=len(header))
            if row:
                lines.append((reader.line_num, row))
    except csv.Error:
        raise Unreadable("parse.not-csv", line=reader.line_num) from None
    return header, lines


# ---- shapes


def mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("parse.not-mapping", where=where, found=_shown(value))
    return value


def sequence(value: object, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise Unreadable("parse.not-list", where=where, found=_shown(value))
    return value


def member(value: object, key: str, where: str) -> Any:
    """The value under a key that the contract promises."""
    found = mapping(value, where)
    if key not in found:
        raise Unreadable("parse.key-missing", where=where, name=key, found=_shown(", ".join(map(str, found))))
    return found[key]


def text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Unreadable("parse.not-text", where=where, found=_shown(value))
    return value


def whole(value: object, where: str) -> int:
    """A count or page number; some providers print it as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.0)?", value, re.ASCII):
        return int(float(value))
    raise Unreadable("parse.not-count", where=where, found=_shown(value))


def _shown(value: object) -> str:
    shown = value if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"


# ---- values


def number(value: object, where: str) -> tuple[float, int, Bound | None] | None:
    """(value, printed decimals, bound), or None where the provider has no value. Never 0 for nothing."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable("parse.not-number", where=where, found=_shown(value))
    if isinstance(value, int) and abs(value) >= 10**40:
        raise Unreadable("parse.not-number", where=where, found="…")
    printed = str(value).strip()
    if printed.lower() in MISSING:
        return None
    shape = _NUMBER.fullmatch(printed)
    if shape is None or not math.isfinite(found := float(f"{shape[2]}.{shape[3] or 0}e{shape[4] or 0}")):
        raise Unreadable("parse.not-number", where=where, found=_shown(printed))
    decimals = max(0, len(shape[3] or "") - int(shape[4] or 0))
    return found, decimals, BOUNDS[shape[1]] if shape[1] else None


def period(printed: str, where: str) -> Period:
    """SDMX text; also 2020M08, 2020Q1, 2020K1, 2020-M08 and 2020H1 as some offices write them."""
    short = printed.strip()
    if _WEEK.fullmatch(short):
        raise Unreadable("parse.week", where=where, found=short)
    if other := _OTHER_PERIOD.fullmatch(short):
        year, month, _, quarter, _, half = other.groups()
        short = f"{year}-{month}" if month else f"{year}-Q{quarter}" if quarter else f"{year}-S{half}"
    try:
        return parse_period(short)
    except ValueError:
        raise Unreadable("parse.not-period", where=where, found=_shown(printed)) from None


def day(printed: object, where: str) -> Period:
    """The day at the start of an ISO date or time."""
    try:
        return parse_period(date.fromisoformat(text(printed, where).strip()[:10]).isoformat())
    except ValueError:
        raise Unreadable("parse.not-day", where=where, found=_shown(printed)) from None


def day_of_retrieval(response: Response) -> Period:
    return parse_period(response.retrieved.date().isoformat())


def status_of(code: object, codes: Mapping[str, Status], where: str) -> Status:
    """The provider's code in our words; an unknown one raises."""
    short = code.strip() if isinstance(code, str) else code
    if not isinstance(short, str) or short not in codes:
        raise Unreadable("parse.status", where=where, found=_shown(code), known=", ".join(filter(None, codes)))
    return codes[short]


def gravest(letters: str, codes: Mapping[str, Status], where: str) -> Status:
    """Flags of one letter each that stand together, as "bp": the one that weighs most."""
    found = {status_of(letter, codes, where) for letter in letters} or {Status.NORMAL}
    return next(s for s in GRAVEST if s in found)


def asked(response: Response, name: str) -> str | None:
    """What the address of this answer asked under this name, if the address is known."""
    return parse_qs(urlsplit(response.url).query).get(name, [None])[-1]


# ---- observations


def observations(points: Iterable[Point], document: str, published: Period) -> tuple[Observation, ...]:
    """Ordered by period, one for each; the same period twice with another value is refused."""
    found: dict[str, tuple[Point, Observation]] = {}
    for point in points:
        seen = _observation(point, document, published)
        if seen is None:
            continue
        earlier = found.setdefault(seen.period.text, (point, seen))[1]
        if (earlier.value, earlier.bound, earlier.status) != (seen.value, seen.bound, seen.status):
            pair = f"{earlier.value}, {seen.value}"
            raise Unreadable("parse.twice", period=seen.period.text, where=point.where, found=pair)
    return _as_printed(sorted((o for _, o in found.values()), key=lambda o: o.period))


def _observation(point: Point, document: str, published: Period) -> Observation | None:
    value = number(point.value, point.where)
    if value is None:
        return None
    when = period(point.period, point.where)
    # a value for a time that had not begun when it was published can only be a forecast
    ahead = when.start > published.end
    return Observation(
        period=when,
        value=value[0],
        decimals=value[1],
        bound=value[2],
        status=Status.FORECAST if ahead else point.status,
        published=published,
        document=document,
        check=Check.READ,
        derived="",
        note=point.note,
    )


def _as_printed(found: list[Observation]) -> tuple[Observation, ...]:
    """As for figures typed in: a computer's print-out has as many decimals as its longest figure."""
    longest = max((o.decimals for o in found), default=0)
    return tuple(replace(o, decimals=longest) for o in found) if longest > LONG_DECIMALS else tuple(found)


def something(found: tuple[Observation, ...], key: str) -> tuple[Observation, ...]:
    """NotFound for a series without a single value."""
    if not found:
        raise NotFound("not-found.no-values", series=key)
    return found


def bad_key(key: str, example: str) -> LoaderError:
    """A key that cannot be one of the provider's, said before anything is asked."""
    return NotFound("key.form", series=_shown(key), example=example)
