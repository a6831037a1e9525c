"""`python -m tracking assess`: files of observations and targets -> a file of verdicts, at any size.

Reads CSV or Parquet, refuses a malformed table with row and column, and lets DuckDB (inside the process, on disk
where memory ends) or Spark run the one expression of tracking/tables.py.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from tracking.methods.method import Kind, Method
from tracking.model import Status
from tracking.tables import OBSERVATION_COLUMNS, TARGET_COLUMNS, assessed, found_for, year_of
from tracking.words import words

COLUMNS = {"observations": OBSERVATION_COLUMNS, "targets": TARGET_COLUMNS}
KEYS = {"observations": ("series", "period", "published"), "targets": ("series", "target_period")}
NUMBERS = ("target", "baseline", "limit", "tolerance", "target_high")
REQUIRED = {"observations": ("series", "period", "value"), "targets": ("series", "kind")}
SHOWN = 20  # malformed cells named at once
MEMORY = "3GB"
NO_DIRECTION_NEEDED = ("range", "stable", "yes_no", "qualitative")
NUMBER_NEEDED = ("multiple", "cumulative_change", "average_growth", "each_period", "yearly_value", "range", "rank")


@dataclass(frozen=True)
class BadCell:
    """One malformed cell; `line` counts from 1 with the header, 0 where the engine cannot tell."""

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
            w.say("batch.cell" if c.line else "batch.cell-somewhere", file=c.file, line=str(c.line), column=c.column,
                  what=w.say(f"batch.{c.key}", value=c.value, column=c.column))
            for c in self.cells
        )  # fmt: skip


def run(
    observations: str, targets: str, methods: Sequence[Method], as_of: date | None, output: Path | None, engine: str,
    memory: str = MEMORY,
) -> None:  # fmt: skip
    """Judge every series of the files and write the verdicts to `output` (.csv or .parquet), or as CSV to stdout.

    Raises BadTable. The output appears whole or not at all.
    """
    if output is not None and output.suffix not in (".csv", ".parquet"):
        raise BadTable(key="output-kind", file=str(output))
    with connected(engine, memory) as connection:
        seen, wanted = read(connection, observations, "observations"), read(connection, targets, "targets")
        check(connection, seen)
        check(connection, wanted)
        found = found_for(
            typed(seen), typed(wanted), as_of or date.today(),
            as_known=as_of is not None, vintages="published" in seen.present, relative="other" in wanted.present,
        )  # fmt: skip
        # Each method looks at it, so it is computed once.
        kept = connection.create_table("found", found, temp=True) if connection.name == "duckdb" else found.cache()
        write(connection, assessed(kept, methods).order_by("series", "method"), output)


@contextmanager
def connected(engine: str, memory: str = MEMORY) -> Iterator[Any]:
    """The engine by its name: `duckdb`, `pyspark`, or `pyspark://MASTER` with a master as Spark writes it."""
    name, _, master = engine.partition("://")
    if name == "duckdb" and not master:
        with tempfile.TemporaryDirectory(prefix="policy-goal-tracker-") as folder:
            try:
                connection = ibis.duckdb.connect(
                    memory_limit=memory, temp_directory=folder, preserve_insertion_order=False
                )
            except duckdb.Error:
                raise BadTable(key="memory", value=memory) from None
            try:
                yield connection
            finally:
                connection.disconnect()
    elif name == "pyspark":
        with _spark(master or "local[*]") as connection:
            yield connection
    else:
        raise BadTable(key="engine", engine=engine)


@contextmanager
def _spark(master: str) -> Iterator[Any]:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadTable(key="no-spark") from None
    session = (
        SparkSession.builder.master(master).appName("policy-goal-tracker")
        .config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )  # fmt: skip
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()


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
    try:
        if path.endswith(".parquet"):
            table = connection.read_parquet(path)
        elif connection.name == "duckdb":
            table = connection.read_csv(path, all_varchar=True, header=True, delim=",", quote='"')
        else:
            table = connection.read_csv(path, header=True, escape='"', mode="FAILFAST", enforceSchema=False)
    except (duckdb.Error, OSError, ValueError) as error:
        raise BadTable(key="unreadable", file=path, what=str(error).splitlines()[0]) from None
    known = COLUMNS[role]
    lacking = [c for c in REQUIRED[role] if c not in table.columns]
    if lacking:
        raise BadTable(key="column-missing", file=path, column=lacking[0], found=", ".join(table.columns))
    present = tuple(c for c in known if c in table.columns)
    return Source(path, role, table.select(**{c: table[c] if c in present else ibis.null("string") for c in known}),
                  present)  # fmt: skip


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
    """A day of publication; of a month or a year only, its last day."""
    month = (text + "-01").try_cast("date")
    return ibis.cases(
        (text.length() == 4, (text + "-12-31").try_cast("date")),
        (text.length() == 7, (month + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")),
        else_=text.try_cast("date"),
    )


def check(connection: Any, source: Source) -> None:
    """Raises BadTable with the malformed cells. A well-formed file is read once for it and once for repeats."""
    faults = source.faults
    try:
        counts = connection.execute(source.table.agg(**{str(k): f.condition.sum() for k, f in enumerate(faults)}))
    except duckdb.Error as error:
        raise BadTable(key="unreadable", file=source.path, what=str(error).splitlines()[0]) from None
    wrong = {(f.column, f.key) for k, f in enumerate(faults) if (counts[str(k)].iloc[0] or 0) > 0}
    if wrong:
        raise BadTable(_located(source, wrong))
    if again := _repeated(connection, source):
        raise BadTable([BadCell(source.path, 0, KEYS[source.role][1], text, "repeated") for text in again])


def _located(source: Source, wrong: set[tuple[str, str]]) -> list[BadCell]:
    """The first malformed cells with their lines. Read again, in the file's order: this is the rare way."""
    header = 0 if source.path.endswith(".parquet") else 1
    connection = ibis.duckdb.connect(preserve_insertion_order=True)
    try:
        again = read(connection, source.path, source.role)
        numbered = replace(again, table=again.table.mutate(line=ibis.row_number() + 1 + header))
        found: list[BadCell] = []
        for fault in numbered.faults:
            if (fault.column, fault.key) in wrong:
                t = numbered.table.filter(fault.condition)
                cells = connection.execute(t.select("line", cell=_text(t[fault.column])).order_by("line").limit(SHOWN))
                found += [BadCell(source.path, int(c.line), fault.column, str(c.cell), fault.key)
                          for c in cells.itertuples()]  # fmt: skip
    finally:
        connection.disconnect()
    return sorted(found, key=lambda c: (c.line, c.column))[:SHOWN]


