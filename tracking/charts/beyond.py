"""Figures so far from the rest that the axis leaves them out: by which rule, and the marks at its edge.

A figure is left out if it lies farther outside the middle half of those shown than three times that half's width
(Tukey's outer fence), and only where the axis would be more than twice as long with it. The newest figure, targets and
projections are never left out. Amounts grow by powers, so that their largest are no outliers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import quantiles

import plotly.graph_objects as go

from tracking.case import case_of, required_path, wanted_level
from tracking.charts.axes import level_range
from tracking.charts.lettering import width
from tracking.charts.plot import Plot, hover, period_of, position
from tracking.charts.promise import is_on_axis
from tracking.model import Observation, Target, UnitKind
from tracking.numbers import exact, observed, plain
from tracking.projection import BANDS, Projection

FEWEST = 8  # figures that have a middle half
FENCE = 3.0  # widths of the middle half
WORTH = 2.0  # times that the axis would be as long
FENCED = (UnitKind.GROWTH, UnitKind.FALL, UnitKind.SHARE, UnitKind.INDEX)
NAMED = 3  # figures that are few enough to be named one by one
INSET = 5  # pixels from the edge to the middle of a triangle
MARK = 10  # pixels from one triangle to the next, so that they do not merge
LABEL = 11  # pixels of its value
NARROW = 240  # pixels that a phone leaves to the years; a chart is drawn once for screens of every width


def may_leave_out(kind: UnitKind, shown: Sequence[Observation]) -> bool:
    """Whether figures of such a unit, and so many, are ever left out."""
    return kind in FENCED and len(shown) >= FEWEST


def fenced(
    plot: Plot, shown: Sequence[Observation], targets: Sequence[Target], ahead: Projection | None, as_bars: bool
) -> tuple[list[float], tuple[Observation, ...]]:
    """What the axis is to hold, in its own unit, and the figures that it leaves out; nothing if it leaves none out."""
    if not may_leave_out(plot.unit.kind, shown):
        return [], ()
    kept = [plot.up(v) for v in [*_within_fence(shown), *_promised(plot, targets, ahead)]]
    low, high = level_range(kept, as_bars)
    first, last = level_range([*kept, *(plot.up(o.value) for o in shown)], as_bars)
    if last - first <= WORTH * (high - low):
        return [], ()
    return kept, tuple(o for o in shown if not low <= plot.up(o.value) <= high)


def _within_fence(shown: Sequence[Observation]) -> list[float]:
    """The values within the fence, and the newest."""
    values = [o.value for o in shown]
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    reach = FENCE * (upper - lower)
    return [*(v for v in values if lower - reach <= v <= upper + reach), values[-1]]


def _promised(plot: Plot, targets: Sequence[Target], ahead: Projection | None) -> list[float]:
    """The levels of targets, of the paths to them, and of a projection."""
    found = [v for step in (ahead.steps if ahead else ()) for v in step.bands[max(BANDS)]]
    for target in (t for t in targets if is_on_axis(plot, t)):
        case = case_of(plot.catalogue, plot.indicator_id, target, plot.as_of)
        found += [v for v in (wanted_level(case), target.value, target.high) if v is not None]
        found += [value for _, value in required_path(case)]
    return found


def edge(
    figure: go.Figure, plot: Plot, out: Sequence[Observation], pixels: float, axis: str = "", name: str = "beyond"
) -> None:  # fmt: skip
    """The trace `beyond` on the axis `y<axis>`: each figure left out, with its value on hover, as a triangle at the
    edge; of figures that would merge on a phone the farthest alone is drawn. `pixels`: the height of the axis.
    """
    low, high = figure.layout[f"yaxis{axis}"].range
    inset = INSET * (high - low) / max(1.0, pixels)
    above = {o.period.text: plot.up(o.value) > high for o in out}
    first, last = figure.layout.xaxis.range
    per_year = NARROW / (last - first)
    sides = {side: [o for o in out if above[o.period.text] is side] for side in (True, False)}
    bunches = [_Bunch(tuple(near), side) for side, some in sides.items() for near in _near(some, per_year)]
    drawn = {bunch.farthest.period.text for bunch in bunches}
    figure.add_scatter(
        x=[position(o.period) for o in out], mode="markers", name=name, showlegend=False, yaxis=f"y{axis}",
        y=[high - inset if above[o.period.text] else low + inset for o in out],
        customdata=[o.period.text for o in out],
        marker={"symbol": [_symbol(o, above[o.period.text]) for o in out], "size": 9, "color": plot.theme.accent,
                "opacity": [int(o.period.text in drawn) for o in out]},
        hovertext=[f"{plot.words.say('chart.beyond-edge')}<br>{hover(plot, o)}" for o in out],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    for side in (True, False):
        _edge_labels(figure, plot, [bunch for bunch in bunches if bunch.above is side], axis)


@dataclass(frozen=True, slots=True)
class _Bunch:
    """Figures beyond one edge that one triangle stands for."""

    figures: tuple[Observation, ...]
    above: bool

    @property
    def farthest(self) -> Observation:
        return (max if self.above else min)(self.figures, key=lambda o: o.value)

    def label(self, plot: Plot) -> str:
        """The farthest value, and how many more there are."""
        value, more = f"<b>{plain(exact(self.farthest.value, self.farthest.decimals))}</b>", len(self.figures) - 1
        return plot.words.say("chart.beyond-more", value=value, more=more) if more else value


def _near(side: Sequence[Observation], per_year: float) -> list[list[Observation]]:
    """Figures beyond one edge, those together that would merge; `per_year` pixels to a year."""
    found: list[list[Observation]] = []
    for o in side:
        if found and (position(o.period) - position(found[-1][-1].period)) * per_year < MARK:
            found[-1].append(o)
        else:
            found.append([o])
    return found


def _symbol(o: Observation, above: bool) -> str:
    return f"triangle-{'up' if above else 'down'}{'' if o.is_solid else '-open'}"


def _edge_labels(figure: go.Figure, plot: Plot, side: Sequence[_Bunch], axis: str) -> None:
    """The values beyond one edge, right of their triangles if there is room on a phone, else left, else unwritten."""
    low, high = figure.layout[f"yaxis{axis}"].range
    first, last = figure.layout.xaxis.range
    free, per_year = first, NARROW / (last - first)
    for bunch, after in zip_longest(side, side[1:]):
        at, text = position(bunch.farthest.period), bunch.label(plot)
        room = (width(text.replace("<b>", "").replace("</b>", ""), LABEL) + MARK) / per_year
        until = position(after.farthest.period) - MARK / per_year if after else last
        right = at + room <= until
        if right or at - room >= free:
            figure.add_annotation(
                x=at, y=high if bunch.above else low, yref=f"y{axis}", text=text, showarrow=False, borderpad=0,
                xanchor="left" if right else "right", xshift=7 if right else -7, bgcolor=plot.theme.ground,
                yanchor="top" if bunch.above else "bottom", font={"size": LABEL, "color": plot.theme.accent},
            )  # fmt: skip
        free = at + (room if right else MARK / per_year)


def told(plot: Plot, out: Sequence[Observation]) -> str:
    """How many figures lie beyond the edge, and which: all of a few, else the lowest and the highest."""
    if not out:
        return ""
    w, by_value = plot.words, sorted(out, key=lambda o: o.value)
    if len(out) > NAMED:
        return w.say("chart.beyond.many", n=len(out), low=_said(plot, by_value[0]), high=_said(plot, by_value[-1]))
    figures = w.say("chart.list").join(_said(plot, o) for o in out)
    return w.say("chart.beyond.one" if len(out) == 1 else "chart.beyond.few", n=len(out), figures=figures)


def _said(plot: Plot, o: Observation) -> str:
    value = observed(o, plot.unit, plot.language)
    return plot.words.say("chart.figure", value=value, period=period_of(plot, o))
