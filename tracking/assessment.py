"""(Target, Series, as_of) -> Assessment: the default rule for each form of target.

A rule chooses what is compared; the comparison itself is made in `path_standing` (how far on the way) or in
`hold_standing` (a value against a bound), and nowhere else.

A verdict rests on figures that were read in their publication; a figure of our own arithmetic, or one not
yet checked, never decides alone. Whatever cannot be judged is refused with a Reason, never guessed.
A part year never passes for a year, a missing year is never bridged, and nothing is compared across a break.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracking.case import (
    Case,
    Numbers,
    baseline,
    breaks_between,
    case_of,
    chained,
    figure_for,
    is_whole,
    replacement,
    required_path,
    unbroken_years,
    wanted_level,
    wants_upward,
    whole_figures,
)
from tracking.catalogue import Catalogue
from tracking.methods import pro_rata
from tracking.methods.method import ruled
from tracking.model import (
    Accumulation,
    Assessment,
    Bound,
    Check,
    Direction,
    Form,
    Measure,
    Nature,
    Observation,
    Reason,
    Standing,
    Target,
    UnitKind,
)
from tracking.period import Period

STALE_YEARS = 3  # a running target is not judged on a figure older than this
TREND_YEARS = 5  # destatis-2022: the mean change of the last five years, so the last six points,
LEAST_POINTS = 4  # of which at least four must be there
DONE = 1  # what a series for a yes/no target says once the thing is done; 0 before
DAYS = 365.25


def assess(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Assessment:
    """What became of one target of an indicator, from what was public on that day."""
    case = case_of(catalogue, indicator_id, target, as_of)
    if target.adopted.end > as_of:
        raise ValueError(f"{target.key} of {indicator_id} was adopted after {as_of}")
    if target.form is Form.QUALITATIVE:
        return case.refused(Reason.NO_NUMBER)
    if target.form is Form.STABLE and target.tolerance is None:
        return _only_shown(case)
    if target.nature is Nature.FORECAST:
        return case.refused(Reason.FORECAST)
    if (later := replacement(case.indicator, target, as_of)) is not None:
        return case.refused(Reason.SUPERSEDED, replaced_by=later.key)
    if target.check is Check.RECALLED:
        return case.refused(Reason.TARGET_UNCHECKED)
    if not case.known and not case.spans:
        return case.refused(Reason.NO_FIGURE)
    if target.method not in (None, pro_rata.METHOD.name):
        return _by_method(case, target.method)
    return RULES[target.form](case)


def _by_method(case: Case, name: str) -> Assessment:
    """The verdict of the published method that the target names, on the figures that may carry a verdict."""
    from tracking.panel import judge  # brings the engine; few targets need it

    line = judge(case, name)
    used = [o for o in whole_figures(case) if o.period.year == case.due.year or o is case.solid[-1]][-1:]
    numbers: Numbers = {"method": name, "outcome": line.outcome} | ({} if line.ratio is None else {"ratio": line.ratio})
    if line.reason is not None or not used:
        why = line.reason.value if line.reason else "no_figure"
        return case.refused(Reason.METHOD, "refused.method", *used, method=name, why=why)
    final = line.standing in (Standing.MET, Standing.MISSED) and used[-1].period.end >= case.due.end
    return case.judged(line.standing, "method.says", *used, final=final, **numbers)


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


def path_standing(value: float, start: float, wanted: float, share: float) -> tuple[Standing, float]:
    """Progress from a start to what is wanted, of which `share` (0 to 1) is asked for by now; and its ratio.

    The arithmetic is that of the method pro-rata. All values in one unit. ValueError where there is no way to go.
    """
    if wanted == start or share <= 0:
        raise ValueError(f"no path from {start} to {wanted} at {share}")
    d = 1.0 if wanted > start else -1.0
    x = ruled(pro_rata.METHOD, kind="level", d=d, v0=start, t0=0, v=value, t=share, target=wanted, due=max(1, share))
    standing = pro_rata.METHOD.standings[x.outcome]
    # What is reached before it is due is, on its path, on track.
    return (Standing.ON_TRACK if standing is Standing.MET else standing), float(x.ratio)


def hold_standing(
    value: float,
    bound: Bound,
    wanted: float,
    tolerance: float,
    direction: Direction,
    *,
    settled: bool,
    away: bool = False,
) -> Standing:
    """A value against a bound: met or missed once it is settled; until then on track or behind, or away."""
    if holds(value, bound, wanted, tolerance, direction):
        return Standing.MET if settled else Standing.ON_TRACK
    if settled:
        return Standing.MISSED
    return Standing.MOVING_AWAY if away else Standing.BEHIND


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


def _weak(case: Case, observation: Observation | None) -> Assessment:
    """Refuse for want of a solid figure, saying which kind of figure there is instead."""
    if observation is None:
        return case.refused(Reason.DUE_FIGURE_MISSING if case.is_over else Reason.NOT_YET_DUE)
    reason = Reason.ONLY_DERIVED if observation.derived else Reason.FIGURES_UNCHECKED
    return case.refused(reason, None, observation)


def _compared(case: Case, o: Observation, wanted: float, early: bool = False) -> Assessment:
    """Settle a level by one figure."""
    bound = case.target.bound or Bound.AT_LEAST
    standing = hold_standing(o.value, bound, wanted, case.tolerance, case.indicator.direction, settled=True)
    numbers: Numbers = {"value": o.value, "target": wanted, "gap": o.value - wanted}
    if _undecided(o, bound, standing):
        return case.refused(Reason.BOUND_UNDECIDED, None, o, **numbers)
    if early:
        return case.judged(standing, "early.met", o, final=case.is_over, **numbers)
    return case.judged(standing, f"due.{standing.name.lower()}", o, final=True, **numbers)


def _undecided(o: Observation, bound: Bound, standing: Standing) -> bool:
    """Whether a figure that is only a bound leaves the question open."""
    can_prove, can_disprove = decides(o, bound)
    return not (can_prove if standing in (Standing.MET, Standing.ON_TRACK) else can_disprove)


def _level(case: Case) -> Assessment:
    assert case.value is not None
    return _level_of(case, case.value, _pace)


def _rank(case: Case) -> Assessment:
    """A place in an order: reached or not. Places are no quantity, so there is no half of the way to them."""
    assert case.value is not None
    a = _level_of(case, case.value, _places_to_go)
    return replace(a, rule=f"rank.{a.rule}") if a.is_judged else a


def _places_to_go(case: Case, whole: Sequence[Observation], wanted: float) -> Assessment:
    latest = whole[-1]
    numbers: Numbers = {"value": latest.value, "target": wanted, "places": latest.value - wanted}
    return case.refused(Reason.NOT_YET_DUE, "refused.not_yet_due_rank", latest, **numbers)


Running = Callable[[Case, Sequence[Observation], float], Assessment]


def _level_of(case: Case, wanted: float, running: Running) -> Assessment:
    """Settled by the due figure, or by an earlier one that reaches it; else what is said while it runs."""
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
    bound = case.target.bound or Bound.AT_LEAST
    since = latest.period.end >= case.target.adopted.start
    if since and holds(latest.value, bound, wanted, case.tolerance, case.indicator.direction):
        if breaks_between(case, case.target.adopted, latest.period):
            return case.refused(Reason.NOT_COMPARABLE, None, latest)
        return _compared(case, latest, wanted, early=True)
    if weak is not None:
        return _weak(case, weak)
    if case.is_over:
        numbers: Numbers = {"value": latest.value, "target": wanted}
        return case.refused(Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_latest", latest, **numbers)
    return running(case, whole, wanted)


def _stretch(path: Sequence[tuple[Period, float]], at: Period) -> tuple[int, float]:
    """The stretch of a path that a period lies on, and the share of that stretch's time gone by its end."""
    here = next(n for n, (period, _) in enumerate(path) if n and at.end <= period.end)
    first, last = path[here - 1][0], path[here][0]
    return here, (at.end - first.end).days / (last.end - first.end).days