def _repeated(connection: Any, source: Source) -> list[str]:
    """What stands twice: a figure of one series, period and day, or a target of one series and period."""
    keys = [name for name in KEYS[source.role] if name in source.present]
    t = source.table.filter(_text(source.table.value) != "") if source.role == "observations" else source.table
    twice = t.group_by(keys).agg(times=t.count()).filter(lambda g: g.times > 1).limit(SHOWN)
    found = connection.execute(twice.select(*keys))
    return [" ".join(str(v) for v in row if v is not None and v == v) for row in found.itertuples(index=False)]


def _text(column: Any) -> Any:
    return column.cast("string").fill_null("")


def _bad_number(column: Any) -> Any:
    if not column.type().is_string():
        return column.cast("float64").isinf()
    number = column.try_cast("float64")
    return (_text(column) != "") & (number.isnull() | number.isnan() | number.isinf())


def _bad_period(column: Any) -> Any:
    return year_of(_text(column)).isnull()


def _observation_faults(t: ir.Table) -> list[Fault]:
    day = t.published
    no_day = (_text(day) != "") & _day(day).isnull() if day.type().is_string() else ibis.literal(False)
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


def write(connection: Any, verdicts: ir.Table, output: Path | None) -> None:
    """Write beside the place and move, so that a reader never sees half a file."""
    if connection.name != "duckdb":
        _write_from_spark(connection, verdicts, output)
        return
    suffix = output.suffix if output else ".csv"
    folder = output.parent if output else Path(tempfile.gettempdir())
    try:
        handle, name = tempfile.mkstemp(prefix=".verdicts-", suffix=suffix, dir=folder)
    except OSError as error:
        raise BadTable(key="unwritable", file=str(output), what=error.strerror or str(error)) from None
    os.close(handle)
    try:
        (connection.to_parquet if suffix == ".parquet" else connection.to_csv)(verdicts, name)
        if output:
            os.chmod(name, 0o644)
            os.replace(name, output)
        else:
            with open(name, encoding="utf-8") as file:
                shutil.copyfileobj(file, sys.stdout)
    except (OSError, duckdb.IOException) as error:
        raise BadTable(key="unwritable", file=str(output or "stdout"), what=str(error).splitlines()[0]) from None
    finally:
        Path(name).unlink(missing_ok=True)


def _write_from_spark(connection: Any, verdicts: ir.Table, output: Path | None) -> None:
    """Spark writes a folder of parts; without a place the verdicts come to this process as CSV."""
    if output is None:
        found = connection.execute(verdicts)
        found["applies"] = found["applies"].map({True: "true", False: "false"})
        found.to_csv(sys.stdout, index=False)
    elif output.suffix == ".parquet":
        connection.to_parquet(verdicts, str(output))
    else:
        connection.to_csv(verdicts, str(output), header=True)
