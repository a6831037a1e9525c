"""A projection in grey: its bands of 50, 80 and 95 % one inside the other, its median dotted."""

from itertools import pairwise

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.charts.labels import Label
from tracking.charts.marks import BAR_WIDTH
from tracking.charts.plot import Plot, veil
from tracking.numbers import amount
from tracking.projection import BANDS, Projection, Step
from tracking.projection_words import three_figures

Outline = list[tuple[float, float | None]]


def bands(figure: go.Figure, plot: Plot, ahead: Projection, as_bars: bool) -> None:
    """Bands from the newest figure on, widest first so that the narrower ones lie on it; rates beside one another."""
    for share in sorted(BANDS, reverse=True):
        outline = _boxes(ahead, share) if as_bars else _fan(ahead, share)
        figure.add_scatter(
            **_drawn(plot, outline), mode="lines", line={"width": 0}, fill="toself",
            fillcolor=veil(plot.theme.ink3, 0.16), hoverinfo="skip", showlegend=False, name=f"band {share}",
        )  # fmt: skip
    middle: Outline = _dashes(ahead) if as_bars else [ahead.points[-1], *((s.year, s.median) for s in ahead.steps)]
    figure.add_scatter(
        **_drawn(plot, middle), mode="lines", line={"color": plot.theme.ink3, "width": 1.8, "dash": "dot"},
        hoverinfo="skip", showlegend=False, name="median",
    )  # fmt: skip
    figure.add_scatter(
        x=[s.year for s in ahead.steps], y=[plot.up(s.median) for s in ahead.steps], mode="markers",
        marker={"size": 14, "opacity": 0, "color": plot.theme.ink3}, showlegend=False, name="projected",
        hovertext=[_band_text(plot, s) for s in ahead.steps], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _drawn(plot: Plot, outline: Outline) -> dict[str, list[float] | list[float | None]]:
    return {"x": [x for x, _ in outline], "y": [None if y is None else plot.up(y) for _, y in outline]}


def _fan(ahead: Projection, share: int) -> Outline:
    """Along the upper edge of a band and back along the lower, from the newest figure."""
    upper = [(s.year, s.bands[share][1]) for s in ahead.steps]
    lower = [(s.year, s.bands[share][0]) for s in ahead.steps]
    return [ahead.points[-1], *upper, *reversed(lower)]


def _boxes(ahead: Projection, share: int) -> Outline:
    """A band as a box for each year, as wide as the bars beside it."""
    half = BAR_WIDTH / 2
    found: Outline = []
    for s in ahead.steps:
        low, high = s.bands[share]
        left, right = s.year - half, s.year + half
        found += [(left, low), (left, high), (right, high), (right, low), (left, low), (right, None)]
    return found[:-1]


def _dashes(ahead: Projection) -> Outline:
    """The median as a dash as wide as a bar for each year."""
    half = BAR_WIDTH / 2
    found: Outline = []
    for s in ahead.steps:
        found += [(s.year - half, s.median), (s.year + half, s.median), (s.year, None)]
    return found[:-1]


def _band_text(plot: Plot, step: Step) -> str:
    w, lines, unit, language = plot.words, [], plot.unit, plot.language
    for share, (low, high) in step.bands.items():
        ends = {
            "low": amount(three_figures(low), n.short(unit), language),
            "high": amount(three_figures(high), unit, language),
        }
        lines.append(w.say("chart.band", share=share, **ends))
    median = w.say("chart.median", value=amount(three_figures(step.median), unit, language), year=f"{step.year:.0f}")
    return "<br>".join([f"<b>{median}</b>", *lines])


def band_labels(plot: Plot, ahead: Projection, as_bars: bool, per_pixel: float) -> list[Label]:
    """Each band named once, at the end of its upper edge; in one label where the edges lie too close for three."""
    last, side = ahead.last, BAR_WIDTH / 2 if as_bars else 0.0
    edges = {share: plot.up(last.bands[share][1]) for share in sorted(BANDS)}
    ordered = sorted(edges.values())
    if min(b - a for a, b in pairwise(ordered)) < 14 * per_pixel:
        text = "·".join(str(share) for share in edges) + "%"
        return [Label(last.year + side, ordered[-1], text, 11, plot.theme.ink3)]
    return [Label(last.year + side, y, f"{share}%", 11, plot.theme.ink3) for share, y in edges.items()]
