"""Names and values written beside their marks, pushed apart where they would run into one another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10

import plotly.graph_objects as go

HEIGHT = 16  # pixels that a line of a label needs for itself
NEAR = 0.22  # labels closer than this part of the axis can run into one another
GAP = 10  # pixels between a mark and its label


@dataclass(frozen=True)
class Label:
    """Words to the right of a point; `y` on the axis, the size in pixels. A `<br>` starts a second line."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    bold: bool = False
    low: float = 0.0  # pixels it was pushed

    @property
    def width(self) -> float:
        """About how many pixels it takes: a Chinese character is as wide as high."""
        return max(sum(1.0 if ord(c) > 0x2E80 else 0.56 for c in line) for line in _lines(self.text)) * self.size

    @property
    def height(self) -> float:
        return HEIGHT * len(_lines(self.text))


def _lines(text: str) -> list[str]:
    return re.sub(r"<(?!br)[^>]*>", "", text).split("<br>")


def right_margin(labels: Sequence[Label], span: tuple[float, float], most: int = 150, least: int = 24) -> int:
    """Pixels to the right of the axis that the labels near its end need, on a plot at least 180 pixels wide."""
    worth = 180 / (span[1] - span[0])
    ends = [label.width + GAP + 6 - (span[1] - label.x) * worth for label in labels]
    return int(min(most, max([least, *ends])))


def apart(labels: Sequence[Label], pixels: float, span: float, per_pixel: float, bottom: float) -> list[Label]:
    """The labels with how far each must move so that none lies on another, nor below the axis.

    `pixels` is the axis's height, `span` its length in x, `per_pixel` what a pixel is worth in y.
    """
    ordered = sorted(labels, key=lambda label: -label.y)
    at = [(label.y - bottom) / per_pixel for label in ordered]
    for i, mine in enumerate(ordered):
        for j in range(i):
            if _may_meet(mine, ordered[j], span):
                at[i] = min(at[i], at[j] - _room(mine, ordered[j]))
    for i in reversed(range(len(ordered))):
        at[i] = max(at[i], ordered[i].height / 2)
        for j in range(i + 1, len(ordered)):
            if _may_meet(ordered[i], ordered[j], span):
                at[i] = max(at[i], at[j] + _room(ordered[i], ordered[j]))
    return [
        replace(label, low=place - (label.y - bottom) / per_pixel) for label, place in zip(ordered, at, strict=True)
    ]


def _may_meet(one: Label, other: Label, span: float) -> bool:
    return abs(one.x - other.x) < NEAR * span


def _room(one: Label, other: Label) -> float:
    return (one.height + other.height) / 2


def write(figure: go.Figure, labels: Sequence[Label], pixels: float, axis: str = "", ground: str | None = None) -> None:
    """Write the labels on the axis `y<axis>`; `ground` is put behind them where they may lie on a bar."""
    layout_axis = figure.layout[f"yaxis{axis}"]
    log = layout_axis.type == "log"
    low, high = layout_axis.range
    first, last = figure.layout.xaxis.range
    per_pixel = (high - low) / max(1.0, pixels)
    placed = [replace(label, y=log10(label.y)) if log else label for label in labels if not log or label.y > 0]
    for label in apart(placed, pixels, last - first, per_pixel, low):
        crowd = [o.x for o in placed if abs(o.x - label.x) < NEAR / 4 * (last - first)
                 and abs(o.y - label.y) < 2 * HEIGHT * per_pixel]  # fmt: skip
        figure.add_annotation(
            x=max(crowd), y=label.y, yref=f"y{axis}", text=f"<b>{label.text}</b>" if label.bold else label.text,
            showarrow=False, xanchor="left", align="left", xshift=GAP, yshift=label.low,
            font={"size": label.size, "color": label.colour}, bgcolor=ground,
        )  # fmt: skip
