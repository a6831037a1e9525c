"""eurostat-2021: the arrows of Eurostat's monitoring report on the Sustainable Development Goals, edition 2021.

Publisher: Eurostat. Edition: 2021. Our reading: recalled (the ratio is confirmed by statcan-2025, which cites it).
Link: https://ec.europa.eu/eurostat/web/sdi
Formula: R = d CAGR(v, v0, t - t0) / |CAGR(V, v0, T - t0)|; without a target g = d CAGR(v, v0, t - t0).
Units: values in the series' unit, times in years, R a ratio, g a share a year (0.01 is 1 %); no score.
The baseline defaults to the first figure of the last five years (Eurostat's short term).
Does not apply to growth rates, at or below zero, or within a year of the baseline.
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
    """R and its class where there is a level to reach, else g and its class."""
    x = x.let(is_direction=asks_for_growth(x), base=x.v0, goal=x.target)
    x = x.let(
        reached=at_or_beyond(x),
        reason=x.first(
            *first_needs(x), (x.outside(x.kind, GROWTH_KINDS), Why.KIND_NOT_COVERED.value), *unsigned_growth_needs(x)
        ),
    )
    x = x.let(
        growth=judged(x, x.d * cagr(x.v, x.v0, x.t - x.t0)), needed_growth=judged(x, cagr(x.target, x.v0, x.due - x.t0))
    )
    x = x.let(ratio=x.first((x.is_direction, x.growth), otherwise=x.growth / x.size(x.needed_growth)), score=None)
    return x.let(outcome=x.first((x.is_direction, _without(x)), otherwise=with_target(x)))


def with_target(x: Frame) -> Column:
    """Eurostat's four classes of the ratio."""
    return x.first(
        (x.ratio >= 0.95, "significant_progress"),
        (x.ratio >= 0.60, "moderate_progress"),
        (x.ratio >= 0, "insufficient_progress"),
        (x.ratio < 0, "movement_away"),
    )


def _without(x: Frame) -> Column:
    return x.first(
        (x.ratio >= 0.01, "significant_progress"),
        (x.ratio >= 0, "moderate_progress"),
        (x.ratio > -0.01, "moderate_movement_away"),
        (x.ratio <= -0.01, "significant_movement_away"),
    )


METHOD = Method(
    name="eurostat-2021",
    edition=2021,
    link="https://ec.europa.eu/eurostat/web/sdi",
    read=Read.RECALLED,
    formula="R = d·CAGR(v, v0, t − t0) / |CAGR(V, v0, T − t0)|;  V = ∅: g = d·CAGR(v, v0, t − t0)",
    symbol="R",
    rule=rule,
    steps=("growth", "needed_growth"),
    standings={
        "significant_progress": Standing.ON_TRACK,
        "moderate_progress": Standing.BEHIND,
        "insufficient_progress": Standing.BEHIND,
        "movement_away": Standing.MOVING_AWAY,
        "moderate_movement_away": Standing.MOVING_AWAY,
        "significant_movement_away": Standing.MOVING_AWAY,
    },
    thresholds=(0.95, 0.60, 0.0),
    without=(0.01, 0.0, -0.01),
    window=5,
)
