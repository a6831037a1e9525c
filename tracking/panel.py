"""All published methods side by side for the targets of a catalogue: the same rules, judged in one go.

A target's figures become a table as `tracking assess` reads them, and what the methods say becomes a Panel, with
the inputs and the intermediate numbers, so that a reader can do the arithmetic again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from tracking.case import (
    Case,
    adopted_targets,
    baseline,
    case_of,
    replacement,
    unbroken_years,
    wants_upward,
    whole_figures,
)
from tracking.catalogue import Catalogue
from tracking.methods import METHODS
from tracking.methods.method import TO_A_LEVEL, Kind, Method, Why
from tracking.model import Accumulation, Bound, Check, Direction, Form, Measure, Nature, Observation, Standing, UnitKind
from tracking.period import Length, Period
from tracking.tables import OBSERVATION_COLUMNS, TARGET_COLUMNS, features, known_by, verdicts

SHOWN_INPUTS = ("d", "target", "due", "v0", "t0", "v", "t")
Key = tuple[str, str]  # indicator id, target key


@dataclass(frozen=True)
class Line:
    """What one method says of one target. Numbers are unrounded; `steps` in the order of the arithmetic."""

    method: Method
    reason: Why | None
    outcome: str
    standing: Standing
    ratio: float | None
    score: float | None
    baseline: float | None
    baseline_period: str
    value: float | None
    period: str
    inputs: Mapping[str, float]
    steps: Mapping[str, float]

    @property
    def applies(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Panel:
    """Every method's line for one target. `is_product` says that the level or the series is our own product:
    a base times the promised change, or published yearly changes chained from 100."""

    lines: tuple[Line, ...]
    is_product: bool

    @property
    def applying(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.applies)

    @property
    def counts(self) -> Counter[Standing]:
        """How many of the methods that apply say what."""
        return Counter(line.standing for line in self.applying)


def panels(catalogue: Catalogue, as_of: date, wanted: Iterable[Key] | None = None) -> dict[Key, Panel]:
    """The panels of the catalogue's targets, or of those named, as known on that day.

    Targets that nothing may judge have none: those without a number, not checked in their document, forecasts, and
    those that a later target replaced.
    """
    chosen = None if wanted is None else set(wanted)
    cases = {
        (indicator_id, target.key): case_of(catalogue, indicator_id, target, as_of)
        for indicator_id, indicator in catalogue.indicators.items()
        for target in adopted_targets(indicator, as_of)
        if (chosen is None or (indicator_id, target.key) in chosen) and _may_be_judged(indicator, target, as_of)
    }
    if not cases:
        return {}
    found = _judged(cases, as_of, METHODS.values())
    return {key: Panel(tuple(found[key]), _is_product(case)) for key, case in cases.items()}


def judge(case: Case, method: str) -> Line:
    """What one method says of one target."""
    key = ("", case.target.key)
    return next(line for line in _judged({key: case}, case.as_of, [METHODS[method]])[key])


def _may_be_judged(indicator: Any, target: Any, as_of: date) -> bool:
    return (
        target.form is not Form.QUALITATIVE
        and target.nature is not Nature.FORECAST
        and target.check is Check.READ
        and replacement(indicator, target, as_of) is None
    )


def _judged(cases: Mapping[Key, Case], as_of: date, methods: Iterable[Method]) -> dict[Key, list[Line]]:
    names = {f"{n:05d}": key for n, key in enumerate(cases)}
    figures = [row for name, key in names.items() for row in (*_figures(name, cases[key]), *_others(name, cases[key]))]
    targets = [_target(name, cases[key]) for name, key in names.items()]
    said = judged_rows(figures, targets, as_of, methods)
    return {key: said[name] for name, key in names.items()}


def judged_rows(
    figures: list[dict[str, Any]], targets: list[dict[str, Any]], as_of: date, methods: Iterable[Method]
) -> dict[str, list[Line]]:
    """What the methods say of each target, by the name of its series; the rows are those of `tracking assess`."""
    connection = ibis.duckdb.connect()
    try:
        found = connection.create_table("found", features(
            known_by(_table(figures, OBSERVATION_COLUMNS), None, vintages=False),
            _table(targets, TARGET_COLUMNS), as_of, relative=True), temp=True)  # fmt: skip
        lines: dict[str, list[Line]] = {row["series"]: [] for row in targets}
        for method in methods:
            for row in connection.raw_sql(_sql(method.name, found.schema())).df().to_dict("records"):
                lines[row["series"]].append(_line(method, row))
    finally:
        connection.disconnect()
    return lines


@lru_cache(maxsize=32)
def _sql(method: str, schema: ibis.Schema) -> str:
    """A method as SQL over the table `found`; writing it takes longer than running it, so it is kept."""
    rule = METHODS[method]
    t = verdicts(ibis.table(schema, name="found"), rule)
    columns = ["series", "reason", "outcome", "standing", "ratio", "score", "baseline_value", "baseline_at", "value",
               "period", *SHOWN_INPUTS, *rule.steps]  # fmt: skip
    return str(ibis.to_sql(t.select(*dict.fromkeys(columns)), dialect="duckdb"))


def _table(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> Any:
    return ibis.memtable(pa.Table.from_pylist(rows, schema=ibis.schema(columns).to_pyarrow()))


def _line(method: Method, row: Mapping[str, Any]) -> Line:
    def number(name: str) -> float | None:
        return None if pd.isna(row[name]) else float(row[name])

    def numbers(names: Iterable[str]) -> dict[str, float]:
        return {name: value for name in names if (value := number(name)) is not None}

    return Line(
        method=method,
        reason=None if pd.isna(row["reason"]) else Why(row["reason"]),
        outcome=row["outcome"],
        standing=Standing(row["standing"]),
        ratio=number("ratio"),
        score=number("score"),
        baseline=number("baseline_value"),
        baseline_period="" if pd.isna(row["baseline_at"]) else row["baseline_at"],
        value=number("value"),
        period="" if pd.isna(row["period"]) else row["period"],
        inputs=numbers(SHOWN_INPUTS),
        steps=numbers(method.steps),
    )


def kind_of(case: Case) -> Kind:
    """The form of a target by the name that tables use."""
    if case.target.form is Form.YEARLY_VALUE and case.target.span is not None:
        return Kind.EACH_PERIOD
    return Kind(case.target.form.value.replace(" ", "_").replace("/", "_"))


def _is_chain(case: Case) -> bool:
    """Whether the target is on the product of yearly changes, so that the series is chained from 100."""
    return case.kind in (UnitKind.GROWTH, UnitKind.FALL) and case.target.form in (
        Form.AVERAGE_GROWTH, Form.CUMULATIVE_CHANGE)  # fmt: skip


def _is_product(case: Case) -> bool:
    return _is_chain(case) or case.target.form in (Form.MULTIPLE, Form.AVERAGE_GROWTH, Form.CUMULATIVE_CHANGE)


def _figures(name: str, case: Case) -> list[dict[str, Any]]:
    if _is_chain(case):
        return _chain(name, case)
    figures = _comparable(case)
    marked = {_first_after(b.period, figures) for b in case.indicator.breaks}
    return [
        {"series": name, "period": _text(case, o.period), "value": o.value, "status": "break" if o in marked else None}
        for o in figures
    ]


def _others(name: str, case: Case) -> list[dict[str, Any]]:
    """The yearly figures of the series that a relative target is held against."""
    if case.target.form is not Form.RELATIVE:
        return []
    solid = [o for o in case.other if o.is_solid]
    years = unbroken_years(case, solid, range(_first_year(case), case.due.year + 1))
    return [{"series": _other(name), "period": str(year), "value": o.value} for year, o in years.items()]


def _other(name: str) -> str:
    return f"{name}-other"


def _comparable(case: Case) -> list[Observation]:
    """Whole years; of a stock the year ends and the newest figure."""
    whole = whole_figures(case)
    if case.indicator.accumulation is not Accumulation.END_OF_PERIOD:
        return whole
    newest = {o.period.end: o for o in whole if o.period.closes_year or o is whole[-1]}
    return [o for o in newest.values() if o.period.length is not Length.DAY]


def _text(case: Case, period: Period) -> str:
    """A stock stands for the end of its month, so that the year ends and a newer month are of one kind."""
    if case.indicator.accumulation is Accumulation.END_OF_PERIOD:
        return f"{period.end.year}-{period.end.month:02d}"
    return str(period.year)


def _first_after(gap: Period, figures: Iterable[Observation]) -> Observation | None:
    return next((o for o in figures if o.period.end >= gap.start), None)


def _first_year(case: Case) -> int:
    if case.target.span is not None:
        return case.target.span.from_
    return case.target.baseline.period.year + 1 if case.target.baseline else case.due.year


def _chain(name: str, case: Case) -> list[dict[str, Any]]:
    """Published yearly changes as levels: 100 in the base year, our own product after it."""
    first, level = _first_year(case), 100.0
    rows = [{"series": name, "period": str(first - 1), "value": level, "status": None}]
    if (official := _official_level(case, first)) is not None:
        return [*rows, {"series": name, "period": str(case.due.year), "value": official, "status": None}]
    for year, o in unbroken_years(case, case.solid, range(first, case.due.year + 1)).items():
        level *= 1 - o.value / 100 if case.kind is UnitKind.FALL else 1 + o.value / 100
        rows.append({"series": name, "period": str(year), "value": level, "status": None})
    return rows if len(rows) > 1 else []


def _official_level(case: Case, first: int) -> float | None:
    """Where the office itself published the average or the cumulative change of the whole span."""
    measure = Measure.AVERAGE_GROWTH if case.target.form is Form.AVERAGE_GROWTH else Measure.CUMULATIVE_CHANGE
    o = case.spans.get((measure, f"{first}/{case.due.year}"))
    if o is None:
        return None
    growing = 1 - o.value / 100 if case.kind is UnitKind.FALL else 1 + o.value / 100
    return 100.0 * float(growing ** (case.due.year - first + 1) if measure is Measure.AVERAGE_GROWTH else growing)


def _target(name: str, case: Case) -> dict[str, Any]:
    target, kind, base = case.target, kind_of(case), _baseline(case)
    falls = case.kind is UnitKind.FALL or (case.indicator.direction is Direction.LOWER)
    number = target.times if kind is Kind.MULTIPLE else case.value
    if kind is Kind.CUMULATIVE_CHANGE and number is not None and falls:
        number = -number
    return {
        "series": name,
        "kind": kind.value,
        "direction": "higher" if _upward(case, base, kind) > 0 else "lower",
        "target": number,
        "target_high": case.high,
        "target_period": _due(case),
        "baseline_period": base[0] if base else None,
        "baseline": base[1] if base else None,
        "limit": _limit(case),
        "tolerance": case.tolerance if target.bound is Bound.ABOUT or kind is Kind.STABLE else None,
        "other": _other(name) if kind is Kind.RELATIVE else None,
        "unit": "growth" if case.kind in (UnitKind.GROWTH, UnitKind.FALL) and not _is_chain(case) else None,
    }


def _due(case: Case) -> str:
    return _text(case, case.due) if case.due.length is not Length.DAY else f"{case.due.end:%Y-%m}"


def _baseline(case: Case) -> tuple[str, float | None] | None:
    """The target's own, as the default rule chooses it; the period only where a threshold has to hold from it on."""
    if _is_chain(case):
        return str(_first_year(case) - 1), 100.0
    if case.target.form in (Form.YEARLY_VALUE, Form.RELATIVE) and case.target.span is not None:
        return str(case.target.span.from_), None
    base = baseline(case, whole_figures(case))
    return None if base is None else (_text(case, base[0]), base[1])


def _upward(case: Case, base: tuple[str, float | None] | None, kind: Kind) -> int:
    if kind in (Kind.CUMULATIVE_CHANGE, Kind.AVERAGE_GROWTH, Kind.DIRECTION, Kind.RELATIVE, Kind.RANK):
        return -1 if case.kind is UnitKind.FALL or case.indicator.direction is Direction.LOWER else 1
    start = base[1] if base and kind.value in TO_A_LEVEL else None
    if case.value is None or start is None:
        return -1 if case.indicator.direction is Direction.LOWER else 1
    return wants_upward(case, start, case.value)


def _limit(case: Case) -> float | None:
    limits = case.indicator.natural_limits
    return limits.low if case.indicator.direction is Direction.LOWER else limits.high
