"""Numbers, periods and days as a reader of each language writes them.

Nothing is rounded away: a published number keeps its decimals when it is rescaled (23800万户 -> 2.38亿户 ->
238 m). Only what a computer printed (more than four decimals) is shown shorter; exports keep it whole.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tracking.figures import LONG_DECIMALS
from tracking.model import Bound, Observation, Unit, UnitKind
from tracking.period import Length, Period

MINUS = "\u2212"
_BOUND_MARKS = {
    Bound.AT_LEAST: "≥", Bound.ABOVE: ">", Bound.AT_MOST: "≤", Bound.BELOW: "<", Bound.ABOUT: "≈", Bound.EXACTLY: "",
}  # fmt: skip
_ZH_SCALES = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_EN_SCALES = ((Decimal(10) ** 12, " trn"), (Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " m"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October", "November", "December")  # fmt: skip
_QUARTERS = "一二三四"


def exact(value: float, decimals: int | None = None) -> Decimal:
    """The decimal number that was typed, with as many decimals as were printed.

    A length of more than four decimals was printed by a computer, not by a publisher: two are kept.
    """
    number = Decimal(repr(float(value)))
    if decimals is None:
        number = number.normalize()
        decimals = max(0, -int(number.as_tuple().exponent))
    if decimals > LONG_DECIMALS:
        decimals = 2 if abs(number) >= 1 else LONG_DECIMALS
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimals_of(value: float) -> int:
    return max(0, -int(Decimal(repr(float(value))).normalize().as_tuple().exponent))


def plain(number: Decimal) -> str:
    """With thousands separated and a real minus sign."""
    return f"{number:,f}".replace("-", MINUS)


def rescales(unit: Unit) -> bool:
    """Whether the unit is a bare count or sum of money, which each language writes in its own powers."""
    return unit.kind is UnitKind.AMOUNT and not unit.en.startswith("per ")


def short(unit: Unit) -> Unit:
    """The unit for the second number of a sentence: a rate (`per 10,000 people`) is named only once."""
    is_rate = unit.en.startswith("per ")
    return unit.model_copy(update={"zh": "", "en": ""}) if is_rate else unit


def bare(value: float, unit: Unit, language: str, decimals: int | None = None) -> str:
    """The number without its unit, rescaled as the language does."""
    number = exact(value, decimals)
    if not rescales(unit):
        return plain(number)
    scaled, suffix = _scaled(number * Decimal(repr(unit.factor)), language, unit.factor > 1)
    return plain(scaled) + suffix


def _scaled(number: Decimal, language: str, is_rescaled: bool) -> tuple[Decimal, str]:
    scales = _ZH_SCALES if language == "zh" else _EN_SCALES
    for size, suffix in scales:
        if abs(number) >= size and (is_rescaled or abs(number) >= 10**6):
            return _trimmed(number / size), suffix
    return _trimmed(number) if is_rescaled else number, ""


def _trimmed(number: Decimal) -> Decimal:
    """Without the zeros that rescaling leaves behind, and never in powers of ten."""
    number = number.normalize()
    return number if int(number.as_tuple().exponent) <= 0 else number.quantize(Decimal(1))


def amount(value: float, unit: Unit, language: str, decimals: int | None = None) -> str:
    """The number with its unit: 2.38亿户, 34.4 per 10,000 people, CNY 3.93 trn, 47.9%."""
    text = bare(value, unit, language, decimals)
    if language == "zh":
        return text + unit.zh
    before = f"{unit.before} " if unit.before else ""
    gap = "" if unit.en in ("", "%") else " "
    return f"{before}{text}{gap}{unit.en}"


def difference(value: float, unit: Unit, language: str, decimals: int | None = None) -> str:
    """The size of a difference; between per cents it is in percentage points."""
    if unit.kind in (UnitKind.SHARE, UnitKind.GROWTH, UnitKind.FALL):
        return points(abs(value), language, decimals)
    return amount(abs(value), unit, language, decimals)


def points(value: float, language: str, decimals: int | None = None) -> str:
    number = plain(exact(value, decimals))
    if language == "zh":
        return f"{number}个百分点"
    return f"{number} percentage {'point' if number == '1' else 'points'}"


def per_cent(value: float, decimals: int = 1) -> str:
    return plain(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + "%"


def bound_mark(observation: Observation) -> str:
    """What stands before a figure that is a bound or a round number; nothing before any other."""
    return _BOUND_MARKS[observation.bound] if observation.bound else ""


def observed(observation: Observation, unit: Unit, language: str) -> str:
    """A published figure with its unit and, where it is a bound, what it says: ≥95%."""
    return bound_mark(observation) + amount(observation.value, unit, language, observation.decimals)


def period_text(period: Period, language: str, *, to_date: bool = False) -> str:
    """A period in words; `to_date` says that a part year runs from January."""
    year, month = period.year, period.end.month
    zh = language == "zh"
    match period.length:
        case Length.YEAR:
            return f"{year}年" if zh else str(year)
        case Length.SPAN:
            return f"{period.start.year}—{year}年" if zh else f"{period.start.year}–{year}"
        case Length.DAY:
            return day_text(period.end, language)
        case Length.HALF:
            half = 1 if month == 6 else 2
            return f"{year}年{'上' if half == 1 else '下'}半年" if zh else f"H{half} {year}"
        case Length.QUARTER if to_date and month > 3:
            return f"{year}年前{_QUARTERS[month // 3 - 1]}季度" if zh else f"Q1–Q{month // 3} {year}"
        case Length.QUARTER:
            return f"{year}年{_QUARTERS[month // 3 - 1]}季度" if zh else f"Q{month // 3} {year}"
    if to_date and month > 1:
        return f"{year}年1—{month}月" if zh else f"Jan–{_MONTHS[month - 1]} {year}"
    return f"{year}年{month}月" if zh else f"{_MONTHS[month - 1]} {year}"


def day_text(day: date, language: str) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_LONG_MONTHS[day.month - 1]} {day.year}"


def known_text(day: Period, language: str) -> str:
    """A day of publication, as far as it is known."""
    if day.length is Length.DAY:
        return day_text(day.end, language)
    return period_text(day, language)
