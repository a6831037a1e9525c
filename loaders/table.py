"""Any table that a curator describes: `ID` or `ID:AREA`, where `tables/ID.yaml` says how to read it.

So a source that has no module of its own can be charted. The description names either a `file` inside the
catalogue's folder `tables/`, or an https `address` on a host that the operator lists in TRACKER_TABLE_HOSTS
(comma-separated; none by default). CSV, XLSX, JSON and Parquet are read; docs/adding-a-loader.md lists the
fields. Nothing in a description is evaluated.

`request` gives `tables:NAME` for a file: no transport knows that scheme; `answer` reads it from the folder.
A figure's vintage is `published` of the description (needed for a file, whose own date says nothing), else the
day of retrieval. Statuses are translated by the description's `statuses`; blank is normal, another raises.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from loaders.contract import LoaderError, NotFound, Provider, Reading, Refused, Request, Response, Unreadable
from loaders.reading import (
    Point,
    Printed,
    bad_key,
    csv_of,
    day_of_retrieval,
    json_of,
    observations,
    something,
    status_of,
    text_of,
)
from tracking.model import Entry, Line, Status, Text
from tracking.period import Period
from tracking.strict_yaml import read_yaml

TABLES = Path(__file__).resolve().parents[1] / "tables"
HOSTS_VARIABLE = "TRACKER_TABLE_HOSTS"
EXAMPLE = "my-table:CHN"
SCHEME = "tables"
MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_ROWS = 500_000
MEDIA = {
    "csv": ("text/csv", "text/plain", "application/csv", "application/octet-stream"),
    "json": ("application/json", "text/json", "text/plain"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream"),
    "parquet": ("application/vnd.apache.parquet", "application/octet-stream"),
}
_KEY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?::([\w-]{1,60}))?")
_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")
_HAN = re.compile(r"(\d{4})年(?:(\d{1,2})月份?|第?([1-4一二三四])季度|(上|下)半年)?")
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_THOUSANDS = {",": re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))"), ".": re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))"),
              " ": re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")}  # fmt: skip
_SHAPES = {"annual": "%Y", "monthly": "%Y-%m", "daily": "%Y-%m-%d"}


class Columns(Entry):
    """The names of the columns that hold what a series needs."""

    period: Line | None = None
    value: Line | None = None
    area: Line | None = None
    status: Line | None = None


class Table(Entry):
    """One description: tables/<id>.yaml."""

    file: Line | None = None
    address: Line | None = None
    format: Literal["csv", "xlsx", "json", "parquet"] | None = None
    sheet: Line | None = None
    skip: int = Field(0, ge=0, le=1000)
    delimiter: Literal[",", ";", "\t", "|"] = ","
    charset: Literal["utf-8", "gb18030", "utf-16", "windows-1252"] = "utf-8"
    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " "] | None = None
    records: Line | None = None
    columns: Columns = Columns()
    across: bool = False  # each period has a column of its own
    where: Mapping[Line, Line] = {}
    areas: Mapping[Line, Line] = {}
    statuses: Mapping[Line, Annotated[Status, Field(strict=False)]] = {}
    frequency: Literal["annual", "quarterly", "monthly", "daily"] | None = None
    published: Period | None = None
    name: Line | None = None
    unit: Line | None = None
    licence: Line | None = None

    @property
    def kind(self) -> str:
        """The stated format, else the suffix of the file or address."""
        place = re.split(r"[?#]", self.file or self.address or "")[0]
        return self.format or place.rpartition(".")[2].lower()


def hosts() -> tuple[str, ...]:
    """The hosts that the operator allows, from the environment."""
    return tuple(sorted({h.strip().lower() for h in os.environ.get(HOSTS_VARIABLE, "").split(",")} - {""}))


PROVIDER = Provider(
    id="table",
    name=Text(zh="自备表格", en="Tables of one's own"),
    homepage="",
    licence=Text(zh="依表格说明所载", en="As stated in the table's description"),
    attribution=Text(zh="来源：表格说明所载的发布机构", en="Source: the publisher named in the table's description"),
    hosts=hosts(),
)


def request(key: str, since: date | None = None, folder: Path = TABLES) -> Request:
    """The table of the key. Refused if its place is not allowed."""
    table = describe(key, folder)
    accept = MEDIA[table.kind]
    if table.file is not None:
        _inside(folder, table.file)
        return Request(f"{SCHEME}:{table.file}", accept=accept)
    return Request(_allowed(table.address or ""), accept=accept)


def answer(request: Request, folder: Path = TABLES) -> Response:
    """A file of the folder in the shape of an answer; NotFound if it is not there."""
    path = _inside(folder, request.url.removeprefix(f"{SCHEME}:"))
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            raise Refused("refused.too-large", file=path.name, size=size, limit=MAX_BYTES)
        body = path.read_bytes()
    except OSError as error:
        raise NotFound("not-found.file", file=path.name, what=error.strerror or "") from None
    return Response(request.url, 200, request.accept[0], body, datetime.now(UTC))


def parse(response: Response, key: str, folder: Path = TABLES) -> Reading:
    """The rows that the description and the key's area pick, one for each period."""
    table = describe(key, folder)
    _, area = _parts(key)
    published = table.published or day_of_retrieval(response)
    picked = [(where, row) for where, row in _rows(response, table) if _is_picked(row, table, area)]
    points = _across(picked, table, key) if table.across else [_point(row, where, table) for where, row in picked]
    found = observations(points, PROVIDER.id, published)
    return Reading(
        something(found, key), published, name=table.name or "", unit=table.unit or "", licence=table.licence or ""
    )


