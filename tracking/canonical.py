"""One case on which the published methods disagree, judged by all of them: only its inputs are written here.

14.5 in 2015 and 10.4 in 2023, with 7.25 asked for by 2030; lower is better: a worked example of statcan-2025
(tracking/methods/statcan_2025.py), without a unit.
"""

from datetime import date
from functools import lru_cache

from tracking.methods import METHODS
from tracking.methods.method import Kind
from tracking.panel import Panel, judged_rows
from tracking.words import words

SERIES = "canonical"
FIGURES = {"2015": 14.5, "2023": 10.4}
TARGET, DUE, DIRECTION = 7.25, "2030", "lower"
DAY = date(2024, 12, 31)  # between the newest figure and the target's period


@lru_cache(maxsize=1)
def canonical_panel() -> Panel:
    """What every method says of the case."""
    figures = [{"series": SERIES, "period": period, "value": value} for period, value in FIGURES.items()]
    target = {
        "series": SERIES,
        "kind": Kind.LEVEL.value,
        "direction": DIRECTION,
        "target": TARGET,
        "target_period": DUE,
        "baseline_period": min(FIGURES),
    }
    return Panel(tuple(judged_rows(figures, [target], DAY, METHODS.values())[SERIES]), is_product=False)


def asked_for() -> tuple[float, float]:
    """What the newest figure would have had to be: on a straight path, and at a constant yearly rate."""
    first, newest = (float(period) for period in FIGURES)
    start, share = FIGURES[min(FIGURES)], (newest - first) / (float(DUE) - first)
    return start + (TARGET - start) * share, start * (TARGET / start) ** share


def case_text(language: str) -> str:
    """The case in a few sentences."""
    (first, newest), (line, curve) = FIGURES, asked_for()
    return words(language).say(
        "judging.page.case", p0=first, v0=FIGURES[first], p=newest, v=FIGURES[newest], target=TARGET, due=DUE,
        line=f"{line:.2f}", curve=f"{curve:.2f}",
    )  # fmt: skip
