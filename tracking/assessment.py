"""(Target, Series, as_of) -> Assessment: the default rule for each form of target.

A verdict rests on figures that were read in their publication; a figure of our own arithmetic, or one not
yet checked, never decides alone. Whatever cannot be judged is refused with a Reason, never guessed.
A part year never passes for a year, a missing year is never bridged, and nothing is compared across a break.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracking.catalogue import Catalogue
from tracking.cross_checks import NUMBERLESS, converted
from tracking.model import (
    Accumulation,
    Assessment,
    Bound,
    Check,
    Direction,
    Form,
    Indicator,
    Measure,
    Nature,
    Observation,
    Reason,
    Standing,
    Target,
    UnitKind,
)
from tracking.period import Length, Period

STALE_YEARS = 3  # a running target is not judged on a figure older than this
DAYS = 365.25
Numbers = dict[str, Any]  # what a sentence shows, by name: numbers, and periods as text


@dataclass(frozen=True)
class Case:
    """One target with everything that is known of it on one day. Values are in the indicator's unit."""

    indicator: Indicator
    target: Target
    kind: UnitKind
    as_of: date
    value: float | None
    high: float | None
    known: tuple[Observation, ...]
    spans: Mapping[tuple[Measure, str], Observation]
    other: tuple[Observation, ...] = ()

    @property
    def solid(self) -> tuple[Observation, ...]:
        return tuple(o for o in self.known if o.is_solid)

    @property
    def due(self) -> Period:
        return self.target.due

    @property
    def is_over(self) -> bool:
        return self.due.end < self.as_of

    def refused(
        self, reason: Reason, rule: str | None = None, *used: Observation, **numbers: float | int | str
    ) -> Assessment:
        latest = self.known[-1] if self.known else None
        return Assessment(
            Standing.NOT_JUDGED, self.as_of, rule or f"refused.{reason.name.lower()}", reason,
            latest=latest, used=used, numbers=numbers,
        )  # fmt: skip

    def judged(
        self, standing: Standing, rule: str, *used: Observation, final: bool = False, **numbers: float | int | str
    ) -> Assessment:
        return Assessment(
            standing, self.as_of, rule, final=final, latest=self.known[-1], used=used, numbers=numbers,
            cautions=_cautions(self, used),
        )  # fmt: skip