def _pace(case: Case, whole: Sequence[Observation], wanted: float) -> Assessment:
    """Pro rata: is the newest figure at or beyond the required path?"""
    latest = whole[-1]
    if (case.as_of - latest.period.end).days > STALE_YEARS * DAYS:
        return case.refused(Reason.TOO_OLD, None, latest)
    path = required_path(case)
    if not path or path[0][0].end >= latest.period.end:
        return case.refused(Reason.TOO_FEW, None, latest)
    period, start = path[0]
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    here, share = _stretch(path, latest.period)
    (step_period, step), (_, to) = path[here - 1], path[here]
    required = step + (to - step) * share
    numbers: Numbers = {
        "value": latest.value, "target": wanted, "baseline": start, "base_period": period.text,
        "required": required, "share": share, "gap": latest.value - required,
    }  # fmt: skip
    if len(path) > 2:
        numbers |= {"step": step, "step_period": step_period.text, "to_level": to, "to_period": path[here][0].text}
    standing = _on_the_way(case, latest.value, start, wanted, required)
    side = Bound.AT_LEAST if wants_upward(case, start, wanted) > 0 else Bound.AT_MOST
    if _undecided(latest, side, standing):
        return case.refused(Reason.BOUND_UNDECIDED, None, latest, **numbers)
    used = [o for o in whole if o.period == period] + [latest]
    prefix = "steps" if len(path) > 2 else "pace"
    return case.judged(standing, f"{prefix}.{standing.name.lower()}", *used, **numbers)


