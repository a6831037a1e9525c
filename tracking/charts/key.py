"""The key of an exported chart: each kind of mark that the chart holds, once, drawn as it is drawn there.

A page needs none, as it says below the chart what the marks mean; a picture travels alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from tracking.charts.lettering import literal, width
from tracking.look import Theme
from tracking.words import Words

SIZE = 12  # pixels of its words
ROW = 20
SWATCH = 48  # pixels of an entry beside its words
BEYOND = ("beyond", "beside beyond")
SYMBOLS = {
    "circle": "figure", "circle-open": "unchecked", "square-open": "ours", "triangle-up": "at-least",
    "triangle-up-open": "at-least", "triangle-down": "at-most", "triangle-down-open": "at-most",
    "line-ew-open": "within",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mark is called, and a trace without a place that is drawn like it."""

    text: str
    drawn: dict[str, Any]


def entries(figure: go.Figure, theme: Theme, words: Words) -> list[Entry]:
    """The kinds of marks in the order in which they are read: observed, promised, before and ahead."""
    found = {e.text: e for e in [*_observed(figure, theme, words), *_others(figure, theme, words)]}
    return list(found.values())


def _observed(figure: go.Figure, theme: Theme, words: Words) -> Iterator[Entry]:
    for trace in (t for t in figure.data if t.name in ("observed", "beside")):
        if trace.type == "bar":
            for colour in dict.fromkeys(trace.marker.color):
                kind = "figure" if colour == theme.accent else "unchecked"
                yield _mark(words, kind, symbol="square", size=11, color=colour,
                            line={"color": theme.accent, "width": 1.5})  # fmt: skip
            continue
        symbols = trace.marker.symbol
        for symbol in dict.fromkeys([symbols] if isinstance(symbols, str) else symbols or ["circle"]):
            yield _mark(words, SYMBOLS[symbol], symbol=symbol, size=8, color=theme.accent,
                        line={"color": theme.accent, "width": 1.8})  # fmt: skip


def _others(figure: go.Figure, theme: Theme, words: Words) -> Iterator[Entry]:
    names = {t.name for t in figure.data}
    for symbol in dict.fromkeys(s for t in figure.data if t.name in BEYOND for s in t.marker.symbol):
        yield _mark(words, "beyond", symbol=symbol, size=9, color=theme.accent)
    for trace in (t for t in figure.data if t.name == "target"):
        hollow = trace.marker.symbol == "diamond-open"
        yield _mark(words, "target-unchecked" if hollow else "target", symbol=trace.marker.symbol, size=10,
                    color=theme.ink, line={"color": theme.ink, "width": 1.5})  # fmt: skip
    if "target line" in names:
        yield _line(words, "target-line", color=theme.ink, width=1.6, dash="4px,3px")
    if "required path" in names:
        yield _line(words, "path", color=theme.ink3, width=1.4, dash="4px,3px")
    if "bracket" in names:
        yield _line(words, "bracket", color=theme.ink, width=1.6)
    if "vintage" in names:
        yield _line(words, "vintage", color=theme.old, width=1.6)
    if "median" in names:
        band = next(t for t in figure.data if (t.name or "").startswith("band "))
        yield _mark(words, "band", symbol="square", size=12, color=band.fillcolor, line={"width": 0})
        yield _line(words, "median", color=theme.ink3, width=1.8, dash="dot")


def _mark(words: Words, kind: str, **marker: Any) -> Entry:
    return Entry(words.say(f"picture.key.{kind}"), {"mode": "markers", "marker": marker})


def _line(words: Words, kind: str, **line: Any) -> Entry:
    return Entry(words.say(f"picture.key.{kind}"), {"mode": "lines", "line": line})


def rows(found: Sequence[Entry], room: float) -> list[list[Entry]]:
    """The entries in rows of at most `room` pixels."""
    laid: list[list[Entry]] = []
    left = 0.0
    for entry in found:
        needs = width(entry.text, SIZE) + SWATCH
        if not laid or needs > left:
            laid.append([])
            left = room
        laid[-1].append(entry)
        left -= needs
    return laid


def draw(figure: go.Figure, laid: Sequence[Sequence[Entry]], theme: Theme, x: float, ys: Sequence[float]) -> None:
    """A legend of its own for each row, so that we decide where a row ends; `x`, `ys` on the paper."""
    for place, (row, y) in enumerate(zip(laid, ys, strict=True), 1):
        name = "legend" if place == 1 else f"legend{place}"
        for entry in row:
            figure.add_scatter(x=[None], y=[None], name=literal(entry.text), showlegend=True, legend=name,
                               **entry.drawn)  # fmt: skip
        figure.update_layout({name: {
            "orientation": "h", "x": x, "xanchor": "left", "y": y, "yanchor": "top", "itemwidth": 30, "borderwidth": 0,
            "bgcolor": "rgba(0,0,0,0)", "font": {"size": SIZE, "color": theme.ink2}, "itemclick": False,
            "itemdoubleclick": False, "itemsizing": "trace",
        }})  # fmt: skip