# ---- the description


def describe(key: str, folder: Path = TABLES) -> Table:
    """Read tables/<id>.yaml strictly. Refused with file, line and column if it is wrong."""
    name, _ = _parts(key)
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise NotFound("not-found.file", file=path.name, what="")
    tree = read_yaml(path, path.name)
    if tree.problems:
        raise Refused("refused.description", file=tree.problems[0].text())
    try:
        table = Table.model_validate(tree.value)
    except ValidationError as error:
        first = error.errors()[0]
        line, column = tree.place(first["loc"])
        raise Refused("refused.description", file=f"{path.name}:{line}:{column}: {first['msg']}") from None
    if (table.file is None) == (table.address is None) or table.kind not in MEDIA:
        raise Refused("refused.one-place", file=path.name, known=", ".join(MEDIA))
    named = (table.columns.period, table.columns.value)
    if (None in named) != table.across or (table.across and named != (None, None)):
        raise Refused("refused.columns", file=path.name)
    if table.file is not None and table.published is None:
        raise Refused("refused.no-day", file=path.name)
    return table


def _parts(key: str) -> tuple[str, str]:
    shape = _KEY.fullmatch(key)
    if shape is None or len(shape[1]) > 80:
        raise bad_key(key, EXAMPLE)
    return shape[1], shape[2] or ""


def _inside(folder: Path, name: str) -> Path:
    """The file, if it lies in the folder also after links are followed."""
    path = (folder / name).resolve()
    if not _NAME.fullmatch(name) or not path.is_relative_to(folder.resolve()):
        raise Refused("refused.outside", file=name[:80])
    return path


def _allowed(address: str) -> str:
    """An https address without user or port, on a host that the operator lists."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("refused.address", address=address[:120]) from None
    if parts.scheme != "https" or not host or parts.username is not None or port not in (None, 443):
        raise Refused("refused.address", address=address[:120])
    if host not in hosts():
        raise Refused("refused.host", host=host, variable=HOSTS_VARIABLE)
    return address


# ---- rows, whatever the format


def _rows(response: Response, table: Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    """(place, cells by column name) of each row."""
    if table.kind == "json":
        return _json_rows(response, table)
    if table.kind == "xlsx":
        return _named(_sheet(response.body, table), table)
    if table.kind == "parquet":
        return _parquet_rows(response.body, table)
    return _csv_rows(response, table)


def _csv_rows(response: Response, table: Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    declared = Response(
        response.url, response.status, f"text/csv; charset={table.charset}", response.body, response.retrieved
    )
    body = text_of(declared).split("\n", table.skip)[-1] if table.skip else text_of(declared)
    header, lines = csv_of(body, table.delimiter)
    _check_columns(header, table)
    return ((str(line + table.skip), dict(zip(header, row, strict=True))) for line, row in lines)


def _json_rows(response: Response, table: Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    found = json_of(response)
    for step in (table.records or "").split(".") if table.records else []:
        if not isinstance(found, dict) or step not in found:
            raise Unreadable("parse.key-missing", where="answer", name=table.records, found=str(found)[:60])
        found = found[step]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unreadable("parse.not-list", where=table.records or "answer", found=type(found).__name__)
    _check_columns([*{name for row in found for name in row}], table)
    return ((f"[{i}]", row) for i, row in enumerate(found))


def _parquet_rows(body: bytes, table: Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    import pyarrow as pa  # heavy; only where such a table is
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(body))
        if file.metadata.num_rows > MAX_ROWS:
            raise Refused("refused.too-large", file="parquet", size=file.metadata.num_rows, limit=MAX_ROWS)
        _check_columns(file.schema_arrow.names, table)
        # without threads of Arrow's own, as in tracking/store.py
        rows = file.read(columns=None if table.across else _needed(table), use_threads=False).to_pylist()
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise Unreadable("parse.not-table", kind="Parquet", what=str(error)[:200]) from None
    return ((f"[{i}]", row) for i, row in enumerate(rows))


def _sheet(body: bytes, table: Table) -> list[list[object]]:
    """The cells of one sheet, formulas by their last result; numbers keep the decimals of their format."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise Refused("refused.too-large", file="xlsx", size=len(body), limit=MAX_UNPACKED)
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        if table.sheet is not None and table.sheet not in book.sheetnames:
            raise NotFound("not-found.sheet", sheet=table.sheet, known=", ".join(book.sheetnames)[:200])
        sheet = book[table.sheet] if table.sheet else book.worksheets[0]
        return [[_cell(c) for c in row] for row in sheet.iter_rows(min_row=table.skip + 1, max_row=MAX_ROWS)]
    except LoaderError:
        raise
    except Exception as error:  # openpyxl names no errors for broken files: zlib's, KeyError, ParseError and others
        raise Unreadable("parse.not-table", kind="XLSX", what=f"{type(error).__name__}: {error}"[:200]) from error


