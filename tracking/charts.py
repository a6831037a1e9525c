"""(indicator, figures, verdicts) -> plotly Figure. Draws; computes no number but where to put one.

The grammar: blue is observed, ink is promised. Solid line and filled circle: figures of consecutive years; a
missing year breaks the line. Hollow: not yet checked. Hollow square: our own arithmetic. Triangle: a lower
bound. Short dash: a figure within a year. Diamond: the target. Dashed: the required path. Dotted upright: a break.
Grey areas: a projection, its 50, 80 and 95 % bands one inside the other, its median dotted. Grey lines: other areas
and older vintages, named at their ends. Numbers on top: adoptions of targets.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.case import case_of, required_path, wanted_level
from tracking.catalogue import Catalogue
from tracking.chart_ground import Scale, chart_scale, is_stock_end, position, runs
from tracking.chart_layers import draw_events, draw_peers, draw_vintages, events_of
from tracking.chart_options import PLAIN, ChartOptions, chosen, is_within, peers
from tracking.look import SANS, Theme
from tracking.model import (
    Accumulation,
    Bound,
    Form,
    Frequency,
    Indicator,
    Observation,
    Target,
    Unit,
    UnitKind,
)
from tracking.numbers import amount, known_text, observed, period_text
from tracking.period import Period
from tracking.projection import BANDS, Projection, Step
from tracking.projection_words import three_figures
from tracking.words import words

LEVEL_FORMS = (Form.LEVEL, Form.MULTIPLE, Form.COVERAGE, Form.RANK)
LINE_FORMS = (Form.YEARLY_VALUE, Form.AVERAGE_GROWTH, Form.RANGE)
FULL_SCALE_FROM = 0.55  # levels start at zero unless all values exceed this part of the largest


def progress_chart(
    catalogue: Catalogue,
    indicator_id: str,
    targets: Sequence[Target],
    as_of: date,
    language: str,
    theme: Theme,
    height: int = 216,
    ahead: Projection | None = None,
    options: ChartOptions = PLAIN,
) -> go.Figure:
    """The indicator's figures with the targets set for it, as known on that day, and a projection if one is given.

    The trace named `observed` holds every figure (x: year axis, y: value x meta.per); others only draw. A
    projection's bands are the traces `band 50`, `band 80`, `band 95`, its median the trace `median`; `peer` and
    `vintage` are other areas and earlier publications, their names in meta.
    """
    indicator, unit = catalogue.indicators[indicator_id], catalogue.unit_of(indicator_id)
    series = catalogue.main_series(indicator_id)
    shown = chosen(catalogue, indicator_id, as_of, options)
    drawn = [t for t in targets if (t.value is not None or t.times is not None) and is_within(t.due.year, options)]
    ahead = ahead if options.projection else None
    scale = chart_scale(_levels(catalogue, indicator_id, shown, drawn, as_of, ahead, options), unit, language)
    figure = go.Figure()
    as_bars = not options.areas and is_drawn_as_bars(indicator, unit, shown)
    if ahead is not None:
        _projection(figure, ahead, as_bars, scale, unit, language, theme)
    if options.vintages:
        draw_vintages(figure, series, indicator, as_of, options, scale, unit, language, theme)
    draw_peers(figure, catalogue, indicator_id, as_of, options, scale, language, theme)
    if as_bars:
        _bars(figure, shown, scale, unit, indicator, catalogue, language, theme)
    else:
        _line(figure, shown, scale, unit, indicator, catalogue, language, theme)
    for target in drawn:
        _target(figure, catalogue, indicator_id, target, as_of, scale, unit, language, theme)
    _frame(figure, scale, height, theme, as_bars, options)
    _labels(figure, [] if as_bars else shown, scale, language, theme, theme.ground if as_bars else None)
    _breaks(figure, indicator, shown, language, theme)
    if options.events:
        draw_events(figure, events_of(targets, as_of, options), catalogue, language, theme)
    figure.update_layout(meta={"per": scale.per, "indicator": indicator_id, "unit": scale.unit})
    return figure


def _levels(
    catalogue: Catalogue, indicator_id: str, shown: Sequence[Observation], drawn: Sequence[Target], as_of: date,
    ahead: Projection | None, options: ChartOptions,
) -> list[float]:  # fmt: skip
    """Every value that the axis has to hold: the largest decides in which power it is written."""
    others = peers(catalogue, indicator_id)
    return [
        *(o.value for o in shown),
        *(t.value for t in drawn if t.value is not None and t.form in LEVEL_FORMS),
        *(v for step in (ahead.steps if ahead else ()) for v in step.bands[max(BANDS)]),
        *(o.value for area in options.areas for o in others[area].as_known_on(as_of)),
    ]


def same_years(*figures: go.Figure) -> None:
    """Let charts that stand one above the other cover the same years."""
    first = min(f.layout.xaxis.range[0] for f in figures)
    last = max(f.layout.xaxis.range[1] for f in figures)
    for figure in figures:
        figure.update_xaxes(range=[first, last], dtick=_year_step(first, last), tick0=math.floor(last))


BAR_WIDTH = 0.66


def _projection(
    figure: go.Figure, ahead: Projection, as_bars: bool, scale: Scale, unit: Unit, language: str, theme: Theme
) -> None:
    """Bands from the newest figure on, widest first so that the narrower ones lie on it; rates beside one another."""
    for share in sorted(BANDS, reverse=True):
        outline = _boxes(ahead, share) if as_bars else _fan(ahead, share)
        figure.add_scatter(
            x=[x for x, _ in outline], y=[None if y is None else y * scale.per for _, y in outline], mode="lines",
            line={"width": 0}, fill="toself", fillcolor=_veil(theme), hoverinfo="skip", showlegend=False,
            name=f"band {share}",
        )  # fmt: skip
    middle = _dashes(ahead) if as_bars else [ahead.points[-1], *((s.year, s.median) for s in ahead.steps)]
    figure.add_scatter(
        x=[x for x, _ in middle], y=[None if y is None else y * scale.per for _, y in middle], mode="lines",
        line={"color": theme.ink3, "width": 1.8, "dash": "dot"}, hoverinfo="skip", showlegend=False, name="median",
    )  # fmt: skip
    figure.add_scatter(
        x=[s.year for s in ahead.steps], y=[s.median * scale.per for s in ahead.steps], mode="markers",
        marker={"size": 14, "opacity": 0, "color": theme.ink3}, showlegend=False, name="projected",
        hovertext=[_band_text(s, unit, language) for s in ahead.steps], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _fan(ahead: Projection, share: int) -> list[tuple[float, float | None]]:
    """Along the upper edge of a band and back along the lower, from the newest figure."""
    upper = [(s.year, s.bands[share][1]) for s in ahead.steps]
    lower = [(s.year, s.bands[share][0]) for s in ahead.steps]
    return [ahead.points[-1], *upper, *reversed(lower)]


def _boxes(ahead: Projection, share: int) -> list[tuple[float, float | None]]:
    """A band as a box for each year, as wide as the bars beside it."""
    half = BAR_WIDTH / 2
    found: list[tuple[float, float | None]] = []
    for s in ahead.steps:
        low, high = s.bands[share]
        left, right = s.year - half, s.year + half
        found += [(left, low), (left, high), (right, high), (right, low), (left, low), (right, None)]
    return found[:-1]


def _dashes(ahead: Projection) -> list[tuple[float, float | None]]:
    """The median as a dash as wide as a bar for each year."""
    half = BAR_WIDTH / 2
    found: list[tuple[float, float | None]] = []
    for s in ahead.steps:
        found += [(s.year - half, s.median), (s.year + half, s.median), (s.year, None)]
    return found[:-1]


def _veil(theme: Theme) -> str:
    """The grey of one band; where three lie on one another it is the darkest."""
    red, green, blue = (int(theme.ink3[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def _band_text(step: Step, unit: Unit, language: str) -> str:
    w, lines = words(language), []
    for share, (low, high) in step.bands.items():
        ends = {
            "low": amount(three_figures(low), n.short(unit), language),
            "high": amount(three_figures(high), unit, language),
        }
        lines.append(w.say("chart.band", share=share, **ends))
    median = w.say("chart.median", value=amount(three_figures(step.median), unit, language), year=f"{step.year:.0f}")
    return "<br>".join([f"<b>{median}</b>", *lines])


def is_drawn_as_bars(indicator: Indicator, unit: Unit, shown: Sequence[Observation]) -> bool:
    """Yearly rates stand beside one another; they do not run into one another."""
    yearly = [o for o in shown if o.period.is_year]
    rates = unit.kind in (UnitKind.GROWTH, UnitKind.FALL)
    return rates and indicator.frequency is not Frequency.MONTHLY and 0 < len(yearly) <= 24 and len(
        shown) - len(yearly) <= len(yearly)  # fmt: skip


def _hover(o: Observation, unit: Unit, indicator: Indicator, catalogue: Catalogue, language: str) -> str:
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    document = catalogue.documents[o.document]
    w = words(language)
    lines = [
        f"<b>{observed(o, unit, language)}</b>  {period_text(o.period, language, to_date=to_date)}",
        w.say("chart.published", day=known_text(o.published, language)),
        _wrapped(document.title[language]),
    ]
    if o.check.value == "recalled":
        lines.append(w.say("check.recalled"))
    if o.derived:
        lines.append(w.say("chart.derived", formula=o.derived))
    return "<br>".join(lines)


def _wrapped(text: str, width: int = 44) -> str:
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


def _symbol(o: Observation, within_year: bool) -> str:
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


def _line(
    figure: go.Figure, shown: Sequence[Observation], scale: Scale, unit: Unit, indicator: Indicator,
    catalogue: Catalogue, language: str, theme: Theme,
) -> None:  # fmt: skip
    monthly = indicator.frequency in (Frequency.MONTHLY, Frequency.QUARTERLY)
    joined = [o for o in shown if o.is_solid and (monthly or o.period.is_year or is_stock_end(indicator, o))]
    for run in runs(joined, indicator):
        if len(run) > 1:
            figure.add_scatter(
                x=[position(o.period) for o in run], y=[o.value * scale.per for o in run], mode="lines",
                line={"color": theme.accent, "width": 2.2}, hoverinfo="skip", showlegend=False, name="run",
            )  # fmt: skip
    dense = len(shown) > 40
    figure.add_scatter(
        x=[position(o.period) for o in shown],
        y=[o.value * scale.per for o in shown],
        mode="markers",
        name="observed",
        marker={
            "symbol": [_symbol(o, not o.period.is_year and not is_stock_end(indicator, o) and not monthly)
                       for o in shown],
            "size": [4 if dense else 8 for _ in shown],
            "color": theme.accent,
            "opacity": 1,
            "line": {"width": 1.8 if not dense else 1, "color": theme.accent},
        },
        customdata=[o.period.text for o in shown],
        hovertext=[_hover(o, unit, indicator, catalogue, language) for o in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def _bars(
    figure: go.Figure, shown: Sequence[Observation], scale: Scale, unit: Unit, indicator: Indicator,
    catalogue: Catalogue, language: str, theme: Theme,
) -> None:  # fmt: skip
    whole = [o.period.is_year for o in shown]
    few = len(shown) <= 14
    figure.add_bar(
        x=[position(o.period) for o in shown],
        y=[o.value * scale.per for o in shown],
        width=[BAR_WIDTH if w else 0.16 for w in whole],
        name="observed",
        marker={
            "color": [theme.accent if o.is_solid else theme.ground for o in shown],
            "line": {"color": theme.accent, "width": 1.5},
        },
        text=[n.bare(o.value, unit, language, o.decimals) if o.period.is_year and few else "" for o in shown],
        textposition="inside", insidetextanchor="start", textangle=0, cliponaxis=False, constraintext="none",
        textfont={"size": 11.5, "color": [theme.ground if o.is_solid else theme.accent for o in shown]},
        customdata=[o.period.text for o in shown],
        hovertext=[_hover(o, unit, indicator, catalogue, language) for o in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )  # fmt: skip


def _target(
    figure: go.Figure, catalogue: Catalogue, indicator_id: str, target: Target, as_of: date, scale: Scale,
    unit: Unit, language: str, theme: Theme,
) -> None:  # fmt: skip
    case = case_of(catalogue, indicator_id, target, as_of)
    if target.form in LEVEL_FORMS:
        wanted = wanted_level(case)
        if wanted is not None:
            _path(figure, target, required_path(case), wanted, scale, unit, language, theme)
    elif target.form in LINE_FORMS and target.value is not None:
        rate_on_level = target.form is Form.AVERAGE_GROWTH and unit.kind is not UnitKind.GROWTH
        if not rate_on_level:
            _level_line(figure, target, scale, unit, language, theme)


def _path(
    figure: go.Figure, target: Target, path: Sequence[tuple[Period, float]], wanted: float, scale: Scale, unit: Unit,
    language: str, theme: Theme,
) -> None:  # fmt: skip
    end = position(target.due)
    if path:
        base = path[0]
        figure.add_scatter(
            x=[position(period) for period, _ in path], y=[value * scale.per for _, value in path], mode="lines",
            line={"color": theme.ink3, "width": 1.4, "dash": "4px,3px"}, hoverinfo="skip", showlegend=False,
            name="required path",
        )  # fmt: skip
        if target.baseline is not None and target.baseline.value is not None:
            unchecked = target.baseline.check.value == "recalled"
            figure.add_scatter(
                x=[position(base[0])], y=[base[1] * scale.per], mode="markers", showlegend=False, name="baseline",
                marker={"symbol": "circle-open" if unchecked else "circle", "size": 7, "color": theme.ink3,
                        "line": {"width": 1.5, "color": theme.ink3}},
                hovertext=[words(language).say(
                    "chart.baseline", value=amount(base[1], unit, language), period=period_text(base[0], language)
                ) + ("<br>" + words(language).say("check.recalled") if unchecked else "")],
                hovertemplate="%{hovertext}<extra></extra>",
            )  # fmt: skip
    hollow = target.check.value == "recalled"
    figure.add_scatter(
        x=[end], y=[wanted * scale.per], mode="markers", name="target", showlegend=False, cliponaxis=False,
        marker={"symbol": "diamond-open" if hollow else "diamond", "size": 11, "color": theme.ink,
                "line": {"width": 1.5, "color": theme.ink}},
        meta=words(language).say("chart.target", value=_tick(wanted * scale.per)),
        hovertext=[words(language).say("chart.target", value=amount(wanted, unit, language))
                   + f"<br>{period_text(target.due, language)}"],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _level_line(figure: go.Figure, target: Target, scale: Scale, unit: Unit, language: str, theme: Theme) -> None:
    first = target.span.from_ if target.span else target.due.year
    edges = [first - 0.45, target.due.year + 0.45]
    for value in [v for v in (target.value, target.high) if v is not None]:
        figure.add_scatter(
            x=edges, y=[value * scale.per] * 2, mode="lines", name="target line", showlegend=False,
            meta=words(language).say("chart.target", value=_tick(value * scale.per)),
            line={"color": theme.ink, "width": 1.6, "dash": "4px,3px"},
            hovertext=[words(language).say("chart.target", value=amount(value, unit, language))] * 2,
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip


def _tick(value: float) -> str:
    return n.plain(Decimal(f"{value:.6g}").normalize() + 0) if abs(value) < 1e6 else f"{value:,.0f}"


LABEL_HEIGHT = 16  # pixels that a label needs for itself
NEAR = 0.22  # labels closer than this part of the axis can run into one another


def _labels(
    figure: go.Figure, shown: Sequence[Observation], scale: Scale, language: str, theme: Theme, behind: str | None
) -> None:
    """Name the newest figure, the targets and the lines around it beside their marks, pushed apart where they would
    overlap.

    `behind` is the ground that a label needs where it may lie on a bar.
    """
    up = _upward(figure)
    labels = [
        (float(t.x[-1]), up(t.y[-1]), f"<b>{t.meta}</b>", 13, theme.ink)
        for t in _last_of_each_value([t for t in figure.data if t.name in ("target", "target line")])
    ]
    labels += [(float(t.x[-1]), up(t.y[-1]), str(t.meta), 12, theme.ink2) for t in figure.data if t.name == "peer"]
    labels += [(float(t.x[-1]), up(t.y[-1]), str(t.meta), 11, theme.ink3) for t in figure.data if t.name == "vintage"]
    if shown:
        newest = shown[-1]
        labels.append((position(newest.period), up(newest.value * scale.per), _newest(newest, scale, language), 14,
                       theme.accent))  # fmt: skip
    low, high = figure.layout.yaxis.range
    first, last = figure.layout.xaxis.range
    per_pixel = (high - low) / max(1, figure.layout.height - 60)
    placed: list[tuple[float, float]] = []
    for x, y, text, size, colour in sorted(labels, key=lambda label: -label[1]):
        at = y / per_pixel
        for other_x, other_at in placed:
            if abs(other_x - x) < NEAR * (last - first) and other_at - at < LABEL_HEIGHT:
                at = other_at - LABEL_HEIGHT
        placed.append((x, at))
        crowd = [a for a, b, *_ in labels if abs(a - x) < NEAR / 4 * (last - first)
                 and abs(b - y) < 2 * LABEL_HEIGHT * per_pixel]  # fmt: skip
        figure.add_annotation(
            x=max(crowd), y=y, text=text, showarrow=False, xanchor="left", xshift=10, yshift=at - y / per_pixel,
            font={"size": size, "color": colour}, bgcolor=behind,
        )  # fmt: skip


def _upward(figure: go.Figure) -> Callable[[float], float]:
    """Where a value stands on the upright axis: on a logarithmic one plotly wants the exponent."""
    return math.log10 if figure.layout.yaxis.type == "log" else float


def _last_of_each_value(targets: list[go.Scatter]) -> list[go.Scatter]:
    """A value that is set year after year is named once, at its last year."""
    newest = {(t.name, t.meta): t for t in sorted(targets, key=lambda t: t.x[-1])}
    return list(newest.values())


def _newest(o: Observation, scale: Scale, language: str) -> str:
    mark = {"at least": "≥", "above": ">", "at most": "≤", "below": "<"}.get(o.bound.value if o.bound else "", "")
    text = mark + n.plain(n.exact(o.value * scale.per, None if scale.per != 1 else o.decimals))
    period = "" if o.period.is_year else period_text(o.period, language)
    return f"<b>{text}</b>" + (f" <span style='font-size:11px'>{period}</span>" if period else "")


def _frame(figure: go.Figure, scale: Scale, height: int, theme: Theme, as_bars: bool, options: ChartOptions) -> None:
    points = [(x, y) for t in figure.data for x, y in zip(t.x, t.y, strict=True) if x is not None and y is not None]
    points = [(x, y) for x, y in points if is_within(x, options)] or points
    xs, ys = [x for x, _ in points], [y for _, y in points]
    first, last = (options.first or min(xs), options.last or max(xs)) if xs else (2020, 2025)
    edge = 0.55 if as_bars else max(0.25, (last - first) * 0.03)
    named = any(t.name in ("peer", "vintage") for t in figure.data)
    figure.update_layout(
        height=height, margin={"l": 4, "r": 124 if named else 96, "t": 46 if options.events else 30, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": SANS, "size": 12, "color": theme.ink3}, bargap=0.3,
        title={"text": scale.unit, "font": {"size": 12, "color": theme.ink3}, "x": 0, "xref": "container",
               "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"t": 4}},
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.rule, "align": "left",
                    "font": {"family": SANS, "size": 13, "color": theme.ink}},
        dragmode=False, showlegend=False,
    )  # fmt: skip
    figure.update_xaxes(
        range=[first - edge, last + edge], tickmode="linear", tick0=int(last), dtick=_year_step(first, last),
        tickformat="d", tickangle=0, showgrid=False, zeroline=False, linecolor=theme.ink3, tickcolor=theme.ink3,
        ticks="outside", ticklen=4, fixedrange=True, automargin=True,
    )  # fmt: skip
    figure.update_yaxes(gridcolor=theme.grid, fixedrange=True, automargin=True)
    if options.log and ys and min(ys) > 0:
        _powers(figure, min(ys), max(ys))
    else:
        _even(figure, ys, as_bars, theme)


def _year_step(first: float, last: float) -> int:
    return max(1, math.ceil((last - first) / 5.5))


def _even(figure: go.Figure, ys: Sequence[float], as_bars: bool, theme: Theme) -> None:
    """An axis of even steps: from zero, unless all that it holds is far from it."""
    low, high = (min(ys), max(ys)) if ys else (0.0, 1.0)
    floor = 0.0 if as_bars or low < FULL_SCALE_FROM * high else None
    pad = (high - (low if floor is None else min(floor, low))) * 0.12 or abs(high) * 0.12 or 1
    bottom = (low - pad) if floor is None else (min(0.0, low - pad) if low < 0 else 0.0)
    figure.update_yaxes(
        range=[bottom, high + pad], nticks=5, tickformat=",~r" if abs(high) < 10 else ",", zeroline=low < 0,
        zerolinecolor=theme.ink3,
    )  # fmt: skip


def _powers(figure: go.Figure, low: float, high: float) -> None:
    """A logarithmic axis with a line at 1, 2 and 5 of each power, or at the powers where those are many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if len(powers) <= 3 else (1,)
    pad = 0.06 * (math.log10(high) - math.log10(low)) or 0.1
    figure.update_yaxes(
        type="log", range=[math.log10(low) - pad, math.log10(high) + pad], tickmode="array", zeroline=False,
        tickvals=[step * 10.0**power for power in powers for step in steps], tickformat=",~r",
    )  # fmt: skip


