"""A figures file as rows of cells and back, and what a spreadsheet copies as such rows.

A row that nobody changed stays as it was typed, to the last quote. What is pasted is never made into a number by
guessing: what a spreadsheet shows and the files do not hold is named, with what to write instead.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from editing.refusal import Refused
from tracking.figures import COLUMNS
from tracking.problems import Problem

Row = tuple[str, ...]
HEADER = ",".join(COLUMNS) + "\n"
_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\n]*)(,|\n|\Z)')
_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One row as it is typed: its cells, and from where to where in the text each and the whole row reach."""

    cells: Row
    spans: tuple[tuple[int, int], ...]
    start: int
    end: int


@dataclass(frozen=True)
class Pasted:
    """Rows in the order of COLUMNS. A problem's line and column are row and column of what was pasted, from 1."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = field(default=())


def lines(text: str) -> tuple[Line, ...]:
    """Every row, the header too. Raises Refused where the text is no table of figures."""
    try:
        read = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise Refused("grid-csv", what=str(error)) from None
    found = tuple(_lines(text))
    if not read or read[0] != COLUMNS or [line.cells for line in found] != read:
        raise Refused("grid-header", expected=",".join(COLUMNS))
    return found


def _lines(text: str) -> Iterator[Line]:
    start, spans = 0, []
    for cell in _CELL.finditer(text):
        spans.append(cell.span(1))
        if cell[2] == ",":
            continue
        if text[start : cell.end()].strip("\n"):
            yield Line(tuple(_cell(text[a:b]) for a, b in spans), tuple(spans), start, cell.end())
        start, spans = cell.end(), []


def _cell(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw[:1] == '"' else raw


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a figures file, without its header. Raises Refused where it is no table of figures."""
    return tuple(line.cells for line in lines(text)[1:])


def with_rows(text: str, new: Iterable[Sequence[str]]) -> str:
    """The text with these rows in this order; those that it has already are left as they are typed there.

    Raises Refused for a row with more or fewer cells than there are columns.
    """
    typed: dict[Row, list[str]] = {}
    for line in lines(text):
        typed.setdefault(line.cells, []).append(text[line.start : line.end].rstrip("\n") + "\n")
    head = typed[COLUMNS].pop(0)
    return head + "".join(typed[row].pop(0) if typed.get(row) else _typed(row) for row in map(tuple, new))


def _typed(row: Row) -> str:
    if len(row) != len(COLUMNS):
        raise Refused("grid-cells", found=len(row), expected=len(COLUMNS))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


def pasted(text: str, columns: Sequence[str] = ("period", "value"), fill: Mapping[str, str] | None = None) -> Pasted:
    """What a spreadsheet copies, as rows: cells parted by tabs; those with line breaks or tabs of their own in quotes.

    `columns` are the columns that it has, from the left, unless its first row names them; `fill` is what stands in
    the others.
    """
    read = [tuple(c.strip() for c in row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if row]
    found = [row for row in read if any(row)]
    first = 0
    if found and set(found[0]) <= set(COLUMNS):
        columns, first = found[0], 1
    problems = [p for n, row in enumerate(found[first:], first + 1) for p in _problems(n, row, columns)]
    whole = [dict(fill or {}) | dict(zip(columns, row, strict=False)) for row in found[first:]]
    return Pasted(tuple(tuple(cells.get(name, "") for name in COLUMNS) for cells in whole), tuple(problems))


def _problems(n: int, row: Row, columns: Sequence[str]) -> Iterator[Problem]:
    if len(row) != len(columns):
        details = {"found": len(row), "expected": len(columns), "columns": ", ".join(columns)}
        yield Problem("", n, 1, "paste-cells", details)
    for m, (name, cell) in enumerate(zip(columns, row, strict=False), 1):
        kind, instead = (
            _number(cell) if name == "value" else _day(cell) if name in ("period", "published") else ("", "")
        )
        if kind:
            yield Problem("", n, m, f"paste-{kind}", {"value": cell, "instead": instead})


def _number(cell: str) -> tuple[str, str]:
    """Which way of showing a number the files do not hold, and what to write instead; blank where it is plain."""
    narrow = unicodedata.normalize("NFKC", cell).replace("−", "-").strip()
    if _PLAIN.fullmatch(cell):
        return "", ""
    if _PLAIN.fullmatch(narrow):
        return "width", narrow
    if not re.search(r"\d", narrow):
        return "missing", ""
    if re.fullmatch(r"-?\d{1,3}([, '’]\d{3})+(\.\d+)?", narrow):
        return "thousands", re.sub("[, '’]", "", narrow)
    if _PLAIN.fullmatch(narrow.removesuffix("%").strip()):
        return "percent", narrow.removesuffix("%").strip()
    if re.fullmatch(r"-?[\d.,]+\s*[万亿萬億]+.*", narrow):
        return "unit", ""
    return "number", ""


_CHINESE = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")


def _day(cell: str) -> tuple[str, str]:
    """The same of a day or period; the strict reader says the rest."""
    narrow = unicodedata.normalize("NFKC", cell).strip()
    if found := (_CHINESE.fullmatch(narrow) or _SLASHED.fullmatch(narrow)):
        year, month, day = found.groups()
        return "period", "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", narrow):
        return "day", ""
    return ("width", narrow) if narrow != cell else ("", "")
