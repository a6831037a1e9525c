"""Files saved by hand from the bureau's portal, and old easyquery answers: read, never fetched.

Key: `LINE[?index=100]`
    LINE        the line's name in the file's first column, with or without its unit: `规上工业增加值累计增长`,
                `Growth Rate of Value Added (%)`; in an easyquery answer its name or its code, with the region
                where it holds several: `A020101`, `A020101:110000`
    index=100   the line is an index, same period of the previous year = 100, and growth is wanted

CSV and XLSX exports have a few lines of preamble (`Database：Quarterly`), a line of periods, newest first
(`1Q 2026`, `2026年第一季度`, `2026年8月`, `Aug 2026`, `2025年`, `2025`), one line for each indicator, and notes.
Easyquery answers carry `data: 0` where there is no figure: `strdata` is read, and `hasdata: false` is missing.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from loaders import nbs
from loaders.contract import NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.decoding import json_of, printed_number, text_of
from tracking.model import Check, Observation, Status, Text
from tracking.period import Period, parse_period

PROVIDER = Provider(
    id="nbs-file",
    name=Text(zh="国家统计局（手工保存的文件）", en="National Bureau of Statistics of China (files saved by hand)"),
    homepage=nbs.PROVIDER.homepage,
    licence=nbs.PROVIDER.licence,
    attribution=nbs.PROVIDER.attribution,
    hosts=(),
    limits=Text(
        zh="不联网：请在国家数据网站上保存CSV或XLSX，再用 parse 读取",
        en="Not fetched: save the CSV or XLSX on the bureau's data site, then read it with parse",
    ),
)

BLANKS = {"", "无", "-", "—", "--", "…", "..."}
HEADINGS = {"指标", "Indicators", "Indicator"}
OK = 200  # easyquery's own code, inside the answer
MAX_UNPACKED = 50_000_000  # bytes of a workbook, unpacked
MAX_LINES, MAX_COLUMNS = 20_000, 2_000
MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6,
          "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}  # fmt: skip
CHINESE_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
EASYQUERY_QUARTERS = {"A": 1, "B": 2, "C": 3, "D": 4}
# how a period may be printed; the letters of easyquery (2019A) stand last
_PERIOD = re.compile(
    r"(?P<quarter>[1-4])Q\s*(?P<qyear>\d{4})"
    r"|(?P<cyear>\d{4})年第?(?P<cquarter>[一二三四1-4])季度"
    r"|(?P<myear>\d{4})年(?P<month>\d{1,2})月"
    r"|(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?P<nyear>\d{4})"
    r"|(?P<year>\d{4})年?"
    r"|(?P<eyear>\d{4})(?P<emonth>\d{2})"
    r"|(?P<fyear>\d{4})(?P<fquarter>[A-D])",
    re.ASCII,
)
_CODE = re.compile(r"A[0-9A-Z]{2,}(?::\d{6})?", re.ASCII)
_UNIT = re.compile(r"\(([^()=]*)\)$")  # (上年同月=100) is no unit but part of the name
# openpyxl has no error of its own for a damaged workbook: these are what its parts raise
_DAMAGED = (
    zipfile.BadZipFile, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError, zlib.error, struct.error,
)  # fmt: skip


def request(key: str, since: date | None = None) -> Request:
    """There is nothing to fetch: raises NotFound for an empty key, else Refused with the way to do it by hand."""
    line, _ = _read_key(key)
    raise Refused("nbs-file.by-hand", line=line, address=PROVIDER.homepage)


def parse(response: Response, key: str) -> Reading:
    """Read one line of a saved file. Raises NotFound where the file has no such line or no value in it."""
    line, as_growth = _read_key(key)
    name, printed = _series(response, line)
    published = parse_period(response.retrieved.date().isoformat())
    values = _without_repeats(printed)
    if not values:
        raise NotFound("nbs-file.no-value", line=name)
    known = next((k for k in nbs.SERIES.values() if _same(name, k.name)), None)
    for period, value in values.items() if known else ():
        nbs.refuse_lone_month(period, value, known)
    observations = tuple(_observation(p, values[p], published, as_growth) for p in sorted(values))
    if observations[-1].period.start > published.end:
        raise Unreadable("nbs-file.future", period=observations[-1].period.text, day=published.text)
    return Reading(observations, published, name, "%" if as_growth else _unit(name))


def _read_key(key: str) -> tuple[str, bool]:
    line, mark, option = key.partition("?")
    if not line.strip() or (mark and option != "index=100"):
        raise NotFound("nbs-file.bad-key", asked=key)
    return line.strip(), bool(mark)


def _series(response: Response, line: str) -> tuple[str, list[tuple[Period, str]]]:
    """The line's name in the file, and its printed values; "" where the file has none."""
    if response.body.startswith(b"PK\x03\x04"):
        return _in_table(_workbook_lines(response.body), line)
    text = text_of(response, "gb18030")
    if text.lstrip().startswith(("{", "[")):
        return _in_easyquery(json_of(text, response.url), line)
    if text.lstrip().startswith("<"):
        raise Unreadable("decoding.page", address=response.url)
    return _in_table(_csv_lines(text), line)


