"""Every published method says what its publisher says, through single numbers and through tables alike."""

import importlib
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.tracking.judging import Example, by_numbers, by_tables, number, same, years
from tracking.methods import METHODS
from tracking.methods.frame import PlainFrame
from tracking.methods.method import Kind, Why, ruled
from tracking.model import LANGUAGES, Standing
from tracking.words import words

FALL = {"direction": "lower", "target": 7.25, "target_period": "2030"}
FALLING = (("2015", 14.5), ("2023", 10.4))
RISE = {"direction": "higher", "target": 30, "target_period": "2030"}
LATER = years(2016, 15.0, 16.1, 16.9, 17.8, 19.5, 18.8)
EARLIER = years(2015, 15.2, 15.0, 16.1, 16.9, 17.8, 19.5)

WORKED = [
    Example("statcan-2025", FALLING, FALL, "moderate_progress", None, 0.9010899546976208, 2.1506954374096354),
    Example("statcan-2025", (("2016", 66.6), ("2023", 71.4)),
            {"kind": "direction", "direction": "higher", "limit": 100},
            "moderate_progress", None, 0.009991483690946268, 1.739752850099936, note="without a target"),
    Example("eurostat-2023", (("2015", 34.13), ("2024", 35.32)), {"kind": "direction", "direction": "higher"},
            "moderate_progress", None, 0.003815327994563189, 0.9538319986407973),
    Example("destatis-2022", LATER, RISE, "cloud", None, 4.36 / 11.2),
    Example("destatis-2022", EARLIER, RISE, "slightly_cloudy", None, 1.9 / 10.5),
    # the canonical case: five rules, four opinions
    Example("un-2022", FALLING, FALL, "fair_progress", None, 0.9010899546976208),
    Example("un-2023", FALLING, FALL, "fair_progress", None,
            (10.4 * (10.4 / 14.5) ** (7 / 8) - 14.5) / (7.25 - 14.5), 2.0),
    Example("eurostat-2021", (("2018", 14.5), ("2023", 10.4)), FALL, "significant_progress", None,
            (1 - (10.4 / 14.5) ** (1 / 5)) / (1 - 0.5 ** (1 / 12))),
    Example("pro-rata", FALLING, FALL, "on_track", None, 4.1 / (7.25 * 8 / 15)),
    Example("sdsn", years(2015, 14.5, 14, 13.5, 13, 12.5, 12, 11.6, 11.2, 10.4), FALL, "on_track_or_maintaining", None,
            (10.4 - 13) / 5 / (-7.25 / 15)),
    Example("systems-change-lab", years(2018, 10, 12, 14, 16, 18, 20), {**RISE, "target": 41}, "off_track", None, 1.5),
]  # fmt: skip


def cases(value: float) -> tuple[tuple[str, float], ...]:
    return (("2015", 100.0), ("2020", value))


def compound(method: str, d: int, ratio: float, note: str) -> Example:
    """Five years of a compound rate that is `ratio` of what the level of 2030 needs."""
    wanted = 150.0 if d > 0 else 60.0
    rate = (wanted / 100) ** (1 / (10 if method == "eurostat-2021" and note == "short" else 15)) - 1
    return Example(method, cases(100 * (1 + ratio * rate) ** 5),
                   {"direction": "higher" if d > 0 else "lower", "target": wanted, "target_period": "2030"},
                   ratio=ratio, note=note)  # fmt: skip


def expected(method: str, d: int, ratio: float, note: str) -> Example:
    """A compound rate that leads by 2030 to `ratio` of the way."""
    wanted = 150.0 if d > 0 else 60.0
    end = 100 + ratio * (wanted - 100)
    return Example(method, cases(100 * (end / 100) ** (5 / 15)),
                   {"direction": "higher" if d > 0 else "lower", "target": wanted, "target_period": "2030"},
                   ratio=ratio, note=note)  # fmt: skip


def growing(method: str, d: int, ratio: float, note: str) -> Example:
    """No target: a compound rate a year in the desired direction."""
    return Example(method, cases(100 * (1 + d * ratio) ** 5),
                   {"kind": "direction", "direction": "higher" if d > 0 else "lower"},
                   ratio=ratio, note=note)  # fmt: skip


def straight(method: str, d: int, ratio: float, note: str) -> Example:
    """A straight line that has gone `ratio` of its part of the way, from 2015 to 2020 of 2030."""
    step = d * ratio * 2
    return Example(method, years(2015, *(100 + step * k for k in range(6))),
                   {"direction": "higher" if d > 0 else "lower", "target": 100 + 30 * d, "target_period": "2030"},
                   ratio=ratio, note=note)  # fmt: skip


