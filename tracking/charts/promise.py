"""What was promised, in ink: a diamond at the due period, the required path to it, a yearly target as a dashed line.

A target that has no place on the axis (in words only, or a change over several years) is a bracket over its years.
"""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.case import case_of, required_path, wanted_level
from tracking.charts.labels import BELOW, Label
from tracking.charts.lettering import width
from tracking.charts.plot import Plot, position, wrapped
from tracking.model import Check, Form, Target, UnitKind
from tracking.numbers import amount, period_text
from tracking.period import Period
from tracking.sentences import due_text, target_text

LEVEL_FORMS = (Form.LEVEL, Form.MULTIPLE, Form.COVERAGE, Form.RANK)
LINE_FORMS = (Form.YEARLY_VALUE, Form.AVERAGE_GROWTH, Form.RANGE)
BRACKET_HEIGHT = 36  # pixels
WORDS = 12  # pixels of the words at a bracket
NARROW = 290  # pixels that the narrowest page or picture has for the axis and what stands right of it
TICKS = 24  # pixels left of the axis that its rows leave free


def has_number(target: Target) -> bool:
    return target.value is not None or target.times is not None


def is_on_axis(plot: Plot, target: Target) -> bool:
    """Whether the target's number is one that the figures themselves may reach."""
    if target.form in LEVEL_FORMS:
        return has_number(target)
    rate_on_level = target.form is Form.AVERAGE_GROWTH and plot.unit.kind is not UnitKind.GROWTH
    return target.form in LINE_FORMS and target.value is not None and not rate_on_level


def promise(figure: go.Figure, plot: Plot, target: Target) -> None:
    """The target with what leads to it, if it has a place on the axis."""
    if not is_on_axis(plot, target):
        return
    if target.form in LINE_FORMS:
        _level_line(figure, plot, target)
        return
    case = case_of(plot.catalogue, plot.indicator_id, target, plot.as_of)
    wanted = wanted_level(case)
    if wanted is not None:
        _path(figure, plot, target, required_path(case))
        _diamond(figure, plot, target, wanted)


def _path(figure: go.Figure, plot: Plot, target: Target, path: Sequence[tuple[Period, float]]) -> None:
    if not path:
        return
    figure.add_scatter(
        x=[position(period) for period, _ in path], y=[plot.up(value) for _, value in path], mode="lines",
        line={"color": plot.theme.ink3, "width": 1.4, "dash": "4px,3px"}, hoverinfo="skip", showlegend=False,
        name="required path",
    )  # fmt: skip
    if target.baseline is not None and target.baseline.value is not None:
        _baseline(figure, plot, path[0], target.baseline.check is Check.RECALLED)