def assess(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Assessment:
    """What became of one target of an indicator, from what was public on that day."""
    case = case_of(catalogue, indicator_id, target, as_of)
    if target.adopted.end > as_of:
        raise ValueError(f"{target.key} of {indicator_id} was adopted after {as_of}")
    if target.form in NUMBERLESS:
        return case.refused(Reason.NO_NUMBER)
    if target.nature is Nature.FORECAST:
        return case.refused(Reason.FORECAST)
    if _replacement(catalogue.indicators[indicator_id], target, as_of) is not None:
        return case.refused(Reason.SUPERSEDED)
    if target.check is Check.RECALLED:
        return case.refused(Reason.TARGET_UNCHECKED)
    if not case.known and not case.spans:
        return case.refused(Reason.NO_FIGURE)
    return RULES[target.form](case)


def case_of(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Case:
    indicator = catalogue.indicators[indicator_id]
    unit = catalogue.unit_of(indicator_id)
    own = catalogue.units[target.unit] if target.unit else unit

    def in_unit(number: float | None) -> float | None:
        return number if number is None or own is unit else converted(number, own, unit)

    spans: dict[tuple[Measure, str], Observation] = {
        (ref.measure, o.period.text): o
        for ref in indicator.series
        if ref.measure is not Measure.VALUE
        for o in catalogue.series(ref).as_known_on(as_of)
        if o.is_solid
    }
    return Case(
        indicator=indicator,
        target=target,
        kind=unit.kind,
        as_of=as_of,
        value=in_unit(target.value),
        high=in_unit(target.high),
        known=catalogue.main_series(indicator_id).as_known_on(as_of),
        spans=spans,
        other=catalogue.main_series(target.other).as_known_on(as_of) if target.other else (),
    )


def adopted_targets(indicator: Indicator, as_of: date) -> list[Target]:
    """The targets that stood on that day, in order of their due period."""
    return sorted((t for t in indicator.targets if t.adopted.end <= as_of), key=lambda t: (t.due, t.key))


def _replacement(indicator: Indicator, target: Target, as_of: date) -> Target | None:
    return next((t for t in adopted_targets(indicator, as_of) if t.supersedes == target.key), None)


def holds(value: float, bound: Bound, wanted: float, tolerance: float, direction: Direction) -> bool:
    """Whether a number keeps what a bound promises. "About" is never broken on the better side."""
    match bound:
        case Bound.AT_LEAST:
            return value >= wanted
        case Bound.ABOVE:
            return value > wanted
        case Bound.AT_MOST:
            return value <= wanted
        case Bound.BELOW:
            return value < wanted
        case Bound.EXACTLY:
            return value == wanted
        case Bound.ABOUT:
            low, high = round(wanted - tolerance, 9), round(wanted + tolerance, 9)
            better_above = direction is Direction.HIGHER and value > high
            better_below = direction is Direction.LOWER and value < low
            return low <= value <= high or better_above or better_below


def decides(observation: Observation, bound: Bound) -> tuple[bool, bool]:
    """Whether a figure can prove the bound kept, and whether it can prove it broken.

    超过95% proves that 80 % was reached; it does not prove that 98 % was missed.
    """
    lower = observation.bound in (Bound.AT_LEAST, Bound.ABOVE)
    upper = observation.bound in (Bound.AT_MOST, Bound.BELOW)
    wants_more = bound in (Bound.AT_LEAST, Bound.ABOVE, Bound.ABOUT)
    if lower:
        return wants_more, not wants_more
    if upper:
        return not wants_more, wants_more
    return True, True


def figure_for(case: Case, period: Period, known: Sequence[Observation]) -> Observation | None:
    """The figure of exactly this period; a year's may be its December's where that says the same."""
    for o in reversed(known):
        if o.period.text == period.text:
            return o
    if not period.is_year or case.indicator.accumulation is Accumulation.PERIOD:
        return None
    for o in reversed(known):
        if o.period.year == period.year and o.period.closes_year and o.period.length is not Length.SPAN:
            return o
    return None


def is_whole(case: Case, observation: Observation) -> bool:
    """Whether a figure stands for a whole year, or is a stock, so that it compares with a year's target."""
    if observation.period.length is Length.SPAN:
        return False
    if observation.period.is_year or case.indicator.accumulation is Accumulation.END_OF_PERIOD:
        return True
    return case.indicator.accumulation is Accumulation.YEAR_TO_DATE and observation.period.closes_year


def breaks_between(case: Case, first: Period, last: Period) -> bool:
    """Whether the series broke after the first period and by the last."""
    return any(first.end < b.period.end and b.period.start <= last.end for b in case.indicator.breaks)


def _weak(case: Case, observation: Observation | None) -> Assessment:
    """Refuse for want of a solid figure, saying which kind of figure there is instead."""
    if observation is None:
        return case.refused(Reason.DUE_FIGURE_MISSING if case.is_over else Reason.NOT_YET_DUE)
    reason = Reason.ONLY_DERIVED if observation.derived else Reason.FIGURES_UNCHECKED
    return case.refused(reason, None, observation)


def _compared(case: Case, o: Observation, wanted: float, early: bool = False) -> Assessment:
    """Settle a level by one figure."""
    bound = case.target.bound or Bound.AT_LEAST
    kept = holds(o.value, bound, wanted, case.target.tolerance or 0, case.indicator.direction)
    can_prove, can_disprove = decides(o, bound)
    numbers: Numbers = {"value": o.value, "target": wanted, "gap": o.value - wanted}
    if (kept and not can_prove) or (not kept and not can_disprove):
        return case.refused(Reason.BOUND_UNDECIDED, None, o, **numbers)
    if early:
        return case.judged(Standing.MET, "early.met", o, final=case.is_over, **numbers)
    standing = Standing.MET if kept else Standing.MISSED
    return case.judged(standing, f"due.{standing.name.lower()}", o, final=True, **numbers)


def _level(case: Case) -> Assessment:
    assert case.value is not None
    return _level_of(case, case.value)


def _level_of(case: Case, wanted: float) -> Assessment:
    if (due := figure_for(case, case.due, case.solid)) is not None:
        if breaks_between(case, case.target.adopted, due.period):
            return case.refused(Reason.NOT_COMPARABLE, None, due)
        return _compared(case, due, wanted)
    weak = figure_for(case, case.due, case.known)
    whole = [o for o in case.solid if is_whole(case, o) and o.period.end <= case.due.end]
    if not whole and weak is not None:
        return _weak(case, weak)
    if not whole:
        late = [o for o in case.known if o.period.end <= case.due.end]
        return case.refused(Reason.DUE_FIGURE_MISSING if case.is_over else Reason.TOO_FEW, None, *late[-1:])
    latest = whole[-1]
    bound, tolerance = case.target.bound or Bound.AT_LEAST, case.target.tolerance or 0
    since = latest.period.end >= case.target.adopted.start
    if since and holds(latest.value, bound, wanted, tolerance, case.indicator.direction):
        return _compared(case, latest, wanted, early=True)
    if weak is not None:
        return _weak(case, weak)
    if case.is_over:
        numbers: Numbers = {"value": latest.value, "target": wanted}
        return case.refused(Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_latest", latest, **numbers)
    return _pace(case, whole, wanted)


def _pace(case: Case, whole: Sequence[Observation], wanted: float) -> Assessment:
    """Pro rata: is the newest figure at or beyond the straight path from the baseline to the target?"""
    latest = whole[-1]
    if (case.as_of - latest.period.end).days > STALE_YEARS * DAYS:
        return case.refused(Reason.TOO_OLD, None, latest)
    base = baseline(case, whole)
    if base is None or base[0].end >= latest.period.end:
        return case.refused(Reason.TOO_FEW, None, latest)
    period, start = base
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    share = (latest.period.end - period.end).days / (case.due.end - period.end).days
    required = start + (wanted - start) * share
    upward = wants_upward(case, start, wanted)
    numbers: Numbers = {
        "value": latest.value, "target": wanted, "baseline": start, "base_period": period.text,
        "required": required, "share": share, "gap": latest.value - required,
    }  # fmt: skip
    used = [o for o in whole if o.period == period] + [latest]
    if (latest.value - required) * upward >= 0:
        return case.judged(Standing.ON_TRACK, "pace.on_track", *used, **numbers)
    if (latest.value - start) * upward < 0:
        return case.judged(Standing.MOVING_AWAY, "pace.moving_away", *used, **numbers)
    return case.judged(Standing.BEHIND, "pace.behind", *used, **numbers)


def wants_upward(case: Case, start: float, wanted: float) -> int:
    """+1 where the target lies above, -1 where below."""
    if case.target.bound in (Bound.AT_LEAST, Bound.ABOVE):
        return 1
    if case.target.bound in (Bound.AT_MOST, Bound.BELOW):
        return -1
    return 1 if wanted >= start else -1


def baseline(case: Case, whole: Sequence[Observation]) -> tuple[Period, float] | None:
    """The document's own baseline; else the newest figure before adoption; else the first there is."""
    given = case.target.baseline
    if given is not None:
        if given.value is not None:
            return given.period, given.value
        found = figure_for(case, given.period, whole)
        return (found.period, found.value) if found else None
    before = [o for o in whole if o.period.end <= case.target.adopted.end]
    first = before[-1] if before else (whole[0] if whole else None)
    return (first.period, first.value) if first else None


def _missing(case: Case, year: int) -> Assessment | None:
    """Refuse for the year that ends a chain, if it has a figure that a verdict may not rest on."""
    weak = figure_for(case, Period.of_year(year), case.known)
    return _weak(case, weak) if weak is not None else None


def _yearly(case: Case) -> Assessment:
    """Only the year's own figure counts."""
    if case.target.span is not None:
        return _each_year(case)
    due = figure_for(case, case.due, case.solid)
    if due is None:
        return _weak_or_partial(case)
    return _in_year(case, due)


def _weak_or_partial(case: Case) -> Assessment:
    weak = figure_for(case, case.due, case.known)
    part = [o for o in case.solid if o.period.year == case.due.year and o.period.end <= case.due.end]
    if weak is None and part and not case.is_over:
        return case.refused(Reason.NOT_YET_DUE, "refused.not_yet_due_part", part[-1], value=part[-1].value)
    return _weak(case, weak)


def _in_year(case: Case, o: Observation) -> Assessment:
    assert case.value is not None
    if case.high is None:
        return _compared(case, o, case.value)
    better = (case.indicator.direction is Direction.HIGHER and o.value > case.high) or (
        case.indicator.direction is Direction.LOWER and o.value < case.value
    )
    inside = case.value <= o.value <= case.high
    standing = Standing.MET if inside or better else Standing.MISSED
    where = "inside" if inside else ("above" if o.value > case.high else "below")
    return case.judged(standing, f"range.{where}", o, final=True, value=o.value, target=case.value, high=case.high)


def _each_year(case: Case) -> Assessment:
    """The value has to hold in every year of the span: one miss settles it."""
    assert case.target.span is not None and case.value is not None
    years = range(case.target.span.from_, case.target.span.to + 1)
    found = {y: figure_for(case, Period.of_year(y), case.solid) for y in years}
    judged = {y: _in_year(case, o) for y, o in found.items() if o is not None}
    failed = [y for y, a in judged.items() if a.standing is Standing.MISSED]
    used = tuple(o for o in found.values() if o is not None)
    numbers: Numbers = {"years": len(judged), "of": len(found), "target": case.value}
    if failed:
        return case.judged(Standing.MISSED, "each.missed", *used, final=True, failed=failed[0], **numbers)
    if len(judged) == len(found):
        return case.judged(Standing.MET, "each.met", *used, final=True, **numbers)
    if case.is_over or not judged:
        return _weak_or_partial(case)
    return case.judged(Standing.ON_TRACK, "each.so_far", *used, **numbers)


def _multiple(case: Case) -> Assessment:
    assert case.target.times is not None
    base = baseline(case, [o for o in case.solid if is_whole(case, o)])
    if base is None:
        return case.refused(Reason.TOO_FEW)
    return _level_of(case, case.target.times * base[1])


def _rates(case: Case, known: Sequence[Observation], years: range) -> dict[int, Observation]:
    """The yearly rates that are there, from the first year on without a gap."""
    found: dict[int, Observation] = {}
    for year in years:
        o = figure_for(case, Period.of_year(year), known)
        if o is None:
            break
        found[year] = o
    return found


def chained(rates: Sequence[float], falls: bool = False) -> float:
    """Yearly changes in per cent chained to one change in per cent (a fall counts as positive if `falls`)."""
    total = 1.0
    for rate in rates:
        total *= 1 - rate / 100 if falls else 1 + rate / 100
    return (1 - total) * 100 if falls else (total - 1) * 100


def _average_growth(case: Case) -> Assessment:
    """The geometric mean of the yearly rates against the promised average."""
    span = case.target.span
    assert span is not None and case.value is not None
    official = case.spans.get((Measure.AVERAGE_GROWTH, f"{span.from_}/{span.to}"))
    if official is not None:
        return _compared(case, official, case.value)
    if case.kind is UnitKind.GROWTH:
        return _average_of_rates(case, span.from_, span.to, case.value)
    if case.kind in (UnitKind.AMOUNT, UnitKind.INDEX):
        return _average_of_levels(case, span.from_, span.to, case.value)
    return case.refused(Reason.NO_RULE)


def _average_of_rates(case: Case, first: int, last: int, wanted: float) -> Assessment:
    rates = _rates(case, case.solid, range(first, last + 1))
    if not rates:
        return _weak_or_partial(case)
    mean = ((1 + chained([o.value for o in rates.values()]) / 100) ** (1 / len(rates)) - 1) * 100
    return _average(case, tuple(rates.values()), mean, max(rates), first, last, wanted)


def _average_of_levels(case: Case, first: int, last: int, wanted: float) -> Assessment:
    base = figure_for(case, Period.of_year(first - 1), case.solid)
    later = [o for y in range(first, last + 1) if (o := figure_for(case, Period.of_year(y), case.solid))]
    if base is None or not later or base.value <= 0:
        return _weak_or_partial(case)
    latest = later[-1]
    if breaks_between(case, base.period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    mean = ((latest.value / base.value) ** (1 / (latest.period.year - base.period.year)) - 1) * 100
    return _average(case, (base, latest), mean, latest.period.year, first, last, wanted)


def _average(
    case: Case, used: tuple[Observation, ...], mean: float, reached: int, first: int, last: int, wanted: float
) -> Assessment:
    bound, tolerance = case.target.bound or Bound.AT_LEAST, case.target.tolerance or 0
    kept = holds(mean, bound, wanted, tolerance, case.indicator.direction)
    numbers: Numbers = {
        "mean": mean, "target": wanted, "from": first, "to": reached, "gap": mean - wanted,
    }  # fmt: skip
    if reached == last:
        standing = Standing.MET if kept else Standing.MISSED
        return case.judged(standing, f"average.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, reached + 1) or case.refused(
            Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_average", *used, **numbers
        )
    done, left = reached - first + 1, last - reached
    needed = (((1 + wanted / 100) ** (done + left) / (1 + mean / 100) ** done) ** (1 / left) - 1) * 100
    numbers |= {"needed": needed, "last": last}
    if kept:
        return case.judged(Standing.ON_TRACK, "average.on_track", *used, **numbers)
    standing = Standing.MOVING_AWAY if mean < 0 < wanted else Standing.BEHIND
    return case.judged(standing, "average.behind", *used, **numbers)


def _cumulative(case: Case) -> Assessment:
    """The change since the base year: the official one, else chained from published yearly changes."""
    base = case.target.baseline
    assert base is not None and case.value is not None
    official = case.spans.get((Measure.CUMULATIVE_CHANGE, f"{base.period.year + 1}/{case.due.year}"))
    if official is not None:
        return _compared(case, official, case.value)
    if case.kind in (UnitKind.GROWTH, UnitKind.FALL):
        rates = _rates(case, case.solid, range(base.period.year + 1, case.due.year + 1))
        if not rates:
            return _weak_or_partial(case)
        change = chained([o.value for o in rates.values()], falls=case.kind is UnitKind.FALL)
        return _change(case, tuple(rates.values()), change, max(rates), base.period.year, case.value)
    if case.kind in (UnitKind.AMOUNT, UnitKind.INDEX):
        return _change_of_levels(case, base.period, base.value, case.value)
    return case.refused(Reason.NO_RULE)


def _change_of_levels(case: Case, period: Period, given: float | None, wanted: float) -> Assessment:
    start = figure_for(case, period, case.solid)
    level = given if given is not None else (start.value if start else None)
    later = [o for o in case.solid if is_whole(case, o) and period.end < o.period.end <= case.due.end]
    years = [o for o in later if o.period.closes_year]
    if not level or not years:
        return _weak_or_partial(case)
    latest = years[-1]
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    falls = case.indicator.direction is Direction.LOWER
    change = (level - latest.value) / level * 100 if falls else (latest.value - level) / level * 100
    used = (start, latest) if start else (latest,)
    return _change(case, used, change, latest.period.year, period.year, wanted)


def _change(
    case: Case, used: tuple[Observation, ...], change: float, reached: int, base: int, wanted: float
) -> Assessment:
    bound, tolerance = case.target.bound or Bound.AT_LEAST, case.target.tolerance or 0
    numbers: Numbers = {
        "change": change, "target": wanted, "base": base, "to": reached, "gap": change - wanted,
    }  # fmt: skip
    kept = holds(change, bound, wanted, tolerance, Direction.HIGHER)
    if reached == case.due.year:
        standing = Standing.MET if kept else Standing.MISSED
        return case.judged(standing, f"change.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, reached + 1) or case.refused(
            Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_change", *used, **numbers
        )
    required = wanted * (reached - base) / (case.due.year - base)
    numbers |= {"required": required, "last": case.due.year}
    if change >= required:
        return case.judged(Standing.ON_TRACK, "change.on_track", *used, **numbers)
    standing = Standing.MOVING_AWAY if change < 0 else Standing.BEHIND
    return case.judged(standing, "change.behind", *used, **numbers)


def _relative(case: Case) -> Assessment:
    """The mean difference, year by year, between two growth rates."""
    if case.kind is not UnitKind.GROWTH:
        return case.refused(Reason.NO_RULE)
    first = case.target.span.from_ if case.target.span else case.due.year
    years = range(first, case.due.year + 1)
    own = _rates(case, case.solid, years)
    others = _rates(case, [o for o in case.other if o.is_solid], years)
    both = [y for y in own if y in others]
    if not both:
        return _weak_or_partial(case)
    gaps = [own[y].value - others[y].value for y in both]
    mean = sum(gaps) / len(gaps)
    kept = holds(mean, case.target.bound or Bound.ABOVE, 0, 0, Direction.HIGHER)
    numbers: Numbers = {
        "mean": mean, "from": both[0], "to": both[-1], "years": sum(g > 0 for g in gaps), "of": len(gaps),
    }  # fmt: skip
    used = tuple(own[y] for y in both) + tuple(others[y] for y in both)
    if both[-1] == case.due.year:
        standing = Standing.MET if kept else Standing.MISSED
        return case.judged(standing, f"relative.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, both[-1] + 1) or case.refused(Reason.DUE_FIGURE_MISSING, None, *used)
    standing = Standing.ON_TRACK if kept else Standing.BEHIND
    return case.judged(standing, f"relative.{standing.name.lower()}", *used, **numbers)


def _cautions(case: Case, used: Sequence[Observation]) -> tuple[str, ...]:
    """What a reader should know of the ground a verdict stands on."""
    given = case.target.baseline
    found = {
        "baseline-unchecked": given is not None and given.check is Check.RECALLED and case.due.end >= case.as_of,
        "tolerance-ours": case.target.bound is Bound.ABOUT,
        "lower-bound": any(o.bound in (Bound.AT_LEAST, Bound.ABOVE) for o in used),
        "rounded": any(o.bound is Bound.ABOUT for o in used),
        "provisional": any(o.status.value in ("provisional", "estimated") for o in used),
    }
    return tuple(name for name, is_so in found.items() if is_so)


RULES: Mapping[Form, Callable[[Case], Assessment]] = {
    Form.LEVEL: _level,
    Form.COVERAGE: _level,
    Form.RANK: _level,
    Form.CUMULATIVE_CHANGE: _cumulative,
    Form.AVERAGE_GROWTH: _average_growth,
    Form.YEARLY_VALUE: _yearly,
    Form.RANGE: _yearly,
    Form.MULTIPLE: _multiple,
    Form.RELATIVE: _relative,
}
