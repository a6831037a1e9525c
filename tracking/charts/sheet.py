"""A chart on a sheet of its own: title, subtitle, key and source drawn in, for a slide, a paper, a column or a post.

Pure: a function that draws the chart at a height comes in, a new figure of the whole sheet goes out. The chart is the
page's own; only the room around it is laid out here, in pixels, so that nothing is cut off or lies on anything else.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from tracking.charts import axes, key
from tracking.charts.large import ABOVE, BELOW
from tracking.charts.lettering import LINE, clipped, lines, literal, width
from tracking.charts.marks import BAR_WIDTH
from tracking.charts.promise import BRACKET_HEIGHT
from tracking.look import LETTERS, TITLES, Theme
from tracking.words import Words

READABLE = 720  # side, in pixels, of the square that the type is made for: a larger picture is an enlarged one
LEAST, MOST = (360, 480), (4000, 4000)  # pixels of a free size
TYPE = ((22, 2), (18, 3), (15, 4))  # pixels of a title, and how many lines it may take
FOOT = 11  # pixels of the source lines
FAIR = 0.45  # part of the height that belongs to the chart, if that can be
LOWEST = 190  # pixels of a chart that can still be read: where words leave it less, the picture is made taller
FLAT = 80  # pixels of axes above brackets that can still be read
NAMES = 30  # pixels that they take at least, where a key is laid out before they are known
PER_INCH = 96  # pixels of a browser


@dataclass(frozen=True, slots=True)
class Size:
    """A picture's size in pixels at 1x."""

    width: int
    height: int

    @property
    def zoom(self) -> float:
        """How far the sheet is enlarged, so that its type is as legible on a slide as on paper."""
        return max(1.0, math.sqrt(self.width * self.height) / READABLE)

    @property
    def page(self) -> tuple[int, int]:
        """Width and height of the sheet that is laid out, in pixels before it is enlarged."""
        return round(self.width / self.zoom), round(self.height / self.zoom)

    @property
    def text(self) -> str:
        return f"{self.width}x{self.height}"


SIZES = {"slide": Size(1280, 720), "a4-half": Size(643, 486), "square": Size(1080, 1080), "column": Size(360, 600)}