def _on_the_way(case: Case, value: float, start: float, wanted: float, required: float) -> Standing:
    """Against the path; where the start is already at or beyond what is wanted, there is only to hold it."""
    upward = wants_upward(case, start, wanted)
    if (wanted - start) * upward > 0 and (required - start) * upward > 0:
        return path_standing(value, start, wanted, (required - start) / (wanted - start))[0]
    bound, away = (Bound.AT_LEAST if upward > 0 else Bound.AT_MOST), (value - start) * upward < 0
    return hold_standing(value, bound, required, 0, case.indicator.direction, settled=False, away=away)


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


def _weak_or_partial(case: Case, period: Period | None = None) -> Assessment:
    """Refuse for want of a year's figure; a part of the year shows the pace that the rest of it must hold."""
    year = period or case.due
    weak = figure_for(case, year, case.known)
    part = [o for o in case.solid if o.period.year == year.year and o.period.end <= year.end]
    if weak is not None or not part or case.is_over:
        return _weak(case, weak)
    return _rest_of_year(case, part[-1]) or case.refused(
        Reason.NOT_YET_DUE, "refused.not_yet_due_part", part[-1], value=part[-1].value
    )


def _rest_of_year(case: Case, part: Observation) -> Assessment | None:
    """The pace that the remaining months must hold, from a figure that runs from January; None where it has none.

    A sum: what is left, per month. A rate: as if every month weighed the same, which is our approximation. A
    stock has no pace of this kind, nor has a value of its own period only.
    """
    months = part.period.end.month
    yearly = case.target.form in (Form.YEARLY_VALUE, Form.RANGE) and case.value is not None
    if not yearly or case.indicator.accumulation is not Accumulation.YEAR_TO_DATE or months == 12:
        return None
    if case.kind is UnitKind.AMOUNT:
        return _with_rest(case, part, "sum", _rest_of_sum)
    return _with_rest(case, part, "rate", _rest_of_rate) if case.kind in (UnitKind.GROWTH, UnitKind.FALL) else None


def _with_rest(case: Case, part: Observation, rule: str, rest: Callable[[float, float, int], float]) -> Assessment:
    months, wanted = part.period.end.month, case.value or 0
    needed = rest(wanted, part.value, months)
    numbers: Numbers = {
        "value": part.value, "target": wanted, "months": months, "left": 12 - months, "needed_value": needed,
    }  # fmt: skip
    if rule == "sum" and needed <= 0:
        rule = "reached"  # what was promised for the whole year is there already
    elif case.high is not None:
        numbers |= {"high": case.high, "needed_high": rest(case.high, part.value, months)}
        rule += "_range"
    elif case.target.bound in (Bound.AT_MOST, Bound.BELOW):
        rule += "_most"
    return case.refused(Reason.NOT_YET_DUE, f"refused.not_yet_due_{rule}", part, **numbers)


def _rest_of_rate(wanted: float, so_far: float, months: int) -> float:
    """The mean rate of the remaining months, each month with the same weight."""
    return (12 * wanted - months * so_far) / (12 - months)


def _rest_of_sum(wanted: float, so_far: float, months: int) -> float:
    """What is left of a yearly sum for each remaining month."""
    return (wanted - so_far) / (12 - months)


def _in_year(case: Case, o: Observation) -> Assessment:
    assert case.value is not None
    return _compared(case, o, case.value) if case.high is None else _in_range(case, o, case.value, case.high)


