"""Axes and their frame: levels from zero unless all values are high, few gridlines, years upright; breaks dotted."""

import math
from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.charts.labels import BELOW, Label
from tracking.charts.lettering import literal, width
from tracking.charts.plot import Plot, period_of, position
from tracking.look import SANS, Theme
from tracking.model import Break, Frequency, Indicator, Observation
from tracking.numbers import period_text
from tracking.period import Length

FULL_SCALE_FROM = 0.55  # levels start at zero unless all values exceed this part of the largest
FEWEST_YEARS = 3.0  # on the axis of a single figure
TICKS = 12  # pixels of the names at the axes
APART = 26  # pixels between the names of an axis
BESIDE = 8  # pixels between the names and the axis
Span = tuple[float, float]


def values_within(figure: go.Figure, span: Span, axis: str = "") -> list[float]:
    """The y of everything drawn on an axis between two years."""
    found = []
    for t in figure.data:
        if (t.yaxis or "y").removeprefix("y") == axis and t.x is not None:
            points = ((x, y) for x, y in zip(t.x, t.y, strict=True) if x is not None and y is not None)
            found += [y for x, y in points if span[0] <= x <= span[1]]
    return found


def span_of(figure: go.Figure, as_bars: bool) -> Span:
    """From the first to the last thing drawn, with a little room."""
    xs = [v for t in figure.data for v in (t.x if t.x is not None else []) if v is not None]
    first, last = (min(xs), max(xs)) if xs else (2020.0, 2025.0)
    if last - first < FEWEST_YEARS:
        middle = (first + last) / 2
        first, last = min(first, middle - FEWEST_YEARS / 2), max(last, middle + FEWEST_YEARS / 2)
    edge = 0.55 if as_bars else max(0.25, (last - first) * 0.03)
    return first - edge, last + edge


def frame(figure: go.Figure, unit: str, height: int, theme: Theme, margin: dict[str, int]) -> None:
    """Everything but the axes: ground, type, the unit at the top left."""
    figure.update_layout(
        height=height, margin=margin, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": SANS, "size": 12, "color": theme.ink3}, bargap=0.3,
        title={"text": unit, "font": {"size": 12, "color": theme.ink3}, "x": 0, "xref": "container",
               "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"t": 4}},
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.rule, "align": "left",
                    "font": {"family": SANS, "size": 13, "color": theme.ink}},
        dragmode=False, showlegend=False,
    )  # fmt: skip


def years(figure: go.Figure, span: Span, within: bool, theme: Theme) -> None:
    """The axis of years. Where figures lie within years, a year is named in its middle and ends at a tick."""
    first, last = span
    step = max(1, math.ceil((last - first) / 6.5))
    figure.update_xaxes(
        range=[first, last], showgrid=False, zeroline=False, linecolor=theme.ink3, tickcolor=theme.ink3,
        fixedrange=True, tickangle=0,
    )  # fmt: skip
    if within:
        whole = range(math.floor(first) + 1, math.ceil(last) + 1)
        named = [y for y in whole if (whole[-1] - y) % step == 0 and first < y - 0.5 < last]
        figure.update_xaxes(
            tickmode="array", tickvals=[y - 0.5 for y in named], ticktext=[str(y) for y in named], ticks="",
            minor={"tickmode": "array", "tickvals": [y for y in whole if first <= y <= last], "ticks": "outside",
                   "ticklen": 5, "tickcolor": theme.ink3},
        )  # fmt: skip
    else:
        figure.update_xaxes(
            tickmode="linear", tick0=int(last), dtick=step, tickformat="d", ticks="outside", ticklen=4
        )  # fmt: skip


def levels(figure: go.Figure, found: Sequence[float], as_bars: bool, theme: Theme, axis: str = "") -> None:
    """A linear axis that holds all that was found."""
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    figure.layout[f"yaxis{axis}"].update(
        range=list(level_range(found, as_bars)), nticks=6, tickformat=",~r" if abs(high) < 10 else ",",
        gridcolor=theme.grid, zeroline=low < 0, zerolinecolor=theme.ink3, fixedrange=True,
    )  # fmt: skip


def level_range(found: Sequence[float], as_bars: bool) -> Span:
    """From where to where: from zero, unless all values exceed a good half of the largest; with a little room."""
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    floor = 0.0 if as_bars or low < FULL_SCALE_FROM * high or low == high > 0 else None
    pad = (high - (low if floor is None else min(floor, low))) * 0.12 or abs(high) * 0.12 or 1
    bottom = (low - pad) if floor is None else (min(0.0, low - pad) if low < 0 else 0.0)
    return bottom, high + pad


def settled(figure: go.Figure, down: float) -> int:
    """Take from plotly what it would find out while drawing: the steps of the axes and the room of their names.

    Left to itself it draws every chart twice, the second time with the margins that the first has shown it. Returns
    the pixels that the names beside the axes take. The steps are those that plotly itself takes.
    `down`: pixels of all axes one above the other.
    """
    names = [""]
    for axis in figure.select_yaxes(lambda a: a.visible is not False):
        names += [literal(t) for t in (axis.ticktext or _stepped(axis, down))]
    return round(max(width(name, TICKS) for name in names) + BESIDE)


