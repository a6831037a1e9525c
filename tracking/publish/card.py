"""The picture that stands for the site where somebody links to it: one square for each target, in its colour.

It holds no words, so it needs no font and no language; title and description stand beside it.
"""

from collections import Counter
from io import BytesIO

from PIL import Image, ImageDraw

from tracking.leading import FINAL, ORDER
from tracking.look import LIGHT
from tracking.model import Standing

SIZE = (1200, 630)
MARGIN, HEAD = 72, 96  # pixels; above the squares an ink rule, as over a quotation
MOST_SIDE = 84


def card(number: Counter[Standing]) -> bytes:
    """1200 x 630 as PNG. `number` counts the targets by standing."""
    image = Image.new("RGB", SIZE, LIGHT.ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((MARGIN, MARGIN - 24, SIZE[0] - MARGIN, MARGIN - 16), fill=LIGHT.ink)
    squares = [s for s in (*ORDER, Standing.NOT_JUDGED) for _ in range(number[s])]
    side = _side(len(squares))
    across = (SIZE[0] - 2 * MARGIN) // side
    for k, standing in enumerate(squares):
        x, y = MARGIN + k % across * side, HEAD + k // across * side
        ground = LIGHT.standing[standing] if standing in FINAL else LIGHT.tint[standing]
        edge = max(1, side // 24)
        draw.rounded_rectangle((x, y, x + side - side // 6 - 1, y + side - side // 6 - 1), side // 10, ground,
                               LIGHT.standing[standing], edge)  # fmt: skip
    held = BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def _side(count: int) -> int:
    """The largest square, with its gap, of which so many fit."""
    wide, high = SIZE[0] - 2 * MARGIN, SIZE[1] - HEAD - MARGIN
    fitting = (side for side in range(MOST_SIDE, 1, -1) if (wide // side) * (high // side) >= count)
    return next(fitting, 1)
