"""The formats in which a content leaves, by the names that the shell and the pages know them by."""

from collections.abc import Callable
from enum import StrEnum

from tracking.export.content import Content
from tracking.export.csv_text import csv_file
from tracking.export.json_text import json_file
from tracking.export.package import package_file
from tracking.export.parquet import parquet_file
from tracking.export.sdmx import sdmx_file
from tracking.export.workbook import Progress, unheard, workbook_file


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PARQUET = "parquet"
    SDMX_CSV = "sdmx-csv"
    ZIP = "zip"

    @property
    def ending(self) -> str:
        return ".sdmx.csv" if self is Format.SDMX_CSV else f".{self.value}"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    def file(self, content: Content, progress: Progress = unheard) -> bytes:
        """The content as a file of this format; the same content is the same bytes. Raises Refused.

        Told of is a workbook, row by row: every other format of a thousand figures takes a tenth of a second.
        """
        return workbook_file(content, progress) if self is Format.XLSX else _WRITERS[self](content)


_MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.SDMX_CSV: "application/vnd.sdmx.data+csv;version=2.0.0",
    Format.ZIP: "application/zip",
}
_WRITERS: dict[Format, Callable[[Content], bytes]] = {
    Format.CSV: csv_file,
    Format.JSON: json_file,
    Format.PARQUET: parquet_file,
    Format.SDMX_CSV: sdmx_file,
    Format.ZIP: package_file,
}


def format_of(name: str) -> Format | None:
    """The format that a file's name asks for; None where none is known by it."""
    return next((f for f in (Format.SDMX_CSV, *Format) if name.lower().endswith(f.ending)), None)