def _in_range(case: Case, o: Observation, low: float, high: float) -> Assessment:
    """A range is its middle give or take half its width; beyond it on the better side is not missed."""
    middle, half, better = (low + high) / 2, (high - low) / 2, case.indicator.direction
    standing = hold_standing(o.value, Bound.ABOUT, middle, half, better, settled=True)
    where = "inside" if low <= o.value <= high else ("above" if o.value > high else "below")
    side = {Direction.HIGHER: Bound.AT_LEAST, Direction.LOWER: Bound.AT_MOST}.get(better, Bound.EXACTLY)
    if _undecided(o, side, standing):
        return case.refused(Reason.BOUND_UNDECIDED, None, o, value=o.value, target=low, high=high)
    return case.judged(standing, f"range.{where}", o, final=True, value=o.value, target=low, high=high)


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
    if (undecided := next((a for a in judged.values() if not a.is_judged), None)) is not None:
        return undecided
    if len(judged) == len(found):
        return case.judged(Standing.MET, "each.met", *used, final=True, **numbers)
    if case.is_over:
        return _weak_or_partial(case)
    if not judged:
        return _weak_or_partial(case, Period.of_year(case.target.span.from_))
    return case.judged(Standing.ON_TRACK, "each.so_far", *used, **numbers)


def _multiple(case: Case) -> Assessment:
    wanted = wanted_level(case)
    return case.refused(Reason.TOO_FEW) if wanted is None else _level_of(case, wanted, _pace)


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
    rates = unbroken_years(case, case.solid, range(first, last + 1))
    if not rates:
        return _weak_or_partial(case)
    if any(o.value <= -100 for o in rates.values()):
        return _not_compounded(case, rates.values())
    mean = ((1 + chained([o.value for o in rates.values()]) / 100) ** (1 / len(rates)) - 1) * 100
    return _average(case, tuple(rates.values()), mean, max(rates), first, last, wanted)


