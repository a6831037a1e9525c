"""sdsn: the trend arrows of the Sustainable Development Report.

Publisher: Sustainable Development Solutions Network. Edition: 2025. Our reading: recalled (the comparison of rates is
documented; the cut-offs were not read).
Link: https://dashboards.sdgindex.org
Formula: needed = (V - v0) / (T - t0); recent = (v - v_5) / (t - t_5); R = recent / needed.
Units: values in the series' unit, rates in units a year, times in years, R a ratio; no score.
Movement beyond the target is ignored: values beyond V count as V. The baseline defaults to 2015, T to 2030.
Without a number to reach the method does not apply. A goal's trend is only given where 75 % of its indicators have one.
"""

from tracking.methods.frame import Column, Frame
from tracking.methods.method import TO_A_LEVEL, Method, Read, Why, at_or_beyond, first_needs, judged, level_needs
from tracking.model import Standing


def rule(x: Frame) -> Frame:
    """The recent annual rate against the one that was needed from the start."""
    x = x.let(
        reached=at_or_beyond(x),
        reason=x.first(
            *first_needs(x),
            (x.outside(x.kind, TO_A_LEVEL), Why.KIND_NOT_COVERED.value),
            *level_needs(x),
            (x.unknown(x.due), Why.NO_TARGET_PERIOD.value),
            (x.unknown(x.v0), Why.NO_BASELINE.value),
            (x.due <= x.t0, Why.BASELINE_AFTER_TARGET.value),
            (x.recent < 2, Why.TOO_FEW_POINTS.value),
            (x.t - x.first_t < 1, Why.TOO_FEW_POINTS.value),
        ),
    )
    x = x.let(
        needed=judged(x, (x.target - _held_back(x, x.v0)) / (x.due - x.t0)),
        recent_rate=judged(x, (_held_back(x, x.v) - _held_back(x, x.first_v)) / (x.t - x.first_t)),
    )
    x = x.let(ratio=x.first((x.needed != 0, x.recent_rate / x.needed)), score=None)
    return x.let(
        outcome=judged(
            x,
            x.first(
                (x.reached, "on_track_or_maintaining"),
                (x.needed == 0, "decreasing"),  # it started at the target and is not there now
                (x.ratio >= 1, "on_track_or_maintaining"),
                (x.ratio >= 0.5, "moderately_improving"),
                (x.ratio >= 0, "stagnating"),
                (x.ratio < 0, "decreasing"),
            ),
        )
    )


def _held_back(x: Frame, value: Column) -> Column:
    """The value, or the target where the value lies beyond it."""
    return x.first((x.d * value > x.d * x.target, x.target), otherwise=value)


METHOD = Method(
    name="sdsn",
    edition=2025,
    link="https://dashboards.sdgindex.org",
    read=Read.RECALLED,
    formula="needed = (V − v0) / (T − t0);  recent = (v − v₋₅) / (t − t₋₅);  R = recent / needed",
    symbol="R",
    rule=rule,
    steps=("needed", "recent_rate"),
    standings={
        "on_track_or_maintaining": Standing.ON_TRACK,
        "moderately_improving": Standing.BEHIND,
        "stagnating": Standing.BEHIND,
        "decreasing": Standing.MOVING_AWAY,
    },
    thresholds=(1.0, 0.5, 0.0),
    since=2015,
    horizon=2030,
)
