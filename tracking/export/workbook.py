"""XLSX, for people: a sheet for each table in the reader's language, with real days, numbers and words for codes.

A text is written as text, whatever it begins with, and marked so: no spreadsheet computes it, also when it is edited.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from tracking.export.columns import TABLES, Column, Row, Type, Value
from tracking.export.content import Content
from tracking.export.csv_text import COMPUTED
from tracking.export.refused import Refused
from tracking.export.zipped import archive, same_each_time
from tracking.figures import LONG_DECIMALS
from tracking.words import Words, words

Progress = Callable[[int, int], None]  # how many rows are written, of how many
TOLD_EACH = 100  # rows; a thousand take half a second
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_575  # of a cell; of a sheet below its header
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {Type.NUMBER: 14, Type.WHOLE: 10, Type.DAY: 13, Type.YES_NO: 10, Type.TEXT: 18}
_WIDE = {"indicator_name": 34, "target_text": 44, "sentence": 60, "arithmetic": 48, "document_title": 44, "note": 60,
         "quote": 60, "translation": 60, "statement": 44, "goal_title": 44, "meaning": 44, "why": 44, "limits": 44,
         "address": 40, "cautions": 44, "publisher": 30, "formula": 30, "goals": 30, "reason_name": 28, "indicator": 30,
         "subject": 30, "goal": 30}  # fmt: skip


def unheard(done: int, of: int) -> None:
    """For work of which nobody wants to be told how far it is."""


def workbook_file(content: Content, progress: Progress = unheard) -> bytes:
    """Raises Refused for a text or a table that is longer than a spreadsheet holds."""
    for name in TABLES:
        _demand_room(name, content)
    book, of = Workbook(write_only=True), sum(map(len, content.tables.values()))
    for done, _ in enumerate((row for name in TABLES for row in _filled(book, name, content)), 1):
        if done % TOLD_EACH == 0 or done == of:
            progress(done, of)
    made = datetime.combine(content.as_of, time())
    book.properties.title, book.properties.creator = content.title, content.title
    book.properties.created = book.properties.modified = made
    book.properties.language = content.language
    buffer = io.BytesIO()
    with archive(buffer) as zipped:
        ExcelWriter(book, zipped).write_data()
    return same_each_time(buffer.getvalue())


def _demand_room(table: str, content: Content) -> None:
    say, rows = words(content.language).say, content.tables[table]
    if len(rows) > MOST_ROWS:
        raise Refused("rows", table=say(f"export.table.{table}"), n=len(rows), most=MOST_ROWS)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and len(_escaped(value)) > MOST_CHARACTERS:
                column = say(f"export.column.{name}")
                raise Refused("text", column=column, n=len(value), most=MOST_CHARACTERS)


def _filled(book: Workbook, table: str, content: Content) -> Iterator[Row]:
    """Each row of the table, when it is written on its sheet."""
    w, columns, rows = words(content.language), TABLES[table], content.tables[table]
    sheet = book.create_sheet(w.say(f"export.table.{table}"))
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.print_title_rows = "landscape", "1:1"
    for place, column in enumerate(columns, 1):
        width = _WIDE.get(column.name, _WIDTHS[column.type])
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.append([_heading(sheet, w.say(f"export.column.{column.name}")) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row, column, w) for column in columns])
        yield row


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, row: Row, column: Column, w: Words) -> Any:
    value = shown(column, row[column.name], w)
    if isinstance(value, str):
        return _text(sheet, _escaped(value))
    return _figure(sheet, value, row["decimals"]) if column.name == "value" else value


def shown(column: Column, value: Value, w: Words) -> Value:
    """The value as a reader reads it: codes and yes or no in words."""
    if isinstance(value, bool):
        return w.say(f"export.said.{'so' if value else 'not-so'}")
    if column.words and isinstance(value, str):
        return w.say(f"{column.words}.{value}")
    return value


def _escaped(text: str) -> str:
    """Characters that XML cannot hold, as the format writes them: _x0007_."""
    return ILLEGAL_CHARACTERS_RE.sub(lambda m: f"_x{ord(m[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def _text(sheet: Any, value: str) -> Any:
    """A text that stays one: marked where a spreadsheet would take it for something else."""
    if not value.startswith(COMPUTED) and value not in ERROR_CODES:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _figure(sheet: Any, value: Value, decimals: Value) -> Any:
    """A figure shows the decimals that were printed, and holds all its digits."""
    if not isinstance(decimals, int) or not 0 < decimals <= LONG_DECIMALS:
        return value
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # a number, which it takes
    cell.number_format = "0." + "0" * decimals
    return cell
