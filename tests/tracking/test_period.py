"""Periods are whole stretches of days; a part year never passes for a year."""

from datetime import date

import pytest

from tracking.period import Length, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end", "length"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), Length.YEAR),
        ("2025-S1", date(2025, 1, 1), date(2025, 6, 30), Length.HALF),
        ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30), Length.QUARTER),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Length.MONTH),
        ("2022-12-29", date(2022, 12, 29), date(2022, 12, 29), Length.DAY),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31), Length.SPAN),
    ],
)
def test_a_period_has_its_days(text: str, start: date, end: date, length: Length) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.length, str(period)) == (start, end, length, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-00",
        "2025-02-30",
        "2025-Q5",
        "2025-S3",
        "2025/2021",
        "2025 ",
        "2025\n",
        "２０25",
        "2025ytd",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no period|must be in|out of range|ends before"):
        parse_period(text)


def test_only_what_ends_with_the_year_closes_it() -> None:
    assert all(parse_period(t).closes_year for t in ("2025", "2025-12", "2025-Q4", "2025-S2", "2025-12-31"))
    assert not any(parse_period(t).closes_year for t in ("2025-11", "2025-Q3", "2025-S1", "2025-12-30"))


def test_periods_order_by_their_end() -> None:
    texts = ["2026-02", "2025", "2025-Q3", "2024"]
    assert [p.text for p in sorted(parse_period(t) for t in texts)] == ["2024", "2025-Q3", "2025", "2026-02"]
