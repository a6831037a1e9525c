"""CSV as RFC 4180 has it, UTF-8 with the mark by which Excel knows it; a number as it was published.

A text that a spreadsheet would compute (it begins with = + - @, a tab or a line's end) is given an apostrophe in
front, and so is one that begins with an apostrophe: whoever takes one apostrophe off has the text back.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from tracking.export.columns import TABLES, Row, Value
from tracking.export.content import Content
from tracking.figures import LONG_DECIMALS

COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(content: Content, table: str = "figures") -> bytes:
    """One table of the content."""
    names = [column.name for column in TABLES[table]]
    rows = ([cell(row, name) for name in names] for row in content.tables[table])
    return csv_text(names, rows).encode("utf-8-sig")


def csv_text(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()


def cell(row: Row, name: str) -> str:
    """A value as text; a figure with as many decimals as were printed."""
    value = row[name]
    if name == "value" and isinstance(value, float):
        return number_text(value, int(row["decimals"] or 0))  # type: ignore[arg-type]
    return plain_text(value)


def plain_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case int():
            return str(value)
        case date():
            return value.isoformat()
    return f"'{value}" if value.startswith((*COMPUTED, "'")) else value


def number_text(value: float, decimals: int | None = None) -> str:
    """Every digit and never a power of ten; the zeros that were printed, unless a computer printed them."""
    number = Decimal(repr(value))
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    have = max(0, -int(number.as_tuple().exponent))
    if decimals is not None and have < decimals <= LONG_DECIMALS:
        number = number.quantize(Decimal(1).scaleb(-decimals))
    return f"{number:f}"
