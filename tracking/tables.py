"""Tables of series and targets -> one row per series and method: the methods at any size.

Everything here is one Ibis expression over two tables, so that DuckDB runs it inside the process and Spark, unchanged,
on many machines. The rules themselves are in tracking/methods; this module only finds what they look at.

Observations: `series,period,value[,status,published]`. Targets: `series,kind,direction,target,target_period,
baseline_period[,baseline,limit,tolerance,target_high,other,unit]`. Periods are SDMX text; a series of years is
placed on an axis of years (the end of 2025 is 2025), parts of years between them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from tracking.methods import METHODS
from tracking.methods.frame import Case, Column
from tracking.methods.method import FROM_A_BASE, TO_A_LEVEL, Kind, Method
from tracking.model import Standing, Status

OUTPUT = ("series", "method", "applies", "reason", "baseline", "baseline_period", "value", "period", "ratio", "score",
          "outcome", "standing")  # fmt: skip
NOT_AVAILABLE = "not_available"
WINDOW = 5  # years that "recent" means, both ends counted

OBSERVATION_COLUMNS = {"series": "string", "period": "string", "value": "float64", "status": "string",
                       "published": "date"}  # fmt: skip
TARGET_COLUMNS = {
    "series": "string", "kind": "string", "direction": "string", "target": "float64", "target_period": "string",
    "baseline_period": "string", "baseline": "float64", "limit": "float64", "tolerance": "float64",
    "target_high": "float64", "other": "string", "unit": "string",
}  # fmt: skip


class IbisFrame:
    """The columns of an Ibis table, as rules are written over them."""

    def __init__(self, table: ir.Table) -> None:
        self.table = table

    def __getattr__(self, name: str) -> Column:
        return self.table[name]

    def let(self, **columns: Column) -> "IbisFrame":
        return IbisFrame(self.table.mutate(**{k: ibis.null("float64") if v is None else v for k, v in columns.items()}))

    def first(self, *cases: Case, otherwise: Column = None) -> Column:
        branches = [(condition, ibis.null() if value is None else value) for condition, value in cases]
        return ibis.cases(*branches, else_=ibis.null() if otherwise is None else otherwise)

    def unknown(self, value: Column) -> Column:
        return value.isnull()

    def least(self, one: Column, other: Column) -> Column:
        # Not ibis.least: engines leave a missing value out of it, and so make a bound the answer.
        return ibis.cases((one <= other, one), (one > other, other))

    def greatest(self, one: Column, other: Column) -> Column:
        return ibis.cases((one >= other, one), (one < other, other))

    def size(self, value: Column) -> Column:
        return value.abs()

    def among(self, value: Column, names: tuple[str, ...]) -> Column:
        return value.isin(names)

    def outside(self, value: Column, names: tuple[str, ...]) -> Column:
        return value.notin(names)


def year_of(period: ir.StringColumn) -> ir.FloatingColumn:
    """The end of a period on an axis of years; missing where the text is no period.

    2025 is 2025, 2025-S1 2024.5, 2025-Q3 2024.75, 2025-08 2024 and eight twelfths.
    """
    year = period.substr(0, 4).try_cast("float64")
    last = period.substr(6, 1).try_cast("float64")
    month = period.substr(5, 2).try_cast("float64")
    return ibis.cases(
        (period.re_search(r"^\d{4}$"), year),
        (period.re_search(r"^\d{4}-S[12]$"), year - 1 + last / 2),
        (period.re_search(r"^\d{4}-Q[1-4]$"), year - 1 + last / 4),
        (period.re_search(r"^\d{4}-(0[1-9]|1[0-2])$"), year - 1 + month / 12),
    )


def day_in_years(day: date) -> float:
    """The day on the axis of years, just after every period that ended before it."""
    return day.year - 1 + (day.month - 1 + day.day / 32) / 12


def known_by(observations: ir.Table, as_of: date | None, vintages: bool = True) -> ir.Table:
    """The newest figure of each period among those known by the day; without a day, among all.

    A figure without a day of publication is known from the end of its period. Forecasts and blanks are left out:
    they are no observations. `vintages` says that a period may have several figures.
    Columns: series, year, value, period, is_break.
    """
    o = observations.filter(observations.value.notnull())
    o = o.filter((o.status != Status.FORECAST.value) | o.status.isnull())
    o = o.mutate(year=year_of(o.period), is_break=(o.status == Status.BREAK.value).fill_null(False))
    if as_of is not None:
        ended = o.published.isnull() & (o.year < day_in_years(as_of))
        o = o.filter(ended | (o.published <= ibis.literal(as_of)))
    if not vintages:
        return o.select("series", "year", "value", "period", "is_break")
    o = o.mutate(day=o.published.fill_null(date(1, 1, 1)))
    # By the text of the period: 2025 and 2025-12 end together and are not the same.
    return o.group_by("series", "period").agg(
        year=o.year.max(), value=o.value.argmax(o.day), is_break=o.is_break.argmax(o.day)
    ).select("series", "year", "value", "period", "is_break")  # fmt: skip


def next_due(targets: ir.Table, as_of: date) -> ir.Table:
    """Of several targets of a series the next one decides: the first whose period is not over, else the last."""
    due = year_of(targets.target_period)
    t = targets.mutate(due=due, is_past=(due < day_in_years(as_of)).fill_null(False))
    order = [t.is_past, ibis.cases((t.is_past, -t.due), else_=t.due), t.target_period, t.kind]
    return t.mutate(place=ibis.row_number().over(group_by=t.series, order_by=order)).filter(
        lambda ranked: ranked.place == 0
    )


def features(observations: ir.Table, targets: ir.Table, as_of: date, relative: bool = False) -> ir.Table:
    """One row per target with what the rules look at, and the baseline of each method under its own name.

    `relative` says that a target may name another series, which is then looked up.
    """
    t = targets.mutate(
        due=year_of(targets.target_period),
        base_year=year_of(targets.baseline_period),
        d=ibis.cases((targets.direction == "lower", -1.0), else_=1.0),
    )
    asks = t.select("series", "due", "base_year", "d", "target", "tolerance", "other")
    used = observations.join(asks, "series")
    used = used.filter((used.year <= used.due) | used.due.isnull())
    ends = used.group_by("series").agg(
        t=used.year.max(), cut=used.year.max(where=used.is_break),
        is_mixed=_frequency(used.period).min() != _frequency(used.period).max(),
    )  # fmt: skip
    p = used.join(ends, "series")
    p = p.filter((p.year >= p.cut) | p.cut.isnull())
    recent, held = p.year >= p.t - WINDOW, (p.year >= p.base_year) | p.base_year.isnull()
    x, y = p.year - p.t, p.value
    found = p.group_by("series").agg(
        t=p.t.max(), cut=p.cut.max(), is_mixed=p.is_mixed.any(),
        v=y.argmax(p.year), period=p.period.argmax(p.year),
        recent=recent.sum(), first_v=y.argmin(p.year, where=recent), first_t=p.year.min(where=recent),
        sx=x.sum(where=recent), sy=y.sum(where=recent), sxy=(x * y).sum(where=recent), sxx=(x * x).sum(where=recent),
        before_v=y.argmax(p.year, where=p.year < p.t),
        seen=held.sum(), kept=(held & (p.d * y >= p.d * p.target - p.tolerance.fill_null(0))).sum(),
        **_baselines(p),
    )  # fmt: skip
    joined = t.left_join(found, "series")
    if relative:
        difference = _mean_difference(observations, p)
        joined = joined.left_join(difference, t.series == difference.of)
    return joined.mutate(
        wanted=joined.target,
        high=joined.target_high,
        is_rate=(joined.unit == "growth").fill_null(False),
        is_over=(joined.due < day_in_years(as_of)).fill_null(False),
        is_cut=(joined.base_year < joined.cut).fill_null(False),
        is_mixed=joined.is_mixed.fill_null(False),
        slope=_slope(joined),
        path=ibis.null("float64"),
        mean=joined["mean"] if relative else ibis.null("float64"),
    )


def _mean_difference(observations: ir.Table, p: ir.Table) -> ir.Table:
    """The mean of a series minus the other one over their common periods, from the baseline period on.

    Missing where the target's period is there of the one and not of the other: nothing is settled by half.
    """
    theirs = observations.select(other="series", period="period", theirs="value")
    both = p.filter((p.year >= p.base_year) | p.base_year.isnull()).join(theirs, ["other", "period"])
    found = both.group_by("series").agg(
        mean=(both.value - both.theirs).mean(), common=both.year.max(), own=both.t.max(), due=both.due.max()
    )
    half = (found.own >= found.due) & (found.common < found.own)
    return found.select(of="series", mean=ibis.cases((half, ibis.null("float64")), else_=found["mean"]))


def _frequency(period: ir.StringColumn) -> ir.StringColumn:
    """What tells years, half-years, quarters and months apart."""
    part = period.substr(5, 1)
    return ibis.cases((period.length() == 4, "A"), (part == "S", "S"), (part == "Q", "Q"), else_="M")


def _slope(f: ir.Table) -> ir.FloatingColumn:
    """Least squares over the recent points; missing for fewer than two."""
    spread = f.recent * f.sxx - f.sx * f.sx
    return ibis.cases((spread > 0, (f.recent * f.sxy - f.sx * f.sy) / spread))


def _baselines(p: ir.Table) -> dict[str, Any]:
    """For each way in which methods choose their baseline, the first figure from there on."""
    columns: dict[str, Any] = {}
    for name, since in {baseline_name(m): m for m in METHODS.values()}.items():
        own = p.t - since.window if since.window else ibis.literal(float(since.since or 0))
        start = p.year >= ibis.coalesce(p.base_year, own)
        columns[f"v0_{name}"] = p.value.argmin(p.year, where=start)
        columns[f"t0_{name}"] = p.year.min(where=start)
        columns[f"p0_{name}"] = p.period.argmin(p.year, where=start)
    return columns


def baseline_name(method: Method) -> str:
    """The name of the way in which a method chooses its baseline where the target names none."""
    return f"window{method.window}" if method.window else f"since{method.since or 0}"


def inputs(found: ir.Table, method: Method) -> IbisFrame:
    """The features as one method looks at them: its own baseline and horizon, and the wanted number as a level."""
    name = baseline_name(method)
    given = found.baseline.notnull()
    # A product of the base is only known from the base itself, not from the next later figure.
    is_other = found.kind.isin(FROM_A_BASE) & (found[f"t0_{name}"] != found.base_year)
    f = found.mutate(
        v0=ibis.cases((given, found.baseline), (is_other, ibis.null("float64")), else_=found[f"v0_{name}"]),
        t0=ibis.cases((given, found.base_year), else_=found[f"t0_{name}"]),
        p0=ibis.cases((given, found.baseline_period), else_=found[f"p0_{name}"]),
        due=found.due if method.horizon is None else found.due.fill_null(float(method.horizon)),
    )
    growing = 1 + f.wanted / 100
    level = ibis.cases(
        (f.kind == Kind.MULTIPLE.value, f.wanted * f.v0),
        (f.kind == Kind.CUMULATIVE_CHANGE.value, f.v0 * growing),
        ((f.kind == Kind.AVERAGE_GROWTH.value) & (growing > 0), f.v0 * growing ** (f.due - f.t0)),
        (f.kind == Kind.AVERAGE_GROWTH.value, ibis.null("float64")),
        else_=f.wanted,
    )
    return IbisFrame(f.mutate(target=level))


def verdicts(found: ir.Table, method: Method) -> ir.Table:
    """The features with the method's own columns, its steps, and our standing."""
    x = method.rule(inputs(found, method))
    t = x.table
    applies = t.reason.isnull()
    # A rule that settles targets itself is not asked twice. A range holds in its period only, a level once reached.
    settles = Standing.MISSED in method.standings.values()
    dated = t.kind.isin(() if settles else (*TO_A_LEVEL, Kind.RANGE.value)) & t.target.notnull()
    reached = t.reached & ((t.kind != Kind.RANGE.value) | (t.t >= t.due))
    by_label = ibis.cases(*((t.outcome == label, s.value) for label, s in method.standings.items()),
                          else_=Standing.NOT_JUDGED.value)  # fmt: skip
    standing = ibis.cases(
        (~applies, Standing.NOT_JUDGED.value),
        (dated & reached, Standing.MET.value),
        (dated & (t.t >= t.due), Standing.MISSED.value),
        else_=by_label,
    )
    return t.mutate(
        method=ibis.literal(method.name), applies=applies, standing=standing,
        outcome=ibis.cases((applies, t.outcome), else_=NOT_AVAILABLE),
        value=t.v, baseline_value=t.v0, baseline_at=t.p0,
    )  # fmt: skip


def found_for(
    observations: ir.Table,
    targets: ir.Table,
    as_of: date,
    as_known: bool = False,
    vintages: bool = True,
    relative: bool = True,
) -> ir.Table:
    """The features of every series that has a target. `as_known` leaves out what was not known on the day."""
    known = known_by(observations, as_of if as_known else None, vintages)
    return features(known, next_due(targets, as_of), as_of, relative)


def assessed(found: ir.Table, methods: Sequence[Method]) -> ir.Table:
    """One row per series and method, in the columns of OUTPUT. What cannot be judged stays, with its reason."""
    return ibis.union(*(_output(verdicts(found, method)) for method in methods))


def _output(t: ir.Table) -> ir.Table:
    return t.select(
        "series", "method", "applies", "reason",
        baseline=t.baseline_value.cast("float64"), baseline_period=t.baseline_at, value=t.value, period=t.period,
        ratio=t.ratio.cast("float64"), score=t.score.cast("float64"), outcome=t.outcome, standing=t.standing,
    ).select(*OUTPUT)  # fmt: skip
