"""The observed direction: told from comparable figures only, and set against the way that is wanted."""

from dataclasses import replace

import pytest

from tracking.catalogue import load_catalogue
from tracking.model import Break, Check, Direction, Indicator, Observation, Status, Text
from tracking.period import parse_period
from tracking.trend import Sense, Trend, Way, trend

BASE = load_catalogue().indicators["5g-stations-per-10k"]


def indicator(direction: Direction = Direction.HIGHER, broken: str = "") -> Indicator:
    breaks = [Break(period=parse_period(broken), reason=Text(zh="口径", en="scope"))] if broken else []
    return BASE.model_copy(update={"direction": direction, "breaks": breaks})


def figures(**values: float) -> list[Observation]:
    """One figure a period, each published a year later: y2021=3, q2021_Q1=4."""
    found = []
    for name, value in values.items():
        period = parse_period(name[1:].replace("_", "-"))
        published = parse_period(str(period.year + 1))
        found.append(Observation(period, value, 1, None, Status.NORMAL, published, "doc", Check.READ, "", None))
    return found


RISING = figures(y2021=1, y2022=2, y2023=3, y2024=4)


@pytest.mark.parametrize(
    ("direction", "sense"),
    [
        (Direction.HIGHER, Sense.TOWARD),
        (Direction.LOWER, Sense.AWAY),
        (Direction.MAINTAIN, Sense.NEITHER),
        (Direction.CONTEXT, Sense.NEITHER),
    ],
)
def test_the_same_rise_is_wanted_or_not_as_the_indicator_says(direction: Direction, sense: Sense) -> None:
    found = trend(indicator(direction), RISING)
    assert (found.way, found.sense, round(found.yearly or 0, 2)) == (Way.UP, sense, 1.0)
    assert [str(p) for p in (found.first, found.last)] == ["2021", "2024"]


def test_one_odd_year_does_not_turn_the_direction() -> None:
    odd = figures(y2020=1, y2021=2, y2022=3, y2023=4, y2024=3.5)
    assert trend(indicator(), odd).way is Way.UP


def test_fewer_than_three_comparable_figures_tell_nothing() -> None:
    assert trend(indicator(), []) == Trend(Way.NO_FIGURE)
    assert trend(indicator(), RISING[:2]) == Trend(Way.TOO_FEW)
    assert trend(indicator(broken="2023"), RISING) == Trend(Way.TOO_FEW)  # two years since the break
    unchecked = [replace(o, check=Check.RECALLED) for o in RISING[:2]]
    assert trend(indicator(), [*unchecked, *RISING[2:]]) == Trend(Way.TOO_FEW)


def test_a_quarter_is_compared_with_the_same_quarter_of_other_years() -> None:
    seasonal = figures(
        q2022_Q1=5, q2022_Q4=90, q2023_Q1=4, q2023_Q4=91, q2024_Q1=3, q2024_Q4=92, q2025_Q1=2
    )  # fmt: skip
    found = trend(indicator(), seasonal)
    assert (found.way, str(found.first), str(found.last)) == (Way.DOWN, "2022-Q1", "2025-Q1")


def test_a_move_that_the_printed_decimals_do_not_show_is_level() -> None:
    assert trend(indicator(), figures(y2021=5, y2022=5, y2023=5.05)).way is Way.LEVEL
