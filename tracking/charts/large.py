"""The one large chart of an indicator's page, and of every export of it: what the options ask for, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from tracking.case import adopted_targets
from tracking.catalogue import Catalogue
from tracking.charts import axes, beside
from tracking.charts.ahead import band_labels, bands
from tracking.charts.beyond import edge, fenced, told
from tracking.charts.card import on_axis
from tracking.charts.events import events, policy_events
from tracking.charts.labels import Label, right_margin, write
from tracking.charts.marks import bars, is_drawn_as_bars, line
from tracking.charts.options import ChartOptions, chosen, index_year, is_within
from tracking.charts.past import Vintage, older_vintages, past, vintage_labels
from tracking.charts.plot import Plot, Scale, chart_scale, is_within_years, position, wrapped
from tracking.charts.promise import (
    BRACKET_HEIGHT,
    baseline_labels,
    bracketed,
    brackets,
    has_number,
    promise,
    target_labels,
    years_of,
)
from tracking.look import Theme
from tracking.model import Observation, Target
from tracking.projection import Projection

HEIGHT = 460
SECOND = 190  # pixels of the panel below
ABOVE, BELOW, BETWEEN, EDGE = 50, 30, 48, 4
SHARE = 0.36  # of the second panel, where the height is that of everything
MOST_BRACKETS = 3


def indicator_chart(
    catalogue: Catalogue,
    indicator_id: str,
    options: ChartOptions,
    as_of: date,
    language: str,
    theme: Theme,
    ahead: Projection | None = None,
    height: int = HEIGHT,
    *,
    whole: bool = False,
) -> go.Figure:
    """One indicator as known on a day. `ahead` is drawn unless the options put it away.

    `height` in pixels is that of the upper panel with its frame; `whole`: that of everything.

    The trace `observed` holds the figures that the options leave (x: year axis, y: value x meta.per, or the index);
    `peer` those of another area, its name in `meta`; `beside` another indicator's, on the axis below; `vintage` what
    was known before a revision; `events` the adoption of documents. Figures that the axis leaves out are `beyond` too,
    at its edge, in the panel below `beside beyond`; `meta` says under these names which. The options must be ones
    that are offered.
    """
    drawing = _Drawing(catalogue, indicator_id, options, as_of, language, theme, ahead, whole)
    if options.indexed:
        return drawing.indices(height)
    return drawing.levels(height)


def headed(name: str, unit: str) -> str:
    """A panel's indicator and its unit, where there is more than one panel; on one line of a phone."""
    first, _, rest = wrapped(name, 40).partition("<br>")
    return f"<b>{first}{'…' if rest else ''}</b>" + (f" · {unit}" if unit else "")


