"""What may lie around an indicator's own figures on its chart: other areas, older vintages, events, breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.chart_ground import Scale, place_of_day, position, runs
from tracking.chart_options import ChartOptions, drawable, is_within, peers
from tracking.look import Theme
from tracking.model import Indicator, Observation, Series, Target, Unit
from tracking.period import Period
from tracking.words import words

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
MOST_VINTAGES = 3  # older ones that are drawn; more would be a thicket
LEAST_FIGURES = 4  # published on one day, from which they are called a vintage
SAME = 1e-9  # figures closer than this part of each other were not revised


@dataclass(frozen=True, slots=True)
class Vintage:
    """What one publication said: the day it was out, and its figures that were revised later or belong to them."""

    day: date
    figures: tuple[Observation, ...]

    @property
    def published(self) -> Period:
        """The day as far as it is known."""
        return self.figures[0].published


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which targets were adopted, and the document that states them."""

    day: date
    document: str


def older_vintages(series: Series, as_of: date) -> tuple[Vintage, ...]:
    """The last publications of many figures at once of which some were revised since, newest first."""
    newest = {o.period.text: o for o in series.as_known_on(as_of)}
    days = sorted({o.known for o in series.observations if o.known <= as_of}, reverse=True)
    found = []
    for day in days:
        said = tuple(sorted((o for o in series.observations if o.known == day), key=lambda o: o.period))
        if len(said) >= LEAST_FIGURES and any(is_revised(o, newest[o.period.text]) for o in said):
            found.append(Vintage(day, said))
    return tuple(found[:MOST_VINTAGES])


def is_revised(before: Observation, after: Observation) -> bool:
    return abs(before.value - after.value) > SAME * max(abs(before.value), abs(after.value))


def events_of(targets: Sequence[Target], as_of: date, options: ChartOptions) -> tuple[Event, ...]:
    """The adoptions within the years that are drawn, oldest first, each document once."""
    found = {t.document: Event(t.adopted.end, t.document) for t in targets if t.adopted.end <= as_of}
    drawn = [event for event in found.values() if is_within(place_of_day(event.day), options)]
    return tuple(sorted(drawn, key=lambda event: (event.day, event.document)))


def draw_peers(
    figure: go.Figure, catalogue: Catalogue, indicator_id: str, as_of: date, options: ChartOptions, scale: Scale,
    language: str, theme: Theme,
) -> None:  # fmt: skip
    """A grey line for each other area, told apart by its dashes and its name at the end."""
    unit, indicator = catalogue.unit_of(indicator_id), catalogue.indicators[indicator_id]
    others = peers(catalogue, indicator_id)
    for dash, area in zip(DASHES, options.areas, strict=False):
        shown = [o for o in drawable(others[area].as_known_on(as_of)) if is_within(position(o.period), options)]
        name = catalogue.card.areas[area][language]
        _line(figure, shown, indicator, scale, "peer", name, {"color": theme.old, "width": 1.6, "dash": dash},
              [_said(name, o, unit, language) for o in shown])  # fmt: skip


def draw_vintages(
    figure: go.Figure, series: Series, indicator: Indicator, as_of: date, options: ChartOptions, scale: Scale,
    unit: Unit, language: str, theme: Theme,
) -> None:  # fmt: skip
    """A thin grey line for each older vintage, and an upright as long as the largest revision of the oldest."""
    w, newest = words(language), {o.period.text: o for o in series.as_known_on(as_of)}
    found = older_vintages(series, as_of)
    for vintage in found:
        shown = [o for o in vintage.figures if is_within(position(o.period), options)]
        name = w.say("chart.vintage", day=n.known_text(vintage.published, language))
        _line(figure, shown, indicator, scale, "vintage", name, {"color": theme.old, "width": 1.1},
              [_said(name, o, unit, language) for o in shown])  # fmt: skip
    shown = [o for v in found[-1:] for o in v.figures if is_within(position(o.period), options)]
    if shown:
        _revision(figure, max(shown, key=lambda o: abs(o.value - newest[o.period.text].value)), newest, scale, unit,
                  language, theme)  # fmt: skip


def _revision(
    figure: go.Figure, before: Observation, newest: Mapping[str, Observation], scale: Scale, unit: Unit, language: str,
    theme: Theme,
) -> None:  # fmt: skip
    after = newest[before.period.text]
    said = words(language).say(
        "chart.revision", period=n.period_text(before.period, language), before=n.observed(before, unit, language),
        after=n.observed(after, unit, language),
    )  # fmt: skip
    figure.add_scatter(
        x=[position(before.period)] * 2, y=[before.value * scale.per, after.value * scale.per], mode="lines",
        line={"color": theme.old, "width": 1.1}, name="revision", hovertext=[said] * 2, showlegend=False,
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _line(
    figure: go.Figure, shown: Sequence[Observation], indicator: Indicator, scale: Scale, kind: str, name: str,
    line: Mapping[str, object], hover: Sequence[str],
) -> None:  # fmt: skip
    """One trace; a missing year or a break leaves a gap in it."""
    if not shown:
        return
    text = dict(zip((o.period.text for o in shown), hover, strict=True))
    xs: list[float | None] = []
    ys: list[float | None] = []
    said: list[str] = []
    for run in runs(shown, indicator):
        gap = [None] if xs else []
        xs += [*gap, *(position(o.period) for o in run)]
        ys += [*gap, *(o.value * scale.per for o in run)]
        said += [*([""] * len(gap)), *(text[o.period.text] for o in run)]
    alone = any(len(run) == 1 for run in runs(shown, indicator))
    figure.add_scatter(
        x=xs, y=ys, mode="lines+markers" if alone else "lines", line=dict(line), marker={"size": 4}, name=kind,
        meta=name, hovertext=said, hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
    )  # fmt: skip


def _said(name: str, o: Observation, unit: Unit, language: str) -> str:
    return f"<b>{n.observed(o, unit, language)}</b>  {n.period_text(o.period, language)}<br>{name}"


def draw_events(figure: go.Figure, events: Sequence[Event], catalogue: Catalogue, language: str, theme: Theme) -> None:
    """A thin upright for each adoption with its number on top; the page says below which document it is."""
    first, last = figure.layout.xaxis.range
    for number, event in enumerate(events, 1):
        x = place_of_day(event.day)
        if first <= x <= last:
            figure.add_vline(x=x, line={"color": theme.rule, "width": 1}, layer="below")
            figure.add_annotation(
                x=x, y=1, yref="paper", yanchor="bottom", text=f"<b>{number}</b>", showarrow=False, name="event",
                font={"size": 11, "color": theme.ink2}, hovertext=event_text(event, catalogue, language),
            )  # fmt: skip


def event_text(event: Event, catalogue: Catalogue, language: str) -> str:
    """`1 November 2021: the plan that was adopted`."""
    title = catalogue.documents[event.document].title[language]
    return words(language).say("chart.event", day=n.day_text(event.day, language), document=title)