def _average_of_levels(case: Case, first: int, last: int, wanted: float) -> Assessment:
    base = figure_for(case, Period.of_year(first - 1), case.solid)
    later = [o for y in range(first, last + 1) if (o := figure_for(case, Period.of_year(y), case.solid))]
    if base is None or not later:
        return _weak_or_partial(case)
    latest = later[-1]
    if base.value <= 0 or latest.value <= 0:
        return _not_compounded(case, (base, latest))
    if breaks_between(case, base.period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    mean = ((latest.value / base.value) ** (1 / (latest.period.year - base.period.year)) - 1) * 100
    return _average(case, (base, latest), mean, latest.period.year, first, last, wanted)


def _average(
    case: Case, used: tuple[Observation, ...], mean: float, reached: int, first: int, last: int, wanted: float
) -> Assessment:
    bound, done, left = case.target.bound or Bound.AT_LEAST, reached - first + 1, last - reached
    standing = hold_standing(
        mean, bound, wanted, case.tolerance, case.indicator.direction, settled=not left, away=mean < 0 < wanted
    )
    numbers: Numbers = {"mean": mean, "target": wanted, "from": first, "to": reached, "gap": mean - wanted}
    if not left:
        return case.judged(standing, f"average.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, reached + 1) or case.refused(
            Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_average", *used, **numbers
        )
    needed = needed_rate(wanted, done + left, mean, done)
    numbers |= {"needed": needed, "last": last, "done": done, "left": left, "total": done + left}
    said = "on_track" if standing is Standing.ON_TRACK else "behind"
    return case.judged(standing, f"average.{said}", *used, **numbers)


def needed_rate(wanted: float, total: int, mean: float, done: int) -> float:
    """The yearly rate in per cent that the remaining years need for `wanted` a year over all `total` years.

    `mean` is the geometric mean of the `done` years so far; all rates in per cent, above -100.
    """
    rest = (1 + wanted / 100) ** total / (1 + mean / 100) ** done
    return float(rest ** (1 / (total - done)) - 1) * 100


def _not_compounded(case: Case, used: Iterable[Observation]) -> Assessment:
    """Nothing can be chained through zero or below it."""
    return case.refused(Reason.NO_RULE, "refused.no_rule_compound", *used)


def _cumulative(case: Case) -> Assessment:
    """The change since the base year: the official one, else chained from published yearly changes."""
    base = case.target.baseline
    assert base is not None and case.value is not None
    official = case.spans.get((Measure.CUMULATIVE_CHANGE, f"{base.period.year + 1}/{case.due.year}"))
    if official is not None:
        return _compared(case, official, case.value)
    if case.kind in (UnitKind.GROWTH, UnitKind.FALL):
        rates = unbroken_years(case, case.solid, range(base.period.year + 1, case.due.year + 1))
        if not rates:
            return _weak_or_partial(case)
        falls = case.kind is UnitKind.FALL
        if any((o.value >= 100 if falls else o.value <= -100) for o in rates.values()):
            return _not_compounded(case, rates.values())
        change = chained([o.value for o in rates.values()], falls=falls)
        return _change(case, tuple(rates.values()), change, max(rates), base.period.year, falls)
    if case.kind in (UnitKind.AMOUNT, UnitKind.INDEX):
        return _change_of_levels(case, base.period, base.value)
    return case.refused(Reason.NO_RULE)


def _change_of_levels(case: Case, period: Period, given: float | None) -> Assessment:
    start = figure_for(case, period, case.solid)
    level = given if given is not None else (start.value if start else None)
    later = [o for o in case.solid if is_whole(case, o) and period.end < o.period.end <= case.due.end]
    years = [o for o in later if o.period.closes_year]
    if level is None or not years:
        return _weak_or_partial(case)
    latest = years[-1]
    if level <= 0 or latest.value <= 0:
        return _not_compounded(case, (latest,))
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    falls = case.indicator.direction is Direction.LOWER
    change = (level - latest.value) / level * 100 if falls else (latest.value - level) / level * 100
    used = (start, latest) if start else (latest,)
    return _change(case, used, change, latest.period.year, period.year, falls)


def _change(
    case: Case, used: tuple[Observation, ...], change: float, reached: int, base: int, falls: bool
) -> Assessment:
    """A change in per cent since the base year; a fall counts as positive if `falls`."""
    wanted, bound, last = case.value or 0, case.target.bound or Bound.AT_LEAST, case.due.year
    numbers: Numbers = {"change": change, "target": wanted, "base": base, "to": reached, "gap": change - wanted}
    if reached == last:
        standing = hold_standing(change, bound, wanted, case.tolerance, Direction.HIGHER, settled=True)
        return case.judged(standing, f"change.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, reached + 1) or case.refused(
            Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_change", *used, **numbers
        )
    share = (reached - base) / (last - base)
    numbers |= {
        "required": wanted * share, "last": last, "left": last - reached, "share": share,
        "needed": needed_change(wanted, change, last - reached, falls),
    }  # fmt: skip
    if wanted > 0 and bound not in (Bound.AT_MOST, Bound.BELOW):
        standing, _ = path_standing(change, 0, wanted, share)
    else:
        away = change * wanted < 0
        standing = hold_standing(change, bound, wanted * share, 0, Direction.HIGHER, settled=False, away=away)
    said = "on_track" if standing is Standing.ON_TRACK else "behind"
    way = "beyond" if 0 < wanted <= change and said == "on_track" else ("fall" if falls else "rise")
    return case.judged(standing, f"change.{said}_{way}", *used, **numbers)


def needed_change(wanted: float, change: float, left: int, falls: bool) -> float:
    """The change in per cent that each of the `left` years needs to turn `change` into `wanted`.

    All in per cent of the level before; a fall counts as positive if `falls`, and `change` is below 100 then.
    """
    sign = -1 if falls else 1
    rest = (1 + sign * wanted / 100) / (1 + sign * change / 100)
    return sign * float(rest ** (1 / left) - 1) * 100


def _relative(case: Case) -> Assessment:
    """The mean difference, year by year, between two growth rates."""
    if case.kind is not UnitKind.GROWTH:
        return case.refused(Reason.NO_RULE)
    first = case.target.span.from_ if case.target.span else case.due.year
    years = range(first, case.due.year + 1)
    own = unbroken_years(case, case.solid, years)
    others = unbroken_years(case, [o for o in case.other if o.is_solid], years)
    both = [y for y in own if y in others]
    if not both:
        return _weak_or_partial(case)
    gaps = [own[y].value - others[y].value for y in both]
    mean = sum(gaps) / len(gaps)
    bound, settled = case.target.bound or Bound.ABOVE, both[-1] == case.due.year
    standing = hold_standing(mean, bound, 0, case.tolerance, Direction.HIGHER, settled=settled)
    numbers: Numbers = {
        "mean": mean, "from": both[0], "to": both[-1], "years": sum(g > 0 for g in gaps), "of": len(gaps),
    }  # fmt: skip
    used = tuple(own[y] for y in both) + tuple(others[y] for y in both)
    if settled:
        return case.judged(standing, f"relative.{standing.name.lower()}", *used, final=True, **numbers)
    if case.is_over:
        return _missing(case, both[-1] + 1) or case.refused(Reason.DUE_FIGURE_MISSING, None, *used)
    return case.judged(standing, f"relative.{standing.name.lower()}", *used, **numbers)


def _yes_no(case: Case) -> Assessment:
    """A thing that is done or not: a series of 1 (done) and 0 (not done). A 0 after the due period says missed."""
    by_then = [o for o in case.solid if o.period.end <= case.due.end]
    not_even_later = [o for o in case.solid if o.period.end > case.due.end and o.value < DONE]
    if by_then and by_then[-1].value >= DONE:
        return _settled_yes_no(case, by_then[-1])
    if by_then and by_then[-1].period.end == case.due.end:
        return _settled_yes_no(case, by_then[-1])
    if not_even_later:
        return _settled_yes_no(case, not_even_later[0])
    weak = figure_for(case, case.due, case.known) or (case.known[-1] if case.known and not case.solid else None)
    if weak is not None or not by_then:
        return _weak(case, weak)
    missing = Reason.DUE_FIGURE_MISSING if case.is_over else Reason.NOT_YET_DUE
    return case.refused(missing, f"refused.{missing.name.lower()}_not_done", by_then[-1])


def _settled_yes_no(case: Case, o: Observation) -> Assessment:
    if breaks_between(case, case.target.adopted, o.period):
        return case.refused(Reason.NOT_COMPARABLE, None, o)
    standing = hold_standing(o.value, Bound.AT_LEAST, DONE, 0, Direction.HIGHER, settled=True)
    final = standing is Standing.MISSED or case.is_over
    rule = "early" if o.period.end < case.due.end else standing.name.lower()
    return case.judged(standing, f"done.{rule}", o, final=final, value=o.value)


def _only_shown(case: Case) -> Assessment:
    """ "Keep stable" without a number: the figures, and no verdict."""
    whole = whole_figures(case)
    base = baseline(case, whole)
    if not whole or base is None or base[0].end >= whole[-1].period.end:
        return case.refused(Reason.NO_NUMBER)
    (period, start), latest = base, whole[-1]
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NO_NUMBER, "refused.no_number_stable_break", latest)
    numbers: Numbers = {"value": latest.value, "baseline": start, "base_period": period.text}
    return case.refused(Reason.NO_NUMBER, "refused.no_number_stable", latest, **numbers)