def _baseline(figure: go.Figure, plot: Plot, base: tuple[Period, float], unchecked: bool) -> None:
    value, period = amount(base[1], plot.unit, plot.language), period_text(base[0], plot.language)
    text = plot.words.say("chart.baseline", value=value, period=period)
    figure.add_scatter(
        x=[position(base[0])], y=[plot.up(base[1])], mode="markers", showlegend=False, name="baseline",
        marker={"symbol": "circle-open" if unchecked else "circle", "size": 7, "color": plot.theme.ink3,
                "line": {"width": 1.5, "color": plot.theme.ink3}},
        meta=text, hovertext=[text + ("<br>" + plot.words.say("check.recalled") if unchecked else "")],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _diamond(figure: go.Figure, plot: Plot, target: Target, wanted: float) -> None:
    hollow = target.check is Check.RECALLED
    lines = [f"<b>{target_text(plot.catalogue, plot.indicator_id, target, plot.language)}</b>"]
    lines += [wrapped(plot.catalogue.documents[target.document].title[plot.language])]
    lines += [plot.words.say("check.recalled")] if hollow else []
    figure.add_scatter(
        x=[position(target.due)], y=[plot.up(wanted)], mode="markers", name="target", showlegend=False,
        cliponaxis=False, meta=plot.words.say("chart.target", value=tick(plot.up(wanted))),
        marker={"symbol": "diamond-open" if hollow else "diamond", "size": 11, "color": plot.theme.ink,
                "line": {"width": 1.5, "color": plot.theme.ink}},
        hovertext=["<br>".join(lines)], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _level_line(figure: go.Figure, plot: Plot, target: Target) -> None:
    first = target.span.from_ if target.span else target.due.year
    edges = [first - 0.45, target.due.year + 0.45]
    for value in [v for v in (target.value, target.high) if v is not None]:
        figure.add_scatter(
            x=edges, y=[plot.up(value)] * 2, mode="lines", name="target line", showlegend=False,
            meta=plot.words.say("chart.target", value=tick(plot.up(value))),
            line={"color": plot.theme.ink, "width": 1.6, "dash": "4px,3px"},
            hovertext=[plot.words.say("chart.target", value=amount(value, plot.unit, plot.language))] * 2,
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip


def tick(value: float) -> str:
    """A number as an axis or a label writes it."""
    return n.plain(Decimal(f"{value:.6g}").normalize() + 0) if abs(value) < 1e6 else f"{value:,.0f}"


def target_labels(plot: Plot, figure: go.Figure) -> list[Label]:
    """Each promised value named once: one that is set year after year, at its last year."""
    drawn = sorted((t for t in figure.data if t.name in ("target", "target line")), key=lambda t: t.x[-1])
    last = {(t.name, t.meta): t for t in drawn}
    return [Label(float(t.x[-1]), float(t.y[-1]), t.meta, 13, plot.theme.ink, bold=True) for t in last.values()]


def baseline_labels(plot: Plot, figure: go.Figure) -> list[Label]:
    """Each baseline that a path starts from, unless the figure itself is drawn there; on the side the path leaves."""
    observed = {x for t in figure.data if t.name == "observed" for x in t.x}
    found = {(t.x[0], t.y[0]): t for t in figure.data if t.name == "baseline" and t.x[0] not in observed}
    falls = {(t.x[0], t.y[0]) for t in figure.data if t.name == "required path" and t.y[-1] < t.y[0]}
    return [
        Label(float(x), float(y), t.meta, 11, plot.theme.ink3, low=BELOW if (x, y) in falls else -BELOW, minor=True)
        for (x, y), t in found.items()
    ]


def bracketed(plot: Plot, targets: Sequence[Target]) -> list[Target]:
    """The targets over several years that have no place on the axis, those of the same words once."""
    found = {
        target_text(plot.catalogue, plot.indicator_id, t, plot.language): t
        for t in targets
        if years_of(t) is not None and not is_on_axis(plot, t)
    }
    return list(found.values())


def years_of(target: Target) -> tuple[float, float] | None:
    """The years over which a target runs: its span, or from its baseline; a single year as wide as a bar."""
    first = target.span.from_ if target.span else (target.baseline.period.year if target.baseline else None)
    if first is None:
        return None
    last = target.due.year
    return (first - 0.5, last + 0.5) if first == last else (float(first), float(last))


def brackets(figure: go.Figure, plot: Plot, targets: Sequence[Target], axis: str) -> None:
    """A bracket below the figures for each, on an axis of rows of its own, the words above it.

    The axis of the years and the right margin are settled before.
    """
    first, last = figure.layout.xaxis.range
    per_year = (NARROW - figure.layout.margin.r) / (last - first)
    for row, target in enumerate(targets):
        ends = years_of(target)
        assert ends is not None  # `bracketed` takes only these
        text = target_text(plot.catalogue, plot.indicator_id, target, plot.language)
        source = wrapped(plot.catalogue.documents[target.document].title[plot.language])
        figure.add_scatter(
            x=list(ends), y=[row, row], yaxis=axis, mode="lines+markers", name="bracket", showlegend=False,
            line={"color": plot.theme.ink, "width": 1.6},
            marker={"symbol": "line-ns-open", "size": 9, "color": plot.theme.ink,
                    "line": {"width": 1.6, "color": plot.theme.ink}},
            meta=text, hovertext=[f"{wrapped(text)}<br>{source}"] * 2, hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        rooms = ((ends[1] - first) * per_year + TICKS, (last - ends[0]) * per_year + figure.layout.margin.r)
        said, side = _short(text, due_text(target, plot.language), rooms)
        figure.add_annotation(
            x=ends[1] if side == "right" else ends[0], y=row, yref=axis, text=said, showarrow=False, xanchor=side,
            yanchor="bottom", yshift=3, font={"size": WORDS, "color": plot.theme.ink},
        )  # fmt: skip


def _short(text: str, fallback: str, rooms: tuple[float, float]) -> tuple[str, str]:
    """The words where a phone has room for them, before the bracket's right end or after its left one; else the years.

    The rest stands in the panel and on hover.
    """
    needs = width(text, WORDS)
    side = next((side for side, room in zip(("right", "left"), rooms, strict=True) if needs <= room), None)
    return (text, side) if side else (fallback, "right")
