"""Whether a series is up to date for its own rhythm, and whether its last values were measured at all.

The usual lag between the end of a period and its publication is observed, not assumed. A run of equal last values
printed with many decimals is an imputation carried forward (World Bank NV.MNF.TECH.ZS.UN: 41.45127 year after year):
it is no progress, nor a standstill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracking.model import Frequency, Indicator, Observation, Series
from tracking.period import Length, Period, parse_period

LEAST_TAIL = 3  # equal last values that make a tail
FEWEST_DECIMALS = 3  # a publisher's own rounding repeats itself; three decimals and more do not
LAGS = 6  # publications looked back on
GRACE = {
    Frequency.MONTHLY: timedelta(days=10),
    Frequency.QUARTERLY: timedelta(days=20),
    Frequency.HALF_YEARLY: timedelta(days=30),
    Frequency.ANNUAL: timedelta(days=60),
}  # ours: days over the longest lag seen that are not yet called overdue
_LENGTHS = {
    Frequency.MONTHLY: Length.MONTH,
    Frequency.QUARTERLY: Length.QUARTER,
    Frequency.HALF_YEARLY: Length.HALF,
    Frequency.ANNUAL: Length.YEAR,
}


class Timeliness(StrEnum):
    """Where a series stands in its own rhythm."""

    IN_TIME = "in time"
    OVERDUE = "overdue"
    NO_RHYTHM = "no rhythm"
    NO_FIGURE = "no figure"


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a series stands on a day. `lag` in days is the longest of the last ones seen; `due` counts it and a grace."""

    timeliness: Timeliness
    as_of: date
    last: Observation | None = None
    expected: Period | None = None
    due: date | None = None
    lag: int | None = None

    @property
    def days_over(self) -> int:
        return (self.as_of - self.due).days if self.due and self.as_of > self.due else 0


def freshness(indicator: Indicator, series: Series, as_of: date) -> Freshness:
    """Whether the figure that should follow the last one is overdue on this day."""
    regular = _regular(indicator, series.as_known_on(as_of))
    if not regular:
        return Freshness(Timeliness.NO_FIGURE, as_of)
    last, lag = regular[-1], usual_lag(series, regular, as_of)
    if indicator.frequency is Frequency.IRREGULAR or lag is None:
        return Freshness(Timeliness.NO_RHYTHM, as_of, last)
    expected = following(regular)
    due = expected.end + timedelta(days=lag) + GRACE[indicator.frequency]
    timeliness = Timeliness.OVERDUE if as_of > due else Timeliness.IN_TIME
    return Freshness(timeliness, as_of, last, expected, due, lag)


def _regular(indicator: Indicator, known: Sequence[Observation]) -> tuple[Observation, ...]:
    """The observations of the indicator's own frequency; where none is, those of the newest one's length."""
    spans = [o for o in known if o.period.length is not Length.SPAN]
    wanted = _LENGTHS.get(indicator.frequency)
    own = tuple(o for o in spans if o.period.length is wanted)
    if own or not spans:
        return own
    return tuple(o for o in spans if o.period.length is spans[-1].period.length)


def usual_lag(series: Series, regular: Sequence[Observation], as_of: date) -> int | None:
    """The longest of the last lags, in days, from a period's end to its first publication; None if none is seen.

    Figures that came out together say nothing of the older ones' lag, so each day of publication counts once, with
    its newest period.
    """
    lengths = {o.period.length for o in regular}
    first: dict[str, Observation] = {}
    for o in series.observations:
        if o.known <= as_of and o.period.length in lengths:
            first.setdefault(o.period.text, o)
    newest: dict[date, Observation] = {}
    for o in sorted(first.values(), key=lambda o: o.period):
        newest[o.known] = o
    lags = [(o.known - o.period.end).days for o in sorted(newest.values(), key=lambda o: o.period)][-LAGS:]
    lags = [lag for lag in lags if lag >= 0]
    return max(lags) if lags else None


def following(known: Sequence[Observation]) -> Period:
    """The period after the last. January is passed over by a monthly series that never has it apart."""
    found = _next(known[-1].period)
    months = {o.period.start.month for o in known if o.period.length is Length.MONTH}
    skips_january = found.length is Length.MONTH and found.start.month == 1 and 1 not in months and len(known) > 1
    return _next(found) if skips_january else found


def _next(period: Period) -> Period:
    start = period.end + timedelta(days=1)
    match period.length:
        case Length.YEAR:
            return parse_period(f"{start.year}")
        case Length.HALF:
            return parse_period(f"{start.year}-S{1 if start.month == 1 else 2}")
        case Length.QUARTER:
            return parse_period(f"{start.year}-Q{(start.month + 2) // 3}")
        case Length.MONTH:
            return parse_period(f"{start.year}-{start.month:02}")
        case _:
            return parse_period(start.isoformat())


def constant_tail(known: Sequence[Observation]) -> tuple[Observation, ...]:
    """The last values, if three or more are equal to the last printed decimal of three or more; else none.

    `known` is one run ordered by period, as `Series.as_known_on` gives it.
    """
    tail: list[Observation] = []
    for o in reversed(known):
        if tail and o.value != tail[-1].value:
            break
        tail.append(o)
    is_imputed = len(tail) >= LEAST_TAIL and tail[0].value != 0 and _decimals(tail[0]) >= FEWEST_DECIMALS
    return tuple(reversed(tail)) if is_imputed else ()


def measured(known: Sequence[Observation]) -> tuple[Observation, ...]:
    """The run without the values that a constant tail carries forward: only its first may have been measured."""
    tail = constant_tail(known)
    return tuple(known[: len(known) - len(tail) + 1]) if tail else tuple(known)


def _decimals(o: Observation) -> int:
    """Decimals that say something: 41.500000 has one."""
    return len(f"{o.value:.{o.decimals}f}".rstrip("0").partition(".")[2])
