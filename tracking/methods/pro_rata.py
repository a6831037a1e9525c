"""pro-rata: our own rule, and the default. Part of the way against part of the time, in a straight line.

Publisher: this project. Edition: 2026. Our reading: ours.
Link: docs/methods.md
Formula: required = v0 + (V - v0) (t - t0) / (T - t0); R = (v - v0) / (required - v0).
Units: values in the series' unit (an average growth in per cent a year), times in years, R a ratio; no score.
A level may end at 0, and values may have either sign. A figure of the target's own period settles it: met or
missed. A level, rank or yes that is reached before is met early. Ranks, yes or no, yearly values and ranges have no
path: only the figure of their period decides. An average growth is held against the one promised so far, a
difference to another series against 0, a threshold for each period against every figure, "stable" against its
tolerance. Where milestones lie on the way, `path` is the level that they ask for now, and stands for `required`.
"""

from tracking.methods.frame import Case, Column, Frame, cagr
from tracking.methods.method import Kind, Method, Read, Why, first_needs, judged
from tracking.model import Standing

PATH = (Kind.LEVEL.value, Kind.COVERAGE.value, Kind.MULTIPLE.value, Kind.CUMULATIVE_CHANGE.value)
AT_ONCE = (Kind.RANK.value, Kind.YES_NO.value)  # reached or not: there is no way in between
IN_PERIOD = (Kind.YEARLY_VALUE.value, Kind.RANGE.value)
NUMBERED = (*PATH, *IN_PERIOD, Kind.RANK.value, Kind.EACH_PERIOD.value)
SAME = 1e-9  # what differs only by binary fractions is equal


def rule(x: Frame) -> Frame:
    """Met or missed by the figure of the period; until then on track, behind or moving away."""
    x = x.let(
        is_due=x.first((x.t >= x.due, True), otherwise=False),
        slack=x.first((x.unknown(x.tolerance), 0.0), otherwise=x.tolerance),
        growth=x.first((x.kind == Kind.AVERAGE_GROWTH.value, _mean_growth(x))),
    )
    x = x.let(reached=x.first((_holds(x), True), otherwise=False))
    x = x.let(reason=x.first(*first_needs(x), *_lacks(x), *_comes_too_soon(x)))
    x = x.let(share=x.first((x.among(x.kind, PATH), judged(x, x.first((x.due > x.t0, _part_of_time(x)))))))
    x = x.let(required=x.first((x.unknown(x.path), x.v0 + (x.target - x.v0) * x.share), otherwise=x.path))
    x = x.let(ratio=judged(x, _ratio(x)), score=None)
    return x.let(outcome=judged(x, _outcome(x)))


def _mean_growth(x: Frame) -> Column:
    """The geometric mean growth since the baseline, in per cent a year."""
    computes = x.first((x.t <= x.t0, False), (x.v0 <= 0, False), (x.v <= 0, False), (x.t > x.t0, True), otherwise=False)
    return x.first((computes, 100 * cagr(x.v, x.v0, x.t - x.t0)))


def _part_of_time(x: Frame) -> Column:
    return (x.t - x.t0) / (x.due - x.t0)


def _holds(x: Frame) -> Column:
    """Whether the latest figures keep what the target asks for."""
    inside = x.first((x.v < x.target - x.slack, False), (x.v > x.high + x.slack, False), (x.high > x.target, True))
    return x.first(
        (x.kind == Kind.RANGE.value, inside),
        (x.kind == Kind.AVERAGE_GROWTH.value, x.d * x.growth >= x.d * x.wanted - x.slack),
        (x.kind == Kind.EACH_PERIOD.value, x.kept == x.seen),
        (x.kind == Kind.RELATIVE.value, x.d * x.mean > 0),
        (x.kind == Kind.STABLE.value, x.size(x.v - x.v0) <= x.tolerance),
        (x.kind == Kind.YES_NO.value, x.v >= 1),
        otherwise=x.d * x.v >= x.d * x.target - x.slack,
    )


