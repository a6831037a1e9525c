"""Numbers as each language writes them, with nothing rounded away."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES, Unit, UnitKind
from tracking.numbers import amount, bare, difference, period_text
from tracking.period import parse_period
from tracking.sentences import arithmetic, sentence, target_text
from tracking.status import judge_all

HOUSEHOLDS = Unit(kind=UnitKind.AMOUNT, quantity="subscriptions", factor=1e4, zh="户")
YUAN = Unit(kind=UnitKind.AMOUNT, quantity="yuan", factor=1e8, zh="元", before="CNY")
SHARE = Unit(kind=UnitKind.SHARE, quantity="per cent", zh="%", en="%")
FIRMS = Unit(kind=UnitKind.AMOUNT, quantity="firms", zh="家")


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "zh", "en"),
    [
        (23800, 0, HOUSEHOLDS, "2.38亿户", "238 m"),
        (39262, 0, YUAN, "3.9262万亿元", "CNY 3.9262 trn"),
        (14600, 0, FIRMS, "14,600家", "14,600"),
        (10.0, 1, SHARE, "10.0%", "10.0%"),
        (-1.5, 1, SHARE, "−1.5%", "−1.5%"),
        (27.4377296172138, 13, SHARE, "27.44%", "27.44%"),
    ],
)
def test_each_language_writes_its_own_powers(value: float, decimals: int, unit: Unit, zh: str, en: str) -> None:
    assert (amount(value, unit, "zh", decimals), amount(value, unit, "en", decimals)) == (zh, en)


SCALES = {"万亿": 12, "亿": 8, "万": 4, " trn": 12, " bn": 9, " m": 6}


@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from(LANGUAGES))
def test_rescaling_loses_no_digit(whole: int, decimals: int, language: str) -> None:
    value = whole / 10**decimals
    text = bare(value, HOUSEHOLDS, language, decimals).replace(",", "")
    power = next((p for suffix, p in SCALES.items() if text.endswith(suffix)), 0)
    number = Decimal(re.match(r"[\d.]+", text)[0]) * Decimal(10) ** power  # type: ignore[index]
    assert number == Decimal(whole).scaleb(-decimals) * 10_000


def test_a_difference_of_shares_is_in_points() -> None:
    assert difference(-3.21, SHARE, "zh") == "3.21个百分点"
    assert difference(1, SHARE, "en") == "1 percentage point"


@pytest.mark.parametrize(
    ("text", "to_date", "zh", "en"),
    [
        ("2025", False, "2025年", "2025"),
        ("2026-08", False, "2026年8月", "Aug 2026"),
        ("2025-02", True, "2025年1—2月", "Jan–Feb 2025"),
        ("2026-Q1", False, "2026年一季度", "Q1 2026"),
        ("2022-12-29", False, "2022年12月29日", "29 December 2022"),
        ("2021/2025", False, "2021—2025年", "2021–2025"),
    ],
)
def test_periods_read_as_each_language_writes_them(text: str, to_date: bool, zh: str, en: str) -> None:
    period = parse_period(text)
    assert period_text(period, "zh", to_date=to_date) == zh
    assert period_text(period, "en", to_date=to_date) == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_target_gets_its_sentence(shipped: Catalogue, gathered: date, language: str) -> None:
    for indicator_id, found in judge_all(shipped, gathered).items():
        for j in found:
            said = [
                sentence(shipped, indicator_id, j.target, j.assessment, language),
                arithmetic(shipped, indicator_id, j.target, j.assessment, language),
                target_text(shipped, indicator_id, j.target, language),
            ]
            assert said[0] and said[2]
            for text in said:
                assert not re.search(r"[{}]|None|nan|e[+-]\d", text), text
                assert language == "zh" or not re.search(r"[\u3400-\u9fff]", text), text
