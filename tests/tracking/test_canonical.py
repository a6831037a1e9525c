"""The case on which methods disagree is judged by them, not written down; and what a page says of a panel."""

from dataclasses import replace
from datetime import date

import pytest

from tracking.canonical import FIGURES, TARGET, asked_for, canonical_panel
from tracking.catalogue import Catalogue
from tracking.days import FIRST, offered, year_ends
from tracking.explain import agreement_with, shared_inputs
from tracking.model import Standing
from tracking.panel import Panel


def ratio(name: str) -> float | None:
    return next(line.ratio for line in canonical_panel().lines if line.method.name == name)


def test_the_methods_disagree_on_the_canonical_case() -> None:
    assert canonical_panel().counts == {Standing.BEHIND: 5, Standing.ON_TRACK: 1}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("statcan-2025", 0.9010899546976208), ("pro-rata", (14.5 - 10.4) / (14.5 - 7.25) / (8 / 15))],
)
def test_its_ratios_are_the_worked_ones(name: str, expected: float) -> None:
    assert ratio(name) == pytest.approx(expected, abs=1e-9)


def test_the_figure_lies_between_what_a_straight_path_and_a_constant_rate_ask_for() -> None:
    line, curve = asked_for()
    assert curve < FIGURES["2023"] < line
    assert line == pytest.approx(
        next(x.steps["required"] for x in canonical_panel().lines if x.method.name == "pro-rata")
    )
    assert 14.5 * (curve / 14.5) ** (15 / 8) == pytest.approx(TARGET)


def test_what_agrees_is_counted_against_the_verdict() -> None:
    panel = canonical_panel()
    assert agreement_with(panel, Standing.BEHIND, "en") == "5 of 6 methods agree"
    assert agreement_with(panel, Standing.MET, "zh") == "6种方法中0种结论一致"


def test_inputs_that_all_methods_share_are_said_once() -> None:
    assert shared_inputs(canonical_panel(), "en") == "v0 = 14.5 (2015), v = 10.4 (2023), V = 7.25 (2030)"


def test_inputs_that_differ_are_not_said_once() -> None:
    first, *rest = canonical_panel().lines
    moved = replace(first, inputs={**first.inputs, "v": 11.0})
    assert shared_inputs(Panel((moved, *rest), is_product=False), "en") == ""


def test_the_days_on_offer_are_past_ends_of_years_newest_first(shipped: Catalogue) -> None:
    today = date(2026, 11, 23)
    ends = year_ends(shipped, today)
    assert ends[0] == date(2025, 12, 31)
    assert ends == sorted(ends, reverse=True)
    assert all((day.month, day.day) == (12, 31) and day < today for day in ends)


def test_no_day_is_offered_that_the_calendar_does_not_hold() -> None:
    today = date(2026, 11, 23)
    assert offered(date(1, 1, 1), today) == FIRST
    assert offered(date(2999, 1, 1), today) == today
    assert offered(date(2020, 5, 5), today) == date(2020, 5, 5)
