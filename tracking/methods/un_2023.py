"""un-2023: the UN's technical note on the SDG progress assessment of 2023 as EUSTAT documents it.

Publisher: United Nations Statistics Division. Edition: 2023. Our reading: second-hand (EUSTAT's documentation).
Link: https://unstats.un.org/sdgs/
Formula: v_e = v (1 + CAGR(v, v0, t - t0))^(T - t); q = (v_e - v0) / (V - v0);
without a target g = d CAGR(v, v0, t - t0).
Units: values and v_e in the series' unit, times in years, q a ratio, g a share a year, score 3, 2 or 1.
Within one point of a target of 0 % or 100 % counts as achieved: that is, where the natural limit is the target.
The baseline defaults to 2015, or the next later year with a figure; T to 2030.
Growth rates are left to expert judgement, so the method does not apply to them; nor at or below zero.
"""

from tracking.methods.frame import Column, Frame, cagr
from tracking.methods.method import (
    GROWTH_KINDS,
    Method,
    Read,
    Why,
    asks_for_growth,
    at_or_beyond,
    first_needs,
    judged,
    unsigned_growth_needs,
)
from tracking.model import Standing


def rule(x: Frame) -> Frame:
    """The expected part of the way at the target's period and its class; without a target g and its class."""
    x = x.let(is_direction=asks_for_growth(x), base=x.v0, goal=_goal(x))
    x = x.let(
        reached=x.first((_at_the_end(x), True), otherwise=at_or_beyond(x)),
        reason=x.first(
            *first_needs(x), (x.outside(x.kind, GROWTH_KINDS), Why.KIND_NOT_COVERED.value), *unsigned_growth_needs(x)
        ),
    )
    x = x.let(growth=judged(x, cagr(x.v, x.v0, x.t - x.t0)))
    x = x.let(expected=x.v * (1 + x.growth) ** (x.due - x.t))
    x = x.let(
        ratio=x.first((x.is_direction, x.d * x.growth), otherwise=(x.expected - x.v0) / judged(x, x.target - x.v0))
    )
    x = x.let(
        score=x.first(
            (_achieved(x), 3.0),
            (x.is_direction, x.first((x.ratio >= 0.02, 3.0), (x.ratio >= 0.005, 2.0), (x.ratio < 0.005, 1.0))),
            otherwise=x.first((x.ratio >= 0.95, 3.0), (x.ratio >= 0.10, 2.0), (x.ratio < 0.10, 1.0)),
        )
    )
    return x.let(
        outcome=x.first(
            (_achieved(x), "achieved"),
            (x.score == 3, "on_track"),
            (x.score == 2, "fair_progress"),
            (x.score == 1, "limited_or_no_progress"),
        )
    )


def _goal(x: Frame) -> Column:
    """The target; a target of 0 is no obstacle, because no root of it is taken, and any level of v0's sign will do."""
    return x.first((x.target == 0, x.v0 / 2), otherwise=x.target)


def _at_the_end(x: Frame) -> Column:
    return x.first((x.limit == x.target, x.size(x.v - x.target) <= 1), otherwise=False)


def _achieved(x: Frame) -> Column:
    return x.unknown(x.reason) & x.reached


METHOD = Method(
    name="un-2023",
    edition=2023,
    link="https://unstats.un.org/sdgs/",
    read=Read.SECOND_HAND,
    formula="v_e = v·(1 + CAGR(v, v0, t − t0))^(T − t);  q = (v_e − v0) / (V − v0);  V = ∅: g = d·CAGR(v, v0, t − t0)",
    symbol="q",
    rule=rule,
    steps=("growth", "expected"),
    standings={
        "achieved": Standing.MET,
        "on_track": Standing.ON_TRACK,
        "fair_progress": Standing.BEHIND,
        "limited_or_no_progress": Standing.BEHIND,
    },
    thresholds=(0.95, 0.10),
    without=(0.02, 0.005),
    since=2015,
    horizon=2030,
)
