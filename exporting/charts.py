"""A picture as a file of any kind: PNG, SVG and PDF by the press, a page of its own by plotly."""

import html
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly.graph_objects as go

from exporting.errors import ExportError, NoPress, NotWritten
from exporting.files import with_density, written
from exporting.press import PRESS, Press
from tracking.catalogue import Catalogue
from tracking.picture import Asked, file_name, picture, text_of
from tracking.projection import Projection
from tracking.status import Judged
from tracking.words import TAGS, words

KINDS = ("png", "svg", "pdf", "html")
MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "html": "text/html"}
SCALES = (1, 2, 3)
# A page that fetches nothing and may run nothing but the chart library inside it.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture with the verdict and the projection that it shows."""

    asked: Asked
    judged: Judged | None = None
    ahead: Projection | None = None


def rendered(figure: go.Figure, kind: str, zoom: float, language: str, scale: int = 1, press: Press = PRESS) -> bytes:
    """The sheet as a file's content. Raises ExportError for the kinds that need the press."""
    if kind == "html":
        return page(figure, language).encode()
    drawn = press.draw(figure, kind, zoom * (scale if kind == "png" else 1))
    if kind == "pdf":
        from exporting.copying import copyable  # as optional as the press

        return copyable(drawn)
    return with_density(drawn, scale) if kind == "png" else drawn


def page(figure: go.Figure, language: str) -> str:
    """A page that stands alone: chart library, figures and words are in it; points tell what they are when touched."""
    title, told = text_of(figure)
    chart = figure.to_html(full_html=False, include_plotlyjs=True, config={"displayModeBar": False})
    ground = figure.layout.paper_bgcolor
    return (
        f'<!doctype html>\n<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{html.escape(title)}</title>\n"
        f"<style>body{{margin:0;min-height:100vh;display:flex;background:{ground}}}main{{margin:auto}}"
        "noscript p{font:16px/1.5 sans-serif;margin:24px}</style>\n</head>\n<body>\n"
        f'<main role="group" aria-label="{html.escape(told, quote=True)}">{chart}</main>\n'
        f"<noscript><p>{html.escape(told)}</p><p>{html.escape(words(language).say('drawing.no-script'))}</p></noscript>\n"
        "</body>\n</html>\n"
    )


def export(
    catalogue: Catalogue, wanted: Iterable[Wanted], kinds: Iterable[str], folder: Path, scale: int = 1,
    press: Press = PRESS,
) -> Iterator[Path | ExportError | None]:  # fmt: skip
    """Write each picture in each kind, telling of each as it is done: its file, or why there is none.

    None: the indicator has no figures to draw. Without anything to draw with, or with a folder that cannot be
    written, the rest would fail as well: that is raised.
    """
    chosen = tuple(kinds)
    for one in wanted:
        figure = picture(catalogue, one.asked, one.judged, one.ahead)
        if figure is None:
            yield None
            continue
        for kind in chosen:
            try:
                data = rendered(figure, kind, one.asked.size.zoom, one.asked.language, scale, press)
                yield written(folder / file_name(one.asked, kind, scale), data)
            except (NoPress, NotWritten):
                raise
            except ExportError as error:
                yield error


@cache
def has_chinese_font() -> bool:
    """Whether this machine can write Chinese; where nothing can be asked, as outside of Linux, it can."""
    if (ask := shutil.which("fc-list")) is None:
        return True
    found = subprocess.run([ask, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False)
    return bool(found.stdout.strip())