def _cell(cell: Any) -> object:
    value = cell.value
    decimals = re.match(r"0\.(0+)(?![0#?])", cell.number_format or "") if isinstance(value, int | float) else None
    if decimals and not isinstance(value, bool):
        return Printed(f"{value:.{max(len(decimals[1]), _printed_decimals(value))}f}")
    return value


def _printed_decimals(value: float) -> int:
    """A format never rounds a figure away."""
    return len(repr(float(value)).partition("e")[0].partition(".")[2]) if value != int(value) else 0


def _named(rows: list[list[object]], table: Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    header = [str(name).strip() if name is not None else "" for name in rows[0]] if rows else []
    _check_columns(header, table)
    return (
        (str(line), dict(zip(header, row, strict=False)))
        for line, row in enumerate(rows[1:], start=table.skip + 2)
        if any(cell is not None for cell in row)
    )


def _needed(table: Table) -> list[str]:
    columns = table.columns
    return [c for c in (columns.period, columns.value, columns.area, columns.status, *table.where) if c]


def _check_columns(header: list[str], table: Table) -> None:
    if doubled := sorted({name for name in header if name and table.across and header.count(name) > 1}):
        raise Unreadable("parse.columns", found=", ".join(doubled)[:200], expected="1 ×")
    missing = [name for name in _needed(table) if header.count(name) != 1]
    if missing:
        raise Unreadable("parse.columns", found=", ".join(map(str, header))[:200], expected=", ".join(missing))


# ---- one row


def _is_picked(row: Mapping[str, object], table: Table, area: str) -> bool:
    if any(_printed(row.get(column)) != wanted for column, wanted in table.where.items()):
        return False
    if not area or table.columns.area is None:
        return True
    return _printed(row.get(table.columns.area)) == table.areas.get(area, area)


def _point(row: Mapping[str, object], where: str, table: Table) -> Point:
    code = _printed(row.get(table.columns.status)) if table.columns.status else ""
    status = status_of(code, {"": Status.NORMAL, **table.statuses}, f"{where}:{table.columns.status}")
    place = f"{where}:{table.columns.value}"
    value = _number_text(row.get(table.columns.value or ""), table)
    return Point(place, _period_text(row.get(table.columns.period or ""), table), value, status)


def _across(picked: list[tuple[str, Mapping[str, object]]], table: Table, key: str) -> list[Point]:
    """One row with a column for each period; a header that begins with a year must be a period."""
    if len(picked) > 1:
        raise NotFound("key.several", series=key, dimensions=", ".join(f"#{where}" for where, _ in picked[:8]))
    return [
        Point(f"{where}:{name}", _period_text(name, table), _number_text(value, table))
        for where, row in picked
        for name, value in row.items()
        if re.match(r"\d{4}", name, re.ASCII)
    ]


def _printed(value: object) -> str:
    return "" if value is None else str(value).strip()


def _number_text(value: object, table: Table) -> object:
    """The number with a decimal point and without marks of thousands, if the description names them."""
    if not isinstance(value, str) or isinstance(value, Printed):
        return value
    plain = _THOUSANDS[table.thousands].sub("", value.strip()) if table.thousands else value.strip()
    return plain.replace(",", ".") if table.decimal == "," else plain


def _period_text(value: object, table: Table) -> str:
    """SDMX text, 2025年3月, or a date that stands for the period in which it lies."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return _in_frequency(value, table)
    text = _printed(value)
    if table.frequency and re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", text, re.ASCII):
        try:
            return _in_frequency(date.fromisoformat(text[:10]), table)
        except ValueError:
            return text
    return _from_han(text)


def _in_frequency(day: date, table: Table) -> str:
    if table.frequency == "quarterly":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}{day.strftime(_SHAPES[table.frequency or 'daily'])[4:]}"


def _from_han(text: str) -> str:
    shape = _HAN.fullmatch(text)
    if shape is None:
        return text
    year, month, quarter, half = shape.groups()
    if month:
        return f"{year}-{int(month):02}"
    if quarter:
        return f"{year}-Q{_QUARTERS.get(quarter, quarter)}"
    return f"{year}-S{1 if half == '上' else 2}" if half else year
