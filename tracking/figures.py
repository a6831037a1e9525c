"""Figures typed in from publications: one strict reader for figures/<id>.csv.

Columns: area,period,value,bound,status,published,document,check,derived,note_zh,note_en
(goals/README.md says what each holds). The lines' places are kept so that later checks can name them.
"""

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from tracking.model import Bound, Check, Observation, Series, Status, Text
from tracking.period import Period, parse_period
from tracking.problems import Problem, closest, text_of

COLUMNS = ("area", "period", "value", "bound", "status", "published", "document", "check", "derived",
           "note_zh", "note_en")  # fmt: skip
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.(\d+))?", re.ASCII)
MAX_BYTES = 20_000_000
LONG_DECIMALS = 4  # more were printed by a computer, not by a publisher
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass
class FiguresFile:
    """One file: its series by area (blank area is "" until the catalogue's is known), and each line's place."""

    name: str
    series: Mapping[str, Series] = field(default_factory=dict)
    lines: dict[tuple[str, str, str], int] = field(default_factory=dict)


class _Bad(Exception):
    def __init__(self, column: str, code: str, **details: object) -> None:
        self.column, self.code, self.details = column, code, details


def read_figures(body: bytes | Problem, name: str, problems: list[Problem]) -> FiguresFile:
    """Read the bytes of one file, or the reason why there are none; what is wrong goes to the problems."""
    text = body if isinstance(body, Problem) else text_of(body, name)
    if isinstance(text, Problem):
        problems.append(text)
        return FiguresFile(name)
    return read_lines(text, name, problems)


def read_lines(text: str, name: str, problems: list[Problem]) -> FiguresFile:
    """Read the text of one file; what is wrong goes to the problems, line by line."""
    file = FiguresFile(name)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = tuple(next(rows, ()))
        if header != COLUMNS:
            found = {"expected": ",".join(COLUMNS), "found": ",".join(header)}
            problems.append(Problem(name, 1, 1, "csv-header" if header else "empty-file", found))
            return file
        observations: dict[str, list[Observation]] = {}
        line = rows.line_num + 1
        for row in rows:
            _take(row, line, file, observations, problems)
            line = rows.line_num + 1
    except csv.Error as error:
        problems.append(Problem(name, rows.line_num or 1, 1, "csv-syntax", {"what": str(error)}))
        return file
    file.series = {
        area: Series(area, tuple(sorted(_as_printed(found), key=lambda o: (o.period, o.published))))
        for area, found in observations.items()
    }
    return file


def _as_printed(found: list[Observation]) -> list[Observation]:
    """A computer's print-out drops trailing zeros: its figures have as many decimals as its longest."""
    longest = max(o.decimals for o in found)
    return [replace(o, decimals=longest) for o in found] if longest > LONG_DECIMALS else found


def _take(
    row: list[str],
    line: int,
    file: FiguresFile,
    observations: dict[str, list[Observation]],
    problems: list[Problem],
) -> None:
    if not row:
        return
    if len(row) != len(COLUMNS):
        details = {"found": len(row), "expected": len(COLUMNS)}
        problems.append(Problem(file.name, line, 1, "csv-cells", details))
        return
    cells = {column: cell.strip() for column, cell in zip(COLUMNS, row, strict=True)}
    try:
        observation = _observation(cells)
    except _Bad as bad:
        column = sum(len(c) + 1 for c in row[: COLUMNS.index(bad.column)]) + 1
        problems.append(Problem(file.name, line, column, bad.code, {"key": bad.column, **bad.details}))
        return
    key = (cells["area"], observation.period.text, observation.published.text)
    if key in file.lines:
        again = {"period": key[1], "published": key[2], "line": file.lines[key]}
        problems.append(Problem(file.name, line, 1, "duplicate-figure", again))
        return
    file.lines[key] = line
    observations.setdefault(cells["area"], []).append(observation)


def _observation(cells: Mapping[str, str]) -> Observation:
    number = _NUMBER.fullmatch(cells["value"])
    if number is None or not math.isfinite(float(number[0])):
        raise _Bad("value", "not-a-number", value=cells["value"])
    if bool(cells["note_zh"]) != bool(cells["note_en"]):
        raise _Bad("note_zh" if not cells["note_zh"] else "note_en", "one-language")
    if not cells["document"]:
        raise _Bad("document", "figure-without-document")
    period, published = _period(cells, "period"), _period(cells, "published")
    if published.end < period.start:
        raise _Bad("published", "published-before", period=period.text, published=published.text)
    return Observation(
        period=period,
        value=float(cells["value"]),
        decimals=len(number[3] or ""),
        bound=_one_of(cells, "bound", Bound) if cells["bound"] else None,
        status=_one_of(cells, "status", Status) if cells["status"] else Status.NORMAL,
        published=published,
        document=cells["document"],
        check=_one_of(cells, "check", Check),
        derived=cells["derived"],
        note=Text(zh=cells["note_zh"], en=cells["note_en"]) if cells["note_zh"] else None,
    )


def _period(cells: Mapping[str, str], column: str) -> Period:
    if not cells[column]:
        raise _Bad(column, "figure-without-period" if column == "period" else "figure-without-day")
    try:
        return parse_period(cells[column])
    except ValueError:
        raise _Bad(column, "not-a-period", value=cells[column]) from None


def _one_of(cells: Mapping[str, str], column: str, kind: type[_Word]) -> _Word:
    try:
        return kind(cells[column])
    except ValueError:
        allowed = [member.value for member in kind]
        details = {"value": cells[column], "allowed": ", ".join(allowed)}
        raise _Bad(column, "not-one-of", **details, close=closest(cells[column], allowed)) from None
