"""Parquet: the table of figures with its types; the file's own notes say what it holds and what each column means."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tracking.export.columns import TABLES, VERSION, Column, Type
from tracking.export.content import Content
from tracking.words import words

_TYPES = {
    Type.TEXT: pa.string(), Type.NUMBER: pa.float64(), Type.WHOLE: pa.int32(), Type.DAY: pa.date32(),
    Type.YES_NO: pa.bool_(),
}  # fmt: skip


def parquet_file(content: Content) -> bytes:
    notes = {
        "title": content.title,
        "language": content.language,
        "as_of": content.as_of.isoformat(),
        "version": str(VERSION),
    }
    fields = [_field(column, content.language) for column in TABLES["figures"]]
    table = pa.Table.from_pylist(content.tables["figures"], schema=pa.schema(fields, metadata=notes))
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _field(column: Column, language: str) -> pa.Field:
    meaning = words(language).say(f"export.meaning.{column.name}")
    return pa.field(column.name, _TYPES[column.type], metadata={"description": meaning})
