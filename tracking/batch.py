"""`python -m tracking assess`: files of observations and targets -> a file of verdicts, at any size.

Lets DuckDB (inside the process, on disk where memory ends) or Spark run the one expression of tracking/tables.py over
what tracking/own_tables.py has read and found well formed.
"""

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from tracking.methods.method import Method
from tracking.own_tables import BadTable, check, read, typed
from tracking.tables import assessed, found_for

MEMORY = "3GB"
UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
MEMORY_OF_A_THREAD = 2**28  # bytes; half of it was too little for three million series
LOG = Path(__file__).with_name("spark-log4j2.properties")
SPARK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={LOG}",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",  # what divides by zero is missing, as the rules expect
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # else a ragged line can pass
}


def run(
    observations: str, targets: str, methods: Sequence[Method], as_of: date | None, output: Path | None, engine: str,
    memory: str = MEMORY,
) -> None:  # fmt: skip
    """Judge every series of the files and write the verdicts to `output` (.csv or .parquet), or as CSV to stdout.

    Raises BadTable. The output appears whole or not at all.
    """
    if output is not None and output.suffix not in (".csv", ".parquet"):
        raise BadTable(key="output-kind", file=str(output))
    with connected(engine, memory) as connection, _enough_memory(memory):
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
def _enough_memory(memory: str) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise BadTable(key="memory-short", memory=memory) from None


@contextmanager
def connected(engine: str, memory: str = MEMORY) -> Iterator[Any]:
    """The engine by its name: `duckdb`, `pyspark`, or `pyspark://MASTER` with a master as Spark writes it."""
    name, _, master = engine.partition("://")
    if name == "duckdb" and not master:
        with tempfile.TemporaryDirectory(prefix="policy-goal-tracker-") as folder:
            try:
                connection = ibis.duckdb.connect(
                    memory_limit=memory,
                    temp_directory=folder,
                    preserve_insertion_order=False,
                    autoinstall_known_extensions=False,
                )
                _as_many_threads_as_memory_feeds(connection)
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


def _as_many_threads_as_memory_feeds(connection: Any) -> None:
    """Every thread keeps groups of its own in memory: too many of them starve before they reach for the disk."""
    number, unit = connection.raw_sql("SELECT current_setting('memory_limit')").fetchone()[0].split()
    threads = connection.raw_sql("SELECT current_setting('threads')").fetchone()[0]
    memory = float(number) * UNITS[unit]
    connection.raw_sql(f"SET threads = {max(1, min(int(threads), int(memory / MEMORY_OF_A_THREAD)))}")


@contextmanager
def _spark(master: str) -> Iterator[Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            from pyspark.sql import SparkSession
    except ImportError:
        raise BadTable(key="no-spark") from None
    builder = SparkSession.builder.master(master).appName("policy-goal-tracker")
    for name, value in SPARK.items():
        builder = builder.config(name, value)
    if master.startswith("local"):  # a few tasks for the cores of one machine, where a cluster has hundreds
        builder = builder.config("spark.sql.shuffle.partitions", "8")
    with warnings.catch_warnings():
        # Said at every step by a PySpark that has not caught up with pandas; the tests hold that the two agree.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        session = builder.getOrCreate()
        try:
            yield ibis.pyspark.connect(session)
        finally:
            session.stop()


def write(connection: Any, verdicts: ir.Table, output: Path | None) -> None:
    """Write beside the place and move, so that a reader never sees half a file. Raises BadTable where it cannot be."""
    try:
        with tempfile.TemporaryDirectory(prefix=".verdicts-", dir=output.parent if output else None) as folder:
            file = Path(folder) / f"verdicts{output.suffix if output else '.csv'}"
            if connection.name == "duckdb":
                _write_file(connection, verdicts, file)
            else:
                _write_from_spark(connection, verdicts, Path(folder).resolve() / "parts", file)
            if output:
                os.replace(file, output)
            else:
                with open(file, encoding="utf-8", newline="") as text:
                    shutil.copyfileobj(text, sys.stdout)
    except (OSError, duckdb.IOException) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error).splitlines()[0]
        raise BadTable(key="unwritable", file=str(output or "stdout"), what=what) from None


def _write_file(connection: Any, verdicts: ir.Table, file: Path) -> None:
    (connection.to_parquet if file.suffix == ".parquet" else connection.to_csv)(verdicts, str(file))


def _write_from_spark(connection: Any, verdicts: ir.Table, parts: Path, file: Path) -> None:
    """Spark writes a folder of parts, on a disk that it shares with this process, which makes one file of them."""
    connection.to_parquet(verdicts, str(parts))
    here = ibis.duckdb.connect()
    try:
        _write_file(here, here.read_parquet(str(parts / "*.parquet")).order_by("series", "method"), file)
    finally:
        here.disconnect()
