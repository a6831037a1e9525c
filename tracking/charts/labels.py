"""Names and values written beside their marks, pushed apart where they would run into one another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log10

import plotly.graph_objects as go

from tracking.charts.lettering import LINE

NEAR = 0.22  # labels closer than this part of the axis can run into one another
CROWD = 32  # pixels of height within which a label stands right of a neighbour's mark
GAP = 10  # pixels between a mark and its label
BELOW = 10  # pixels by which a label leaves the line that begins at its mark
FAR = 8  # pixels by which a minor label may be pushed
VEIL = 0.8  # of a ground behind a label
NARROW = 180  # pixels of the narrowest axis: a chart is drawn once for screens of every width


@dataclass(frozen=True)
class Label:
    """Words to the right of a point; `y` on the axis, the size in pixels. A `<br>` starts a second line."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    bold: bool = False
    low: float = 0.0  # pixels above its mark, negative below: where it is wanted, then where it was pushed
    minor: bool = False  # left out where there is no room for it beside its mark

    @property
    def width(self) -> float:
        """About how many pixels it takes: a Chinese character is as wide as high."""
        return max(sum(1.0 if ord(c) > 0x2E80 else 0.56 for c in line) for line in _lines(self.text)) * self.size

    @property
    def height(self) -> float:
        return LINE * self.size * len(_lines(self.text))


def _lines(text: str) -> list[str]:
    return re.sub(r"<(?!br)[^>]*>", "", text).split("<br>")


def right_margin(labels: Sequence[Label], span: tuple[float, float], most: int = 150, least: int = 24) -> int:
    """Pixels to the right of the axis that the labels near its end need on the narrowest plot."""
    worth = NARROW / (span[1] - span[0])
    ends = [label.width + GAP + 6 - (span[1] - label.x) * worth for label in labels]
    return int(min(most, max([least, *ends])))


def apart(labels: Sequence[Label], span: float, per_pixel: float, bottom: float) -> list[Label]:
    """The labels with how far each must move so that none lies on another, nor below the axis.

    A minor one stays only where it finds room beside its mark and moves no other. `span` is the axis's length in x,
    `per_pixel` what a pixel is worth in y.
    """
    kept = _pushed([label for label in labels if not label.minor], span, per_pixel, bottom)
    for minor in (label for label in labels if label.minor):
        *others, placed = _pushed([*kept, minor], span, per_pixel, bottom)
        if abs(placed.low - minor.low) < FAR and all(abs(a.low - b.low) < 1 for a, b in zip(others, kept, strict=True)):
            kept = [*others, placed]
    return kept


def _pushed(labels: Sequence[Label], span: float, per_pixel: float, bottom: float) -> list[Label]:
    """The labels, in their order, moved from where they are wanted."""
    wanted = [(label.y - bottom) / per_pixel + label.low for label in labels]
    order = sorted(range(len(labels)), key=lambda k: -wanted[k])
    at = list(wanted)
    for place, i in enumerate(order):
        for j in order[:place]:
            if _may_meet(labels[i], labels[j], span):
                at[i] = min(at[i], at[j] - _room(labels[i], labels[j]))
    for place, i in reversed(list(enumerate(order))):
        at[i] = max(at[i], labels[i].height / 2)
        for j in order[place + 1 :]:
            if _may_meet(labels[i], labels[j], span):
                at[i] = max(at[i], at[j] + _room(labels[i], labels[j]))
    return [replace(o, low=y - (o.y - bottom) / per_pixel) for o, y in zip(labels, at, strict=True)]


def _may_meet(one: Label, other: Label, span: float) -> bool:
    """Whether the left one's words can reach the right one's, on the narrowest axis or a wide one."""
    left = min(one, other, key=lambda label: label.x)
    return abs(one.x - other.x) < span * max(NEAR, left.width / NARROW)


def _room(one: Label, other: Label) -> float:
    return (one.height + other.height) / 2


def write(figure: go.Figure, labels: Sequence[Label], pixels: float, ground: str, axis: str = "") -> None:
    """Write the labels on the axis `y<axis>`; `ground` is put behind them, as they may lie on a bar or a path.

    It lets what is there through a little, or a bar would look like two.
    """
    layout_axis = figure.layout[f"yaxis{axis}"]
    log = layout_axis.type == "log"
    low, high = layout_axis.range
    first, last = figure.layout.xaxis.range
    per_pixel = (high - low) / max(1.0, pixels)
    placed = [replace(label, y=log10(label.y)) if log else label for label in labels if not log or label.y > 0]
    for label in apart(placed, last - first, per_pixel, low):
        crowd = [o.x for o in placed if abs(o.x - label.x) < NEAR / 4 * (last - first)
                 and abs(o.y - label.y) < CROWD * per_pixel]  # fmt: skip
        figure.add_annotation(
            x=max(crowd), y=label.y, yref=f"y{axis}", text=f"<b>{label.text}</b>" if label.bold else label.text,
            showarrow=False, xanchor="left", align="left", xshift=GAP, yshift=label.low,
            font={"size": label.size, "color": label.colour}, bgcolor=_veil(ground), borderpad=0,
        )  # fmt: skip


def _veil(colour: str) -> str:
    """A colour of the look, #RRGGBB, that lets a little through."""
    return f"rgba({','.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))},{VEIL})"
