"""un-2022: the SDG Progress Chart of 2022 as UNDP coded it.

Publisher: United Nations Statistics Division. Edition: 2022. Our reading: second-hand (UNDP's code, which forgets
to mirror the limits where lower is better; they are mirrored here).
Link: https://unstats.un.org/sdgs/
Formula: CR = CAGR(v, v0, t - t0) / CAGR(V, v0, T - t0); without a target g = d CAGR(v, v0, t - t0).
Achieved where v / V > 0.9995 (higher is better) or V / v > 0.9995 (lower is better, and where v = 0).
Units: values in the series' unit, times in years, CR a ratio, g a share a year; no score.
The baseline defaults to 2015, or the next later year with a figure; T to 2030.
Does not apply to growth rates, at or below zero, or within a year of the baseline.
"""

from tracking.methods.frame import Column, Frame, cagr
from tracking.methods.method import GROWTH_KINDS, Method, Read, Why, asks_for_growth, first_needs, unsigned_growth_needs
from tracking.model import Standing

NEARLY = 0.9995


def rule(x: Frame) -> Frame:
    """Achieved, or CR and its class; without a target g and its class."""
    x = x.let(is_direction=asks_for_growth(x), base=x.v0, goal=x.target)
    x = x.let(reached=x.first((x.d > 0, _at_least(x, x.v)), (x.d < 0, _at_most(x, x.v)), otherwise=False))
    x = x.let(
        was_reached=x.first((x.d > 0, _at_least(x, x.v0)), (x.d < 0, _at_most(x, x.v0)), otherwise=False),
        reason=x.first(
            *first_needs(x),
            (x.outside(x.kind, GROWTH_KINDS), Why.KIND_NOT_COVERED.value),
            (x.is_rate, Why.GROWTH_RATE.value),
            (x.reached, None),
            *unsigned_growth_needs(x),
        ),
    )
    x = x.let(
        computes=x.first(
            *((condition, False) for condition, _ in unsigned_growth_needs(x)), otherwise=x.unknown(x.reason)
        )
    )
    x = x.let(
        growth=x.first((x.computes, cagr(x.v, x.v0, x.t - x.t0))),
        needed_growth=x.first((x.computes, cagr(x.target, x.v0, x.due - x.t0))),
    )
    x = x.let(ratio=x.first((x.is_direction, x.d * x.growth), otherwise=x.growth / x.needed_growth), score=None)
    return x.let(
        outcome=x.first(
            (x.unknown(x.reason) & x.reached, "achieved"),
            (x.is_direction, _class(x, 0.01, 0.005, -0.01)),
            # What had been reached was lost: the ratio would call a fall towards the target progress.
            (x.unknown(x.reason) & x.was_reached, "deterioration"),
            otherwise=_class(x, 0.95, 0.5, -0.1),
        )
    )


def _at_least(x: Frame, value: Column) -> Column:
    """value / V > 0.9995, written so that it holds for any sign of V without a division."""
    return x.first((value > x.target - (1 - NEARLY) * x.size(x.target), True), otherwise=False)


def _at_most(x: Frame, value: Column) -> Column:
    """V / value > 0.9995, and value = 0 counts."""
    return x.first((value == 0, x.first((x.target >= 0, True), otherwise=False)),
                   (x.target < 0, x.first((value < NEARLY * x.target, True), otherwise=False)),
                   (NEARLY * value < x.target, True), otherwise=False)  # fmt: skip


def _class(x: Frame, high: float, middle: float, low: float) -> Column:
    return x.first(
        (x.ratio >= high, "on_track"),
        (x.ratio >= middle, "fair_progress"),
        (x.ratio >= low, "limited_or_no_progress"),
        (x.ratio < low, "deterioration"),
    )


METHOD = Method(
    name="un-2022",
    edition=2022,
    link="https://unstats.un.org/sdgs/",
    read=Read.SECOND_HAND,
    formula="CR = CAGR(v, v0, t − t0) / CAGR(V, v0, T − t0);  V = ∅: g = d·CAGR(v, v0, t − t0)",
    symbol="CR",
    rule=rule,
    steps=("growth", "needed_growth"),
    standings={
        "achieved": Standing.MET,
        "on_track": Standing.ON_TRACK,
        "fair_progress": Standing.BEHIND,
        "limited_or_no_progress": Standing.BEHIND,
        "deterioration": Standing.MOVING_AWAY,
    },
    thresholds=(0.95, 0.5, -0.1),
    without=(0.01, 0.005, -0.01),
    since=2015,
    horizon=2030,
)
