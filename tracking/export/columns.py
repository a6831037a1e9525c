"""The columns of what is exported. One name has one meaning in every table and every format.

Titles and meanings stand in tracking/words under `export.column` and `export.meaning`; docs/exports.md lists them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

VERSION = 1  # of the tables' shape; a column that goes or changes its meaning needs the next
Value = str | float | int | bool | date | None
Row = dict[str, Value]


class Type(StrEnum):
    """What a column holds, by the names that Frictionless gives them."""

    TEXT = "string"
    NUMBER = "number"
    WHOLE = "integer"
    DAY = "date"
    YES_NO = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """`words` is the place in tracking/words where the codes of a column are said in words, for people to read."""

    name: str
    type: Type = Type.TEXT
    words: str = ""


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(COLUMN.get(name) or Column(name) for name in text.split())


_DAYS = ("period_start", "period_end", "known", "as_of")
_NUMBERS = ("value", "unit_factor", "target_value", "target_high", "target_times", "baseline_value", "tolerance",
            "latest_value")  # fmt: skip
_WHOLES = ("decimals", "order", "horizon")
_YES_NO = ("main", "recalled", "derived", "baseline_recalled", "final")
_CODES = {
    "bound": "bound", "nature": "nature", "role": "role", "document_language": "export.language",
    "quote_language": "export.language",
    **{name: f"export.{name}" for name in ("measure", "accumulation", "status", "form", "kind", "about", "remark")},
}  # fmt: skip
COLUMN = {
    **{name: Column(name, Type.DAY) for name in _DAYS},
    **{name: Column(name, Type.NUMBER) for name in _NUMBERS},
    **{name: Column(name, Type.WHOLE) for name in _WHOLES},
    **{name: Column(name, Type.YES_NO) for name in _YES_NO},
    **{name: Column(name, words=place) for name, place in _CODES.items()},
}
_SOURCE = "document document_title publisher address"

TABLES: dict[str, tuple[Column, ...]] = {
    "figures": _columns(
        "goals indicator indicator_name series area area_name measure main period period_start period_end accumulation "
        "value decimals unit unit_name unit_quantity unit_factor bound status recalled derived formula note "
        f"published known {_SOURCE} as_of"
    ),
    "targets": _columns(
        "goals indicator indicator_name target target_text form bound target_value target_high target_times other "
        "tolerance unit unit_name unit_quantity unit_factor due baseline_period baseline_value baseline_recalled "
        f"nature recalled adopted supersedes quote quote_language translation quote_from note {_SOURCE} as_of"
    ),
    "verdicts": _columns(
        "goals indicator indicator_name target target_text standing standing_name reason reason_name final sentence "
        "arithmetic cautions rule latest_period latest_value rests_on as_of"
    ),
    "goals": _columns(
        "goal statement goal_title order kind horizon theme theme_name part_of meaning indicator indicator_name role "
        f"why limits {_SOURCE}"
    ),
    "documents": _columns(
        "document document_title publisher_id publisher issued_with issued adopted document_language read_in address"
    ),
    "notes": _columns("about subject remark period note document"),
}
# what tells one line of a table from every other, and what leads from one table to another
KEYS: dict[str, tuple[str, ...]] = {
    "figures": ("indicator", "series", "area", "measure", "period"),
    "targets": ("indicator", "target"),
    "verdicts": ("indicator", "target"),
    "documents": ("document",),
}
LEADS: dict[str, dict[tuple[str, ...], str]] = {
    "figures": {("document",): "documents"},
    "targets": {("document",): "documents"},
    "verdicts": {("indicator", "target"): "targets"},
    "goals": {("document",): "documents"},
}
