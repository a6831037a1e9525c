"""Judges the same figures in two ways: as single numbers, found by this module's own arithmetic, and as tables."""

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import duckdb
import ibis
import pandas as pd

from tracking.methods import METHODS
from tracking.methods.frame import PlainFrame
from tracking.methods.method import ruled
from tracking.tables import OBSERVATION_COLUMNS, TARGET_COLUMNS, assessed, found_for

AS_OF = date(2026, 6, 30)
PRODUCTS = ("multiple", "cumulative_change", "average_growth")


@dataclass(frozen=True)
class Example:
    """A series, (period, value[, status]) each, and its target, for one method; and what it says of them."""

    method: str
    figures: tuple[tuple[Any, ...], ...]
    target: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None
    reason: str | None = None
    ratio: float | None = None
    score: float | None = None
    standing: str | None = None
    note: str = ""

    @property
    def id(self) -> str:
        return f"{self.method} {self.note or self.reason or self.outcome}"


def years(first: int, *values: float) -> tuple[tuple[str, float], ...]:
    """Yearly figures from a year on."""
    return tuple((str(first + k), value) for k, value in enumerate(values))


def place(period: str | None) -> float | None:
    """The end of a period on an axis of years."""
    if period is None:
        return None
    year, _, part = period.partition("-")
    if not part:
        return float(year)
    parts = {"S": 2, "Q": 4}.get(part[0], 12)
    return int(year) - 1 + int(part.strip("SQ")) / parts


def by_numbers(example: Example) -> PlainFrame:
    """The method's rule over single numbers."""
    known = {k: v for k, v in _inputs(example).items() if v is not None}
    return ruled(METHODS[example.method], **known)


def _inputs(example: Example) -> dict[str, Any]:
    method, target = METHODS[example.method], {"kind": "level", **example.target}
    due, base_t = place(target.get("target_period")), place(target.get("baseline_period"))
    d = -1.0 if target.get("direction") == "lower" else 1.0
    seen = sorted((place(f[0]), f[1], f[0], f[2] if len(f) > 2 else None) for f in example.figures)
    seen = [f for f in seen if f[3] != "forecast" and f[1] is not None and (due is None or f[0] <= due)]
    cut = max((f[0] for f in seen if f[3] == "break"), default=None)
    is_mixed = len({f[2][4:6] if f[2][5:6] in ("S", "Q") else len(f[2]) for f in seen}) > 1
    points = [(t, v) for t, v, *_ in seen if cut is None or t >= cut]
    known: dict[str, Any] = {
        "kind": target["kind"], "d": d, "limit": target.get("limit"), "tolerance": target.get("tolerance"),
        "wanted": target.get("target"), "high": target.get("target_high"), "is_rate": target.get("unit") == "growth",
        "is_over": due is not None and due < AS_OF.year - 1 + (AS_OF.month - 1) / 12 + 0.001,
        "is_cut": base_t is not None and cut is not None and base_t < cut, "is_mixed": is_mixed,
        "due": method.horizon if due is None else due,
    }  # fmt: skip
    if points:
        known |= _of_points(points, target, d, base_t)
        start = base_t if base_t is not None else points[-1][0] - method.window if method.window else method.since or 0
        base = next(((t, v) for t, v in points if t >= start), (None, None))
        if target["kind"] in (*PRODUCTS, "stable") and base_t is not None and base[0] != base_t:
            base = (base[0], None)
        if target.get("baseline") is not None:
            base = (base_t, target["baseline"])
        known |= {"t0": base[0], "v0": base[1]}
    known["target"] = _level(target, known)
    return known


def _of_points(points: list[tuple[float, float]], target: Mapping[str, Any], d: float, base_t: Any) -> dict[str, Any]:
    (t, v) = points[-1]
    recent = [p for p in points if p[0] >= t - 5]
    held = [p for p in points if base_t is None or p[0] >= base_t]
    least = target.get("target"), target.get("tolerance") or 0
    return {
        "t": t, "v": v, "first_t": recent[0][0], "first_v": recent[0][1], "recent": len(recent), "seen": len(held),
        "before_v": points[-2][1] if len(points) > 1 else None,
        "slope": statistics.linear_regression(*zip(*recent, strict=True)).slope if len(recent) > 1 else None,
        "kept": 0 if least[0] is None else sum(d * y >= d * least[0] - least[1] for _, y in held),
    }  # fmt: skip


def _level(target: Mapping[str, Any], known: Mapping[str, Any]) -> float | None:
    number, kind, base = target.get("target"), target["kind"], known.get("v0")
    if kind not in PRODUCTS or number is None:
        return number
    if base is None:
        return None
    if kind == "multiple":
        return number * base
    if kind == "cumulative_change":
        return base * (1 + number / 100)
    if known.get("due") is None or number <= -100:
        return None
    return float(base * (1 + number / 100) ** (known["due"] - known["t0"]))


@cache
def _sql(methods: tuple[str, ...]) -> str:
    """Written once: writing it takes longer than running it."""
    observations = ibis.table(ibis.schema(OBSERVATION_COLUMNS), name="observations")
    targets = ibis.table(ibis.schema(TARGET_COLUMNS), name="targets")
    found = found_for(observations, targets, AS_OF)
    return str(ibis.to_sql(assessed(found, [METHODS[m] for m in methods]), dialect="duckdb"))


def frames(examples: Iterable[Example]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations and targets of the examples; a series is named by its place."""
    named = [(f"{k:05d}", e) for k, e in enumerate(examples)]
    figures = [
        {"series": name, "period": f[0], "value": f[1], "status": f[2] if len(f) > 2 else None}
        for name, e in named for f in e.figures
    ]  # fmt: skip
    targets = [{"series": name, "kind": "level", **e.target} for name, e in named]
    text = {c: "string" for c, kind in (OBSERVATION_COLUMNS | TARGET_COLUMNS).items() if kind == "string"}
    tables = []
    for rows, columns in ((figures, OBSERVATION_COLUMNS), (targets, TARGET_COLUMNS)):
        table = pd.DataFrame(rows, columns=list(columns)).astype({c: k for c, k in text.items() if c in columns})
        tables.append(table.astype({c: "float64" for c, kind in columns.items() if kind == "float64"}))
    return tables[0], tables[1]


def by_tables(examples: Iterable[Example], methods: Iterable[str] = tuple(METHODS)) -> dict[tuple[int, str], Any]:
    """What DuckDB finds: the verdict by the example's place and the method's name."""
    types = {"string": "VARCHAR", "float64": "DOUBLE", "date": "DATE"}
    observations, targets = frames(examples)
    with duckdb.connect() as connection:
        for name, columns in (("observations", OBSERVATION_COLUMNS), ("targets", TARGET_COLUMNS)):
            connection.register("given", observations if name == "observations" else targets)
            casts = ", ".join(f'CAST("{c}" AS {types[kind]}) AS "{c}"' for c, kind in columns.items())
            connection.execute(f"CREATE TABLE {name} AS SELECT {casts} FROM given")
        found = connection.execute(_sql(tuple(methods))).df()
    return {(int(row["series"]), row["method"]): row for row in found.to_dict("records")}


def number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def same(one: float | None, other: float | None, within: float = 1e-9) -> bool:
    """Equal to within 1e-9, of the greater of them or of 1."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=within, abs_tol=within)
