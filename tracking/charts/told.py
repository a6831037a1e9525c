"""What a chart shows, in words: for who cannot see it, and for the lines below it."""

from collections.abc import Sequence
from datetime import date

from tracking.catalogue import Catalogue
from tracking.charts.axes import breaks_between
from tracking.charts.options import ChartOptions, chosen, index_year
from tracking.charts.past import largest_revision, older_vintages, revision_text
from tracking.charts.plot import Plot, Scale, period_of, stands_for_year
from tracking.look import LIGHT
from tracking.model import Accumulation, Observation, UnitKind
from tracking.numbers import observed, period_text
from tracking.words import words


def _plot(catalogue: Catalogue, indicator_id: str, as_of: date, language: str) -> Plot:
    return Plot(catalogue, indicator_id, as_of, language, LIGHT, Scale(1.0, ""))


def summary(catalogue: Catalogue, indicator_id: str, options: ChartOptions, as_of: date, language: str) -> str:
    """How many figures from when to when, the lowest and the highest, the newest."""
    shown = chosen(catalogue, indicator_id, as_of, options)
    if not shown:
        return ""
    plot = _plot(catalogue, indicator_id, as_of, language)
    alike = _alike(plot, shown)
    low, high = min(alike, key=lambda o: o.value), max(alike, key=lambda o: o.value)
    if len(shown) == 1:
        return words(language).say("chart.summary-one", newest=_figure(plot, shown[-1]))
    return words(language).say(
        "chart.summary", n=len(shown), first=period_of(plot, shown[0]), last=period_of(plot, shown[-1]),
        low=_figure(plot, low), high=_figure(plot, high), newest=_figure(plot, shown[-1]),
    )  # fmt: skip


def _alike(plot: Plot, shown: Sequence[Observation]) -> Sequence[Observation]:
    """The figures that may be held against one another: a running total of two months is no low of years."""
    if plot.indicator.accumulation is not Accumulation.YEAR_TO_DATE or plot.unit.kind is not UnitKind.AMOUNT:
        return shown
    return [o for o in shown if stands_for_year(plot.indicator, o)] or shown


def _figure(plot: Plot, o: Observation) -> str:
    return plot.words.say(
        "chart.figure", value=observed(o, plot.unit, plot.language), period=period_of(plot, o)
    )  # fmt: skip


def notes(
    catalogue: Catalogue, indicator_id: str, options: ChartOptions, as_of: date, language: str
) -> list[str]:  # fmt: skip
    """What the marks beside the figures mean here: older vintages, breaks, peers, an index."""
    shown, w = chosen(catalogue, indicator_id, as_of, options), words(language)
    plot = _plot(catalogue, indicator_id, as_of, language)
    if options.indexed:
        year = index_year(catalogue, indicator_id, as_of, options)
        return [w.say("chart.index-note", year=year)]
    found = [*_revised(plot, shown, options), *_broken(plot, shown)]
    if options.areas:
        found.append(w.say("chart.peers-note"))
    return found


def _revised(plot: Plot, shown: Sequence[Observation], options: ChartOptions) -> list[str]:
    if not options.vintages or options.areas:
        return []
    largest = largest_revision(older_vintages(plot.catalogue.main_series(plot.indicator_id), shown))
    if largest is None:
        return []
    return [plot.words.say("chart.vintages-note", revision=revision_text(plot, largest))]


def _broken(plot: Plot, shown: Sequence[Observation]) -> list[str]:
    gaps = breaks_between(plot.indicator, shown, (0.0, 9999.0))
    if not gaps:
        return []
    colon, stop = ("：", "；") if plot.language == "zh" else (": ", "; ")
    said = [f"{period_text(b.period, plot.language)}{colon}{b.reason[plot.language]}" for b in gaps]
    return [plot.words.say("chart.breaks-note", breaks=stop.join(said))]