def missing(method: str, d: int, ratio: float, note: str) -> Example:
    """A straight line that will miss the level ten years on by the part `ratio` of the way that is left."""
    a = d * (1 - ratio)
    return Example(method, years(2015, *(100 + a * (k - 5) for k in range(6))),
                   {"direction": "higher" if d > 0 else "lower", "target": 100 + 10 * d, "target_period": "2030"},
                   ratio=ratio, note=note)  # fmt: skip


def accelerating(method: str, d: int, ratio: float, note: str) -> Example:
    """A straight line that has to become `ratio` times as steep."""
    a = d / ratio
    return Example(method, years(2015, *(100 + a * (k - 5) for k in range(6))),
                   {"direction": "higher" if d > 0 else "lower", "target": 100 + 10 * d, "target_period": "2030"},
                   ratio=ratio, note=note)  # fmt: skip


EUROSTAT = ((0.95, "moderate_progress", "significant_progress"), (0.60, "insufficient_progress", "moderate_progress"),
            (0.0, "movement_away", "insufficient_progress"))  # fmt: skip
THRESHOLDS = [
    ("statcan-2025", compound, ((0.95, "moderate_progress", "substantial_progress"),
                                (0.60, "limited_progress", "moderate_progress"),
                                (0.0, "deterioration", "limited_progress"))),
    ("statcan-2025", growing, ((0.015, "moderate_progress", "substantial_progress"),
                               (0.005, "limited_progress", "moderate_progress"),
                               (0.0, "deterioration", "limited_progress"))),
    ("eurostat-2021", compound, EUROSTAT),
    ("eurostat-2021", growing, ((0.01, "moderate_progress", "significant_progress"),
                                (0.0, "moderate_movement_away", "moderate_progress"),
                                (-0.01, "significant_movement_away", "moderate_movement_away"))),
    ("eurostat-2023", compound, EUROSTAT),
    ("eurostat-2023", growing, ((0.01, "moderate_progress", "significant_progress"),
                                (0.001, "no_progress", "moderate_progress"),
                                (-0.001, "moderate_movement_away", "no_progress"),
                                (-0.01, "significant_movement_away", "moderate_movement_away"))),
    ("un-2022", compound, ((0.95, "fair_progress", "on_track"), (0.5, "limited_or_no_progress", "fair_progress"),
                           (-0.1, "deterioration", "limited_or_no_progress"))),
    ("un-2022", growing, ((0.01, "fair_progress", "on_track"), (0.005, "limited_or_no_progress", "fair_progress"),
                          (-0.01, "deterioration", "limited_or_no_progress"))),
    ("un-2023", expected, ((0.95, "fair_progress", "on_track"), (0.10, "limited_or_no_progress", "fair_progress"))),
    ("un-2023", growing, ((0.02, "fair_progress", "on_track"), (0.005, "limited_or_no_progress", "fair_progress"))),
    ("destatis-2022", missing, ((0.05, "sun", "slightly_cloudy"), (0.20, "slightly_cloudy", "cloud"),
                                (1.0, "cloud", "thunderstorm"))),
    ("sdsn", straight, ((1.0, "moderately_improving", "on_track_or_maintaining"),
                        (0.5, "stagnating", "moderately_improving"),
                        (0.0, "decreasing", "stagnating"))),
    ("systems-change-lab", accelerating, ((1.0, "on_track", "off_track"), (2.0, "off_track", "well_off_track"))),
    ("pro-rata", straight, ((1.0, "behind", "on_track"), (0.0, "moving_away", "behind"))),
]  # fmt: skip
NEAR = 1e-6


def sides() -> list[Example]:
    found = []
    for method, make, thresholds in THRESHOLDS:
        for threshold, below, above in thresholds:
            for d in (1, -1):
                for side, outcome in ((-NEAR, below), (NEAR, above)):
                    note = f"{make.__name__} {threshold + side} {'up' if d > 0 else 'down'}"
                    e = make(method, d, threshold + side, note)
                    found.append(Example(e.method, e.figures, e.target, outcome, None, e.ratio, note=note))
    return found


COMPOUND = ("statcan-2025", "eurostat-2021", "eurostat-2023", "un-2022", "un-2023")
UNSIGNED = COMPOUND[1:]
GOOD = years(2015, 10, 11, 12, 13, 14, 15)
UP = {"direction": "higher", "target": 20, "target_period": "2030"}
NUMBERED_KINDS = {
    "range": {"target": 10, "target_high": 20}, "each_period": {"target": 10}, "yearly_value": {"target": 10},
    "relative": {"other": "x"}, "stable": {"tolerance": 1}, "rank": {"target": 3}, "yes_no": {},
}  # fmt: skip
NOT_COVERED = {
    **dict.fromkeys(COMPOUND, tuple(NUMBERED_KINDS)),
    "destatis-2022": ("yearly_value", "relative", "stable", "rank", "yes_no"),
    "sdsn": (*NUMBERED_KINDS, "direction"),
    "systems-change-lab": (*NUMBERED_KINDS, "direction"),
}


