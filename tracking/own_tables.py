"""Tables of one's own as they come: CSV or Parquet, read as columns of text and refused where they are malformed.

Only what is wrong is read twice: a well-formed file is checked by its engine in one go, and a malformed one is gone
through again to say on which line.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow
import pyarrow.parquet

from tracking.methods.method import Kind
from tracking.model import Status
from tracking.tables import OBSERVATION_COLUMNS, TARGET_COLUMNS, year_of
from tracking.words import words

COLUMNS = {"observations": OBSERVATION_COLUMNS, "targets": TARGET_COLUMNS}
KEYS = {"observations": ("series", "period", "published"), "targets": ("series", "target_period")}
PERIODS = ("period", "target_period", "baseline_period", "published")  # years may come as numbers
NUMBERS = ("target", "baseline", "limit", "tolerance", "target_high")
REQUIRED = {"observations": ("series", "period", "value"), "targets": ("series", "kind")}
SHOWN = 20  # malformed cells named at once
NO_DIRECTION_NEEDED = ("range", "stable", "yes_no", "qualitative")
NUMBER_NEEDED = ("multiple", "cumulative_change", "average_growth", "each_period", "yearly_value", "range", "rank")
NUMBER = r"^ *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)? *$"
DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


@dataclass(frozen=True)
class BadCell:
    """One malformed cell; `line` counts from 1 with the header, in Parquet the rows from 1 without."""

    file: str
    line: int
    column: str
    value: str
    key: str


class BadTable(Exception):
    """A table that is refused. `key` names the sentence in tracking/words under `batch`, `details` fill it."""

    def __init__(self, cells: Sequence[BadCell] = (), key: str = "", **details: str) -> None:
        super().__init__(key or f"{len(cells)} malformed cells")
        self.cells = tuple(cells)
        self.key = key
        self.details = details

    def text(self, language: str) -> str:
        """What is wrong, where, what was expected: a line for each malformed cell."""
        w = words(language)
        if self.key:
            return w.say(f"batch.{self.key}", **self.details)
        return "\n".join(
            w.say("batch.cell", file=c.file, line=str(c.line), column=c.column,
                  what=w.say(f"batch.{c.key}", value=c.value, column=c.column))
            for c in self.cells
        )  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A file as a table with every column that its role may have; `present` are those that the file has."""

    path: str
    role: str
    table: ir.Table
    present: tuple[str, ...]

    @property
    def faults(self) -> list["Fault"]:
        """What can be wrong with its cells. An absent column has no malformed cell, but can be asked for."""
        every = _observation_faults(self.table) if self.role == "observations" else _target_faults(self.table)
        return [f for f in every if f.column in self.present or f.asks_for_it]


@dataclass(frozen=True)
class Fault:
    """A column, the kind of fault, and the condition under which a cell has it."""

    column: str
    key: str
    condition: Any
    asks_for_it: bool = False


def read(connection: Any, path: str, role: str) -> Source:
    """A file of text (CSV) or of typed columns (Parquet). Raises BadTable for a missing column or no table at all."""
    names = _names(path)
    lacking = [c for c in REQUIRED[role] if c not in names]
    if lacking:
        raise BadTable(key="column-missing", file=path, column=lacking[0], found=", ".join(names))
    try:
        table = connection.read_parquet(path) if path.endswith(".parquet") else _read_csv(connection, path, names)
    except engine_errors() as error:
        raise BadTable(key="unreadable", file=path, what=_first_line(error)) from None
    known = COLUMNS[role]
    present = tuple(c for c in known if c in names)
    for name in present:
        _refuse_type(path, name, table[name].type(), known[name])
    columns = {c: _years_as_text(table[c], c) if c in present else ibis.null("string") for c in known}
    return Source(path, role, table.select(**columns), present)