def _stable(case: Case) -> Assessment:
    """Kept where it was, give or take the tolerance that the target writes down: settled by the due figure."""
    whole = whole_figures(case)
    base = baseline(case, whole)
    if not whole or base is None or base[0].end >= whole[-1].period.end:
        return _weak_or_few(case)
    (period, start), latest = base, whole[-1]
    if breaks_between(case, period, latest.period):
        return case.refused(Reason.NOT_COMPARABLE, None, latest)
    if latest.bound not in (None, Bound.ABOUT):
        return case.refused(Reason.BOUND_UNDECIDED, "refused.bound_undecided_stable", latest)
    settled = figure_for(case, case.due, whole) is not None
    if not settled and (refusal := _no_longer_running(case, latest)) is not None:
        return refusal
    moved = round(latest.value - start, 9)
    standing = hold_standing(abs(moved), Bound.AT_MOST, case.tolerance, 0, Direction.LOWER, settled=settled, away=True)
    numbers: Numbers = {
        "value": latest.value, "baseline": start, "base_period": period.text, "moved": moved,
        "tolerance": case.tolerance,
    }  # fmt: skip
    used = [o for o in whole if o.period == period] + [latest]
    return case.judged(standing, f"stable.{standing.name.lower()}", *used, final=settled, **numbers)


