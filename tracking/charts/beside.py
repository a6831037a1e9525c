"""Other lines: the same indicator for peer areas, another indicator in a panel below, or all of them as indices."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import plotly.graph_objects as go

from tracking import numbers as n
from tracking.catalogue import Catalogue
from tracking.charts.labels import Label
from tracking.charts.marks import joined_runs, pen
from tracking.charts.plot import Plot, hover, position, stands_for_year
from tracking.look import Theme
from tracking.model import Indicator, Observation, Provider, Series, UnitKind

INDEXABLE = (UnitKind.AMOUNT, UnitKind.INDEX, UnitKind.SHARE)
Known = tuple[Observation, ...]


def peers(catalogue: Catalogue, indicator_id: str) -> Mapping[str, Series]:
    """The same series for other areas, by area, in the catalogue's order of areas."""
    first = next(iter(catalogue.indicators[indicator_id].series), None)
    if first is None or first.provider is not Provider.FIGURES:
        return {}
    own, found = first.area or catalogue.card.area, catalogue.figures.get(first.key, {})
    return {area: found[area] for area in catalogue.card.areas if area in found and area != own}


def peer_known(catalogue: Catalogue, indicator_id: str, area: str, as_of: date) -> Known:
    """An area's figures as known on a day."""
    return peers(catalogue, indicator_id)[area].as_known_on(as_of)


# Of each line that is compared its own strokes and gaps in pixels, for greys alone are not told apart.
DASHES = ("solid", "10px,3px", "2px,3px", "9px,3px,2px,3px", "16px,4px", "9px,3px,2px,3px,2px,3px")


def stroke(theme: Theme, place: int) -> dict[str, str | float]:
    """How the line at a place is drawn. Grey: colour belongs to what is observed here, and to standings."""
    tone = (theme.ink2, theme.old, theme.ink, theme.ink3)[place % 4]
    return {"color": tone, "dash": DASHES[place], "width": 1.5}


def draw_peers(figure: go.Figure, plot: Plot, shown: Mapping[str, Known]) -> list[Label]:
    """A thin line for each area (trace `peer`, its name in `meta`), and its name for the end of the line."""
    labels = []
    for place, (area, known) in enumerate(shown.items()):
        name = plot.catalogue.card.areas[area][plot.language]
        values = [plot.up(o.value) for o in known]
        texts = [hover(plot, o, name) for o in known]
        labels += _thin(figure, plot, known, values, texts, name, stroke(plot.theme, place))
    return labels


def _thin(
    figure: go.Figure, plot: Plot, known: Known, values: Sequence[float], texts: Sequence[str], name: str,
    drawn_as: Mapping[str, str | float],
) -> list[Label]:  # fmt: skip
    if not known:
        return []
    by_period = {o.period.text: value for o, value in zip(known, values, strict=True)}
    xs, ys = _joined(plot.indicator, known, by_period)
    colour = str(drawn_as["color"])
    figure.add_scatter(
        x=xs, y=ys, mode="lines", name="peer line", line=dict(drawn_as), hoverinfo="skip", showlegend=False
    )
    last = len(known) - 1
    figure.add_scatter(
        x=[position(o.period) for o in known], y=list(values), mode="markers", name="peer", meta=name,
        marker={"size": 7, "color": colour,
                "opacity": [1 if i == last or not o.is_solid else 0 for i, o in enumerate(known)],
                "symbol": ["circle" if o.is_solid else "circle-open" for o in known]},
        customdata=[o.period.text for o in known], hovertext=list(texts),
        hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
    )  # fmt: skip
    return [Label(position(known[-1].period), values[-1], name, 12, colour)]


def _joined(
    indicator: Indicator, known: Known, values: Mapping[str, float]
) -> tuple[list[float | None], list[float | None]]:
    found = joined_runs(indicator, known)
    xs, _ = pen(found)
    ys: list[float | None] = []
    for run in found:
        ys += [*([None] if ys else []), *(values[o.period.text] for o in run)]
    return xs, ys


def year_run(indicator: Indicator, known: Iterable[Observation]) -> dict[int, Observation]:
    """The checked figure that stands for each year."""
    return {o.period.year: o for o in known if stands_for_year(indicator, o) and o.is_solid}


def common_year(runs: Sequence[Mapping[int, Observation]]) -> int | None:
    """The first year in which every run has a figure above zero; None if there is none."""
    years = set.intersection(*(set(run) for run in runs)) if runs else set()
    return min((y for y in years if all(run[y].value > 0 for run in runs)), default=None)


def indices(
    figure: go.Figure, plot: Plot, others: Mapping[str, tuple[Plot, str, Known]], main: Known, year: int, own: str
) -> list[Label]:
    """Every run as an index, the common year 100: ours as `run` and `observed`, the others as `peer`."""
    mine = year_run(plot.indicator, main)
    all_runs = {code: year_run(other.indicator, known) for code, (other, _, known) in others.items()}
    shown = tuple(mine.values())
    values = {o.period.text: 100 * o.value / mine[year].value for o in shown}
    xs, ys = _joined(plot.indicator, shown, values)
    figure.add_scatter(
        x=xs, y=ys, mode="lines", name="run", line={"color": plot.theme.accent, "width": 2.2}, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip
    figure.add_scatter(
        x=[position(o.period) for o in shown], y=list(values.values()), mode="markers", name="observed",
        marker={"size": 7, "color": plot.theme.accent}, customdata=[o.period.text for o in shown],
        hovertext=[f"<b>{n.plain(n.exact(values[o.period.text], 1))}</b><br>" + hover(plot, o) for o in shown],
        hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
    )  # fmt: skip
    last = values[shown[-1].period.text]
    text = f"{own} {n.plain(n.exact(last, 1))}"
    labels = [Label(position(shown[-1].period), last, text, 13, plot.theme.accent, bold=True)]
    for place, (code, (other, name, _)) in enumerate(others.items()):
        run = all_runs[code]
        known = tuple(run.values())
        levels = [100 * o.value / run[year].value for o in known]
        texts = [f"<b>{n.plain(n.exact(v, 1))}</b><br>" + hover(other, o, name)
                 for o, v in zip(known, levels, strict=True)]  # fmt: skip
        labels += _thin(figure, other, known, levels, texts, name, stroke(plot.theme, place))
    return labels
