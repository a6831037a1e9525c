"""What was observed: a line of consecutive figures, bars of yearly rates, and a mark for each kind of figure."""

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.charts.plot import DENSE, Plot, hover, is_stock_end, position, stands_for_year
from tracking.model import Accumulation, Bound, Frequency, Indicator, Observation, Unit, UnitKind
from tracking.period import Length

BAR_WIDTH = 0.66  # years
THIN_BAR = 0.16  # of a figure within a year
GAP_BAR = 0.06  # of one that stands between the bars of years
MOST_BARS = 24
NUMBERED_BARS = 14  # more bars than this are too narrow to carry their values
PLAIN = ("circle",)


def is_drawn_as_bars(indicator: Indicator, unit: Unit, shown: Sequence[Observation]) -> bool:
    """Yearly rates stand beside one another; they do not run into one another."""
    yearly = [o for o in shown if o.period.is_year]
    rates = unit.kind in (UnitKind.GROWTH, UnitKind.FALL)
    within = len(shown) - len(yearly)
    is_few = 0 < len(yearly) <= MOST_BARS and within <= len(yearly)
    return rates and is_few and (indicator.frequency is not Frequency.MONTHLY or within == 0)


def symbol(o: Observation, within_year: bool) -> str:
    """What kind of figure it is: solid, hollow, a bound, our own arithmetic, or within a year."""
    hollow = not o.is_solid
    if o.bound in (Bound.AT_LEAST, Bound.ABOVE):
        return "triangle-up-open" if hollow else "triangle-up"
    if o.bound in (Bound.AT_MOST, Bound.BELOW):
        return "triangle-down-open" if hollow else "triangle-down"
    if o.derived:
        return "square-open"
    if within_year:
        return "line-ew-open"
    return "circle-open" if hollow else "circle"


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
    gap = (after.period.end - before.period.end).days
    if before.period.length is not after.period.length:
        return _is_december(before, after, indicator) and gap <= 31
    if after.period.length is Length.YEAR:
        return gap <= 366
    if after.period.length is Length.QUARTER:
        return gap <= 92
    year_to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    across = year_to_date and after.period.year != before.period.year
    return gap <= (62 if year_to_date else 31) and not across


def _is_december(before: Observation, after: Observation, indicator: Indicator) -> bool:
    """Whether a year's figure stands where December's would: a running total's last, or a stock's between months."""
    lengths = (before.period.length, after.period.length)
    if indicator.accumulation is Accumulation.YEAR_TO_DATE:
        return lengths == (Length.MONTH, Length.YEAR)
    return indicator.accumulation is Accumulation.END_OF_PERIOD and set(lengths) == {Length.MONTH, Length.YEAR}


def joinable(indicator: Indicator, shown: Sequence[Observation]) -> list[Observation]:
    """The figures that a line may join at all: checked, not our own arithmetic, of the series' own rhythm."""
    within = indicator.frequency in (Frequency.MONTHLY, Frequency.QUARTERLY)
    return [o for o in shown if o.is_solid and (within or o.period.is_year or is_stock_end(indicator, o))]


def joined_runs(indicator: Indicator, shown: Sequence[Observation]) -> list[list[Observation]]:
    """The runs of two figures and more."""
    return [run for run in runs(joinable(indicator, shown), indicator) if len(run) > 1]


def pen(found: Sequence[Sequence[Observation]]) -> tuple[list[float | None], list[float | None]]:
    """Runs as one trace: positions and values, with a gap where the pen is lifted."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for run in found:
        gap = [None] if xs else []
        xs += [*gap, *(position(o.period) for o in run)]
        ys += [*gap, *(o.value for o in run)]
    return xs, ys


def line(figure: go.Figure, plot: Plot, shown: Sequence[Observation]) -> None:
    """The traces `run` (the line) and `observed` (every figure)."""
    found = joined_runs(plot.indicator, shown)
    xs, ys = pen(found)
    if xs:
        figure.add_scatter(
            x=xs, y=[None if y is None else plot.up(y) for y in ys], mode="lines", name="run",
            line={"color": plot.theme.accent, "width": 2.2}, hoverinfo="skip", showlegend=False,
        )  # fmt: skip
    monthly = plot.indicator.frequency in (Frequency.MONTHLY, Frequency.QUARTERLY)
    whole = [stands_for_year(plot.indicator, o) for o in shown]
    among_years = not monthly or 2 * sum(whole) > len(whole)  # a part of a year must not look like one of them
    symbols = [
        symbol(o, among_years and not o.period.is_year and not is_stock_end(plot.indicator, o)) for o in shown
    ]  # fmt: skip
    on_line = {o.period.text for run in found for o in run} - {o.period.text for o in shown[-1:]}
    dense = len(shown) > DENSE
    silent = [dense and s in PLAIN and o.period.text in on_line for s, o in zip(symbols, shown, strict=True)]
    figure.add_scatter(
        x=[position(o.period) for o in shown],
        y=[plot.up(o.value) for o in shown],
        mode="markers",
        name="observed",
        marker={
            "symbol": symbols,
            "size": [6 if dense else 8 for _ in shown],
            "color": plot.theme.accent,
            "opacity": [0 if hidden else 1 for hidden in silent],
            "line": {"width": 1.8 if not dense else 1.2, "color": plot.theme.accent},
        },
        customdata=[o.period.text for o in shown],
        hovertext=[hover(plot, o) for o in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def bar_places(shown: Sequence[Observation]) -> list[tuple[float, float]]:
    """Middle and width of each bar. A bar stands in the middle of its year; a figure within a year is a thin one, at
    the end of its period where the year has none, else in the gap before the year's.
    """
    years = {o.period.year for o in shown if o.period.is_year}
    found: list[tuple[float, float]] = []
    for o in shown:
        through = position(o.period) - (o.period.year - 1)  # the share of the year that is over at its end
        if o.period.is_year:
            found.append((position(o.period), BAR_WIDTH))
        elif o.period.year in years:
            found.append((o.period.year - 0.5 + (through - 0.5) * (1 - BAR_WIDTH - GAP_BAR), GAP_BAR))
        else:
            found.append((o.period.year - 0.5 + through, THIN_BAR))
    return found


def bars(figure: go.Figure, plot: Plot, shown: Sequence[Observation]) -> None:
    """The trace `observed` as bars."""
    whole, places, theme = [o.period.is_year for o in shown], bar_places(shown), plot.theme
    numbered = [w and len(shown) <= NUMBERED_BARS for w in whole]
    figure.add_bar(
        x=[middle for middle, _ in places],
        y=[plot.up(o.value) for o in shown],
        width=[width for _, width in places],
        name="observed",
        marker={
            "color": [theme.accent if o.is_solid else theme.ground for o in shown],
            "line": {"color": theme.accent, "width": 1.5},
        },
        text=[
            n.bound_mark(o) + n.bare(o.value, plot.unit, plot.language, o.decimals) if has else ""
            for o, has in zip(shown, numbered, strict=True)
        ],
        textposition="inside", insidetextanchor="start", textangle=0, cliponaxis=False, constraintext="none",
        textfont={"size": 11.5, "color": [theme.ground if o.is_solid else theme.accent for o in shown]},
        customdata=[o.period.text for o in shown],
        hovertext=[hover(plot, o) for o in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip
