"""What every mark needs to know: where a period stands, in which power the axis is written, what a hover says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracking.catalogue import Catalogue
from tracking.look import Theme
from tracking.model import Accumulation, Check, Indicator, Observation, Unit
from tracking.numbers import known_text, observed, period_text, rescales
from tracking.period import Length, Period
from tracking.words import Words, words

DENSE = 40  # more figures than this are a line, not a row of points


@dataclass(frozen=True)
class Scale:
    """The power that an axis is written in: 2.38 on an axis in 亿户 is 23800万户."""

    per: float
    unit: str


@dataclass(frozen=True)
class Plot:
    """One indicator on one pair of axes, for one reader."""

    catalogue: Catalogue
    indicator_id: str
    as_of: date
    language: str
    theme: Theme
    scale: Scale

    @property
    def indicator(self) -> Indicator:
        return self.catalogue.indicators[self.indicator_id]

    @property
    def unit(self) -> Unit:
        return self.catalogue.unit_of(self.indicator_id)

    @property
    def words(self) -> Words:
        return words(self.language)

    def up(self, value: float) -> float:
        """Where a value of the indicator's unit stands on the axis."""
        return value * self.scale.per


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


def day_position(day: date) -> float:
    """Where a day stands on the same axis."""
    return day.year - 1 + day.timetuple().tm_yday / 365.25


def is_stock_end(indicator: Indicator, o: Observation) -> bool:
    """A December stock is the year-end's."""
    return indicator.accumulation is Accumulation.END_OF_PERIOD and o.period.closes_year


def stands_for_year(indicator: Indicator, o: Observation) -> bool:
    """Whether the figure is a whole year's: its own, or a stock or running total to its end."""
    return o.period.is_year or (o.period.closes_year and indicator.accumulation is not Accumulation.PERIOD)


def is_within_years(shown: Iterable[Observation]) -> bool:
    """Whether most figures lie within years, so that the axis names the years between their ends."""
    found = [o.period.length in (Length.MONTH, Length.QUARTER, Length.HALF, Length.DAY) for o in shown]
    return 2 * sum(found) > len(found) > 12


def period_of(plot: Plot, o: Observation) -> str:
    """The figure's period in words; a running total from January."""
    to_date = plot.indicator.accumulation is Accumulation.YEAR_TO_DATE
    return period_text(o.period, plot.language, to_date=to_date)


def hover(plot: Plot, o: Observation, name: str = "") -> str:
    """Value, period, day of publication, publication; and what is special about the figure."""
    lines = [name] if name else []
    lines += [
        f"<b>{observed(o, plot.unit, plot.language)}</b>  {period_of(plot, o)}",
        plot.words.say("chart.published", day=known_text(o.published, plot.language)),
        wrapped(plot.catalogue.documents[o.document].title[plot.language]),
    ]
    if o.check is Check.RECALLED:
        lines.append(plot.words.say("check.recalled"))
    if o.derived:
        lines.append(plot.words.say("chart.derived", formula=o.derived))
    return "<br>".join(lines)


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int = 44) -> str:
    """Long titles in a few lines: plotly does not wrap."""
    if len(text.encode("gb18030")) <= width:
        return text
    parts, line = [], ""
    for word in text.split(" ") if " " in text else list(text):
        glue = " " if " " in text and line else ""
        if len((line + glue + word).encode("gb18030")) > width:
            parts.append(line)
            line = word
        else:
            line += glue + word
    return "<br>".join([*parts, line])


def veil(colour: str, share: float) -> str:
    """A colour of the look, seen through."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