def refusals() -> list[Example]:
    return [*_for_all(), *_of_compound_rates(), *_of_linear_rules(), *_of_ours()]


def _no(method: str, why: Why, figures: Any, target: Any, note: str = "") -> Example:
    return Example(method, figures, target, "not_available", why.value, standing="not judged", note=note)


def _for_all() -> list[Example]:
    found = []
    for m in METHODS:
        found += [
            _no(m, Why.NO_NUMBER, GOOD, {"kind": "qualitative"}),
            _no(m, Why.NO_FIGURE, (), UP, "no figure"),
            _no(m, Why.NO_FIGURE, (("2031", 12.0),), UP, "no figure up to the target's period"),
            _no(m, Why.NO_FIGURE, (("2020", 12.0, "forecast"),), UP, "only a forecast"),
            _no(m, Why.MIXED_PERIODS, (*GOOD, ("2020-12", 1.2)), UP, "a year and its December"),
            _no(m, Why.MIXED_PERIODS, (("2019-S1", 1.0), ("2020-Q3", 1.2)), UP, "half-years and quarters"),
            _no(m, Why.BREAK, (*GOOD[:3], ("2018", 5.0, "break"), *GOOD[4:]), {**UP, "baseline_period": "2015"}),
        ]
        found += [_no(m, Why.KIND_NOT_COVERED, GOOD, {"kind": kind, "direction": "higher", "target_period": "2030",
                      **NUMBERED_KINDS.get(kind, {})}, f"kind {kind}") for kind in NOT_COVERED.get(m, ())]  # fmt: skip
    return found


def _of_compound_rates() -> list[Example]:
    found = []
    for m in COMPOUND:
        found += [
            _no(m, Why.GROWTH_RATE, GOOD, {**UP, "unit": "growth"}),
            _no(m, Why.NO_BASELINE, GOOD, {**UP, "baseline_period": "2022"}),
            _no(m, Why.NO_BASELINE, GOOD, {**UP, "kind": "multiple", "target": 2, "baseline_period": "2014"},
                "a multiple of a year without a figure"),
            _no(m, Why.TOO_FEW_POINTS, GOOD[-1:], UP, "one figure"),
            _no(m, Why.TOO_FEW_POINTS, (("2019-07", 10.0), ("2020-06", 11.0)), UP, "eleven months"),
            _no(m, Why.SIGN_CHANGE, years(2015, -1, 0, 1, 2), UP, "from below zero to above"),
            _no(m, Why.SIGN_CHANGE, years(2015, -4, -3, -2), UP, "a target across zero"),
            _no(m, Why.SIGN_CHANGE, years(2015, 4, 3, 0), UP, "a value of zero"),
            _no(m, Why.TARGET_EQUALS_BASELINE, years(2015, 20, 19, 18), UP),
            _no(m, Why.BASELINE_AFTER_TARGET, GOOD, {**UP, "target_period": "2020", "baseline": 3,
                                                     "baseline_period": "2021"}),
        ]  # fmt: skip
    for m in ("eurostat-2021", "eurostat-2023"):
        found.append(_no(m, Why.NO_TARGET_PERIOD, GOOD, {"direction": "higher", "target": 20}))
    for m in UNSIGNED:
        found += [
            _no(m, Why.SIGN_CHANGE, years(2015, 0, 1, 2, 3), UP, "a baseline of zero"),
            _no(m, Why.SIGN_CHANGE, years(2015, -9, -8, -7), {**UP, "target": -5}, "debts, and no rule for their sign"),
        ]
    return found