def _read_csv(connection: Any, path: str, names: Sequence[str]) -> ir.Table:
    # Nothing is guessed: a guessing reader skips what does not fit its guess.
    if connection.name == "duckdb":
        return connection.read_csv(path, columns=dict.fromkeys(names, "VARCHAR"), auto_detect=False, header=True,
                                   delim=",", quote='"', escape='"', strict_mode=True)  # fmt: skip
    return connection.read_csv(path, header=True, quote='"', escape='"', multiLine=True, mode="FAILFAST",
                               enforceSchema=False)  # fmt: skip


def engine_errors() -> tuple[type[Exception], ...]:
    """What the engines raise. Spark's only where Spark is installed."""
    try:
        from pyspark.errors import PySparkException
    except ImportError:
        return (duckdb.Error, OSError)
    return (duckdb.Error, OSError, PySparkException)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _names(path: str) -> list[str]:
    """The column names. Raises BadTable where there are none, or one stands twice."""
    if not Path(path).is_file():
        raise BadTable(key="no-file", file=path)
    names = _parquet_names(path) if path.endswith(".parquet") else _csv_names(path)
    if twice := [name for k, name in enumerate(names) if name in names[:k]]:
        raise BadTable(key="column-twice", file=path, column=twice[0])
    return names


def _parquet_names(path: str) -> list[str]:
    try:
        return list(pyarrow.parquet.read_schema(path).names)
    except (pyarrow.ArrowException, OSError) as error:
        raise BadTable(key="unreadable", file=path, what=_first_line(error)) from None


def _csv_names(path: str) -> list[str]:
    names = next(_records(path), (1, []))[1]
    if not names:
        raise BadTable(key="no-header", file=path)
    if len(names) == 1 and (other := [c for c in ";\t|" if c in names[0]]):
        raise BadTable(key="separator", file=path, separator="tab" if other[0] == "\t" else other[0])
    return names


