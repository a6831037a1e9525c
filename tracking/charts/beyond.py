"""Figures so far from the rest that the axis leaves them out: by which rule, and the marks at its edge.

A figure is left out if it lies farther outside the middle half of those shown than three times that half's width
(Tukey's outer fence), and only where the axis would be more than twice as long with it. The newest figure, targets and
projections are never left out. Amounts grow by powers, so that their largest are no outliers.
"""

from collections.abc import Sequence
from statistics import quantiles

import plotly.graph_objects as go

from tracking.case import case_of, required_path, wanted_level
from tracking.charts.axes import level_range
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


def edge(figure: go.Figure, plot: Plot, out: Sequence[Observation], pixels: float) -> None:
    """The trace `beyond`: each figure left out as a triangle at the edge; its value on hover, of a few beside it."""
    low, high = figure.layout.yaxis.range
    inset = INSET * (high - low) / max(1.0, pixels)
    at = [high - inset if plot.up(o.value) > high else low + inset for o in out]
    figure.add_scatter(
        x=[position(o.period) for o in out], y=at, mode="markers", name="beyond", showlegend=False,
        customdata=[o.period.text for o in out],
        marker={"symbol": [_symbol(o, plot.up(o.value) > high) for o in out], "size": 9 if len(out) <= NAMED else 7,
                "color": plot.theme.accent},
        hovertext=[f"{plot.words.say('chart.beyond-edge')}<br>{hover(plot, o)}" for o in out],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    for above in (True, False):
        _edge_labels(figure, plot, [o for o in out if (plot.up(o.value) > high) is above], len(out), above)


def _symbol(o: Observation, above: bool) -> str:
    return f"triangle-{'up' if above else 'down'}{'' if o.is_solid else '-open'}"


def _edge_labels(figure: go.Figure, plot: Plot, side: Sequence[Observation], all_out: int, above: bool) -> None:
    """The values beyond one edge, right of their triangles; of many only the farthest, left of those around it."""
    low, high = figure.layout.yaxis.range
    few, by_value = all_out <= NAMED, sorted(side, key=lambda o: o.value, reverse=above)
    for o in by_value if few else by_value[:1]:
        near = [at for at in (position(p.period) for p in side) if abs(at - position(o.period)) < 1]
        figure.add_annotation(
            x=position(o.period) if few else min(near), y=high if above else low,
            text=f"<b>{plain(exact(o.value, o.decimals))}</b>", showarrow=False, borderpad=0,
            xanchor="left" if few else "right", xshift=7 if few else -7, yanchor="top" if above else "bottom",
            font={"size": 11, "color": plot.theme.accent}, bgcolor=plot.theme.ground,
        )  # fmt: skip


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
