"""The pictures of a brief: its charts, each drawn once for every size, and the icons of the standings."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from exporting.errors import NotDrawn
from exporting.press import PRESS, Press
from tracking.brief import CHART, Brief, Mark, Shown
from tracking.catalogue import Catalogue
from tracking.charts.sheet import Size
from tracking.look import GLYPHS, LIGHT
from tracking.model import Standing
from tracking.picture import Asked, picture

# pixels: the width of a page, half of it, and a slide's, which is enlarged so that its type is legible from afar
ON_A_PAGE, BESIDE, ON_A_SLIDE = Size(643, 350), Size(440, 370), Size(540, 450)
SHARP = 2.5  # pixels of a PNG for one of the layout
ICON, FINE = 16, 8  # pixels of an icon's side; how many are drawn for one, before they are blended


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file; width and height in pixels of the layout."""

    data: bytes
    width: float
    height: float


@dataclass
class Pictures:
    """Draws the charts of one brief when they are asked for. `told` is called for each that is done."""

    catalogue: Catalogue
    brief: Brief
    told: Callable[[], None] = lambda: None
    press: Press = PRESS
    _drawn: dict[tuple[str, str, Size], Picture] = field(default_factory=dict)

    def svg(self, shown: Shown) -> Picture:
        return self._chart(shown, "svg", BESIDE)

    def png(self, shown: Shown, size: Size = ON_A_PAGE) -> Picture:
        return self._chart(shown, "png", size)

    def _chart(self, shown: Shown, kind: str, size: Size) -> Picture:
        """Raises ExportError where nothing can be drawn."""
        key = (shown.indicator_id, kind, size)
        if key not in self._drawn:
            asked = Asked(shown.indicator_id, CHART, self.brief.day, self.brief.language, LIGHT, size)
            figure = picture(self.catalogue, asked, shown.judged, titled=False)
            if figure is None:
                raise NotDrawn("not-drawn", why=shown.indicator_id)
            data = self.press.draw(figure, kind, SHARP if kind == "png" else 1.0)
            self._drawn[key] = Picture(data, figure.layout.width, figure.layout.height)
            self.told()
        return self._drawn[key]


def charts_to_draw(brief: Brief, kinds: Iterable[str]) -> int:
    """How many drawings the formats need: a page and its print share theirs."""
    sizes = {"html": "svg", "pdf": "svg", "docx": "png", "pptx": "slide"}
    return len(brief.drawn) * len({sizes[kind] for kind in kinds})


def icon_png(mark: Mark) -> bytes:
    """The standing's icon as on the pages (tracking/look.py), for formats that take no SVG."""
    colour, unit = LIGHT.standing[mark.standing], FINE
    solid = mark.final and mark.standing in LIGHT.glyph
    image = Image.new("RGBA", (ICON * unit, ICON * unit))
    draw = ImageDraw.Draw(image)
    box = tuple(round(k * unit) for k in (0.6, 0.6, 15.4, 15.4))
    draw.rounded_rectangle(box, 2.5 * unit, colour if solid else LIGHT.tint[mark.standing], colour, round(1.2 * unit))
    if mark.standing is Standing.NOT_JUDGED:
        _dash(draw, unit)
    ink = LIGHT.glyph[mark.standing] if solid else colour
    for line in GLYPHS[mark.standing]:
        points = [(x * unit, y * unit) for x, y in line]
        draw.line(points, ink, round(1.8 * unit), joint="curve")
        for x, y in (points[0], points[-1]):  # round ends
            draw.ellipse((x - 0.9 * unit, y - 0.9 * unit, x + 0.9 * unit, y + 0.9 * unit), ink)
    buffer = io.BytesIO()
    image.resize((ICON * 4, ICON * 4), Image.Resampling.LANCZOS).save(buffer, "PNG")
    return buffer.getvalue()


def _dash(draw: ImageDraw.ImageDraw, unit: int) -> None:
    """Breaks the frame of what is not judged into dashes."""
    for k in range(3, 15, 4):
        for box in ((k, 0, k + 1.7, 1.8), (k, 14.2, k + 1.7, 16), (0, k, 1.8, k + 1.7), (14.2, k, 16, k + 1.7)):
            draw.rectangle([round(edge * unit) for edge in box], LIGHT.ground)