def _records(path: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file with the line on which each begins. Raises BadTable where they end to be CSV."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader, line = csv.reader(file, strict=True), 1
        try:
            for record in reader:
                if record or line == 1:  # a blank line is no record
                    yield line, record
                line = reader.line_num + 1
        except UnicodeDecodeError:
            raise BadTable(key="not-utf-8", file=path, line=str(_undecodable_line(path))) from None
        except csv.Error as error:
            key = "unclosed" if "end of data" in str(error) else "not-csv"
            raise BadTable(key=key, file=path, line=str(line), what=str(error)) from None
        except OSError as error:
            raise BadTable(key="unreadable", file=path, what=error.strerror or str(error)) from None


def _undecodable_line(path: str) -> int:
    with open(path, "rb") as file:
        return next((n for n, raw in enumerate(file, 1) if raw.decode("utf-8", "ignore").encode() != raw), 0)


def _refuse_ragged(path: str) -> None:
    """Raises BadTable with the first line that has more or fewer cells than the header."""
    records = _records(path)
    width = len(next(records)[1])
    for line, record in records:
        if len(record) != width:
            raise BadTable(key="ragged", file=path, line=str(line), found=str(len(record)), expected=str(width))


def _refuse_type(path: str, name: str, found: Any, kind: str) -> None:
    """Parquet columns have types; those that cannot be meant are refused, before an engine stumbles over them."""
    fits = found.is_string() or found.is_integer() or found.is_null()
    fits = fits or ((kind == "float64" or name in PERIODS) and found.is_numeric())
    fits = fits or (kind == "date" and (found.is_date() or found.is_timestamp()))
    if not fits:
        raise BadTable(key="column-type", file=path, column=name, found=str(found))


def _years_as_text(column: Any, name: str) -> Any:
    """Years that a table holds as numbers, 2025 or 2025.0, are years."""
    if name not in PERIODS or not (column.type().is_numeric() or column.type().is_string()):
        return column
    if column.type().is_integer():
        return column.cast("string")
    if column.type().is_numeric():
        number = column.cast("float64")
        whole = ~number.isnan() & (number.abs() < 10_000) & (number == number.floor())
        return ibis.cases((number.isnan(), ibis.null("string")), (whole, number.cast("int64").cast("string")),
                          else_=number.cast("string"))  # fmt: skip
    return ibis.cases((column.re_search(r"^[0-9]{4}[.]0+$"), column.substr(0, 4)), else_=column)


def typed(source: Source) -> ir.Table:
    """The table in its own types, once it is known to be well formed."""
    return source.table.select(
        **{name: _typed(source.table[name], kind) for name, kind in COLUMNS[source.role].items()}
    )


def _typed(column: Any, kind: str) -> Any:
    if kind == "float64":
        number = column.nullif("").cast(kind) if column.type().is_string() else column.cast(kind)
        return ibis.cases((number.isnan(), ibis.null(kind)), else_=number)
    if kind == "date":
        return _day(column) if column.type().is_string() else column.cast(kind)
    return column.cast("string").nullif("")


def _day(text: Any) -> Any:
    """A day of publication; of a month or a year only, its last day. Missing where the text is none of these."""
    month = (text + "-01").try_cast("date")
    return ibis.cases(
        (~text.re_search(DAY), ibis.null("date")),
        (text.length() == 4, (text + "-12-31").try_cast("date")),
        (text.length() == 7, (month + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")),
        else_=text.try_cast("date"),
    )


def check(connection: Any, source: Source) -> None:
    """Raises BadTable with the malformed cells. A well-formed file is read once for it and once for repeats."""
    faults = source.faults
    try:
        counts = connection.execute(source.table.agg(**{str(k): f.condition.sum() for k, f in enumerate(faults)}))
    except engine_errors() as error:
        if not source.path.endswith(".parquet"):
            _refuse_ragged(source.path)
        raise BadTable(key="unreadable", file=source.path, what=_first_line(error)) from None
    wrong = {(f.column, f.key) for k, f in enumerate(faults) if counts[str(k)].fillna(0).iloc[0] > 0}
    if wrong:
        raise BadTable(_located(source, wrong))
    if _has_repeats(connection, source):
        raise BadTable(_located(source, {(KEYS[source.role][1], "repeated")}))


def _has_repeats(connection: Any, source: Source) -> bool:
    """Whether a figure of one series, period and day, or a target of one series and period, stands twice.

    Numbers made of the keys are counted first: they take a part of the memory that the keys take, and where no number
    stands twice, no key does.
    """
    t = _with_keys(source, source.table)
    numbered = t.select(
        number=ibis.literal("\x1f").join([t[k].cast("string").fill_null("") for k in _keys(source)]).hash()
    )
    if not _stands_twice(connection, numbered, ["number"]):
        return False
    return _stands_twice(connection, t, _keys(source))


def _stands_twice(connection: Any, table: ir.Table, keys: list[str]) -> bool:
    twice = table.group_by(keys).agg(times=table.count()).filter(lambda g: g.times > 1).limit(1)
    return len(connection.execute(twice)) > 0


def _keys(source: Source) -> list[str]:
    return [name for name in KEYS[source.role] if name in source.present]


def _with_keys(source: Source, table: ir.Table) -> ir.Table:
    """The lines that say something, with their keys as they are meant: 2020-01 was published on its last day."""
    t = table.filter(_text(table.value) != "") if source.role == "observations" else table
    return t.mutate(**{k: _typed(t[k], COLUMNS[source.role][k]) for k in _keys(source)})


def _located(source: Source, wrong: set[tuple[str, str]]) -> list[BadCell]:
    """The first malformed cells with their lines. Read again, in the file's order: this is the rare way."""
    connection = ibis.duckdb.connect(preserve_insertion_order=True)
    try:
        again = read(connection, source.path, source.role)
        numbered = replace(again, table=again.table.mutate(record=ibis.row_number()))
        t = numbered.table
        found = [
            (f.column, f.key, t.filter(f.condition).select("record", cell=_text(t[f.column])))
            for f in numbered.faults if (f.column, f.key) in wrong
        ]  # fmt: skip
        if "repeated" in {key for _, key in wrong}:
            found.append((KEYS[source.role][1], "repeated", _repeats(numbered)))
        cells = [
            (int(c.record), column, key, str(c.cell))
            for column, key, faulty in found
            for c in connection.execute(faulty.order_by("record").limit(SHOWN)).itertuples()
        ]
    finally:
        connection.disconnect()
    first = sorted(cells)[:SHOWN]
    lines = _lines(source.path, [c[0] for c in first])
    return [BadCell(source.path, lines[record], column, cell, key) for record, column, key, cell in first]


def _repeats(source: Source) -> ir.Table:
    t = _with_keys(source, source.table)
    nth = t.mutate(nth=ibis.row_number().over(group_by=[t[k] for k in _keys(source)], order_by=t.record))
    words = [_text(nth[k]) for k in _keys(source)]
    text = words[0]
    for word in words[1:]:
        text = text + ibis.cases((word == "", ""), else_=ibis.literal(" ") + word)
    return nth.filter(nth.nth > 0).select("record", cell=text)


def _lines(path: str, records: Iterable[int]) -> Mapping[int, int]:
    """On which line each record stands, counted from 0 without the header; of Parquet, which row it is, from 1."""
    wanted = set(records)
    if path.endswith(".parquet"):
        return {record: record + 1 for record in wanted}
    upto = islice(_records(path), 1, max(wanted, default=0) + 2)
    return {record: line for record, (line, _) in enumerate(upto) if record in wanted}


def _text(column: Any) -> Any:
    return column.cast("string").fill_null("")


def _bad_number(column: Any) -> Any:
    if not column.type().is_string():
        return column.cast("float64").isinf()
    number = column.try_cast("float64")
    # Engines take more for a number than people do: 1_000, 5d.
    return (_text(column) != "") & (~column.re_search(NUMBER) | number.isnull() | number.isinf())


def _bad_period(column: Any) -> Any:
    return year_of(_text(column)).isnull()


def _observation_faults(t: ir.Table) -> list[Fault]:
    day = t.published
    no_day = (_text(day) != "") & _day(day).isnull() if day.type().is_string() else day.isnull() & ibis.literal(False)
    return [
        Fault("series", "empty", _text(t.series) == ""),
        Fault("period", "not-a-period", _bad_period(t.period)),
        Fault("value", "not-a-number", _bad_number(t.value)),
        Fault("status", "status", _text(t.status).notin(("", *(s.value for s in Status)))),
        Fault("published", "not-a-day", no_day),
    ]


def _target_faults(t: ir.Table) -> list[Fault]:
    kind, direction = _text(t.kind), _text(t.direction)
    undirected = (direction == "") & kind.notin(NO_DIRECTION_NEEDED)
    return [
        Fault("series", "empty", _text(t.series) == ""),
        Fault("kind", "kind", kind.notin(tuple(k.value for k in Kind))),
        Fault("direction", "direction", direction.notin(("", "higher", "lower")) | undirected, asks_for_it=True),
        *(Fault(name, "not-a-number", _bad_number(t[name])) for name in NUMBERS),
        *(Fault(name, "not-a-period", (_text(t[name]) != "") & _bad_period(t[name]))
          for name in ("target_period", "baseline_period")),
        Fault("target", "number-needed", kind.isin(NUMBER_NEEDED) & (_text(t.target) == ""), asks_for_it=True),
        Fault("target", "no-number-here", (kind == Kind.DIRECTION.value) & (_text(t.target) != "")),
        Fault("target_high", "number-needed", (kind == Kind.RANGE.value) & (_text(t.target_high) == ""),
              asks_for_it=True),
        Fault("baseline_period", "baseline-period-needed", (_text(t.baseline) != "") & (_text(t.baseline_period) == ""),
              asks_for_it=True),
        Fault("other", "empty", (kind == Kind.RELATIVE.value) & (_text(t.other) == ""), asks_for_it=True),
    ]  # fmt: skip