def _weak_or_few(case: Case) -> Assessment:
    weak = figure_for(case, case.due, case.known)
    if weak is not None and not weak.is_solid:
        return _weak(case, weak)
    return case.refused(Reason.DUE_FIGURE_MISSING if case.is_over else Reason.TOO_FEW)


def _no_longer_running(case: Case, latest: Observation) -> Assessment | None:
    """Refuse what has come due without its figure, or runs on an old one."""
    if case.is_over:
        weak = figure_for(case, case.due, case.known)
        return (
            _weak(case, weak)
            if weak
            else case.refused(Reason.DUE_FIGURE_MISSING, "refused.due_figure_missing_named", latest)
        )
    if (case.as_of - latest.period.end).days > STALE_YEARS * DAYS:
        return case.refused(Reason.TOO_OLD, None, latest)
    return None


def _direction(case: Case) -> Assessment:
    """Only a way is named: the mean change of five years and the last one (destatis-2022), and never "met".

    A series of yearly rates is itself the changes. Both the wanted way: on track; one of them: behind; none:
    moving away. The last figure must be of a time after the baseline, or it says nothing of the promise.
    """
    years = _last_years(case)
    base = baseline(case, whole_figures(case))
    if not years or base is None or base[0].end >= years[-1].period.end:
        return case.refused(Reason.TOO_FEW, "refused.too_few_since", *years[-1:])
    latest = years[-1]
    if case.is_over:
        return case.refused(Reason.NO_NUMBER, "refused.no_number_over", latest)
    if (case.as_of - latest.period.end).days > STALE_YEARS * DAYS:
        return case.refused(Reason.TOO_OLD, None, latest)
    joined = [o for o in years if not breaks_between(case, o.period, latest.period)]
    changes = _mean_and_last(case, joined)
    if changes is None:
        is_broken = _mean_and_last(case, years) is not None
        return case.refused(Reason.NOT_COMPARABLE if is_broken else Reason.TOO_FEW, None, latest)
    mean, last = changes
    way = 1 if case.indicator.direction is Direction.HIGHER else -1
    worse, better = sorted((mean * way, last * way))
    away = worse < 0 and better <= 0
    standing = hold_standing(worse, Bound.ABOVE, 0, 0, Direction.HIGHER, settled=False, away=away)
    rule = standing.name.lower()
    if standing is Standing.BEHIND:
        rule += "_flat" if better <= 0 else ("_mean" if last * way > 0 else "_last")
    numbers: Numbers = {
        "value": latest.value, "yearly_change": mean, "last_change": last, "from": joined[0].period.year,
        "to": latest.period.year,
    }  # fmt: skip
    return case.judged(standing, f"direction.{rule}", *joined, **numbers)


def _last_years(case: Case) -> list[Observation]:
    """The yearly figures that the mean change of the last years is taken from, oldest first."""
    found = {o.period.year: o for o in whole_figures(case) if o.period.closes_year}
    points = TREND_YEARS if case.kind in (UnitKind.GROWTH, UnitKind.FALL) else TREND_YEARS + 1
    return [found[year] for year in sorted(found) if year > max(found) - points]


def _mean_and_last(case: Case, years: Sequence[Observation]) -> tuple[float, float] | None:
    """Mean and last yearly change, in the indicator's unit; None where too few points tell them.

    A missing year inside is not bridged: the mean is from the first to the last point, over all the years.
    """
    if len(years) < LEAST_POINTS:
        return None
    if case.kind in (UnitKind.GROWTH, UnitKind.FALL):
        return sum(o.value for o in years) / len(years), years[-1].value
    first, before, last = years[0], years[-2], years[-1]
    if before.period.year != last.period.year - 1:
        return None
    return (last.value - first.value) / (last.period.year - first.period.year), round(last.value - before.value, 9)


RULES: Mapping[Form, Callable[[Case], Assessment]] = {
    Form.LEVEL: _level,
    Form.COVERAGE: _level,
    Form.RANK: _rank,
    Form.CUMULATIVE_CHANGE: _cumulative,
    Form.AVERAGE_GROWTH: _average_growth,
    Form.YEARLY_VALUE: _yearly,
    Form.RANGE: _yearly,
    Form.MULTIPLE: _multiple,
    Form.RELATIVE: _relative,
    Form.YES_NO: _yes_no,
    Form.STABLE: _stable,
    Form.DIRECTION: _direction,
}
