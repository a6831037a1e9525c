"""Where a series is heading: the years up to a target's period with bands, and the chance of meeting the target.

A short method of ours, made for five to fifteen yearly figures, of which one may be odd:

1. Scale. Amounts, indices and shares that stay above their lower limit are projected on the logarithm of the
   distance to it; those with two limits on the log of the odds between them; anything else as it is.
2. Level: a random walk with a drift that fades. The drift is the weighted median of the yearly changes (weights
   halve every RECENT years; a gap counts by the years it spans), times SHRINK, and each further year adds FADE
   times what the year before added. The spread is the weighted mean distance of the changes from the drift; a
   distance of more than CAP times the median one counts as CAP times, so that one odd figure among many does
   not decide it.
3. Growth rates: the yearly rate itself, which returns from the last rate to the weighted median of all rates,
   keeping RETURN of the distance each year. The level behind the rate is not projected.
4. Bands: quantiles of Student's t with three degrees of freedom (yearly figures jump more often than a normal
   law has it), times a spread that widens with the horizon h and with how few figures there are:
   level  LEVEL * sqrt(spread^2 (h + h^2/m) + (DRIFT_DOUBT * drift * h)^2), m being the number of changes;
   rates  RATES * spread * sqrt(1 + WIDEN (h - 1)).

The constants were fitted to half of the series of the back-test (tracking/backtest.py) and rounded; how they do
on the other half is in docs/backtest.md. The newest figure is taken at its word; an odd one moves the whole projection.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from tracking.assessment import DAYS, STALE_YEARS
from tracking.case import Case, adopted_targets, baseline, breaks_between, case_of, figure_for
from tracking.catalogue import Catalogue
from tracking.cross_checks import NUMBERLESS
from tracking.model import (
    Accumulation,
    Bound,
    Check,
    Direction,
    Form,
    Indicator,
    Nature,
    Observation,
    Reason,
    Status,
    Target,
    UnitKind,
)
from tracking.period import Length

LEAST_POINTS = 5
MOST_POINTS = 15  # older figures say little of the years ahead
FARTHEST = 10  # years ahead; further was never tested
RECENT = 4.0  # years in which the weight of a figure halves
SHRINK, FADE, CAP, DRIFT_DOUBT = 0.8, 0.95, 4.0, 0.5
RETURN, WIDEN = 0.5, 0.1
LEVEL, RATES = 0.92, 1.25
FLOOR = 0.004  # least spread: 0.4 % of the level (of the odds, between two limits), so that no band is a line
BANDS = {50: 0.764892, 80: 1.637744, 95: 3.182446}  # two-sided quantiles of Student's t, 3 degrees of freedom

_MIRRORED = {
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.ABOVE: Bound.BELOW,
    Bound.AT_MOST: Bound.AT_LEAST,
    Bound.BELOW: Bound.ABOVE,
}

Point = tuple[float, float]  # year, value
Range = tuple[float, float]  # low, high


class Scale(StrEnum):
    """On what the projection walks."""

    LOG = "log"
    ODDS = "odds"
    PLAIN = "plain"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Step:
    """One future year: the median, and the band that holds the figure with 50, 80 and 95 % probability.

    `centre` and `spread` are the same on the projection's scale.
    """

    year: float
    median: float
    bands: dict[int, Range]
    centre: float
    spread: float


@dataclass(frozen=True, slots=True)
class Projection:
    """The years ahead, in the unit of the figures. `points` are the figures used, oldest first.

    `is_flat` says that the figures hardly moved, so that the bands are the narrowest we give.
    """

    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    scale: Scale
    is_flat: bool
    floor: float | None = None
    ceiling: float | None = None

    @property
    def n(self) -> int:
        return len(self.points)

    @property
    def last(self) -> Step:
        """The year projected to."""
        return self.steps[-1]

    @property
    def has_gaps(self) -> bool:
        return any(b[0] - a[0] > 1 for a, b in pairwise(self.points))

    @property
    def method(self) -> str:
        """The key of the sentence that describes the method, in tracking/words."""
        return f"projection.method.{self.scale.value}"


def project(
    points: Sequence[Point],
    until: float,
    *,
    growth_rates: bool,
    floor: float | None = None,
    ceiling: float | None = None,
) -> Projection:
    """Project yearly figures (year, value) to each year up to `until`.

    `growth_rates`: the figures are yearly rates in per cent. `floor` and `ceiling` are the limits that the
    quantity cannot pass, in its unit. ValueError with what is wrong for fewer than LEAST_POINTS figures, years
    that do not rise, numbers that are none, limits that the figures pass, or a year that is not ahead.
    """
    used = tuple(points)[-MOST_POINTS:]
    _refuse_nonsense(used, until, floor, ceiling)
    scale = Scale.RATE if growth_rates else _scale_of(used, floor, ceiling)
    years = [year for year, _ in used]
    walked = [_onto(value, scale, floor, ceiling) for _, value in used]
    least = FLOOR if scale in (Scale.LOG, Scale.ODDS) else FLOOR * (max(abs(v) for v in walked) or 1.0)
    ahead = range(1, math.floor(until - years[-1]) + 1)
    paths, spread = (_rate_path if growth_rates else _level_path)(years, walked, least, ahead)
    steps = tuple(
        _step(years[-1] + h, centre, wide, scale, floor, ceiling)
        for h, (centre, wide) in zip(ahead, paths, strict=True)
    )
    return Projection(used, steps, scale, spread <= least, floor, ceiling)


def chance(
    projection: Projection,
    wanted: float,
    bound: Bound,
    *,
    tolerance: float = 0.0,
    direction: Direction = Direction.MAINTAIN,
) -> float:
    """The probability, 0 to 1, that the figure of the last projected year keeps the bound.

    "About" holds within the tolerance, and beyond it on the better side. ValueError for "exactly", which a
    continuous quantity never is.
    """
    match bound:
        case Bound.AT_LEAST | Bound.ABOVE:
            return _above(projection, wanted)
        case Bound.AT_MOST | Bound.BELOW:
            return 1 - _above(projection, wanted)
        case Bound.ABOUT:
            return chance_between(projection, wanted - tolerance, wanted + tolerance, direction)
    raise ValueError(f"no chance can be given for a target that is {bound.value} {wanted}")


def chance_between(projection: Projection, low: float, high: float, direction: Direction) -> float:
    """The probability that the last projected figure lies in the range, or beyond it on the better side."""
    over_low, over_high = _above(projection, low), _above(projection, high)
    return {Direction.HIGHER: over_low, Direction.LOWER: 1 - over_high}.get(direction, over_low - over_high)


def _refuse_nonsense(points: Sequence[Point], until: float, floor: float | None, ceiling: float | None) -> None:
    if len(points) < LEAST_POINTS:
        raise ValueError(f"{len(points)} yearly figures; a projection needs at least {LEAST_POINTS}")
    years = [year for year, _ in points]
    if any(not math.isfinite(x) for point in points for x in point):
        raise ValueError("a year or a figure is not a finite number")
    if any(b <= a for a, b in pairwise(years)):
        raise ValueError("the years must rise, each once")
    if not 1 <= until - years[-1] <= FARTHEST:
        raise ValueError(f"{until:g} is not 1 to {FARTHEST} years after the last figure, of {years[-1]:g}")
    low, high = _limits(floor, ceiling)
    if outside := [value for _, value in points if not low <= value <= high]:
        raise ValueError(f"{outside[0]:g} lies outside the natural limits, {low:g} to {high:g}")


def _limits(floor: float | None, ceiling: float | None) -> Range:
    return -math.inf if floor is None else floor, math.inf if ceiling is None else ceiling


def _scale_of(points: Sequence[Point], floor: float | None, ceiling: float | None) -> Scale:
    """Two limits that no figure touches: odds; figures above their lower limit (0 if none is given): log."""
    low, high = _limits(floor, ceiling)
    values = [value for _, value in points]
    if floor is not None and ceiling is not None:
        return Scale.ODDS if all(low < v < high for v in values) else Scale.PLAIN
    if ceiling is None and all(v > (floor or 0.0) for v in values):
        return Scale.LOG
    return Scale.PLAIN


def _onto(value: float, scale: Scale, floor: float | None, ceiling: float | None) -> float:
    """A figure on the scale; infinite at and beyond a limit."""
    low, high = _limits(floor, ceiling)
    if scale is Scale.LOG:
        base = floor or 0.0
        return math.log(value - base) if value > base else -math.inf
    if scale is Scale.ODDS:
        return -math.inf if value <= low else math.inf if value >= high else math.log((value - low) / (high - value))
    return value


def _back(walked: float, scale: Scale, floor: float | None, ceiling: float | None) -> float:
    """The figure that a number on the scale stands for, held within the limits."""
    low, high = _limits(floor, ceiling)
    if scale is Scale.LOG:
        return (floor or 0.0) + math.exp(min(walked, 700.0))
    if scale is Scale.ODDS:
        return low + (high - low) / (1 + math.exp(-max(min(walked, 700.0), -700.0)))
    return min(max(walked, low), high)


def _weights(years: Sequence[float]) -> list[float]:
    return [0.5 ** ((years[-1] - year) / RECENT) for year in years]


def _median(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted median: where half of the weight lies below, straight between neighbours."""
    pairs = sorted(zip(values, weights, strict=True))
    half, below = sum(weights) / 2, 0.0
    value = before = pairs[0][0]
    at = 0.0
    for value, weight in pairs:
        middle = below + weight / 2
        if middle >= half:
            share = (half - at) / (middle - at) if at else 1.0
            return before + (value - before) * share
        before, at, below = value, middle, below + weight
    return value