def _of_linear_rules() -> list[Example]:
    found = []
    for m in ("sdsn", "systems-change-lab"):
        found += [
            _no(m, Why.NO_TARGET, GOOD, {"direction": "higher", "target_period": "2030"}),
            _no(m, Why.NO_BASELINE, GOOD, {**UP, "kind": "multiple", "target": 2, "baseline_period": "2014"}),
            _no(m, Why.TOO_FEW_POINTS, GOOD[-1:], UP, "one figure"),
        ]
    for m in ("destatis-2022", "systems-change-lab"):
        found += [
            _no(m, Why.TOO_FEW_POINTS, GOOD[-3:], UP, "three figures"),
            _no(m, Why.TOO_FEW_POINTS, (*GOOD[:3], ("2021", 16.0)), UP, "three of the last five years"),
            _no(m, Why.TOO_FEW_POINTS, tuple((f"2020-{k:02d}", k) for k in range(1, 13)), UP, "twelve months"),
            _no(m, Why.NO_TARGET_PERIOD, GOOD, {"direction": "higher", "target": 20}),
        ]
    return [
        *found,
        _no("sdsn", Why.NO_BASELINE, GOOD, {**UP, "baseline_period": "2022"}, "a baseline after every figure"),
        _no("sdsn", Why.BASELINE_AFTER_TARGET, GOOD, {**UP, "baseline_period": "2030", "baseline": 1}),
        _no("sdsn", Why.TOO_FEW_POINTS, (("2020-01", 1.0), ("2020-02", 2.0)), UP, "two months"),
        _no("destatis-2022", Why.NO_BASELINE, GOOD, {**UP, "kind": "multiple", "target": 2, "baseline_period": "2014"}),
        _no(
            "destatis-2022",
            Why.NO_TARGET,
            GOOD,
            {"kind": "range", "target": 1, "target_period": "2030"},
            "half a range",
        ),
        _no("destatis-2022", Why.NO_TARGET, GOOD, {"kind": "each_period", "direction": "higher"}, "nothing to hold"),
    ]


def _of_ours() -> list[Example]:
    m = "pro-rata"
    return [
        _no(m, Why.NO_TARGET, GOOD, {"kind": "direction", "direction": "higher"}, "a direction"),
        _no(m, Why.NO_TARGET, GOOD, {"direction": "higher", "target_period": "2030"}, "a level without a number"),
        _no(m, Why.NO_TARGET, GOOD, {"kind": "average_growth", "direction": "higher", "target_period": "2030"},
            "a growth without a number"),
        _no(m, Why.NO_TARGET, GOOD, {"kind": "range", "target": 1, "target_period": "2030"}, "half a range"),
        _no(m, Why.NO_TARGET_PERIOD, GOOD, {"direction": "higher", "target": 20}),
        _no(m, Why.NO_OTHER, GOOD, {"kind": "relative", "direction": "higher", "target_period": "2030", "other": "x"}),
        _no(m, Why.NO_TOLERANCE, GOOD, {"kind": "stable", "target_period": "2030"}),
        _no(m, Why.NO_BASELINE, GOOD, {"kind": "stable", "target_period": "2030", "tolerance": 1,
                                       "baseline_period": "2014"}, "stable against a year without a figure"),
        _no(m, Why.NO_BASELINE, GOOD, {**UP, "baseline_period": "2022"}, "a baseline after every figure"),
        _no(m, Why.NO_BASELINE, GOOD, {**UP, "kind": "multiple", "target": 2, "baseline_period": "2014"},
            "a multiple of a year without a figure"),
        _no(m, Why.SIGN_CHANGE, years(2015, -1, 2, 3), {**UP, "kind": "average_growth", "target": 5}),
        _no(m, Why.TOO_FEW_POINTS, GOOD[-1:], {**UP, "kind": "average_growth", "target": 5}, "growth of one figure"),
        _no(m, Why.TOO_FEW_POINTS, GOOD[-1:], UP, "one figure"),
        _no(m, Why.TOO_FEW_POINTS, GOOD, {**UP, "kind": "each_period", "baseline_period": "2021"},
            "no period to hold yet"),
        _no(m, Why.BASELINE_AFTER_TARGET, GOOD, {**UP, "baseline": 3, "baseline_period": "2030"}),
        _no(m, Why.NOT_YET_DUE, GOOD, {**UP, "kind": "yearly_value"}, "a yearly value"),
        _no(m, Why.NOT_YET_DUE, GOOD, {**UP, "kind": "range", "target_high": 30}, "a range"),
        _no(m, Why.NOT_YET_DUE, GOOD, {**UP, "kind": "rank", "direction": "lower", "target": 3}, "a rank"),
        _no(m, Why.NOT_YET_DUE, years(2015, 0, 0, 0), {"kind": "yes_no", "target_period": "2030"}, "not yet"),
        _no(m, Why.DUE_FIGURE_MISSING, GOOD, {**UP, "target_period": "2025"}),
    ]  # fmt: skip


ALL = [*WORKED, *sides(), *refusals()]


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[int, str], Any]:
    return by_tables(ALL)


@pytest.mark.parametrize("k", range(len(WORKED)), ids=[e.id for e in WORKED])
def test_a_worked_example_comes_out_exact_both_ways(k: int, verdicts: dict[tuple[int, str], Any]) -> None:
    e, row = WORKED[k], verdicts[k, WORKED[k].method]
    x = by_numbers(e)
    assert (x.outcome, row["outcome"]) == (e.outcome, e.outcome)
    assert same(number(x.ratio), e.ratio) and same(number(row["ratio"]), e.ratio)
    assert same(number(x.score), e.score) and same(number(row["score"]), e.score)