def _without_repeats(printed: Iterable[tuple[Period, str]]) -> dict[Period, str]:
    values: dict[Period, str] = {}
    for period, text in printed:
        value = text.strip()
        if value in BLANKS:
            continue
        number, _ = _number(value, period)
        if period in values and _number(values[period], period)[0] != number:
            raise Unreadable("nbs-file.two-values", period=period.text, first=values[period], second=value)
        values[period] = value
    return values


def _number(value: str, period: Period) -> tuple[Decimal, int]:
    read = printed_number(value)
    if read is None:
        raise Unreadable("nbs-file.no-number", period=period.text, value=value[:40])
    return read


def _observation(period: Period, value: str, published: Period, as_growth: bool) -> Observation:
    number, decimals = _number(value, period)
    return Observation(
        period=period,
        value=float(number - 100 if as_growth else number),
        decimals=decimals,
        bound=None,
        status=Status.NORMAL,
        published=published,
        document=PROVIDER.id,
        check=Check.READ,
        derived="",
        note=nbs.index_note(value) if as_growth else None,
    )


# CSV and XLSX


def _csv_lines(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Unreadable("nbs-file.no-table", what=str(error)[:80]) from None


def _workbook_lines(body: bytes) -> list[list[str]]:
    """The first sheet as printed text; a number keeps its value, not its format."""
    try:
        _refuse_bomb(body)
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in cells]
    except _DAMAGED as error:
        raise Unreadable("nbs-file.damaged", what=type(error).__name__) from None


