"""(indicator, figures, verdicts) -> plotly Figure. Draws; computes no number but where to put one.

The grammar: blue is observed, ink is promised. Solid line and filled circle: figures of consecutive years; a
missing year breaks the line. Hollow: not yet checked. Hollow square: our own arithmetic. Triangle: a lower
bound. Short dash: a figure within a year. Diamond: the target. Dashed: the required path. Bracket: a target without
a place on the axis, over its years. Dotted upright: a break. Grey lines: older vintages, or peers by name. Grey
bands: a projection, its 50, 80 and 95 % one inside the other, its median dotted. Numbers on top: documents adopted.
"""

from tracking.charts.card import progress_chart
from tracking.charts.large import indicator_chart
from tracking.charts.options import ChartOptions, options_of, written
from tracking.charts.plot import position
from tracking.charts.sparkline import sparkline

__all__ = ["ChartOptions", "indicator_chart", "options_of", "position", "progress_chart", "sparkline", "written"]
