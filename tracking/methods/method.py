"""What a published method is: a rule, and the card that says whose it is and how well it was read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tracking.methods.frame import Case, Column, Frame, PlainFrame
from tracking.model import Standing


class Kind(StrEnum):
    """The forms of target, by the names that tables use."""

    LEVEL = "level"
    COVERAGE = "coverage"
    MULTIPLE = "multiple"
    CUMULATIVE_CHANGE = "cumulative_change"
    AVERAGE_GROWTH = "average_growth"
    DIRECTION = "direction"
    RANGE = "range"
    EACH_PERIOD = "each_period"
    YEARLY_VALUE = "yearly_value"
    RELATIVE = "relative"
    STABLE = "stable"
    RANK = "rank"
    YES_NO = "yes_no"
    QUALITATIVE = "qualitative"


FROM_A_BASE = ("multiple", "cumulative_change", "average_growth", "stable")
"""Kinds whose number means nothing without the value of the very period that they name as their base."""

TO_A_LEVEL = ("level", "coverage", "multiple", "cumulative_change", "average_growth")
"""Kinds that name a level for a period, themselves or as our product of a base and their number."""

GROWTH_KINDS = (*TO_A_LEVEL, "direction")
"""Kinds that a method of compound growth covers: a level to reach, or only a direction."""


class Read(StrEnum):
    """How we know a rule."""

    OFFICIAL = "official"
    SECOND_HAND = "second-hand"
    RECALLED = "recalled"
    OURS = "ours"


class Why(StrEnum):
    """Why a method does not apply."""

    NO_FIGURE = "no_figure"
    NO_TARGET = "no_target"
    NO_TARGET_PERIOD = "no_target_period"
    NO_BASELINE = "no_baseline"
    NO_TOLERANCE = "no_tolerance"
    NO_OTHER = "no_other_series"
    NO_NUMBER = "no_number"
    KIND_NOT_COVERED = "kind_not_covered"
    GROWTH_RATE = "growth_rate"
    SIGN_CHANGE = "sign_change"
    TOO_FEW_POINTS = "too_few_points"
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    BASELINE_AFTER_TARGET = "baseline_after_target"
    BREAK = "break_in_series"
    MIXED_PERIODS = "mixed_periods"
    NOT_YET_DUE = "not_yet_due"
    DUE_FIGURE_MISSING = "due_figure_missing"


INPUTS = {
    "kind": "what the target asks for, by the names of Kind",
    "d": "+1 where higher is better, -1 where lower",
    "target": "the level wanted (V), in the series' unit; missing without a number",
    "high": "the upper end of a range",
    "due": "the period of the target (T), in years: the end of 2025 is 2025",
    "limit": "the natural limit, in the series' unit",
    "tolerance": "how far off still counts, in the series' unit",
    "wanted": "the target's own number where it is no level: growth a year in per cent, change in per cent",
    "is_rate": "whether the values are growth rates",
    "is_over": "whether the target's period has ended",
    "is_cut": "whether the baseline lies before the last break in the series",
    "is_mixed": "whether the series mixes years with parts of years",
    "v0": "the baseline value",
    "t0": "the baseline period, in years",
    "v": "the latest value, not after the target's period",
    "t": "the latest period, in years",
    "first_v": "the first value of the last five years",
    "first_t": "its period",
    "recent": "how many figures lie in the last five years, both ends counted",
    "slope": "their linear trend, in units a year (least squares)",
    "before_v": "the value before the latest",
    "kept": "in how many periods of the target the threshold was held",
    "seen": "how many periods of the target have a figure",
    "mean": "the mean difference to the other series, period by period",
    "path": "the level that milestones on the way ask for now; missing where the way is straight",
}
"""The columns that a rule may use. A missing one is missing, never 0."""

FLAGS = ("is_rate", "is_over", "is_cut", "is_mixed")

LEAST_POINTS = 4

Rule = Callable[[Frame], Frame]
"""Adds `reason` (why it does not apply; missing where it does), the steps of the arithmetic, `ratio`, `score`,
`outcome` (the publisher's label in snake case) and `reached` (whether the wanted level holds now)."""


@dataclass(frozen=True)
class Method:
    """A rule with its card.

    `symbol` is what the formula calls the ratio (and what it calls the growth without a target).
    `steps` are the intermediate columns in the order of the arithmetic. `standings` maps the publisher's labels
    to ours. `since` is the year that its baseline defaults to (the next later with a figure), `window` how many
    years it looks back instead; without either the first figure is the baseline. `horizon` is the target period
    where a target names none. `thresholds` part the ratio with a target, `without` the growth without one.
    """

    name: str
    edition: int
    link: str
    read: Read
    formula: str
    symbol: str
    rule: Rule
    steps: tuple[str, ...]
    standings: Mapping[str, Standing]
    thresholds: tuple[float, ...] = ()
    without: tuple[float, ...] = ()
    since: int | None = None
    window: int | None = None
    horizon: int | None = None


def ruled(method: Method, **known: float | str | bool) -> PlainFrame:
    """What a method says of single numbers; an input not given is missing, a flag not given is down."""
    missing = {name: False if name in FLAGS else None for name in INPUTS}
    with np.errstate(all="ignore"):  # what divides by zero is missing afterwards, by the rule's own conditions
        frame = method.rule(PlainFrame({**missing, **known}))
    assert isinstance(frame, PlainFrame)
    return frame


def judged(x: Frame, value: Column) -> Column:
    """The value where the method applies, else missing."""
    return x.first((x.unknown(x.reason), value))


def at_or_beyond(x: Frame) -> Column:
    """Whether the latest figure is at the wanted level or beyond it."""
    return x.first((x.d * x.v >= x.d * x.target, True), otherwise=False)


def asks_for_growth(x: Frame) -> Column:
    """Whether there is no number to reach, only a direction. A product of an unknown base is a number all the same."""
    return x.first((x.kind == Kind.DIRECTION.value, True), otherwise=x.unknown(x.target) & x.unknown(x.wanted))


def level_needs(x: Frame) -> tuple[Case, ...]:
    """What a level to reach cannot do without: its number, or what its number is a product of."""
    return (
        (x.unknown(x.target) & x.unknown(x.wanted), Why.NO_TARGET.value),
        _grows_to_nothing(x),
        (x.unknown(x.target), Why.NO_BASELINE.value),
    )


def first_needs(x: Frame) -> tuple[Case, ...]:
    """What no method can do without."""
    return (
        (x.kind == Kind.QUALITATIVE.value, Why.NO_NUMBER.value),
        (x.unknown(x.v), Why.NO_FIGURE.value),
        (x.is_mixed, Why.MIXED_PERIODS.value),
        (x.is_cut, Why.BREAK.value),
    )


def _grows_to_nothing(x: Frame) -> Case:
    """An average growth of -100 % or less a year leads to no level above zero."""
    return (x.kind == Kind.AVERAGE_GROWTH.value) & (x.wanted <= -100), Why.SIGN_CHANGE.value


def trend_needs(x: Frame) -> tuple[Case, ...]:
    """What a trend of the last five years cannot do without: four points, over three years where they are of months."""
    return ((x.recent < LEAST_POINTS, Why.TOO_FEW_POINTS.value), (x.t - x.first_t < 3, Why.TOO_FEW_POINTS.value))


def growth_needs(x: Frame) -> tuple[Case, ...]:
    """What a compound annual growth from v0 to v, and to the target, cannot do without.

    `base` and `goal` are the baseline and the target as the method uses them.
    """
    return (
        (x.is_rate, Why.GROWTH_RATE.value),
        (x.first((x.is_direction, False), otherwise=x.unknown(x.due)), Why.NO_TARGET_PERIOD.value),
        (x.unknown(x.v0), Why.NO_BASELINE.value),
        (x.due <= x.t0, Why.BASELINE_AFTER_TARGET.value),
        (x.t - x.t0 < 1, Why.TOO_FEW_POINTS.value),
        _grows_to_nothing(x),
        (x.base * x.v <= 0, Why.SIGN_CHANGE.value),
        (x.base * x.goal <= 0, Why.SIGN_CHANGE.value),
        # So near that the rate from one to the other is 0 to the last binary digit.
        (x.size(x.base - x.goal) <= 1e-12 * x.size(x.base), Why.TARGET_EQUALS_BASELINE.value),
    )


def unsigned_growth_needs(x: Frame) -> tuple[Case, ...]:
    """The same for a rule without a sign for values below 0: a debt that halves would count as a fall."""
    return (*growth_needs(x), (x.base < 0, Why.SIGN_CHANGE.value))
