"""Periods as SDMX writes them, and days known only in part.

`2025`, `2025-S1`, `2025-Q3`, `2025-08`, `2022-12-29`, and a span of whole years `2021/2025`.
A day of publication of which only the month or the year is known is a Period too; its `end` is the
day on which it was surely known.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_SHAPE = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:-S(?P<half>[12])|-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?|/(?P<last>[12]\d{3}))?",
    re.ASCII,  # a Chinese keyboard types ２０２５ as well
)
PATTERN = r"^[12]\d{3}(-S[12]|-Q[1-4]|-[01]\d(-[0-3]\d)?|/[12]\d{3})?$"
EXAMPLES: tuple[str | int, ...] = (2025, "2025-S1", "2025-Q3", "2025-08", "2022-12-29", "2021/2025")


class Length(StrEnum):
    """How long a period is, longest first."""

    SPAN = "span"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole days; orders by its end, then its start."""

    end: date
    start: date
    text: str
    length: Length

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.end.year

    @property
    def closes_year(self) -> bool:
        """Whether the period ends with its calendar year, as December, the fourth quarter and the year do."""
        return (self.end.month, self.end.day) == (12, 31)

    @property
    def is_year(self) -> bool:
        return self.length is Length.YEAR

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return parse_period(str(year))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_from_yaml)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "pattern": PATTERN}, {"type": "integer"}], "examples": list(EXAMPLES)}


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period; ValueError if the text is none."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(f"{text!r} is no period")
    year = int(shape["year"])
    if shape["last"]:
        last = int(shape["last"])
        if last <= year:
            raise ValueError(f"{text!r} ends before it starts")
        return Period(date(last, 12, 31), date(year, 1, 1), text, Length.SPAN)
    if shape["half"]:
        return _months(text, year, 6, int(shape["half"]), Length.HALF)
    if shape["quarter"]:
        return _months(text, year, 3, int(shape["quarter"]), Length.QUARTER)
    if shape["day"]:
        day = date(year, int(shape["month"]), int(shape["day"]))
        return Period(day, day, text, Length.DAY)
    if shape["month"]:
        return _months(text, year, 1, int(shape["month"]), Length.MONTH)
    return Period(date(year, 12, 31), date(year, 1, 1), text, Length.YEAR)


def _months(text: str, year: int, size: int, number: int, length: Length) -> Period:
    first, last = size * (number - 1) + 1, size * number
    return Period(
        date(year, last, calendar.monthrange(year, last)[1]) if 1 <= last <= 12 else date(year, last, 1),
        date(year, first, 1),
        text,
        length,
    )


def _from_yaml(value: object) -> Period:
    """YAML gives a whole number for `2025` and a day for `2025-08-01`."""
    if isinstance(value, Period):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise PydanticCustomError("period", "no period")
    try:
        return parse_period(str(value))
    except ValueError:
        raise PydanticCustomError("period", "no period") from None
