"""systems-change-lab: the acceleration factor of the State of Climate Action reports.

Publisher: Systems Change Lab. Edition: 2025. Our reading: labels official, cut-offs second-hand.
Link: https://systemschangelab.org
Formula: needed = (V - v) / (T - t); recent = linear trend (least squares) of the last five years; F = needed / recent.
Units: values in the series' unit, rates in units a year, times in years, F a ratio; no score.
At least four points of the last five years, over three years; otherwise no verdict.
Works on growth rates and through zero.
"""

from tracking.methods.frame import Frame
from tracking.methods.method import (
    TO_A_LEVEL,
    Method,
    Read,
    Why,
    at_or_beyond,
    first_needs,
    judged,
    level_needs,
    trend_needs,
)
from tracking.model import Standing


def rule(x: Frame) -> Frame:
    """How many times faster the change has to become."""
    x = x.let(
        reached=at_or_beyond(x),
        reason=x.first(
            *first_needs(x),
            (x.outside(x.kind, TO_A_LEVEL), Why.KIND_NOT_COVERED.value),
            *level_needs(x),
            (x.unknown(x.due), Why.NO_TARGET_PERIOD.value),
            *trend_needs(x),
        ),
    )
    x = x.let(
        needed=judged(x, x.first((x.reached, 0.0), (x.due > x.t, (x.target - x.v) / (x.due - x.t)))),
        trend=judged(x, x.slope),
    )
    x = x.let(ratio=x.first((x.trend != 0, x.needed / x.trend)), score=None)
    return x.let(
        outcome=judged(
            x,
            x.first(
                (x.reached, "on_track"),
                (x.d * x.trend < 0, "wrong_direction"),
                (x.trend == 0, "well_off_track"),
                (x.unknown(x.needed), "well_off_track"),  # the period is out and the target is not reached
                (x.ratio <= 1, "on_track"),
                (x.ratio <= 2, "off_track"),
                (x.ratio > 2, "well_off_track"),
            ),
        )
    )


METHOD = Method(
    name="systems-change-lab",
    edition=2025,
    link="https://systemschangelab.org",
    read=Read.SECOND_HAND,
    formula="needed = (V − v) / (T − t);  recent = slope(t₋₅ … t);  F = needed / recent",
    symbol="F",
    rule=rule,
    steps=("needed", "trend"),
    standings={
        "on_track": Standing.ON_TRACK,
        "off_track": Standing.BEHIND,
        "well_off_track": Standing.BEHIND,
        "wrong_direction": Standing.MOVING_AWAY,
    },
    thresholds=(1.0, 2.0),
    window=5,
)
