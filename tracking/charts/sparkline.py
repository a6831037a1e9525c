"""A small picture of a series, for a line of a table."""

from collections.abc import Sequence

from tracking.charts.marks import runs
from tracking.charts.plot import position
from tracking.look import Theme
from tracking.model import Indicator, Observation


def sparkline(shown: Sequence[Observation], indicator: Indicator, target: float | None, theme: Theme) -> str:
    """A 112 x 30 picture of the solid whole-year figures, with the target as a dotted line, as SVG."""
    points = [(position(o.period), o.value) for o in shown if o.is_solid][-60:]
    if not points:
        return ""
    width, height, pad = 112, 30, 4
    ys = [y for _, y in points] + ([target] if target is not None else [])
    xs = [x for x, _ in points]
    spread_x, spread_y = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(pad + (x - min(xs)) / spread_x * (width - 2 * pad), 1),
            round(height - pad - (y - min(ys)) / spread_y * (height - 2 * pad), 1),
        )

    drawn = [o for o in shown if o.is_solid][-60:]
    lines = "".join(
        '<polyline fill="none" stroke="{}" stroke-width="1.6" points="{}"/>'.format(
            theme.accent, " ".join(f"{x},{y}" for x, y in (place(position(o.period), o.value) for o in run))
        )
        for run in runs(drawn, indicator)
        if len(run) > 1
    )
    few = [place(*p) for p in points] if len(points) <= 20 else []
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="1.3" fill="{theme.accent}"/>' for x, y in few)
    x, y = place(*points[-1])
    dotted = ""
    if target is not None:
        level = place(xs[0], target)[1]
        dotted = (f'<line x1="{pad}" x2="{width - pad}" y1="{level}" y2="{level}" stroke="{theme.ink3}"'
                  ' stroke-width="1" stroke-dasharray="2 2"/>')  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'{dotted}{lines}{dots}<circle cx="{x}" cy="{y}" r="2.8" fill="{theme.accent}"/></svg>'
    )