def _breaks(figure: go.Figure, indicator: Indicator, shown: Sequence[Observation], language: str, theme: Theme) -> None:
    if not shown:
        return
    first, last = position(shown[0].period), position(shown[-1].period)
    for row, gap in enumerate(indicator.breaks):
        at = position(gap.period) - 0.5
        if first <= at <= last:
            figure.add_vline(x=at, line={"color": theme.ink3, "width": 1.2, "dash": "dot"})
            figure.add_annotation(
                x=at, y=1, yref="paper", text=words(language).say("chart.break"), showarrow=False, xanchor="left",
                xshift=3, yshift=-14 * (row % 3), yanchor="top", font={"size": 11, "color": theme.ink3},
                hovertext=gap.reason[language],
            )  # fmt: skip


def sparkline(shown: Sequence[Observation], indicator: Indicator, target: float | None, theme: Theme) -> str:
    """A 112 x 30 picture of the solid whole-year figures, with the target as a dotted line, as SVG."""
    points = [(position(o.period), o.value) for o in shown if o.is_solid][-60:]
    if not points:
        return ""
    width, height, pad = 112, 30, 4
    ys = [y for _, y in points] + ([target] if target is not None else [])
    xs = [x for x, _ in points]
    spread_x, spread_y = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(pad + (x - min(xs)) / spread_x * (width - 2 * pad), 1),
            round(height - pad - (y - min(ys)) / spread_y * (height - 2 * pad), 1),
        )

    drawn = [o for o in shown if o.is_solid][-60:]
    lines = "".join(
        '<polyline fill="none" stroke="{}" stroke-width="1.6" points="{}"/>'.format(
            theme.accent, " ".join(f"{x},{y}" for x, y in (place(position(o.period), o.value) for o in run))
        )
        for run in runs(drawn, indicator)
        if len(run) > 1
    )
    few = [place(*p) for p in points] if len(points) <= 20 else []
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="1.3" fill="{theme.accent}"/>' for x, y in few)
    x, y = place(*points[-1])
    dotted = ""
    if target is not None:
        level = place(xs[0], target)[1]
        dotted = (f'<line x1="{pad}" x2="{width - pad}" y1="{level}" y2="{level}" stroke="{theme.ink3}"'
                  ' stroke-width="1" stroke-dasharray="2 2"/>')  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'{dotted}{lines}{dots}<circle cx="{x}" cy="{y}" r="2.8" fill="{theme.accent}"/></svg>'
    )
