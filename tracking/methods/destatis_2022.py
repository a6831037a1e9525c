"""destatis-2022: the weather symbols of the indicator report on the German sustainability strategy.

Publisher: Federal Statistical Office of Germany (Destatis). Edition: 2022. Our reading: official.
Link: https://dns-indikatoren.de
Formula: a = mean annual change over the last five years; P = v + a (T - t); m = d (V - P) / |V - v|.
Units: values and P in the series' unit, a in units a year, times in years, m a share (0.05 is 5 %); no score.
The last six points count, at least four over three years; otherwise no verdict. Works on growth rates and through zero.
A range is judged by its weaker bound. A target already reached, or to be held in every period, is judged by whether
it is met and where the trend points; a mere direction by the mean change and the last one.
"""

from tracking.methods.frame import Column, Frame
from tracking.methods.method import (
    GROWTH_KINDS,
    TO_A_LEVEL,
    Kind,
    Method,
    Read,
    Why,
    asks_for_growth,
    first_needs,
    judged,
    level_needs,
    trend_needs,
)
from tracking.model import Standing

KINDS = (*TO_A_LEVEL, Kind.RANGE.value, Kind.EACH_PERIOD.value, Kind.DIRECTION.value)
DATED = (*TO_A_LEVEL, Kind.RANGE.value)


def rule(x: Frame) -> Frame:
    """The weather of a level, a range, a threshold to hold, or a direction."""
    x = x.let(is_direction=x.first((x.outside(x.kind, GROWTH_KINDS), False), otherwise=asks_for_growth(x)))
    x = x.let(
        reason=x.first(
            *first_needs(x),
            (x.outside(x.kind, KINDS), Why.KIND_NOT_COVERED.value),
            *trend_needs(x),
            (x.is_direction, None),
            *level_needs(x),
            ((x.kind == Kind.RANGE.value) & x.unknown(x.high), Why.NO_TARGET.value),
            (x.among(x.kind, DATED) & x.unknown(x.due), Why.NO_TARGET_PERIOD.value),
        )
    )
    x = x.let(change=judged(x, (x.v - x.first_v) / (x.t - x.first_t)), last_change=judged(x, x.v - x.before_v))
    x = x.let(projected=x.v + x.change * (x.due - x.t))
    x = x.let(low=_weather(x, x.first((x.kind == Kind.RANGE.value, 1.0), otherwise=x.d), x.target),
              high_side=_weather(x, -1.0, x.high))  # fmt: skip
    x = x.let(low_miss=_miss(x, x.first((x.kind == Kind.RANGE.value, 1.0), otherwise=x.d), x.target),
              high_miss=_miss(x, -1.0, x.high))  # fmt: skip
    is_range = x.kind == Kind.RANGE.value
    x = x.let(
        weather=x.first(
            (x.is_direction, _of_direction(x)),
            (x.kind == Kind.EACH_PERIOD.value, _held(x, x.d, x.target)),
            (is_range, x.greatest(x.low, x.high_side)),
            otherwise=x.low,
        ),
        ratio=x.first(
            (x.is_direction, x.d * x.change),
            (x.kind == Kind.EACH_PERIOD.value, x.d * x.change),
            (is_range, x.first((x.high_side > x.low, x.high_miss), otherwise=x.low_miss)),
            otherwise=x.low_miss,
        ),
        reached=x.first(
            (x.is_direction, False),
            (is_range, x.first((x.v < x.target, False), (x.v > x.high, False), otherwise=True)),
            (x.d * x.v >= x.d * x.target, True),
            otherwise=False,
        ),
        score=None,
    )
    return x.let(
        outcome=judged(
            x,
            x.first((x.weather == 0, "sun"), (x.weather == 1, "slightly_cloudy"), (x.weather == 2, "cloud"),
                    (x.weather == 3, "thunderstorm")),
        )
    )  # fmt: skip


def _miss(x: Frame, d: Column, wanted: Column) -> Column:
    """m: by what part of the way that is left the projected value misses the target; missing where it is reached."""
    return x.first((d * (wanted - x.v) > 0, d * (wanted - x.projected) / x.size(wanted - x.v)))


def _weather(x: Frame, d: Column, wanted: Column) -> Column:
    """0 sun, 1 slightly cloudy, 2 cloud, 3 thunderstorm, for one bound in the target's period."""
    miss = _miss(x, d, wanted)
    return x.first(
        (d * (x.v - wanted) >= 0, _held(x, d, wanted)),
        (d * x.change <= 0, 3),
        (miss < 0.05, 0),
        (miss <= 0.20, 1),
        (miss > 0.20, 2),
    )


def _held(x: Frame, d: Column, wanted: Column) -> Column:
    """A threshold to hold in every period, or one that is already reached."""
    return x.first(
        (d * (x.v - wanted) >= 0, x.first((d * x.change >= 0, 0), otherwise=1)),
        (d * (x.v - wanted) < 0, x.first((d * x.change >= 0, 2), otherwise=3)),
    )


def _of_direction(x: Frame) -> Column:
    """The mean change and the last one: both right, only the mean, only the last, neither."""
    return x.first(
        (x.d * x.change > 0, x.first((x.d * x.last_change > 0, 0), otherwise=1)),
        (x.d * x.change <= 0, x.first((x.d * x.last_change > 0, 2), otherwise=3)),
    )


METHOD = Method(
    name="destatis-2022",
    edition=2022,
    link="https://dns-indikatoren.de",
    read=Read.OFFICIAL,
    formula="a = (v − v₋₅) / (t − t₋₅);  P = v + a·(T − t);  m = d·(V − P) / |V − v|",
    symbol="m",
    rule=rule,
    steps=("change", "last_change", "projected"),
    standings={
        "sun": Standing.ON_TRACK,
        "slightly_cloudy": Standing.BEHIND,
        "cloud": Standing.BEHIND,
        "thunderstorm": Standing.MOVING_AWAY,
    },
    thresholds=(0.05, 0.20),
    window=5,
)
