"""eurostat-2023: Eurostat's arrows of 2023 as the Basque statistics office (EUSTAT) carries them out.

Publisher: Eurostat, by way of EUSTAT. Edition: 2023. Our reading: second-hand (EUSTAT's implementation; the
classes with a target are Eurostat's four of 2021, which agree with EUSTAT's score).
Link: https://www.eustat.eus
Formula: R = d CAGR(v, v0, t - t0) / |CAGR(V, v0, T - t0)|; without a target g = d CAGR(v, v0, t - t0).
Units: values in the series' unit, times in years, R a ratio, g a share a year (0.01 is 1 %), score from -5 to 5.
The baseline defaults to 2015, or the next later year with a figure.
Does not apply to growth rates, at or below zero, or within a year of the baseline.
"""

from tracking.methods.eurostat_2021 import with_target
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
    """R and its class where there is a level to reach, else g, its class and its score."""
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
    x = x.let(ratio=x.first((x.is_direction, x.growth), otherwise=x.growth / x.size(x.needed_growth)))
    return x.let(
        score=x.first((x.is_direction, x.least(x.greatest(x.ratio / 0.02 * 5, -5.0), 5.0)), otherwise=_score(x)),
        outcome=x.first((x.is_direction, _without(x)), otherwise=with_target(x)),
    )


def _score(x: Frame) -> Column:
    return x.first(
        (x.ratio > 1.3, 5.0),
        (x.ratio >= 0.6, 5 / 0.7 * (x.ratio - 0.6)),
        (x.ratio > -0.6, 5 / 1.2 * (x.ratio + 0.6) - 5),
        (x.ratio <= -0.6, -5.0),
    )


def _without(x: Frame) -> Column:
    return x.first(
        (x.ratio > 0.01, "significant_progress"),
        (x.ratio > 0.001, "moderate_progress"),
        (x.ratio >= -0.001, "no_progress"),
        (x.ratio >= -0.01, "moderate_movement_away"),
        (x.ratio < -0.01, "significant_movement_away"),
    )


METHOD = Method(
    name="eurostat-2023",
    edition=2023,
    link="https://www.eustat.eus",
    read=Read.SECOND_HAND,
    formula="R = d·CAGR(v, v0, t − t0) / |CAGR(V, v0, T − t0)|;  V = ∅: g = d·CAGR(v, v0, t − t0)",
    symbol="R",
    rule=rule,
    steps=("growth", "needed_growth"),
    standings={
        "significant_progress": Standing.ON_TRACK,
        "moderate_progress": Standing.BEHIND,
        "insufficient_progress": Standing.BEHIND,
        "no_progress": Standing.BEHIND,
        "movement_away": Standing.MOVING_AWAY,
        "moderate_movement_away": Standing.MOVING_AWAY,
        "significant_movement_away": Standing.MOVING_AWAY,
    },
    thresholds=(0.95, 0.60, 0.0),
    without=(0.01, 0.001, -0.001, -0.01),
    since=2015,
)