def test_the_steps_of_the_worked_examples_are_the_publishers() -> None:
    for e, change, projected in ((WORKED[3], 0.76, 25.64), (WORKED[4], 0.86, 28.1)):
        x = by_numbers(e)
        assert same(float(x.change), change) and same(float(x.projected), projected)


SIDES = range(len(WORKED), len(WORKED) + len(sides()))


@pytest.mark.parametrize("k", SIDES, ids=[ALL[k].id for k in SIDES])
def test_a_threshold_parts_the_labels_on_both_sides(k: int, verdicts: dict[tuple[int, str], Any]) -> None:
    e, row = ALL[k], verdicts[k, ALL[k].method]
    x = by_numbers(e)
    assert (x.outcome, row["outcome"]) == (e.outcome, e.outcome)
    assert same(number(x.ratio), e.ratio, 1e-8) and same(number(row["ratio"]), e.ratio, 1e-8)


def test_every_threshold_on_a_card_is_tried() -> None:
    tried = {(m, "without" if make is growing else "with", t) for m, make, parts in THRESHOLDS for t, _, _ in parts}
    for name, method in METHODS.items():
        for kind, thresholds in (("with", method.thresholds), ("without", method.without)):
            assert [t for t in thresholds if (name, kind, t) not in tried] == []


REFUSED = range(len(ALL) - len(refusals()), len(ALL))


@pytest.mark.parametrize("k", REFUSED, ids=[ALL[k].id for k in REFUSED])
def test_a_method_that_does_not_apply_says_why_and_nothing_else(k: int, verdicts: dict[tuple[int, str], Any]) -> None:
    e, row = ALL[k], verdicts[k, ALL[k].method]
    x = by_numbers(e)
    assert (x.reason, row["reason"]) == (e.reason, e.reason)
    assert row["outcome"] == "not_available" and row["standing"] == Standing.NOT_JUDGED.value and not row["applies"]
    assert [number(v) for v in (row["ratio"], row["score"], x.ratio, x.score)] == [None] * 4
    assert x.unknown(x.outcome)


def test_every_reason_is_given_by_some_example() -> None:
    assert {e.reason for e in refusals()} == {w.value for w in Why}


@pytest.mark.parametrize("value", [-3.0, 0.0, 0.0005, 0.001])
def test_statcan_calls_a_target_of_zero_reached_near_it_whatever_the_trend(value: float) -> None:
    target = {"direction": "lower", "target": 0, "target_period": "2030"}
    e = Example("statcan-2025", years(2015, value / 2 if value else 5, 3, value), target)
    x, row = by_numbers(e), by_tables([e], ["statcan-2025"])[0, "statcan-2025"]
    assert (x.outcome, float(x.score)) == (row["outcome"], row["score"]) == ("target_achieved", 5.0)
    assert row["standing"] == Standing.MET.value


def test_statcan_replaces_zero_by_a_thousandth() -> None:
    e = Example(
        "statcan-2025", (("2015", 0.0), ("2020", 0.002)), {"direction": "higher", "target": 8, "target_period": "2030"}
    )
    wanted = (2 ** (1 / 5) - 1) / (8000 ** (1 / 15) - 1)
    assert same(float(by_numbers(e).ratio), wanted)
    assert same(by_tables([e])[0, "statcan-2025"]["ratio"], wanted)


def test_statcan_takes_a_shrinking_debt_for_progress() -> None:
    e = Example(
        "statcan-2025", (("2015", -8.0), ("2020", -4.0)), {"direction": "higher", "target": -1, "target_period": "2030"}
    )
    x = by_numbers(e)
    assert x.outcome == "substantial_progress"
    assert same(float(x.ratio), (1 - 0.5 ** (1 / 5)) / (1 - 0.125 ** (1 / 15)))


@pytest.mark.parametrize(
    ("base", "coefficient"),
    [(0.0, 1.0), (50.0, 1 - 0.5**4.44), (100.0, 0.0), (150.0, 1 - 0.5**4.44), (200.0, 1.0), (250.0, 1.0)],
)
def test_statcan_lowers_its_thresholds_near_a_natural_limit(base: float, coefficient: float) -> None:
    x = ruled(
        METHODS["statcan-2025"], kind="direction", d=1, v0=base, t0=2015, v=base + 1, t=2020, limit=100.0, due=2030
    )
    assert same(float(x.coefficient), coefficient)
    if coefficient == 0:
        assert (x.outcome, float(x.score)) == ("substantial_progress", 5.0)


def test_at_a_natural_limit_any_loss_is_deterioration() -> None:
    x = ruled(METHODS["statcan-2025"], kind="direction", d=1, v0=100.0, t0=2015, v=99.0, t=2020, limit=100.0, due=2030)
    assert x.outcome == "deterioration" and float(x.score) < -2.5


