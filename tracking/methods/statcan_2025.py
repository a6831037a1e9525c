"""statcan-2025: the progress measure of Statistics Canada's SDG data hub, as Open SDG carries it since 2.4.

Publisher: Statistics Canada. Edition: 2025. Our reading: official (the method and the code of Open SDG).
Link: https://github.com/open-sdg/sdg-build/blob/master/sdg/ProgressMeasure.py
Formula: R = s d CAGR(v, v0, t - t0) / |CAGR(V, v0, T - t0)|; without a target g = s d CAGR(v, v0, t - t0).
Units: values in the series' unit, times in years, R a ratio, g a share a year (0.01 is 1 %), score from -5 to 5.
Does not apply to growth rates, across a change of sign, or within a year of the baseline.
A target or baseline of 0 is replaced by 0.001, because a compound rate cannot end at 0.
"""

from tracking.methods.frame import Column, Frame, cagr
from tracking.methods.method import (
    GROWTH_KINDS,
    Method,
    Read,
    Why,
    asks_for_growth,
    first_needs,
    growth_needs,
    judged,
)
from tracking.model import Standing

NEARLY_ZERO = 0.001
CURVE = 4.44  # how fast the thresholds fall towards a natural limit


def rule(x: Frame) -> Frame:
    """R and its class where there is a level to reach, else g and its class."""
    x = x.let(
        is_direction=asks_for_growth(x),
        base=x.first((x.v0 == 0, NEARLY_ZERO), otherwise=x.v0),
        goal=x.first((x.target == 0, NEARLY_ZERO), otherwise=x.target),
    )
    x = x.let(reached=x.first((x.d * x.v >= x.d * x.goal, True), otherwise=False))
    # Reached counts whatever the trend was, so also where no growth can be computed.
    x = x.let(
        reason=x.first(
            *first_needs(x),
            (x.outside(x.kind, GROWTH_KINDS), Why.KIND_NOT_COVERED.value),
            (x.is_rate, Why.GROWTH_RATE.value),
            (x.reached, None),
            *growth_needs(x),
        )
    )
    x = x.let(
        computes=x.first(*((condition, False) for condition, _ in growth_needs(x)), otherwise=x.unknown(x.reason))
    )
    sign = x.first((x.v0 < 0, -1.0), otherwise=1.0)
    x = x.let(
        growth=x.first((x.computes, sign * x.d * cagr(x.v, x.base, x.t - x.t0))),
        needed_growth=x.first((x.computes, cagr(x.goal, x.base, x.due - x.t0))),
        coefficient=judged(x, _coefficient(x)),
    )
    x = x.let(ratio=x.first((x.is_direction, x.growth), otherwise=x.growth / x.size(x.needed_growth)))
    return x.let(
        score=x.first((_achieved(x), 5.0), (x.is_direction, _score_without(x)), otherwise=_score(x)),
        outcome=x.first(
            (_achieved(x), "target_achieved"),
            (x.is_direction, _outcome(x, 0.015 * x.coefficient, 0.005 * x.coefficient)),
            otherwise=_outcome(x, 0.95, 0.60),
        ),
    )


def _achieved(x: Frame) -> Column:
    return x.unknown(x.reason) & x.reached


def _coefficient(x: Frame) -> Column:
    """How far the thresholds are lowered because the baseline is near a natural limit; 1 without one."""
    base, limit = x.size(x.v0), x.size(x.limit)
    return x.first(
        (x.unknown(x.limit), 1.0),
        (base >= 2 * limit, 1.0),
        (base <= limit, 1 - (base / limit) ** CURVE),
        otherwise=1 - ((2 * limit - base) / limit) ** CURVE,
    )


def _outcome(x: Frame, high: Column, middle: Column) -> Column:
    return x.first(
        (x.ratio >= high, "substantial_progress"),
        (x.ratio >= middle, "moderate_progress"),
        (x.ratio >= 0, "limited_progress"),
        (x.ratio < 0, "deterioration"),
    )


def _score(x: Frame) -> Column:
    return x.first(
        (x.ratio >= 0.60, x.least(7.1429 * x.ratio - 4.2857, 5.0)),
        (x.ratio < 0.60, x.greatest(4.1667 * x.ratio - 2.5, -5.0)),
    )


def _score_without(x: Frame) -> Column:
    g, c = x.ratio, x.coefficient
    return x.first(
        (g < 0, x.greatest(125 * g - 2.5, -5.0)),
        (c == 0, 5.0),
        (g >= 0.015 * c, x.least(500 * g / c - 5, 5.0)),
        (g >= 0.005 * c, 250 * g / c - 1.25),
        (g >= 0, 500 * g / c - 2.5),
    )


METHOD = Method(
    name="statcan-2025",
    edition=2025,
    link="https://github.com/open-sdg/sdg-build/blob/master/sdg/ProgressMeasure.py",
    read=Read.OFFICIAL,
    formula="R = s·d·CAGR(v, v0, t − t0) / |CAGR(V, v0, T − t0)|;  V = ∅: g = s·d·CAGR(v, v0, t − t0)",
    symbol="R",
    rule=rule,
    steps=("growth", "needed_growth", "coefficient"),
    standings={
        "target_achieved": Standing.MET,
        "substantial_progress": Standing.ON_TRACK,
        "moderate_progress": Standing.BEHIND,
        "limited_progress": Standing.BEHIND,
        "deterioration": Standing.MOVING_AWAY,
    },
    thresholds=(0.95, 0.60, 0.0),
    without=(0.015, 0.005, 0.0),
    since=2015,
    horizon=2030,
)
