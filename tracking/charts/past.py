"""How a series looked before it was revised: older vintages in grey, an upright for the size of the revision.

Only what a reader could see is a revision here: a computer's further decimals are none, nor is a difference thinner
than the line itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.charts.labels import Label
from tracking.charts.marks import joined_runs, pen
from tracking.charts.plot import Plot, period_of, position
from tracking.history import size_decimals
from tracking.model import Indicator, Observation, Series
from tracking.numbers import known_text, observed

VISIBLE = 0.015  # of the spread of the values: less is hardly more than the line is thick
MOST = 3  # older vintages in one chart


@dataclass(frozen=True)
class Revision:
    """One period's figure as it was and as it is."""

    old: Observation
    new: Observation


@dataclass(frozen=True)
class Vintage:
    """What was known just before a revision: its figures, and those among them that were revised since."""

    observations: tuple[Observation, ...]
    revised: tuple[Revision, ...]

    @property
    def newest(self) -> Observation:
        """The figure that was published last: the vintage bears its day."""
        return max(self.observations, key=lambda o: (o.known, o.period))


def older_vintages(series: Series, now: Sequence[Observation], most: int = MOST) -> tuple[Vintage, ...]:
    """The vintages before `now` that differ from it to the eye, newest first."""
    values = [o.value for o in now]
    least = VISIBLE * (max(values) - min(values)) if values else 0.0
    current = {o.period.text: o for o in now}
    days = {
        later.known - timedelta(days=1)
        for old, later in _republished(series)
        if old.period.text in current and _is_revised(old, current[old.period.text], least)
    }
    found: dict[tuple[Observation, ...], Vintage] = {}
    for day in sorted(days, reverse=True):
        known = tuple(o for o in series.as_known_on(day) if o.period.text in current)
        revised = tuple(
            Revision(o, current[o.period.text]) for o in known if _is_revised(o, current[o.period.text], least)
        )
        if revised:
            found.setdefault(tuple(r.old for r in revised), Vintage(known, revised))
        if len(found) == most:
            break
    return tuple(found.values())


def _republished(series: Series) -> Iterator[tuple[Observation, Observation]]:
    """Every figure that was published again, with what followed it."""
    return ((old, later) for old, later in pairwise(series.observations) if old.period.text == later.period.text)


def _is_revised(old: Observation, new: Observation, least: float) -> bool:
    return old is not new and old.known < new.known and abs(old.value - new.value) > least


def seen(indicator: Indicator, vintage: Vintage) -> tuple[Observation, ...]:
    """The part that differs, with the figure before it: the rest lies under the newest line."""
    first, last = vintage.revised[0].old.period, vintage.revised[-1].old.period
    before = [o for o in vintage.observations if o.period < first][-1:]
    return (*before, *(o for o in vintage.observations if first <= o.period <= last))


def past(figure: go.Figure, plot: Plot, vintages: Sequence[Vintage], as_bars: bool) -> None:
    """Each older vintage as the trace `vintage`, with the trace `revision` from its last figure to the new one."""
    for vintage in vintages:
        part = seen(plot.indicator, vintage)
        if as_bars:
            xs: list[float | None] = [position(r.old.period) for r in vintage.revised]
            ys: list[float | None] = [r.old.value for r in vintage.revised]
        else:
            xs, ys = pen(joined_runs(plot.indicator, part))
            if not xs:
                xs, ys = [*(position(o.period) for o in part)], [*(o.value for o in part)]
        figure.add_scatter(
            x=xs, y=[None if y is None else plot.up(y) for y in ys], name="vintage", showlegend=False,
            mode="markers" if as_bars or len(xs) < 2 else "lines", hoverinfo="skip",
            line={"color": plot.theme.old, "width": 1.6},
            marker={"symbol": "line-ew-open", "size": 18, "line": {"width": 1.8, "color": plot.theme.old}},
            meta=vintage_name(plot, vintage),
        )  # fmt: skip
        _upright(figure, plot, vintage.revised[-1])
        _points(figure, plot, vintage)


def _upright(figure: go.Figure, plot: Plot, revision: Revision) -> None:
    figure.add_scatter(
        x=[position(revision.old.period)] * 2, y=[plot.up(revision.old.value), plot.up(revision.new.value)],
        mode="lines", line={"color": plot.theme.old, "width": 1}, hoverinfo="skip", showlegend=False, name="revision",
    )  # fmt: skip


def _points(figure: go.Figure, plot: Plot, vintage: Vintage) -> None:
    figure.add_scatter(
        x=[position(r.old.period) for r in vintage.revised], y=[plot.up(r.old.value) for r in vintage.revised],
        mode="markers", name="revised", showlegend=False,
        marker={"size": [9] * len(vintage.revised), "color": plot.theme.old,
                "opacity": [0] * (len(vintage.revised) - 1) + [1]},
        hovertext=[revision_text(plot, r, "<br>") for r in vintage.revised],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def vintage_name(plot: Plot, vintage: Vintage) -> str:
    return plot.words.say("chart.vintage", day=known_text(vintage.newest.published, plot.language))


def vintage_labels(plot: Plot, vintages: Sequence[Vintage]) -> list[Label]:
    """Each older vintage's day beside its last figure that was revised."""
    return [
        Label(position(v.revised[-1].old.period), plot.up(v.revised[-1].old.value), vintage_name(plot, v), 11,
              plot.theme.ink3)
        for v in vintages
    ]  # fmt: skip


def revision_text(plot: Plot, r: Revision, glue: str = " ") -> str:
    """What it was, what it is, by how much it moved, and when each was published."""
    size = r.new.value - r.old.value
    return plot.words.say(
        "chart.revised" + (".higher" if size > 0 else ".lower"), glue=glue, period=period_of(plot, r.new),
        old=observed(r.old, plot.unit, plot.language), old_day=known_text(r.old.published, plot.language),
        new=observed(r.new, plot.unit, plot.language), new_day=known_text(r.new.published, plot.language),
        size=n.difference(size, plot.unit, plot.language, size_decimals(size, r.old, r.new)),
    )  # fmt: skip


def largest_revision(vintages: Sequence[Vintage]) -> Revision | None:
    found = [r for v in vintages for r in v.revised]
    return max(found, key=lambda r: abs(r.new.value - r.old.value), default=None)