def _lacks(x: Frame) -> tuple[Case, ...]:
    """What the kind of target cannot do without."""
    from_baseline = (Kind.AVERAGE_GROWTH.value, Kind.STABLE.value)
    return (
        (x.kind == Kind.DIRECTION.value, Why.NO_TARGET.value),
        (x.unknown(x.due), Why.NO_TARGET_PERIOD.value),
        (x.among(x.kind, NUMBERED) & x.unknown(x.target) & x.unknown(x.wanted), Why.NO_TARGET.value),
        (x.among(x.kind, NUMBERED) & x.unknown(x.target), Why.NO_BASELINE.value),
        ((x.kind == Kind.AVERAGE_GROWTH.value) & x.unknown(x.wanted), Why.NO_TARGET.value),
        ((x.kind == Kind.RANGE.value) & x.unknown(x.high), Why.NO_TARGET.value),
        ((x.kind == Kind.RELATIVE.value) & x.unknown(x.mean), Why.NO_OTHER.value),
        ((x.kind == Kind.STABLE.value) & x.unknown(x.tolerance), Why.NO_TOLERANCE.value),
        (x.among(x.kind, from_baseline) & x.unknown(x.v0), Why.NO_BASELINE.value),
        ((x.kind == Kind.AVERAGE_GROWTH.value) & (x.t <= x.t0), Why.TOO_FEW_POINTS.value),
        ((x.kind == Kind.AVERAGE_GROWTH.value) & x.unknown(x.growth), Why.SIGN_CHANGE.value),
        ((x.kind == Kind.EACH_PERIOD.value) & (x.seen < 1), Why.TOO_FEW_POINTS.value),
    )


def _comes_too_soon(x: Frame) -> tuple[Case, ...]:
    """Where nothing is settled, and nothing can be said yet or any more."""
    return (
        (x.is_due, None),
        ((x.kind == Kind.EACH_PERIOD.value) & (x.kept < x.seen), None),
        (x.among(x.kind, (*PATH, *AT_ONCE)) & x.reached, None),
        (x.is_over, Why.DUE_FIGURE_MISSING.value),
        (x.among(x.kind, (*AT_ONCE, *IN_PERIOD)), Why.NOT_YET_DUE.value),
        (x.among(x.kind, PATH) & x.unknown(x.v0), Why.NO_BASELINE.value),
        (x.among(x.kind, PATH) & (x.due <= x.t0), Why.BASELINE_AFTER_TARGET.value),
        (x.among(x.kind, PATH) & (x.t <= x.t0), Why.TOO_FEW_POINTS.value),
    )


def _ratio(x: Frame) -> Column:
    """The part of the straight path that was gone; for other kinds what stands in its place."""
    way = x.required - x.v0
    return x.first(
        # A baseline beyond the target leaves no path: what is short of the target now has moved away from it.
        (x.among(x.kind, PATH) & (x.d * way > 0), (x.v - x.v0) / way),
        ((x.kind == Kind.AVERAGE_GROWTH.value) & (x.wanted != 0), x.growth / x.wanted),
        (x.kind == Kind.EACH_PERIOD.value, x.kept / x.seen),
        (x.kind == Kind.RELATIVE.value, x.mean),
        ((x.kind == Kind.STABLE.value) & (x.tolerance > 0), x.size(x.v - x.v0) / x.tolerance),
    )


def _outcome(x: Frame) -> Column:
    at_once = x.among(x.kind, (*PATH, *AT_ONCE))
    return x.first(
        (x.reached & (x.is_due | at_once), "met"),
        (x.is_due | (x.kind == Kind.EACH_PERIOD.value) & (x.kept < x.seen), "missed"),
        (x.reached, "on_track"),
        (x.kind == Kind.RELATIVE.value, "behind"),
        (x.kind == Kind.STABLE.value, "moving_away"),
        # A growth to stay below: more of it is no progress.
        ((x.kind == Kind.AVERAGE_GROWTH.value) & (x.d * x.wanted <= 0), "behind"),
        (x.ratio >= 1 - SAME, "on_track"),
        (x.ratio >= 0, "behind"),
        otherwise="moving_away",
    )


METHOD = Method(
    name="pro-rata",
    edition=2026,
    link="docs/methods.md",
    read=Read.OURS,
    formula="required = v0 + (V − v0)·(t − t0) / (T − t0);  R = (v − v0) / (required − v0)",
    symbol="R",
    rule=rule,
    steps=("share", "required", "growth"),
    standings={
        "met": Standing.MET,
        "missed": Standing.MISSED,
        "on_track": Standing.ON_TRACK,
        "behind": Standing.BEHIND,
        "moving_away": Standing.MOVING_AWAY,
    },
    thresholds=(1.0, 0.0),
)