def _refuse_bomb(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
            raise Unreadable("nbs-file.too-large", limit=MAX_UNPACKED // 1_000_000)
        broken = packed.testzip()
    if broken is not None:
        raise zipfile.BadZipFile(broken)


def _in_table(lines: Iterable[list[str]], line: str) -> tuple[str, list[tuple[Period, str]]]:
    periods: list[Period] | None = None
    found: list[tuple[str, list[tuple[Period, str]]]] = []
    names: list[str] = []
    for cells in lines:
        first = cells[0].strip() if cells else ""
        if periods is None:
            periods = _heading(cells) if first in HEADINGS else None
        elif len(cells) > 1 and first:
            names.append(first)
            if _same(first, line):
                found.append((first, _values(cells, periods)))
    if periods is None:
        raise Unreadable("nbs-file.no-heading", expected=", ".join(sorted(HEADINGS)))
    if not found:
        raise NotFound("nbs-file.no-line", line=line, known="; ".join(names[:5]) or "—")
    if len({_plain(name) for name, _ in found}) > 1:
        raise NotFound("nbs-file.several-lines", line=line, known="; ".join(name for name, _ in found))
    return found[0][0], [value for _, values in found for value in values]


def _heading(cells: list[str]) -> list[Period]:
    printed = [cell.strip() for cell in cells[1:]]
    while printed and not printed[-1]:
        printed.pop()
    if not printed:
        raise Unreadable("nbs-file.bad-period", period="—")
    return [_period(text) for text in printed]


def _values(cells: list[str], periods: list[Period]) -> list[tuple[Period, str]]:
    values = [cell.strip() for cell in cells[1:]]
    if len(values) < len(periods) or any(values[len(periods) :]):
        raise Unreadable("nbs-file.cells", line=cells[0].strip()[:60], expected=len(periods), found=len(values))
    return list(zip(periods, values, strict=False))


def _period(text: str) -> Period:
    shape = _PERIOD.fullmatch(text)
    try:
        if shape is None:
            raise ValueError(text)
        return parse_period(_sdmx({k: v for k, v in shape.groupdict().items() if v}))
    except ValueError:
        raise Unreadable("nbs-file.bad-period", period=text[:40] or "—") from None


def _sdmx(parts: Mapping[str, str]) -> str:
    year = next(v for k, v in parts.items() if k.endswith("year"))
    if "month" in parts or "emonth" in parts:
        return f"{year}-{int(parts.get('month') or parts['emonth']):02d}"
    if "name" in parts:
        return f"{year}-{MONTHS[parts['name']]:02d}"
    if "quarter" in parts:
        return f"{year}-Q{parts['quarter']}"
    if "cquarter" in parts:
        return f"{year}-Q{CHINESE_QUARTERS.get(parts['cquarter'], parts['cquarter'])}"
    return f"{year}-Q{EASYQUERY_QUARTERS[parts['fquarter']]}" if "fquarter" in parts else year


def _same(name: str, line: str) -> bool:
    found, wanted = _plain(name), _plain(line)
    return wanted in (found, _UNIT.sub("", found))


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).replace("（", "(").replace("）", ")").casefold()


def _unit(name: str) -> str:
    unit = _UNIT.search(name.replace("（", "(").replace("）", ")").strip())
    return unit[1].strip() if unit else ""


# Answers of the old easyquery interface


def _in_easyquery(answer: Any, line: str) -> tuple[str, list[tuple[Period, str]]]:
    if not isinstance(answer, dict) or not {"returncode", "returndata"} <= answer.keys():
        raise Unreadable("nbs-file.no-easyquery", found=type(answer).__name__)
    if answer["returncode"] != OK:
        raise Refused("nbs-file.says-no", code=str(answer["returncode"])[:20], message=str(answer["returndata"])[:80])
    data = answer["returndata"]
    code, _, region = line.partition(":") if _CODE.fullmatch(line) else (_code_of(data, line), "", "")
    nodes = [n for n in _list(data, "datanodes") if _dimension(n, "zb") == code and _is_region(n, region)]
    if not nodes:
        raise NotFound("nbs-file.no-line", line=line, known="; ".join(_names(data).values()) or "—")
    if len({_dimension(node, "reg") for node in nodes}) > 1:
        raise NotFound("nbs-file.several-regions", line=line)
    return _names(data).get(code, code), [(_period(_dimension(n, "sj")), _printed(n)) for n in nodes]


def _printed(node: Mapping[str, Any]) -> str:
    """The official rounded text; `data` is 0 where there is none, and is never read."""
    data = node.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("hasdata"), bool):
        raise Unreadable("nbs-file.changed", what="datanodes[].data.hasdata")
    if not data["hasdata"]:
        return ""
    if not isinstance(data.get("strdata"), str):
        raise Unreadable("nbs-file.changed", what="datanodes[].data.strdata")
    return str(data["strdata"])


def _list(data: object, name: str) -> list[Any]:
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Unreadable("nbs-file.changed", what=f"returndata.{name}")
    return found


def _dimension(node: Mapping[str, Any], wanted: str) -> str:
    """The code that a node has in one dimension: zb (line), reg (region), sj (time)."""
    for dimension in _list(node, "wds"):
        if dimension.get("wdcode") == wanted:
            return str(dimension.get("valuecode", ""))
    return ""


def _is_region(node: Mapping[str, Any], region: str) -> bool:
    return not region or _dimension(node, "reg") == region


def _names(data: object) -> dict[str, str]:
    """Code -> name with unit, from wdnodes."""
    names = {}
    for dimension in _list(data, "wdnodes"):
        if dimension.get("wdcode") == "zb":
            for node in _list(dimension, "nodes"):
                unit = f"({node['unit']})" if node.get("unit") else ""
                names[str(node.get("code"))] = str(node.get("cname", "")).removesuffix(unit) + unit
    return names


def _code_of(data: object, name: str) -> str:
    codes = [code for code, known in _names(data).items() if _same(known, name)]
    if len(codes) != 1:
        raise NotFound("nbs-file.no-line", line=name, known="; ".join(_names(data).values()) or "—")
    return codes[0]