def _stepped(axis: go.layout.YAxis, down: float) -> list[str]:
    """Give the axis the steps that plotly would choose; what is written at them."""
    low, high = axis.range
    bottom, top = axis.domain or (0.0, 1.0)
    rough = (high - low) / max(1, min(axis.nticks, down * (top - bottom) / APART))
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(s for s in (2, 5, 10) if s >= rough / power * (1 - 1e-9))
    axis.update(tickmode="linear", tick0=0, dtick=step)
    first = math.ceil(low / step)
    return [f"{i * step:,.6g}" for i in range(first, math.floor(high / step) + 1)]


def powers(figure: go.Figure, found: Sequence[float], theme: Theme) -> None:
    """A logarithmic axis, named at 1, 2 and 5 of each power."""
    low, high = min(found), max(found)
    ticks = [m * 10.0**p for p in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1) for m in (1, 2, 5)
             if low / 1.6 <= m * 10.0**p <= high * 1.6]  # fmt: skip
    ticks = ticks if len(ticks) <= 8 else [t for t in ticks if f"{t:e}".startswith("1")]
    figure.update_yaxes(
        type="log", range=[math.log10(low / 1.25), math.log10(high * 1.25)], tickmode="array", tickvals=ticks,
        ticktext=[f"{t:,g}" if t < 1e6 else f"{t:,.0f}" for t in ticks], gridcolor=theme.grid, zeroline=False,
        fixedrange=True,
    )  # fmt: skip


def breaks(figure: go.Figure, plot: Plot, shown: Sequence[Observation], span: Span, domain: str = "paper") -> None:
    """Each change of definition between the first and the last figure: a dotted upright and its words.

    The words begin below the figures beyond the upper edge, which are drawn before.
    """
    taken = any(s.startswith("triangle-up") for t in figure.data if t.name == "beyond" for s in t.marker.symbol)
    for row, gap in enumerate(breaks_between(plot.indicator, shown, span), int(taken)):
        at = break_position(gap)
        figure.add_vline(x=at, line={"color": plot.theme.ink3, "width": 1.2, "dash": "dot"})
        figure.add_annotation(
            x=at, y=1, yref=domain, text=plot.words.say("chart.break"), showarrow=False, xanchor="left",
            xshift=3, yshift=-14 * (row % 3), yanchor="top", font={"size": 11, "color": plot.theme.ink3},
            hovertext=f"{period_text(gap.period, plot.language)}: {gap.reason[plot.language]}",
        )  # fmt: skip


def breaks_between(indicator: Indicator, shown: Sequence[Observation], span: Span) -> list[Break]:
    """The breaks that have figures on both sides, in sight."""
    if not shown:
        return []
    first, last = position(shown[0].period), position(shown[-1].period)
    inside = (b for b in indicator.breaks if first <= break_position(b) <= last)
    return [b for b in inside if span[0] <= break_position(b) <= span[1]]


def break_position(gap: Break) -> float:
    """Between the period that the new definition starts with and the one before."""
    half = {Length.QUARTER: 1 / 8, Length.MONTH: 1 / 24, Length.DAY: 0.0, Length.HALF: 1 / 4}
    return position(gap.period) - half.get(gap.period.length, 0.5)


def newest_label(plot: Plot, shown: Sequence[Observation], size: int = 14) -> list[Label]:
    """The newest figure's value, and its period where that is no year."""
    if not shown:
        return []
    o = shown[-1]
    value = n.bound_mark(o) + n.plain(n.exact(plot.up(o.value), None if plot.scale.per != 1 else o.decimals))
    period = "" if o.period.is_year else period_of(plot, o)
    text = f"{value}<br><span style='font-size:11px'>{period}</span>" if period else value
    return [Label(position(o.period), plot.up(o.value), text, size, plot.theme.accent, bold=True)]


MOST_WITHIN = 4  # figures within a year that are few enough to be named


def within_labels(plot: Plot, shown: Sequence[Observation]) -> list[Label]:
    """The period of each short dash in a yearly series, where they are few."""
    if plot.indicator.frequency is not Frequency.ANNUAL and plot.indicator.frequency is not Frequency.IRREGULAR:
        return []
    within = [o for o in shown[:-1] if not o.period.closes_year and o.bound is None and not o.derived]
    if not 0 < len(within) <= MOST_WITHIN:
        return []
    return [
        Label(position(o.period), plot.up(o.value), period_of(plot, o), 11, plot.theme.ink3, low=-BELOW, minor=True)
        for o in within
    ]


def named(label: Label, name: str) -> Label:
    """The label with a name before its value."""
    return replace(label, text=f"{name} {label.text}", size=14)