JOINTS = [
    ("statcan-2025", compound, 0.60, 1e-3),  # the publisher's own four decimals do not quite meet
    ("statcan-2025", compound, (5 + 4.2857) / 7.1429, 1e-9),
    ("statcan-2025", growing, 0.0, 1e-9),
    ("statcan-2025", growing, 0.005, 1e-9),
    ("statcan-2025", growing, 0.015, 1e-9),
    ("statcan-2025", growing, 0.020, 1e-9),
    ("statcan-2025", growing, -0.020, 1e-9),
    ("eurostat-2023", compound, 1.3, 1e-9),
    ("eurostat-2023", compound, 0.6, 1e-9),
    ("eurostat-2023", compound, -0.6, 1e-9),
    ("eurostat-2023", growing, 0.02, 1e-9),
    ("eurostat-2023", growing, -0.02, 1e-9),
]


@pytest.mark.parametrize(("method", "make", "joint", "apart"), JOINTS)
@pytest.mark.parametrize("d", [1, -1])
def test_a_score_does_not_jump_at_a_joint(method: str, make: Any, joint: float, apart: float, d: int) -> None:
    low, high = (float(by_numbers(make(method, d, joint + side, "")).score) for side in (-1e-13, 1e-13))
    assert abs(high - low) <= apart


def test_a_score_keeps_between_its_ends() -> None:
    for make in (compound, growing):
        for method in ("statcan-2025", "eurostat-2023"):
            scores = [float(by_numbers(make(method, 1, r, "")).score) for r in (-0.9, -0.3, 0.3, 0.9, 3.0)]
            assert scores == sorted(scores) and scores[0] == -5 and scores[-1] == 5


@pytest.mark.parametrize(
    ("values", "kind", "outcome"),
    [
        ((8, 9, 10, 11, 12), {"kind": "each_period", "target": 10}, "sun"),
        ((14, 13, 12, 11, 10), {"kind": "each_period", "target": 10}, "slightly_cloudy"),
        ((5, 6, 7, 8, 9), {"kind": "each_period", "target": 10}, "cloud"),
        ((13, 12, 11, 10, 9), {"kind": "each_period", "target": 10}, "thunderstorm"),
        ((8, 9, 10, 11, 12), {"kind": "level", "target": 10}, "sun"),
        ((14, 13, 12, 11, 10), {"kind": "level", "target": 10}, "slightly_cloudy"),
        ((1, 2, 3, 4, 5), {"kind": "direction"}, "sun"),
        ((1, 2, 3, 5, 4), {"kind": "direction"}, "slightly_cloudy"),
        ((1, 2, 3, 4, 4), {"kind": "direction"}, "slightly_cloudy"),
        ((5, 4, 2, 1, 2), {"kind": "direction"}, "cloud"),
        ((4, 4, 4, 3, 4), {"kind": "direction"}, "cloud"),
        ((5, 4, 3, 2, 1), {"kind": "direction"}, "thunderstorm"),
        # a range is judged by its weaker bound
        ((10, 10, 10, 10, 10), {"kind": "range", "target": 5, "target_high": 15}, "sun"),
        ((10, 11, 12, 13, 14), {"kind": "range", "target": 5, "target_high": 15}, "slightly_cloudy"),
        ((1, 1.5, 2, 2.5, 3), {"kind": "range", "target": 8.1, "target_high": 9}, "slightly_cloudy"),
        ((1, 1.1, 1.2, 1.3, 1.4), {"kind": "range", "target": 8, "target_high": 9}, "cloud"),
        ((20, 21, 22, 23, 24), {"kind": "range", "target": 5, "target_high": 15}, "thunderstorm"),
    ],
)  # fmt: skip
def test_destatis_draws_the_weather_of_every_form(values: Any, kind: dict[str, Any], outcome: str) -> None:
    target = {"direction": "higher", "target_period": "2030", **kind}
    e = Example("destatis-2022", years(2016, *values), target)
    row = by_tables([e], ["destatis-2022"])[0, "destatis-2022"]
    assert (by_numbers(e).outcome, row["outcome"]) == (outcome, outcome)


def test_what_was_reached_and_lost_is_deterioration_to_the_un() -> None:
    e = Example("un-2022", years(2015, 25, 24, 19), {**UP, "target": 20})
    assert by_numbers(e).outcome == by_tables([e])[0, "un-2022"]["outcome"] == "deterioration"