def size_of(text: str) -> Size | None:
    """A size by its name, or `WIDTHxHEIGHT` in pixels within the bounds; None for anything else."""
    if text in SIZES:
        return SIZES[text]
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text, re.ASCII)
    if found is None:
        return None
    size = Size(int(found[1]), int(found[2]))
    fits = LEAST[0] <= size.width <= MOST[0] and LEAST[1] <= size.height <= MOST[1]
    return size if fits and 1 / 3 <= size.width / size.height <= 4 else None


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture says beside the chart: `foot` in paragraphs, `numbers` the documents behind the numbers on top."""

    title: str
    subtitle: str
    foot: tuple[str, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """The texts broken into lines, and the pixels that they leave to the chart."""

    size: tuple[int, int]
    edge: int
    title: list[str]
    title_size: int
    subtitle: list[str]
    subtitle_size: int
    rows: list[list[key.Entry]]
    foot: list[str]
    numbered: bool = True

    @property
    def below_title(self) -> float:
        return self.edge + 8 + len(self.title) * self.title_size * LINE + 6

    @property
    def below_subtitle(self) -> float:
        return self.below_title + (len(self.subtitle) * self.subtitle_size * LINE + 8 if self.subtitle else 0)

    @property
    def head(self) -> float:
        return self.below_subtitle + len(self.rows) * key.ROW + 6

    @property
    def tail(self) -> float:
        return 12 + 8 + len(self.foot) * FOOT * LINE + self.edge * 0.6

    @property
    def chart(self) -> int:
        """Pixels for the axes and what belongs to them."""
        return int(self.size[1] - self.head - self.tail)


def sheet(
    plain: go.Figure, draw: Callable[[int, bool], go.Figure], told: Told, size: Size, theme: Theme, words: Words
) -> go.Figure:
    """The sheet as a new figure, to be enlarged by `size.zoom`. Its layout holds its pixels, `size.page` if all fits.

    `plain` is the chart at any height, to see which marks it holds. `draw(height, numbered)` must give a new figure
    each time, of that height, its second panel included, with or without the numbers on top: they are left away
    where there is no room to say what they mean.
    """
    boxed = sum(t.name == "bracket" for t in plain.data) * BRACKET_HEIGHT
    lowest = max(LOWEST, ABOVE + FLAT + boxed + BELOW)
    plan = _plan(told, size, key.entries(plain, theme, words), plain.layout.margin.r, lowest)
    return _laid(draw(plan.chart, plan.numbered), plan, theme)


def sheet_around(drawn: go.Figure, told: Told, wide: int, theme: Theme, words: Words) -> go.Figure:
    """The sheet around a chart that is drawn already, `wide` pixels wide and as high as the chart and all words need.

    `drawn` is changed.
    """
    found = key.entries(drawn, theme, words)
    plan = next(_plans(told, Size(wide, wide), found, drawn.layout.margin.r))
    high = math.ceil(plan.head + drawn.layout.height + plan.tail)
    return _laid(drawn, replace(plan, size=(wide, high)), theme)


def _laid(figure: go.Figure, plan: _Plan, theme: Theme) -> go.Figure:
    """The chart, drawn as high as the plan has room for it, with all words around it."""
    wide, high = plan.size
    top, bottom = plan.head + ABOVE, plan.tail + BELOW
    down = high - top - bottom
    left = plan.edge + axes.settled(figure, down)
    figure.update_layout(
        width=wide, height=high, autosize=False, paper_bgcolor=theme.ground, showlegend=True,
        margin={"l": left, "r": figure.layout.margin.r + plan.edge, "t": top, "b": bottom, "autoexpand": False},
        font={"family": LETTERS}, hoverlabel={"font": {"family": LETTERS}},
        title={"y": 1 - plan.head / high, "x": plan.edge / wide, "yanchor": "top"},
    )  # fmt: skip
    across = wide - left - figure.layout.margin.r
    figure.update_annotations({"xshift": plan.edge - left}, {"yref": "y2 domain"})
    _turn_values(figure, across)
    _write(figure, plan, theme, left, top)
    starts = [1 + (top - plan.below_subtitle - place * key.ROW + 4) / down for place in range(len(plan.rows))]
    key.draw(figure, plan.rows, theme, -(left - plan.edge + 4) / across, starts)
    return figure


def _plan(told: Told, size: Size, found: Sequence[key.Entry], right: float, lowest: int) -> _Plan:
    """The first plan that leaves the chart its fair part; the leanest if none does. `lowest`: what it needs."""
    for best in _plans(told, size, found, right):
        if best.chart >= FAIR * best.size[1]:
            break
    wide, high = best.size
    return replace(best, size=(wide, high + max(0, lowest - best.chart)))


def _plans(told: Told, size: Size, found: Sequence[key.Entry], right: float) -> Iterator[_Plan]:
    """From all texts to ever shorter ones: documents' titles give way, then their numbers.

    `right`: pixels beside the axes, where plotly lets no row of a key go on.
    """
    wide, high = size.page
    edge = 24 if wide >= 560 else 16
    room, small = wide - 2 * edge, 14 if wide >= 560 else 13
    title, title_size = _title(told.title, room, TYPE if wide >= 560 else TYPE[1:])
    subtitle = lines(told.subtitle, small, room)
    laid = key.rows(found, room - right - NAMES)
    full = _Plan((wide, high), edge, title, title_size, clipped(subtitle, 3, small, room), small, laid,
                 _foot(told, told.numbers, room))  # fmt: skip
    yield full
    for most in (40, 24):
        short = [item if width(item, 1) <= most else _cut(item, most) for item in told.numbers]
        yield replace(full, foot=_foot(told, short, room))
    yield replace(full, foot=_foot(told, (), room), numbered=False)


def _cut(item: str, most: float) -> str:
    """The beginning of a text, at most so many ems."""
    return clipped([item, ""], 1, 1, most)[0]


def _title(text: str, room: float, steps: Sequence[tuple[int, int]]) -> tuple[list[str], int]:
    """The title in as few lines as its size allows, smaller where it is long; cut only where it is endless."""
    for size, most in steps:
        found = lines(text, size * 1.04, room)  # it is bold
        if len(found) <= most:
            return found, size
    size, most = steps[-1]
    return clipped(found, most, size * 1.04, room), size


def _foot(told: Told, numbers: Sequence[str], room: float) -> list[str]:
    flowing = "  ".join(numbers)
    first, *others = told.foot
    paragraphs = [first, *([flowing] if flowing else []), *others]
    return [line for paragraph in paragraphs for line in lines(paragraph, FOOT, room)]


def _turn_values(figure: go.Figure, across: float) -> None:
    """Values that are wider than their bars are written upwards."""
    first, last = figure.layout.xaxis.range
    for trace in figure.select_traces({"type": "bar"}):
        if BAR_WIDTH * across / (last - first) < max(width(t, 11.5) for t in trace.text) + 3:
            trace.update(textangle=-90)


def _write(figure: go.Figure, plan: _Plan, theme: Theme, left: int, top: float) -> None:
    """Title, subtitle and foot at their pixels, and the two rules that hold the sheet together."""
    wide, high = plan.size

    def text(found: Sequence[str], down: float, **font: object) -> None:
        figure.add_annotation(
            text="<br>".join(literal(line) for line in found), x=0, xref="paper", xanchor="left", align="left",
            xshift=plan.edge - left, y=1, yref="paper", yanchor="top", yshift=top - down, showarrow=False, borderpad=0,
            font=font,
        )  # fmt: skip

    def rule(down: float, **line: object) -> None:
        figure.add_shape(
            type="line", xref="paper", xsizemode="pixel", xanchor=0, x0=plan.edge - left, x1=wide - plan.edge - left,
            yref="paper", ysizemode="pixel", yanchor=1, y0=top - down, y1=top - down, line=line,
        )  # fmt: skip

    rule(plan.edge * 0.75, color=theme.ink, width=3)
    text(plan.title, plan.edge + 8, size=plan.title_size, color=theme.ink, family=TITLES, weight=600)
    if plan.subtitle:
        text(plan.subtitle, plan.below_title, size=plan.subtitle_size, color=theme.ink2)
    rule(high - plan.tail + 12, color=theme.rule, width=1)
    text(plan.foot, high - plan.tail + 20, size=FOOT, color=theme.ink3)