@dataclass(frozen=True)
class _Drawing:
    """One chart on its way: what is asked for, and the steps of drawing it."""

    catalogue: Catalogue
    indicator_id: str
    options: ChartOptions
    as_of: date
    language: str
    theme: Theme
    ahead: Projection | None
    whole: bool

    @property
    def figures(self) -> tuple[Observation, ...]:
        return tuple(chosen(self.catalogue, self.indicator_id, self.as_of, self.options))

    def plot(self, scale: Scale, indicator_id: str = "") -> Plot:
        return Plot(
            self.catalogue, indicator_id or self.indicator_id, self.as_of, self.language, self.theme, scale
        )  # fmt: skip

    @property
    def targets(self) -> list[Target]:
        """The targets that stood on the day and are due in the years in sight."""
        stood = adopted_targets(self.catalogue.indicators[self.indicator_id], self.as_of)
        return [t for t in stood if is_within(position(t.due), self.options)]

    @property
    def projection(self) -> Projection | None:
        """The projection, if it is asked for and lies in sight."""
        found = self.ahead if self.options.projection and not self.options.areas else None
        return found if found and is_within(found.last.year, self.options) else None

    @property
    def vintages(self) -> tuple[Vintage, ...]:
        if not self.options.vintages or self.options.areas:
            return ()
        return older_vintages(self.catalogue.main_series(self.indicator_id), self.figures)

    @property
    def peers(self) -> dict[str, tuple[Observation, ...]]:
        known = {a: beside.peer_known(self.catalogue, self.indicator_id, a, self.as_of) for a in self.options.areas}
        return {a: tuple(o for o in run if is_within(position(o.period), self.options)) for a, run in known.items()}

    def levels(self, height: int) -> go.Figure:
        """The figures on their own scale; another indicator in a panel of its own."""
        shown, drawn, peers = self.figures, [t for t in self.targets if has_number(t)], self.peers
        ahead, older = self.projection, self.vintages
        all_levels = on_axis(shown, drawn, ahead) + [o.value for run in peers.values() for o in run]
        plot = self.plot(chart_scale(all_levels, self.catalogue.unit_of(self.indicator_id), self.language))
        as_bars = is_drawn_as_bars(plot.indicator, plot.unit, shown) and not peers
        figure = go.Figure()
        if ahead is not None:
            bands(figure, plot, ahead, as_bars)
        if not as_bars:
            past(figure, plot, older, as_bars)
        labels = beside.draw_peers(figure, plot, peers)
        (bars if as_bars else line)(figure, plot, shown)
        if as_bars:
            past(figure, plot, older, as_bars)
        for target in drawn:
            promise(figure, plot, target)
        return self.framed(figure, plot, shown, labels, as_bars, height)

    def framed(
        self, figure: go.Figure, plot: Plot, shown: Sequence[Observation], labels: list[Label], as_bars: bool,
        height: int,
    ) -> go.Figure:  # fmt: skip
        """Axes, labels, breaks, events and brackets around what was drawn; and the panel below."""
        second = self.second_labels(figure) if self.options.beside else []
        boxed = bracketed(plot, self.targets)[:MOST_BRACKETS]
        span = self.span(figure, as_bars, boxed)
        days = (span[0] - 0.5, span[1] - 0.5) if as_bars else span  # a bar stands in the middle of its year
        kept, out = self.fenced(plot, shown, as_bars)
        found = kept or axes.values_within(figure, span)
        axes.years(figure, span, is_within_years(shown), self.theme)
        if self.options.log:
            axes.powers(figure, found, self.theme)
        else:
            axes.levels(figure, found, as_bars, self.theme)
        layers = self.rows(height, len(boxed))
        if out:
            edge(figure, plot, out, layers.main)
        low, high = figure.layout.yaxis.range
        labels = [*labels, *self.labels(figure, plot, shown, as_bars, (high - low) / layers.main)]
        labels = [label for label in labels if span[0] <= label.x <= span[1] + 0.01]
        labels = [label for label in labels if not out or low <= label.y <= high]
        margin = {"r": right_margin([*labels, *second], span), "t": ABOVE, "b": BELOW}
        axes.frame(figure, self.headed(plot), layers.height, self.theme, margin)
        figure.update_layout(yaxis={"domain": layers.main_domain})
        write(figure, labels, layers.main, self.theme.ground)
        axes.breaks(figure, plot, shown, span, "y domain")
        if boxed:
            figure.update_layout(yaxis8={"domain": layers.bracket_domain, "range": [-0.2, len(boxed) - 0.2],
                                         "visible": False, "fixedrange": True, "anchor": "x"})  # fmt: skip
            figure.update_xaxes(anchor="y8")
            brackets(figure, plot, boxed, "y8")
        if self.options.events:
            on = policy_events(self.catalogue, self.indicator_id, self.as_of, days)
            if on:
                events(figure, plot, on, span, span[0] - days[0])
                figure.update_layout(yaxis9={"domain": layers.main_domain})
        below = self.second_axis(figure, layers, second) if self.options.beside else ""
        figure.update_layout(
            margin={"l": EDGE + axes.settled(figure, layers.height - ABOVE - BELOW)},
            meta={"per": plot.scale.per, "indicator": self.indicator_id, "unit": plot.scale.unit, "span": list(days),
                  "beyond": told(plot, out), "beside beyond": below}
        )  # fmt: skip
        return figure

    def fenced(
        self, plot: Plot, shown: Sequence[Observation], as_bars: bool
    ) -> tuple[list[float], tuple[Observation, ...]]:
        """What the axis holds and what it leaves out: nothing beside other areas, nor on a logarithmic axis."""
        if self.options.whole or self.options.log or self.options.areas:
            return [], ()
        return fenced(plot, shown, [t for t in self.targets if has_number(t)], self.projection, as_bars)

    def rows(self, height: int, boxed: int) -> "_Rows":
        """How the height is shared out; where it is that of everything, the second panel takes its part of it."""
        if not self.options.beside:
            return _Rows.of(height, 0, boxed)
        second = round(SHARE * (height - ABOVE - BELOW - BETWEEN)) if self.whole else SECOND
        return _Rows.of(height - (second + BETWEEN if self.whole else 0), second, boxed)

    def span(self, figure: go.Figure, as_bars: bool, boxed: Sequence[Target]) -> tuple[float, float]:
        """The years in sight: those asked for, else everything drawn and every bracket."""
        if self.options.first and self.options.last:
            first, last = float(self.options.first), float(self.options.last)
            before = 1.0 if is_within_years(self.figures) else 0.5
            return (first - 0.6, last + 0.6) if as_bars else (first - before, last + 0.04 * (last - first + 1))
        first, last = axes.span_of(figure, as_bars)
        ends = [e for t in boxed for e in years_of(t) or ()]
        return min([first, *ends]), max([last, *ends])

    def labels(
        self, figure: go.Figure, plot: Plot, shown: Sequence[Observation], as_bars: bool, per_pixel: float
    ) -> list[Label]:
        """The newest figure, the targets, the older vintages, the bands."""
        found = target_labels(plot, figure) + baseline_labels(plot, figure)
        found += [] if as_bars else self.newest(plot, shown) + axes.within_labels(plot, shown)
        found += [] if as_bars else vintage_labels(plot, self.vintages)
        ahead = self.projection
        return found + (band_labels(plot, ahead, as_bars, per_pixel) if ahead is not None else [])

    def newest(self, plot: Plot, shown: Sequence[Observation]) -> list[Label]:
        """The newest figure; beside other areas, with its own."""
        found = axes.newest_label(plot, shown, 17)
        return [axes.named(label, self.own_name) for label in found] if self.options.areas else found

    @property
    def own_name(self) -> str:
        """What our own line is called: its area beside others, else the indicator."""
        if self.options.areas:
            return self.catalogue.card.areas[self.catalogue.main_series(self.indicator_id).area][self.language]
        return wrapped(self.catalogue.indicators[self.indicator_id].name[self.language], 24)

    def headed(self, plot: Plot) -> str:
        """The unit; with the indicator's name where there are two panels."""
        name = plot.indicator.name[self.language]
        return headed(name, plot.scale.unit) if self.options.beside else plot.scale.unit

    def second(self) -> tuple[Plot, tuple[Observation, ...]]:
        """The other indicator's plot and its figures in the years in sight."""
        options = ChartOptions(first=self.options.first, last=self.options.last)
        shown = tuple(chosen(self.catalogue, self.options.beside, self.as_of, options))
        unit = self.catalogue.unit_of(self.options.beside)
        return self.plot(chart_scale([o.value for o in shown], unit, self.language), self.options.beside), shown

    def second_labels(self, figure: go.Figure) -> list[Label]:
        """Draw the other indicator on the axis below; its newest figure's label."""
        plot, shown = self.second()
        other = go.Figure()
        line(other, plot, shown)
        for trace in other.data:
            trace.update(yaxis="y2", name={"observed": "beside", "run": "beside run"}[trace.name])
            figure.add_trace(trace)
        return axes.newest_label(plot, shown)

    def second_axis(self, figure: go.Figure, layers: "_Rows", labels: list[Label]) -> str:
        """The panel below: its axis, its name and unit, and the years under it; which figures it leaves out."""
        plot, shown = self.second()
        span = figure.layout.xaxis.range
        figure.update_layout(yaxis2={"domain": layers.second_domain, "anchor": "x"}, xaxis={"anchor": "y2"})
        kept, out = ([], ()) if self.options.whole else fenced(plot, shown, [], None, False)
        axes.levels(figure, kept or axes.values_within(figure, (span[0], span[1]), "2"), False, self.theme, "2")
        if out:
            edge(figure, plot, out, layers.second, "2", "beside beyond")
        name = plot.indicator.name[self.language]
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=1, yref="y2 domain", yanchor="bottom", yshift=6,
            align="left", showarrow=False, text=headed(name, plot.scale.unit),
            font={"size": 12, "color": self.theme.ink3},
        )  # fmt: skip
        write(figure, [o for o in labels if span[0] <= o.x <= span[1]], layers.second, self.theme.ground, "2")
        return told(plot, out)

    def indices(self, height: int) -> go.Figure:
        """All that is compared, as indices of the first common year, on one scale."""
        plot = self.plot(Scale(1.0, ""))
        year = index_year(self.catalogue, self.indicator_id, self.as_of, self.options)
        assert year is not None  # `options_of` takes an index only where there is one
        others = {a: (plot, self.catalogue.card.areas[a][self.language], run) for a, run in self.peers.items()}
        if self.options.beside:
            other, shown = self.second()
            others[self.options.beside] = (other, wrapped(other.indicator.name[self.language], 24), shown)
        figure = go.Figure()
        labels = beside.indices(figure, plot, others, self.figures, year, self.own_name)
        span = self.span(figure, False, ())
        found = axes.values_within(figure, span)
        axes.years(figure, span, False, self.theme)
        if self.options.log:
            axes.powers(figure, found, self.theme)
        else:
            axes.levels(figure, found, False, self.theme)
        margin = {"r": right_margin(labels, span), "t": ABOVE, "b": BELOW}
        axes.frame(figure, plot.words.say("chart.index", year=year), height, self.theme, margin)
        write(figure, labels, height - ABOVE - BELOW, self.theme.ground)
        figure.update_layout(
            margin={"l": EDGE + axes.settled(figure, height - ABOVE - BELOW)},
            meta={"indicator": self.indicator_id, "index": year, "span": list(span)},
        )  # fmt: skip
        return figure


@dataclass(frozen=True)
class _Rows:
    """How the height is shared out, in pixels from the bottom of the axes: a panel below, brackets, the figures."""

    height: int
    second: float
    brackets: float
    main: float

    @classmethod
    def of(cls, height: int, second: int, boxed: int) -> "_Rows":
        rows = BRACKET_HEIGHT * boxed
        return cls(height + (second + BETWEEN if second else 0), second, rows, height - ABOVE - BELOW - rows)

    def _domain(self, first: float, last: float) -> list[float]:
        whole = self.height - ABOVE - BELOW
        return [first / whole, min(1.0, last / whole)]

    @property
    def _above_second(self) -> float:
        return self.second + BETWEEN if self.second else 0.0

    @property
    def second_domain(self) -> list[float]:
        return self._domain(0, self.second)

    @property
    def bracket_domain(self) -> list[float]:
        return self._domain(self._above_second, self._above_second + self.brackets)

    @property
    def main_domain(self) -> list[float]:
        return self._domain(self._above_second + self.brackets, self._above_second + self.brackets + self.main)
