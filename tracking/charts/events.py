"""Policy events: the adoption of the documents that an indicator's goals and targets rest on, numbered at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts.plot import Plot, day_position, wrapped
from tracking.numbers import known_text
from tracking.period import Period

CLOSE = 0.045  # of the axis: numbers nearer than this share a place


@dataclass(frozen=True)
class PolicyEvent:
    """A document's adoption; `number` names it in the chart and in the list below."""

    number: int
    document: str
    adopted: Period

    @property
    def at(self) -> float:
        return day_position(self.adopted.end)


def policy_events(
    catalogue: Catalogue, indicator_id: str, as_of: date, span: tuple[float, float]
) -> tuple[PolicyEvent, ...]:
    """The adoptions up to that day and between two years, oldest first.

    The documents are those of the indicator's targets, also where they were stated again, and of its goals.
    """
    targets = adopted_targets(catalogue.indicators[indicator_id], as_of)
    documents = {d: None for t in targets for d in (t.document, *(again.document for again in t.also_in))}
    documents |= {catalogue.goals[g].document: None for g in catalogue.goals_with(indicator_id)}
    adopted = {d: catalogue.documents[d].adopted or catalogue.documents[d].date for d in documents}
    inside = [
        (day, d) for d, day in adopted.items() if day.end <= as_of and span[0] <= day_position(day.end) <= span[1]
    ]
    return tuple(PolicyEvent(i, d, day) for i, (day, d) in enumerate(sorted(inside), 1))


def events(
    figure: go.Figure, plot: Plot, found: Sequence[PolicyEvent], span: tuple[float, float], shift: float
) -> None:
    """The trace `events` on an axis of its own that nothing else is measured on: numbers over thin marks.

    `shift` moves a day to where its year is drawn: bars stand in the middle of their years.
    """
    groups: list[list[PolicyEvent]] = []
    for event in found:
        if groups and event.at - groups[-1][0].at < CLOSE * (span[1] - span[0]):
            groups[-1].append(event)
        else:
            groups.append([event])
    figure.add_scatter(
        x=[g[0].at + shift for g in groups], y=[1] * len(groups), yaxis="y9", mode="markers+text", name="events",
        text=[_numbers(g) for g in groups], textposition="top center", cliponaxis=False, showlegend=False,
        textfont={"size": 11, "color": plot.theme.ink2},
        marker={"symbol": "line-ns-open", "size": 9, "color": plot.theme.ink2,
                "line": {"width": 1.3, "color": plot.theme.ink2}},
        hovertext=["<br>".join(_told(plot, event) for event in g) for g in groups],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(
        yaxis9={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True, "anchor": "x"}
    )


def _numbers(group: Sequence[PolicyEvent]) -> str:
    return f"{group[0].number}" if len(group) == 1 else f"{group[0].number}–{group[-1].number}"


def _told(plot: Plot, event: PolicyEvent) -> str:
    title = plot.catalogue.documents[event.document].title[plot.language]
    return f"<b>{event.number}</b> {known_text(event.adopted, plot.language)}<br>{wrapped(title)}"
