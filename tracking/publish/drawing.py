"""The data of an indicator's charts, as a script that a page loads when a reader comes near them."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io

from tracking.charts import ChartOptions, indicator_chart, progress_chart
from tracking.look import DARK, LIGHT
from tracking.picture import picture_around
from tracking.projection import Projection, projection_for
from tracking.publish.page import as_script
from tracking.publish.site import Site, indicator_page
from tracking.status import headline

Span = tuple[float, float]
SHEET = 860  # pixels: the width of a picture
DAY = f"{{day{'_' * 13}}}"  # stands for the day, as wide as one may be: the file stays the same while nothing happens
COLOURS = ("ground", "panel", "rule", "grid", "ink", "ink2", "ink3", "accent", "old")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The data of an indicator's charts, what a picture of the large one has around it, the years that one spans."""

    charts: tuple[str, bytes]
    sheet: tuple[str, bytes]
    span: Span


def chart_files(site: Site, indicator_id: str, language: str) -> Drawn:
    """The small and the large chart of one indicator.

    Drawn in light colours; the page knows which dark colour stands for each (`look_script`).
    """
    small = progress_chart(site.catalogue, indicator_id, [j.target for j in site.found[indicator_id]], site.as_of,
                           language, LIGHT)  # fmt: skip
    large = _large(site, indicator_id, language)
    name = f"{language}/data/{indicator_id}.js"
    first, last = large.layout.meta["span"]
    drawn = {"small": _plain(small), "large": _plain(large)}
    return Drawn((name, as_script("tracker.chart", indicator_id, drawn)), _sheet(site, indicator_id, language, large),
                 (first, last))  # fmt: skip


def _sheet(site: Site, indicator_id: str, language: str, large: go.Figure) -> tuple[str, bytes]:
    """What a picture of the large chart has beside it: the layout of the whole sheet, and the entries of its key."""
    already, shown = len(large.data), headline(site.found[indicator_id])
    address = f"{site.base}{language}/{indicator_page(indicator_id)}" if site.base else ""
    whole = picture_around(site.catalogue, indicator_id, site.as_of, language, shown, large, SHEET, DAY, address)
    plain = _plain(whole)
    added = {"data": plain["data"][already:], "layout": plain["layout"]}
    return f"{language}/data/{indicator_id}-sheet.js", as_script("tracker.sheet", indicator_id, added)


def _large(site: Site, indicator_id: str, language: str) -> go.Figure:
    shown = headline(site.found[indicator_id])
    ahead = projection_for(site.catalogue, indicator_id, shown.target, site.as_of) if shown else None
    drawn = ahead if isinstance(ahead, Projection) else None
    return indicator_chart(site.catalogue, indicator_id, ChartOptions(), site.as_of, language, LIGHT, drawn)


def _plain(figure: go.Figure) -> dict[str, Any]:
    """The figure without plotly's template, which all share."""
    found: dict[str, Any] = json.loads(figure.to_json())
    if found["layout"].get("template") == _template():
        del found["layout"]["template"]
    return found


@cache
def _template() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(go.Figure().to_json())["layout"]["template"]
    return found


def look_script() -> bytes:
    """What all charts share: plotly's template, and the dark colour that stands for each light one."""
    dark = {getattr(LIGHT, name): getattr(DARK, name) for name in COLOURS}
    dark |= {LIGHT.standing[s]: DARK.standing[s] for s in LIGHT.standing}
    thin = {_rgb(light): _rgb(other) for light, other in dark.items()}
    return as_script("tracker.look", {"template": _template(), "dark": dark, "thin": thin})


def _rgb(colour: str) -> str:
    """`#5F6B75` as `95,107,117`, which is how a colour that lets through is written."""
    return ",".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))


def library() -> bytes:
    """The chart library as the installed plotly package brings it."""
    return plotly.offline.get_plotlyjs().encode()  # type: ignore[no-any-return]