@pytest.mark.parametrize(("v", "achieved"), [(0.9994, False), (0.9996, True)])
def test_the_un_rounds_up_what_is_nearly_achieved(v: float, achieved: bool) -> None:
    up = Example("un-2022", (("2015", 10.0), ("2020", 20 * v)), UP)
    down = Example("un-2022", (("2015", 100.0), ("2020", 20 / v)), {**UP, "direction": "lower"})
    zero = Example("un-2022", (("2015", 100.0), ("2020", 0.0)), {**UP, "direction": "lower", "target": 0})
    rows = by_tables([up, down, zero])
    for k, e in enumerate((up, down)):
        assert (by_numbers(e).outcome == "achieved") == (rows[k, "un-2022"]["outcome"] == "achieved") == achieved
    assert by_numbers(zero).outcome == rows[2, "un-2022"]["outcome"] == "achieved"


@pytest.mark.parametrize(("v", "outcome"), [(99.1, "achieved"), (98.9, "on_track")])
def test_within_a_point_of_its_limit_a_share_is_achieved_to_the_un(v: float, outcome: str) -> None:
    e = Example("un-2023", (("2015", 90.0), ("2020", v)), {**UP, "target": 100, "limit": 100})
    assert by_numbers(e).outcome == by_tables([e])[0, "un-2023"]["outcome"] == outcome


@pytest.mark.parametrize("wanted", [-100, -150])
def test_a_growth_to_nothing_or_less_is_refused_with_its_reason_by_every_rule_that_needs_a_level(wanted: float) -> None:
    target = {**UP, "kind": "average_growth", "target": wanted, "target_period": "2018", "baseline_period": "2015"}
    e = Example("", (("2014", 30.0), ("2015", 47.5), ("2016", 45.75), ("2017", 47.25), ("2018", 92.75)), target)
    rows = by_tables([e])
    said = {m: (by_numbers(_for(e, m)).reason, rows[0, m]["reason"]) for m in METHODS if not rows[0, m]["applies"]}
    assert said == {m: ("sign_change", "sign_change") for m in METHODS if m != "pro-rata"}
    assert by_numbers(_for(e, "pro-rata")).outcome == rows[0, "pro-rata"]["outcome"] == "met"  # grew more than that


def test_movement_beyond_the_target_is_ignored_by_sdsn() -> None:
    beyond, at = years(2015, 10, 12, 20, 26, 24, 19), years(2015, 10, 12, 20, 20, 20, 19)
    ratios = [float(by_numbers(Example("sdsn", f, UP)).ratio) for f in (beyond, at)]
    assert ratios[0] == ratios[1]


@pytest.mark.parametrize("name", METHODS)
def test_the_docstring_says_what_the_card_says(name: str) -> None:
    method = METHODS[name]
    text = importlib.import_module(f"tracking.methods.{name.replace('-', '_')}").__doc__ or ""
    assert text.startswith(f"{name}: ")
    for part in (
        "Publisher: ",
        f"Edition: {method.edition}.",
        "Our reading: ",
        f"Link: {method.link}\n",
        "Formula: ",
        "Units: ",
    ):
        assert part in text
    assert f"Our reading: {method.read.value}" in text or (name == "systems-change-lab" and method.read.value in text)
    assert any(words in text for words in ("not apply", "no verdict", "only the figure of their period decides"))


@pytest.mark.parametrize("name", METHODS)
def test_every_label_that_a_rule_can_give_has_a_standing_and_words(name: str) -> None:
    given_labels = {e.outcome for e in ALL if e.method == name and e.reason is None}
    extra = {"pro-rata": {"met", "missed"}, "statcan-2025": {"target_achieved"}, "un-2022": {"achieved"},
             "un-2023": {"achieved"}, "systems-change-lab": {"wrong_direction"}}  # fmt: skip
    assert given_labels | extra.get(name, set()) == set(METHODS[name].standings)
    for language in LANGUAGES:
        assert all(words(language).has(f"outcome.{label}") for label in (*METHODS[name].standings, "not_available"))
        assert all(words(language).has(f"why-not.{why.value}") for why in Why)


NUMBER = st.integers(-400, 400).map(lambda n: n / 4)
POSITIVE = st.integers(4, 4000).map(lambda n: n / 8)


