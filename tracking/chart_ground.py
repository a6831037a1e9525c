"""Where things stand on a chart: the power of its axis, the place of a period, and what a line may join."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracking.model import Accumulation, Indicator, Observation, Unit
from tracking.numbers import rescales
from tracking.period import Length, Period


@dataclass(frozen=True)
class Scale:
    """The power that an axis is written in: 2.38 on an axis in 亿户 is 23800万户."""

    per: float
    unit: str


def chart_scale(values: Iterable[float], unit: Unit, language: str) -> Scale:
    """One power for the whole axis, by its largest value, and the unit's words with it."""
    largest = max((abs(v) for v in values), default=0.0) * unit.factor
    name = unit.zh if language == "zh" else " ".join(p for p in (unit.before, unit.en) if p)
    if not rescales(unit):
        return Scale(1.0, name)
    zh = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
    en = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
    for size, word in zh if language == "zh" else en:
        if largest >= size:
            written = word + unit.zh if language == "zh" else " ".join(
                p for p in (unit.before, word, unit.en) if p)  # fmt: skip
            return Scale(unit.factor / size, written)
    return Scale(unit.factor, name)


def position(period: Period) -> float:
    """Where a period stands on an axis of years: the end of 2025 at 2025, September 2026 at 2025.75."""
    if period.closes_year:
        return float(period.year)
    return period.year - 1 + round(period.end.timetuple().tm_yday / 365.25 * 12) / 12


def runs(observations: Sequence[Observation], indicator: Indicator) -> Iterable[list[Observation]]:
    """Figures that a line may join: solid, one step after another, on one side of every break."""
    run: list[Observation] = []
    for o in observations:
        if run and not _follows(run[-1], o, indicator):
            yield run
            run = []
        run.append(o)
    if run:
        yield run


def _follows(before: Observation, after: Observation, indicator: Indicator) -> bool:
    if any(before.period.end < b.period.end and b.period.start <= after.period.end for b in indicator.breaks):
        return False
    if before.period.length is not after.period.length:
        return False
    gap = (after.period.end - before.period.end).days
    if after.period.length is Length.YEAR:
        return gap <= 366
    if after.period.length is Length.QUARTER:
        return gap <= 92
    year_to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    across = year_to_date and after.period.year != before.period.year
    return gap <= (62 if year_to_date else 31) and not across


def is_stock_end(indicator: Indicator, o: Observation) -> bool:
    """A December stock is the year-end's."""
    return indicator.accumulation is Accumulation.END_OF_PERIOD and o.period.closes_year


def is_whole_year(indicator: Indicator, o: Observation) -> bool:
    """A figure for a year, or a stock at its end."""
    return o.period.is_year or is_stock_end(indicator, o)


def place_of_day(day: date) -> float:
    """Where a day stands on an axis of years: 31 December 2025 at 2025."""
    return day.year - 1 + day.timetuple().tm_yday / 365.25
