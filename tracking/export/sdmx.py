"""SDMX-CSV 2.0: the figures as statistical offices hand them to one another.

Codes are those of the SDMX cross-domain lists: CL_FREQ, CL_OBS_STATUS, ISO days and time ranges. A running total of
a part year keeps its month, as publishers name it; ACCUMULATION says that it runs from January.
"""

import re
from decimal import Decimal

from tracking.export.columns import Row
from tracking.export.content import Content
from tracking.export.csv_text import cell, csv_text
from tracking.period import Length, Period, parse_period

STRUCTURE_ID = "POLICY_GOAL_TRACKER:FIGURES(1.0)"
_FREQ = {Length.YEAR: "A", Length.HALF: "S", Length.QUARTER: "Q", Length.MONTH: "M", Length.DAY: "D"}
_STATUS = {"normal": "A", "provisional": "P", "estimated": "E", "break": "B", "forecast": "F"}
_CODES = {"ACCUMULATION": "accumulation", "BOUND": "bound"}
_AS_THEY_ARE = {
    "RECALLED": "recalled", "DERIVED": "derived", "FORMULA": "formula", "TITLE": "indicator_name",
    "SERIES_KEY": "series", "UNIT_NAME": "unit_name", "DOCUMENT": "document", "DOCUMENT_TITLE": "document_title",
    "PUBLISHER": "publisher", "SOURCE_URL": "address", "PUBLISHED": "published", "VINTAGE": "as_of",
    "COMMENT_OBS": "note",
}  # fmt: skip
HEADER = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "INDICATOR", "SERIES", "MEASURE", "TIME_PERIOD",
          "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", *_CODES, *_AS_THEY_ARE)  # fmt: skip


def sdmx_file(content: Content) -> bytes:
    """Every figure as an observation of one data flow; without a mark before it, for programs alone read it."""
    return csv_text(HEADER, [_observation(row) for row in content.tables["figures"]]).encode()


def _observation(row: Row) -> list[str]:
    period = parse_period(str(row["period"]))
    return [
        *("dataflow", STRUCTURE_ID, "I"),
        *(_frequency(period), _code(row, "area"), _code(row, "indicator"), _code(row, "series"), _code(row, "measure")),
        *(_time(period), cell(row, "value"), *_unit(row), cell(row, "decimals"), _STATUS[str(row["status"])]),
        *(_code(row, name) for name in _CODES.values()),
        *(cell(row, name) for name in _AS_THEY_ARE.values()),
    ]


def _code(row: Row, name: str) -> str:
    """As SDMX allows codes: letters, digits, hyphens, underscores. SERIES_KEY has the key as its provider writes it."""
    text = re.sub(r"[^A-Za-z0-9_-]+", "_", str(row[name] or ""))
    return text if name in ("area", "indicator", "series") else text.upper()


def _frequency(period: Period) -> str:
    """A figure for several years is of a frequency of so many years, as CL_FREQ has it."""
    return f"A{_years(period)}" if period.length is Length.SPAN else _FREQ[period.length]


def _time(period: Period) -> str:
    return f"{period.start.isoformat()}/P{_years(period)}Y" if period.length is Length.SPAN else period.text


def _years(period: Period) -> int:
    return period.end.year - period.start.year + 1


def _unit(row: Row) -> tuple[str, str]:
    """What is counted, and the power of ten in which it is; a unit of another size stands as it is named."""
    factor = Decimal(repr(row["unit_factor"])).normalize()
    if factor.as_tuple().digits != (1,):
        return str(row["unit"]), "0"
    return str(row["unit_quantity"]), str(factor.as_tuple().exponent)
