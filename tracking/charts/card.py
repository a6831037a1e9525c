"""The chart of one indicator on a goal's page: its figures, its targets, a projection."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from tracking.catalogue import Catalogue
from tracking.charts import axes
from tracking.charts.ahead import bands
from tracking.charts.beyond import edge, fenced, told
from tracking.charts.labels import right_margin, write
from tracking.charts.marks import bars, is_drawn_as_bars, line
from tracking.charts.plot import Plot, chart_scale, is_within_years
from tracking.charts.promise import LEVEL_FORMS, has_number, promise, target_labels
from tracking.look import Theme
from tracking.model import Observation, Target
from tracking.period import Length
from tracking.projection import BANDS, Projection

ABOVE, BELOW, EDGE = 30, 30, 4  # pixels over and under the axes, and outside their names


def progress_chart(
    catalogue: Catalogue,
    indicator_id: str,
    targets: Sequence[Target],
    as_of: date,
    language: str,
    theme: Theme,
    height: int = 216,
    ahead: Projection | None = None,
) -> go.Figure:
    """The indicator's figures with the targets set for it, as known on that day, and a projection if one is given.

    The trace named `observed` holds every figure (x: year axis, y: value x meta.per); others only draw. A
    projection's bands are the traces `band 50`, `band 80`, `band 95`, its median the trace `median`. Figures that the
    axis leaves out are `beyond` too, at its edge; `meta.beyond` says which.
    """
    known = catalogue.main_series(indicator_id).as_known_on(as_of)
    shown = [o for o in known if o.period.length is not Length.SPAN]
    drawn = [t for t in targets if has_number(t)]
    scale = chart_scale(on_axis(shown, drawn, ahead), catalogue.unit_of(indicator_id), language)
    plot = Plot(catalogue, indicator_id, as_of, language, theme, scale)
    as_bars = is_drawn_as_bars(plot.indicator, plot.unit, shown)
    figure = go.Figure()
    if ahead is not None:
        bands(figure, plot, ahead, as_bars)
    (bars if as_bars else line)(figure, plot, shown)
    for target in drawn:
        promise(figure, plot, target)
    span = axes.span_of(figure, as_bars)
    axes.years(figure, span, is_within_years(shown), theme)
    kept, out = fenced(plot, shown, drawn, ahead, as_bars)
    axes.levels(figure, kept or axes.values_within(figure, span), as_bars, theme)
    if out:
        edge(figure, plot, out, height - ABOVE - BELOW)
    labels = [*target_labels(plot, figure), *([] if as_bars else axes.newest_label(plot, shown))]
    margin = {"r": right_margin(labels, span), "t": ABOVE, "b": BELOW}
    axes.frame(figure, scale.unit, height, theme, margin)
    write(figure, labels, height - ABOVE - BELOW, theme.ground)
    axes.breaks(figure, plot, shown, span)
    figure.update_layout(
        margin={"l": EDGE + axes.settled(figure, height - ABOVE - BELOW)},
        meta={"per": scale.per, "indicator": indicator_id, "unit": scale.unit, "beyond": told(plot, out)},
    )  # fmt: skip
    return figure


def on_axis(shown: Sequence[Observation], targets: Sequence[Target], ahead: Projection | None) -> list[float]:
    """Everything that the axis must hold, in the indicator's unit."""
    found = [o.value for o in shown] + [t.value for t in targets if t.value is not None and t.form in LEVEL_FORMS]
    return found + [v for step in (ahead.steps if ahead else ()) for v in step.bands[max(BANDS)]]