@st.composite
def examples(draw: Any, values: Any = NUMBER) -> Example:
    first = draw(st.integers(2012, 2020))
    shape = draw(st.sampled_from(["{}", "{}-S2", "{}-Q3", "{}-06"]))
    figures = [
        (shape.format(first + k), draw(values),
         draw(st.sampled_from([None] * 12 + ["break", "forecast", "provisional"])))
        for k in range(draw(st.integers(0, 11))) if draw(st.integers(0, 6))
    ]  # fmt: skip
    kind = draw(st.sampled_from([k.value for k in Kind if k is not Kind.RELATIVE]))
    target: dict[str, Any] = {
        "kind": kind, "direction": draw(st.sampled_from(["higher", "lower"])),
        "target": None if kind in ("direction", "qualitative", "stable", "yes_no") else draw(values),
        "target_period": draw(st.sampled_from([None, "2018", "2022", "2025", "2030"])),
        "baseline_period": draw(st.sampled_from([None, None, "2015", "2018"])),
        "limit": draw(st.sampled_from([None, None, 0.0, 100.0])),
        "tolerance": draw(st.sampled_from([None, 0.0, 2.5])),
        "unit": draw(st.sampled_from([None, None, None, "growth"])),
    }  # fmt: skip
    if kind == "range":
        target["target_high"] = target["target"] + draw(st.integers(1, 50))
    if target["baseline_period"] and draw(st.integers(0, 4)) == 0:
        target["baseline"] = draw(values)
    return Example("", tuple(figures), target)


def _for(e: Example, method: str) -> Example:
    return Example(method, e.figures, e.target)


# Many series in few tables: writing and running the query costs more than judging them. So nothing is shrunk either.
@settings(max_examples=5, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(examples(), examples(POSITIVE)), min_size=40, max_size=80))
def test_numbers_and_tables_agree_on_whatever_comes(drawn: list[Example]) -> None:
    rows = by_tables(drawn)
    for (k, method), row in rows.items():
        x = by_numbers(_for(drawn[k], method))
        assert (None if x.unknown(x.reason) else x.reason) == (
            row["reason"] if row["reason"] == row["reason"] else None
        )
        assert same(number(x.ratio), number(row["ratio"])), (drawn[k], method, x.ratio, row["ratio"])
        assert same(number(x.score), number(row["score"])), (drawn[k], method, x.score, row["score"])
        if row["applies"]:
            assert row["outcome"] in METHODS[method].standings
            assert x.outcome == row["outcome"] or _is_near_a_threshold(method, x), (drawn[k], method)


def _is_near_a_threshold(method: str, x: PlainFrame) -> bool:
    return any(same(float(x.ratio), t) for t in (*METHODS[method].thresholds, *METHODS[method].without, 0.05, 0.2))


@settings(max_examples=150, deadline=None)
@given(examples(POSITIVE), st.sampled_from(list(METHODS)), st.integers(-3, 6))
def test_another_unit_of_the_values_changes_no_ratio(e: Example, method: str, power: int) -> None:
    scale = 10.0**power
    absolute = ("baseline", "limit", "tolerance", "target_high")
    if e.target["kind"] not in ("multiple", "cumulative_change", "average_growth"):
        absolute = (*absolute, "target")
    if method == "un-2023" or e.target["kind"] == "yes_no":  # one point, and one for yes, are in the unit
        return
    target = {k: v * scale if k in absolute and v is not None else v for k, v in e.target.items()}
    if method == "statcan-2025" and e.target.get("target") == 0:
        return
    here = by_numbers(_for(e, method))
    there = by_numbers(Example(method, tuple((p, v * scale, s) for p, v, s in e.figures), target))
    assert str(here.reason) == str(there.reason)
    in_units = (method == "destatis-2022" and e.target["kind"] in ("direction", "each_period")) or e.target[
        "kind"
    ] == "direction"
    if not (method == "destatis-2022" and (in_units or e.target.get("target") is None)):
        assert same(number(here.ratio), number(there.ratio), 1e-7)
    if not (number(here.ratio) is not None and (_is_near_a_threshold(method, here) or abs(float(here.ratio)) < 1e-9)):
        assert str(here.outcome) == str(there.outcome)


@settings(max_examples=150, deadline=None)
@given(examples(), st.sampled_from(["destatis-2022", "sdsn", "systems-change-lab", "pro-rata"]))
def test_a_linear_rule_says_the_same_of_the_mirror_image(e: Example, method: str) -> None:
    if e.target["kind"] not in ("level", "coverage", "direction", "yearly_value", "rank", "each_period"):
        return
    back = {"higher": "lower", "lower": "higher"}
    target = {**e.target, "direction": back[e.target["direction"]]}
    for name in ("target", "baseline"):
        if target.get(name) is not None:
            target[name] = -target[name]
    here = by_numbers(_for(e, method))
    there = by_numbers(Example(method, tuple((p, -v, s) for p, v, s in e.figures), target))
    assert (str(here.reason), str(here.outcome)) == (str(there.reason), str(there.outcome))
    assert same(number(here.ratio), number(there.ratio))


def test_a_missing_flag_is_down_and_a_missing_number_holds_nothing() -> None:
    x = PlainFrame({"flag": None, "number": None})
    assert x.first((x.flag, "up"), otherwise="down") == "down"
    assert x.first((x.number >= 0, "up"), (x.number < 0, "below"), otherwise="missing") == "missing"
    assert math.isnan(x.least(x.number, 5.0))
