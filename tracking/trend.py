"""Which way the published figures of an indicator have gone, and whether that is the way wanted.

Not a verdict: it asks neither how much was promised nor by when. The middle one of all changes a year between two of
the last figures (the Theil-Sen slope) decides, so that one odd year does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import median

from tracking.freshness import measured
from tracking.model import Direction, Indicator, Observation
from tracking.period import Length, Period

FEWEST = 3  # figures below which no direction is told
YEARS = 5  # looked back on from the newest figure


class Way(StrEnum):
    """Where the figures have gone; the reasons for not saying so come last."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    TOO_FEW = "too few"
    NO_FIGURE = "no figure"


class Sense(StrEnum):
    """What that means for the indicator's wanted direction."""

    TOWARD = "toward"
    AWAY = "away"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Trend:
    """`first` and `last` are the periods compared; `yearly` is the middle change a year in the indicator's unit."""

    way: Way
    sense: Sense = Sense.NEITHER
    first: Period | None = None
    last: Period | None = None
    yearly: float | None = None


def trend(indicator: Indicator, known: Sequence[Observation]) -> Trend:
    """The observed direction of the last five years; refused where fewer than three figures compare.

    `known` is one run ordered by period, as `Series.as_known_on` gives it.
    """
    if not known:
        return Trend(Way.NO_FIGURE)
    points = _comparable(indicator, known)
    if len(points) < FEWEST:
        return Trend(Way.TOO_FEW)
    yearly = median((b.value - a.value) / _years(a.period, b.period) for a, b in combinations(points, 2))
    way = _way(yearly, points)
    return Trend(way, _sense(way, indicator.direction), points[0].period, points[-1].period, yearly)


def _comparable(indicator: Indicator, known: Sequence[Observation]) -> list[Observation]:
    """Whole years, or, where those are too few, the newest figure's part of each year; no bounds, across no break."""
    solid = [o for o in measured(known) if o.is_solid and o.bound is None and o.period.length is not Length.SPAN]
    years = [o for o in solid if o.period.is_year]
    whole, part = _run(indicator, years), _run(indicator, solid)
    return whole if len(whole) >= FEWEST else part


def _run(indicator: Indicator, solid: Sequence[Observation]) -> list[Observation]:
    """The newest of these figures and those that compare with it."""
    return [o for o in solid if _is_like(o.period, solid[-1].period) and not _broke(indicator, o, solid[-1])]


def _is_like(period: Period, newest: Period) -> bool:
    """Of the same length and the same part of the year, and not too long ago."""
    same_part = (period.end.month, period.length) == (newest.end.month, newest.length)
    return same_part and newest.year - YEARS <= period.year


def _broke(indicator: Indicator, first: Observation, last: Observation) -> bool:
    """Whether the series broke after the first figure and by the last."""
    return any(
        first.period.end < b.period.end and b.period.start <= last.period.end for b in indicator.breaks
    )  # fmt: skip


def _years(first: Period, last: Period) -> float:
    return (last.end - first.end).days / 365.25


def _way(yearly: float, points: Sequence[Observation]) -> Way:
    """Level is a move over all the years that the printed decimals would not show."""
    step = 10 ** -max(o.decimals for o in points)
    if abs(yearly) * _years(points[0].period, points[-1].period) < step:
        return Way.LEVEL
    return Way.UP if yearly > 0 else Way.DOWN


def _sense(way: Way, wanted: Direction) -> Sense:
    if way not in (Way.UP, Way.DOWN) or wanted not in (Direction.HIGHER, Direction.LOWER):
        return Sense.NEITHER
    return Sense.TOWARD if (way is Way.UP) == (wanted is Direction.HIGHER) else Sense.AWAY