def _spread(distances: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean distance, no single one counting for more than CAP times the median one."""
    most = CAP * _median(distances, weights)
    return sum(w * min(d, most) for d, w in zip(distances, weights, strict=True)) / sum(weights)


def _level_path(
    years: Sequence[float], walked: Sequence[float], least: float, ahead: range
) -> tuple[list[Range], float]:
    """Centre and spread for each year ahead, and the yearly spread they rest on."""
    elapsed = [b - a for a, b in pairwise(years)]
    rates = [(b - a) / t for (a, b), t in zip(pairwise(walked), elapsed, strict=True)]
    weights, m = _weights(years[1:]), len(rates)
    drift = SHRINK * _median(rates, [w * t for w, t in zip(weights, elapsed, strict=True)])
    distances = [abs(r - drift) * math.sqrt(t) for r, t in zip(rates, elapsed, strict=True)]
    spread = max(least, (1 + 1 / m) * _spread(distances, weights))
    paths = []
    for h in ahead:
        faded = drift * sum(FADE**k for k in range(1, h + 1))
        wide = LEVEL * math.hypot(spread * math.sqrt(h + h * h / m), DRIFT_DOUBT * drift * h)
        paths.append((walked[-1] + faded, wide))
    return paths, spread


def _rate_path(
    years: Sequence[float], walked: Sequence[float], least: float, ahead: range
) -> tuple[list[Range], float]:
    """The same for growth rates, which return to their usual level."""
    weights = _weights(years)
    usual = _median(walked, weights)
    spread = max(least, (1 + 2 / len(walked)) * _spread([abs(v - usual) for v in walked], weights))
    return [
        (usual + RETURN**h * (walked[-1] - usual), RATES * spread * math.sqrt(1 + WIDEN * (h - 1))) for h in ahead
    ], spread


def _step(year: float, centre: float, spread: float, scale: Scale, floor: float | None, ceiling: float | None) -> Step:
    def figure(walked: float) -> float:
        return _back(walked, scale, floor, ceiling)

    bands = {share: (figure(centre - q * spread), figure(centre + q * spread)) for share, q in BANDS.items()}
    return Step(year, figure(centre), bands, centre, spread)


def _above(projection: Projection, wanted: float) -> float:
    """The probability of the last projected figure lying at or above a value."""
    low, high = _limits(projection.floor, projection.ceiling)
    if wanted <= low:
        return 1.0
    if wanted > high:
        return 0.0
    step = projection.last
    at = _onto(wanted, projection.scale, projection.floor, projection.ceiling)
    return 1 - _student((at - step.centre) / step.spread)


def _student(t: float) -> float:
    """The distribution function of Student's t with three degrees of freedom."""
    if math.isinf(t):
        return float(t > 0)
    x = t / math.sqrt(3)
    # rounding can carry it past 0 or 1 far out
    return min(1.0, max(0.0, 0.5 + (x / (1 + x * x) + math.atan(x)) / math.pi))


# ---- which figures of a catalogue are projected, and to which target


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is projected. `rule` is the key of the sentence in tracking/words, `numbers` what it shows.

    No reason: nothing is missing, but the target's own figure is out.
    """

    reason: Reason | None
    rule: str
    numbers: Mapping[str, int | str] = field(default_factory=dict)


def projection_for(catalogue: Catalogue, indicator_id: str, target: Target, as_of: date) -> Projection | Refusal:
    """Project an indicator to the period of one of its targets, from what was public on that day."""
    case = case_of(catalogue, indicator_id, target, as_of)
    if (refusal := _unfit(case)) is not None:
        return refusal
    known = year_figures(case.indicator, case.known)
    figures = since_break(case.indicator, known)
    if (refusal := _too_little(case, known, figures)) is not None:
        return refusal
    limits = case.indicator.natural_limits
    projection = project(
        [(o.period.year, o.value) for o in figures],
        case.due.year,
        growth_rates=is_rate(case.kind),
        floor=limits.low,
        ceiling=limits.high,
    )
    if projection.scale is Scale.ODDS and set(wanted_values(case) or ()) & {limits.low, limits.high}:
        return _refused(Reason.NO_RULE, "at_limit")
    return projection


def chance_for(
    catalogue: Catalogue, indicator_id: str, target: Target, as_of: date, projection: Projection
) -> float | None:
    """The chance of meeting the target by that projection of its indicator; None where none can be given."""
    case = case_of(catalogue, indicator_id, target, as_of)
    wanted, (bound, tolerance) = wanted_values(case), _promise(case)
    if wanted is None or bound is Bound.EXACTLY:
        return None
    if len(wanted) == 2:
        return chance_between(projection, *wanted, case.indicator.direction)
    return chance(
        projection, wanted[0], bound, tolerance=tolerance, direction=case.indicator.direction
    )  # fmt: skip


def is_rate(kind: UnitKind) -> bool:
    return kind in (UnitKind.GROWTH, UnitKind.FALL)


def year_figures(indicator: Indicator, known: Sequence[Observation]) -> tuple[Observation, ...]:
    """The solid figures of whole years, one a year; a stock's or a running total's December is the year's.

    A published bound (more than 95 %) is no figure to project from. Months and quarters are left out.
    """
    found: dict[int, Observation] = {}
    for o in known:
        december = indicator.accumulation is not Accumulation.PERIOD and o.period.closes_year
        fits = o.period.is_year or (december and o.period.length is not Length.SPAN)
        if fits and o.is_solid and o.bound in (None, Bound.ABOUT) and not (o.period.year in found and december):
            found[o.period.year] = o
    return tuple(found[year] for year in sorted(found))


def since_break(indicator: Indicator, figures: Sequence[Observation]) -> tuple[Observation, ...]:
    """The figures that compare with the newest one: those after the last break."""
    if not figures:
        return ()
    first, last = figures[0].period, figures[-1].period
    starts = [b.period.start for b in indicator.breaks if b.period.start <= last.end and b.period.end > first.end]
    starts += [o.period.start for o in figures if o.status is Status.BREAK]
    return tuple(o for o in figures if o.period.end >= max(starts, default=o.period.end))


def wanted_values(case: Case) -> tuple[float, ...] | None:
    """The level that the target asks for in its period, or the two ends of a range, in the indicator's unit."""
    form = case.target.form
    if form in (Form.MULTIPLE, Form.CUMULATIVE_CHANGE):
        base = baseline(case, case.solid)
        factor = case.target.times if form is Form.MULTIPLE else _factor(case)
        return None if base is None or factor is None else (factor * base[1],)
    if case.value is None:
        return None
    return (case.value,) if case.high is None else (case.value, case.high)


def _factor(case: Case) -> float:
    """What a change in per cent since the base year multiplies the base with."""
    sign = -1 if case.indicator.direction is Direction.LOWER else 1
    return 1 + sign * (case.target.value or 0.0) / 100


def _promise(case: Case) -> tuple[Bound, float]:
    """The bound and the tolerance of the level asked for; a fall of at least so much is a level of at most."""
    bound, tolerance = case.target.bound or Bound.AT_LEAST, case.target.tolerance or 0.0
    if case.target.form is not Form.CUMULATIVE_CHANGE:
        return bound, tolerance
    base = baseline(case, case.solid)
    share = abs(base[1]) / 100 if base else 0.0  # the tolerance of a change is in per cent of the base
    return (_MIRRORED.get(bound, bound) if case.indicator.direction is Direction.LOWER else bound), tolerance * share


def _refused(reason: Reason | None, rule: str, **numbers: int | str) -> Refusal:
    return Refusal(reason, f"projection.refused.{rule}", numbers)


def _unfit(case: Case) -> Refusal | None:
    """Targets that name no level of a single year, or that nothing is judged by."""
    target, several = case.target, case.target.span is not None
    if target.form in NUMBERLESS:
        return _refused(Reason.NO_NUMBER, "no_number")
    if target.nature is Nature.FORECAST:
        return _refused(Reason.FORECAST, "forecast")
    if any(t.supersedes == target.key for t in adopted_targets(case.indicator, case.as_of)):
        return _refused(Reason.SUPERSEDED, "superseded")
    if target.check is Check.RECALLED:
        return _refused(Reason.TARGET_UNCHECKED, "target_unchecked")
    if figure_for(case, case.due, case.known) is not None:
        return _refused(None, "published")
    averages = target.form in (Form.AVERAGE_GROWTH, Form.RELATIVE) or several
    if averages or (target.form is Form.CUMULATIVE_CHANGE and is_rate(case.kind)):
        return _refused(Reason.NO_RULE, "several_years")
    if case.kind in (UnitKind.RANK, UnitKind.WORDS) or not case.due.closes_year:
        return _refused(Reason.NO_RULE, "no_rule")
    if wanted_values(case) is None:
        return _refused(Reason.TOO_FEW, "no_base")
    return None


def _too_little(case: Case, known: Sequence[Observation], figures: Sequence[Observation]) -> Refusal | None:
    """Too few, too old, or cut off from the target's period by a break."""
    if len(figures) < LEAST_POINTS:
        if len(known) >= LEAST_POINTS:
            return _refused(Reason.NOT_COMPARABLE, "after_break", n=len(figures), least=LEAST_POINTS)
        return _refused(Reason.TOO_FEW, "too_few", n=len(figures), least=LEAST_POINTS)
    newest = figures[-1].period
    if newest.year >= case.due.year:
        return _refused(None, "published")
    if breaks_between(case, newest, case.due):
        return _refused(Reason.NOT_COMPARABLE, "break_ahead", year=newest.year)
    if (case.as_of - newest.end).days > STALE_YEARS * DAYS:
        return _refused(Reason.TOO_OLD, "too_old", year=newest.year)
    if case.due.year - newest.year > FARTHEST:
        return _refused(Reason.NO_RULE, "too_far", most=FARTHEST)
    return None
