"""The same tables give the same verdicts on DuckDB and on a Spark cluster of two workers. Run by `make test-spark`."""

import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.tracking.judging import same
from tracking.methods import METHODS
from tracking.methods.method import Kind
from tracking.tables import OUTPUT

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = "pyspark://local-cluster[2,1,1024]"
JAVA = "WARNING: Using incubator modules: jdk.incubator.vector"  # Java's own word, before it listens to anyone
AS_OF = "2025-09-30"
SERIES = 300
PLAIN = [k.value for k in Kind]


def observations(r: random.Random) -> pd.DataFrame:
    """Series of years, half-years, quarters or months, with gaps, breaks, forecasts and later vintages."""
    rows: list[dict[str, Any]] = []
    for n in range(SERIES):
        shape = r.choice(["{}", "{}", "{}", "{}-S2", "{}-Q3", "{}-06"])
        first, level = r.randint(2012, 2018), r.choice([0.0, 5.0, 50.0])
        for year in range(first, first + r.randint(1, 12)):
            if r.random() < 0.1:
                continue
            level += r.gauss(0.3, 1)
            status = r.choice([None] * 15 + ["provisional", "estimated", "break", "forecast"])
            out = date(year + 1, r.randint(1, 12), 15)
            for vintage in range(r.choice([1, 1, 2])):
                rows.append({"series": f"s{n}", "period": shape.format(year), "value": level + vintage / 8,
                             "status": status, "published": str(out + timedelta(days=200 * vintage))})  # fmt: skip
    return pd.DataFrame(rows)


def targets(r: random.Random) -> pd.DataFrame:
    rows = []
    for n in range(SERIES):
        for period in r.sample(["2018", "2022", "2025", "2030"], r.choice([1, 1, 2])):
            kind = r.choice([*PLAIN, "level", "level", "level", "direction"])
            number = round(r.uniform(-5, 60), 2)
            rows.append({
                "series": f"s{n}", "kind": kind, "direction": r.choice(["higher", "lower"]),
                "target": None if kind in ("direction", "qualitative", "stable", "yes_no", "relative") else number,
                "target_period": period, "baseline_period": r.choice([None, "2015", "2018"]),
                "limit": r.choice([None, 100.0]), "tolerance": r.choice([None, 0.0, 2.5]),
                "target_high": number + 3 if kind == "range" else None,
                "other": f"s{r.randrange(SERIES)}" if kind == "relative" else None,
                "unit": r.choice([None, None, "growth"]),
            })  # fmt: skip
    return pd.DataFrame(rows)


def assess(folder: Path, suffix: str, engine: str, method: str) -> subprocess.CompletedProcess[str]:
    name = engine.partition(":")[0]
    return subprocess.run(
        [sys.executable, "-m", "tracking", "assess", str(folder / f"observations.{suffix}"),
         str(folder / f"targets.{suffix}"), "--engine", engine, "--method", method, "--as-of", AS_OF,
         "-o", str(folder / f"{name}.{suffix}")],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place, r = tmp_path_factory.mktemp("tables"), random.Random(20260101)
    for name, table in (("observations", observations(r)), ("targets", targets(r))):
        table.to_csv(place / f"{name}.csv", index=False)
        table.to_parquet(place / f"{name}.parquet", index=False)
    return place


def read(path: Path) -> pd.DataFrame:
    return (
        pd.read_csv(path, dtype={"baseline_period": str, "period": str})
        if path.suffix == ".csv"
        else pd.read_parquet(path)
    )


@pytest.mark.parametrize(("suffix", "method"), [("parquet", "all"), ("csv", "statcan-2025,pro-rata")])
def test_a_cluster_and_this_process_judge_alike(folder: Path, suffix: str, method: str) -> None:
    for engine in ("duckdb", CLUSTER):
        run = assess(folder, suffix, engine, method)
        assert run.returncode == 0, run.stderr[-3000:]
        assert [line for line in run.stderr.splitlines() if line != JAVA] == []
    here, there = (read(folder / f"{name}.{suffix}") for name in ("duckdb", "pyspark"))
    assert list(here.columns) == list(there.columns) == list(OUTPUT)
    assert len(here) == len(there) == SERIES * (len(METHODS) if method == "all" else 2)
    for one, other in zip(here.to_dict("records"), there.to_dict("records"), strict=True):
        for column in OUTPUT:
            if column in ("baseline", "value", "ratio", "score"):
                assert same(_number(one[column]), _number(other[column])), (column, one, other)
            elif column not in ("outcome", "standing") or not _is_near_a_threshold(one):
                assert one[column] == other[column] or (pd.isna(one[column]) and pd.isna(other[column])), (
                    column,
                    one,
                    other,
                )
    assert here["standing"].nunique() >= 5 and here["reason"].nunique() >= 6


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _is_near_a_threshold(row: dict[str, Any]) -> bool:
    method = METHODS[row["method"]]
    return any(same(_number(row["ratio"]), t) for t in (*method.thresholds, *method.without))


def test_a_malformed_table_is_refused_on_a_cluster_as_it_is_here(folder: Path) -> None:
    (folder / "observations.csv").write_text("series,period,value\na,2015,1\na,2016,one\na,2017,5d\n", encoding="utf-8")
    said = [assess(folder, "csv", engine, "pro-rata") for engine in ("duckdb", "pyspark://local[1]")]
    assert [run.returncode for run in said] == [1, 1]
    assert said[0].stderr.splitlines() == said[1].stderr.splitlines()[-2:]
